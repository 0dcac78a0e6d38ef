"""The log of a home and its repairs: imports, undo, redo, rebuild, rejects."""

from collections.abc import Sequence

from salesdash import imports as way_in
from salesdash import ingest, texts
from salesdash.commands.arguments import Event as Number
from salesdash.commands.arguments import Nothing, Rejects
from salesdash.commands.office import Desk, absolute
from salesdash.commands.replies import Document, Reply, plain, problem
from salesdash.datasets import DATASETS
from salesdash.errors import Problem
from salesdash.imports import is_alive, together
from salesdash.ingest import Reject
from salesdash.ingest.frozen import from_json
from salesdash.workspace import Event, Status


def imports(desk: Desk, _: Nothing) -> Reply:
    """All events, oldest first: [{event, kind, dataset, status, live, file, counts, who, at, ...}].

    `live`: rows that count now; an undo or redo that was done. `group`: the first of the events
    that happened as one.
    """
    events = desk.home.workspace.log.events()
    return Reply([event_facts(event, events, desk.lang) for event in events])


def event_facts(event: Event, events: Sequence[Event], lang: str) -> dict[str, Document]:
    """One event of the log, as JSON."""
    is_done = event.status is Status.DONE
    live = is_alive(event.id, events) if event.kind.brings_rows else is_done
    facts = {
        "event": event.id,
        "kind": event.kind,
        "dataset": event.dataset,
        "status": event.status,
        "live": live,
        "target": event.target,
        "group": event.group,
        "file": event.file_name,
        "sha256": event.file_sha256,
        "size": event.file_size,
        "mode": event.mode,
        "as_of": event.as_of,
        "forced": event.forced,
        "from": event.first_date,
        "to": event.last_date,
        "counts": event.counts,
        "who": event.who,
        "at": event.at,
    }
    told = [problem(from_json(Problem, each), lang) for each in event.warnings]
    return {**{name: plain(value) for name, value in facts.items()}, "warnings": told}


def undo(desk: Desk, given: Number) -> Reply:
    """Take back what an event brought: {event, target, counts}.

    Of a file that fed several datasets all goes, and `parts` lists {event, target, dataset}.
    """
    return _moved(desk, way_in.undo(desk.home, given.event, desk.who, desk.now))


def redo(desk: Desk, given: Number) -> Reply:
    """Bring back what was undone: {event, target, counts}, and `parts` as `undo` has them."""
    return _moved(desk, way_in.redo(desk.home, given.event, desk.who, desk.now))


def _moved(desk: Desk, event: Event) -> Reply:
    facts: dict[str, Document] = {
        "event": event.id,
        "target": event.target,
        "counts": plain(event.counts),
    }
    parts = together(event, desk.home.done())
    if len(parts) > 1:
        facts["parts"] = [
            {"event": each.id, "target": each.target, "dataset": each.dataset} for each in parts
        ]
    return Reply(facts)


def rebuild(desk: Desk, _: Nothing) -> Reply:
    """Make the warehouse again from the log: {events, rows, version}."""
    way_in.rebuild(desk.home)
    warehouse = desk.home.warehouse
    return Reply(
        {
            "events": len(desk.home.done()),
            "rows": sum(warehouse.coverage(name).rows for name in DATASETS),
            "version": warehouse.version,
        }
    )


def rejects(desk: Desk, given: Rejects) -> Reply:
    """The rejected records of an import: {event, file, rejects: [{id, column, value, reason}]}.

    With `csv` also the download as text: record id, reason, then the raw cells. With `repair` the
    mended file comes back: {event, target, counts}.
    """
    if given.repair is not None:
        path = absolute(given.repair)
        return _moved(desk, way_in.repair(desk.home, given.event, path, desk.who, desk.now))
    event = desk.home.workspace.log.event(given.event)
    stored = desk.home.imports / event.rejects_file if event.rejects_file else None
    document = {
        "event": event.id,
        "file": event.file_name,
        "rejects": [_reject(each, desk.lang) for each in way_in.rejects(desk.home, event.id)],
    }
    if given.csv:
        document["csv"] = ingest.rejects_csv(stored, desk.lang) if stored else ""
    return Reply(document)


def _reject(reject: Reject, lang: str) -> dict[str, Document]:
    return {
        "id": reject.id,
        "sheet": reject.sheet,
        "record": reject.record,
        "line": reject.line,
        "column": reject.column,
        "value": reject.value,
        "reason": texts.t(reject.reason, lang),
        "key": reject.reason,
        "raw": plain(reject.raw),
        "surplus": list(reject.surplus),
    }
