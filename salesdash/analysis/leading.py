"""Leaderboards: people or teams by a metric over one window for all, ranked where that is fair.

A figure is that of the metric asked by the member. Who was in post for a part of the window stands
apart, or all are ranked by working day in post; a ratio that rests on too few has no place. Equal
figures share the better place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from salesdash.analysis import offered, rests, standing
from salesdash.analysis.answers import Amount, Figure, Member, Name, Number, Reason, When
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.leaders import Board, Leaders, Line, Who
from salesdash.analysis.quotas import quotas
from salesdash.analysis.staff import Place, Staff
from salesdash.analysis.tenure import Tenure
from salesdash.metrics import NO_ROWS, Better, Kind, Measured, Metric
from salesdash.metrics import Figure as Measure
from salesdash.periods import Window
from salesdash.workspace import tidy

PEOPLE: tuple[Who, ...] = ("person", "team")

OFFERED = (
    *("won_amount", "won_deals", "win_rate", "average_deal_size", "sales_cycle_days"),
    *("activities_done", "leads", "sales", "gross_profit", "orders", "new_customers", "collected"),
)
"""Metrics of config.yaml that people are ranked by on the screen, those of them that are there."""

LEAST_DAYS = 10
"""Working days in post that a figure by day needs."""


def build(question: Question, board: Board) -> Leaders:
    """The leaderboard of a selection. Raises UsageError: no such metric or dimension."""
    chosen = replace(question.selection, organisation=board.organisation)
    asked = replace(question, selection=chosen).about(board.metric)
    return _Asked(asked, board, Staff.read(question.warehouse, chosen.cut)).build()


def can_be_daily(question: Question, metric: str) -> bool:
    """Whether a figure grows day by day, as sums and counts of what happened do."""
    bound = question.bound
    definition = bound.metrics[metric]
    if definition.kind is Kind.STOCK or definition.months or bound.looks_ahead(metric):
        return False
    return definition.kind in (Kind.SIMPLE, Kind.CUSTOMER) or bound.splits(metric)


@dataclass(frozen=True)
class _Asked:
    question: Question
    board: Board
    staff: Staff

    def build(self) -> Leaders:
        lines = sorted(_ranked(self._lines(), self.metric.better), key=_order)
        found = Leaders(
            board=self.board,
            unit=self.metric.unit,
            better=self.metric.better,
            window=self.question.selection.window,
            compared=self.windows[1] if len(self.windows) > 1 else None,
            comparison=self.question.selection.comparison,
            days=self.tenures[0].whole if self.tenures else None,
            base=self.base,
            lines=tuple(lines),
            total=answered(self._total),
            unnamed=answered(self._figure(0, None)),
            knows_days=any(line.days is not None for line in lines),
            headline=Reason(""),
            notes=(),
        )
        return replace(found, headline=self._headline(found), notes=tuple(self._notes(found)))

    @cached_property
    def metric(self) -> Metric:
        return self.question.metric(self.board.metric)

    @cached_property
    def base(self) -> str | None:
        return rests.base(self.question.bound, self.metric)

    @cached_property
    def windows(self) -> tuple[Window | None, ...]:
        question = self.question
        return (question.selection.window, question.compared)[: 1 + question.is_compared]

    @cached_property
    def tenures(self) -> tuple[Tenure, ...]:
        """The list of people over each window; none over all dates."""
        work, organisation = self.question.settings.work, self.board.organisation
        return tuple(
            Tenure(self.staff, work, window.period, self.question.today, organisation)
            for window in self.windows
            if window is not None
        )

    @cached_property
    def measured(self) -> Measured:
        ids = (self.metric.id, *((self.base,) if self.base else ()))
        return self.question.measure(ids, self.windows, by=(self.board.by,))

    @property
    def _total(self) -> Measure:
        return self.question.measure((self.metric.id,), self.windows[:1]).figure(self.metric.id)

    def _figure(self, window: int, member: str | None) -> Measure:
        found = self.measured.figure(self.metric.id, window, None, (member,))
        if found == NO_ROWS and member and self._adds:
            return Measure(0)  # there is a row of the member, in the other window
        return found

    @property
    def _adds(self) -> bool:
        return self.question.bound.splits(self.metric.id)

    def _lines(self) -> list[Line]:
        names = offered.names(self.question.warehouse, self.board.by)
        wanted = self._targets()
        members = [each[0] for each in self.measured.members(self.metric.id) if each[0]]
        return [self._line(member, names.get(member, member), wanted) for member in members]

    def _line(self, member: str, name: str, wanted: Mapping[str, Number]) -> Line:
        figures = [answered(self._figure(n, member)) for n in range(len(self.windows))]
        whys = [self._why(n, member, figure) for n, figure in enumerate(figures)]
        ranked = [
            None if why is not None else self._by_day(n, member, figure.value)
            for n, (figure, why) in enumerate(zip(figures, whys, strict=True))
        ]
        target, value = wanted.get(member), figures[0].value
        return Line(
            member=member,
            name=name,
            figure=figures[0],
            then=figures[1] if len(figures) > 1 else Figure(None),
            ranked=ranked[0],
            ranked_then=ranked[1] if len(ranked) > 1 else None,
            why=whys[0],
            count=self._count(0, member),
            days=self._days(0, member),
            place=self._place(member),
            target=target,
            attained=standing.share(value, target),
        )

    def _targets(self) -> Mapping[str, Number]:
        window = self.question.selection.window
        if window is None or not self._adds:
            return {}
        unit = window.unit or window.period
        return quotas(self.question, self.metric.id, self.board.by, unit)

    def _count(self, window: int, member: str) -> int | None:
        if self.base is None:
            return None
        return int(self.measured.figure(self.base, window, None, (member,)).value or 0)

    def _days(self, window: int, member: str) -> int | None:
        if not self.tenures:
            return None
        tenure = self.tenures[window]
        return tenure.person(member) if self.board.by == "person" else tenure.team(member)

    def _place(self, member: str) -> Place | None:
        if self.board.by != "person" or tidy(member) not in self.staff.entries:
            return None
        return self.staff.place(tidy(member), self.question.today)

    def _by_day(self, window: int, member: str, value: Number | None) -> Number | None:
        days = self._days(window, member)
        if not self.board.daily or value is None or not days:
            return value
        return float(value) / days

    def _why(self, window: int, member: str, figure: Figure) -> Reason | None:
        """Why a member has no place; None: it has one."""
        if figure.value is None:
            return figure.reason
        count, days = self._count(window, member), self._days(window, member)
        if count is not None and count < rests.LEAST:
            about = (("count", count), ("base", Name("metric", str(self.base))))
            return Reason("leaders.why.few", (*about, ("least", rests.LEAST)))
        if self.board.daily:
            return self._why_daily(days)
        whole = self.tenures[window].whole if self.tenures else None
        if self.board.by == "person" and days is not None and whole is not None and days < whole:
            return Reason("leaders.why.part", (("days", days), ("whole", whole)))
        return None

    @staticmethod
    def _why_daily(days: int | None) -> Reason | None:
        if days is None:
            return Reason("leaders.why.unlisted")
        if days < LEAST_DAYS:
            return Reason("leaders.why.short", (("count", days), ("least", LEAST_DAYS)))
        return None

    def _headline(self, found: Leaders) -> Reason:
        """Who is first, or that nobody can be ranked."""
        metric, window = Name("metric", self.metric.id), self.question.selection.window
        year = self.question.today.year
        when = Reason("analysis.when.all") if window is None else When(window, year=year)
        first = [line for line in found.placed if line.rank == 1]
        if not first:
            return Reason("leaders.headline.nobody", (("metric", metric), ("when", when)))
        values = (
            ("names", tuple(Member(line.name) for line in first)),
            ("metric", metric),
            ("when", when),
            ("value", Amount(first[0].ranked or 0, self.metric.unit)),
        )
        kind = "daily" if self.board.daily else "whole"
        return Reason(f"leaders.headline.{kind}", (*values, ("count", len(first))))

    def _notes(self, found: Leaders) -> Iterator[Reason]:
        """Over what, who stands apart and why, and what nobody stands for."""
        if found.window is not None and found.days is not None:
            kind = "daily" if self.board.daily else self.board.by
            yield Reason(f"leaders.note.{kind}", (("days", found.days),))
            unknown = sum(line.days is None for line in found.lines)
            if unknown:
                yield Reason("leaders.note.unlisted", (("count", unknown),))
        if self.base is not None:
            about = (("base", Name("metric", self.base)), ("least", rests.LEAST))
            yield Reason("leaders.note.least", about)
        if found.unnamed.value:
            value = Amount(found.unnamed.value, self.metric.unit)
            by = Name("dimension", self.board.by)
            yield Reason("leaders.note.unnamed", (("value", value), ("dimension", by)))
        if self.board.by == "team" and self.staff.entries:
            yield Reason(f"leaders.note.{self.board.organisation.value}")


def _ranked(lines: Sequence[Line], better: Better) -> list[Line]:
    """With places now and then; the smallest first where less is better."""
    sign = -1 if better == "down" else 1
    now = standing.ranks({each.member: _turned(each.ranked, sign) for each in lines})
    then = standing.ranks({each.member: _turned(each.ranked_then, sign) for each in lines})
    return [
        replace(each, rank=now.get(each.member), rank_then=then.get(each.member)) for each in lines
    ]


def _turned(value: Number | None, sign: int) -> Number | None:
    return None if value is None else value * sign


def _order(line: Line) -> tuple[object, ...]:
    """By place, then by name; without one by size."""
    if line.rank is not None:
        return (0, line.rank, line.name)
    return (1, -(line.figure.value or 0), line.name)
