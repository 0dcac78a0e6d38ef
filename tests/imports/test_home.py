import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from salesdash.datasets import DEALS
from salesdash.errors import DiskFull, HomeBusy, StorageError
from salesdash.imports import Disk, Home, commit, opened, rebuild, recovery, undo
from salesdash.periods import FiscalCalendar
from salesdash.warehouse import PlainCalendars
from tests.imports.build import NOW, amounts, opened_home, row, staged, stored

ROOT = Path(__file__).resolve().parents[2]


def bring(home, rows, mode=None, **options):
    return commit(home, staged(home, rows, mode, **options), "Ana", NOW)


@pytest.fixture
def filled(folder):
    home = opened_home(folder)
    bring(home, [row("A", 1, 1), row("B", 2, 2)])
    bring(home, [row("A", 1, 4)])
    home.close()
    return folder


def test_a_new_home_is_empty(tmp_path):
    home = opened_home(tmp_path / "new" / "home")
    assert home.is_empty
    assert not home.holds_import()
    assert sorted(p.name for p in home.path.iterdir() if p.is_dir()) == [
        "imports",
        "inbox",
        "originals",
        "staging",
    ]
    home.close()


def test_an_undone_import_leaves_the_home_without_import(home):
    bring(home, [row("A", 1, 1)])
    assert home.holds_import()
    assert not home.is_empty
    undo(home, 1, "Ana", NOW)
    assert not home.holds_import()
    assert home.is_empty


def test_the_faces_of_one_process_share_a_home(folder):
    home = Home.shared(folder, now=NOW)
    assert Home.shared(folder / ".." / "home", now=NOW) is home
    assert opened[folder.resolve()] is home
    home.close()
    assert folder.resolve() not in opened


def test_a_second_opening_is_refused_with_the_pid(folder):
    home = opened_home(folder)
    with pytest.raises(HomeBusy) as error:
        opened_home(folder)
    assert error.value.values["pid"] == str(os.getpid())
    assert opened[home.path] is home
    home.close()
    opened_home(folder).close()


def test_who_closes_a_home_need_not_be_who_opened_it(folder):
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        held = elsewhere.submit(Home.open, folder, now=NOW).result()
        held.close()
    Home.open(folder, now=NOW).close()


def test_another_process_is_refused_with_our_pid(home):
    code = (
        "import sys; from pathlib import Path; from tests.imports.build import opened_home\n"
        "from salesdash.errors import HomeBusy\n"
        "try: opened_home(Path(sys.argv[1]))\n"
        "except HomeBusy as e: print(e.values['pid'])"
    )
    command = [sys.executable, "-c", code, str(home.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(os.getpid())


def test_a_home_that_cannot_be_opened_is_let_go(folder):
    (folder / "workspace.sqlite").write_bytes(b"not a database at all" * 100)
    for _ in range(2):
        with pytest.raises(StorageError) as error:
            opened_home(folder)
        assert error.value.key == "workspace.corrupt"


def test_a_lost_log_is_not_covered_up_by_an_empty_one(filled):
    (filled / "workspace.sqlite").unlink()
    with pytest.raises(StorageError) as error:
        opened_home(filled)
    assert error.value.key == "workspace.missing"
    assert not (filled / "workspace.sqlite").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 9000),
        lambda path: path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:]),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
    ],
    ids=["missing", "empty", "zip", "zeroed", "cut"],
)
def test_a_damaged_projection_is_kept_aside_and_rebuilt(filled, damage):
    path = filled / "warehouse.duckdb"
    damage(path)
    left = path.read_bytes() if path.exists() else b""
    home = opened_home(filled)
    assert [(r[0], r[2], r[4]) for r in stored(home)] == [(1, "B", 2), (2, "A", 4)]
    assert amounts(home, cut=1) == [1, 2]
    home.close()
    if left:
        assert (filled / "warehouse.duckdb.corrupt-1").read_bytes() == left


def test_damage_inside_the_rows_is_found_at_the_start(filled):
    path = filled / "warehouse.duckdb"
    content = bytearray(path.read_bytes())
    for place in range(20000, len(content), 5000):
        content[place] ^= 255
    path.write_bytes(content)
    home = opened_home(filled)
    assert amounts(home) == [2, 4]
    home.close()


def test_commits_lost_by_the_engine_are_replayed(filled):
    """A cut-off WAL opens without a word: the ledger tells."""
    home = opened_home(filled)
    home.engine.run("delete from applied where event = 2")
    home.engine.run("delete from sales where event = 2")
    home.close()
    home = opened_home(filled)
    assert amounts(home) == [2, 4]
    home.close()


def test_tables_that_differ_from_the_ledger_are_rebuilt(filled):
    home = opened_home(filled)
    home.engine.run("update sales set amount = 99 where document = 'A'")
    home.close()
    home = opened_home(filled)
    assert amounts(home) == [2, 4]
    home.close()


@pytest.mark.parametrize(
    "earlier",
    [
        "alter table applied drop column dataset; delete from meta where key = 'tables'",
        "alter table deals drop column lead; update meta set value = '' where key = 'tables'",
    ],
)
def test_tables_that_an_earlier_salesdash_made_are_built_anew(filled, earlier):
    home = opened_home(filled)
    for statement in earlier.split(";"):
        home.engine.run(statement)
    home.close()
    again = opened_home(filled)
    assert amounts(again) == [2, 4]
    bring(again, [{"deal": "D", "lead": "L"}], dataset=DEALS)
    assert again.engine.rows("select lead from deals") == [("L",)]
    assert not list(filled.glob("*.corrupt*"))
    again.close()


def test_rebuild_gives_the_same_rows_at_every_cut(home):
    bring(home, [row("A", 1, 1), row(None, 2, 2, x_shop="Nord")], as_of=10)
    bring(home, [row("A", 1, 4), row("C", 3, 8)], as_of=20)
    undo(home, 2, "Ana", NOW)
    bring(home, [row("A", 1, 16)], as_of=5)
    before = [stored(home, cut) for cut in (None, 0, 1, 2, 3, 4)]
    version = home.warehouse.version
    rebuild(home)
    assert [stored(home, cut) for cut in (None, 0, 1, 2, 3, 4)] == before
    assert home.warehouse.version == version


def test_a_missing_rows_file_stops_a_rebuild_and_changes_nothing(filled):
    home = opened_home(filled)
    for path in home.imports.iterdir():
        path.unlink()
    from salesdash.imports.rows import column_names

    column_names.cache_clear()
    with pytest.raises(StorageError) as error:
        rebuild(home)
    assert error.value.key == "import.rows_missing"
    assert amounts(home) == [2, 4]
    home.close()


def test_a_damaged_rows_file_is_named(filled):
    home = opened_home(filled)
    for path in home.imports.iterdir():
        path.write_bytes(b"PAR1 nonsense")
    from salesdash.imports.rows import column_names

    column_names.cache_clear()
    with pytest.raises(StorageError) as error:
        rebuild(home)
    assert error.value.key == "import.rows_damaged"
    home.close()


def test_left_over_staging_files_are_cleared(filled):
    (filled / "staging" / "left").mkdir()
    (filled / "staging" / "left" / "rows.parquet").write_text("x")
    opened_home(filled).close()
    assert list((filled / "staging").iterdir()) == []


def test_the_calendar_follows_the_settings(filled):
    april = PlainCalendars(fiscal=FiscalCalendar(start_month=4))
    for settings, expected in ((None, 1), (april, 4)):
        home = Home.open(filled, now=NOW, settings=settings)
        sql = "select month(year_start) from calendar where day = date '2026-05-01'"
        assert home.engine.rows(sql) == [(expected,)]
        home.close()


@pytest.mark.parametrize("error", [DiskFull("disk.full"), StorageError("engine.memory")])
def test_no_projection_is_put_aside_for_want_of_room_or_memory(filled, monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(recovery, "_bring_in_step", fail)
    with pytest.raises(StorageError):
        opened_home(filled)
    assert not list(filled.glob("*.corrupt*"))


def test_a_full_disk_at_the_opening_is_not_taken_for_damage(filled, monkeypatch):
    def fail(_):
        raise DiskFull("disk.full")

    monkeypatch.setattr(Home, "open_engine", fail)
    with pytest.raises(DiskFull):
        opened_home(filled)
    assert not list(filled.glob("*.corrupt*"))


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "home").write_text("x")
    with pytest.raises(StorageError) as error:
        Home.open(tmp_path / "home", now=NOW, disk=Disk())
    assert error.value.key == "disk.failed"
