"""A lever on a line: a band for the 12 months, now as a dot, what is needed as an ink mark.

Pure text out; to the right is better, also where that means less.
"""

from salesdash.analysis.levers import Lever
from salesdash.ui.marks import escape

MARGIN = 0.03
"""Room at both ends, so that no mark is cut; a part of the line."""


def drawn(lever: Lever, alt: str) -> str:
    """The line with its marks; the best member is a tick below it."""
    at = _places(lever)
    band = ""
    if lever.range:
        left, right = sorted(at[each] for each in lever.range)
        band = f'<u style="left:{left:.1%};width:{right - left:.1%}"></u>'
    needed = "" if lever.needed is None else f'<b style="left:{at[lever.needed]:.1%}"></b>'
    best = "" if lever.best is None else f'<s style="left:{at[lever.best.value]:.1%}"></s>'
    now = f'<i style="left:{at[lever.now]:.1%}"></i>'
    return (
        f'<div class="sd-track" role="img" aria-label="{escape(alt)}">'
        f"{band}{best}{needed}{now}</div>"
    )


def _places(lever: Lever) -> dict[object, float]:
    """Where each value lies, as a part of the line's length."""
    best = () if lever.best is None else (lever.best.value,)
    needed = () if lever.needed is None else (lever.needed,)
    values = {each: float(each) for each in (lever.now, *needed, *lever.range, *best)}
    low, high = min(values.values()), max(values.values())
    reach = (high - low) or 1.0
    return {each: _place((value - low) / reach, lever) for each, value in values.items()}


def _place(part: float, lever: Lever) -> float:
    return MARGIN + (1 - 2 * MARGIN) * (1 - part if lever.falls else part)
