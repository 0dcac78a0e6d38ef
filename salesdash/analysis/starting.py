"""Where a bridge may start instead of an earlier period: what a goal asked for by the last day."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesdash.analysis.planning import rounded
from salesdash.analysis.progress import Progress
from salesdash.selection import Selection
from salesdash.workspace import Terms


@dataclass(frozen=True)
class Start:
    """An amount that was promised; `paced`: so much of the target as its pace expected by then."""

    amount: Decimal
    paced: bool


def promised(goals: Sequence[Progress], metric: str, selection: Selection) -> Start | None:
    """What the goal of exactly these figures asked for: metric, period and filters.

    While its period runs that is its pace by the data edge, where it has one. None without such a
    goal.
    """
    window = selection.window
    if window is None:
        return None
    period = window.unit if window.to_date and window.unit else window.period
    key = Terms(metric, period, Decimal(1), selection.filters).key
    found = next((each for each in goals if each.goal.terms.key == key), None)
    if found is None:
        return None
    if window.to_date and found.runs and found.expected is not None:
        return Start(rounded(found.expected, found.subject.unit), paced=True)
    return Start(found.goal.terms.target, paced=False)
