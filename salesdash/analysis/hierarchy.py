"""Hierarchies that the data have by themselves: cities within regions, products within categories.

Nobody configures them. They say what a member is best opened by; any other order may be chosen.
"""

from salesdash.analysis.asking import Question
from salesdash.analysis.comparison import dimensions
from salesdash.warehouse.dimensions import DISPLAY
from salesdash.warehouse.nesting import first_within

KINDS = (
    ("country", "region", "province", "city"),
    ("brand", "category", "subcategory", "product"),
    ("manager", "team", "person"),
    ("segment", "customer"),
    ("channel", "campaign"),
)
"""Dimensions of one kind: where several lie within one, those of its own kind come first."""

FINER = 1.5
"""What has fewer times the members opens most of them into a single one."""


def below(question: Question, metric: str, by: str) -> str | None:
    """The dimension a member is best opened by: each of its members lies within one of `by`.

    Of several the coarsest, one of the same kind before others. None where there is none that is
    clearly finer and not narrowed to one. Raises UsageError for an unknown metric or dimension.
    """
    dataset = question.metric(metric).dataset
    members = {one.name: one.members for one in question.warehouse.dimensions(dataset)}
    hidden = {*DISPLAY.values(), by}
    finer = (
        name
        for name in dimensions(question, metric)
        if name not in hidden and members[name] >= FINER * members.get(by, 0)
    )
    kind = next((kind for kind in KINDS if by in kind), ())
    wanted = sorted(finer, key=lambda name: (name not in kind, members[name], name))
    return first_within(question.warehouse, dataset, by, tuple(wanted))
