"""Questions about deals, each with a second opinion in pandas."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from salesdash.errors import UsageError
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.warehouse.deals import CLOSED, OPEN, Deals, Which
from tests.warehouse.build import build
from tests.warehouse.deals import EDGE, TODAY, deal, frame, many

ALL = Selection(None)
QUARTER = Window(Period(date(2026, 7, 1), date(2026, 10, 1)))
ROWS = [
    deal("open", "2026-09-01", "2026-10-25", stage="Quoted", amount="100", probability="0.5"),
    deal("open", "2026-11-01", "2026-12-24", stage="Quoted", amount="40"),
    deal("open", None, None, stage="New", amount=None),
    deal("won", "2026-06-01", "2026-07-01", amount="70", person="Ana"),
    deal("won", "2026-06-01", None, amount="5", person="Ana"),
    deal("lost", "2026-06-20", "2026-09-30", amount="0", person="Bo", lost_reason="Price"),
    deal("open", "2026-10-15", None, stage="New", amount="1", counts=False),
]


def asked(rows=ROWS, selection=ALL, today=TODAY) -> Deals:
    return Deals(build(deals=rows), selection, today)


def test_open_deals_by_stage():
    """Quoted: 100 and 40; 100 x 0.5 is weighted; 100 was due a week before the edge, 1 November."""
    quoted, new = asked().open_by("stage")
    assert (quoted.member, quoted.deals, quoted.amount, quoted.weighted) == ("Quoted", 2, 140, 50)
    assert (quoted.overdue, quoted.overdue_amount, quoted.with_close) == (1, 100, 2)
    assert (quoted.with_amount, quoted.with_weight, quoted.probability_sum) == (2, 1, 0.5)
    assert (new.member, new.deals, new.amount, new.weighted, new.age_sum) == (
        "New", 1, None, None, None,
    )  # fmt: skip


def test_the_edge_is_the_last_day_something_happened():
    """Created or decided up to today; when an open deal should close is no event."""
    assert asked().edge == date(2026, 11, 1)
    assert asked(today=date(2026, 9, 30)).edge == date(2026, 9, 30)
    assert asked([deal("open", None, None)]).edge is None
    touched = [deal("open", None, None, modified_at="2026-11-03 10:00:00")]
    assert asked(touched).edge == date(2026, 11, 3)
    north = Selection(None).where("person", "Ana")
    assert asked(selection=north).edge == date(2026, 11, 1)  # filters do not move it


def test_decided_deals_belong_to_the_day_they_closed():
    ana, bo = asked(selection=Selection(QUARTER)).closed_by("person")
    assert (ana.member, ana.won, ana.lost, ana.won_amount) == ("Ana", 1, 0, 70)
    assert (bo.member, bo.won, bo.lost, bo.lost_amount) == ("Bo", 0, 1, None)  # 0 states nothing
    everything = {one.member: one.won for one in asked().closed_by("person")}
    assert everything == {"Ana": 1, "Bo": 0}  # the deal without a closing date is in no period


def test_days_from_created_to_closed_or_to_the_edge():
    """1 June to 1 July; and 1 September and 1 November to 1 November."""
    assert [(d.days, d.deals, d.amount) for d in asked().won_in()] == [(30, 1, 70)]
    assert [(d.days, d.deals) for d in asked().open_since()] == [(0, 1), (61, 1)]
    assert asked().won_since(date(2026, 7, 1)) == asked().won_in()
    assert asked().won_since(date(2026, 7, 2)) == ()


def test_facts_count_what_is_stated():
    lost, opened, won = asked().facts()
    assert (opened.outcome, opened.deals, opened.with_created, opened.with_close) == (
        "open", 3, 2, 2,
    )  # fmt: skip
    assert (won.deals, won.with_close, won.with_amount) == (2, 1, 2)
    assert (lost.deals, lost.with_amount, lost.backwards) == (1, 0, 0)


def test_without_any_date_nothing_is_late():
    found = asked([deal("open", None, "2020-01-01", amount="3")])
    (one,) = found.open_by("stage")
    assert (one.overdue, one.age_sum) == (0, None)
    assert found.rows(Which(OPEN, overdue=True), 9).num_rows == 0
    assert found.rows(Which(OPEN, days=(None, 30)), 9).num_rows == 0


def test_only_columns_of_deals_can_be_asked():
    with pytest.raises(UsageError):
        asked().open_by("amount")
    with pytest.raises(UsageError):
        asked().rows(Which(OPEN, ("payment_method", "cash")), 1)


def test_an_older_cut_sees_what_was_open_then():
    """Event 2 won the deal that event 1 knew as open."""
    rows = [
        deal("open", "2026-05-01", deal="D1", amount="10", valid_to=2),
        deal("won", "2026-05-01", "2026-06-01", deal="D1", amount="10", event=2),
    ]
    assert [one.deals for one in asked(rows, Selection(None, cut=1)).open_by("stage")] == [1]
    assert asked(rows).open_by("stage") == ()


@pytest.fixture(scope="module")
def crowd():
    rows = many()
    return build(deals=rows), frame(rows)


@pytest.mark.parametrize("filters", [{}, {"team": "North"}])
@pytest.mark.parametrize("window", [None, QUARTER])
def test_many_deals_against_pandas(crowd, filters, window):
    warehouse, data = crowd
    selection = Selection(window)
    for name, value in filters.items():
        selection, data = selection.where(name, value), data[data[name] == value]
    deals = Deals(warehouse, selection, TODAY)
    assert deals.edge == EDGE
    _same_open(deals, data[data.outcome == "open"])
    _same_closed(deals, data, window)


def _same_open(deals: Deals, data: pd.DataFrame) -> None:
    edge = pd.Timestamp(EDGE)
    for one in deals.open_by("stage"):
        rows = data[data.stage == one.member]
        late = rows[rows.close_date < edge]
        assert (one.deals, one.overdue) == (len(rows), len(late))
        assert one.amount == pytest.approx(Decimal(str(rows.amount.sum())))
        assert float(one.weighted or 0) == pytest.approx((rows.amount * rows.probability).sum())
        assert float(one.overdue_amount or 0) == pytest.approx(late.amount.sum())
        assert one.age_sum == (edge - rows.created_date).dt.days.sum()
        assert deals.rows(Which(OPEN, ("stage", one.member)), 999).num_rows == one.deals
    assert sum(one.deals for one in deals.open_by("stage")) == len(data)
    ages = (edge - data.created_date).dt.days.dropna().astype(int)
    assert {d.days: d.deals for d in deals.open_since()} == ages.value_counts().to_dict()
    found = deals.rows(Which(OPEN, overdue=True), 999)
    assert found.num_rows == (data.close_date < edge).sum()
    old = deals.rows(Which(OPEN, days=(91, 180)), 999)
    assert old.num_rows == ages.between(91, 180).sum()


def _same_closed(deals: Deals, data: pd.DataFrame, window: Window | None) -> None:
    data = data[data.outcome.isin(CLOSED) & data.close_date.notna()]
    if window is not None:
        start, end = pd.Timestamp(window.period.start), pd.Timestamp(window.period.end)
        data = data[(data.close_date >= start) & (data.close_date < end)]
    for one in deals.closed_by("person"):
        won, lost = (data[(data.person == one.member) & (data.outcome == o)] for o in CLOSED)
        assert (one.won, one.lost) == (len(won), len(lost))
        assert float(one.won_amount or 0) == pytest.approx(won.amount.sum())
        assert float(one.lost_amount or 0) == pytest.approx(lost.amount.sum())
        behind = deals.rows(Which(CLOSED, ("person", one.member), dated=True), 999)
        assert behind.num_rows == one.won + one.lost
    won = data[data.outcome == "won"]
    took = (won.close_date - won.created_date).dt.days.dropna().astype(int)
    assert {d.days: d.deals for d in deals.won_in()} == took.value_counts().to_dict()
    short = deals.rows(Which(("won",), days=(None, 30), dated=True), 999)
    assert short.num_rows == (took <= 30).sum()
    silent = deals.rows(Which(("lost",), ("lost_reason", None), dated=True), 999)
    assert silent.num_rows == (data[data.outcome == "lost"].lost_reason.isna()).sum()
