"""Saved queries with two editors, and what each person asked last, on both databases."""

from datetime import datetime, timedelta

import pytest

from salesdash.errors import Conflict, UsageError
from salesdash.workspace import Entry, Query, Stamp, Workspace
from salesdash.workspace.asked import MOST
from salesdash.workspace.redaction import Rule, redact

NOW = datetime(2026, 11, 23, 9, 0)
ANA, BO = Stamp("Ana", NOW), Stamp("Bo", NOW + timedelta(minutes=1))


@pytest.fixture
def workspace(place):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


def test_a_query_is_saved_found_by_name_and_said_differently(workspace):
    second = workspace.queries.make(Query("units", "select sum(quantity) from sales"), ANA)
    first = workspace.queries.make(Query(" Lines ", " from sales ", chart={"kind": "bar"}), ANA)
    assert [each.name for each in workspace.queries.all()] == ["Lines", "units"]
    found = workspace.queries.get(first)
    assert (found.sql, found.owner, found.version) == ("from sales", "Ana", 1)
    assert found.chart == {"kind": "bar"}
    workspace.queries.edit(second, Query("Units", "from sales", "of all days"), BO, 1)
    changed = workspace.queries.get(second)
    assert (changed.description, changed.owner, changed.who, changed.version) == (
        "of all days",
        "Ana",
        "Bo",
        2,
    )


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(workspace):
    number = workspace.queries.make(Query("Lines", "from sales"), ANA)
    workspace.queries.edit(number, Query("Lines", "from sales limit 1"), BO, 1)
    with pytest.raises(Conflict) as error:
        workspace.queries.edit(number, Query("Lines", "from sales limit 2"), ANA, 1)
    assert error.value.values["theirs"]["sql"] == "from sales limit 1"
    kept = [(r.content["sql"], r.kept) for r in workspace.history.of("saved_queries", number)]
    assert kept[1:] == [("from sales limit 1", True), ("from sales limit 2", False)]


def test_a_withdrawn_query_is_not_listed_but_its_address_works(workspace):
    number = workspace.queries.make(Query("Lines", "from sales"), ANA)
    workspace.queries.withdraw(number, BO)
    assert workspace.queries.all() == ()
    assert workspace.queries.get(number).sql == "from sales"
    workspace.queries.withdraw(number, BO, withdrawn=False)
    assert len(workspace.queries.all()) == 1


@pytest.mark.parametrize(
    ("query", "key"),
    [
        (Query(" ", "from sales"), "saved_query.no_name"),
        (Query("Lines", " "), "saved_query.no_question"),
    ],
)
def test_a_query_has_a_name_and_a_question(workspace, query, key):
    with pytest.raises(UsageError) as error:
        workspace.queries.make(query, ANA)
    assert error.value.key == key


def test_an_unknown_number_is_told(workspace):
    for ask in (
        lambda: workspace.queries.get(7),
        lambda: workspace.queries.edit(7, Query("a", "b"), ANA, 1),
    ):
        with pytest.raises(UsageError) as error:
            ask()
        assert (error.value.key, error.value.values) == ("saved_query.unknown", {"number": 7})


def test_each_person_has_an_own_history_without_repeats_and_with_an_end(workspace):
    for number in range(MOST + 2):
        workspace.asked.note(Entry(f"select {number}", NOW, 1, 0.25), ANA)
    workspace.asked.note(Entry("select 5", BO.at, error="sql.too_slow"), ANA)
    workspace.asked.note(Entry("select 1", NOW, 1, 0.25), BO)
    mine = workspace.asked.of("Ana")
    assert len(mine) == MOST
    assert mine[0] == Entry("select 5", BO.at, None, None, "sql.too_slow")
    assert [each.sql for each in mine[1:3]] == [f"select {MOST + 1}", f"select {MOST}"]
    assert [each.sql for each in mine].count("select 5") == 1
    assert [each.sql for each in workspace.asked.of("Bo")] == ["select 1"]
    assert workspace.asked.of("Cleo") == ()


def test_who_is_forgotten_is_replaced_in_every_question(workspace):
    asked = "select * from sales where customer = 'C-1' or customer_name in ('O''Hara', 'Hara')"
    told = asked.replace("'C-1'", "'gone'").replace("'O''Hara'", "'gone'")
    number = workspace.queries.make(Query("Sales of O'Hara", asked), ANA)
    workspace.asked.note(Entry(asked, NOW), ANA)
    writings = {"C-1": "gone", "O'Hara": "gone"}
    rule = Rule(
        lambda cell: writings.get(cell, cell), lambda value: value, lambda text: "O'Hara" in text
    )
    found = redact(workspace, rule)
    assert workspace.queries.get(number).sql == told
    assert workspace.asked.of("Ana")[0].sql == told
    assert ("saved_queries.name", number, "Sales of O'Hara") in found.texts
    (first,) = workspace.history.of("saved_queries", number)
    assert first.content["sql"] == told
