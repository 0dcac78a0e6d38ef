"""Headers made comparable: what people write around a label does not make it another label."""

import re
import unicodedata

from salesdash.ingest.characters import simplified

SCALES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (100_000_000, ("亿元", "亿円", "亿", "억원")),
    (1_000_000, ("百万元", "百万円", "百万", "백만원", "millions", "million", "mio", "mn")),
    (10_000, ("万元", "万円", "万", "만원")),
    (1_000, ("千元", "千円", "천원", "thousands", "thousand", "tausend", "000s", "tsd", "k")),
)
"""What an amount under a header is multiplied by, and the units that say so."""

PERCENT = "%"

_BEFORE = r"[(\[【]\s*(?:(?:单位|unit|in)\s*[:：]?\s*)?(?:(?:usd|eur|gbp|us\$|\$|€|£)\s*)?"
_AFTER = r"\.?\s*(?:usd|eur|gbp|chf|us\$|\$|€|£)?\s*[)\]】]"
_SCALES = "|".join((PERCENT, *(unit for _, units in SCALES for unit in units)))
_MARKS = (
    r"必填|选填|required|optional|元|人民币|新台币|円|원|rmb|cny|usd|eur|gbp|jpy|krw|twd|hkd|chf|cad|aud|"
    r"inr|us\$|nt\$|\$|€|£|¥|₩|件|个|台|套|只|盒|箱|点|개|折后|元/[^)\]】]*|pcs|units?"
)
_TAXED = re.compile(r"(.+?)\s*[(\[【]\s*(不含税|含税|未税|税込|税抜|税别)\s*[)\]】](.*)")
_UNITS = re.compile(rf"{_BEFORE}({_SCALES}){_AFTER}")
_NOTES = re.compile(rf"{_BEFORE}(?:{_SCALES}|{_MARKS})?{_AFTER}")
_PLAIN_UNIT = re.compile(
    r"[(\[【]\s*(?:单位\s*[:：]?)?\s*(?:人民币|元|円|원|rmb|cny|us\$|\$|€|£|¥)"
)
_TITLED = re.compile(rf"(?:单位\s*[:：]?|unit\s*[:：]|\bin)\s*(?:人民币)?\s*({_SCALES})(?![a-z])")
_SIGNS = re.compile(r"[\s_\-./:：*#'\"“”‘’]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_REPEATED = re.compile(r" \(\d+\)$")
_GAPS = re.compile(r"[\W_]+")
_NO_MONEY = """
id ids key no nr num number nummer numero número numéro numer code sku zip postcode postal phone
tel fax via ship shipping freight delivery year month week day hour quarter age rank index row
line latitude longitude lat lng percent percentage pct rate ratio quantity qty units count menge
anzahl stück quantité qté cantidad quantità quantita quantidade qtd ilość aantal jahr monat mois
año mes mês ano rok
"""
_UNCOUNTED = frozenset(_NO_MONEY.split())
"""Words of headers whose numbers are no amounts of money."""

_NUMBERED = ("编号", "编码", "代码", "号码", "号", "数量", "年", "月", "年份", "月份", "率")
_JOINING = "\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
"""Arabic and Indic letters and pictures: after them a joiner is part of what is written."""

_INVISIBLE = re.compile(
    rf"[\u200b\u200e\u200f\u2060\ufeff]|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?!\S)"
)


def plain(text: str) -> str:
    """NFKC, no invisible characters, trimmed: the form in which names are compared and kept."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def _read(text: str) -> str:
    """As labels are read: plain, lower case, in simplified characters."""
    return simplified(plain(text).lower())


def fold(header: str) -> str:
    """The header without case, marks, units and separators: `*客户名称（必填）` -> `客户名称`.

    Words keep no gaps: `Order ID`, `order_id`, `OrderID` and `ORDER-ID` fold to `orderid`.
    Traditional characters are simplified ones: `客戶名稱` -> `客户名称`; what is said of tax
    stands first: `金额（含税）` -> `含税金额`.
    """
    label = unitless(header)
    taxed = _TAXED.fullmatch(label)
    return _SIGNS.sub("", f"{taxed[2]}{taxed[1]}{taxed[3]}" if taxed else label)


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header in lower case: `ProductKey`, `product_key` and `Product key` alike."""
    return tuple(word for word in _GAPS.split(_CAMEL.sub(" ", plain(header)).lower()) if word)


def names_no_amount(header: str) -> bool:
    """Whether a header says that its numbers are none of money: ids, counts, shares, dates."""
    text = plain(header)
    if PERCENT in text or text.endswith(_NUMBERED):
        return True
    return not _UNCOUNTED.isdisjoint(words_of(header))


def unitless(header: str) -> str:
    """The header without units and remarks in brackets: `1月(万元)` -> `1月`."""
    return _NOTES.sub("", _read(header)).strip()


def unit_of(header: str) -> str | None:
    """The unit that changes a value, if the header names one: `%`, `万元`, `thousands` ..."""
    found = _UNITS.search(_read(header))
    return found.group(1) if found else None


def factor_of(header: str) -> int:
    """By how much the amounts under a header are multiplied: 10,000 for 万元, else mostly 1."""
    unit = unit_of(header)
    return next((factor for factor, units in SCALES if unit in units), 1)


def states_unit(header: str) -> bool:
    """Whether a header names the unit of its amounts itself: 金额(元), 金额(万元), Sales ($)."""
    return unit_of(header) is not None or _PLAIN_UNIT.search(_read(header)) is not None


def factor_in(title: str) -> tuple[str, int] | None:
    """The unit that a title states for all amounts below it, and its factor: 单位：万元, in K."""
    found = _UNITS.search(_read(title)) or _TITLED.search(_read(title))
    if found is None or (factor := factor_of(f"({found[1]})")) == 1:
        return None
    return found[1], factor


def column_name(header: str) -> str:
    """The header as part of a column name: lower case, joined by `_`, letters of any script."""
    name = re.sub(r"[^\w]+", "_", plain(header).lower()).strip("_")
    return name[:60] or "column"


def once_named(header: str, headers: tuple[str, ...]) -> str:
    """The header without the number that `unique` gave it: `Amount (2)` beside `Amount`."""
    name = _REPEATED.sub("", header)
    return name if name in headers else header


def unique(headers: list[str]) -> tuple[str, ...]:
    """The headers trimmed, nameless ones named, repeated ones numbered: a, a (2), Column 3."""
    seen: dict[str, int] = {}
    result = []
    for position, header in enumerate(headers, start=1):
        name = plain(header.replace("\n", " ")) or f"Column {position}"
        seen[name.lower()] = seen.get(name.lower(), 0) + 1
        count = seen[name.lower()]
        result.append(name if count == 1 else f"{name} ({count})")
    return tuple(result)
