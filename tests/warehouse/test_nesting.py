"""Which dimension lies within another: by all rows that count, and only where they tell."""

import pytest

from salesdash.errors import UsageError
from salesdash.warehouse.nesting import first_within, nesting
from tests.analysis.company import sale, warehouse

PLACES = (("Lyon", "South"), ("Nice", "South"), ("Lille", "North"), ("Reims", "North"))
ROWS = [
    sale("2026-11-05", 1, region=region, city=city, channel=channel)
    for city, region in PLACES
    for channel in ("Web", "Shop", "Web")
]


def test_each_city_lies_in_one_region_and_channels_in_none():
    house = warehouse(ROWS)
    found = nesting(house, "sales", "region", "city")
    assert (found.members, found.rows, found.strays, found.holds) == (4, 12, 0, True)
    assert nesting(house, "sales", "region", "channel").strays == 2
    assert first_within(house, "sales", "region", ("channel", "city")) == "city"
    assert first_within(house, "sales", "region", ("channel",)) is None


def test_one_member_of_four_in_two_is_enough_to_break_it():
    house = warehouse([*ROWS, sale("2026-11-05", 1, region="North", city="Lyon")])
    assert first_within(house, "sales", "region", ("city",)) is None


def test_one_of_twenty_in_two_is_a_town_of_the_same_name():
    rows = [
        sale("2026-11-05", 1, region="NS"[n % 2], city=f"C{n % 20:02}", channel="WS"[n // 20 % 2])
        for n in range(80)
    ]
    odd = sale("2026-11-05", 1, region="N", city="C01")
    house = warehouse([*rows, odd])
    assert nesting(house, "sales", "region", "city").strays == 1
    assert first_within(house, "sales", "region", ("city",)) == "city"
    twice = warehouse([*rows, odd, sale("2026-11-05", 1, region="S", city="C02")])
    assert first_within(twice, "sales", "region", ("city",)) is None


def test_rows_without_either_say_nothing():
    more = [sale("2026-11-05", 1, city="Lyon"), sale("2026-11-05", 1, region="North")]
    assert nesting(warehouse([*ROWS, *more]), "sales", "region", "city").rows == 12


def test_who_was_seen_once_lies_within_anything_and_proves_nothing():
    rows = [sale("2026-11-05", 1, region="NS"[n % 2], city=f"C{n}") for n in range(8)]
    found = nesting(warehouse(rows), "sales", "region", "city")
    assert (found.strays, found.holds) == (0, False)


def test_within_the_only_member_there_is_nothing_to_part():
    rows = [{**row, "region": "South"} for row in ROWS]
    found = nesting(warehouse(rows), "sales", "region", "city")
    assert (found.several, found.holds) == (False, False)
    assert first_within(warehouse(rows), "sales", "region", ("city", "channel")) is None


def test_a_dimension_that_is_not_there_is_named():
    with pytest.raises(UsageError):
        first_within(warehouse(ROWS), "sales", "planet", ("city",))
