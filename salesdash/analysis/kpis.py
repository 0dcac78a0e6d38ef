"""KPI tiles: the figure, its change, its status, and the shape of the last twelve periods.

Tiles whose data end on one day are asked together: the window, what it is compared with, twelve
periods and those of a year earlier are windows of one question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis import changes, presets, spans
from salesdash.analysis.answers import Figure, Reason, Tile
from salesdash.analysis.asking import Question, answered, notes
from salesdash.analysis.spans import SPARK_PERIODS, Slot
from salesdash.config import Settings
from salesdash.metrics import Figure as Measure
from salesdash.metrics import Measured, Metric
from salesdash.metrics.figures import MATURING, RECONSTRUCTED
from salesdash.periods import Grain, Lengths, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

LENGTHS = "analysis.note.lengths"
"""That two periods are not equally long."""


def build(
    warehouse: Warehouse,
    settings: Settings,
    selection: Selection,
    today: date,
    tiles: Sequence[str] | None = None,
) -> tuple[Tile, ...]:
    """A tile for each metric, those of the Overview when none are named, in their order.

    A metric that cannot be calculated here has a blank tile with its reason.
    """
    question = Question(warehouse, settings, selection, today)
    names = presets.tiles(question) if tiles is None else tuple(tiles)
    groups: dict[Selection, list[str]] = {}
    for name in names:
        if name in question.bound.metrics:
            groups.setdefault(question.about(name).selection, []).append(name)
    found = {}
    for chosen, ids in groups.items():
        plan = _Plan.of(replace(question, selection=chosen))
        measured = question.measure(tuple(ids), plan.windows)
        found.update({name: _tile(question, plan, measured, name) for name in ids})
    empty = _Plan.of(question)
    return tuple(found.get(name) or _blank(settings.metrics[name], empty) for name in names)


@dataclass(frozen=True)
class _Plan:
    """The windows of the question, in the order asked, and where each kind begins."""

    window: Window | None
    compared: Window | None
    grain: Grain
    slots: tuple[Slot, ...]
    earlier: tuple[Slot, ...]

    @classmethod
    def of(cls, question: Question) -> "_Plan":
        window, fiscal = question.selection.window, question.settings.fiscal
        grain = spans.spark_grain(window)
        last = fiscal.unit(grain, question.end - timedelta(days=1))
        first = fiscal.previous(grain, last, SPARK_PERIODS - 1)
        slots = spans.slots(grain, Period(first.start, last.end), question.end, fiscal)
        earlier = tuple(spans.year_ago(grain, slot, fiscal) for slot in slots)
        return cls(window, question.compared, grain, slots, earlier)

    @property
    def windows(self) -> tuple[Window | Period | None, ...]:
        compared = () if self.compared is None else (self.compared,)
        return (self.window, *compared, *(slot.asked for slot in (*self.slots, *self.earlier)))

    @property
    def sparks(self) -> int:
        """Number of the first window of the sparkline."""
        return 1 if self.compared is None else 2


def _blank(metric: Metric, plan: _Plan) -> Tile:
    empty = (None,) * SPARK_PERIODS
    return Tile(
        metric=metric.id,
        unit=metric.unit,
        figure=Figure(None, Reason("analysis.reason.broken")),
        change=None,
        status=None,
        spark=empty,
        spark_last_year=empty,
        spark_grain=plan.grain,
        spark_running=False,
    )


def _tile(question: Question, plan: _Plan, measured: Measured, name: str) -> Tile:
    metric, own = question.metric(name), question.about(name)
    figure = answered(measured.figure(name, 0))
    told = (
        *_notes(own, plan, question.selection.window, measured.figure(name, 0)),
        *_earlier(measured, name),
    )
    maturing = next((note for note in told if note.key == MATURING), None)
    change = None
    compares = maturing is None and not question.bound.looks_ahead(name)
    if plan.compared is not None and compares:
        then = own.then(answered(measured.figure(name, 1)))
        change = changes.of(own, name, figure, then)
    begin = plan.sparks
    values = [
        measured.figure(name, begin + n).value for n in range(len(plan.slots) + len(plan.earlier))
    ]
    return Tile(
        metric=name,
        unit=metric.unit,
        figure=figure,
        change=change,
        status=changes.status(metric, figure) if maturing is None else None,
        spark=tuple(values[: len(plan.slots)]),
        spark_last_year=tuple(values[len(plan.slots) :]),
        spark_grain=plan.grain,
        spark_running=plan.slots[-1].running,
        notes=told,
        maturing=maturing,
    )


def _earlier(measured: Measured, name: str) -> Iterator[Reason]:
    """That what the figure is compared with, and its line, are worked out from today's rows."""
    now, *others = (measured.figure(name, n) for n in range(len(measured.windows)))
    if not _is_reconstructed(now) and any(map(_is_reconstructed, others)):
        yield Reason("analysis.note.earlier_reconstructed")


def _is_reconstructed(figure: Measure) -> bool:
    return any(key == RECONSTRUCTED for key, _ in figure.notes)


def lengths(found: Lengths) -> Reason:
    """48 days (34 working days) are compared with 31 (21)."""
    parts = ("days", "working", "days_then", "working_then")
    return Reason(LENGTHS, tuple((part, getattr(found, part)) for part in parts))


def _notes(
    question: Question, plan: _Plan, window: Window | None, measured: Measure
) -> Iterator[Reason]:
    """What a reader should know: about the figure, the comparison, a window beyond the data."""
    yield from notes(measured)
    if plan.compared is not None and plan.compared.note is not None:
        yield Reason(plan.compared.note)
    if question.lengths is not None and question.lengths.differ:
        yield lengths(question.lengths)
    edge = question.covered
    if window is not None and edge is not None and window.period.last_day > edge:
        yield Reason("analysis.note.beyond_data", (("edge", edge),))
    if window is not None and question.first is not None and question.first > window.period.start:
        yield Reason("analysis.note.starts_later", (("first", question.first),))
