"""Compact numbers: three digits with K and M, or with 万 and 亿.

A tier is used while the *rounded* figure stays below its limit, so a figure that rounds up to a
border is promoted: 999,950 is 1.00M, 99 999 999 is 1.00亿.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

DIGITS = Context(prec=80, rounding=ROUND_HALF_EVEN)
"""Wide enough for any sum of DECIMAL(38, 6); the default context gives up at 28 digits."""

TICK = Context(prec=6, rounding=ROUND_HALF_EVEN)

SMALL = Decimal(100)
"""Below this a fraction matters: money shows its cents, other numbers three digits."""


@dataclass(frozen=True)
class Tier:
    """Figures below `limit` are divided by `scale` and shown with `places` and `sign`."""

    limit: Decimal
    scale: Decimal
    places: int
    sign: str


def _tiers(*rows: tuple[str, str, int, str]) -> tuple[Tier, ...]:
    return tuple(Tier(Decimal(limit), Decimal(scale), n, sign) for limit, scale, n, sign in rows)


SHORT: dict[str, tuple[Tier, ...]] = {
    "en": _tiers(
        ("1e4", "1", 0, ""),
        ("1e5", "1e3", 1, "K"),
        ("1e6", "1e3", 0, "K"),
        ("1e7", "1e6", 2, "M"),
        ("1e8", "1e6", 1, "M"),
        ("1e9", "1e6", 0, "M"),
        ("1e10", "1e9", 2, "B"),
        ("1e11", "1e9", 1, "B"),
        ("1e12", "1e9", 0, "B"),
        ("Infinity", "1e12", 2, "T"),
    ),
    "zh": _tiers(
        ("1e5", "1", 0, ""),
        ("1e6", "1e4", 1, "万"),
        ("1e8", "1e4", 0, "万"),
        ("1e12", "1e8", 2, "亿"),
        ("Infinity", "1e12", 2, "万亿"),
    ),
}

AXIS: dict[str, tuple[tuple[Decimal, str], ...]] = {
    "en": tuple(
        (Decimal(s), w) for s, w in (("1e12", "T"), ("1e9", "B"), ("1e6", "M"), ("1e3", "K"))
    ),
    "zh": tuple((Decimal(s), w) for s, w in (("1e12", "万亿"), ("1e8", "亿"), ("1e4", "万"))),
}
"""Ticks: from each of these on, the figure is divided by it; trailing zeros are dropped."""


def short(size: Decimal, lang: str) -> str:
    """A figure of at least 0 in three digits, whole below the first tier's limit."""
    for tier in SHORT[lang]:
        rounded = rounded_to(size / tier.scale, tier.places)
        if rounded * tier.scale < tier.limit:
            return f"{rounded:,}{tier.sign}"
    raise AssertionError("the last tier has no limit")


def axis(size: Decimal, lang: str) -> str:
    """A tick of at least 0: as short as it can be, at most six significant digits."""
    size = TICK.plus(size)
    for scale, sign in AXIS[lang]:
        if size >= scale:
            return f"{trimmed(size / scale)}{sign}"
    return trimmed(size)


def rounded_to(size: Decimal, places: int) -> Decimal:
    """Rounded half to even, keeping exactly so many decimals."""
    return size.quantize(Decimal(1).scaleb(-places), context=DIGITS)


def trimmed(size: Decimal, places: int = 6) -> str:
    """With thousands separators and no more decimals than needed."""
    text = f"{rounded_to(size, places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def two_digits(size: Decimal) -> Decimal:
    """Rounded to two significant digits: an estimate promises less than a fact."""
    return (
        size if not size else size.quantize(Decimal(1).scaleb(size.adjusted() - 1), context=DIGITS)
    )
