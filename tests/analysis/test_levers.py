"""Levers on Wednesday 18 November 2026, data to the 17th; weekends are off.

November has 9 working days left; the last 9 are those from the 5th to the 17th.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import prod
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import goals, leverage
from salesdash.analysis.answers import Reason
from salesdash.analysis.leverage import Leverage
from salesdash.analysis.levers import CHAINS, CYCLE, LINES, UNITS, Lever, Standing, links, pull
from salesdash.analysis.stretches import stretches
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Period, WorkCalendar
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.warehouse.build import build
from tests.warehouse.deals import deal

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
TODAY, EDGE = date(2026, 11, 18), date(2026, 11, 17)
NOVEMBER = Period.through(date(2026, 11, 1), date(2026, 11, 30))
REST = Period.through(date(2026, 11, 18), date(2026, 11, 30))
PAST = Period.through(date(2026, 11, 5), EDGE)


def line(day: str, order: str, customer: str | None, amount: object, **more: object):
    return {"order_date": day, "document": order, "customer": customer, "amount": amount, **more}


NOW = [
    line("2026-11-05", "A1", "Ann", 90, quantity=4, list_amount=100),
    line("2026-11-09", "A2", "Ann", 45, quantity=2, list_amount=50),
    line("2026-11-17", "B1", "Bob", 45, quantity=2, list_amount=50),
]
"""2 customers x 3/2 orders x 8/3 units x 25.00 list price x (1 - 10 %) = 180."""

BEFORE = [line(f"2026-09-{n}", f"O{n}", f"C{n}", 10, quantity=1) for n in (17, 18, 21, 22, 23)]
"""Five customers within two weeks."""

ROWS = [*NOW, *BEFORE, line("2026-11-03", "A0", "Ann", 100, quantity=4, list_amount=100)]


def board(target: object, rows=ROWS, metric: str = "sales", known=SETTINGS, **more) -> Leverage:
    """The levers of a goal; `more`: its period and scope, and rows of other datasets."""
    about = {"period": more.pop("period", NOVEMBER), "scope": more.pop("scope", ())}
    house = build(rows, **more)
    goal = Goal(Terms(metric, target=Decimal(str(target)), **about), 1, 1, "Ana")
    (found,) = goals.build(house, known, [goal], TODAY)
    return leverage.build(house, known, found, TODAY)


def levers(found: Leverage) -> dict[str, Lever]:
    return {each.code: each for each in found.levers}


def test_each_lever_alone_makes_what_is_missing():
    """280 so far; 640 leaves 360, twice the 180 of the last nine days."""
    found = board(640)
    assert (found.why, found.days, found.rest, found.past) == (None, 9, REST, PAST)
    assert (found.missing, found.made, found.times) == (360, 180, 2)
    told = {each.code: (each.now, each.needed) for each in found.levers}
    assert told == {
        "customers": (2, 4),
        "orders_per_customers": (1.5, 3),
        "units_per_orders": (pytest.approx(8 / 3), pytest.approx(16 / 3)),
        "listed_per_units": (25, 50),
        "sales_per_listed": (pytest.approx(0.1), None),  # 90 % twice is more than the list price
    }


def test_what_was_reached_before_comes_first_and_what_never_was_is_said():
    found = board(640)
    customers = levers(found)["customers"]
    assert found.levers[0] is customers
    assert (customers.standing, customers.effort) == (Standing.BEFORE, 4 / 5)
    assert customers.high.value == 5
    assert customers.high.period == Period.through(date(2026, 9, 17), date(2026, 9, 29))
    assert (customers.often, customers.of) == (1, 4)  # in the others nobody bought
    assert levers(found)["units_per_orders"].standing is Standing.NEVER
    last = found.levers[-1]
    assert (last.code, last.standing, last.falls) == (
        "sales_per_listed",
        Standing.NOT_ALONE,
        True,
    )
    places = [(list(Standing).index(each.standing), each.effort) for each in found.levers]
    assert places == sorted(places)


def test_the_range_is_told_from_small_to_large():
    found = levers(board(640))
    assert found["sales_per_listed"].range == (0.0, pytest.approx(0.1))
    assert found["customers"].range == (1, 5)


def test_a_goal_that_goes_well_tells_how_far_each_lever_could_fall():
    """370 leaves 90, half of what the last nine days made."""
    found = board(370)
    assert found.times == 0.5
    assert {each.standing for each in found.levers} == {Standing.HOLDS}
    assert levers(found)["sales_per_listed"].needed == pytest.approx(0.55)  # 1 - 0.9 / 2
    assert levers(found)["customers"].needed == 1


@pytest.mark.parametrize("metric", ["sales", "orders", "units"])
def test_the_levers_multiply_to_the_metric_to_the_cent(metric):
    """A second opinion by pandas on lines with returns, several a document, some without list."""
    random, rows = Random(7), []
    for n in range(400):
        day = date.fromordinal(EDGE.toordinal() - random.randrange(60))
        pieces = random.choice([1, 2, 3, 5, -1])
        price = Decimal(random.randrange(100, 9999)) / 100
        listed = pieces * price if random.random() < 0.8 else None
        amount = (pieces * price * random.choice([1, Decimal("0.9")])).quantize(Decimal("0.01"))
        more = {"quantity": pieces, "list_amount": listed}
        rows.append(line(str(day), f"D{n // 2}", f"C{random.randrange(30)}", amount, **more))
    found = board(10**6, rows, metric)

    frame = pd.DataFrame(rows)
    frame["day"] = pd.to_datetime(frame["order_date"]).dt.date
    frame = frame[(frame["day"] >= PAST.start) & (frame["day"] <= EDGE)]
    sold, stated = frame[frame["amount"] > 0], frame[frame["list_amount"].notna()]
    part = Fraction(sum(stated["amount"])) / Fraction(sum(stated["list_amount"]))
    figures = {
        "customers": Fraction(sold["customer"].nunique()),
        "orders": Fraction(sold["document"].nunique()),
        "units": Fraction(int(frame["quantity"].sum())),
        "listed": Fraction(sum(frame["amount"])) / part,
        "sales": Fraction(sum(frame["amount"])),
    }
    chain = [part for part in CHAINS[metric] if part is not LINES]
    factors = {link.code: link.factor(figures) for link in links(chain)}
    assert prod(factors.values()) == figures[metric]
    now = {each.code: each.now for each in found.levers}
    assert now.keys() == factors.keys()
    discount = factors.pop("sales_per_listed", None)
    assert discount is None or now["sales_per_listed"] == pytest.approx(float(1 - discount))
    assert {code: now[code] for code in factors} == pytest.approx(
        {code: float(factor) for code, factor in factors.items()}
    )


def test_the_best_member_is_one_with_enough_to_tell():
    """Both make 12 orders, Bo's are larger; Cy has the largest, but one only."""
    rows = [
        line("2026-11-10", f"{who}{n}", f"K{n}", price, quantity=1, person=who)
        for who, price, count in (("Ana", 10, 12), ("Bo", 15, 12), ("Cy", 99, 1))
        for n in range(count)
    ]
    found = board(10**4, [*BEFORE, *rows])
    assert found.by == "person"
    price = levers(found)["sales_per_units"]
    assert (price.best.label, price.best.value) == ("Bo", 15)
    assert levers(found)["customers"].best is None  # who has more people has more customers
    own = board(10**4, [*BEFORE, *rows[12:]], scope=(Filter("person", ("Bo",)),))
    assert own.by is None
    assert {each.best for each in own.levers} == {None}


def test_a_chain_closes_around_what_no_column_tells():
    rows = [{"order_date": row["order_date"], "amount": row["amount"], "document": row["document"]}
            for row in ROWS]  # fmt: skip
    found = board(640, rows)
    assert {each.code: each.now for each in found.levers} == {"orders": 3, "sales_per_orders": 60}
    assert [each.code for each in found.dropped] == ["customers", "units", "listed"]
    assert found.dropped[0].reason.key == "metrics.reason.not_mapped"
    longer = board(640, [*rows, {"order_date": "2026-11-17", "amount": 60, "document": "B1"}])
    assert {each.code: each.now for each in longer.levers} == {
        "orders": 3,
        "lines_per_orders": pytest.approx(4 / 3),  # a second line stands for units
        "sales_per_lines": 60,
    }
    bare = board(640, [{"order_date": f"2026-11-{day}", "amount": 5} for day in ("05", 17)])
    assert {each.code: each.now for each in bare.levers} == {"lines": 2, "sales_per_lines": 5}
    assert len(bare.dropped) == 4
    alone = board(640, rows, "orders")
    assert (alone.why, alone.levers) == (Reason("levers.why.alone"), ())
    assert [each.code for each in alone.dropped] == ["customers"]


def test_list_prices_that_nobody_goes_below_are_no_lever():
    rows = [{**row, "list_amount": row["amount"]} for row in ROWS]
    found = board(640, rows)
    assert "sales_per_units" in levers(found)
    assert [(each.code, each.reason.key) for each in found.dropped] == [
        ("listed", "levers.why.no_discount")
    ]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"target": 280}, "levers.why.reached"),
        (
            {"target": 900, "period": Period.through(date(2026, 9, 1), date(2026, 9, 30))},
            "levers.why.over",
        ),
        ({"target": 900, "metric": "average_order_value"}, "levers.why.metric"),
        ({"target": 900, "metric": "gone"}, "levers.why.metric"),
        ({"target": 900, "metric": "won_amount"}, "goals.reason.empty"),
        ({"target": 900, "rows": []}, "goals.reason.empty"),
        ({"target": 900, "scope": (Filter("region", ("Nowhere",)),)}, "goals.reason.no_member"),
        ({"target": 900, "rows": NOW[1:]}, "levers.why.short"),  # only from the 9th on
        ({"target": 900, "rows": [*BEFORE, line("2026-11-17", "Z", "", 0)]}, "levers.why.nothing"),
        ({"target": 900, "rows": [*BEFORE, line("2026-11-17", "Z", "", -5)]}, "levers.why.nothing"),
    ],
)  # fmt: skip
def test_a_goal_without_levers_says_why(given, why):
    found = board(**given)
    assert found.why.key == why
    assert not found.levers
    for lang in ("en", "zh"):
        assert "{" not in Words(lang).tell(found.why)


def test_a_metric_that_somebody_took_out_of_the_config_leaves_the_chain():
    left = {name: each for name, each in SETTINGS.metrics.items() if name != "active_customers"}
    known = replace(SETTINGS, metrics=left, hash="without customers")
    found = board(640, known=known)
    assert found.levers[0].code in {"orders", "units_per_orders", "listed_per_units"}
    assert [(each.code, each.reason.key) for each in found.dropped] == [
        ("customers", "goals.reason.no_metric")
    ]
    few = {name: each for name, each in SETTINGS.metrics.items() if name in ("sales", "orders")}
    next_year = Period.through(date(2027, 1, 1), date(2027, 1, 31))
    gone = board(
        9, metric="units", known=replace(SETTINGS, metrics=few, hash="few"), period=next_year
    )
    assert gone.why == Reason("goals.reason.no_metric", (("name", "units"),))


def test_one_stretch_makes_no_range():
    rows = [line("2026-11-05", "A1", "Ann", 90), line("2026-11-17", "B1", "Bob", 90)]
    found = board(900, rows)
    assert {each.standing for each in found.levers} == {Standing.UNKNOWN}
    assert {each.range for each in found.levers} == {()}


def test_a_goal_to_come_is_looked_at_with_all_its_days():
    december = Period.through(date(2026, 12, 1), date(2026, 12, 31))
    found = board(640, period=december)
    assert (found.rest, found.days, found.missing) == (december, 23, 640)
    assert found.past == Period.through(date(2026, 10, 16), EDGE)  # 12 days of October, 11 since


def test_stretches_have_as_many_working_days_as_are_left():
    found = stretches(WorkCalendar(), EDGE, REST, date(2025, 1, 1))
    assert len(found) == 53
    assert found[0] == PAST
    assert {WorkCalendar().count(each) for each in found} == {9}
    assert {each.last_day.weekday() for each in found} == {1}
    weekend = Period.through(date(2026, 11, 28), date(2026, 11, 29))
    (first, *_) = stretches(WorkCalendar(), EDGE, weekend, date(2026, 11, 1))
    assert first == Period.through(date(2026, 11, 16), EDGE)
    assert stretches(WorkCalendar(), EDGE, REST, TODAY) == ()


DEALS = [
    deal("won", "2026-09-01", "2026-11-05", amount=100),  # 65 days
    deal("won", "2026-10-03", "2026-11-17", amount=300),  # 45 days
    deal("lost", "2026-10-03", "2026-11-10", amount=0),
    deal("lost", "2026-10-03", "2026-11-10", amount=0),
    *(deal("open", "2026-11-09", None, amount=50) for _ in range(8)),
]


def test_deals_have_levers_of_their_own():
    """8 new x 4/8 decided x 50 % won x 200 = 400; 1,600 is four times as much."""
    found = board(2000, (), "won_amount", deals=DEALS)
    assert (found.made, found.missing, found.times) == (400, 1600, 4)
    told = {each.code: (each.now, each.needed) for each in found.levers}
    assert told == {
        "created": (8, 32),
        "decided_per_created": (0.5, 2),
        "won_per_decided": (0.5, None),
        "amount_per_won": (200, 800),
        "cycle": (55, pytest.approx(13.75)),
    }
    assert [(each.code, each.reason.key) for each in found.dropped] == [
        ("leads", "metrics.reason.empty")
    ]
    late = levers(found)["created"].note  # 55 days a deal, 13 are left
    assert Words("en").tell(late).startswith("a deal takes 55 days, 13 days are left")


def test_leads_come_before_deals():
    leads = [{"created_date": "2026-11-06"}] * 16
    found = levers(board(2000, (), "won_deals", deals=DEALS, leads=leads))
    assert (found["leads"].now, found["created_per_leads"].now) == (16, 0.5)
    assert found["leads"].note is not None
    assert "amount_per_won" not in found


def test_a_shorter_cycle_is_the_better_one():
    past = [(NOVEMBER, Fraction(1, 60)), (REST, Fraction(1, 30))]
    found = pull(CYCLE, Fraction(1, 40), Fraction(2), past)
    assert (found.unit, found.now, found.needed) == (Unit.DAYS, 40, 20)
    assert (found.low.value, found.high.value, found.range) == (60, 30, (30, 60))
    assert (found.standing, found.effort) == (Standing.NEVER, 1.5)


def test_every_lever_of_every_chain_that_may_close_has_a_name():
    for lang in ("en", "zh"):
        for chain in CHAINS.values():
            pairs = [
                links((a, b))[1]
                for n, a in enumerate(chain)
                for b in chain[n + 1 :]
                if (a, b) != (UNITS, LINES)  # one stands for the other
            ]
            firsts = [links((part,))[0] for part in chain[:-1]]
            for link in (*pairs, *firsts, CYCLE):
                told = Words(lang).say(f"levers.name.{link.code}")
                assert "levers.name" not in told
