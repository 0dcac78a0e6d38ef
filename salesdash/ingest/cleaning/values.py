"""SQL expressions that turn the text of a cell into a date, a moment, a number or a word.

Numbers are cast from text straight to DECIMAL, never through a float. A text that does not parse
gives NULL; the statement around turns that into a reject.
"""

from salesdash.ingest import currencies, wording
from salesdash.ingest.mapping.dates import EPOCHS
from salesdash.ingest.mapping.plan import DateFormat, NumberFormat
from salesdash.ingest.relation import literal

_WIDE = "０１２３４５６７８９．，－＋％（）￥＄　\u00a0\u202f\u2007\u2008\u2009\u200a−–’萬億만억"
_NARROW = "0123456789.,-+%()¥$       --'万亿万亿"
_SIGN = rf"[\s()+%\\-]|{currencies.PATTERN}"
_AROUND = rf"^(?:''|{_SIGN})+|(?:{_SIGN})+$"
"""Signs before and behind a number; an apostrophe keeps it text in spreadsheets.

A yen sign of Shift_JIS is a backslash. None within: `12€50` is not 1250, nor `100-200` a number.
"""
_POINT = r"([0-9]+|[0-9]{1,3}([ '',][0-9]{2,3})*[ '',][0-9]{3})(\.[0-9]*)?|\.[0-9]+"
_COMMA = r"([0-9]+|[0-9]{1,3}([ ''.][0-9]{3})+)(,[0-9]*)?|,[0-9]+"
_ZERO = rf"\s*(?:{currencies.PATTERN})\s*-\s*"
_NEGATIVE = r"\([^()]*[0-9][^()]*\)|^[^0-9]*-|[0-9]\s*-[^0-9]*$"
_MONTH_NAMES = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_MONTH_SHAPES = (
    r"(?:19|20)[0-9][0-9]\s*[-/.年M]?\s*M?(1[0-2]|0?[1-9])\s*月?(?:份)?",
    r"(1[0-2]|0?[1-9])[-/](?:19|20)[0-9][0-9]",
)
_ONLY_YEAR = r"(?:FY|财年)?\s*(?:19|20)[0-9][0-9]\s*(?:年度?|财年)?"
_FIRST_DAY = "1899-12-30"  # day 0 of Excel's serials after its leap-year fault


def text(cell: str, *, padded: bool = True, whole: bool = False) -> str:
    """Trimmed, empty as NULL; `whole` turns 17850.0, an id that once was a float, into 17850."""
    trimmed = f"nullif(trim({cell}, ' \t\r\n'), '')" if padded else cell
    return f"regexp_replace({trimmed}, '\\.0$', '')" if whole else trimmed


def moment(cell: str, dates: DateFormat, zone: str = "UTC") -> str:
    """A TIMESTAMP by the column's decided styles; what names another zone is turned to `zone`."""
    if not dates.styles:
        return "cast(null as timestamp)"
    if dates.styles == ("iso",):
        return f"try_cast({cell} as timestamp)" if dates.timed else f"try_cast({cell} as date)"
    if dates.styles == ("serial",):
        return _serial(cell)
    if dates.styles[0] in EPOCHS:
        micros = f"try_cast({cell} as decimal(20,3)) * {1_000_000 // EPOCHS[dates.styles[0]]}"
        return _local(f"try(make_timestamp(cast({micros} as bigint)))", zone)
    if not dates.zoned:
        return _styled(cell, dates)
    pattern = literal(wording.ZONE)
    naive = _styled(f"regexp_replace(trim({cell}), {pattern}, '\\1')", dates)
    word, sign, hours, minutes = (
        f"regexp_extract(trim({cell}), {pattern}, {group})" for group in range(2, 6)
    )
    offset = (
        f"case {sign} when '-' then -1 else 1 end * "
        f"(60 * coalesce(try_cast({hours} as integer), 0) "
        f"+ coalesce(try_cast({minutes} as integer), 0))"
    )
    there = _local(f"{naive} - to_minutes({offset})", zone)
    return f"case when {word} <> '' or {sign} <> '' then {there} else {naive} end"


def _serial(cell: str) -> str:
    """A TIMESTAMP of the days that Excel counts."""
    seconds = f"cast(round(try_cast({cell} as decimal(18,6)) * 86400) as bigint)"
    return f"timestamp '{_FIRST_DAY}' + to_seconds({seconds})"


def _styled(cell: str, dates: DateFormat) -> str:
    """A TIMESTAMP by strptime formats."""
    styles = ", ".join(literal(style) for style in dates.styles)
    text = wording.plain_sql(cell, eras=dates.eras) if dates.worded else f"trim({cell})"
    if dates.of is not None:  # 3月5号 is 3月5日
        text = f"concat({dates.of}, '年', regexp_replace({text}, '[日号]?$', '日'))"
    styled = f"try_strptime({text}, [{styles}])"
    if not dates.serials:
        return styled
    day = (
        f"case when regexp_full_match(trim({cell}), '[2-7][0-9]{{4}}([.][0-9]+)?') then {cell} end"
    )
    return f"coalesce({styled}, {_serial(day)})"


def _local(utc: str, zone: str) -> str:
    """A moment of UTC as the clock of a zone shows it."""
    return f"timezone({literal(zone)}, timezone('UTC', {utc}))"


def period(cell: str, fiscal_start: int = 1, named_by: str = "end") -> tuple[str, str]:
    """First and last day of the period that a text names, as two DATE expressions.

    `fiscal_start` is the month in which FY2017 begins; a year without FY is a calendar year.
    """
    text = f"translate(upper(trim({cell})), '{_WIDE}一二三四', {literal(_NARROW + '1234')})"
    full = f"regexp_extract({text}, '((?:19|20)[0-9][0-9])', 1)"
    short = f"regexp_extract({text}, '[A-Z.]+[-/ '']*([0-9][0-9])$', 1)"
    years = f"coalesce(try_cast({full} as integer), 2000 + try_cast({short} as integer))"
    months, length = _months_of(text)
    offset = fiscal_start - 1
    back = 12 if named_by == "end" and fiscal_start > 1 else 0
    fiscal = f"case when regexp_matches({text}, 'FY|财年') then {offset - back} else 0 end"
    first = f"try(make_date({years}, 1, 1) + to_months(({months}) - 1 + {fiscal}))"
    last = f"cast({first} + to_months({length}) - interval 1 day as date)"
    return f"cast({first} as date)", last


def _months_of(text: str) -> tuple[str, str]:
    """(number of the first month within its year, months it lasts) of a period in upper case."""
    quarter = f"nullif(regexp_extract({text}, 'Q([1-4])', 1), '')"
    quarter = f"coalesce({quarter}, nullif(regexp_extract({text}, '([1-4])季', 1), ''))"
    half = (
        f"coalesce(nullif(regexp_extract({text}, 'H([12])', 1), ''), "
        f"case when contains({text}, '上半年') then '1' "
        f"when contains({text}, '下半年') then '2' end)"
    )
    name = f"nullif(regexp_extract({text}, '({_MONTH_NAMES})', 1), '')"
    named = f"case {name} " + " ".join(
        f"when '{month}' then {n}" for n, month in enumerate(_MONTH_NAMES.split("|"), start=1)
    )
    written = " ".join(
        f"when regexp_full_match({text}, '{shape}') "
        f"then try_cast(regexp_extract({text}, '{shape}', 1) as integer)"
        for shape in _MONTH_SHAPES
    )
    start = (
        f"case when {quarter} is not null then 3 * cast({quarter} as integer) - 2 "
        f"when {half} is not null then 6 * cast({half} as integer) - 5 "
        f"when {name} is not null then {named} end "
        f"{written} when regexp_full_match({text}, '{_ONLY_YEAR}') then 1 end"
    )
    length = (
        f"case when {quarter} is not null then 3 when {half} is not null then 6 "
        f"when regexp_full_match({text}, '{_ONLY_YEAR}') then 12 else 1 end"
    )
    return start, length


def number(cell: str, form: NumberFormat, sql_type: str, *, share: bool) -> str:
    """A DECIMAL by the column's decided format. Only a share may carry a percent sign."""
    if form.plain and not form.percent and form.factor == 1:
        return f"try_cast({cell} as {sql_type})"
    if form.plain:
        scale = "0.01" if form.percent else str(form.factor)
        return f"try_cast(try_cast({cell} as decimal(18,6)) * {scale} as {sql_type})"
    narrow = f"translate({cell}, '{_WIDE}', {literal(_NARROW)})"
    value, percent = _written(narrow, form.decimal), f"contains({narrow}, '%')"
    if form.kept is not None:
        return f"try_cast({_taken_off(narrow, form)} as {sql_type})"
    if form.percents:
        scaled = f"({value}) * case when {percent} then 0.01 else {form.factor} end"
        return f"try_cast({scaled} as {sql_type})"
    if share:
        whole = "true" if form.percent else percent
        value = f"({value}) * case when {whole} then 0.01 else 1.00 end"
    else:
        value = f"case when not {percent} then {value} end"
    return f"try_cast(({value}) * {form.factor} as {sql_type})"


def _taken_off(narrow: str, form: NumberFormat) -> str:
    """The share taken off where a number is the share that is left: 0.8, 8折, 85折, 80 %."""
    bare = f"replace({narrow}, '折', '')"
    value = f"cast({_written(bare, form.decimal)} as decimal(12,6))"
    tenths = f"case when {value} > 10 then 0.01 else 0.1 end"
    scale = (
        f"case when contains({narrow}, '折') then {tenths} "
        f"when contains({narrow}, '%') then 0.01 else {form.kept} end"
    )
    return f"1 - {value} * {scale}"


def _written(narrow: str, decimal: str) -> str:
    """The number in a text that may carry currency signs, groups, parentheses, 万 or 亿."""
    body = f"regexp_replace(upper({narrow}), '{_AROUND}', '', 'g')"
    digits = f"trim(rtrim({body}, '万亿'))"
    bare = f"regexp_replace({digits}, '[ '',]', '', 'g')"
    if decimal == ",":
        bare = f"replace(regexp_replace({digits}, '[ ''.]', '', 'g'), ',', '.')"
    factor = (
        f"case when suffix({body}, '亿') then 100000000 "
        f"when suffix({body}, '万') then 10000 else 1 end"
    )
    return (
        f"case when regexp_full_match({narrow}, '{_ZERO}') then 0 "
        f"when regexp_full_match({digits}, '{_POINT if decimal == '.' else _COMMA}') "
        f"then try_cast({bare} as decimal(18,6)) "
        f"* (case when regexp_matches({narrow}, '{_NEGATIVE}') then -1 else 1 end) "
        f"* ({factor}) end"
    )


def line_amount(price: str, quantity: str, discount: str | None) -> str:
    """Price x quantity x (1 - discount), exact; NULL where the product cannot be held.

    First in 64 bits, which holds nearly every line; what overflows there again in 128, which is
    a hundred times slower. Both round to six places after the first product.
    """
    wide = f"cast({price} as decimal(38,6)) * {quantity}"
    narrow = f"{price} * {quantity}"
    if discount is not None:
        rest = f"(1 - coalesce({discount}, 0))"
        wide = f"cast({wide} as decimal(38,6)) * {rest}"
        narrow = f"cast({narrow} as decimal(18,6)) * {rest}"
    first, second = (f"try(cast({product} as decimal(18,4)))" for product in (narrow, wide))
    return f"coalesce({first}, {second})"
