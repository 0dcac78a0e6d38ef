"""What is PostgreSQL's own: addresses, doors that stay shut, one writer among processes."""

import threading
from datetime import datetime
from pathlib import Path

import pytest

from salesdash import texts
from salesdash.errors import DiskFull, HomeBusy, StorageError, UsageError
from salesdash.workspace import Draft, EventKind, Stamp, Workspace
from salesdash.workspace.databases import Postgresql, Sqlite, postgresql
from salesdash.workspace.metadata import metadata
from salesdash.workspace.redaction import Rule, redact
from tests.workspace.writings import write_all

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
HOME = Path("/homes/one")
HANG_UP = """
select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'salesdash'
"""


@pytest.fixture
def there(server, tmp_path):
    return server.place(tmp_path)


@pytest.fixture
def workspace(there):
    workspace = Workspace.open(there, NOW)
    yield workspace
    workspace.close()


def begin(workspace):
    return workspace.log.begin(Draft(EventKind.IMPORT, "Ana", NOW))


class TestAddress:
    def test_it_names_server_database_and_schema(self):
        place = Postgresql.of("postgres://ana@db.example:5433/team?schema=north\n", HOME)
        assert place.shown == "postgresql://ana@db.example:5433/team?schema=north"
        assert (place.schema, place.folder) == ("north", HOME)

    def test_without_a_schema_the_one_of_the_home_is_taken(self):
        place = Postgresql.of("postgresql://db/team?sslmode=require", HOME, "made_up")
        assert place.shown == "postgresql://db/team?schema=made_up&sslmode=require"

    @pytest.mark.parametrize(
        ("address", "key"),
        [
            ("", "workspace.address"),
            ("mysql://db/team", "workspace.address"),
            ("postgresql://db:port/team", "workspace.address"),
            ("postgresql://db", "workspace.address"),
            ("postgresql://ana:open-sesame@db/team", "workspace.password"),
            ("postgresql://ana@db/team?password=open-sesame", "workspace.password"),
            ("postgresql://db/team?sslpassword=open-sesame", "workspace.password"),
            ("postgresql://db/team?options=-cfsync%3Doff", "workspace.parameter"),
            ("postgresql://db/team?schema=North", "workspace.schema"),
            ("postgresql://db/team?schema=a%3B%20drop", "workspace.schema"),
        ],
    )
    def test_anything_else_is_refused_and_a_password_not_repeated(self, address, key):
        with pytest.raises(UsageError) as error:
            Postgresql.of(address, HOME, "made_up")
        assert error.value.key == key
        assert "sesame" not in f"{error.value} {error.value!r} {error.value.__cause__}"
        assert "sesame" not in texts.error(error.value, "zh")


class TestDoors:
    def refused(self, server, database="team", user="visitor"):
        place = Postgresql.of(server.network(user, database), HOME, "visiting")
        with pytest.raises(StorageError) as error:
            Workspace.open(place, NOW).close()
        told = [str(error.value), *(texts.error(error.value, lang) for lang in ("en", "zh"))]
        assert not [text for text in told if "sesame" in text]
        return error.value.key

    def test_a_password_that_is_missing_or_wrong(self, server, monkeypatch):
        monkeypatch.setenv("PGPASSFILE", "/nowhere")
        assert self.refused(server) == "workspace.denied"
        monkeypatch.setenv("PGPASSWORD", "open barley sesame")
        assert self.refused(server) == "workspace.denied"
        assert self.refused(server, user="nobody") == "workspace.denied"

    def test_the_right_password_is_libpqs_business(self, server, monkeypatch):
        monkeypatch.setenv("PGPASSWORD", "open sesame")
        place = Postgresql.of(server.network(), HOME, "visiting")
        workspace = Workspace.open(place, NOW)
        workspace.settings.write("a", 1, ANA)
        workspace.clear()
        assert workspace.is_new
        workspace.close()
        assert "sesame" not in f"{place!r} {place.shown} {workspace._engine!r}"

    def test_no_such_database(self, server, monkeypatch):
        monkeypatch.setenv("PGPASSWORD", "open sesame")
        assert self.refused(server, "nowhere") == "workspace.no_database"

    def test_who_may_not_make_a_schema(self, server, monkeypatch):
        monkeypatch.setenv("PGPASSWORD", "open sesame")
        assert self.refused(server, "postgres") == "workspace.forbidden"

    def test_a_character_it_cannot_keep(self, workspace):
        with pytest.raises(StorageError) as error:
            workspace.training.add("a\0b", ANA)
        assert error.value.key == "workspace.characters"
        workspace.training.add("ab", ANA)

    def test_a_server_that_is_not_there(self):
        place = Postgresql.of("postgresql://ana@127.0.0.1:1/team", HOME, "visiting")
        with pytest.raises(StorageError) as error:
            Workspace.open(place, NOW)
        assert error.value.key == "workspace.server_gone"

    def test_an_older_server(self, there, monkeypatch):
        monkeypatch.setattr(postgresql, "OLDEST", 99)
        with pytest.raises(StorageError) as error:
            Workspace.open(there, NOW)
        assert error.value.key == "workspace.old_server"

    def test_a_database_in_another_encoding(self, server, tmp_path):
        server.run("create database latin encoding 'SQL_ASCII' template template0")
        place = Postgresql.of(server.address("latin"), tmp_path, "a")
        with pytest.raises(StorageError) as error:
            Workspace.open(place, NOW)
        assert (error.value.key, error.value.values["found"]) == ("workspace.encoding", "SQL_ASCII")

    @pytest.mark.parametrize(
        ("state", "kind", "key"),
        [
            ("53100", DiskFull, "disk.full"),
            ("25006", StorageError, "workspace.readonly"),
            ("57P01", StorageError, "workspace.server_gone"),
            ("40P01", StorageError, "workspace.busy"),
            ("54000", StorageError, "workspace.too_long"),
            ("XX001", StorageError, "workspace.corrupt"),
            ("22023", StorageError, "workspace.failed"),
        ],
    )
    def test_what_the_server_says_while_it_is_open(self, workspace, state, kind, key):
        with pytest.raises(kind) as error, workspace.writing() as connection:
            connection.exec_driver_sql(
                f"do $$ begin raise exception using errcode = '{state}', message = 'm'; end $$"
            )
        assert error.value.key == key
        assert texts.error(error.value, "zh") != texts.error(error.value, "en")


def test_two_homes_in_one_database_know_nothing_of_each_other(server, tmp_path):
    places = [server.place(tmp_path / name) for name in ("one", "two")]
    one, two = (Workspace.open(place, NOW) for place in places)
    begin(one)
    assert (len(one.log.events()), two.log.events()) == (1, ())
    one.clear()
    begin(two)
    assert one.is_new
    assert not two.is_new
    one.close()
    two.close()


def test_a_second_home_is_kept_out_while_the_first_has_it(workspace):
    workspace.own()
    second = Workspace.open(workspace.database, NOW)
    with pytest.raises(HomeBusy) as error:
        second.own()
    assert error.value.key == "workspace.owned"
    workspace.close()
    second.own()
    second.close()


def test_a_lock_lost_with_its_session_closes_quietly(server, workspace):
    workspace.own()
    server.run(HANG_UP)
    begin(workspace)
    workspace.close()
    again = Workspace.open(workspace.database, NOW)
    again.own()
    again.close()


def test_an_account_may_be_given_a_schema_instead_of_the_right_to_make_one(server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "open sesame")
    server.run(
        "create role guest login password 'open sesame'",
        "create schema given",
        "grant all on schema given to guest",
    )
    place = Postgresql.of(server.network("guest"), HOME, "given")
    for _ in range(2):  # emptied, it can be taken again
        workspace = Workspace.open(place, NOW)
        begin(workspace)
        workspace.clear()
        assert workspace.is_new
        workspace.close()


def test_writers_of_several_processes_wait_for_each_other(workspace):
    def count():
        own = Workspace.open(workspace.database, NOW)
        for _ in range(10):
            begin(own)
        own.close()

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.id for event in workspace.log.events()] == list(range(1, 31))


def test_a_writer_that_takes_too_long_is_said(there, monkeypatch):
    monkeypatch.setitem(postgresql.SETTINGS, "lock_timeout", "50ms")
    one, two = Workspace.open(there, NOW), Workspace.open(there, NOW)
    with one.writing(), pytest.raises(StorageError) as error:
        begin(two)
    assert error.value.key == "workspace.busy"
    begin(two)
    one.close()
    two.close()


def test_a_reader_sees_one_state_and_writes_nothing(workspace):
    with workspace.reading() as connection:
        count = "select count(*) from events"
        assert connection.exec_driver_sql(count).scalar() == 0
        begin(workspace)
        assert connection.exec_driver_sql(count).scalar() == 0
    assert len(workspace.log.events()) == 1
    with pytest.raises(StorageError) as error, workspace.reading() as connection:
        connection.exec_driver_sql("update events set status = 'done'")
    assert error.value.key == "workspace.readonly"


def test_a_server_that_was_away_is_taken_up_again(server, workspace):
    begin(workspace)
    server.run(HANG_UP)
    begin(workspace)
    assert [event.id for event in workspace.log.events()] == [1, 2]


def test_a_session_lost_half_way_leaves_nothing(server, workspace):
    def write():
        with workspace.writing() as connection:
            connection.exec_driver_sql(
                "insert into settings (key, who, at, version) values ('k', 'w', '2026-01-01', 1)"
            )
            server.run(HANG_UP)

    with pytest.raises(StorageError) as error:
        write()
    assert error.value.key == "workspace.server_gone"
    assert workspace.settings.read("k") is None


def test_commits_are_on_the_disk_whatever_the_server_is_used_to(workspace):
    with workspace.writing() as connection:
        assert connection.exec_driver_sql("show synchronous_commit").scalar() == "on"


def test_tables_can_not_be_emptied_either(workspace):
    begin(workspace)
    with pytest.raises(StorageError), workspace.writing() as connection:
        connection.exec_driver_sql("truncate events cascade")
    assert len(workspace.log.events()) == 1


def test_who_is_forgotten_leaves_the_files_of_the_server(server, workspace):
    rule = Rule(
        lambda text: "token" if text == "Zacharias" else text,
        lambda value: {"a": "token"} if value == {"a": "Zacharias"} else value,
        lambda text: "Zacharias" in text,
    )
    workspace.settings.write("k", {"a": "Zacharias"}, Stamp("Zacharias", NOW))
    workspace.log.begin(Draft(EventKind.IMPORT, "Zacharias", NOW))
    server.run("checkpoint")
    assert holds(server, b"Zacharias")
    assert redact(workspace, rule).places == {
        "settings": 2,
        "revisions": 2,
        "events": 1,
    }
    server.run("checkpoint")
    assert not holds(server, b"Zacharias")
    assert workspace.log.event(1).who == "token"
    with pytest.raises(StorageError), workspace.writing() as connection:
        connection.exec_driver_sql("delete from events")  # the guards are back


def holds(server, name):
    return any(
        name in path.read_bytes()
        for path in (server.sockets / "data" / "base").rglob("*")
        if path.is_file()
    )


def all_rows(workspace):
    with workspace.reading() as connection:
        return {
            table.name: connection.execute(table.select().order_by(table.c.id)).all()
            for table in metadata.sorted_tables
        }


def test_all_rows_go_over_and_back(server, tmp_path):
    file = Workspace.open(Sqlite(tmp_path / "workspace.sqlite"), NOW)
    write_all(file, NOW)
    before = all_rows(file)
    assert all(before.values()), [name for name, rows in before.items() if not rows]
    there = Workspace(server.place(tmp_path))
    told = file.copy_to(there)
    assert told == there.count() == {name: len(rows) for name, rows in before.items()}
    assert all_rows(there) == before
    back = Workspace.open(Sqlite(there.backup(tmp_path / "back.sqlite")), NOW)
    assert all_rows(back) == before
    for each in (file, there, back):  # numbers go on behind the newest, in all of them
        begin(each)
        each.settings.write("new", 1, ANA)
        each.names.state("another", ANA)
    assert all_rows(there) == all_rows(back) == all_rows(file)
    for each in (file, there, back):
        each.close()


def test_one_that_holds_anything_is_not_written_over(workspace, tmp_path):
    file = Workspace.open(Sqlite(tmp_path / "workspace.sqlite"), NOW)
    before = all_rows(workspace)
    with pytest.raises(StorageError) as error:
        file.copy_to(workspace)
    assert error.value.key == "workspace.not_empty"
    assert all_rows(workspace) == before
    file.close()
