"""Dates as people word them, made plain: no weekday, no ordinal, months by their English names.

One list of steps, used twice: on patterns of values in Python, on the values themselves in SQL. So
the expressions keep to what Python and DuckDB (RE2) both understand.
"""

import re

_DAYS = (
    "mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    "lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_MONTHS = {
    "Jan": "jan(?:uary|uari|uar|vier|eiro)?|ene(?:ro)?|gen(?:naio)?|jänner|janv|sty(?:czeń|cznia)?",
    "Feb": "feb(?:ruary|ruari|ruar|rero|braio)?|f[eé]v(?:rier|r|ereiro)?|lut(?:y|ego)?",
    "Mar": "mar(?:ch|s|zo|ço)?|märz?|maart|mrt|mrz|mar(?:zec|ca)",
    "Apr": "apr(?:ile|il)?|avr(?:il)?|abr(?:il)?|kwi(?:ecień|etnia)?",
    "May": "mayo?|maio?|mei|mag(?:gio)?|maja?",
    "Jun": "june?|juni|junio|junho|juin|giu(?:gno)?|cze(?:rwiec|rwca)?",
    "Jul": "july?|juli|julio|julho|juil(?:let)?|lug(?:lio)?|lip(?:iec|ca)?",
    "Aug": "aug(?:ustus|usti|ust)?|ao[uû]t|ago(?:sto)?|sie(?:rpień|rpnia)?",
    "Sep": "sept?(?:ember|embre|iembre)?|set(?:tembre|embro)?|wrz(?:esień|eśnia)?",
    "Oct": "oct(?:ober|obre|ubre)?|okt(?:ober)?|out(?:ubro)?|ott(?:obre)?|paź(?:dziernika?)?",
    "Nov": "nov(?:ember|embre|iembre|embro)?|lis(?:topada?)?",
    "Dec": "dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:i?embre)?|gru(?:dzień|dnia)?",
}

STEPS: tuple[tuple[str, str], ...] = (
    (rf"(?i)^(?:(?:{_DAYS})[a-z]*\.?|(?:mo|di|mi|do|fr|sa|so)\.),?\s+", ""),
    (rf"(?i)[,\s]+\(?(?:{_DAYS})[a-z]*\.?\)?$", ""),
    (r"\s*[（(]?(?:星期|礼拜|周|週)[一二三四五六日天][)）]?", " "),
    (
        r"\s*(?:[（(]?[月火水木金土日월화수목금토일](?:曜日?|요일)[)）]?|[（(][月火水木金土日월화수목금토일][)）])",
        " ",
    ),
    (r"(\d)\s*년\s*", r"\1年"),
    (r"(\d)\s*월\s*", r"\1月"),
    (r"(\d)\s*일", r"\1日"),
    (r"^(\d{4})\.\s+(\d{1,2})\.\s+(\d{1,2})\.?", r"\1.\2.\3"),
    (r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\s+-\s*\d{1,4}$", r"\1"),
    (r"(?i)(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(\d{1,2})\s*[时時点시]\s*(\d{1,2})\s*[分분]\s*(\d{1,2})\s*[秒초]", r"\1:\2:\3"),
    (r"(\d{1,2})\s*[时時点시]\s*(\d{1,2})\s*[分분]?", r"\1:\2"),
    (r"(?:上午|早上|凌晨|午前|오전)\s*([\d:]+)", r"\1 AM"),
    (r"(?:下午|晚上|傍晚|中午|午後|오후)\s*([\d:]+)", r"\1 PM"),
    (r"(?i)(\d)\s*([ap])\.\s?m\.?", r"\1 \2m"),
    *((rf"(?i)\b(?:{names})\b\.?", name) for name, names in _MONTHS.items()),
    (r"(?i)\s+de\s+", " "),
    (r"(\d)\.\s+([A-Z])", r"\1 \2"),
    (r"\s'(\d\d)\b", r" \1"),
    (r"\s+", " "),
)

ZONE = (
    r"(:\d\d(?:\.\d+)?(?:\s?[AaPp][Mm])?)\s*([Zz]|UTC|GMT)?\s*"
    r"(?:([+-])(\d\d):?(\d\d)?)?(?:\s*\([^)]*\))?$"
)
"""What may stand behind a time of day: Z, UTC, +08:00, GMT+0200 (CEST)."""

_ERAS = {
    "中華民國": 1911,
    "民國": 1911,
    "民国": 1911,
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "R": 2018,
    "H": 1988,
    "S": 1925,
}
"""The year before the first of an era of Japan or Taiwan."""

_DAY = r"\s*([年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?.*)$"
_ERA = rf"^({'|'.join(_ERAS)})\.?\s*(\d{{1,3}}|元){_DAY}"
_BARE_ERA = rf"^(\d{{3}}){_DAY}"
"""Taiwan also leaves the name of its era out: 113/03/05."""

FULL_WIDTH = str.maketrans("０１２３４５６７８９－／：．", "0123456789-/:.")
"""Digits and signs of East Asian text, and what they are elsewhere."""


def plain(text: str) -> str:
    """A date without what people put around it."""
    text = text.translate(FULL_WIDTH).strip()
    for pattern, replacement in STEPS:
        text = re.sub(pattern, replacement, text)
    return text.strip()


def in_english(text: str) -> str:
    """A text with the names of months in English."""
    for name, names in _MONTHS.items():
        text = re.sub(rf"(?i)\b(?:{names})\b\.?", name, text)
    return text


def western(shape: str) -> str:
    """The pattern of a date with a year of our era for one of another: 令和9年9月 -> 9999年9月."""
    text = shape.translate(FULL_WIDTH).strip()
    found = re.match(_ERA, text) or re.match(_BARE_ERA, text)
    return f"9999{found[found.lastindex or 0]}" if found else shape


def western_sql(text: str) -> str:
    """The same of a value, as SQL over an expression."""
    era, year, rest = (f"regexp_extract({text}, '{_ERA}', {group})" for group in (1, 2, 3))
    bare, day = (f"regexp_extract({text}, '{_BARE_ERA}', {group})" for group in (1, 2))
    begins = " ".join(f"when '{name}' then {before}" for name, before in _ERAS.items())
    number = f"case {year} when '元' then 1 else try_cast({year} as integer) end"
    return (
        f"case when {era} <> '' then concat(case {era} {begins} end + {number}, {rest}) "
        f"when {bare} <> '' then concat(1911 + try_cast({bare} as integer), {day}) else {text} end"
    )


def plain_sql(cell: str, *, eras: bool = False) -> str:
    """A date without what people put around it, as SQL over an expression."""
    wide, narrow = ("".join(map(chr, half)) for half in zip(*FULL_WIDTH.items(), strict=True))
    text = f"trim(translate({cell}, '{wide}', '{narrow}'))"
    text = western_sql(text) if eras else text
    for pattern, replacement in STEPS:
        quoted = pattern.replace("'", "''")
        text = f"regexp_replace({text}, '{quoted}', '{replacement}', 'g')"
    return f"trim({text})"


def zone_of(text: str) -> str:
    """What names the zone behind a time of day; "" where nothing does."""
    found = re.search(ZONE, text)
    return text[found.end(1) :].strip() if found else ""


def without_zone(text: str) -> str:
    """The moment without its zone."""
    return re.sub(ZONE, r"\1", text)
