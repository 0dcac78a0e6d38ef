"""Imported files go after the days that config.yaml says; figures, log and backups do without."""

import os
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from salesdash import config
from salesdash.commands.office import DEFAULT_CONFIG
from salesdash.imports import Home, backup, commit, rebuild, restore, undo
from tests.imports.build import NOW, amounts, row, staged

SETTINGS = config.load(DEFAULT_CONFIG)
KEPT_30_DAYS = replace(SETTINGS, keep_originals_days=30)


def opened(folder, days, settings=KEPT_30_DAYS):
    """The home, opened so many days later."""
    return Home.open(folder, now=NOW + timedelta(days=days), settings=settings)


@pytest.fixture
def filled(folder):
    """Two imports of 2 and 4, the second twenty days after the first."""
    home = opened(folder, 0)
    commit(home, staged(home, [row("A", 1, 2)], as_of=1), "Ana", NOW)
    later = NOW + timedelta(days=20)
    commit(home, staged(home, [row("B", 1, 4)], as_of=2), "Ana", later)
    home.close()
    return folder


def originals(home):
    events = home.workspace.log.events()
    return [event.id for event in events if (home.originals / str(event.original)).exists()]


def test_without_a_number_of_days_all_files_stay(filled):
    assert SETTINGS.keep_originals_days is None
    home = opened(filled, 10_000, SETTINGS)
    assert originals(home) == [1, 2]
    home.close()


@pytest.mark.parametrize(("days", "left"), [(30, [1, 2]), (31, [2]), (50, [2]), (51, [])])
def test_at_the_start_files_that_are_too_old_go(filled, days, left):
    home = opened(filled, days)
    assert originals(home) == left
    assert [event.original is None for event in home.done()] == [False, False]
    home.close()


def test_after_an_import_they_go_too_and_all_answers_stay(filled, tmp_path):
    home = opened(filled, 20)
    commit(home, staged(home, [row("C", 1, 8)], as_of=3), "Ana", NOW + timedelta(days=40))
    assert originals(home) == [2, 3]
    rebuild(home)
    assert [amounts(home, cut) for cut in (1, 2, 3)] == [[2], [2, 4], [2, 4, 8]]
    undo(home, 1, "Ana", NOW + timedelta(days=40))
    assert amounts(home) == [4, 8]
    backup(home, tmp_path / "b.zip")
    home.close()
    restore(tmp_path / "b.zip", tmp_path / "other")
    again = opened(tmp_path / "other", 41)
    assert amounts(again) == [4, 8]
    again.close()


def test_a_file_that_a_newer_import_brought_again_stays(folder):
    home = opened(folder, 0)
    commit(home, staged(home, [row("A", 1, 2)], same_as=7001), "Ana", NOW)
    undo(home, 1, "Ana", NOW)
    later = NOW + timedelta(days=40)
    commit(home, staged(home, [row("A", 1, 2)], same_as=7001), "Ana", later)
    assert originals(home) == [1, 3]
    home.close()


def test_copies_in_the_inbox_go_by_the_time_they_were_put_there(filled):
    home = opened(filled, 0)
    done = home.disk.folder(home.inbox / "done") / "orders.csv"
    done.write_text("x")
    os.utime(done, (0, 0))  # an old export, but put there today
    done.with_name("gone.csv").symlink_to(done.with_name("nowhere.csv"))
    home.close()
    since = time.time() - NOW.timestamp()
    for days, there in ((since / 86400 + 29, True), (since / 86400 + 31, False)):
        home = opened(filled, days)
        assert done.exists() is there
        home.close()
