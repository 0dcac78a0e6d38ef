"""A config that changes while the app runs: the last good one stays, the fault is told."""

import os

import pytest

from salesdash.config import Watcher
from salesdash.errors import ConfigError
from tests.config.test_loading import SMALLEST


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(SMALLEST)
    return path


def write(path, text: str, second: int) -> None:
    """Write with a time of its own: two writes of a test may share one tick of the clock."""
    path.write_text(text)
    os.utime(path, (second, second))


def test_an_unchanged_file_is_not_read_again(path):
    watcher = Watcher(path)
    first = watcher.settings
    assert watcher.settings is first
    assert not watcher.refresh()


def test_a_change_is_taken_over(path):
    watcher = Watcher(path)
    assert watcher.settings.window_months == 12
    write(path, SMALLEST + "customers: {window_months: 6}\n", 1)
    assert watcher.refresh()
    assert watcher.settings.window_months == 6


def test_a_half_written_file_keeps_the_last_good_one(path):
    watcher = Watcher(path)
    good = watcher.settings
    write(path, SMALLEST[:30], 1)
    assert watcher.settings is good
    assert watcher.is_stale
    assert watcher.problems
    write(path, SMALLEST, 2)
    assert not watcher.refresh()  # says the same as before
    assert not watcher.is_stale
    assert not watcher.problems


def test_a_removed_file_keeps_the_last_good_one(path):
    watcher = Watcher(path)
    good = watcher.settings
    path.unlink()
    assert watcher.settings is good
    assert [p.key for p in watcher.problems] == ["config.unreadable"]


def test_without_a_good_one_it_raises_until_there_is(path):
    path.write_text("a: [")
    watcher = Watcher(path)
    with pytest.raises(ConfigError):
        _ = watcher.settings
    write(path, SMALLEST, 1)
    assert watcher.settings.metrics


def test_a_broken_metric_is_told_but_not_stale(path):
    write(path, SMALLEST + "  bad: {kind: simple}\n", 1)
    watcher = Watcher(path)
    assert list(watcher.settings.metrics) == ["sales"]
    assert watcher.problems
    assert not watcher.is_stale
