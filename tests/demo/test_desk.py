"""Leads, deals, orders, payments, activities and staff: consistent with each other, by pandas."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from salesdash.demo import references
from salesdash.demo.generator import Demo, Recipe
from salesdash.demo.stages import standing
from salesdash.periods import WorkCalendar

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def known(demo) -> int:
    return int(demo.world.timeline.days - 1)


@pytest.fixture(scope="module")
def deals(demo, known) -> pd.DataFrame:
    found: pd.DataFrame = demo.registers.deals(known).to_pandas()
    found["amount"] = found["amount"].astype(float)
    found["close_date"] = pd.to_datetime(found["close_date"])
    return found


@pytest.fixture(scope="module")
def leads(demo, known) -> pd.DataFrame:
    found: pd.DataFrame = demo.registers.leads(known).to_pandas()
    return found


@pytest.fixture(scope="module")
def payments(demo, known) -> pd.DataFrame:
    found: pd.DataFrame = demo.registers.payments(0, known + 1).to_pandas()
    found["amount"] = found["amount"].astype(float)
    return found


@pytest.fixture(scope="module")
def activities(demo, known) -> pd.DataFrame:
    found: pd.DataFrame = demo.registers.activities(0, known + 1).to_pandas()
    return found


def orders(frame: pd.DataFrame) -> pd.DataFrame:
    """Orders that stand, with their amounts."""
    heads = frame.groupby("document").agg(
        customer=("customer", "first"), day=("order_date", "first"), amount=("amount", "sum")
    )
    return heads.round({"amount": 2}).reset_index()


def decided(demo, deals: pd.DataFrame, which: str) -> pd.DataFrame:
    found: pd.DataFrame = deals[deals["stage"] == demo.world.company.lists.decided[which]]
    return found


def test_equal_recipes_give_equal_tables():
    recipe = Recipe("zh", TODAY, scale=0.1)
    one, two = Demo(recipe).registers, Demo(recipe).registers
    assert one.leads(900).equals(two.leads(900))
    assert one.deals(900).equals(two.deals(900))
    assert one.payments(0, 900).equals(two.payments(0, 900))
    assert one.activities(0, 900).equals(two.activities(0, 900))


def test_every_converted_lead_has_its_deal_and_every_new_deal_its_lead(demo, deals, leads):
    status = demo.world.company.lists.lead_statuses["converted"]
    good = leads[leads["status"] == status]
    assert good["deal"].notna().all()
    assert leads[leads["status"] != status]["deal"].isna().all()
    both = good.merge(deals, on="deal", suffixes=("", "_deal"))
    assert len(both) == len(good) > 2_000
    assert (both["lead_deal"] == both["lead"]).all()
    for same in ("customer", "customer_name", "region", "segment", "channel", "person"):
        assert (both[same] == both[f"{same}_deal"]).all(), same
    assert (both["converted_date"] == both["created_date_deal"].dt.date).all()
    assert (both["created_date"].dt.date <= both["converted_date"]).all()
    new = deals["deal_type"] == demo.world.company.lists.types["new"]
    assert (deals["lead"].notna() == new).all()


def test_every_won_deal_leads_to_an_order_of_its_customer_with_its_amount(demo, deals, frame):
    won = decided(demo, deals, "won")
    both = won.merge(orders(frame), on=["customer", "amount"], suffixes=("", "_order"))
    both = both[(both["day"] - both["close_date"]).dt.days.between(0, 15)]
    assert len(both.drop_duplicates("deal")) == len(won) > 1_000


def test_a_new_customer_s_deal_is_about_the_first_order(demo, deals, frame):
    bought = orders(frame[frame["amount"] > 0]).groupby("customer")["day"].min()
    won = decided(demo, deals, "won")
    new = won[won["deal_type"] == demo.world.company.lists.types["new"]]
    first = new["customer"].map(bought)
    assert (first - new["close_date"]).dt.days.between(0, 15).all()
    assert new["customer"].is_unique


def test_prospects_never_bought_and_everybody_else_did(demo, deals, frame, known):
    clients = references.customers(demo.registers, known, demo.desk.rng(11)).to_pandas()
    statuses = demo.world.company.lists.customer_statuses
    prospects = clients[clients["status"] == statuses["prospect"]]
    active = clients[clients["status"] == statuses["active"]]
    buyers = set(frame[frame["amount"] > 0]["customer"].dropna())
    assert set(active["customer"]) == buyers
    assert not set(prospects["customer"]) & buyers
    assert set(deals["customer"]) <= set(clients["customer"])
    assert clients["customer"].is_unique
    assert clients["customer_name"].is_unique
    first = frame[frame["amount"] > 0].groupby("customer")["order_date"].min()
    since = pd.to_datetime(active.set_index("customer")["customer_since"])
    assert (since <= first[since.index]).all()
    assert ((since == first[since.index]) | (since < pd.Timestamp(2023, 11, 1))).all()


def test_payments_never_exceed_their_order(payments, frame):
    paid = payments.groupby("sales_document")["amount"].sum().round(2)
    owed = orders(frame).set_index("document")["amount"]
    assert set(paid.index) <= set(owed.index)
    owed = owed[paid.index]
    assert (np.sign(paid) == np.sign(owed)).all()
    assert (paid.abs() <= owed.abs()).all()
    dated = payments.merge(orders(frame), left_on="sales_document", right_on="document")
    assert (pd.to_datetime(dated["payment_date"]) >= dated["day"]).all()
    assert (dated["customer_x"].dropna() == dated["customer_y"].dropna()).all()


def test_most_invoices_are_paid_in_one_to_two_months_some_late_some_never(demo, payments, frame):
    terms = next(iter(demo.world.company.money.terms))
    all_orders = orders(frame)
    days = payments.merge(all_orders, left_on="sales_document", right_on="document")
    invoices = days[days["payment_method"] == terms]
    waited = (pd.to_datetime(invoices["payment_date"]) - invoices["day"]).dt.days
    assert 0.75 < waited.between(20, 60).mean() < 0.92
    assert 0.03 < (waited > 75).mean() < 0.15
    old = all_orders[all_orders["day"] < pd.Timestamp(2026, 3, 1)]
    unpaid = ~old["document"].isin(payments["sales_document"])
    assert 0.002 < unpaid.mean() < 0.02


def test_the_pipeline_of_today_has_open_deals_and_overdue_ones(deals, demo):
    stages = list(demo.world.company.lists.stages)
    pipeline = deals[deals["stage"].isin(stages)]
    assert 120 < len(pipeline) < 320
    assert set(pipeline["stage"]) == set(stages)
    overdue = pipeline["close_date"] < pd.Timestamp(TODAY)
    assert 0.1 < overdue.mean() < 0.4
    assert pipeline["lost_reason"].isna().all()
    assert (deals["created_date"].dt.normalize() <= deals["close_date"]).all()
    assert deals["created_date"].max() < pd.Timestamp(TODAY)


def test_lost_deals_say_why_and_to_whom_when_it_was_a_rival(demo, deals):
    lists = demo.world.company.lists
    lost = decided(demo, deals, "lost")
    assert set(lost["lost_reason"]) == set(lists.reasons)
    assert (lost["competitor"].notna() == lost["lost_reason"].isin(lists.rivalry)).all()
    won = decided(demo, deals, "won")
    assert won[["lost_reason", "competitor"]].isna().all(axis=None)
    assert 0.3 < len(won) / (len(won) + len(lost)) < 0.5


def test_a_deal_goes_through_the_stages_in_order_and_stays_decided(demo):
    days = range(600, demo.world.timeline.days, 40)
    found = demo.desk.deals
    early = found.take(found.created < days[0])
    states = [standing(early, day, demo.desk.rota) for day in days]
    last_open = len(demo.world.company.lists.stages) - 1
    for before, after in pairwise(states):
        assert (after.stage >= before.stage).all()
        assert (before.decided <= after.decided).all()
        assert (after.stage[~after.decided] <= last_open).all()
        same = before.changed == after.changed
        assert (before.close[same] == after.close[same]).all()
        assert (before.amount[same] == after.amount[same]).all()
    assert sum((a.close != b.close).sum() for a, b in pairwise(states)) > 100


def places(staff) -> pd.DataFrame:
    rows = pd.DataFrame(vars(entry) for entry in staff.entries())
    rows["since"] = pd.to_datetime(rows["since"]).fillna(pd.Timestamp(1900, 1, 1))
    rows["to"] = pd.to_datetime(rows["to"]).fillna(pd.Timestamp(2100, 1, 1))
    return rows


def with_place(rows: pd.DataFrame, day: str, staff) -> pd.DataFrame:
    """The rows with the entry of their person that is valid on their day."""
    dates = pd.to_datetime(rows[day]).dt.normalize()
    both = rows.assign(on=dates, row=range(len(rows))).merge(places(staff), on="person")
    return both[(both["on"] >= both["since"]) & (both["on"] <= both["to"])]


def test_rows_carry_the_team_their_person_was_in_on_that_day(demo, frame, deals):
    staff = demo.world.staff
    named = with_place(frame, "order_date", staff)
    assert len(named) == len(frame)  # everybody was employed when they sold
    assert (named["team_x"] == named["team_y"]).all()
    moved = {move.person for move in demo.world.company.staffing.movers}
    for person in moved:
        assert frame[frame["person"] == person]["team"].nunique() == 2
    owned = with_place(deals, "created_date", staff)
    assert (owned["team_x"] == owned["team_y"]).all()
    # a successor takes over deals that were begun before
    missing = set(deals["deal"]) - set(owned["deal"])
    late = deals[deals["deal"].isin(missing)]
    assert set(late["person"]) <= {demo.world.company.staffing.successor}


def test_one_left_one_came_some_moved(demo, frame, activities):
    staffing, staff = demo.world.company.staffing, demo.world.staff
    left, came = staff.handover, staff.arrival
    assert frame[frame["person"] == staffing.leaver]["order_date"].max().date() < left
    assert frame[frame["person"] == staffing.successor]["order_date"].min().date() >= left
    assert frame[frame["person"] == staffing.newcomer]["order_date"].min().date() >= came
    mine = activities[activities["person"] == staffing.newcomer]
    assert len(mine) > 50
    assert mine["activity_date"].min() >= came
    ends = [entry.to for entry in staff.entries() if entry.person == staffing.leaver]
    assert ends == [left - timedelta(days=1)]


def test_everybody_calls_and_visits_every_week(demo, activities, deals):
    assert activities["activity"].is_unique
    assert set(activities["deal"].dropna()) <= set(deals["deal"])
    days = pd.to_datetime(activities["activity_date"])
    calendar = WorkCalendar(country=demo.world.company.country)
    assert all(calendar.is_working(day.date()) for day in days.unique())
    weeks = days.dt.to_period("W")
    recent = activities[days >= pd.Timestamp(2026, 5, 1)]
    per_week = recent.groupby("person").size() / weeks[recent.index].nunique()
    today = {name for name, _ in demo.world.company.people} | {demo.world.company.staffing.newcomer}
    assert set(per_week.index) == today
    assert per_week.between(2, 20).all()


def test_any_day_can_be_today():
    for today in (date(2026, 1, 1), date(2028, 2, 29), date(2026, 6, 2)):
        demo = Demo(Recipe("en", today, scale=0.05))
        last = demo.world.timeline.days - 1
        assert demo.registers.deals(last).num_rows > 100
        assert demo.registers.leads(last).num_rows > 200
        assert demo.registers.payments(0, last + 1).num_rows > 700
