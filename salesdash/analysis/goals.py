"""Goals on a day: what was set by hand and what was imported, measured, judged, sorted by risk.

Each goal is asked like any other figure, its scope as filters, so that its total is the one that
every other screen shows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from salesdash.analysis import families, promised, scopes
from salesdash.analysis.answers import Figure, Reason
from salesdash.analysis.asking import Question, answered, bound
from salesdash.analysis.asking import edge as data_edge
from salesdash.analysis.dealt import with_deals
from salesdash.analysis.pace import Past, learn
from salesdash.analysis.past import NO_ROWS, Archive, Asked, lasts
from salesdash.analysis.past import accumulates as accumulates  # asked for here, too
from salesdash.analysis.progress import Clock, Progress, Subject, reckon, risk
from salesdash.analysis.prospects import foresee
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.metrics import Bound, Unit
from salesdash.periods import Period, Window
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.questions import measure
from salesdash.workspace import Goal


def build(
    warehouse: Warehouse,
    settings: Settings,
    goals: Sequence[Goal],
    today: date,
    cut: int | None = None,
) -> tuple[Progress, ...]:
    """The progress of goals and imported targets, the riskiest first, those over at the end.

    `goals`: those of the workspace; one of them stands before an imported target of the same
    metric, scope and period. A goal whose metric, dimension or member is gone keeps its place,
    with the reason instead of a figure.
    """
    board = _Board(warehouse, settings, today, cut)
    return tuple(sorted(families.noted([*board.progress(goals)], board.bound), key=risk))


@dataclass(frozen=True)
class _Board:
    """The question: a warehouse at a cut, on a day."""

    warehouse: Warehouse
    settings: Settings
    today: date
    cut: int | None

    @cached_property
    def bound(self) -> Bound:
        return bound(self.warehouse, self.settings)

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.warehouse, self.settings, self.bound)

    def progress(self, goals: Sequence[Goal]) -> Iterator[Progress]:
        own = {goal.terms.key for goal in goals}
        imported = promised.goals(self.warehouse, self.settings.fiscal, self.cut)
        stated = {each.goal.terms.key: each.stated for each in imported}
        others = (each.goal for each in imported if each.goal.terms.key not in own)
        for (scope, datasets), together in _grouped([*goals, *others], self.bound):
            for found in self._group(scope, datasets, together):
                count = 1 if found.goal.number else stated[found.goal.terms.key]
                note = Reason("goals.note.stated", (("count", count),))
                yield replace(found, notes=(note,)) if count > 1 else found

    def _group(
        self, scope: tuple[Filter, ...], datasets: tuple[str, ...], goals: Sequence[Goal]
    ) -> Iterator[Progress]:
        """Goals of one scope, of metrics over the same datasets, asked together."""
        edge = data_edge(self.warehouse, self.today, self.cut, datasets)
        clock = Clock(self.today, edge, self.settings.work, self.settings.overview.stale_days)
        figures, reason = self._measured(scope, datasets, edge, goals)
        names = scopes.names(self.warehouse, scope, datasets)
        known = {each for each, figure in figures.items() if figure.value is not None}
        asked = {(goal.terms.metric, goal.terms.period) for goal in goals}
        pasts = self._pasts(scope, clock, sorted(asked & known))
        for goal in goals:
            subject = self._subject(goal.terms.metric, names)
            actual = figures.get((goal.terms.metric, goal.terms.period))
            if goal.terms.target <= 0:
                actual = Figure(None, Reason("goals.reason.not_positive"))
            if actual is None:
                actual = Figure(None, reason or self._why(goal, edge))
            past = pasts.get((goal.terms.metric, goal.terms.period))
            found = reckon(goal, subject, actual, clock, learn(past))
            yield foresee(found, past, lasts=self._lasts(goal.terms.metric))

    def _measured(
        self,
        scope: tuple[Filter, ...],
        datasets: tuple[str, ...],
        edge: date | None,
        goals: Sequence[Goal],
    ) -> tuple[Mapping[tuple[str, Period], Figure], Reason | None]:
        """Actual figures by metric and period; none, with the reason, where a member is gone.

        Whether it is need not be asked where each dimension has one member and there is a figure.
        """
        figures: Mapping[tuple[str, Period], Figure] = {}
        with suppress(UsageError):  # no row has such a column: the member is gone
            figures = {} if edge is None else self._figures(scope, edge, goals)
        alone = all(len(each.values) == 1 for each in scope)
        if alone and any(figure.value for figure in figures.values()):
            return figures, None
        reason = scopes.gone(self.warehouse, scope, datasets, self.cut)
        return ({}, reason) if reason else (figures, None)

    def _lasts(self, name: str) -> bool:
        return name in self.bound.metrics and lasts(self.bound, self.bound.metrics[name])

    def _pasts(
        self, scope: tuple[Filter, ...], clock: Clock, asked: Iterable[tuple[str, Period]]
    ) -> dict[tuple[str, Period], Past]:
        """What earlier periods tell of those that run, by metric and period."""
        running: dict[str, list[Period]] = {}
        for name, period in asked:
            if not clock.is_over(period):
                running.setdefault(name, []).append(period)
        found = {}
        for name, periods in running.items():
            known = Asked(name, scope, clock.edge or clock.today, self.cut)
            pasts = self.archive.pasts(known, periods)
            for period, past in pasts.items():
                until = min(known.edge + timedelta(days=1), period.end)
                told = with_deals(self._question(scope), name, period, until, past)
                found[name, period] = told
        return found

    def _question(self, scope: tuple[Filter, ...]) -> Question:
        selection = Selection(None, filters=scope, cut=self.cut)
        return Question(self.warehouse, self.settings, selection, self.today)

    def _figures(
        self, scope: tuple[Filter, ...], edge: date, goals: Sequence[Goal]
    ) -> dict[tuple[str, Period], Figure]:
        """Actual figures by metric and period, up to the edge; none of what lies beyond it."""
        after = edge + timedelta(days=1)
        begun = sorted({g.terms.period for g in goals if g.terms.period.start < after})
        ids = tuple(sorted({g.terms.metric for g in goals if g.terms.period in begun}))
        if not ids:
            return {}
        windows = [
            Window(Period(period.start, min(period.end, after)), None, period) for period in begun
        ]
        selection = Selection(None, filters=scope, cut=self.cut)
        measured = measure(self.warehouse, self.bound, ids, selection, windows=windows)
        return {
            (name, period): self._counted(name, answered(measured.figure(name, number)))
            for number, period in enumerate(begun)
            for name in ids
        }

    def _counted(self, name: str, figure: Figure) -> Figure:
        """Nothing at all in days that the data cover is a zero of what accumulates."""
        metric = self.bound.metrics[name]
        nothing = figure.value is None and figure.reason == Reason(NO_ROWS)
        return Figure(0) if nothing and accumulates(self.bound, metric) else figure

    def _subject(self, name: str, scope: tuple[str, ...]) -> Subject:
        metric = self.bound.metrics.get(name) or self.settings.metrics.get(name)
        if metric is None:
            return Subject(name, Unit.NUMBER, scope=scope)
        grows = name in self.bound.metrics and accumulates(self.bound, metric)
        return Subject(name, metric.unit, metric.better, grows, scope)

    def _why(self, goal: Goal, edge: date | None) -> Reason:
        """Why a goal has no figure."""
        name = goal.terms.metric
        if name in self.bound.broken:
            return Reason("analysis.reason.broken")
        if name not in self.bound.metrics:
            return Reason("goals.reason.no_metric", (("name", name),))
        if edge is None:
            return Reason("goals.reason.empty")
        return Reason("goals.reason.before_edge", (("edge", edge),))


def _grouped(
    goals: Iterable[Goal], found: Bound
) -> Iterator[tuple[tuple[tuple[Filter, ...], tuple[str, ...]], list[Goal]]]:
    def key(goal: Goal) -> tuple[tuple[Filter, ...], tuple[str, ...]]:
        name = goal.terms.metric
        return goal.terms.scope, found.datasets(name) if name in found.metrics else ()

    for group, members in groupby(sorted(goals, key=lambda g: repr(key(g))), key=key):
        yield group, list(members)
