"""Targets of members: what each of a dimension is to reach in a whole period, with nobody else."""

from collections.abc import Mapping
from decimal import Decimal

from salesdash.analysis.asking import Question
from salesdash.metrics import plans
from salesdash.periods import Period
from salesdash.warehouse.stated import standing


def quotas(question: Question, metric: str, by: str, period: Period) -> Mapping[str, Decimal]:
    """The target of each member that has one for just this selection and all of the period.

    Shorter targets that fill it are added up; none where a filter lets several members pass.
    """
    selection = question.selection
    narrowed = [each for each in selection.filters if each.dimension != by]
    if any(len(each.values) > 1 or each.exclude for each in narrowed):
        return {}
    alone = {(each.dimension, each.values[0]) for each in narrowed}
    scope = {by, *(name for name, _ in alone)}
    stated = standing(question.warehouse, question.settings.fiscal, selection.cut)
    ours = [
        each.plan
        for each in stated
        if each.metric == metric
        and {*each.plan.dimensions} == scope
        and alone <= {*zip(each.plan.dimensions, each.plan.members, strict=True)}
    ]
    found: dict[str, Decimal] = {}
    for plan in plans.chosen(ours, period, scope, whole=True):
        found[plan.member(by)] = found.get(plan.member(by), Decimal(0)) + plan.value
    return found
