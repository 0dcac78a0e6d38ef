from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.datasets import PEOPLE
from salesdash.errors import UsageError
from salesdash.imports import backup, commit, edit, rebuild, restore, undo
from salesdash.workspace import EventKind
from tests.imports.build import NOW, opened_home, staged


def people(home, cut=None):
    relation = home.warehouse.relation("people", cut)
    sql = f"select person, team, active_from, event from {relation} as r order by all"
    return home.engine.rows(sql)


@pytest.fixture
def staffed(home):
    rows = [{"person": "Li", "team": "North"}, {"person": "Wu", "team": "East"}]
    commit(home, staged(home, rows, dataset=PEOPLE), "Ana", NOW)
    return home


def move(home):
    """Li goes South in April."""
    entries = [
        {"person": " Li ", "team": "North", "active_to": date(2026, 3, 31)},
        {"person": "Li", "team": "South", "active_from": date(2026, 4, 1), "region": ""},
    ]
    return edit(home, "people", entries, "Bo", NOW)


def test_an_edit_is_an_event_with_who_and_when_and_replaces_all_entries_of_a_key(staffed):
    event = move(staffed)
    assert (event.id, event.kind, event.dataset) == (2, EventKind.EDIT, "people")
    assert (event.who, event.at, event.as_of) == ("Bo", NOW, NOW)
    assert event.counts == {
        "loaded": 2,
        "new": 0,
        "changed": 2,
        "unchanged": 0,
        "older": 0,
        "vanished": 0,
    }
    after = [
        ("Li", "North", None, 2),
        ("Li", "South", date(2026, 4, 1), 2),
        ("Wu", "East", None, 1),
    ]
    assert people(staffed) == after
    assert people(staffed, cut=1) == [("Li", "North", None, 1), ("Wu", "East", None, 1)]
    assert staffed.engine.rows("select distinct region from people") == [(None,)]
    assert not list(staffed.staging.iterdir())


def test_an_edit_is_undone_replayed_and_kept_in_backups(staffed, tmp_path):
    move(staffed)
    undo(staffed, 2, "Ana", NOW)
    assert people(staffed) == people(staffed, cut=1)
    undo(staffed, 3, "Ana", NOW)
    cuts = [people(staffed, cut) for cut in range(5)]
    rebuild(staffed)
    assert [people(staffed, cut) for cut in range(5)] == cuts
    other = opened_home(restore(backup(staffed, tmp_path / "kept.zip"), tmp_path / "other"))
    assert [people(other, cut) for cut in range(5)] == cuts
    other.close()


def test_an_older_list_does_not_win_over_an_edit(staffed):
    move(staffed)
    late = commit(
        staffed, staged(staffed, [{"person": "Li", "team": "West"}], dataset=PEOPLE), "Ana", NOW
    )
    assert late.counts["older"] == 1
    assert [row[1] for row in people(staffed)] == ["North", "South", "East"]


def test_values_are_typed(home):
    edit(home, "products", [{"product": "P1", "price": Decimal("1.5"), "cost": None}], "Bo", NOW)
    edit(home, "leads", [{"lead": "L1", "modified_at": datetime(2026, 1, 2, 3, 4)}], "Bo", NOW)
    assert home.engine.rows("select product, price from products") == [("P1", Decimal("1.5"))]
    assert home.engine.rows("select modified_at from leads") == [(datetime(2026, 1, 2, 3, 4),)]


@pytest.mark.parametrize(
    ("dataset", "rows", "key"),
    [
        ("wishes", [{"person": "Li"}], "dataset.unknown"),
        ("costs", [{"amount": 1}], "edit.no_key"),
        ("people", [], "edit.key_missing"),
        ("people", [{"team": "North"}], "edit.key_missing"),
        ("people", [{"person": "  "}], "edit.key_missing"),
        ("people", [{"person": "Li", "shoe": "42"}], "edit.field"),
        ("people", [{"person": "Li", "active_from": "soon"}], "edit.value"),
    ],
)
def test_what_cannot_be_edited_is_named_and_changes_nothing(home, dataset, rows, key):
    with pytest.raises(UsageError) as error:
        edit(home, dataset, rows, "Bo", NOW)
    assert error.value.key == key
    assert home.workspace.log.events() == ()
    assert not list(home.staging.iterdir())
