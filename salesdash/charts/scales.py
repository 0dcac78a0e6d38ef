"""Where things stand on a chart, computed here so that labels never meet: ticks and distances."""

import math
from collections.abc import Iterable, Sequence

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)

_DUST, _NOTHING = 1e-12, 1e-200
"""What differs by less of its size, or by less at all, is the same."""

_WASTE, _AIR = 0.6, 0.06
"""A tick further outside than this part of a step is left out; the air that takes its place."""


def ticks(low: float, high: float, lines: int = 4) -> tuple[tuple[float, ...], tuple[float, float]]:
    """Round tick values for `low` to `high`, about `lines` of them, and the limits of the axis.

    A limit is the next tick outside, or a little air where that tick would waste room.
    """
    if high - low <= max(_DUST * max(abs(low), abs(high)), _NOTHING):
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= _NOTHING:
        low, high = 0.0, 1.0
    rough = (high - low) / lines
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * 0.9)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    bottom, top = _clean(first * step), _clean(last * step)
    if low - bottom > _WASTE * step:
        first, bottom = first + 1, low - _AIR * (high - low)
    if top - high > _WASTE * step and last - 1 > first:
        last, top = last - 1, high + _AIR * (high - low)
    return tuple(_clean(n * step) for n in range(first, last + 1)), (bottom, top)


def _clean(value: float) -> float:
    """Without the dust of binary fractions: 0.30000000000000004 is 0.3."""
    return float(f"{value:.12g}") + 0.0


def span(values: Iterable[float | None], *, zero: bool) -> tuple[float, float]:
    """Lowest and highest of the values; with 0 inside where `zero` says so."""
    known = [value for value in values if value is not None]
    if not known:
        return 0.0, 0.0
    low, high = min(known), max(known)
    return (min(low, 0.0), max(high, 0.0)) if zero else (low, high)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Move places apart until neighbours are `gap` from each other, within `low` and `high`.

    Order is kept; what has room does not move. Where the room is too small for all, the gap
    shrinks evenly.
    """
    if not places:
        return ()
    gap = min(gap, (high - low) / max(len(places) - 1, 1))
    order = sorted(range(len(places)), key=lambda n: places[n])
    placed = [min(max(places[n], low), high) for n in order]
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + gap)
    placed[-1] = min(placed[-1], high)
    for n in range(len(placed) - 2, -1, -1):
        placed[n] = min(placed[n], placed[n + 1] - gap)
    result = [0.0] * len(places)
    for n, place in zip(order, placed, strict=True):
        result[n] = place
    return tuple(result)
