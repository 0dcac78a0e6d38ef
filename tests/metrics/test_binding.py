"""A metric that cannot work is marked with its reason and line; the rest works."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from salesdash.errors import UsageError
from salesdash.metrics import Bound, Kind, Metric, Unit, Words, bind
from salesdash.metrics.segments import Span
from salesdash.periods import FiscalCalendar

NAME = Words("a", "b")


@dataclass(frozen=True)
class Rules:
    metrics: Mapping[str, Metric]
    fiscal: FiscalCalendar = field(default_factory=FiscalCalendar)
    window_months: int = 12


def metric(name: str, kind: Kind = Kind.SIMPLE, **more) -> Metric:
    return Metric(name, kind, NAME, NAME, NAME, Unit.MONEY, **more)


def bound(*metrics: Metric, columns=None) -> Bound:
    return bind(Rules({each.id: each for each in metrics}), columns)


SALES = metric("sales", sql="sum(amount)")
COST = metric("cost", sql="sum(cost)")
PROFIT = metric("profit", Kind.DERIVED, expression="sales - cost")
MARGIN = metric("margin", Kind.RATIO, numerator="profit", denominator="sales")


def reasons(found: Bound) -> dict[str, str]:
    return {name: problem.key.rsplit(".", 1)[-1] for name, problem in found.broken.items()}


def test_good_metrics_are_bound():
    found = bound(SALES, COST, PROFIT, MARGIN)
    assert not found.problems
    assert found.order(["margin"])[-2:] == ("profit", "margin")
    assert set(found.order(["margin"])) == {"sales", "cost", "profit", "margin"}


def test_additive_are_sums_and_their_differences():
    found = bound(
        SALES, COST, PROFIT, MARGIN, metric("orders", sql="count(distinct document)"),
        metric("dearest", sql="max(price)"), metric("double", Kind.DERIVED, expression="2 * sales"),
        metric("known", Kind.STOCK, sql="sum(amount)"),
    )  # fmt: skip
    assert {name for name in found.metrics if found.is_additive(name)} == {
        "sales",
        "cost",
        "profit",
    }


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (metric("x", sql="sum(amont)"), "unknown_column"),
        (metric("x", sql="sum(customer)"), "refused"),
        (metric("x", sql="sum(no_such_function(amount))"), "refused"),
        (metric("x", sql="max(customer)"), "not_a_number"),
        (metric("x", sql="sum(amount)", needs=("amunt",)), "unknown_column"),
        (metric("x", sql="sum(event)"), "unknown_column"),  # bookkeeping is not for metrics
        (metric("x", Kind.RATIO, numerator="sales", denominator="oders"), "unknown_part"),
        (metric("x", Kind.DERIVED, expression="sales - sale"), "unknown_part"),
        (metric("x", Kind.DERIVED, expression="sales ** 2"), "arithmetic"),
        (metric("x", sql="sum((select 1))"), "subquery"),
    ],
)
def test_a_broken_one_is_marked_and_the_rest_works(broken, reason):
    found = bound(SALES, broken)
    assert reasons(found) == {"x": reason}
    assert found.order(["sales"]) == ("sales",)
    with pytest.raises(UsageError, match=r"metric\.broken"):
        found.get("x")


def test_the_nearest_column_is_suggested_with_place():
    problem = bound(metric("x", sql="sum(amont)", line=7)).problems[0]
    assert problem.suggestion == "amount"
    assert (problem.place.line, problem.place.column) == (7, "metrics.x")


def test_a_cycle_is_named_and_what_hangs_on_it_is_broken():
    found = bound(
        SALES,
        metric("a", Kind.DERIVED, expression="b + 1"),
        metric("b", Kind.RATIO, numerator="c", denominator="sales"),
        metric("c", Kind.DERIVED, expression="a - 1"),
        metric("d", Kind.DERIVED, expression="a + sales"),
        metric("self", Kind.DERIVED, expression="self + 1"),
    )
    assert reasons(found) == {
        "a": "cycle", "b": "cycle", "c": "cycle", "d": "broken_part", "self": "cycle",
    }  # fmt: skip
    assert found.broken["a"].values["path"] in ("a → b → c → a", "b → c → a → b", "c → a → b → c")
    assert found.broken["self"].values["path"] == "self → self"


def test_a_chain_of_200_is_no_cycle():
    chain = [metric(f"m{n}", Kind.DERIVED, expression=f"m{n - 1} + sales") for n in range(1, 200)]
    found = bound(SALES, metric("m0", Kind.DERIVED, expression="sales + sales"), *chain)
    assert not found.broken
    assert found.order(["m199"])[-1] == "m199"


def test_extra_columns_are_taken_for_granted_until_columns_are_known():
    extra = metric("x", sql="count(distinct x_shop)")
    assert not bound(extra).broken
    columns = {"sales": (("order_date", "DATE"), ("amount", "DECIMAL(18,4)"))}
    assert reasons(bound(extra, columns=columns)) == {"x": "unknown_column"}
    columns = {"sales": (*columns["sales"], ("x_shop", "VARCHAR"))}
    assert not bound(extra, columns=columns).broken


def test_a_single_column_is_needed_by_itself():
    found = bound(SALES, metric("net", sql="sum(amount - tax)"))
    assert found.aggregates["sales"].needs == ("amount",)
    assert found.aggregates["net"].needs == ()


def test_hidden_metrics_are_not_offered_nor_suggested():
    found = bound(SALES, metric("list_sales", sql="sum(list_amount)", hidden=True))
    assert [m.id for m in found.offered] == ["sales"]
    with pytest.raises(UsageError) as caught:
        found.get("list_sale")
    assert caught.value.values["nearest"] != "list_sales"


def test_words_in_both_languages():
    assert dict(NAME) == {"en": "a", "zh": "b"}
    assert len(NAME) == 2
    with pytest.raises(KeyError):
        NAME["fr"]
    assert Span() == Span(None, None)
