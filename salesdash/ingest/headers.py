"""Headers made comparable: what people write around a label does not make it another label."""

import re
import unicodedata

_NOTES = re.compile(
    r"[(\[【]\s*(?:必填|选填|required|optional|%|元|万元|人民币|rmb|cny|usd|eur|gbp|\$|€|£|¥)\s*[)\]】]"
)
_SIGNS = re.compile(r"[\s_\-./:：*#'\"“”‘’]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_UNITS = re.compile(r"[(\[【]\s*(%|万元)\s*[)\]】]")


def plain(text: str) -> str:
    """NFKC, no invisible characters, trimmed: the form in which names are compared and kept."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def fold(header: str) -> str:
    """The header without case, marks, units and separators: `*客户名称（必填）` -> `客户名称`.

    Words keep no gaps: `Order ID`, `order_id`, `OrderID` and `ORDER-ID` fold to `orderid`.
    """
    folded = _NOTES.sub("", plain(header).lower())
    return _SIGNS.sub("", folded)


def unit_of(header: str) -> str | None:
    """The unit that changes a value, if the header names one: `%` or `万元`."""
    found = _UNITS.search(plain(header))
    return found.group(1) if found else None


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
