"""A metric asked whole, in a window and the one before: what its parts are measured against."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from salesdash.analysis import changes, standing
from salesdash.analysis.answers import Change, Figure, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.breakdown import Line
from salesdash.analysis.changes import difference
from salesdash.metrics import NO_ROWS, Measured, Members, Metric
from salesdash.metrics import Figure as Measure
from salesdash.periods import Window


@dataclass(frozen=True, eq=False)
class Whole:
    """A metric that is parted by a dimension, and its figures without the dimension."""

    question: Question
    metric: Metric
    by: str
    measured: Measured
    compared: bool

    @classmethod
    def of(cls, question: Question, metric: str, by: str) -> "Whole":
        """Ask it. Raises UsageError for an unknown metric."""
        compared = question.is_compared
        measured = question.measure((metric,), windows(question))
        return cls(question, question.metric(metric), by, measured, compared)

    @cached_property
    def sums(self) -> bool:
        """Whether parts can sum to it."""
        return self.question.bound.splits(self.metric.id)

    @cached_property
    def change(self) -> Change:
        """Now against then."""
        return self.changed(self.figures(self.measured, ()), answered(NO_ROWS))

    @property
    def pair(self) -> tuple[Number, Number]:
        """Now and then, nothing as 0."""
        return self.change.now.value or 0, self.change.then.value or 0

    def total(self, apart: Reason | None) -> Line:
        """The whole as a line: where parts are not `apart`, all of the change, and its share 1."""
        change = self.change
        if apart is not None:
            return Line(None, None, change)
        now = change.now.value
        return Line(None, None, change, self.part(change), standing.share(now, now))

    def figures(self, measured: Measured, members: Members) -> list[Measure]:
        """Now, and then if there is something to compare with."""
        name = self.metric.id
        return [measured.figure(name, n, None, members) for n in range(1 + self.compared)]

    def changed(self, figures: Sequence[Measure], empty: Figure) -> Change:
        """Now against then; `empty` where a window has no rows."""
        return self.made([empty if one == NO_ROWS else answered(one) for one in figures])

    def made(self, figures: Sequence[Figure]) -> Change:
        """Figures as a change; without a comparison the earlier one is blank."""
        if not self.compared:
            blank = self.question.then(Figure(None))
            return Change(figures[0], blank, None, None, None)
        return changes.of(self.question, self.metric.id, figures[0], figures[1])

    def part(self, change: Change) -> Number | None:
        """The exact part of a member in the change of the whole; None without a comparison."""
        if not self.compared:
            return None
        return difference(change.now.value or 0, change.then.value or 0)


def windows(question: Question) -> tuple[Window | None, ...]:
    """What a question looks at, and then what it compares with."""
    return (question.selection.window, question.compared)[: 1 + question.is_compared]
