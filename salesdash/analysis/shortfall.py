"""Who a goal is behind by: exact parts of its gap, by the members of one dimension.

Each member is expected to bring of what the goal expects by now the share that it had of the same
days a year before, else of the days right before. The parts sum to the gap exactly. The dimension
is the one whose largest part explains most beyond its size; nothing is said below `SILENT`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from salesdash.analysis import contributions, movers
from salesdash.analysis.answers import Amount, Member, Mover, Movers, Number, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.changes import difference
from salesdash.analysis.contributions import SILENT
from salesdash.analysis.progress import Progress, State, exact
from salesdash.config import Settings
from salesdash.metrics import Unit
from salesdash.periods import Comparison, Period, Window
from salesdash.selection import Selection

BEHIND = (State.OFF_PACE, State.AT_RISK, State.MISSED)
STEP = Decimal("0.0001")
"""What is expected of a member is rounded to this; the largest one takes what is left over."""

MANY = 200
"""A dimension with more members is not looked through."""

TOLD = 3


@dataclass(frozen=True)
class ShortfallPart:
    """A member with its part in the gap, and that as a share of the gap."""

    member: str
    change: Number
    share: float


@dataclass(frozen=True)
class Shortfall:
    """The largest parts of a gap in its direction, each of at least `SILENT`.

    `selection`: the days and filters they were asked for, compared with the days the shares are of.
    """

    metric: str
    unit: Unit
    dimension: str
    gap: Number
    parts: tuple[ShortfallPart, ...]
    selection: Selection

    @property
    def told(self) -> tuple[Reason, ...]:
        """West −$123K, 62% of the gap; of more than all of it only the amount: others are ahead."""
        return tuple(self._told(part) for part in self.parts)

    def _told(self, part: ShortfallPart) -> Reason:
        values: tuple[tuple[str, object], ...] = (
            ("member", Member(part.member)),
            ("change", Amount(part.change, self.unit, "signed")),
        )
        if part.share > 1:
            return Reason("goals.shortfall.more", values)
        share = ("share", Amount(part.share, Unit.SHARE, "percent"))
        return Reason("goals.shortfall.part", (*values, share))


def build(asked: Question, progress: Progress) -> Shortfall | None:
    """The members behind a goal that is; None for others, and where no member stands out.

    `asked` gives data, settings, the day and the cut.
    """
    wanted = progress.goal.terms.target if progress.over else progress.expected
    metric = progress.subject.metric
    if progress.state not in BEHIND or not progress.gap or wanted is None:
        return None
    for comparison in (Comparison.LAST_YEAR, Comparison.PREVIOUS):
        window = _window(progress, asked.settings)
        narrowed = Selection(window, comparison, progress.goal.terms.scope, asked.selection.cut)
        question = replace(asked, selection=narrowed, metrics=(metric,))
        if question.is_compared and question.bound.splits(metric):
            return _of(question, metric, (exact(progress.actual.value or 0), wanted))
    return None


def _window(progress: Progress, settings: Settings) -> Window:
    """The days of the goal up to the edge of the data."""
    whole, edge = progress.window(settings.fiscal), progress.edge
    if edge is None or progress.over:
        return whole
    end = min(whole.period.end, edge + timedelta(days=1))
    return Window(Period(whole.period.start, end), whole.grain, whole.unit)


def _of(question: Question, metric: str, figures: tuple[Decimal, Decimal]) -> Shortfall | None:
    """Of the dimensions that explain enough the one that tells most."""
    there = question.warehouse.dimensions(question.metric(metric).dataset)
    few = {one.name for one in there if one.members <= MANY}
    tried = (
        _movers(question, metric, name, figures)
        for name in movers.candidates(question, metric)
        if name in few
    )
    found = [each for each in tried if each is not None and contributions.tells(each)]
    best = max(found, key=contributions.surprise, default=None)
    if best is None:
        return None
    return Shortfall(
        metric, best.unit, best.dimension, best.change, tuple(_parts(best)), question.selection
    )


def _parts(found: Movers) -> Iterator[ShortfallPart]:
    shares = (
        (float(part.change) / float(found.change), part)
        for part in found.parts
        if part.member is not None
    )
    ranked = sorted(shares, key=lambda each: -each[0])
    for share, part in ranked[:TOLD]:
        if share >= SILENT:
            yield ShortfallPart(part.label or part.member or "", part.change, share)


def _movers(
    question: Question, metric: str, by: str, figures: tuple[Decimal, Decimal]
) -> Movers | None:
    """Members now against what was expected of them; None where they are not the whole."""
    actual, wanted = figures
    windows = (question.selection.window, question.compared)
    found = question.measure((metric,), windows, by=(by,))
    now, then = (
        {each[0]: exact(found.figure(metric, n, None, each).value or 0) for each in found.members()}
        for n in (0, 1)
    )
    before = sum(then.values())
    if sum(now.values()) != actual or before <= 0:
        return None
    expected = _expected(then, wanted / before, wanted)
    names = question.warehouse.names(question.metric(metric).dataset, by)
    parts = [
        Mover(
            member or "",
            names.get(member) if member is not None else None,
            value,
            expected[member],
            difference(value, expected[member]),
        )
        for member, value in now.items()
    ]
    return movers.of(question.metric(metric), by, parts)


def _expected(
    then: Mapping[str | None, Decimal], each: Decimal, wanted: Decimal
) -> dict[str | None, Decimal]:
    """What is expected of each member; together exactly what is wanted."""
    found = {member: (value * each).quantize(STEP) for member, value in then.items()}
    largest = max(found, key=lambda member: (found[member], member or ""))
    found[largest] += wanted - sum(found.values())
    return found
