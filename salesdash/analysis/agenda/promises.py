"""Actions of before in a meeting: what is open, overdue first, then what was done since."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from salesdash.analysis.actions import Row, previous, row
from salesdash.analysis.agenda.held import Held, Kept, day
from salesdash.workspace import Line


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`promises` that were made before the meeting."""
    return {"promises": tuple(_promises(held.kept))}


def _promises(kept: Kept) -> Iterator[Row]:
    """What was promised before and is open, overdue first, then what was done since."""
    opened = kept.meeting.opened_at
    before = previous(kept.meeting, kept.meetings)
    since = before.opened_at if before is not None else None
    rows = [
        row(action, kept.meetings, day(kept.meeting))
        for action in kept.actions
        if action.meeting != kept.meeting.id
        and (opened is None or action.made_at < opened)
        and kept.is_about(action.owner)
    ]
    yield from sorted((r for r in rows if r.is_open), key=lambda r: (r.due or date.max, r.id))
    yield from (
        r for r in rows if not r.is_open and since is not None and (r.settled or since) > since
    )
