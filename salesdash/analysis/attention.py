"""What needs attention: five lines at most, worst first, each leads somewhere.

A goal off pace. Goals due for review. A figure beyond its threshold. An alert of config.yaml. A
member that lost `MEMBER_FALL` of its own and moved the whole by `MEMBER_PART`. A last complete
period far from what the ones before let expect. Data older than config.yaml says. Rejected rows
that wait. Keys that no list has. Actions whose verdict is due. Customers silent for longer than
ever or buying far less, where config.yaml wants them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from salesdash.analysis import judging, reviews
from salesdash.analysis.alarms import Alarm
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
    against,
)
from salesdash.analysis.changes import judged
from salesdash.analysis.headline import moved, size
from salesdash.analysis.health import Unknown
from salesdash.analysis.progress import Progress, State
from salesdash.analysis.silence import Silence
from salesdash.metrics import Unit
from salesdash.selection import Selection

MOST = 5
GOALS = 2
"""So many goals off pace stand among the notices; all of them stand on their own page."""

MEMBER_FALL, MEMBER_PART = 0.2, 0.05
UNUSUAL, UNUSUAL_PART, ENOUGH = 3.5, 0.15, 8
"""Unusual: so many (robust) standard deviations, and at least so much; needs so many periods."""

_ICONS: dict[str, str] = {
    "goal": ":material/flag:",
    "review": ":material/rate_review:",
    "verdict": ":material/fact_check:",
    "falling": ":material/trending_down:",
    "threshold": ":material/warning:",
    "unusual": ":material/query_stats:",
    "old": ":material/schedule:",
    "rejected": ":material/rule:",
    "unknown": ":material/help:",
    "risk": ":material/person_alert:",
}
_SPREAD = 1.4826  # median absolute deviation to standard deviation, for normal values

Ranked = tuple[float, Notice]
Told = tuple[Reason, Reason | None]


@dataclass(frozen=True)
class Seen:
    """What notices are made from: answers of other analyses, and what the imports know.

    `edge`: last day with data (None: no data), old when `stale_days` before today; `late`: kinds
    of data that are out of date while others are not, with their age in days. `waiting`: rejected
    rows that nobody has mended yet. `unknown`: keys that reference sets lack, most first.
    `goals`: by risk; `due`: how many of them wait for their review; `verdicts`: how many actions
    for their verdict. `every`: no figure beyond a limit of config.yaml is left out, however many
    there are. `risk`: customers at risk who are worth enough to config.yaml.
    """

    selection: Selection
    tiles: Sequence[Tile] = ()
    movers: Movers | None = None
    alarms: Sequence[Alarm] = ()
    edge: date | None = None
    today: date = date.max
    stale_days: int = 7
    waiting: int = 0
    late: Sequence[tuple[str, int]] = ()
    unknown: Sequence[Unknown] = ()
    goals: Sequence[Progress] = ()
    due: int = 0
    verdicts: int = 0
    every: bool = False
    risk: Silence | None = None


def build(seen: Seen) -> tuple[Notice, ...]:
    """The notices, worst first; a metric below its threshold has no second line as an alert."""
    selection, tiles = seen.selection, seen.tiles
    limits = [*_thresholds(selection, tiles), *_alarms(seen)]
    found: list[Ranked] = [*_goals(seen.goals), *limits, *_members(selection, seen.movers)]
    found += [*_unusual(selection, tiles), *_old(seen), *_waiting(seen.waiting)]
    found += [*_unknown(seen.unknown), *_due(seen.due), *_verdicts(seen.verdicts)]
    found += _at_risk(selection, seen.risk)
    found.sort(key=lambda one: (one[1].judgement != "bad", -one[0]))
    kept = limits if seen.every else []
    return tuple(one[1] for place, one in enumerate(found) if place < MOST or one in kept)


def _notice(
    kind: str, judgement: Judgement, told: Told, selection: Selection, metric: str
) -> Notice:
    """A line that leads to who moved the metric; what is unusual, to its course."""
    page = "trends" if kind == "unusual" else "comparison"
    return Notice(judgement, *told, page, _ICONS[kind], selection, metric)


def _goals(goals: Sequence[Progress]) -> Iterator[Ranked]:
    """Goals off pace, the furthest behind; each leads to who moved its metric within its scope."""
    behind = [goal for goal in goals if goal.runs and goal.state is State.OFF_PACE]
    for place, goal in enumerate(behind[:GOALS]):
        values = (("goal", goal.subject.title), ("told", goal.told or goal.word))
        detail = None
        if goal.needed is not None:
            needed = Amount(goal.needed, goal.subject.unit)
            detail = Reason(
                "goals.attention.needed", (("needed", needed), ("days", goal.pace.left))
            )
        narrowed = Selection(None, filters=goal.goal.terms.scope)
        told = (Reason("goals.attention.behind", values), detail)
        yield 1 + GOALS - place, _notice("goal", "bad", told, narrowed, goal.subject.metric)


def _due(count: int) -> Iterator[Ranked]:
    text = reviews.notice(count)
    if text is not None:
        yield 0.55, Notice("warning", text, None, "goals", _ICONS["review"])


def _verdicts(count: int) -> Iterator[Ranked]:
    text = judging.notice(count)
    if text is not None:
        yield 0.6, Notice("warning", text, None, "actions", _ICONS["verdict"])


def _at_risk(selection: Selection, risk: Silence | None) -> Iterator[Ranked]:
    """All customers at risk as one line, with the one most is at stake with."""
    if risk is None or not risk.risks:
        return
    first = risk.risks[0]
    least = ("least", Amount(risk.least, Unit.MONEY))
    text = Reason("risk.attention", (("count", risk.count), least))
    values = (("customer", Member(first.name)), ("reason", first.reasons[0]))
    detail = Reason("risk.first", values)
    yield 0.7, Notice("warning", text, detail, "customers", _ICONS["risk"], selection)


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
        rank = 1 + size(tile.change, tile.unit)
        yield rank, _notice("threshold", status.judgement, (text, detail), selection, tile.metric)


def _alarms(seen: Seen) -> Iterator[Ranked]:
    breached = {
        tile.metric
        for tile in seen.tiles
        if tile.status is not None and tile.status.judgement != "good"
    }
    for alarm in seen.alarms:
        if alarm.metric.id in breached:
            continue
        change, unit = alarm.change, alarm.metric.unit
        values = (
            ("move", moved(alarm.metric.id, change, unit)),
            ("comparison", Name("comparison", alarm.alert.compare.value)),
        )
        text = Reason("analysis.attention.against", values)
        selection = replace(seen.selection, comparison=alarm.alert.compare)
        told = (text, _from_to(change, unit))
        judgement, metric = alarm.alert.judgement, alarm.metric.id
        yield size(change, unit), _notice("falling", judgement, told, selection, metric)


def _against(tile: Tile, selection: Selection) -> Reason | None:
    """Orders −12% vs last year."""
    if tile.change is None or tile.change.absolute is None:
        return None
    values = (
        ("move", moved(tile.metric, tile.change, tile.unit)),
        ("comparison", against(selection.comparison)),
    )
    return Reason("analysis.attention.against", values)


def _from_to(change: Change, unit: Unit) -> Reason:
    now, then = (Amount(figure.value or 0, unit) for figure in (change.now, change.then))
    return Reason("analysis.attention.from_to", (("then", then), ("now", now)))


def _members(selection: Selection, movers: Movers | None) -> Iterator[Ranked]:
    if movers is None:
        return
    whole = sum(float(part.then) for part in movers.parts)
    for part in movers.parts:
        if part.member is None or judged(movers.better, part.change) != "bad":
            continue
        weight = abs(float(part.change)) / whole if whole > 0 else 0.0
        own = float(part.change) / float(part.then) if part.then > 0 else 0.0
        if weight < MEMBER_PART or abs(own) < MEMBER_FALL:
            continue
        values = (
            ("member", Member(part.label or part.member)),
            ("metric", Name("metric", movers.metric)),
            ("change", Amount(own, Unit.SHARE, "change")),
            ("comparison", against(selection.comparison)),
        )
        gap = ("change", Amount(part.change, movers.unit, "signed"))
        text = Reason("analysis.attention.member", values)
        detail = Reason("analysis.attention.gap", (gap,))
        narrowed = selection.where(movers.dimension, part.member or None)
        yield 1 + weight, _notice("falling", "bad", (text, detail), narrowed, movers.metric)


def _unusual(selection: Selection, tiles: Sequence[Tile]) -> Iterator[Ranked]:
    for tile in tiles:
        if tile.maturing is not None:  # the last periods are the youngest: low is what they are
            continue
        far = unusual(_beside_last_year(tile) or _complete(tile.spark, running=tile.spark_running))
        if far is None:
            continue
        side = "high" if far > 0 else "low"
        values = (
            ("metric", Name("metric", tile.metric)),
            ("grain", Name("last", tile.spark_grain.value)),
        )
        text = Reason(f"analysis.attention.unusually_{side}", values)
        notice = _notice("unusual", "warning", (text, None), selection, tile.metric)
        yield min(abs(far), 1.0) / 2, notice


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


def _old(seen: Seen) -> Iterator[Ranked]:
    if seen.edge is None:
        return
    days = (seen.today - seen.edge).days
    if days < seen.stale_days:
        yield from _late(seen.late)
        return
    text = Reason("analysis.attention.old", (("count", days),))
    detail = Reason("analysis.attention.until", (("edge", seen.edge),))
    yield 0.5, Notice("warning", text, detail, "imports", _ICONS["old"])


def _late(late: Sequence[tuple[str, int]]) -> Iterator[Ranked]:
    """The kind of data that lags furthest behind the others."""
    for dataset, days in late[:1]:
        values = (("dataset", Name("dataset", dataset)), ("count", days))
        text = Reason("quality.found.old", values)
        rest = Reason("quality.found.old_too", (("count", len(late) - 1),))
        yield 0.45, _of_data(text, rest if late[1:] else None, _ICONS["old"], dataset)


def _unknown(unknown: Sequence[Unknown]) -> Iterator[Ranked]:
    """The list that lacks most keys."""
    for each in unknown[:1]:
        text = Reason(f"quality.found.unknown.{each.reference}", (("count", each.count),))
        detail = Reason("analysis.attention.untold")
        yield 0.3, _of_data(text, detail, _ICONS["unknown"], each.dataset)


def _of_data(text: Reason, detail: Reason | None, icon: str, dataset: str) -> Notice:
    """A line that leads to the quality of a dataset."""
    return Notice("warning", text, detail, "quality", icon, dataset=dataset)


def _waiting(count: int) -> Iterator[Ranked]:
    if count:
        text = Reason("analysis.attention.rejected", (("count", count),))
        detail = Reason("analysis.attention.mend")
        yield 0.4, Notice("warning", text, detail, "imports", _ICONS["rejected"])
