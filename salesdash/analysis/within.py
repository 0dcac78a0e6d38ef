"""Who makes a goal: the members of its scope with their parts of it and goals of their own."""

from salesdash.analysis.asking import Question
from salesdash.analysis.movers import FEWEST, candidates, narrowed

NATURAL = ("team", "person", "region")
"""Dimensions a goal is shared out by, before those of config.yaml."""

TOO_FINE = ("customer", "product")


def dimensions(question: Question, metric: str) -> tuple[str, ...]:
    """What the goal of a metric is naturally broken down by: several members, none narrowed to."""
    alone = narrowed(question.selection)
    there = question.warehouse.dimensions(question.metric(metric).dataset)
    known = {one.name for one in there if one.offered and one.members >= FEWEST}
    likely = dict.fromkeys((*NATURAL, *candidates(question, metric)))
    return tuple(n for n in likely if n in known and n not in alone and n not in TOO_FINE)
