"""The last periods of a figure as a small drawing, over those of a year earlier."""

from collections.abc import Sequence
from itertools import groupby

WIDTH, HEIGHT, MARGIN = 120.0, 30.0, 2.0
Values = Sequence[float | None]


def drawn(now: Values, then: Values) -> str:
    """An inline SVG without any text; nothing when there is nothing to draw."""
    known = [value for value in (*now, *then) if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    lines = "".join(
        f'<polyline class="{name}" points="{points}"/>'
        for name, values in (("then", then), ("now", now))
        for points in _runs(values, low, high)
    )
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none" '
        f'aria-hidden="true">{lines}</svg>'
    )


def _runs(values: Values, low: float, high: float) -> list[str]:
    """The points of each unbroken stretch; a blank period breaks the line."""
    step = WIDTH / max(len(values) - 1, 1)
    placed = [
        None if value is None else f"{index * step:.1f},{_height(value, low, high):.1f}"
        for index, value in enumerate(values)
    ]
    stretches = groupby(placed, key=lambda point: point is None)
    return [" ".join(filter(None, run)) for is_blank, run in stretches if not is_blank]


def _height(value: float, low: float, high: float) -> float:
    share = 0.5 if high == low else (value - low) / (high - low)
    return MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share)
