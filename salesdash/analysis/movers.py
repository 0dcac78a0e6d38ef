"""What moved a metric: the exact parts that the members of one dimension have in the change."""

from collections.abc import Mapping, Sequence
from datetime import date

from salesdash.analysis.answers import Mover, Movers, Number
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.changes import difference
from salesdash.analysis.contributions import explained, surprise, tells, together
from salesdash.config import Settings
from salesdash.metrics import Kind, Measured, Metric
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.changes import Shift
from salesdash.warehouse.pairs import can_pair

SHOWN = 5

FEWEST = 2
"""Members a dimension needs to be tried."""

Pair = tuple[Number, Number]


def build(
    warehouse: Warehouse,
    settings: Settings,
    selection: Selection,
    today: date,
    choice: Choice,
) -> Movers | None:
    """The parts of one dimension, largest first, the tail as one; they sum to the change exactly.

    Without `choice.by` that dimension is taken whose largest part explains most beyond the part's
    share of the whole (a member with nine tenths of the business explains nine tenths of
    anything), and nothing is said when none explains `SILENT` of the change. None, too, for
    metrics whose parts don't add up, without a comparison, and when nothing moved.
    """
    metric = choice.metric
    question = Question(warehouse, settings, selection, today).about(metric)
    if not question.is_compared or not question.bound.splits(metric):
        return None
    whole = _whole(question, metric)
    if choice.by is not None:
        return _movers(question, metric, choice.by, whole)
    tried = (_movers(question, metric, one, whole) for one in candidates(question, metric))
    found = [movers for movers in tried if movers is not None and tells(movers)]
    return max(found, key=surprise, default=None)


def candidates(question: Question, metric: str) -> tuple[str, ...]:
    """The dimensions config.yaml names that are there and not already narrowed to one member."""
    alone = narrowed(question.selection)
    there = question.warehouse.dimensions(question.metric(metric).dataset)
    known = {one.name for one in there if one.members >= FEWEST}
    wanted = question.settings.overview.movers
    return tuple(name for name in wanted if name in known and name not in alone)


def narrowed(selection: Selection) -> frozenset[str]:
    """The dimensions a selection leaves one member of: they part nothing."""
    return frozenset(
        one.dimension for one in selection.filters if not one.exclude and len(one.values) == 1
    )


def _whole(question: Question, metric: str) -> Pair | None:
    """Now and then of the whole; None for a plain sum, which is that of its parts."""
    if question.metric(metric).kind is Kind.SIMPLE:
        return None
    windows = (question.selection.window, question.compared)
    return _pair(question.measure((metric,), windows), metric, ())


def _movers(question: Question, metric: str, by: str, whole: Pair | None) -> Movers | None:
    """All members in both windows, asked at once.

    None when nothing moved, and when the parts are not the whole: gross profit has no parts where
    some members state no cost.
    """
    found = parts(question, metric, by)
    if whole is not None and whole != together(found):
        return None
    return of(question.metric(metric), by, found)


def of(metric: Metric, by: str, parts: Sequence[Mover]) -> Movers | None:
    """All parts of a change: the largest, and the tail as one; None when nothing moved.

    Parts may stand for many members already (`member` None); they belong to the tail.
    """
    change = difference(*together(parts))
    if not change:
        return None
    ordered = sorted((part for part in parts if part.member is not None), key=_weight)
    others = [part for part in parts if part.member is None]
    shown = ordered if len(ordered) <= SHOWN + 1 and not others else ordered[:SHOWN]
    tail = [*ordered[len(shown) :], *others]
    now, then = together(tail)
    count = sum(part.count for part in tail)
    other = [Mover(None, None, now, then, difference(now, then), count)] if tail else []
    return Movers(
        metric.id,
        metric.unit,
        by,
        (*shown, *other),
        change,
        explained(parts, change),
        metric.better,
    )


def _pair(measured: Measured, metric: str, members: tuple[str | None, ...]) -> Pair:
    """Now and then; a member without rows in a window sold nothing in it."""
    now, then = (measured.figure(metric, n, None, members).value or 0 for n in (0, 1))
    return now, then


def parts(question: Question, metric: str, by: str) -> Sequence[Mover]:
    """The parts of members, largest first; the tail of a plain sum is added up where it lies."""
    names = question.warehouse.names(question.metric(metric).dataset, by)
    windows = (question.selection.window, question.compared)
    if windows[0] is None or windows[1] is None:
        return ()
    if can_pair(question.bound, metric):
        asked = (windows[0].period, windows[1].period)
        return [_shifted(one, names) for one in question.shifts(metric, asked, by, SHOWN + 1)]
    measured = question.measure((metric,), windows, by=(by,))
    return [
        _mover(members[0], _pair(measured, metric, members), names)
        for members in measured.members(metric)
    ]


def _shifted(shift: Shift, names: Mapping[str, str]) -> Mover:
    if not shift.others:
        return _mover(shift.member, (shift.now, shift.then), names)
    change = difference(shift.now, shift.then)
    return Mover(None, None, shift.now, shift.then, change, shift.others)


def _mover(member: str | None, pair: Pair, names: Mapping[str, str]) -> Mover:
    label = names.get(member) if member is not None else None
    return Mover(member or "", label, *pair, difference(*pair))


def _weight(part: Mover) -> tuple[float, str]:
    return -abs(float(part.change)), part.member or ""
