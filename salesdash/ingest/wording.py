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
    (r"\s*[（(]?(?:星期|礼拜|周)[一二三四五六日天][)）]?", " "),
    (r"(?i)(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(\d{1,2})\s*[时点]\s*(\d{1,2})\s*分\s*(\d{1,2})\s*秒", r"\1:\2:\3"),
    (r"(\d{1,2})\s*[时点]\s*(\d{1,2})\s*分?", r"\1:\2"),
    (r"(?:上午|早上|凌晨)\s*([\d:]+)", r"\1 AM"),
    (r"(?:下午|晚上|傍晚|中午)\s*([\d:]+)", r"\1 PM"),
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


def plain_sql(cell: str) -> str:
    """The same as SQL, over an expression."""
    wide, narrow = ("".join(map(chr, half)) for half in zip(*FULL_WIDTH.items(), strict=True))
    text = f"trim(translate({cell}, '{wide}', '{narrow}'))"
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
