"""Headers made comparable: what people write around a label does not make it another label."""

import re
import unicodedata

TEN_THOUSANDS = ("万元", "万")
THOUSANDS = ("千元", "thousands", "thousand", "000s", "k")
MILLIONS = ("百万元", "百万", "millions", "million", "mn")
PERCENT = "%"

_BEFORE = r"[(\[【]\s*(?:(?:单位|unit|in)\s*[:：]?\s*)?(?:(?:usd|eur|gbp|us\$|\$|€|£)\s*)?"
_SCALES = "|".join((PERCENT, *TEN_THOUSANDS, *THOUSANDS, *MILLIONS))
_MARKS = (
    r"必填|选填|required|optional|元|人民币|rmb|cny|usd|eur|gbp|jpy|hkd|chf|cad|aud|inr|us\$|\$|€|£|¥|"
    r"件|个|台|套|只|pcs|units?"
)
_UNITS = re.compile(rf"{_BEFORE}({_SCALES})\s*[)\]】]")
_NOTES = re.compile(rf"{_BEFORE}(?:{_SCALES}|{_MARKS})?\s*[)\]】]")
_TITLED = re.compile(rf"(?:单位\s*[:：]?|unit\s*[:：]|\bin)\s*(?:人民币)?\s*({_SCALES})(?![a-z])")
_SIGNS = re.compile(r"[\s_\-./:：*#'\"“”‘’]+")
_JOINING = "\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
"""Arabic and Indic letters and pictures: after them a joiner is part of what is written."""

_INVISIBLE = re.compile(
    rf"[\u200b\u200e\u200f\u2060\ufeff]|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?!\S)"
)


def plain(text: str) -> str:
    """NFKC, no invisible characters, trimmed: the form in which names are compared and kept."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def fold(header: str) -> str:
    """The header without case, marks, units and separators: `*客户名称（必填）` -> `客户名称`.

    Words keep no gaps: `Order ID`, `order_id`, `OrderID` and `ORDER-ID` fold to `orderid`.
    """
    folded = _NOTES.sub("", plain(header).lower())
    return _SIGNS.sub("", folded)


def unitless(header: str) -> str:
    """The header without units and remarks in brackets: `1月(万元)` -> `1月`."""
    return _NOTES.sub("", plain(header).lower()).strip()


def unit_of(header: str) -> str | None:
    """The unit that changes a value, if the header names one: `%`, `万元`, `thousands` ..."""
    found = _UNITS.search(plain(header).lower())
    return found.group(1) if found else None


def factor_of(header: str) -> int:
    """By how much the amounts under a header are multiplied: 10,000 for 万元, else mostly 1."""
    unit = unit_of(header)
    scales = ((TEN_THOUSANDS, 10_000), (THOUSANDS, 1_000), (MILLIONS, 1_000_000))
    return next((factor for names, factor in scales if unit in names), 1)


def factor_in(title: str) -> tuple[str, int] | None:
    """The unit that a title states for all amounts below it, and its factor: 单位：万元, in K."""
    found = _UNITS.search(plain(title).lower()) or _TITLED.search(plain(title).lower())
    if found is None or (factor := factor_of(f"({found[1]})")) == 1:
        return None
    return found[1], factor


def column_name(header: str) -> str:
    """The header as part of a column name: lower case, joined by `_`, letters of any script."""
    name = re.sub(r"[^\w]+", "_", plain(header).lower()).strip("_")
    return name[:60] or "column"


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
