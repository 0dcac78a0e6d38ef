"""The sentence that opens the Goals page: how many are behind, which one most, what it needs."""

from collections import Counter
from collections.abc import Mapping, Sequence

from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.progress import Progress, State

COUNTED = (State.OFF_PACE, State.AT_RISK, State.NO_DATA, State.ON_PACE, State.REACHED)
"""States a running goal can be in, the worst first."""


def build(found: Sequence[Progress]) -> tuple[Reason, Reason | None]:
    """Sentence and lead about goals sorted by risk; the lead is None when there is none."""
    running = [each for each in found if each.runs]
    if not found:
        return Reason("goals.headline.none"), Reason("goals.lead.none")
    if not running:
        return Reason("goals.headline.idle", (("count", len(found)),)), None
    for state in (State.OFF_PACE, State.AT_RISK, State.NO_DATA):
        behind = [each for each in running if each.state is state]
        if behind:
            return _behind(state, behind, len(running)), _needed(behind[0])
    return Reason("goals.headline.fine", (("count", len(running)),)), None


def single(goal: Progress) -> tuple[Reason, Reason | None]:
    """Sentence and lead about one goal."""
    told = goal.told or goal.word
    title = goal.subject.title
    return Reason("goals.headline.single", (("goal", title), ("told", told))), _needed(goal)


def counts(found: Sequence[Progress]) -> dict[State, int]:
    """How many of the running goals are in each state, the worst first; none while none runs.

    The states of a judged goal are counted in any case, a lack of data only where there is one.
    """
    running = Counter(each.state for each in found if each.runs)
    return {state: running[state] for state in COUNTED if running and _counts(state, running)}


def _counts(state: State, running: Mapping[State, int]) -> bool:
    return state is not State.NO_DATA or running[state] > 0


def _behind(state: State, behind: Sequence[Progress], total: int) -> Reason:
    worst = behind[0]
    named: tuple[tuple[str, object], ...] = (
        ("goal", worst.subject.title),
        ("told", worst.told or worst.word),
    )
    if total == 1:
        return Reason(f"goals.headline.only.{state.value}", named)
    values = (("count", len(behind)), ("total", total), *named)
    return Reason(f"goals.headline.{state.value}", values)


def _needed(worst: Progress) -> Reason | None:
    if worst.needed is None or worst.daily is None:
        return None
    unit = worst.subject.unit
    values = (
        ("goal", worst.subject.title),
        ("target", Amount(worst.goal.terms.target, unit)),
        ("needed", Amount(worst.needed, unit)),
        ("daily", Amount(worst.daily, unit)),
        ("days", worst.pace.left),
    )
    return Reason("goals.lead.needed", values)
