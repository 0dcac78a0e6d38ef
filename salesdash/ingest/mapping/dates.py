"""How the dates of one column are written, decided from the patterns of all its values."""

import re
from dataclasses import dataclass

from salesdash.ingest.mapping.plan import DateFormat, Order
from salesdash.ingest.reading import Profile, Shape

EARLIEST, LATEST = 1900, 2100
MONTHS = 12
SERIAL_LOW, SERIAL_HIGH = 20_000, 80_000  # 1954 to 2119 in Excel's days
COMPACT_LOW, COMPACT_HIGH = 19_000_101, 21_001_231

_TIME = re.compile(
    r"(?P<gap>\s|T)(?P<clock>9{1,2}:99)(?P<sec>:99(?P<frac>\.9{1,6})?)?(?P<ap>\s?[AaPp][Mm])?$"
)
_YEAR_FIRST = re.compile(r"9999(?P<sep>[-/.])9{1,2}(?P=sep)9{1,2}$")
_CHINESE = re.compile(r"9999年\s?9{1,2}月\s?9{1,2}(?P<day>日?)$")
_NUMBERS = re.compile(r"9{1,2}(?P<sep>[-/.])9{1,2}(?P=sep)(?P<year>99|9999)$")
_DAY_NAME = re.compile(
    r"9{1,2}(?P<sep>[- ])(?P<name>[A-Za-z]{3,9})(?P<sep2>[- ,]+)(?P<year>99|9999)$"
)
_NAME_DAY = re.compile(r"(?P<name>[A-Za-z]{3,9}) 9{1,2}(?P<comma>,?) 9999$")


@dataclass(frozen=True)
class DateDecision:
    """The format; or `ambiguous`: day and month can be told apart by nobody but the user."""

    format: DateFormat
    ambiguous: bool = False
    read: int = 0  # filled values that one of the styles covers


def decide(profile: Profile, order: Order | None = None) -> DateDecision:
    """The date format of a column. `order` is what the user said about day and month."""
    if profile.kind in ("date", "moment"):
        return DateDecision(DateFormat(timed=profile.kind == "moment"), read=profile.filled)
    if profile.kind == "number":
        return _numeric(profile)
    numeric = [s for s in profile.shapes if _split(s.text)[0] and _NUMBERS.match(_split(s.text)[0])]
    found: Order | None = order or _order(numeric)
    styles = [(s, _style(s.text, found or "dmy")) for s in profile.shapes]
    known = [(s.count, style) for s, style in styles if style]
    listed = tuple(dict.fromkeys(style for _, style in known))
    covered = sum(count for count, _ in known)
    asked = found is None and any(s.unequal for s in numeric)
    fallback: Order = "dmy" if numeric else "ymd"
    timed = any(":%M" in style for style in listed)
    return DateDecision(DateFormat(listed, found or fallback, timed), asked, covered)


def _numeric(profile: Profile) -> DateDecision:
    low, high = float(profile.low or 0), float(profile.high or 0)
    if low >= COMPACT_LOW and high <= COMPACT_HIGH:
        return DateDecision(DateFormat(("%Y%m%d",)), read=profile.filled)
    if low >= SERIAL_LOW and high <= SERIAL_HIGH:
        return DateDecision(DateFormat(("serial",)), read=profile.filled)
    return DateDecision(DateFormat(()))


def _order(shapes: list[Shape]) -> Order | None:
    """Day first or month first, if any value tells and none contradicts."""
    first = max((s.first or 0 for s in shapes), default=0)
    second = max((s.second or 0 for s in shapes), default=0)
    if first > MONTHS and second > MONTHS:
        return None
    if second > MONTHS:
        return "mdy"
    dotted = bool(shapes) and all("." in _split(s.text)[0] for s in shapes)
    return "dmy" if first > MONTHS or dotted else None


def _split(shape: str) -> tuple[str, str]:
    """(date part of the pattern, strptime format of its time part)."""
    found = _TIME.search(shape)
    if not found:
        return shape, ""
    clock = "%I:%M" if found["ap"] else "%H:%M"
    seconds = ("%S" if not found["frac"] else "%S.%f") if found["sec"] else ""
    half = ("%p" if not found["ap"][0].isspace() else " %p") if found["ap"] else ""
    return shape[: found.start()], found["gap"] + clock + (f":{seconds}" if seconds else "") + half


def _style(shape: str, order: Order) -> str | None:
    """The strptime format of a pattern, None if it is no date."""
    day, time = _split(shape)
    style = _year_first(day) or _numbers(day, order) or _named(day)
    if style is None and day == "99999999":
        style = "%Y%m%d"
    return style + time if style else None


def _year_first(day: str) -> str | None:
    if found := _YEAR_FIRST.match(day):
        sep = found["sep"]
        return f"%Y{sep}%m{sep}%d"
    if found := _CHINESE.match(day):
        gap = " " if " " in day else ""
        return f"%Y年{gap}%m月{gap}%d{found['day']}"
    return None


def _numbers(day: str, order: Order) -> str | None:
    found = _NUMBERS.match(day)
    if not found:
        return None
    sep, year = found["sep"], "%Y" if found["year"] == "9999" else "%y"
    if order == "ymd" and year == "%y":
        return f"%y{sep}%m{sep}%d"
    parts = ("%m", "%d") if order == "mdy" else ("%d", "%m")
    return sep.join((*parts, year))


def _named(day: str) -> str | None:
    if found := _DAY_NAME.match(day):
        year = "%Y" if found["year"] == "9999" else "%y"
        return f"%d{found['sep']}{_month(found['name'])}{found['sep2']}{year}"
    if found := _NAME_DAY.match(day):
        return f"{_month(found['name'])} %d{found['comma']} %Y"
    return None


def _month(name: str) -> str:
    return "%b" if len(name) == len("Jan") else "%B"
