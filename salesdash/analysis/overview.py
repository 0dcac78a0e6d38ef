"""The Overview: the sentence, the tiles, the trend, what moved, what needs attention."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis import (
    alarms,
    attention,
    customers,
    headline,
    health,
    kpis,
    movers,
    presets,
    silence,
    trend,
)
from salesdash.analysis.answers import Overview, Tile, Trend
from salesdash.analysis.asking import DATASET, Choice, Question
from salesdash.analysis.progress import Progress
from salesdash.analysis.silence import Silence
from salesdash.config import Settings
from salesdash.metrics import Thresholds
from salesdash.periods import Comparison, Grain, Period, Window, current
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

_MONTHS = 12
_EARLY = 3
"""A year with fewer complete months than this is no trend: the last twelve months are shown."""


@dataclass(frozen=True)
class Beside:
    """What is known beside the figures: rejected rows nobody has mended yet, goals by risk.

    `due`: how many goals wait for their review; `verdicts`: how many actions for their verdict.
    `every`: all figures beyond a limit of config.yaml are told, also of metrics without a tile.
    """

    waiting: int = 0
    goals: tuple[Progress, ...] = ()
    due: int = 0
    verdicts: int = 0
    every: bool = False


NOTHING = Beside()
NO_LIMITS = Thresholds()


def build(
    warehouse: Warehouse,
    settings: Settings,
    selection: Selection,
    today: date,
    beside: Beside = NOTHING,
) -> Overview:
    """The whole first screen."""
    question = Question(warehouse, settings, selection, today)
    tiles = kpis.build(warehouse, settings, selection, today)
    moved = None
    if tiles and tiles[0].change is not None and tiles[0].change.absolute:
        moved = movers.build(warehouse, settings, selection, today, Choice(tiles[0].metric))
    sentence, under = headline.build(selection, today, tiles, moved)
    seen = attention.Seen(
        selection,
        (*tiles, *(_limited(question, tiles) if beside.every else ())),
        None if question.uneven else moved,
        alarms.build(question, tiles),
        question.edge,
        today,
        settings.overview.stale_days,
        beside.waiting,
        health.stale(warehouse, settings, today, selection.cut),
        health.unknown(warehouse, selection.cut),
        beside.goals,
        beside.due,
        beside.verdicts,
        beside.every,
        _risk(question),
    )
    return Overview(
        window=selection.window or Window(Period(question.first or today, question.end)),
        compared=question.compared,
        edge=question.edge or today,
        headline=sentence,
        lead=under,
        tiles=tiles,
        trend=_trend(question),
        movers=moved,
        notices=attention.build(seen),
    )


def _risk(question: Question) -> Silence | None:
    """Customers at risk that config.yaml wants told: the same for all periods of one end."""
    least, chosen = question.settings.overview.at_risk, question.selection
    if least is None or not customers.is_known(question.warehouse, DATASET):
        return None
    return question.warehouse.recent(
        (
            "at risk",
            question.about("sales").end,
            (chosen.filters, chosen.cut, chosen.organisation),
            (question.settings.window_months, least),
        ),
        lambda: silence.build(question, 1, least=float(least)),
    )


def _limited(question: Question, shown: Sequence[Tile]) -> tuple[Tile, ...]:
    """Figures of metrics that have a threshold, without the tiles that are shown."""
    known = {tile.metric for tile in shown}
    names = tuple(
        metric.id
        for metric in question.bound.offered
        if metric.thresholds != NO_LIMITS and metric.id not in known
    )
    if not names:
        return ()
    return kpis.build(
        question.warehouse, question.settings, question.selection, question.today, names
    )


def _trend(question: Question) -> Trend | None:
    metric = presets.trend(question)
    if question.edge is None or metric is None:
        return None
    selection = around(question)
    return trend.build(
        question.warehouse, question.settings, selection, question.today, Choice(metric)
    )


def around(question: Question) -> Selection:
    """The selection for the trend: the year around a shorter window, beside the year before.

    Early in a year, when its line would be a stub, the last twelve months.
    """
    selection, fiscal = question.selection, question.settings.fiscal
    window = selection.window
    if window is None or window.grain in (None, Grain.YEAR):
        return selection
    last = question.end - timedelta(days=1)
    year = fiscal.unit(Grain.YEAR, last)
    edge = question.edge or last
    shown = (
        current(Grain.YEAR, edge, fiscal) if year.contains(edge) else Window(year, Grain.YEAR, year)
    )
    months = [
        unit for unit in fiscal.units(Grain.MONTH, year) if unit.end <= edge + timedelta(days=1)
    ]
    if len(months) < _EARLY:
        month = fiscal.unit(Grain.MONTH, edge)
        start = fiscal.previous(Grain.MONTH, month, _MONTHS - 1).start
        shown = Window(Period(start, edge + timedelta(days=1)))
    compared = selection.comparison is not Comparison.NONE
    return replace(
        selection,
        window=shown,
        comparison=Comparison.LAST_YEAR if compared else Comparison.NONE,
    )
