"""Teams on a day; who moves or leaves changes nothing of what was before."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import organisation, roster
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Staff
from salesdash.charts import Words
from salesdash.errors import InputError
from salesdash.imports import commit, edit
from salesdash.selection import Organisation, Selection
from tests.imports.build import NOW, opened_home, row, staged

JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (6, 7, 8))
LI = Entry("Li", "North", "Ann", "Asia", "rep", date(2026, 1, 1))
WU = Entry("Wu", "north", "Bo")
XU = Entry("Xu", None, active_from=AUGUST)
OLD = Entry("Old", "East", active_to=date(2026, 3, 31))
ALL = (LI, WU, XU, OLD)


def spans(entries):
    return [(e.team, e.active_from, e.active_to) for e in entries]


def test_teams_of_a_day_with_their_members():
    found = organisation.on(Staff.of(ALL), JUNE, ["Li", "Wu ", "Zoe"])
    (north,) = found.teams
    assert [place.person for place in north.members] == ["Li", "Wu"]
    assert (north.name, north.managers, north.regions) == ("North", ("Ann", "Bo"), ("Asia",))
    assert [(place.person, place.left) for place in found.gone] == [("Old", date(2026, 3, 31))]
    assert [place.person for place in found.coming] == ["Xu"]
    assert found.unlisted == ("Zoe",)
    said = Words().tell(found.headline), Words().tell(found.lead)
    assert said[0] == "2 people work here on 1 Jun 2026, in 1 teams."
    assert said[1].startswith("1 name of the data has no entry yet")


def test_those_without_a_team_stand_last():
    found = organisation.on(Staff.of(ALL), AUGUST)
    assert [team.name for team in found.teams] == ["North", ""]
    assert organisation.on(Staff(), JUNE).headline.key == "people.nobody"


def test_a_move_closes_one_entry_and_opens_the_next():
    north, south = organisation.moved(ALL, "Li", " South  coast", JULY)
    assert (north, south.team) == (
        Entry("Li", "North", "Ann", "Asia", "rep", date(2026, 1, 1), date(2026, 6, 30)),
        "South coast",
    )
    assert (south.active_from, south.active_to, south.role, south.manager) == (
        JULY,
        None,
        "rep",
        "Ann",
    )
    assert organisation.moved(ALL, "Li", "South", JULY, "Cleo")[-1].manager == "Cleo"


def test_a_move_in_the_middle_of_later_ones():
    first = organisation.moved(ALL, "Li", "South", AUGUST)
    assert spans(organisation.moved(first, "Li", "West", JULY)) == [
        ("North", date(2026, 1, 1), date(2026, 6, 30)),
        ("West", JULY, date(2026, 7, 31)),
        ("South", AUGUST, None),
    ]
    assert spans(organisation.moved(first, "Li", "West", AUGUST)) == [
        ("North", date(2026, 1, 1), date(2026, 7, 31)),
        ("West", AUGUST, None),
    ]


def test_who_comes_back_or_is_new_gets_an_entry():
    assert spans(organisation.moved(ALL, "Old", "North", JULY)) == [
        ("East", None, date(2026, 3, 31)),
        ("North", JULY, None),
    ]
    assert spans(organisation.moved(ALL, "Zoe", "North", JULY)) == [("North", JULY, None)]
    assert spans(organisation.moved(ALL, "Xu", "North", JULY)) == [
        ("North", JULY, date(2026, 7, 31)),
        (None, AUGUST, None),
    ]


def test_who_leaves_keeps_what_was_before():
    twice = organisation.moved(ALL, "Li", "South", JULY)
    assert spans(organisation.left(twice, "Li", AUGUST)) == [
        ("North", date(2026, 1, 1), date(2026, 6, 30)),
        ("South", JULY, AUGUST),
    ]
    assert spans(organisation.left(twice, "Li", JUNE)) == [("North", date(2026, 1, 1), JUNE)]
    assert spans(organisation.left(ALL, "Zoe", JUNE)) == [(None, None, JUNE)]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda: organisation.moved(ALL, " ", "North", JULY), "roster.nobody"),
        (lambda: organisation.moved(ALL, "Li", " ", JULY), "roster.no_team"),
        (lambda: organisation.moved(ALL, "Li", "North", JULY), "roster.there"),
        (lambda: organisation.left(ALL, "Old", JULY), "roster.not_here"),
        (lambda: organisation.left(ALL, "Xu", JULY), "roster.not_here"),
        (lambda: organisation.listed(ALL, ["Li", ""], "North"), "roster.nobody"),
    ],
)
def test_what_can_not_be_is_said(change, key):
    with pytest.raises(InputError) as error:
        change()
    assert error.value.key == key


def test_names_come_onto_the_list_once():
    assert organisation.listed(ALL, ["Zoe", "Li"], "") == (Entry("Zoe"),)


def test_the_list_of_a_day_is_written_with_what_it_hides():
    twice = organisation.moved(ALL, "Li", "South", JULY)
    shown = organisation.shown(twice, JUNE)
    hidden = [entry for entry in twice if entry not in shown]
    found = roster.rewritten(shown, {0: {"team": "East"}}, [], hidden)
    assert sorted(spans(found), key=str) == [
        ("East", date(2026, 1, 1), date(2026, 6, 30)),
        ("South", JULY, None),
    ]


def test_figures_by_team_at_the_time_and_of_today(tmp_path):
    """Li sold 1 in January and 4 in February, moved to South on 1 February, left on the 20th."""
    home = opened_home(tmp_path / "home")

    def by_team(which):
        selection = Selection(None, organisation=which)
        table = home.warehouse.rows_behind("sales", selection, 10)
        found: dict[object, Decimal] = {}
        for team, amount in zip(
            table["team"].to_pylist(), table["amount"].to_pylist(), strict=True
        ):
            found[team] = found.get(team, Decimal(0)) + amount
        return found

    rows = [
        row("A", 1, 1, person="Li"),
        {**row("B", 1, 4, person="Li"), "order_date": "2026-02-03"},
    ]
    commit(home, staged(home, rows), "Ana", NOW)
    edit(home, "people", [vars(Entry("Li", "North"))], "Ana", NOW)
    assert by_team(Organisation.THEN) == by_team(Organisation.TODAY) == {"North": 5}
    for change in (
        lambda known: organisation.moved(known, "Li", "South", date(2026, 2, 1)),
        lambda known: organisation.left(known, "Li", date(2026, 2, 20)),
    ):
        entries = change(roster.entries(home.warehouse))
        edit(home, "people", [vars(entry) for entry in entries], "Ana", NOW)
        assert by_team(Organisation.THEN) == {"North": 1, "South": 4}
    assert by_team(Organisation.TODAY) == {"South": 5}
    home.close()
