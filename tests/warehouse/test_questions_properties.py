"""Properties of figures on random rows, each against an independent calculation in plain Python."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesdash.engine import Engine
from salesdash.metrics.customers import months_before
from salesdash.periods import Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.questions import measure
from tests.examples import tries
from tests.warehouse.build import rebuilt
from tests.warehouse.test_questions import bound

FIRST = date(2023, 1, 1)
DAYS = st.integers(0, 1200).map(lambda n: FIRST + timedelta(days=n))
AMOUNTS = st.integers(-300, 900).map(lambda n: Decimal(n) / 100)
ROW = st.fixed_dictionaries(
    {
        "order_date": DAYS,
        "amount": AMOUNTS,
        "customer": st.sampled_from([None, "A", "B", "C"]),
        "document": st.sampled_from([None, *"123456"]),
        "region": st.sampled_from([None, "N", "S"]),
        "channel": st.sampled_from(["web", "shop"]),
    }
)
ROWS = st.lists(ROW, min_size=1, max_size=25)
PERIOD = st.tuples(DAYS, st.integers(1, 400)).map(
    lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))
)
ALL = Selection(None)
IDS = (
    "sales",
    "orders",
    "active_customers",
    "new_customers",
    "reactivated_customers",
    "lost_customers",
    "customer_retention",
    "repeat_purchase_rate",
    "customer_base",
)
quickly = settings(
    max_examples=tries(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

_engine = Engine.open(None, memory="1GB", threads=1)


def warehouse(rows) -> Warehouse:
    """One engine for all examples."""
    return rebuilt(_engine, rows)


def expected(rows, period: Period) -> dict[str, object]:
    """All metrics of DESIGN section 4 in sets and loops, nothing shared with the SQL."""
    first, last = (pick(row["order_date"] for row in rows) for pick in (min, max))
    start, end = period.start, period.end
    inside = [r for r in rows if start <= r["order_date"] < end]
    bought = defaultdict(set)
    orders: dict[tuple[str, str], date] = {}
    for row in rows:
        if row["amount"] > 0 and row["customer"]:
            bought[row["customer"]].add(row["order_date"])
            if row["document"]:
                key = (row["customer"], row["document"])
                orders[key] = min(orders.get(key, date.max), row["order_date"])

    def who(low: date, high: date) -> set[str]:
        return {c for c, days in bought.items() if any(low <= day < high for day in days)}

    back, back2, before = months_before(end, 12), months_before(end, 24), months_before(start, 12)
    window, earlier = who(back, end), who(back2, back)
    counts: defaultdict[str, int] = defaultdict(int)
    for (customer, _), day in orders.items():
        counts[customer] += back <= day < end
    future, long_enough = start > last, first <= before
    some = any(row["customer"] for row in inside)
    return {
        "sales": sum(r["amount"] for r in inside) if inside else None,
        "orders": len({r["document"] for r in inside if r["amount"] > 0 and r["document"]})
        if any(r["document"] for r in inside)
        else None,
        "active_customers": len(who(start, end)) if some else None,
        "new_customers": len({c for c in bought if start <= min(bought[c]) < end})
        if some and long_enough
        else None,
        "reactivated_customers": len((who(start, end) & who(date.min, before)) - who(before, start))
        if some and long_enough
        else None,
        "lost_customers": len(who(before, start) - window)
        if any(r["customer"] for r in rows) and not future and first <= before
        else None,
        "customer_retention": len(earlier & window) / len(earlier)
        if earlier and not future and first <= back2
        else None,
        "repeat_purchase_rate": sum(n > 1 for n in counts.values()) / len(window)
        if window and not future and any(r["document"] for r in rows)
        else None,
        "customer_base": len(who(date.min, end))
        if not future and any(r["customer"] for r in rows if r["order_date"] < end)
        else None,
    }


@quickly
@given(ROWS, st.lists(PERIOD, min_size=1, max_size=4))
def test_figures_equal_an_independent_calculation(rows, periods):
    store = warehouse(rows)
    found = measure(store, bound(store), IDS, ALL, windows=tuple(periods))
    for number, period in enumerate(periods):
        got = {name: found.figure(name, number).value for name in IDS}
        assert got == expected(rows, period), period


@quickly
@given(ROWS, PERIOD)
def test_a_filter_and_a_breakdown_agree_for_every_metric(rows, period):
    store = warehouse(rows)
    split = measure(store, bound(store), IDS, ALL, windows=(period,), by=("region",))
    for (region,) in split.members():
        narrowed = ALL.where("region", region)
        alone = measure(store, bound(store), IDS, narrowed, windows=(period,))
        for name in IDS:
            whole, part = alone.figure(name).value, split.figure(name, members=(region,)).value
            assert whole == part, (name, region)


@quickly
@given(ROWS, PERIOD, st.sampled_from(["region", "channel", "customer"]))
def test_slices_of_an_additive_metric_sum_to_the_whole(rows, period, dimension):
    store = warehouse(rows)
    whole = measure(store, bound(store), ("sales",), ALL, windows=(period,)).figure("sales").value
    split = measure(store, bound(store), ("sales",), ALL, windows=(period,), by=(dimension,))
    parts = [split.figure("sales", members=m).value for m in split.members()]
    assert sum(part for part in parts if part is not None) == (whole or 0)


@quickly
@given(ROWS, PERIOD)
def test_filters_commute(rows, period):
    store = warehouse(rows)
    one, other = Filter("region", ("N", None)), Filter("channel", ("web",), exclude=True)
    answers = [
        measure(store, bound(store), IDS, Selection(None, filters=pair), windows=(period,)).rows
        for pair in ((one, other), (other, one))
    ]
    assert answers[0] == answers[1]


@quickly
@given(ROWS, PERIOD, st.sampled_from(list(Grain)))
def test_a_bucket_is_the_same_window_asked_alone(rows, period, grain):
    store = warehouse(rows)
    cut = measure(store, bound(store), IDS, ALL, windows=(period,), grain=grain)
    units = [unit for unit, _ in cut.series("sales")]
    unit = units[len(units) // 2]
    alone = measure(store, bound(store), IDS, ALL, windows=(unit.clip(period),))
    for name in IDS:
        assert cut.figure(name, 0, unit.start) == alone.figure(name), name
