"""What customers are worth: how often each is expected to come again, for how much, and whether.

BG/NBD and gamma-gamma fitted to all that is known up to the end of what is looked at, and held
against the business's own past (docs/decisions/0031).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salesdash import lifetimes
from salesdash.analysis.answers import Amount, Reason, When
from salesdash.analysis.asking import DATASET, Question
from salesdash.analysis.rhythms import PLACES, Floats
from salesdash.errors import DataRefused
from salesdash.lifetimes import Holdout, Ledger, Models, Prospect
from salesdash.metrics import Unit
from salesdash.metrics.customers import months_before
from salesdash.periods import Period, Window
from salesdash.warehouse.purchases import day_of, first_members, number_of, purchases

HORIZONS = (6, 12, 24, 36)
"""Months ahead that are offered."""

USUAL = 12
MOST_MONTHS = 60

VALUE, MARGIN = "sales", "gross_margin"

LIKELY = 0.5
"""From this chance on a customer who came back counts as still being one."""

TENTH = 10

FAITHFUL = 0.01
"""Where fewer leave after a purchase, silence says little."""

CLOSE = 0.2
"""A correlation of spend and frequency beyond this is told as a doubt."""


@dataclass(frozen=True)
class BackTest:
    """The back-test in days and figures: customers known then; orders and amounts (both sides)."""

    first: date
    last: date
    customers: int
    orders: tuple[float, int]
    amounts: tuple[float, float]
    course: tuple[tuple[date, float, int], ...]
    models: Models
    metric: str = VALUE


@dataclass(frozen=True)
class Group:
    """The customers of a member ("" of none): how many, and what they are expected to bring."""

    member: str
    customers: int
    orders: float
    amount: float
    value: float


@dataclass(frozen=True, eq=False)
class People:
    """Customers one by one, the most valuable first: one value a customer in each column.

    `names`: what they are called where their values are numbers. `value` is as in `Worth`.
    """

    table: pa.Table
    names: Mapping[str, str]

    def top(self, count: int) -> list[dict[str, Any]]:
        """The first ones as rows."""
        rows: list[dict[str, Any]] = self.table.slice(0, count).to_pylist()
        return rows

    def called(self, customer: str) -> str:
        """What people call a customer."""
        return self.names.get(customer, customer)


@dataclass(frozen=True, eq=False)
class Worth:
    """The answer. `why`: what stands in the way, and then there are no figures.

    `value`: sums of the horizon discounted by `rate` a year, and times `margin` where costs or
    profits are known: the expected lifetime value, else the expected lifetime revenue. `amount`:
    the sales expected, as they are. `alive`: of those who came back, how many likely still are
    customers. `share`: of the value, what the most valuable tenth make, `tenth` customers.
    `unnamed`: lines that name no customer, left out.
    """

    months: int
    first: date | None
    last: date
    rate: float
    customers: int = 0
    returning: int = 0
    unnamed: int = 0
    why: Reason | None = None
    models: Models | None = None
    margin: float | None = None
    alive: int = 0
    orders: float = 0.0
    amount: float = 0.0
    value: float = 0.0
    share: float | None = None
    tenth: int = 0
    tested: BackTest | None = None
    untested: Reason | None = None
    people: People | None = None
    by: str | None = None
    groups: tuple[Group, ...] = ()
    metric: str = VALUE

    @cached_property
    def doubt(self) -> Reason | None:
        """Whether those who come often spend otherwise, which the models take as not so."""
        found = None if self.models is None else self.models.spend.correlation
        if found is None:
            return None
        size = "close" if abs(found) > CLOSE else "free"
        return Reason(f"worth.correlation.{size}", (("value", f"{found:+.2f}"),))


def build(question: Question, months: int = USUAL, by: str | None = None) -> Worth:
    """What the customers of a selection bring within `months` from the end of what is looked at.

    `by`: a dimension, for sums by the member of each customer's first purchase. UsageError for an
    unknown dimension or filter.
    """
    question = question.about(VALUE)
    last = question.end - timedelta(days=1)
    end = number_of(last)
    found = purchases(question.warehouse, DATASET, question.selection)
    ledger = found.ledger.until(end)
    empty = Worth(
        months,
        day_of(int(ledger.first.min())) if ledger.customers else None,
        last,
        float(question.settings.discount_rate),
        ledger.customers,
        int(np.count_nonzero(ledger.times)),
        found.without(end),
        by=by,
    )
    if not ledger.customers:
        return replace(empty, why=Reason("worth.nobody"))
    try:
        known = "lifetimes", question.selection, end  # the same for every horizon and dimension
        models = question.warehouse.recent(known, lambda: lifetimes.fit(ledger, end))
    except DataRefused as error:
        return replace(empty, why=Reason(f"errors.{error.key}", tuple(error.values.items())))
    return _valued(_Known(question, ledger, end), empty, models, found.names)


@dataclass(frozen=True, eq=False)
class _Known:
    """What is asked, and who bought when until a day, as the ledger counts it."""

    question: Question
    ledger: Ledger
    end: int


def _valued(known: _Known, empty: Worth, models: Models, names: "pa.Array[Any]") -> Worth:
    """The answer with its figures."""
    ledger = known.ledger
    prospect = lifetimes.prospect(models, ledger, known.end, empty.months, empty.rate)
    margin = _margin(known.question, empty.last)
    value = prospect.present * (1.0 if margin is None else margin)
    tested, untested = _tested(known, empty.months)
    people = _people(known, prospect, value, names.take(pa.array(ledger.keys.tolist())))
    tenth, whole = max(1, round(ledger.customers / TENTH)), float(value.sum())
    return replace(
        empty,
        models=models,
        margin=margin,
        alive=int(np.count_nonzero((prospect.alive >= LIKELY) & (ledger.times > 0))),
        orders=float(prospect.orders.sum()),
        amount=float(prospect.amount.sum()),
        value=whole,
        share=float(np.sort(value)[-tenth:].sum()) / whole if whole > 0 else None,
        tenth=tenth,
        tested=tested,
        untested=untested,
        people=people,
        groups=() if empty.by is None else _groups(known.question, empty.by, people),
    )


def _margin(question: Question, last: date) -> float | None:
    """The gross margin of the twelve months that end with a day; None where it is not known."""
    if MARGIN not in question.bound.metrics:
        return None
    after = last + timedelta(days=1)
    window = Period(months_before(after, 12), after)
    found = question.measure((MARGIN,), (window,)).figure(MARGIN).value
    return None if found is None else float(found)


def _tested(known: _Known, months: int) -> tuple[BackTest | None, Reason | None]:
    """The back-test over as many days as the horizon, or why there is none."""
    try:
        found = lifetimes.holdout(known.ledger, known.end, round(months * 365.25 / 12))
    except DataRefused:
        return None, Reason("worth.untested.few")
    if found is None:
        return None, Reason("worth.untested.short")
    return _told(found), None


def _told(found: Holdout) -> BackTest:
    split = day_of(found.split)
    return BackTest(
        split + timedelta(days=1),
        day_of(found.end),
        found.customers,
        found.orders,
        found.amounts,
        tuple((split + timedelta(weeks=week), due, came) for week, due, came in found.course),
        found.models,
    )


def _people(known: _Known, prospect: Prospect, value: Floats, names: "pa.Array[Any]") -> People:
    ledger, days = known.ledger, pa.int32()
    columns = {
        "customer": names,
        "purchases": pa.array(ledger.times + 1),
        "first": pa.array(ledger.first.astype(np.int32), days).cast(pa.date32()),
        "last": pa.array(ledger.last.astype(np.int32), days).cast(pa.date32()),
        "silence": pa.array(known.end - ledger.last),
        "bought": pa.array(np.add.reduceat(ledger.amounts, ledger.starts).round(PLACES)),
        "mean": pa.array(np.where(ledger.times > 0, ledger.means, np.nan), from_pandas=True),
        "alive": pa.array(prospect.alive),
        "orders": pa.array(prospect.orders),
        "amount": pa.array(prospect.amount),
        "value": pa.array(value),
        "staying": pa.array(prospect.staying),
    }
    table = pa.table(columns)
    order = pc.sort_indices(table, [("value", "descending"), ("customer", "ascending")])
    shown = known.question.warehouse.names(DATASET, "customer")
    return People(table.take(order), shown)


def _groups(question: Question, by: str, people: People) -> tuple[Group, ...]:
    """Sums by the member of each customer's first purchase, the most valuable first."""
    members = first_members(question.warehouse, DATASET, question.selection, by)
    table = people.table
    owners = [members.get(str(name), "") for name in table.column("customer").to_pylist()]
    grouped = (
        table.select(["orders", "amount", "value"])
        .append_column("member", pa.array(owners, pa.string()))
        .group_by("member")
        .aggregate([([], "count_all"), *((name, "sum") for name in ("orders", "amount", "value"))])
    )
    columns = ("member", "count_all", "orders_sum", "amount_sum", "value_sum")
    found = [Group(*(row[name] for name in columns)) for row in grouped.to_pylist()]
    return tuple(sorted(found, key=lambda group: (-group.value, group.member)))


def sentence(answer: Worth) -> Reason:
    """The answer in one sentence."""
    if answer.why is not None:
        return answer.why
    kind = "revenue" if answer.margin is None else "value"
    values: tuple[tuple[str, object], ...] = (
        ("value", Amount(answer.value, Unit.MONEY, "about")),
        ("months", answer.months),
        ("customers", Amount(answer.customers)),
        ("tenth", Amount(answer.tenth)),
        ("share", Amount(answer.share or 0.0, Unit.SHARE, "percent")),
    )
    return Reason(f"worth.headline.{kind}", values)


def notes(answer: Worth) -> tuple[Reason, ...]:
    """What is to know about it: how right it would have been, what was left out, a doubt."""
    found = [] if answer.untested is None else [answer.untested]
    if answer.tested is not None:
        found.append(_back_test(answer.tested))
    if answer.unnamed:
        found.append(Reason("worth.lead.unnamed", (("count", answer.unnamed),)))
    if answer.doubt is not None:
        found.append(answer.doubt)
    if answer.models is not None and answer.models.frequency.leaving < FAITHFUL:
        found.append(Reason("worth.faithful"))
    return tuple(found)


def _back_test(tested: BackTest) -> Reason:
    """1,653 orders were expected of 1 Oct 1997 - 30 Jun 1998, 1,882 came (+13.8 %)."""
    window = Window(Period(tested.first, tested.last + timedelta(days=1)))
    expected, came = tested.orders
    values: tuple[tuple[str, object], ...] = (
        ("expected", Amount(round(expected), Unit.COUNT, "exact")),
        ("came", Amount(came, Unit.COUNT, "exact")),
        ("days", When(window, bare=True)),
        ("error", Amount(off(tested.orders) or 0.0, Unit.SHARE, "change")),
    )
    return Reason("worth.lead.tested", values)


def off(figures: tuple[float, float]) -> float | None:
    """How much more or less came than was expected, as a fraction of that; None of nothing."""
    expected, came = figures
    return None if not expected else came / expected - 1
