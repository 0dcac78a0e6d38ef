"""Clicking a mark narrows what is looked at: a member becomes a filter, a period the period."""

from collections.abc import Mapping
from datetime import date, timedelta

from salesdash.periods import between, code
from salesdash.ui import context, filters, state


def follow(pick: Mapping[str, object]) -> bool:
    """Narrow the screen to what was clicked; False when the mark stands for nothing of its own.

    A bar carries `dimension`, `member` and `part` ("other" is many); a point of a line `start`,
    `end` (ISO, half-open) and `member`.
    """
    if pick.get("part") == "other":
        return False
    if "dimension" in pick:
        member = pick.get("member")
        filters.drill(str(pick["dimension"]), str(member) if member else None)
        return True
    if "start" in pick and "end" in pick:
        first = date.fromisoformat(str(pick["start"])[:10])
        last = date.fromisoformat(str(pick["end"])[:10]) - timedelta(days=1)
        state.period.set(
            code(between(first, min(last, context.edge()), context.fiscal()), context.fiscal())
        )
        state.touched.set(value=True)
        return True
    return False
