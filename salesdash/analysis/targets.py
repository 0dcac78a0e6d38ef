"""Targets on a trend: those of goals for the same metric and scope, over their own periods.

A target is never spread over shorter periods or summed over longer ones: where the periods shown
are not those of a goal, there is no line. Running totals show the target of the whole window.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from salesdash.analysis.answers import Target, Trend
from salesdash.periods import FiscalCalendar, Period
from salesdash.selection import Filter
from salesdash.workspace import Terms


def beside(
    answer: Trend, goals: Sequence[Terms], filters: tuple[Filter, ...], fiscal: FiscalCalendar
) -> Trend:
    """The trend with the targets that belong on it; a breakdown has none."""
    if answer.dimension is not None or answer.index is not None or not answer.series:
        return answer
    scope = Terms(answer.metric, answer.window.period, target=Decimal(1), scope=filters).scope
    ours = {
        terms.period: terms.target
        for terms in goals
        if (terms.metric, terms.scope) == (answer.metric, scope)
    }
    units = _units(answer, fiscal)
    return replace(answer, targets=tuple(Target(u, ours[u]) for u in units if u in ours))


def _units(answer: Trend, fiscal: FiscalCalendar) -> list[Period]:
    """The whole units a target may stand over: those shown, or of running totals the window's."""
    if answer.cumulative:
        return [] if answer.window.unit is None else [answer.window.unit]
    return [fiscal.unit(answer.grain, point.period.start) for point in answer.series[0].points]
