"""How the dates of one column are written, decided from the patterns of all its values."""

import calendar
import re
from dataclasses import dataclass

from salesdash.ingest import wording
from salesdash.ingest.mapping.plan import DateFormat, Order
from salesdash.ingest.reading import Profile, Shape

EARLIEST, LATEST = 1900, 2100
MONTHS = 12
SERIAL_LOW, SERIAL_HIGH = 20_000, 80_000  # 1954 to 2119 in Excel's days
COMPACT_LOW, COMPACT_HIGH = 19_000_101, 21_001_231
EPOCH_LOW, EPOCH_HIGH = 315_532_800, 4_102_444_800  # 1980 to 2100 in seconds since 1970
EPOCHS = {"epoch_s": 1, "epoch_ms": 1_000, "epoch_us": 1_000_000}
LONGEST_DAY = 31

_LONG_MONTHS = tuple(name.lower() for name in calendar.month_name if name)
_SHORT_MONTHS = tuple(name[:3] for name in _LONG_MONTHS)

_TIME = re.compile(
    r"(?P<gap>\s|T)(?P<clock>9{1,2}:99)(?P<sec>:99(?P<frac>\.9{1,6})?)?(?P<ap>\s?[AaPp][Mm])?$"
)
_YEAR_FIRST = re.compile(r"9999(?P<sep>[-/.])9{1,2}(?P=sep)9{1,2}$")
_YEARLESS = re.compile(r"9{1,2}月\s?9{1,2}[日号]?$")
_CHINESE = re.compile(r"(?P<year>9999|99)年(?P<gap>\s?)9{1,2}月\s?9{1,2}(?P<day>[日号]?)$")
_COMPACT = {
    "99999999": "%Y%m%d",
    "999999999999": "%Y%m%d%H%M",
    "99999999999999": "%Y%m%d%H%M%S",
}
_DIGITS = re.compile(r"9+(?:\.9+)?")
_SERIAL = re.compile(r"99999(?:\.9+)?")
_NUMBERS = re.compile(r"9{1,2}(?P<sep>[-/.])9{1,2}(?P=sep)(?P<year>99|9999)$")
_UNCLEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")
_NAME_DAY = re.compile(r"(?P<name>[A-Za-z]{3,9}) 9{1,2}(?P<comma>,?) 9999$")
_DAY_NAME = re.compile(
    r"9{1,2}(?P<sep>[- /])(?P<name>[A-Za-z]{3,9})(?P<sep2>[- ,/]+)(?P<year>99|9999)$"
)
_YEAR_NAME = re.compile(r"9999(?P<sep>[- /])(?P<name>[A-Za-z]{3,9})(?P<sep2>[- /])9{1,2}$")


@dataclass(frozen=True)
class DateDecision:
    """The format; or `ambiguous`: day and month can be told apart by nobody but the user."""

    format: DateFormat
    ambiguous: bool = False
    read: int = 0  # filled values that one of the styles covers
    yearless: bool = False  # no value tells its year
    options: tuple[Order, ...] = ("dmy", "mdy")


def decide(profile: Profile, order: Order | None = None) -> DateDecision:
    """The date format of a column. `order` is what the user said about day and month."""
    if profile.kind in ("date", "moment"):
        return DateDecision(DateFormat(timed=profile.kind == "moment"), read=profile.filled)
    if profile.kind == "number":
        return _numeric(profile)
    counted = _counted(profile)
    if counted is not None:
        return counted
    if _are_yearless(profile):
        read = sum(shape.count for shape in profile.shapes)
        return DateDecision(DateFormat((_YEARLESS_STYLE,), worded=True), read=read, yearless=True)
    shapes = [_Plain.of(shape) for shape in profile.shapes]
    numeric = [s for s in shapes if _NUMBERS.match(_split(s.text)[0])]
    found: Order | None = order or _order(numeric, profile)
    apart = _by_separator(numeric, profile)
    if apart and found is None and None not in apart.values():
        found = _usual(numeric, apart)
    styles = [(s, _style(s.text, apart.get(_separator(s)) or found or "dmy")) for s in shapes]
    known = [(s, style) for s, style in styles if style]
    listed = tuple(sorted(dict.fromkeys(style for _, style in known), key=_is_of_centuries))
    serials = [s for s, style in styles if style is None and _are_serials(s.shape)] if known else []
    covered = sum(s.shape.count for s in (*(s for s, _ in known), *serials))
    fallback: Order = "dmy" if numeric else "ymd"
    form = DateFormat(
        listed,
        found or fallback,
        timed=any("%M" in style for style in listed),
        worded=any(s.worded for s, _ in known),
        zoned=any(s.zoned for s, _ in known),
        eras=any(s.era for s, _ in known),
        serials=bool(serials),
    )
    asked = found is None and any(s.shape.unequal for s in numeric)
    led = any((s.shape.first or 0) > MONTHS for s in numeric) and _are_short(numeric)
    options: tuple[Order, ...] = ("dmy", "ymd") if led else ("dmy", "mdy")
    return DateDecision(form, asked, covered, options=options)


_YEARLESS_STYLE = "%Y年%m月%d日"


def _are_yearless(profile: Profile) -> bool:
    """Whether all values are days of a month in a year that they leave out: 3月5日."""
    texts = [wording.plain(shape.text) for shape in profile.shapes]
    return bool(texts) and all(_YEARLESS.match(text) for text in texts)


def _are_serials(shape: Shape) -> bool:
    """Whether a pattern of other dates is of days as Excel counts them."""
    if not _SERIAL.fullmatch(shape.text) or not shape.low.isascii():
        return False
    return float(shape.low) >= SERIAL_LOW and float(shape.high) <= SERIAL_HIGH


def _is_of_centuries(style: str) -> bool:
    """Whether it has years of four digits: those of two come first, else 24 would be a year."""
    return "%Y" in style


def evidence(profile: Profile) -> Order | None:
    """The order of day and month that a column of dates alone proves, None if it proves none."""
    if profile.kind not in ("odd", "text"):
        return None
    found = decide(profile)
    numeric = any(
        style[:2] in ("%d", "%m") and "%b" not in style.lower() for style in found.format.styles
    )
    is_dates = numeric and 2 * found.read > profile.filled
    return found.format.order if is_dates and not found.ambiguous and _proves(profile) else None


def is_unclear(sample: str) -> bool:
    """Whether either of the first two numbers of a date may be its month: 03/04/2024."""
    found = _UNCLEAR.match(sample.strip())
    return found is not None and 0 < int(found[1]) <= MONTHS and 0 < int(found[2]) <= MONTHS


def _proves(profile: Profile) -> bool:
    """Whether a day beyond the twelfth says which number it is."""
    parts = [(shape.first or 0, shape.second or 0) for shape in profile.shapes]
    return any(MONTHS < max(pair) <= LONGEST_DAY for pair in parts)


@dataclass(frozen=True)
class _Plain:
    """A pattern without zone and words around the date; `text` is what is left of it."""

    shape: Shape
    text: str
    worded: bool
    zoned: bool
    era: bool = False

    @classmethod
    def of(cls, shape: Shape) -> "_Plain":
        zoned = bool(wording.zone_of(shape.text))
        text = wording.without_zone(shape.text) if zoned else shape.text
        dated = wording.western(text)
        if dated != text:
            return cls(shape, wording.plain(dated), worded=True, zoned=zoned, era=True)
        plain = wording.plain(text) if _style(text, "dmy") is None else text
        worded = plain != text or plain != text.translate(wording.FULL_WIDTH)
        return cls(shape, plain, worded, zoned)


def _numeric(profile: Profile) -> DateDecision:
    low, high = float(profile.low or 0), float(profile.high or 0)
    if low >= COMPACT_LOW and high <= COMPACT_HIGH:
        return DateDecision(DateFormat(("%Y%m%d",)), read=profile.filled)
    if low >= SERIAL_LOW and high <= SERIAL_HIGH:
        return DateDecision(DateFormat(("serial",)), read=profile.filled)
    epoch = _epoch(low, high)
    if epoch is not None:
        return DateDecision(DateFormat((epoch,), timed=True), read=profile.filled)
    return DateDecision(DateFormat(()))


def _counted(profile: Profile) -> DateDecision | None:
    """A column of long numbers that count the time since 1970, words for nothing beside them."""
    digits = [shape for shape in profile.shapes if _DIGITS.fullmatch(shape.text)]
    lows = [float(shape.low) for shape in digits if shape.low.isascii()]
    highs = [float(shape.high) for shape in digits if shape.high.isascii()]
    epoch = _epoch(min(lows), max(highs)) if lows and highs else None
    if epoch is None:
        return None
    return DateDecision(DateFormat((epoch,), timed=True), read=sum(s.count for s in digits))


def _epoch(low: float, high: float) -> str | None:
    """The unit in which numbers from low to high count the time since 1970, if any fits."""
    fits = (
        name for name, unit in EPOCHS.items() if EPOCH_LOW * unit <= low <= high < EPOCH_HIGH * unit
    )
    return next(fits, None)


def _order(numeric: list[_Plain], profile: Profile) -> Order | None:
    """Day, month or year first, if any value tells and none contradicts."""
    shapes = [plain.shape for plain in numeric]
    first = max((s.first or 0 for s in shapes), default=0)
    second = max((s.second or 0 for s in shapes), default=0)
    short = _are_short(numeric)
    if short and first > LONGEST_DAY:
        return "ymd"
    if first > MONTHS and (second > MONTHS or (short and _year_may_lead(profile.samples))):
        return None
    if second > MONTHS:
        return "mdy"
    dotted = bool(shapes) and all("." in _split(plain.text)[0] for plain in numeric)
    return "dmy" if first > MONTHS or dotted else None


def _by_separator(numeric: list[_Plain], profile: Profile) -> dict[str, Order | None]:
    """The order of day and month by the sign between them, where the signs tell different ones.

    A column that several programs wrote into has `20/03/2024` beside `10-25-2024`.
    """
    groups: dict[str, list[_Plain]] = {}
    for each in numeric:
        groups.setdefault(_separator(each), []).append(each)
    orders = {sign: _order(group, profile) for sign, group in groups.items()}
    return orders if len({*orders.values()} - {None}) > 1 else {}


def _usual(numeric: list[_Plain], orders: dict[str, Order | None]) -> Order | None:
    """The order that most of the values have."""
    most = max(numeric, key=lambda each: each.shape.count)
    return orders[_separator(most)]


def _separator(plain: _Plain) -> str:
    """What stands between the numbers of a date, "" of other patterns."""
    found = _NUMBERS.match(_split(plain.text)[0])
    return found["sep"] if found else ""


def _are_short(numeric: list[_Plain]) -> bool:
    """Whether all of them have two digits where the year may be."""
    found = [_NUMBERS.match(_split(plain.text)[0]) for plain in numeric]
    return bool(found) and all(each is not None and each["year"] == "99" for each in found)


def _year_may_lead(samples: tuple[str, ...]) -> bool:
    """Whether 24/01/13 may begin with its year: what begins varies less than what ends."""
    parts = [re.findall(r"\d+", sample)[:3] for sample in samples]
    whole = [part for part in parts if len(part) == len(("y", "m", "d"))]
    begins, ends = {part[0] for part in whole}, {part[2] for part in whole}
    return len(begins) < len(ends) and all(int(end) <= LONGEST_DAY for end in ends)


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
    style = _year_first(day) or _numbers(day, order) or _named(day) or _COMPACT.get(day)
    return style + time if style else None


def _year_first(day: str) -> str | None:
    if found := _YEAR_FIRST.match(day):
        sep = found["sep"]
        return f"%Y{sep}%m{sep}%d"
    if found := _CHINESE.match(day):
        year = "%Y" if found["year"] == "9999" else "%y"
        return f"{year}年{found['gap']}%m月{found['gap']}%d{found['day']}"
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
    found = _DAY_NAME.match(day) or _NAME_DAY.match(day) or _YEAR_NAME.match(day)
    month = _month(found["name"]) if found else None
    if found is None or month is None:
        return None
    if found.re is _NAME_DAY:
        return f"{month} %d{found['comma']} %Y"
    if found.re is _YEAR_NAME:
        return f"%Y{found['sep']}{month}{found['sep2']}%d"
    year = "%Y" if found["year"] == "9999" else "%y"
    return f"%d{found['sep']}{month}{found['sep2']}{year}"


def _month(name: str) -> str | None:
    """The strptime directive of an English name of a month, None of any other word."""
    if name.lower() in _SHORT_MONTHS:
        return "%b"
    return "%B" if name.lower() in _LONG_MONTHS else None
