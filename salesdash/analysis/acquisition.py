"""What it costs to win a customer and what one is worth, by channel or whatever costs state.

All figures are the metrics of the config. By a dimension, every customer with all of their rows
belongs to where the first order lies, so that each is won once and members add up. A cost is paid
back in the first month since the first purchase in which the gross profit of an average new
customer so far, over mature months alone, has reached it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from salesdash.analysis import cohorts
from salesdash.analysis.answers import Amount, Figure, Number, Reason, When
from salesdash.analysis.asking import DATASET, Question, answered, notes
from salesdash.analysis.cohort import Cohort, Measure
from salesdash.metrics import Measured, Unit
from salesdash.periods import Grain
from salesdash.warehouse.cohorts import Member
from salesdash.warehouse.openers import by_first_order

COST, NEW, CAC, CLV, REVENUE, RATIO = (
    "acquisition_cost",
    "new_customers",
    "cac",
    "clv",
    "lifetime_revenue",
    "clv_to_cac",
)
FIGURES = (COST, NEW, CAC, CLV, REVENUE, RATIO)
PROFIT = "gross_profit"

MONTHS = 24
"""So many months since the first purchase are looked at for paying back."""


@dataclass(frozen=True)
class Line:
    """One member, or all together: its figures by metric, and the month that pays its cost back."""

    member: Member
    figures: dict[str, Figure]
    payback: Figure

    def value(self, metric: str) -> Number | None:
        """The figure of a metric, None where it is blank."""
        return self.figures[metric].value


@dataclass(frozen=True)
class Acquisition:
    """Members by how many customers they won, and the total; `by` None: only the total.

    `refused`: why there are no members. `notes`: what to know about the cost.
    """

    by: str | None
    lines: tuple[Line, ...]
    total: Line
    refused: Reason | None
    notes: tuple[Reason, ...]
    when: When | Reason

    @property
    def metric(self) -> str:
        """Names the files of downloads."""
        return CAC

    @property
    def headline(self) -> Reason:
        """What a new customer costs and earns; else what is missing."""
        cost, ratio = self.total.figures[CAC], self.total.figures[RATIO]
        if cost.value is None:
            why = cost.reason or Reason("cohorts.acquisition.nothing")
            return Reason("cohorts.acquisition.headline.none", (("reason", why),))
        values: tuple[tuple[str, object], ...] = (
            ("cost", Amount(cost.value, Unit.MONEY)),
            ("when", self.when),
        )
        if ratio.value is None:
            return Reason("cohorts.acquisition.headline.cost", values)
        return Reason(
            "cohorts.acquisition.headline.both",
            (*values, ("ratio", Amount(ratio.value, Unit.MULTIPLE))),
        )


def build(question: Question, by: str | None) -> Acquisition:
    """Costs, new customers and their worth in the window.

    Raises UsageError for a dimension that nothing has.
    """
    asked = question.about(*FIGURES)
    window = asked.selection.window
    lines: tuple[Line, ...] = ()
    refused = None
    if by is not None:
        cut = asked.selection.cut
        won = replace(asked, warehouse=by_first_order(asked.warehouse, DATASET, by, cut))
        found = won.measure(FIGURES, (window,), by=(by,))
        refused = answered(found.blank[CAC]).reason if CAC in found.blank else None
        if refused is None:
            asked, lines = won, _lines(found, _profits(won, by))
    whole = asked.measure(FIGURES, (window,))
    when: When | Reason = Reason("analysis.when.all")
    if window is not None:
        when = When(window, year=question.today.year)
    return Acquisition(
        by,
        lines,
        _line(None, whole, (), _profits(asked, None)),
        refused,
        tuple(notes(whole.figure(CAC))),
        when,
    )


def _lines(found: Measured, profits: "_Profits") -> tuple[Line, ...]:
    """Members that cost anything or won anybody, those who won most first."""
    lines = [_line(members[0], found, members, profits) for members in found.members(NEW)]
    return tuple(line for line in lines if line.value(COST) or line.value(NEW))


def _line(
    member: Member, found: Measured, members: tuple[Member, ...], profits: "_Profits"
) -> Line:
    figures = {name: answered(found.figure(name, 0, None, members)) for name in FIGURES}
    return Line(member, figures, profits.payback(member, figures[CAC].value))


@dataclass(frozen=True)
class _Profits:
    """Gross profit per customer in each mature month, by member; `blank`: why there is none."""

    rows: tuple[Cohort, ...]
    blank: Reason | None = None

    def payback(self, member: Member, cost: Number | None) -> Figure:
        """The month since the first purchase in which the profit so far reaches the cost."""
        row = next((r for r in self.rows if r.member == member and not r.others), None)
        if self.blank is not None or cost is None or row is None:
            return Figure(None, self.blank)
        profit, last = 0.0, 0
        for month, cell in enumerate(row.cells):
            if cell is None:
                break
            profit += float(cell.value(Measure.PER_CUSTOMER) or 0)
            if profit >= float(cost):
                return Figure(month)
            last = month
        return Figure(None, Reason("cohorts.acquisition.not_yet", (("months", last),)))


def _profits(question: Question, by: str | None) -> _Profits:
    """By the first order; of all customers, their average."""
    metric = question.bound.metrics.get(PROFIT)
    if metric is None:
        return _Profits((), Reason("cohorts.acquisition.no_profit"))
    blank = question.measure((PROFIT,), (None,)).figure(PROFIT)
    if blank.value is None:
        return _Profits((), answered(blank).reason)
    found = cohorts.build(question, Grain.MONTH, by, MONTHS, PROFIT)
    rows: Iterable[Cohort] = found.rows if by is not None else (found.mean,)
    return _Profits(tuple(rows), found.reason)
