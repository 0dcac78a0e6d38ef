"""Two members of a dimension side by side: the chosen metric and the key figures of each."""

from dataclasses import dataclass
from datetime import date

from salesdash.analysis import changes, headline, presets
from salesdash.analysis.answers import Amount, Change, Figure, Member, Name, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.config import Settings
from salesdash.metrics import Measured, Metric, Unit
from salesdash.periods import Against, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse


@dataclass(frozen=True)
class Duel:
    """What is asked: a metric, and two members of a dimension ("" is the empty one)."""

    metric: str
    dimension: str
    first: str
    second: str


@dataclass(frozen=True)
class Side:
    """One metric of both: each against its own earlier time, and the first against the second."""

    metric: str
    unit: Unit
    first: Change
    second: Change
    gap: Change


@dataclass(frozen=True)
class Versus:
    """Two members side by side; the chosen metric first. `names` are what people call them."""

    metric: str
    unit: Unit
    dimension: str
    members: tuple[str, str]
    names: tuple[str, str]
    window: Window | None
    compared: Window | None
    comparison: Against
    sides: tuple[Side, ...]
    headline: Reason


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, duel: Duel
) -> Versus:
    """Both members over the selection's window, whatever member the selection was narrowed to.

    Raises UsageError: an unknown metric or dimension.
    """
    pair = (duel.first, duel.second)
    chosen = selection.where(duel.dimension, *(member or None for member in pair))
    question = Question(warehouse, settings, chosen, today)
    metrics = _beside(question, duel.metric)
    compared = question.is_compared
    windows = (selection.window, question.compared)[: 1 + compared]
    measured = question.measure(tuple(m.id for m in metrics), windows, by=(duel.dimension,))
    asked = tuple(_side(question, measured, metric, pair) for metric in metrics)
    sides = (asked[0], *(side for side in asked[1:] if _is_known(side)))
    known = warehouse.names(metrics[0].dataset, duel.dimension)
    names = tuple(known.get(member, member) for member in pair)
    return Versus(
        metric=duel.metric,
        unit=metrics[0].unit,
        dimension=duel.dimension,
        members=pair,
        names=(names[0], names[1]),
        window=selection.window,
        compared=question.compared if compared else None,
        comparison=selection.comparison,
        sides=sides,
        headline=_headline(question, (names[0], names[1]), sides[0]),
    )


def _beside(question: Question, metric: str) -> tuple[Metric, ...]:
    """The chosen metric, then the key figures."""
    others = (name for name in presets.tiles(question) if name in question.bound.metrics)
    return tuple(question.metric(name) for name in dict.fromkeys((metric, *others)))


def _side(question: Question, measured: Measured, metric: Metric, pair: tuple[str, str]) -> Side:
    first, second = (_change(question, measured, metric, member) for member in pair)
    gap = changes.change(metric, first.now, second.now)
    return Side(metric.id, metric.unit, first, second, gap)


def _is_known(side: Side) -> bool:
    """Whether either has a figure: rows of another kind may not know the dimension."""
    return side.first.now.value is not None or side.second.now.value is not None


def _change(question: Question, measured: Measured, metric: Metric, member: str) -> Change:
    found = [
        answered(measured.figure(metric.id, n, None, (member or None,)))
        for n in range(len(measured.windows))
    ]
    if len(found) == 1:
        return Change(found[0], question.then(Figure(None)), None, None, None)
    return changes.of(question, metric.id, found[0], found[1])


def _headline(question: Question, names: tuple[str, str], side: Side) -> Reason:
    """Sales this quarter: North $2.15M against $1.87M of South, +15.0%."""
    first, second, gap = side.first.now.value, side.second.now.value, side.gap
    values: headline.Values = (
        ("metric", Name("metric", side.metric)),
        ("when", headline.when(question.selection.window, question.today)),
        ("first", Member(names[0])),
        ("second", Member(names[1])),
    )
    if first is None or second is None or gap.absolute is None:
        return Reason("analysis.versus.unknown", values)
    moved = Amount(gap.absolute, side.unit, "signed")
    if gap.ratio is not None:
        moved = Amount(gap.ratio, Unit.SHARE, "change")
    amounts = (("value", Amount(first, side.unit)), ("other", Amount(second, side.unit)))
    return Reason("analysis.versus.beside", (*values, *amounts, ("gap", moved)))
