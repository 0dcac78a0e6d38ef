"""Many of our own files read and cleaned in one child process.

Starting a child costs more than reading a month of orders, and the demo has thirty months. The
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

from salesdash.datasets import SALES
from salesdash.engine import child
from salesdash.errors import DataRefused, Place
from salesdash.imports import Home, Request, Staged
from salesdash.imports.preflight import counted
from salesdash.ingest import Cleaned, Mapping, Reading, ReadOptions, Watch, propose
from salesdash.ingest.cleaning.clean import clean_here
from salesdash.ingest.files.reader import read_here

PREPARED = "prepared.json"

_CHILD = "salesdash.demo.batch:prepare"
_READY, _OVER = "ready", "over"


def staged(home: Home, requests: Sequence[Request]) -> Iterator[Staged]:
    """The requests staged, in their order, each as soon as it is ready.

    Every request has an `as_of`. Raises as `stage` does, DataRefused for open questions too.
    """
    folders = [home.disk.folder(home.staging / secrets.token_hex(8)) for _ in requests]
    files = [
        {"path": str(request.path), "name": request.name, "folder": str(folder)}
        for request, folder in zip(requests, folders, strict=True)
    ]
    steps: SimpleQueue[str] = SimpleQueue()
    watch = Watch(on_progress=lambda _share, step: steps.put(step))
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


def prepare(files: list[dict[str, str]]) -> int:
    """The child's side: read, map and clean each file into its folder; how many."""
    for number, file in enumerate(files, start=1):
        found = read_here(
            file["path"], file["name"], ReadOptions().to_json(), file["folder"], "csv", ""
        )
        reading = Reading.from_json(found)
        mapping = propose(reading, SALES)
        if mapping.questions:
            asked = ", ".join(question.id for question in mapping.questions)
            raise DataRefused("data.open_questions", place=Place(file["name"]), questions=asked)
        table = reading.tables[mapping.table].to_json()
        cleaned = clean_here(table, mapping.to_json(), file["folder"])
        facts = {"reading": found, "mapping": mapping.to_json(), "cleaned": cleaned}
        (Path(file["folder"]) / PREPARED).write_text(json.dumps(facts), encoding="utf-8")
        child.progress(number / len(files), _READY)
    return len(files)


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
