"""Bridges of Northwind and Maven against pandas, which walks all orders of change one by one."""

from collections.abc import Callable
from itertools import permutations

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real

Sides = dict[str, tuple[object, object]]


def walked(sides: Sides, worth: Callable[[dict[str, object]], float]) -> dict[str, float]:
    """What each cause adds when its turn comes, on average over all orders."""
    added = dict.fromkeys(sides, 0.0)
    orders = list(permutations(sides))
    for order in orders:
        state = {name: then for name, (then, _) in sides.items()}
        before = worth(state)
        for name in order:
            state[name] = sides[name][1]
            after = worth(state)
            added[name] += after - before
            before = after
    return {name: value / len(orders) for name, value in added.items()}


def parts(found) -> dict[str, float]:
    total = sum(each["part"] for each in found["parts"])
    assert total == found["change"] == found["now"] - found["start"]
    return {each["lever"]: float(each["part"]) for each in found["parts"]}


@pytest.fixture(scope="module")
def northwind(shared_data, brought, tmp_path_factory):
    file, place = shared_data / "northwind" / "order_lines.csv", tmp_path_factory.mktemp("north")
    brought(place, "import", file)
    lines = pd.read_csv(file, parse_dates=["Order Date"])
    lines["listed"] = lines["Unit Price"] * lines["Quantity"]
    lines["amount"] = lines["listed"] * (1 - lines["Discount"])
    return place, lines


DAYS = ("--from", "1997-07-01", "--to", "1997-12-31", "--compare", "last-year")


def half(lines: pd.DataFrame, year: int) -> pd.DataFrame:
    return lines[lines["Order Date"].between(f"{year}-07-01", f"{year}-12-31")]


def levers(lines: pd.DataFrame) -> dict[str, float]:
    customers, orders = lines["Customer ID"].nunique(), lines["Order ID"].nunique()
    units, listed, amount = (lines[each].sum() for each in ("Quantity", "listed", "amount"))
    return {
        "customers": customers,
        "orders_per_customers": orders / customers,
        "units_per_orders": units / orders,
        "listed_per_units": listed / units,
        "sales_per_listed": amount / listed,
    }


def test_the_levers_of_a_half_year(northwind):
    place, lines = northwind
    then, now = (levers(half(lines, year)) for year in (1996, 1997))

    def worth(state):
        product = 1.0
        for value in state.values():
            product *= value
        return product

    expected = walked({name: (then[name], now[name]) for name in then}, worth)
    found = parts(command(place, "bridge", "sales", *DAYS))
    assert found == pytest.approx(expected, abs=0.02)
    assert sum(found.values()) == pytest.approx(
        half(lines, 1997).amount.sum() - half(lines, 1996).amount.sum(), abs=0.01
    )


def test_the_mix_of_categories(northwind):
    place, lines = northwind
    sides = [half(lines, year) for year in (1996, 1997)]
    by = [each.groupby("Category")[["Quantity", "listed", "amount"]].sum() for each in sides]
    then, now = (levers(each) for each in sides)
    causes: Sides = {name: (then[name], now[name]) for name in list(then)[:3]}
    causes["mix"] = tuple(each.Quantity / each.Quantity.sum() for each in by)
    causes["listed_per_units"] = tuple(each.listed / each.Quantity for each in by)
    causes["sales_per_listed"] = tuple(each.amount / each.listed for each in by)

    def worth(state):
        units = state["customers"] * state["orders_per_customers"] * state["units_per_orders"]
        rates = state["mix"] * state["listed_per_units"] * state["sales_per_listed"]
        return units * rates.sum()

    found = parts(command(place, "bridge", "sales", *DAYS, "--by", "category"))
    assert found == pytest.approx(walked(causes, worth), abs=0.02)


@pytest.mark.parametrize(("by", "column"), [("product", "product"), ("person", "sales_agent")])
def test_win_rate_size_and_mix_of_deals(shared_data, brought, tmp_path, by, column):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    brought(tmp_path, "--today", "2017-12-31", "import", file)
    deals = pd.read_csv(file, parse_dates=["engage_date", "close_date"])

    def quarter(name: str, first: str, last: str) -> pd.DataFrame:
        found: pd.DataFrame = deals[deals[name].between(first, last)]
        return found

    spans = (("2017-04-01", "2017-06-30"), ("2017-07-01", "2017-09-30"))
    new = [len(quarter("engage_date", *span)) for span in spans]
    closed = [quarter("close_date", *span) for span in spans]
    members = sorted(set(closed[0][column]) | set(closed[1][column]))
    decided = [each.groupby(column).size().reindex(members).fillna(0) for each in closed]
    won = [each[each.deal_stage == "Won"].groupby(column) for each in closed]
    count = [each.size().reindex(members).fillna(0) for each in won]
    size = [each.close_value.mean().reindex(members) for each in won]
    rate = [(n / d).where(d > 0) for n, d in zip(count, decided, strict=True)]

    def filled(pair):
        """What cannot be told in one quarter did not change."""
        then, now = pair
        return then.fillna(now).fillna(0), now.fillna(then).fillna(0)

    causes: Sides = {
        "created": (new[0], new[1]),
        "decided_per_created": tuple(
            each.sum() / number for each, number in zip(decided, new, strict=True)
        ),
        "mix": tuple(each / each.sum() for each in decided),
        "won_per_decided": filled(rate),
        "amount_per_won": filled(size),
    }

    def worth(state):
        rates = state["mix"] * state["won_per_decided"] * state["amount_per_won"]
        return state["created"] * state["decided_per_created"] * rates.sum()

    days = ("--from", spans[1][0], "--to", spans[1][1], "--compare", "previous")
    found = command(tmp_path, "--today", "2017-12-31", "bridge", "won_amount", *days, "--by", by)
    assert (found["start"], found["now"]) == (3_086_111, 2_982_255)
    assert parts(found) == pytest.approx(walked(causes, worth), abs=0.02)
