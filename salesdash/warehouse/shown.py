"""The state of a past day as an import showed it: rows of then, with the amounts of then."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

Moments = tuple[tuple[datetime, int], ...]
"""As-of moments, each with the event after which the rows stood as they were at that moment."""

NEAR = timedelta(hours=12)
"""An export of the evening or of the next morning shows a day's end."""


def nearest(end: date, moments: Iterable[tuple[datetime, int]], newest: int | None) -> int | None:
    """The event that shows the end of the day before `end`, the nearest one; None: there is none.

    `newest`: no later event is looked at.
    """
    midnight = datetime.combine(end, time())
    near = [
        (abs(moment - midnight), -event)
        for moment, event in moments
        if abs(moment - midnight) <= NEAR and (newest is None or event <= newest)
    ]
    return -min(near)[1] if near else None
