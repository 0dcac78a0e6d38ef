"""Killed at any step, failed at any call: a file of the inbox goes in once, and is never lost."""

import itertools
import os
import shutil
from dataclasses import replace

import pytest

from salesdash.errors import FileError
from salesdash.imports import Disk, offered
from salesdash.imports.stage import duplicate
from salesdash.inbox import intake
from salesdash.ingest import Question
from salesdash.workspace import Status
from tests import doomed
from tests.imports.build import amounts, opened_home, row, staged
from tests.inbox.kit import DEALS, ORDERS, lying, put, went


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("step", ["kept", "pending", "applying", "applied", "done", "move"])
def test_a_round_killed_at_a_step_is_taken_up_again(folder, step):
    home = opened_home(folder)
    put(home, "orders.csv", ORDERS)
    home.close()
    assert doomed.ending("tests.inbox.crash:main", str(folder), step) == -9
    home = opened_home(folder)
    assert lying(home) == ["orders.csv"]
    went(home)
    assert amounts(home) == [2, 4]
    assert lying(home) == ["done/orders.csv"]
    assert offered(home) == ()
    assert home.workspace.log.events(Status.PENDING) == ()
    home.close()


class Killed(BaseException):
    """The process is gone: nothing catches it, and nothing is done after it."""


class Fatal(Disk):
    """Dies at its n-th call."""

    def __init__(self, number):
        self.left = number

    def call(self, _name, _path):
        self.left -= 1
        if self.left <= 0:
            raise Killed


def quick(text):
    """`stage` without reading a file: what it would find out is known."""

    def stage(home, request, _now, _tell):
        home.disk.require(home.path, 1)
        if text == "":
            raise FileError("file.empty")
        rows = [row("A", 1, 2), row("B", 2, 4)]
        found = replace(staged(home, rows, same_as=9000), request=request)
        found = replace(found, duplicate_of=duplicate(home, found))
        asked = (Question("stages", "question.stages", {}, ("open",)),) if text == DEALS else ()
        return replace(found, questions=asked)

    return stage


@pytest.mark.parametrize(
    ("text", "place", "calls"),
    [(ORDERS, "done", 15), (DEALS, "questions", 9), ("", "refused", 7)],
    ids=["goes in", "is asked about", "refused"],
)
def test_a_death_at_any_call_to_the_disk_loses_nothing_and_brings_nothing_twice(
    text, place, calls, tmp_path, fresh_log, monkeypatch
):
    monkeypatch.setattr(intake, "stage", quick(text))
    for number in itertools.count(1):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(fresh_log, folder / "workspace.sqlite")
        home = opened_home(folder)
        put(home, "file.csv", text)
        home.disk = Fatal(number)
        try:
            went(home)
        except Killed:
            survived = False
        else:
            survived = True
        home.disk = Disk()
        home.close()
        home = opened_home(folder)
        went(home)
        assert lying(home) == [f"{place}/file.csv"], number
        assert amounts(home) == ([2, 4] if text == ORDERS else []), number
        home.close()
        if survived:
            break
    assert number > calls
