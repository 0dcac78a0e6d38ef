"""The copy for typed questions: rows as figures see them, one version of the data at a time."""

from contextlib import closing
from decimal import Decimal

import pytest

from salesdash.datasets import DEALS, LEADS, PEOPLE
from salesdash.engine import Engine
from salesdash.imports import commit, copies, undo
from salesdash.warehouse.copied import typed_names
from tests.imports.build import NOW, row, staged


def rows(copy, sql):
    with closing(Engine.open(copy.path)) as engine:
        return engine.rows(sql)


def shown(copy):
    return {table.name: [column.name for column in table.columns] for table in copy.tables}


@pytest.fixture
def filled(home):
    sales = [
        row("A", 5, 100, person="Ann", region="North", x_size="XL", counts=True),
        row("B", 20, 40, person="Ann", region="South", x_size="S", counts=True),
        row("C", 21, 7, person="Bob", counts=False),
    ]
    people = [
        {"person": "Ann", "team": "East", "active_from": "2025-01-01"},
        {"person": "Ann", "team": "West", "active_from": "2026-01-10"},
    ]
    commit(home, staged(home, sales, beside={PEOPLE: people}), "Ana", NOW)
    return home


def test_rows_that_count_in_the_organisation_of_their_time(filled):
    copy = filled.copies.ready()
    assert rows(copy, "select team, sum(amount) from sales group by all order by all") == [
        ("East", Decimal(100)),
        ("West", Decimal(40)),
    ]
    assert rows(copy, "select distinct working from calendar where day = '2026-01-05'") == [(True,)]


def test_columns_are_those_that_hold_anything_under_names_one_types(filled):
    found = shown(filled.copies.ready())
    assert set(found) == {"sales", "people", "calendar"}
    columns = ("order_date", "document", "amount", "region", "team", "person")
    traced = ("event", "sheet", "record", "size")
    assert found["sales"] == [*columns, *traced]


def test_examples_of_values(filled):
    (sales,) = (table for table in filled.copies.ready().tables if table.name == "sales")
    samples = {column.name: column.samples for column in sales.columns}
    assert sales.rows == 2
    assert samples["order_date"] == ("2026-01-05", "2026-01-20")
    assert samples["amount"] == ("40", "100")
    assert set(samples["region"]) == {"North", "South"}


def test_what_other_datasets_tell_is_there(home):
    leads = [{"lead": "L1", "created_date": "2026-01-02", "channel": "web"}]
    deals = [{"deal": "D1", "lead": "L1", "outcome": "won", "close_date": "2026-01-09"}]
    commit(home, staged(home, leads, dataset=LEADS, beside={DEALS: deals}), "Ana", NOW)
    asked = "select lead, outcome, strftime(won_date, '%d') from leads"
    assert rows(home.copies.ready(), asked) == [("L1", "won", "09")]


def test_one_copy_serves_a_version_and_goes_with_the_next(filled):
    first = filled.copies.ready()
    assert filled.copies.ready() is first
    undo(filled, 1, "Ana", NOW)
    second = filled.copies.ready()
    assert second.version > first.version
    assert "sales" not in second.names
    assert [file.name for file in (filled.staging / copies.FOLDER).iterdir()] == [second.path.name]


def test_a_home_without_rows_has_no_tables(home):
    assert home.copies.ready().tables == ()


def test_a_start_clears_copies_away(filled):
    path = filled.copies.ready().path
    again = type(filled)
    place = filled.path
    filled.close()
    with closing(again.open(place, now=NOW)):
        assert not path.exists()


def test_who_waits_for_a_copy_may_leave(home):
    class Left(Exception):
        pass

    def leave():
        raise Left

    with home.copies._held(None), pytest.raises(Left):
        home.copies.ready(leave)


def test_names_of_files_never_hide_ours():
    names = ["amount", "x_amount", "x_Size", "x_选择", "x_size", "x_", 'x_a"b']
    expected = ["amount", "x_amount", "Size", "选择", "x_size", "x_", 'a"b']
    assert typed_names(names) == expected
