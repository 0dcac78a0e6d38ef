"""The list of people, and what a hand changed in it."""

from datetime import date

import pytest

from salesdash.analysis import roster
from salesdash.analysis.roster import Entry
from salesdash.datasets import PEOPLE
from salesdash.errors import InputError
from salesdash.imports import commit, edit, undo
from tests.imports.build import NOW, opened_home, staged

LI_NORTH = Entry("Li", "North", active_to=date(2026, 3, 31), status="full time")
LI_SOUTH = Entry("Li", "South", "Ann", "Asia", "rep", date(2026, 4, 1))
WU = Entry("Wu", "East")
SHOWN = (LI_NORTH, LI_SOUTH, WU)


@pytest.fixture
def home(tmp_path):
    home = opened_home(tmp_path / "home")
    yield home
    home.close()


def test_entries_stand_by_person_and_date_as_stored(home):
    assert roster.entries(home.warehouse) == ()
    rows = [vars(entry) for entry in (WU, LI_SOUTH, LI_NORTH)]
    commit(home, staged(home, rows, dataset=PEOPLE), "Ana", NOW)
    assert roster.entries(home.warehouse) == SHOWN


def test_a_change_writes_all_entries_of_that_person_and_no_other(home):
    commit(home, staged(home, [vars(e) for e in SHOWN], dataset=PEOPLE), "Ana", NOW)
    typed = {
        1: {"team": " West  coast ", "active_to": "2026-12-31T00:00:00.000"},
        2: {"team": "East"},
    }
    found = roster.rewritten(SHOWN, typed, [])
    moved = Entry("Li", "West coast", "Ann", "Asia", "rep", date(2026, 4, 1), date(2026, 12, 31))
    assert found == (LI_NORTH, moved)  # Wu's East was East before
    edit(home, "people", [vars(entry) for entry in found], "Bo", NOW)
    assert roster.entries(home.warehouse) == (LI_NORTH, moved, WU)
    undo(home, 2, "Ana", NOW)
    assert roster.entries(home.warehouse) == SHOWN


def test_an_added_entry_joins_those_of_its_person():
    added = [
        {"person": "Wu", "team": "North", "active_from": "2026-05-01"},
        {"person": "Xu", "team": None},
        {"person": None, "team": ""},
    ]
    assert roster.rewritten(SHOWN, {}, added) == (
        WU,
        Entry("Wu", "North", active_from=date(2026, 5, 1)),
        Entry("Xu"),
    )


def test_a_cell_can_be_emptied():
    (_, south) = roster.rewritten(SHOWN, {1: {"team": None, "active_from": None}}, [])
    assert (south.team, south.active_from, south.manager) == (None, None, "Ann")


def test_nothing_typed_writes_nothing():
    assert roster.rewritten(SHOWN, {0: {"team": "North"}}, [{"person": None}]) == ()


@pytest.mark.parametrize(
    ("edited", "added", "key"),
    [
        ({0: {"person": "Lee"}}, [], "roster.renamed"),
        ({0: {"person": None}}, [], "roster.renamed"),
        ({}, [{"team": "North"}], "roster.nobody"),
        ({1: {"active_to": "2026-03-31"}}, [], "roster.days"),
    ],
)
def test_what_makes_no_entry_is_refused(edited, added, key):
    with pytest.raises(InputError) as error:
        roster.rewritten(SHOWN, edited, added)
    assert error.value.key == key
