"""What needs attention: five lines at most, worst first, each leads somewhere.

A figure beyond its threshold. A metric that got worse by `FALL` or more. A member that lost
`MEMBER_FALL` of its own and moved the whole by `MEMBER_PART`. A last complete period far from what
the twelve before let expect. Data that are `OLD` days old. Rejected rows that wait.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from salesdash.analysis.answers import (
    Amount,
    Change,
    Judgement,
    Member,
    Movers,
    Name,
    Notice,
    Number,
    Reason,
    Tile,
)
from salesdash.analysis.changes import judged
from salesdash.analysis.headline import move, moved_by
from salesdash.metrics import Unit
from salesdash.selection import Selection

MOST = 5
FALL, FALL_POINTS = 0.1, 0.02
MEMBER_FALL, MEMBER_PART = 0.2, 0.05
OLD = 7
UNUSUAL, UNUSUAL_PART, ENOUGH = 3.5, 0.15, 8
"""Unusual: so many (robust) standard deviations, and at least so much; needs so many periods."""

_ICONS: dict[str, str] = {
    "falling": ":material/trending_down:",
    "threshold": ":material/warning:",
    "unusual": ":material/query_stats:",
    "old": ":material/schedule:",
    "rejected": ":material/rule:",
}
_SPREAD = 1.4826  # median absolute deviation to standard deviation, for normal values

Ranked = tuple[float, Notice]


def build(
    selection: Selection,
    tiles: Sequence[Tile],
    movers: Movers | None,
    edge: tuple[date, date] | None,
    waiting: int = 0,
) -> tuple[Notice, ...]:
    """The notices; `edge` is (data edge, today), `waiting` counts rejected rows not yet mended.

    The first tile's own fall is left to the headline.
    """
    found: list[Ranked] = [*_thresholds(selection, tiles), *_falling(selection, tiles[1:])]
    found += [*_members(selection, movers), *_unusual(selection, tiles)]
    found += [*_old(edge), *_waiting(waiting)]
    found.sort(key=lambda one: (one[1].judgement != "bad", -one[0]))
    return tuple(notice for _, notice in found[:MOST])


def _notice(
    kind: str, judgement: Judgement, text: Reason, detail: Reason | None, selection: Selection
) -> Notice:
    return Notice(judgement, text, detail, "trends", _ICONS[kind], selection)


def _thresholds(selection: Selection, tiles: Sequence[Tile]) -> Iterator[Ranked]:
    for tile in tiles:
        status = tile.status
        if status is None or status.judgement == "good" or tile.figure.value is None:
            continue
        values = (
            ("metric", Name("metric", tile.metric)),
            ("value", Amount(tile.figure.value, tile.unit)),
            *status.values,
        )
        text = Reason(f"analysis.attention.{status.key.rpartition('.')[2]}", values)
        detail = _against(tile, selection) if tile.change is not None else None
        yield 1 + moved_by(tile), _notice("threshold", status.judgement, text, detail, selection)


def _falling(selection: Selection, tiles: Sequence[Tile]) -> Iterator[Ranked]:
    for tile in tiles:
        change, size = tile.change, moved_by(tile)
        enough = size >= (FALL_POINTS if tile.unit is Unit.SHARE else FALL)
        breached = tile.status is not None and tile.status.judgement != "good"
        if change is None or change.judgement != "bad" or not enough or breached:
            continue
        text = _against(tile, selection)
        if text is not None:
            yield size, _notice("falling", "warning", text, _from_to(tile, change), selection)


def _against(tile: Tile, selection: Selection) -> Reason | None:
    """Orders −12% vs last year."""
    if tile.change is None or tile.change.absolute is None:
        return None
    against = ("comparison", Name("comparison", selection.comparison.value))
    return Reason("analysis.attention.against", (("move", move(tile)), against))


def _from_to(tile: Tile, change: Change) -> Reason | None:
    if change.now.value is None or change.then.value is None:
        return None
    now, then = (Amount(figure.value or 0, tile.unit) for figure in (change.now, change.then))
    return Reason("analysis.attention.from_to", (("then", then), ("now", now)))


def _members(selection: Selection, movers: Movers | None) -> Iterator[Ranked]:
    if movers is None:
        return
    whole = sum(float(part.then) for part in movers.parts)
    for part in movers.parts:
        if part.member is None or judged(movers.better, part.change) != "bad":
            continue
        size = abs(float(part.change)) / whole if whole > 0 else 0.0
        own = float(part.change) / float(part.then) if part.then > 0 else 0.0
        if size < MEMBER_PART or abs(own) < MEMBER_FALL:
            continue
        values = (
            ("member", Member(part.label or part.member)),
            ("metric", Name("metric", movers.metric)),
            ("change", Amount(own, Unit.SHARE, "change")),
            ("comparison", Name("comparison", selection.comparison.value)),
        )
        gap = ("change", Amount(part.change, movers.unit, "signed"))
        text = Reason("analysis.attention.member", values)
        detail = Reason("analysis.attention.gap", (gap,))
        narrowed = selection.where(movers.dimension, part.member or None)
        yield 1 + size, _notice("falling", "bad", text, detail, narrowed)


def _unusual(selection: Selection, tiles: Sequence[Tile]) -> Iterator[Ranked]:
    for tile in tiles:
        far = unusual(_beside_last_year(tile) or _complete(tile.spark, running=tile.spark_running))
        if far is None:
            continue
        side = "high" if far > 0 else "low"
        values = (
            ("metric", Name("metric", tile.metric)),
            ("grain", Name("last", tile.spark_grain.value)),
        )
        text = Reason(f"analysis.attention.unusually_{side}", values)
        yield min(abs(far), 1.0) / 2, _notice("unusual", "warning", text, None, selection)


def unusual(values: Sequence[float]) -> float | None:
    """How far the last value lies from the median of the others, as a part of that median.

    None when that is nothing unusual, or there are too few values to say.
    """
    if len(values) < ENOUGH:
        return None
    *others, last = values
    middle = median(others)
    spread = _SPREAD * median(abs(value - middle) for value in others)
    if not spread or not middle:
        return None
    far = (last - middle) / abs(middle)
    beyond = abs(last - middle) > UNUSUAL * spread and abs(far) >= UNUSUAL_PART
    return far if beyond else None


def _complete(values: Sequence[Number | None], *, running: bool) -> list[float]:
    known = values[:-1] if running else values
    return [] if None in known else [float(value) for value in known if value is not None]


def _beside_last_year(tile: Tile) -> list[float]:
    """Each complete period over that of a year earlier, so that a season is no surprise."""
    pairs = list(zip(tile.spark, tile.spark_last_year, strict=True))
    known = pairs[:-1] if tile.spark_running else pairs
    ratios = [float(n) / float(t) for n, t in known if n is not None and t is not None and t > 0]
    return ratios if len(ratios) == len(known) else []


def _old(edge: tuple[date, date] | None) -> Iterator[Ranked]:
    if edge is None:
        return
    last, today = edge
    days = (today - last).days
    if days < OLD:
        return
    text = Reason("analysis.attention.old", (("count", days),))
    detail = Reason("analysis.attention.until", (("edge", last),))
    yield 0.5, Notice("warning", text, detail, "imports", _ICONS["old"])


def _waiting(count: int) -> Iterator[Ranked]:
    if count:
        text = Reason("analysis.attention.rejected", (("count", count),))
        detail = Reason("analysis.attention.mend")
        yield 0.4, Notice("warning", text, detail, "imports", _ICONS["rejected"])
