"""Drilling down: what a member is opened by, and levels that sum to the one above, to the cent."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from salesdash.analysis import comparison, hierarchy
from salesdash.analysis.asking import Question
from salesdash.analysis.breakdown import Listing, Order
from salesdash.errors import UsageError
from salesdash.periods import Grain
from tests.analysis.company import TODAY, sale, selection, settings, warehouse
from tests.examples import tries

PLACES = {"Lyon": "South", "Nice": "South", "Lille": "North", "Reims": "North", "Brest": "West"}
PEOPLE = {"South": "Ana", "North": "Bo", "West": "Bo"}


def rows(cities=tuple(PLACES)):
    return [
        sale("2026-11-05", n, city=city, region=PLACES[city], person=f"{PEOPLE[PLACES[city]]} {n}",
             customer=f"{city} {n}", customer_name=f"Shop {city} {n}", channel="WS"[k % 2])
        for city in cities
        for k, n in enumerate((1, 1, 1, 2, 2, 2))
    ]  # fmt: skip


def question(chosen=None, found=None) -> Question:
    return Question(warehouse(found or rows()), settings(), chosen or selection(), TODAY)


def test_a_region_opens_by_its_cities_though_people_are_fewer():
    """Ana 1, Ana 2, Bo 1, Bo 2: four people, but Bo sells in two regions; cities are five."""
    assert hierarchy.below(question(), "sales", "region") == "city"
    assert hierarchy.below(question(), "sales", "city") == "customer"
    assert hierarchy.below(question(), "sales", "customer") is None


def test_what_is_narrowed_to_one_member_is_nothing_to_open_by():
    chosen = selection().where("city", "Lyon")
    assert hierarchy.below(question(chosen), "sales", "region") == "customer"


def test_channels_are_sold_through_everywhere():
    assert hierarchy.below(question(), "sales", "channel") is None


def test_a_level_is_the_part_of_the_level_above():
    """North 100 then, 60 now: −40, of it Lille −50, Reims +10."""
    found = [
        sale("2025-01-01", 1, region="South", city="Nice"),
        sale("2025-11-05", 70, region="North", city="Lille"),
        sale("2025-11-05", 30, region="North", city="Reims"),
        sale("2026-11-05", 20, region="North", city="Lille"),
        sale("2026-11-05", 40, region="North", city="Reims"),
    ]
    house = warehouse(found)
    chosen = selection().where("region", "North")
    top = comparison.build(house, settings(), selection(), TODAY, Listing("sales", "region"))
    level = comparison.level(house, settings(), chosen, TODAY, "sales")
    under = comparison.build(house, settings(), chosen, TODAY, Listing("sales", "city"))
    assert top.lines[0].part == level.part == under.total.part == -40
    assert [(line.member, line.part) for line in under.lines] == [("Lille", -50), ("Reims", 10)]


LINES = st.lists(
    st.tuples(
        st.sampled_from(["2025-10-05", "2025-11-10", "2026-10-07", "2026-11-16"]),
        st.sampled_from([None, "A", "B", "C"]),
        st.sampled_from([None, "x", "y", "z"]),
        st.sampled_from([None, "1", "2"]),
        st.decimals(-999, 9999, places=2),
    ),
    min_size=1,
    max_size=30,
)


@examples(max_examples=tries(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.permutations(["region", "city", "channel"]), st.sampled_from([1, 2, 10]))
def test_every_level_sums_to_its_total_and_each_part_to_the_level_below(lines, order, limit):
    """Whatever the order of dimensions, however many members have a line of their own."""
    found = [
        sale(day, amount, region=region, city=city, channel=channel)
        for day, region, city, channel, amount in lines
    ]
    house = warehouse([sale("2025-01-01", 1), *found, sale("2026-11-17", "0.01", region="A")])
    chosen, above = selection(Grain.QUARTER), None
    for by in order:
        answer = comparison.build(
            house, settings(), chosen, TODAY, Listing("sales", by, Order.CHANGE, limit)
        )
        total = answer.total
        assert answer.apart is None
        assert sum(Decimal(line.part) for line in answer.lines) == total.part
        now = sum(Decimal(line.change.now.value) for line in answer.lines)
        assert now == (total.change.now.value or 0)
        if answer.movers is not None:
            assert sum(part.change for part in answer.movers.parts) == total.part
        if above is not None:
            assert total.part == above.part
            assert (total.change.now.value or 0) == above.change.now.value
        above = answer.lines[0]
        if above.member is None:
            return
        chosen = chosen.where(by, above.member or None)
    assert above is not None
    assert comparison.level(house, settings(), chosen, TODAY, "sales").part == above.part


def test_a_level_without_a_comparison_has_no_change():
    alone = replace(selection(), window=None)
    found = comparison.level(warehouse(rows()), settings(), alone, TODAY, "sales")
    assert (found.change.now.value, found.part) == (45, None)


def test_an_unknown_metric_is_refused():
    with pytest.raises(UsageError):
        hierarchy.below(question(), "planets", "region")
