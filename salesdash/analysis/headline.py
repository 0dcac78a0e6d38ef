"""The one sentence that opens a page, and the line under it, found by rule.

Sales are 7.9% below last year this quarter; North explains 90% of it. / Orders -6.1%, new ...
"""

from collections.abc import Sequence
from datetime import date

from salesdash.analysis.answers import (
    Amount,
    Change,
    Figure,
    Member,
    Mover,
    Movers,
    Name,
    Number,
    Reason,
    Tile,
    When,
    against,
)
from salesdash.analysis.contributions import leading, tells
from salesdash.metrics import Unit
from salesdash.periods import Against, Window, against_kind
from salesdash.selection import Selection

LEVEL = 0.005
"""A change smaller than this part is none."""

MOVED = 0.01
"""What the line under the sentence mentions moved at least by this part."""

_MENTIONED = 3

Values = tuple[tuple[str, object], ...]


def build(
    selection: Selection, today: date, tiles: Sequence[Tile], movers: Movers | None
) -> tuple[Reason, Reason | None]:
    """Sentence and lead about the first tile's metric; the lead is None when there is none."""
    if not tiles:
        return Reason("analysis.headline.nothing"), None
    tile = tiles[0]
    change = tile.change or Change(tile.figure, Figure(None), None, None, None)
    told = sentence(selection, today, (tile.metric, tile.unit), change, movers)
    if change.absolute is None:
        return told, change.now.reason or change.then.reason
    return told, _moves(tiles[1:])


def sentence(
    selection: Selection,
    today: date,
    metric: tuple[str, Unit],
    change: Change,
    movers: Movers | None = None,
) -> Reason:
    """One figure as a sentence: against the earlier one where there is one, with its cause."""
    name, unit = metric
    values: Values = (("metric", Name("metric", name)), ("when", when(selection.window, today)))
    if change.now.value is None:
        return Reason("analysis.headline.empty", values)
    if change.absolute is None:
        stated = (*values, ("value", Amount(change.now.value, unit)))
        return Reason("analysis.headline.stated", stated)
    clause = _clause(unit, change, selection.comparison, values)
    if change.per_day is not None:
        daily = ("change", Amount(change.per_day, Unit.SHARE, "change"))
        clause = Reason("analysis.headline.per_day", (("first", clause), daily))
    return _explained(clause, change, movers)


def when(window: Window | None, today: date) -> object:
    """The window in a sentence: "this quarter" while today is in it."""
    if window is None:
        return Reason("analysis.when.all")
    return When(window, now=window.unit is not None and window.unit.contains(today))


def _clause(unit: Unit, change: Change, comparison: Against, values: Values) -> Reason:
    """Sales are 7.9% below last year this quarter."""
    kind, values = against_kind(comparison), (*values, ("against", against(comparison)))
    if change.ratio is None:
        moved = ("change", Amount(change.absolute or 0, unit, "signed"))
        return Reason(f"analysis.headline.moved.{kind}", (*values, moved))
    if abs(change.ratio) < LEVEL:
        return Reason(f"analysis.headline.level.{kind}", values)
    side = "above" if change.ratio > 0 else "below"
    size = ("change", Amount(abs(change.ratio), Unit.SHARE))
    return Reason(f"analysis.headline.{side}.{kind}", (*values, size))


def _explained(clause: Reason, change: Change, movers: Movers | None) -> Reason:
    """The clause with its cause, when one member explains enough of what moved."""
    moved = change.ratio is None or abs(change.ratio) >= LEVEL
    largest = leading(movers) if movers is not None and moved else None
    if movers is None or largest is None or not tells(movers):
        return Reason("analysis.headline.alone", (("first", clause),))
    cause: Values = (("member", Member(largest.label or largest.member or "")),)
    if (movers.explained or 0) < 1:
        share = ("share", Amount(movers.explained or 0, Unit.SHARE, "percent"))
        told = Reason("analysis.headline.part", (*cause, share))
    else:
        told = Reason("analysis.headline.whole", cause)
    return Reason("analysis.headline.because", (("first", clause), ("cause", told)))


def led(movers: Movers, leader: Mover, rest: Number, others: int) -> Reason:
    """North: sales −$583K; the other 3 together −$67K."""
    values: Values = (
        ("member", Member(leader.label or leader.member or "")),
        ("metric", Name("metric", movers.metric)),
        ("change", Amount(leader.change, movers.unit, "signed")),
        ("rest", Amount(rest, movers.unit, "signed")),
        ("count", others),
    )
    return Reason("analysis.comparison_of.led", values)


def _moves(tiles: Sequence[Tile]) -> Reason | None:
    """The largest moves among the other tiles, in the order of their size."""
    sizes = [(size(tile.change, tile.unit), tile) for tile in tiles]
    largest = sorted((one for one in sizes if one[0] >= MOVED), key=lambda one: -one[0])
    if not largest:
        return None
    items = tuple(
        moved(tile.metric, tile.change, tile.unit)
        for _, tile in largest[:_MENTIONED]
        if tile.change is not None
    )
    return Reason("analysis.lead.moves", (("items", items),))


def size(change: Change | None, unit: Unit) -> float:
    """How large a change is: its ratio, for shares the points; 0 when it cannot be told."""
    if change is None or change.absolute is None:
        return 0.0
    if change.ratio is not None:
        return abs(change.ratio)
    return abs(float(change.absolute)) if unit is Unit.SHARE else 0.0


def moved(metric: str, change: Change, unit: Unit) -> Reason:
    """Orders −6.1%; shares in points, what has no ratio as it is, unequal times by the day too."""
    if change.ratio is not None:
        told = Amount(change.ratio, Unit.SHARE, "change")
    else:
        told = Amount(change.absolute or 0, unit, "signed")
    values: Values = (("metric", Name("metric", metric)), ("change", told))
    if change.per_day is None:
        return Reason("analysis.lead.move", values)
    daily = ("daily", Amount(change.per_day, Unit.SHARE, "change"))
    return Reason("analysis.lead.move_daily", (*values, daily))
