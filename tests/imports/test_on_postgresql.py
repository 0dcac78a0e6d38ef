"""A home whose workspace is on a server: the same imports, crashes, backups and figures."""

import json
import stat
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from salesdash.errors import StorageError, UsageError
from salesdash.imports import backup, commit, is_taken, move, rebuild, redo, restore, seat, undo
from salesdash.imports.forgetting import Kind, forget
from salesdash.workspace import Occasion, Point, Stamp, Status, Workspace
from salesdash.workspace.databases import Postgresql, Sqlite
from tests import doomed
from tests.imports import test_fold_stateful as fold
from tests.imports.build import NOW, amounts, opened_home, row, staged, stored
from tests.imports.test_crash import AFTER, BEFORE, first, no_write_is_open

ANA = Stamp("Ana", NOW)
WEEK = Occasion("weekly", "week:2026-W47", NOW.date(), NOW.date())


@pytest.fixture
def address(server):
    return server.address()


@pytest.fixture
def away(tmp_path, server):
    """A folder for a home that has its workspace on the server."""
    path = tmp_path / "home"
    path.mkdir()
    (path / seat.ADDRESS).write_text(server.place(path).shown)
    return path


def is_new(database):
    workspace = Workspace(database)
    try:
        return workspace.is_new
    finally:
        workspace.close()


def moved(folder, place):
    home = opened_home(folder)
    try:
        return move(home, place, NOW)
    finally:
        home.close()


def test_a_week_of_work(away, tmp_path):
    home = opened_home(away)
    commit(home, staged(home, [row("A", 1, 1), row("B", 2, 2)]), "Ana", NOW)
    commit(home, staged(home, [row("A", 1, 4)]), "Bo", NOW)
    meeting = home.workspace.meetings.open(WEEK, 2, [Point("text", {"en": "a"}, {"en": ""})], ANA)
    home.workspace.meetings.write((1, "decision"), "Call them", ANA, 0)
    undo(home, 2, "Bo", NOW)
    home.workspace.meetings.close(meeting.id, lambda: json.dumps({"cut": 2}), ANA)
    assert [amounts(home, cut) for cut in range(4)] == [[], [1, 2], [2, 4], [1, 2]]
    redo(home, 2, "Bo", NOW)
    before = [stored(home, cut) for cut in range(5)]
    rebuild(home)
    assert [stored(home, cut) for cut in range(5)] == before
    assert not (away / seat.FILE).exists()

    archive = backup(home, tmp_path / "kept.zip")
    other = opened_home(restore(archive, tmp_path / "other"))
    assert isinstance(other.workspace.database, Sqlite)
    assert [stored(other, cut) for cut in range(5)] == before
    assert other.workspace.log.events() == home.workspace.log.events()
    assert other.workspace.meetings.get(meeting.id) == home.workspace.meetings.get(meeting.id)
    other.close()
    home.close()

    again = opened_home(away)  # the next start
    assert [stored(again, cut) for cut in range(5)] == before
    no_write_is_open(again)
    again.close()


@pytest.mark.parametrize(
    ("step", "expected"), [("pending", BEFORE), ("applying", BEFORE), ("applied", AFTER)]
)
def test_an_import_killed_at_a_step_is_absent_or_complete(away, step, expected):
    first(away)
    assert doomed.ending("tests.imports.crash:main", str(away), "import", step) == -9
    home = opened_home(away)
    assert amounts(home) == expected
    no_write_is_open(home)
    home.close()


def test_a_server_that_goes_in_between_is_settled_later(away, monkeypatch):
    first(away)
    home = opened_home(away)
    found = staged(home, [row("A", 1, 2), row("B", 1, 4)])

    def gone(*_):
        raise StorageError("workspace.server_gone", path="x", detail="y")

    with monkeypatch.context() as broken:
        broken.setattr(home.workspace.log, "settle", gone)
        with pytest.raises(StorageError):
            commit(home, found, "Ana", NOW)
    assert [event.id for event in home.workspace.log.events(Status.PENDING)] == [2]
    home.close()
    home = opened_home(away)
    assert (amounts(home), home.workspace.log.events(Status.PENDING)) == (AFTER, ())
    home.close()


def test_a_home_moves_to_the_server_and_back(folder, address):
    first(folder)
    home = opened_home(folder)
    before = home.workspace.count(), home.workspace.log.events(), stored(home)
    home.close()
    there = moved(folder, address)
    assert there.rows == before[0]
    assert (folder / seat.ADDRESS).read_text() == f"{there.place}\n"
    assert stat.S_IMODE((folder / seat.ADDRESS).stat().st_mode) == 0o600
    assert not (folder / seat.FILE).exists()
    assert Path(there.left) == folder / "backups" / "workspace-20261123T090000-moved.sqlite"
    assert Path(there.left).is_file()
    assert is_taken(folder)

    home = opened_home(folder)
    assert isinstance(home.workspace.database, Postgresql)
    assert (home.workspace.count(), home.workspace.log.events(), stored(home)) == before
    commit(home, staged(home, [row("B", 1, 4)]), "Bo", NOW)
    home.close()

    back = moved(folder, "sqlite")
    assert (back.was, back.left, back.place) == (there.place, there.place, str(folder / seat.FILE))
    assert not (folder / seat.ADDRESS).exists()
    home = opened_home(folder)
    assert isinstance(home.workspace.database, Sqlite)
    assert amounts(home) == [1, 4]
    assert commit(home, staged(home, [row("C", 1, 8)]), "Bo", NOW).id == 3
    home.close()
    with pytest.raises(UsageError) as error:
        moved(folder, "sqlite")
    assert error.value.key == "workspace.there"


def test_a_move_that_fails_leaves_all_as_it_was(folder, address, monkeypatch):
    first(folder)
    taken = moved(folder, f"{address}&schema=taken")
    moved(folder, "sqlite")
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(StorageError) as error:
        moved(folder, taken.place)
    assert error.value.key == "workspace.not_empty"
    monkeypatch.setattr("salesdash.workspace.store.copy_rows", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        moved(folder, f"{address}&schema=half")
    assert sorted(path.name for path in folder.iterdir()) == before
    home = opened_home(folder)
    assert amounts(home) == BEFORE
    home.close()
    assert is_new(Postgresql.of(f"{address}&schema=half", folder))


def test_an_address_that_is_none_is_said_before_anything_else(folder):
    (folder / seat.ADDRESS).write_text("postgresql://ana:secret@db/team?schema=a")
    with pytest.raises(UsageError) as error:
        opened_home(folder)
    assert error.value.key == "workspace.password"
    assert "secret" not in str(error.value)


def test_a_home_that_lost_its_schema_is_not_covered_up(away, server):
    first(away)
    home = opened_home(away)
    home.workspace.clear()
    home.close()
    with pytest.raises(StorageError) as error:
        opened_home(away)
    assert error.value.key == "workspace.missing"
    assert is_new(seat.of(away))


def test_forgetting_reaches_the_server(away):
    home = opened_home(away)
    commit(home, staged(home, [row("A", 1, 1, customer="Bergmann GmbH")]), "Ana", NOW)
    home.workspace.settings.write("favourite", "Bergmann GmbH", ANA)
    forget(home, "Bergmann GmbH", Kind.CUSTOMER, ANA)
    assert home.workspace.settings.read("favourite").value.startswith("forgotten-")
    assert amounts(home) == [1]
    home.close()


class Fold(fold.Fold):
    """The fold of the log, with the log on the server."""

    server = None

    def __init__(self):
        RuleBasedStateMachine.__init__(self)
        self.folder = Path(mkdtemp())
        self.place = self.server.place(self.folder)
        (self.folder / seat.ADDRESS).write_text(self.place.shown)
        self.home = opened_home(self.folder)
        self.log = []


def test_the_fold_of_the_log(server):
    Fold.server = server
    few = settings(fold.SETTINGS, max_examples=3, stateful_step_count=6)
    run_state_machine_as_test(Fold, settings=few)
