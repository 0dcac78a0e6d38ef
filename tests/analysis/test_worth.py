"""What customers are worth: sums over customers, the margin, what stands in the way."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from salesdash import config, lifetimes
from salesdash.analysis import worth
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.texts import LANGUAGES
from salesdash.warehouse import Warehouse
from tests.analysis.company import sale, warehouse
from tests.lifetimes import simulated

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
FIRST = date(2025, 1, 1)
LAST = FIRST + timedelta(days=simulated.DAYS - 1)
TODAY = LAST + timedelta(days=1)


ALL = Selection(None)


@pytest.fixture(scope="module")
def frame():
    """500 customers of the models, of web and shop."""
    customers, days, amounts = simulated.rows(500)
    return pd.DataFrame(
        {
            "customer": [f"C{n:03}" for n in customers],
            "day": [FIRST + timedelta(days=int(n)) for n in days],
            "amount": amounts.round(2),
            "channel": np.where(customers % 3 == 0, "Web", "Shop"),
        }
    )


def house(frame) -> Warehouse:
    """Each line costs 40; one on the last day names no customer."""
    rows = [
        sale(r.day.isoformat(), r.amount, customer=r.customer, channel=r.channel, cost="40")
        for r in frame.itertuples()
    ]
    return warehouse((*rows, sale(LAST.isoformat(), 5, cost="40")))


@pytest.fixture(scope="module")
def place(frame):
    return house(frame)


def ask(place, *how, selection=ALL):
    return worth.build(Question(place, SETTINGS, selection, TODAY), *how)


@pytest.fixture(scope="module")
def answer(place):
    return ask(place, 12, "channel")


def test_frequency_and_recency_are_those_of_pandas(frame, answer):
    table = answer.people.table.to_pandas().set_index("customer")
    own = frame.groupby("customer").agg(
        purchases=("day", "nunique"),
        first=("day", "min"),
        last=("day", "max"),
        bought=("amount", "sum"),
    )
    joined = table.join(own.add_suffix("_own"))
    assert len(table) == len(own) == answer.customers
    for name in ("purchases", "first", "last"):
        assert (joined[name] == joined[f"{name}_own"]).all()
    assert joined["bought"].to_numpy() == pytest.approx(joined["bought_own"].to_numpy())
    later = frame[frame["day"] > frame["customer"].map(own["first"])]
    means = later.groupby("customer")["amount"].mean()
    assert table.loc[means.index, "mean"].to_numpy() == pytest.approx(means.to_numpy())
    assert (answer.returning, answer.unnamed) == (len(means), 1)


def test_sums_are_those_of_customers_and_of_groups(answer):
    table = answer.people.table.to_pandas()
    assert answer.value == pytest.approx(table["value"].sum())
    assert answer.amount == pytest.approx(table["amount"].sum())
    assert list(table["value"]) == sorted(table["value"], reverse=True)
    assert answer.share == pytest.approx(table["value"][: answer.tenth].sum() / answer.value)
    assert {group.member for group in answer.groups} == {"Web", "Shop"}
    assert sum(group.customers for group in answer.groups) == answer.customers
    assert sum(group.value for group in answer.groups) == pytest.approx(answer.value)


def test_the_back_test_is_told(frame, answer):
    tested = answer.tested
    known = frame[frame["customer"].isin(frame[frame["day"] < tested.first]["customer"])]
    came = known[known["day"] >= tested.first]
    assert tested.orders[1] == len(came)
    assert tested.amounts[1] == pytest.approx(came["amount"].sum())
    assert (tested.last, tested.first) == (LAST, LAST - timedelta(days=simulated.DAYS // 2 - 1))
    told = Words("en").tell(worth.notes(answer)[0])
    assert f"{len(came):,} came" in told
    assert worth.off(tested.orders) == pytest.approx(len(came) / tested.orders[0] - 1)
    assert worth.off((0.0, 3)) is None


def test_longer_is_more(place, answer):
    assert ask(place, 24).amount > answer.amount > ask(place, 6).amount


def until(days: int) -> Selection:
    """All dates up to so many days after the first."""
    return Selection(Window(Period(FIRST, FIRST + timedelta(days=days))))


def test_as_of_an_earlier_day_nothing_later_is_known(frame, place):
    found = ask(place, 12, selection=until(440))
    early = frame[frame["day"] < FIRST + timedelta(days=440)]
    numbers = pd.factorize(early["customer"])[0]
    days = (pd.to_datetime(early["day"]) - pd.Timestamp(FIRST)).dt.days.to_numpy()
    bought = np.ones(len(early), dtype=bool)
    ledger = lifetimes.Ledger.of(numbers, days, bought, early["amount"].to_numpy())
    value = lifetimes.prospect(lifetimes.fit(ledger, 439), ledger, 439, 12, 0.1).present.sum()
    assert found.value / found.margin == pytest.approx(value)
    assert (found.last, found.unnamed) == (FIRST + timedelta(days=439), 0)


def test_value_is_gross_profit_where_costs_are_known(frame, answer):
    """Everything costs 40 a line: the margin is 1 - 40 n / sum of the last twelve months."""
    year = frame[frame["day"] > date(LAST.year - 1, LAST.month, LAST.day)]
    whole = year["amount"].sum() + 5
    assert answer.margin == pytest.approx((whole - 40 * (len(year) + 1)) / whole)
    assert "gross profit" in Words("en").tell(worth.sentence(answer))
    table = answer.people.table.to_pandas()
    assert (table["value"] < table["amount"] * answer.margin).all()  # and discounted


def test_filters_narrow(frame, place):
    found = ask(place, 12, selection=Selection(None).where("channel", "Shop"))
    assert found.customers == frame[frame["channel"] == "Shop"]["customer"].nunique()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_the_way_is_said(frame, answer, lang):
    words = Words(lang)
    few = ask(house(frame[frame["customer"] < "C100"]), 12)
    assert few.why is not None
    assert few.models is None
    assert "100" in words.tell(worth.sentence(few))
    assert worth.notes(few)[0].key == "worth.lead.unnamed"
    nobody = ask(warehouse([sale("2026-01-01", 5)]), 12)
    assert "{" not in words.tell(worth.sentence(nobody))
    assert all("{" not in words.tell(each) for each in worth.notes(answer))


def test_a_short_history_has_no_back_test(place):
    found = ask(place, 12, selection=until(170))
    assert found.tested is None
    assert found.untested.key == "worth.untested.few"


def test_where_nobody_leaves_it_is_said(answer):
    keys = [each.key for each in worth.notes(answer)]
    assert "worth.faithful" not in keys
    faithful = replace(answer.models.frequency, a=1e-4, b=5.0)
    loyal = replace(answer, models=replace(answer.models, frequency=faithful))
    assert worth.notes(loyal)[-1].key == "worth.faithful"
