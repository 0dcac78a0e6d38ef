"""Many of our own files read and cleaned in one child process.

Starting a child costs more than reading a month of orders, and the demo has seventy files. The
work is that of `imports.stage`, step by step; only the child is shared, and while it reads, the
files before are committed.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from salesdash.datasets import DATASETS, Dataset
from salesdash.engine import child
from salesdash.errors import DataRefused, Place
from salesdash.imports import Home, Request, Staged
from salesdash.imports.preflight import counted
from salesdash.ingest import Cleaned, Mapping, Overrides, Reading, Watch, propose
from salesdash.ingest.cleaning.clean import clean_here
from salesdash.ingest.files.reader import read_here

PREPARED = "prepared.json"
READER = "calamine"

_CHILD = "salesdash.demo.batch:prepare"
_READY, _OVER = "ready", "over"


def staged(home: Home, requests: Sequence[Request]) -> Iterator[Staged]:
    """The requests staged, in their order, each as soon as it is ready.

    Every request has an `as_of`. Raises as `stage` does, DataRefused for open questions too.
    """
    folders = [home.disk.folder(home.staging / secrets.token_hex(8)) for _ in requests]
    files = [_order(request, folder) for request, folder in zip(requests, folders, strict=True)]
    steps: SimpleQueue[str] = SimpleQueue()
    known: set[float] = set()

    def note(share: float, step: str) -> None:
        """A file is ready once, though a child that works on is heard again and again."""
        if step == _READY and share not in known:
            known.add(share)
            steps.put(step)

    watch = Watch(on_progress=note)
    with ThreadPoolExecutor(1) as pool:
        work: Future[int] = pool.submit(child.run, _CHILD, {"files": files}, watch=watch)
        work.add_done_callback(lambda _: steps.put(_OVER))
        for request, folder in zip(requests, folders, strict=True):
            _await_next(steps, work)
            yield _staged(home, request, folder)


def _await_next(steps: "SimpleQueue[str]", work: "Future[int]") -> None:
    """Wait until one more file is ready, or all are; raises what went wrong in the child."""
    while not work.done():
        if steps.get() == _READY:
            return
    work.result()


def _order(request: Request, folder: Path) -> dict[str, Any]:
    return {
        "path": str(request.path),
        "name": request.name,
        "options": request.read_options.to_json(),
        "folder": str(folder),
        "dataset": request.dataset,
    }


def prepare(files: list[dict[str, Any]]) -> int:
    """The child's side: read, map and clean each file into its folder; how many."""
    for number, file in enumerate(files, start=1):
        path, name, folder = file["path"], file["name"], file["folder"]
        kind = Path(path).suffix.removeprefix(".")
        found = read_here(path, name, file["options"], folder, kind, READER)
        reading = Reading.from_json(found)
        mapping = _mapped(reading, DATASETS[file["dataset"]])
        if mapping.questions:
            asked = ", ".join(question.id for question in mapping.questions)
            raise DataRefused("data.open_questions", place=Place(name), questions=asked)
        table = reading.tables[mapping.table].to_json()
        cleaned = clean_here(table, mapping.to_json(), folder)
        facts = {"reading": found, "mapping": mapping.to_json(), "cleaned": cleaned}
        (Path(folder) / PREPARED).write_text(json.dumps(facts), encoding="utf-8")
        child.progress(number / len(files), _READY)
    return len(files)


def _mapped(reading: Reading, dataset: Dataset) -> Mapping:
    """The mapping; where numbers belong, the words of our own files are mistakes to be rejected."""
    mapping = propose(reading, dataset)
    words = (question for question in mapping.questions if question.id.startswith("words:"))
    said = {str(each.column): f"{each.values['field']}@words=reject" for each in words}
    return propose(reading, dataset, overrides=Overrides(columns=said)) if said else mapping


def _staged(home: Home, request: Request, folder: Path) -> Staged:
    facts = json.loads((folder / PREPARED).read_text(encoding="utf-8"))
    assert request.as_of is not None
    staged = Staged(
        home,
        folder,
        request,
        sha256="",
        size=request.path.stat().st_size,
        received=request.as_of,
        reading=Reading.from_json(facts["reading"]),
        mapping=Mapping.from_json(facts["mapping"]),
        cleaned=Cleaned.from_json(facts["cleaned"]),
        as_of=request.as_of,
        as_of_source="given",
    )
    kept = home.disk.compress(request.path, staged.original)
    return counted(replace(staged, sha256=kept))
