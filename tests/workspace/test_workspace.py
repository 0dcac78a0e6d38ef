import sqlite3
import threading
from contextlib import ExitStack, closing
from datetime import date, datetime

import pytest

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.workspace import Draft, EventKind, Stamp, Status, Workspace
from salesdash.workspace.databases import Database

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 5))


@pytest.fixture
def workspace(place: Database):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


def draft(**values) -> Draft:
    return Draft(EventKind.IMPORT, "Ana", NOW, **values)


def test_an_event_comes_back_as_it_was_written(workspace):
    written = draft(
        file_name="十月.csv",
        mode="update",
        as_of=datetime(2026, 10, 31, 18, 0),
        forced=True,
        first_date=date(2026, 10, 1),
        counts={"loaded": 3},
        mapping={"columns": [1]},
        warnings=[{"key": "x"}],
    )
    (event,) = workspace.log.begin(written)
    assert (event.id, event.status, event.version) == (1, Status.PENDING, 1)
    assert workspace.log.settle(1, Status.DONE).status is Status.DONE
    (found,) = workspace.log.events()
    assert {name: getattr(found, name) for name in vars(written)} == vars(written)
    assert found.version == 2


def test_events_are_numbered_in_commit_order_and_filtered_by_status(workspace):
    for _ in range(3):
        workspace.log.begin(draft())
    workspace.log.settle(2, Status.TAKEN_BACK)
    assert [e.id for e in workspace.log.events()] == [1, 2, 3]
    assert [e.id for e in workspace.log.events(Status.PENDING)] == [1, 3]


def test_only_events_that_are_new_or_settled_are_read_again(workspace):
    workspace.log.begin(draft(mapping={"columns": [1]}), draft())
    first, second = workspace.log.events()
    other = Workspace.open(workspace.database, NOW)  # another process, as the terminal is
    other.log.settle(2, Status.DONE)
    other.log.begin(draft(file_name="later.csv"))
    other.close()
    again, settled, third = workspace.log.events()
    assert again is first
    assert (second.status, settled.status, third.file_name) == (
        Status.PENDING,
        Status.DONE,
        "later.csv",
    )
    assert workspace.log.events(Status.DONE) == (settled,)
    assert [event.id for event in workspace.log.events(Status.PENDING)] == [1, 3]


def test_an_event_is_settled_once(workspace):
    workspace.log.begin(draft())
    workspace.log.settle(1, Status.DONE)
    with pytest.raises(UsageError) as error:
        workspace.log.settle(1, Status.TAKEN_BACK)
    assert error.value.key == "event.not_pending"
    with pytest.raises(UsageError):
        workspace.log.event(7)


@pytest.mark.parametrize("change", ["delete from events", "update events set who = 'x'"])
def test_the_log_only_grows(workspace, change):
    workspace.log.begin(draft())
    with pytest.raises(StorageError), workspace.writing() as connection:
        connection.exec_driver_sql(change)
    assert workspace.log.event(1).who == "Ana"


def test_a_mapping_is_remembered_by_dataset_and_headers(workspace):
    assert workspace.mappings.known("f1") == ()
    assert workspace.mappings.remember(("sales", "f1"), {"a": 1}, ANA, 0) == 1
    assert workspace.mappings.remember(("sales", "f1"), {"a": 2}, BO, None) == 2
    (found,) = workspace.mappings.known("f1")
    assert (found.mapping, found.who, found.version) == ({"a": 2}, "Bo", 2)
    workspace.mappings.remember(("deals", "f1"), {"b": 1}, ANA, 0)
    assert [each.mapping for each in workspace.mappings.known("f1")] == [{"a": 2}, {"b": 1}]


def test_a_stale_write_is_a_conflict_that_shows_both(workspace):
    read = workspace.settings.write("goal", 10, ANA, 0)
    workspace.settings.write("goal", 20, BO, read)
    with pytest.raises(Conflict) as error:
        workspace.settings.write("goal", 30, ANA, read)
    assert error.value.values["mine"] == {"value": 30}
    theirs = error.value.values["theirs"]
    assert isinstance(theirs, dict)
    assert theirs["value"] == 20
    assert error.value.values["who"] == "Bo"
    with pytest.raises(Conflict):
        workspace.settings.write("new", 1, ANA, 3)
    assert workspace.settings.read("goal").value == 20
    assert workspace.settings.read("new") is None


def test_a_browser_states_its_name(workspace):
    assert workspace.names.of("b1") is None
    workspace.names.state("b1", ANA)
    workspace.names.state("b1", BO)
    assert workspace.names.of("b1") == "Bo"


def test_threads_write_one_after_the_other(workspace):
    def count():
        for _ in range(10):
            workspace.log.begin(draft())

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [e.id for e in workspace.log.events()] == list(range(1, 41))


def test_a_failed_write_leaves_nothing(workspace):
    def fail():
        with workspace.writing() as connection:
            connection.exec_driver_sql(
                "insert into settings (key, who, at, version) values ('k', 'w', '2026-01-01', 1)"
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert workspace.settings.read("k") is None


def test_a_backup_holds_what_was_committed(workspace, tmp_path):
    workspace.log.begin(draft())
    copy = workspace.backup(tmp_path / "kept" / "copy.sqlite")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("select count(*) from events").fetchone() == (1,)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 5000, b"nothing like it" * 500])
def test_a_damaged_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "workspace.sqlite"
    path.write_bytes(content)
    with pytest.raises(StorageError) as error:
        Workspace.open(path, NOW)
    assert error.value.key == "workspace.corrupt"
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StorageError) as error:
        Workspace.open(tmp_path / "missing" / "workspace.sqlite", NOW)
    assert error.value.key == "workspace.unreachable"


def test_more_readers_than_connections_are_said(tmp_path):
    workspace = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    workspace._engine.pool._timeout = 0.01
    with ExitStack() as many:
        for _ in range(15):
            many.enter_context(workspace.reading())
        with pytest.raises(StorageError) as error:
            many.enter_context(workspace.reading())
        assert error.value.key == "workspace.busy"
    assert workspace.log.events() == ()
    workspace.close()


def test_half_a_character_is_refused_and_nothing_else_is_lost(workspace):
    with pytest.raises(StorageError) as error:
        workspace.training.add("a\ud83d", ANA)
    assert error.value.key == "workspace.characters"
    workspace.training.add("Bo", ANA)
    assert workspace.training.people() == ("Bo",)
