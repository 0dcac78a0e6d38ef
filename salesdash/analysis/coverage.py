"""Coverage: whether the deals still due in a period can close what its target lacks, and whose.

All figures are those of the metrics in config.yaml, asked whole and by the members that have a
target of their own. A member is covered by its own deals against its own target.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from salesdash.analysis import offered
from salesdash.analysis.answers import Amount, Figure, Member, Name, Number, Reason, When
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.bars import Bar, Bars, Column
from salesdash.analysis.pipeline import PREFERRED, narrow
from salesdash.datasets import DEALS
from salesdash.metrics import Measured, Unit
from salesdash.metrics.figures import Members
from salesdash.periods import Period, Window
from salesdash.warehouse.deals import OPEN, Which
from salesdash.warehouse.stated import standing

OF = "won_amount"
METRIC = "pipeline_coverage"

FIGURES = {
    "coverage": (METRIC, Unit.MULTIPLE),
    "due": ("pipeline_of_target", Unit.MONEY),
    "weighted_coverage": ("weighted_coverage", Unit.MULTIPLE),
    "quota_coverage": ("quota_coverage", Unit.MULTIPLE),
    "missing": ("won_missing", Unit.MONEY),
    "won_so_far": ("won_of_target", Unit.MONEY),
    "target": ("won_target", Unit.MONEY),
}
"""Columns, each with its metric; one that config.yaml lacks is blank."""

REACHED = "metrics.reason.reached"
EVEN = 1.0
"""Below it not even all that is due would do."""


@dataclass(frozen=True)
class Coverage:
    """What is due against what is missing: of the whole selection, and of members with a target.

    `figures`: by the columns of FIGURES. `due`: the days from the data edge to the end of `unit`;
    None: no day of it is left. `dimensions`: those whose members have targets; `lacking`: so many
    members with deals have none.
    """

    unit: Window
    due: Period | None
    figures: Mapping[str, Figure]
    deals: int
    headline: Reason
    dimensions: tuple[str, ...]
    by: str | None
    bars: Bars | None
    lacking: tuple[Member, ...]

    @property
    def which(self) -> Which | None:
        """The deals that are due."""
        return None if self.due is None else Which(OPEN, within=(self.due.start, self.due.end))


def build(question: Question, by: str | None = None) -> Coverage | None:
    """Coverage over the whole unit that is looked at, and by the members that have targets.

    None without a period, or where config.yaml has no such metric.
    """
    window, warehouse = question.selection.window, question.warehouse
    if window is None or METRIC not in question.bound.metrics:
        return None
    narrowed, _ = narrow(warehouse, question.selection)
    unit = window.unit or window.period
    whole = Window(unit, window.grain, unit)
    return _Asked(replace(question, selection=narrowed), whole).build(by)


@dataclass(frozen=True)
class _Asked:
    question: Question
    unit: Window

    def build(self, by: str | None) -> Coverage:
        dimensions = self.dimensions
        chosen = by if by in dimensions else next(iter(dimensions), None)
        figures = self._figures(self._ask(()), ())
        found = Coverage(
            unit=self.unit,
            due=self.due,
            figures=figures,
            deals=int(self._ask(()).figure("deals_due").value or 0),
            headline=_headline(figures, self.unit, self.question.today),
            dimensions=dimensions,
            by=chosen,
            bars=None,
            lacking=(),
        )
        return found if chosen is None else self._parted(found, chosen)

    @cached_property
    def due(self) -> Period | None:
        """The days on which deals are still expected: from the last one on that told anything."""
        edge = self.question.warehouse.ends(DEALS.name, self.question.selection.cut)[1]
        period = self.unit.period
        start = max(period.start, edge or period.start)
        return Period(start, period.end) if start < period.end else None

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions whose members have a target of won amount within the period."""
        question = self.question
        filters = {each.dimension for each in question.selection.filters}
        known = {one.name for one in question.warehouse.dimensions(DEALS.name)}
        found: set[str] = set()
        stated = standing(question.warehouse, question.settings.fiscal, question.selection.cut)
        for each in stated:
            own = {*each.plan.dimensions} - filters
            whole = {*each.plan.dimensions} >= filters and each.metric == OF
            if whole and len(own) == 1 and self.unit.period.clip(each.plan.period) is not None:
                found |= own & known
        places = {name: place for place, name in enumerate(PREFERRED)}
        return tuple(sorted(found, key=lambda name: (places.get(name, len(places)), name)))

    def _ask(self, by: tuple[str, ...]) -> Measured:
        known = self.question.bound.metrics
        wanted = (*(metric for metric, _ in FIGURES.values()), "deals_due", "pipeline_due", OF)
        ids = tuple(name for name in wanted if name in known)
        return self.question.measure(ids, (self.unit,), by=by)

    def _figures(self, measured: Measured, members: Members) -> dict[str, Figure]:
        return {
            name: answered(measured.figure(metric, 0, None, members))
            for name, (metric, _) in FIGURES.items()
            if metric in measured.ids
        }

    def _parted(self, found: Coverage, by: str) -> Coverage:
        measured, names = self._ask((by,)), offered.names(self.question.warehouse, by)
        bars, lacking = [], []
        for members in measured.members("pipeline_due" if "pipeline_due" in measured.ids else None):
            figures = self._figures(measured, members)
            label = Member(names.get(members[0], members[0]) if members[0] else "")
            if figures["target"].value is None:
                due = (measured.figure(name, 0, None, members).value for name in _DEALT)
                lacking += [label] if members[0] and any(due) else []
                continue
            count = measured.figure("deals_due", 0, None, members).value
            bars.append(self._bar(label, (by, members[0]), figures, int(count or 0)))
        bars.sort(key=_least_first)
        told = Bars("coverage", Name("dimension", by), COLUMNS, tuple(bars), 0, (0, 1), level=EVEN)
        return replace(found, bars=told, lacking=tuple(sorted(lacking, key=lambda m: m.value)))

    def _bar(
        self,
        label: Member,
        member: tuple[str, str | None],
        figures: Mapping[str, Figure],
        deals: int,
    ) -> Bar:
        won = Which(("won",), member, within=(self.unit.period.start, self.unit.period.end))
        due = None
        if self.due is not None:
            due = Which(OPEN, member, within=(self.due.start, self.due.end))
        return Bar(
            label,
            (*(figures[name].value if name in figures else None for name in FIGURES), deals),
            which=due or won,
            filters=member,
            besides=(("won", won),) if due else (),
            remark=Reason("coverage.reached") if _is_reached(figures) else None,
        )


COLUMNS = (
    *(Column(name, unit) for name, (_, unit) in FIGURES.items()),
    Column("deals_due", Unit.COUNT),
)
_DEALT = ("pipeline_due", OF)


def _least_first(bar: Bar) -> tuple[bool, bool, Number, str]:
    """What is covered least first, then what is reached, then what is blank."""
    value = bar.figures[0]
    return value is None, bar.remark is None, value or 0, str(bar.label)


def _headline(figures: Mapping[str, Figure], unit: Window, today: date) -> Reason:
    """How many times what is due covers what is missing; or why that cannot be said."""
    covered = figures["coverage"]
    when = When(unit, year=today.year)
    if covered.value is None:
        if _is_reached(figures):
            told = (("target", _amount(figures, "target")), ("won", _amount(figures, "won_so_far")))
            return Reason("coverage.headline.reached", (*told, ("when", when)))
        return covered.reason or Reason("metrics.reason.no_rows")
    values = (
        ("due", _amount(figures, "due")),
        ("missing", _amount(figures, "missing")),
        ("times", Amount(covered.value, Unit.MULTIPLE)),
        ("when", when),
    )
    return Reason("coverage.headline.covered", values)


def _is_reached(figures: Mapping[str, Figure]) -> bool:
    """Whether the target lacks nothing, whatever else is due."""
    found = figures.get("missing")
    return found is not None and found.reason is not None and found.reason.key == REACHED


def _amount(figures: Mapping[str, Figure], name: str) -> Amount:
    found = figures.get(name)
    return Amount((found.value if found else None) or 0, Unit.MONEY)
