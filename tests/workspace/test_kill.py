"""Kill the writer at any moment: nothing that was promised is lost, nothing is half there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from salesdash.workspace import Workspace
from tests.workspace.writer import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("delay", [0.0, 0.011, 0.037])
def test_sigkill_loses_nothing_that_was_promised(place, delay):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.workspace.writer", place.shown, str(place.folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(5)]
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read()
    process.stdout.close()
    assert process.wait(20) == -signal.SIGKILL
    promised = [int(text) for text in "".join([*told, rest]).splitlines() if text]
    last = promised[-1]

    workspace = Workspace.open(place, NOW)
    try:
        ticked = {tick.item for tick in workspace.training.ticks() if tick.done}
        assert {f"item{number}" for number in promised} <= ticked
        (note,) = workspace.meetings.texts(1)
        assert int(note.text.removeprefix("note ")) in (last, last + 1)
        history = workspace.history.of("meeting_texts", note.id)
        assert [each.content["text"] for each in history][: last + 1] == [
            f"note {number}" for number in range(last + 1)
        ]
        assert len(history) == note.version
        assert [a.text for a in workspace.actions.all()][: last + 1] == [
            f"action {number}" for number in range(last + 1)
        ]
        (goal,) = workspace.goals.standing()
        reviews = workspace.reviews.of(goal)[::-1][: last + 1]
        assert [(r.said.note, r.seen.answers) for r in reviews] == [
            (f"review {number}", f'{{"figure":{number}}}') for number in range(last + 1)
        ]
    finally:
        workspace.close()
