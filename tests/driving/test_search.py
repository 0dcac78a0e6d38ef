from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.drivers import VISIBLE, outcome, precision, recall, silent
from bench.planted import Plan
from salesdash.driving import Found, coded, leaves, search, steady, sums

Row = tuple[tuple[str | None, ...], float | Decimal, float | Decimal]


def found(names: Sequence[str], rows: Sequence[Row]) -> Found:
    columns = [coded(name, [row[0][n] for row in rows]) for n, name in enumerate(names)]
    return search(leaves(columns, sums([row[1] for row in rows], [row[2] for row in rows])))


def table(
    regions: Sequence[str | None],
    products: Sequence[str | None],
    noise: float = 0.0,
    general: float = 1.0,
) -> list[Row]:
    """100 before of each combination; after it, what all did, blurred."""
    draw = np.random.default_rng(7)
    return [
        ((region, product), 100.0, round(100 * general * float(np.exp(draw.normal(0, noise))), 2))
        for region in regions
        for product in products
    ]


def changed(rows: list[Row], factor: float, **where: str | None) -> list[Row]:
    places = {"region": 0, "product": 1}
    return [
        (members, before, round(float(after) * factor, 2))
        if all(members[places[name]] == member for name, member in where.items())
        else (members, before, after)
        for members, before, after in rows
    ]


NAMES = ("region", "product")
REGIONS = ("North", "South", "East", "West")
PRODUCTS = ("A", "B", "C", "D", "E")


def conditions(answer: Found) -> list[tuple[tuple[str, str | None], ...]]:
    return [each.conditions for each in answer.slices]


def test_one_member_that_fell_is_named_with_its_part_and_what_remains():
    rows = changed(table(REGIONS, PRODUCTS), 0.5, region="North")
    answer = found(NAMES, rows)
    (north,) = answer.slices  # 5 cells of 100 fell to 50 each; nothing else moved
    assert north.conditions == (("region", "North"),)
    assert (north.part.before, north.part.after, north.part.change) == (500, 250, -250)
    assert (north.expected, north.excess, north.remains) == (500, -250, 0)
    assert (answer.rest.before, answer.rest.after, answer.usual) == (1500, 1500, 1.0)
    assert answer.total.change == -250


def test_a_combination_is_named_where_neither_member_alone_moved():
    rows = changed(table(REGIONS, PRODUCTS, 0.01), 0.4, region="East", product="C")
    assert conditions(found(NAMES, rows)) == [(("region", "East"), ("product", "C"))]


def test_what_all_did_is_no_cause_and_a_member_is_held_against_it():
    even = table(REGIONS, PRODUCTS, 0.02, general=1.1)
    assert (found(NAMES, even).why, found(NAMES, even).slices) == ("even", ())
    rows = changed(even, 0.7, product="B")
    answer = found(NAMES, rows)
    assert conditions(answer) == [(("product", "B"),)]
    assert answer.usual == pytest.approx(1.1, abs=0.01)


def test_causes_that_cancel_are_both_named_although_nothing_changed_in_total():
    rows = changed(table(REGIONS, PRODUCTS, 0.01), 0.5, region="North")
    answer = found(NAMES, changed(rows, 1.5, region="West"))
    assert sorted(conditions(answer)) == [(("region", "North"),), (("region", "West"),)]
    assert abs(answer.total.change) < 10
    assert sum(each.part.change for each in answer.slices) + answer.rest.change == (
        answer.total.change
    )


def test_slices_overlap_in_no_row():
    rows = changed(table(REGIONS, PRODUCTS, 0.01), 0.4, region="North")
    answer = found(NAMES, changed(rows, 0.4, product="B"))
    assert {each.conditions for each in answer.slices} == {
        (("region", "North"),),
        (("product", "B"),),
    }
    # North has 5 cells, B 4; the one of both counts once
    assert sum(each.part.before for each in answer.slices) == 800


def test_of_two_members_the_one_that_left_the_usual_way_is_named():
    rows = table(("Shop", "Web"), PRODUCTS, 0.01)
    assert conditions(found(NAMES, changed(rows, 0.6, region="Web"))) == [(("region", "Web"),)]
    assert conditions(found(NAMES, changed(rows, 1.6, region="Web"))) == [(("region", "Web"),)]


def test_a_region_is_named_rather_than_its_cities_and_a_copy_of_a_column_once():
    cities = {"Bern": "CH", "Basel": "CH", "Lyon": "FR", "Paris": "FR", "Rome": "IT", "Pisa": "IT"}
    draw = np.random.default_rng(3)
    rows: list[Row] = []
    for city, country in cities.items():
        for product in PRODUCTS:
            after = 100 * float(np.exp(draw.normal(0, 0.02))) * (0.5 if country == "CH" else 1)
            rows.append(((city, country, country.lower(), product), 100.0, round(after, 2)))
    answer = found(("city", "country", "code", "product"), rows)
    assert conditions(answer) == [(("country", "CH"),)]
    assert [(left.name, left.why, left.of) for left in answer.left] == [("code", "copy", "country")]


def test_new_vanished_and_unnamed_members_are_members():
    rows = table(("North", "South", "East", None), PRODUCTS, 0.02)
    assert conditions(found(NAMES, changed(rows, 0.0, region="South"))) == [(("region", "South"),)]
    assert conditions(found(NAMES, changed(rows, 0.5, region=None))) == [(("region", None),)]
    new = [(("New", product), 0.0, 90.0) for product in PRODUCTS]
    answer = found(NAMES, [*rows, *new])
    assert conditions(answer) == [(("region", "New"),)]
    assert (answer.slices[0].part.before, answer.slices[0].part.change) == (0, 450)


def test_refunds_may_be_more_than_sales():
    rows = [
        ((region, product), -100.0 if region == "North" else 100.0, after)
        for (region, product), _, after in changed(
            table(REGIONS, PRODUCTS, 0.02), -3.0, region="North"
        )
    ]
    answer = found(NAMES, rows)
    assert conditions(answer) == [(("region", "North"),)]


def test_an_order_number_is_no_dimension_and_a_table_may_have_one_row_an_order():
    draw = np.random.default_rng(11)
    rows: list[Row] = []
    for number in range(3000):
        region, product = draw.choice(REGIONS), draw.choice(PRODUCTS)
        amount = round(float(draw.lognormal(4, 0.5)), 2)
        later = number % 2 == 1
        if later and region == "West":
            amount = round(amount * 0.4, 2)
        rows.append(
            ((region, product, f"O{number}"), 0.0 if later else amount, amount if later else 0.0)
        )
    answer = found((*NAMES, "order"), rows)
    assert conditions(answer) == [(("region", "West"),)]
    assert [(left.name, left.why) for left in answer.left] == [("order", "small")]


def test_too_little_to_search_is_said():
    assert found(("region",), [(("North",), 10.0, 20.0)]).why == "few"
    assert found(("region",), []).why == "few"
    assert found(NAMES, table(("North",), ("A",))).why == "few"


def test_decimals_stay_exact_and_many_members_stand_together():
    rows: list[Row] = [((f"c{n:04}",), Decimal("0.10"), Decimal("0.30")) for n in range(1500)]
    rows += [((name,), Decimal("1000.05"), Decimal("1000.15")) for name in "abcdef"]
    answer = found(("customer",), rows)
    assert answer.capped == (("customer", 1500),)
    assert answer.total.change == Decimal("300.60")
    assert answer.rest.change + sum(s.part.change for s in answer.slices) == Decimal("300.60")


def test_a_new_team_is_left_out_for_it_took_from_the_others():
    rows = table(REGIONS, PRODUCTS, 0.01)
    later = {"A": "New", "B": "Old", "C": "Old", "D": "Old", "E": "Old"}
    moved: list[Row] = [((*m, "Old"), before, 0.0) for m, before, _ in rows]
    moved += [((*m, later[str(m[1])]), 0.0, after) for m, _, after in rows]
    given = sums([row[1] for row in moved], [row[2] for row in moved])
    names = (*NAMES, "team")
    made = leaves([coded(n, [row[0][k] for row in moved]) for k, n in enumerate(names)], given)
    kept = steady(made, {"team"})
    assert [each.name for each in kept.columns] == ["region", "product"]
    assert [(each.name, each.why) for each in kept.left] == [("team", "regrouped")]
    assert kept.money(kept.after) == made.money(made.after)
    assert search(kept).why == "even"
    assert steady(made, {"nothing"}) is made


CELL = st.tuples(
    st.sampled_from(REGIONS),
    st.sampled_from(["A", "B", None]),
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
)


@given(st.lists(CELL, max_size=40))
def test_parts_and_rest_sum_to_the_total_to_the_cent(cells):
    rows = [((region, product), before, after) for region, product, before, after in cells]
    answer = found(NAMES, rows)
    parts = [each.part for each in answer.slices] + [answer.rest]
    assert sum(part.before for part in parts) == sum(row[1] for row in rows)
    assert sum(part.after for part in parts) == sum(row[2] for row in rows)
    assert answer.slices or answer.why in {"few", "even", "small"}


def test_planted_causes_are_found_and_noise_is_left_alone():
    """A small run of `python -m bench.drivers`, with its aims."""
    seeds = range(18)
    assert silent(outcome(seed, Plan(0, 1)) for seed in seeds) >= 0.95
    for conditions_, least in ((1, 0.9), (2, 0.7)):
        outcomes = [outcome(seed, Plan(1, conditions_)) for seed in seeds]
        visible = [each for each in outcomes if each.signal >= VISIBLE]
        assert precision(visible) >= least
        assert recall(visible) >= least
