"""Goals set by hand as the warehouse knows targets: a metric, one member a dimension, a period."""

from salesdash.metrics.plans import Plan, Stated
from salesdash.workspace import Goal, Workspace


def stated(workspace: Workspace) -> tuple[Stated, ...]:
    """The goals that stand, but those about several members together or all but some."""
    return tuple(_stated(goal) for goal in workspace.goals.standing() if _is_plain(goal))


def _is_plain(goal: Goal) -> bool:
    return all(len(f.values) == 1 and f.values[0] and not f.exclude for f in goal.terms.scope)


def _stated(goal: Goal) -> Stated:
    terms = goal.terms
    dimensions = tuple(each.dimension for each in terms.scope)
    members = tuple(str(each.values[0]) for each in terms.scope)
    return Stated(terms.metric, Plan(dimensions, members, terms.period, terms.target))
