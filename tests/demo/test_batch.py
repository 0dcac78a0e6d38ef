"""Files of the demo come out of the shared child one by one, each when it is ready."""

import time
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

from salesdash.demo import batch
from salesdash.imports import Request
from salesdash.imports.disk import Disk

MOMENT = datetime(2026, 11, 23, 9, 0)


def test_a_child_that_repeats_itself_has_made_one_file(tmp_path, monkeypatch):
    """While a child is silent its last word is told again; the next file is not there by that."""

    def child(_function: str, order: dict, *, watch) -> int:
        for number, file in enumerate(order["files"], 1):
            time.sleep(0.02)  # the one before is waited for already
            (Path(file["folder"]) / batch.PREPARED).write_text("{}")
            for _ in range(3):
                watch.on_progress(number / len(order["files"]), "ready")
        return len(order["files"])

    monkeypatch.setattr(batch.child, "run", child)
    monkeypatch.setattr(
        batch, "_staged", lambda _home, _request, folder: (folder / batch.PREPARED).exists()
    )
    home = SimpleNamespace(disk=Disk(), staging=tmp_path)
    requests = [Request(tmp_path / f"{n}.csv", f"{n}.csv", as_of=MOMENT) for n in range(4)]
    assert list(batch.staged(home, requests)) == [True] * 4
