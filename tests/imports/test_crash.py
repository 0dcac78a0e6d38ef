"""Killed at any step, failed at any call: an import is absent (and offered again) or complete."""

import errno
import itertools
import os
from datetime import date

import pytest

from salesdash.datasets import COSTS
from salesdash.errors import DiskFull, SalesdashError, StorageError
from salesdash.imports import Disk, commit, offered, rebuild, stage_offered, undo
from salesdash.workspace import Status
from tests import doomed
from tests.imports.build import NOW, amounts, opened_home, row, staged

BEFORE, AFTER = [1], [2, 4]


def first(folder):
    home = opened_home(folder)
    commit(home, staged(home, [row("A", 1, 1)], as_of=1), "Ana", NOW)
    home.close()


def killed(folder, action, step):
    assert doomed.ending("tests.imports.crash:main", str(folder), action, step) == -9


def no_write_is_open(home):
    assert home.workspace.log.events(Status.PENDING) == ()
    before = amounts(home)
    rebuild(home)
    assert amounts(home) == before
    assert not list(home.staging.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("checked", BEFORE),
        ("kept", BEFORE),
        ("pending", BEFORE),
        ("applying", BEFORE),
        ("applied", AFTER),
        ("done", AFTER),
    ],
)
def test_an_import_killed_at_a_step_is_absent_or_complete(folder, step, expected):
    first(folder)
    killed(folder, "import", step)
    home = opened_home(folder)
    assert amounts(home) == expected
    waiting = offered(home)
    assert [e.id for e in waiting] == ([2] if step in ("pending", "applying") else [])
    no_write_is_open(home)
    home.close()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize(
    ("step", "expected"), [("pending", [1]), ("applying", [1]), ("applied", []), ("done", [])]
)
def test_an_undo_killed_at_a_step_is_absent_or_complete(folder, step, expected):
    first(folder)
    killed(folder, "undo", step)
    home = opened_home(folder)
    assert amounts(home) == expected
    assert offered(home) == ()
    no_write_is_open(home)
    home.close()


def spent(home):
    return [int(found) for (found,) in home.engine.rows("select amount from costs")]


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize(
    ("step", "complete"),
    [
        ("kept", False),
        ("pending", False),
        ("applying", False),
        ("applying-2", False),
        ("applied", True),
        ("done", True),
    ],
)
def test_a_file_of_two_datasets_killed_at_a_step_is_absent_or_complete(folder, step, complete):
    first(folder)
    killed(folder, "group", step)
    home = opened_home(folder)
    assert (amounts(home), spent(home)) == ((AFTER, [8]) if complete else (BEFORE, []))
    waiting = [(event.id, event.group) for event in offered(home)]
    assert waiting == ([(2, 2)] if step in ("pending", "applying", "applying-2") else [])
    no_write_is_open(home)
    if complete:
        undo(home, 3, "Ana", NOW)
        assert (amounts(home), spent(home)) == (BEFORE, [])
    home.close()


class Full(Disk):
    """A disk that has no room at its n-th call, once."""

    def __init__(self, number):
        self.left = number

    def call(self, _name, path):
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))


def test_a_full_disk_at_any_call_loses_nothing_and_needs_no_restart(folder):
    first(folder)
    home = opened_home(folder)
    failed, number = 0, 1
    while True:
        rows = [row("A", 1, 2, customer=f"c{number}"), row("B", 1, 4)]
        found = staged(home, rows)
        home.disk = Full(number)
        try:
            commit(home, found, "Ana", NOW)
        except DiskFull:
            failed += 1
            home.disk = Disk()
            assert amounts(home) == BEFORE
            commit(home, found, "Ana", NOW)  # room was made: the same staged import goes in
        home.disk = Disk()
        assert amounts(home) == AFTER
        if number > failed:
            break
        undo(home, home.done()[-1].id, "Ana", NOW)
        number += 1
    assert failed == 7  # two files: sync, link, settle each; a fingerprint of the rows
    home.close()


def test_a_full_disk_at_any_call_of_two_datasets_leaves_neither(folder):
    first(folder)
    home = opened_home(folder)
    for number in itertools.count(1):
        rows = [row("A", 1, 2, customer=f"c{number}"), row("B", 1, 4)]
        costs = [{"cost_date": "2026-01-01", "amount": 8, "channel": f"c{number}"}]
        found = staged(home, rows, beside={COSTS: costs})
        home.disk = Full(number)
        try:
            commit(home, found, "Ana", NOW)
            break
        except DiskFull:
            assert (amounts(home), spent(home)) == (BEFORE, [])
    assert (amounts(home), spent(home)) == (AFTER, [8])
    assert number == 12  # three files: sync, link, settle each; two fingerprints; then none fails
    home.close()


def test_a_group_that_is_half_settled_in_the_log_is_settled_later(folder, monkeypatch):
    first(folder)
    home = opened_home(folder)
    found = staged(
        home,
        [row("A", 1, 2), row("B", 1, 4)],
        beside={COSTS: [{"cost_date": "2026-01-01", "amount": 8}]},
    )
    log, settle = home.workspace.log, home.workspace.log.settle

    def full_at_the_second(number, status):
        if number == 3:
            raise DiskFull("disk.full")
        return settle(number, status)

    with monkeypatch.context() as broken:
        broken.setattr(log, "settle", full_at_the_second)
        with pytest.raises(DiskFull):
            commit(home, found, "Ana", NOW)
    assert [e.status for e in log.events()] == [Status.DONE, Status.DONE, Status.PENDING]
    home.close()
    home = opened_home(folder)
    assert [e.status for e in home.workspace.log.events()] == [Status.DONE] * 3
    assert (amounts(home), spent(home)) == (AFTER, [8])
    home.close()


@pytest.mark.parametrize("error", [DiskFull("disk.full"), KeyboardInterrupt(), StorageError("x")])
@pytest.mark.parametrize("step", ["kept", "pending", "applying", "applied", "done"])
def test_a_failure_at_any_step_is_settled_at_the_next_write(folder, step, error):
    first(folder)
    home = opened_home(folder)
    found = staged(home, [row("A", 1, 2), row("B", 1, 4)])

    def on_step(name):
        if name == step:
            raise error

    home.on_step = on_step
    with pytest.raises(type(error)):
        commit(home, found, "Ana", NOW)
    home.on_step = lambda _: None
    complete = step in ("applied", "done")
    assert amounts(home) == (AFTER if complete else BEFORE)
    with home.writing():
        assert home.workspace.log.events(Status.PENDING) == ()
    if not complete:
        commit(home, found, "Ana", NOW)
    assert amounts(home) == AFTER
    home.close()


@pytest.mark.parametrize("undone", [False, True])
def test_who_looks_while_a_write_ends_keeps_no_answer_without_it(folder, undone):
    first(folder)
    home = opened_home(folder)
    if undone:
        commit(home, staged(home, [row("B", 1, 4)], as_of=3), "Ana", NOW)
    seen = []

    def shown():
        midnight = date(2026, 1, 3)  # the moment of the second export
        return home.warehouse.version, home.warehouse.shown("sales", midnight, None)

    home.on_step = lambda name: seen.append(shown()) if name == "applied" else None
    if undone:
        undo(home, 2, "Ana", NOW)
    else:
        commit(home, staged(home, [row("B", 1, 4)], as_of=3), "Ana", NOW)
    assert seen[0][0] == (2 if undone else 1)
    assert shown() == ((3, None) if undone else (2, 2))
    home.close()


def test_a_log_that_cannot_be_written_is_settled_later(folder, monkeypatch):
    first(folder)
    home = opened_home(folder)
    found = staged(home, [row("A", 1, 2), row("B", 1, 4)])

    def full(*_):
        raise DiskFull("disk.full")

    with monkeypatch.context() as broken:
        broken.setattr(home.workspace.log, "settle", full)
        with pytest.raises(DiskFull):
            commit(home, found, "Ana", NOW)
    # the rows are in, the log does not know it yet
    assert amounts(home) == AFTER
    assert [e.id for e in home.workspace.log.events(Status.PENDING)] == [2]
    undo(home, 1, "Ana", NOW)
    assert [e.status for e in home.workspace.log.events()] == [Status.DONE] * 3
    home.close()


def test_what_was_interrupted_is_offered_and_can_be_staged_again(folder):
    home = opened_home(folder)
    path = folder.parent / "orders_2026-01.csv"
    path.write_text("Order No,Order Date,Amount\nA,2026-01-01,5\n")
    from salesdash.imports import Request, stage

    found = stage(home, Request(path, path.name, force=True, confirmed=("fewer_rows",)), NOW)

    def on_step(name):
        if name == "applying":
            raise StorageError("power")

    home.on_step = on_step
    with pytest.raises(SalesdashError):
        commit(home, found, "Ana", NOW)
    home.on_step = lambda _: None
    path.unlink()
    (event,) = offered(home)
    again = stage_offered(home, event.id, NOW)
    assert again.request.name == "orders_2026-01.csv"
    assert (again.request.force, again.request.confirmed) == (True, ("fewer_rows",))
    assert again.as_of == found.as_of
    commit(home, again, "Ana", NOW)
    assert amounts(home) == [5]
    assert offered(home) == ()
    with pytest.raises(SalesdashError) as error:
        stage_offered(home, event.id, NOW)
    assert error.value.key == "event.not_offered"
    home.close()


def interrupted(home, found):
    """Commit, and fail just before the rows are in."""

    def on_step(name):
        if name == "applying":
            raise StorageError("power")

    home.on_step = on_step
    with pytest.raises(StorageError):
        commit(home, found, "Ana", NOW)
    home.on_step = lambda _: None
    return offered(home)[-1]


def test_an_interrupted_repair_is_offered_too(folder, tmp_path):
    from salesdash.imports import Request, stage, stage_repair

    home = opened_home(folder)
    (tmp_path / "a.csv").write_text("Order No,Order Date,Amount\nA,2026-01-01,5\n")
    commit(home, stage(home, Request(tmp_path / "a.csv", "a.csv"), NOW), "Ana", NOW)
    (tmp_path / "b.csv").write_text(
        "salesdash_record,Order No,Order Date,Amount\n0:1,A,2026-01-01,6\n"
    )
    found = stage_repair(home, 1, Request(tmp_path / "b.csv", "b.csv"), NOW)
    event = interrupted(home, found)
    commit(home, stage_offered(home, event.id, NOW), "Ana", NOW)
    assert amounts(home) == [6]
    home.close()


def test_a_lost_original_is_named_when_it_is_wanted_again(folder, tmp_path):
    from salesdash.imports import Request, stage

    home = opened_home(folder)
    (tmp_path / "a.csv").write_text("Order No,Order Date,Amount\nA,2026-01-01,5\n")
    event = interrupted(home, stage(home, Request(tmp_path / "a.csv", "a.csv"), NOW))
    (home.originals / event.original).unlink()
    with pytest.raises(StorageError) as error:
        stage_offered(home, event.id, NOW)
    assert error.value.key == "import.original_missing"
    home.close()
