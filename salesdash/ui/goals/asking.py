"""What the pieces of Goals ask: progress, plans, periods and scopes on offer."""

from salesdash.analysis.planning import Plan, following
from salesdash.analysis.progress import Progress, named
from salesdash.charts import Words
from salesdash.datasets import DATASETS
from salesdash.metrics import Metric
from salesdash.periods import Grain, Period
from salesdash.ui import context
from salesdash.workspace import Goal
from salesdash.workspace.goals import Goals

MEMBERS_OFFERED = 200
UNITS = ((Grain.QUARTER, 5), (Grain.MONTH, 4), (Grain.YEAR, 2))
"""Kinds of periods a form offers, and how many from the running one on."""


def store() -> Goals:
    """The goals of this session's home."""
    return context.home().workspace.goals


def plan() -> Plan:
    """Where wishes become goals."""
    return Plan(context.warehouse(), context.settings(), context.today())


def offered() -> tuple[Metric, ...]:
    """Metrics a goal can be set for: those that work here."""
    return context.metrics().offered


def leading() -> str:
    """The metric a new goal begins with: the first of the Overview that can have one."""
    able = [metric.id for metric in offered()]
    return next((name for name in context.tiles() if name in able), able[0])


def periods() -> tuple[Period, ...]:
    """Periods worth offering: the running unit and those after it, of each kind."""
    fiscal, found = context.fiscal(), []
    for grain, count in UNITS:
        period = fiscal.unit(grain, context.today())
        for _ in range(count):
            found.append(period)
            period = following(period, fiscal)
    return tuple(found)


def dimensions(metric: str) -> tuple[str, ...]:
    """Dimensions of a metric's dataset that a scope may name, those with few members first."""
    found = context.metrics().metrics.get(metric)
    if found is None:
        return ()
    named = context.home().warehouse.dimensions(found.dataset)
    small = sorted((each for each in named if each.offered), key=lambda each: each.members)
    return tuple(each.name for each in small if each.name in _scopes(found.dataset) or each.extra)


def members(metric: str, dimension: str) -> dict[str, str]:
    """Members of a dimension with the names people know, the most frequent first."""
    dataset = context.metrics().get(metric).dataset

    def ask() -> dict[str, str]:
        warehouse = context.home().warehouse
        names = warehouse.names(dataset, dimension)
        known = warehouse.members(dataset, dimension, MEMBERS_OFFERED)
        return {member: names.get(member, member) for member, _ in known}

    return context.remembered(("goal-members", dataset, dimension), ask)


def period_words(period: Period, words: Words) -> str:
    """The name of a period: Q4 2026, 1 Mar 2026 - 15 Mar 2026."""
    return words.tell(named(period, words.fiscal))


def above(number: int) -> tuple[Goal, ...]:
    """The goals that may stand above one: not itself, nor those below it; 0 for a new one."""
    standing = store().standing()
    below, known = {number}, 0
    while number and len(below) != known:
        known = len(below)
        below |= {goal.number for goal in standing if goal.terms.parent in below}
    return tuple(goal for goal in standing if goal.number not in below)


def title(goal: Goal, words: Words) -> str:
    """What a list calls a goal: Sales · North · Q4 2026."""
    members = [value or "—" for each in goal.terms.scope for value in each.values]
    period = period_words(goal.terms.period, words)
    return " · ".join((words.metric(goal.terms.metric), *members, period))


def last_period(found: tuple[Progress, ...]) -> tuple[Goal, ...]:
    """The goals set by hand of the newest period that has begun: those worth copying."""
    begun = [
        each.goal
        for each in found
        if each.goal.number and each.goal.terms.period.start <= context.today()
    ]
    if not begun:
        return ()
    newest = max((goal.terms.period for goal in begun), key=lambda p: (p.start, p.days))
    return tuple(goal for goal in begun if goal.terms.period == newest)


def _scopes(dataset: str) -> frozenset[str]:
    hidden = {"status", "customer_name", "product_name", "return_flag"}
    return frozenset(DATASETS[dataset].dimensions) - hidden
