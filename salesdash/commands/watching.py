"""The command `watch`: one round through the inbox of a home."""

import time
from collections.abc import Callable

from salesdash import inbox
from salesdash.commands.arguments import Watch
from salesdash.commands.office import Desk
from salesdash.commands.replies import OK, REFUSED, Document, Reply, plain
from salesdash.inbox import Lookout, Outcome, Taken, Taker
from salesdash.inbox.arrivals import SETTLE_SECONDS, candidates

Pause = Callable[[float], None]


def watch(desk: Desk, _: Watch, pause: Pause = time.sleep) -> Reply:
    """Take what is complete in the inbox: {inbox, files, arriving, waiting}.

    `files`: {file, outcome, place, why, files, events: [{event, dataset, counts}]}, outcome
    imported, already (in before), question, refused, unpacked (`files` came out of it, and are
    told by themselves) or later (not its fault, taken again next time).
    `arriving`: names of files that are still being written. `waiting`: {file, place, why} of all
    that wait for an answer, now or since earlier; while there are any, or something was refused,
    the exit code is 1.
    """
    home, lookout = desk.home, Lookout()
    inbox.tidy(home)
    lookout.look(home.inbox, 0.0)
    if lookout.arriving:
        pause(SETTLE_SECONDS)
    ready = lookout.look(home.inbox, SETTLE_SECONDS)
    taken = list(inbox.rounds(Taker(home, desk.who, lambda: desk.now), ready))
    waits = inbox.waiting(home)
    bad = any(each.outcome in (Outcome.QUESTION, Outcome.REFUSED) for each in taken)
    document: dict[str, Document] = {
        "inbox": str(home.inbox),
        "files": [_facts(each, desk) for each in taken],
        "arriving": sorted(path.name for path in candidates(home.inbox)),
        "waiting": [
            {
                "file": each.name,
                "place": str(each.path.relative_to(home.inbox)),
                "why": each.note.why.get(desk.lang) if each.note else None,
            }
            for each in waits
        ],
    }
    return Reply(document, REFUSED if bad or waits else OK)


def _facts(taken: Taken, desk: Desk) -> Document:
    return {
        "file": taken.file,
        "outcome": taken.outcome.value,
        "place": str(taken.path.relative_to(desk.home.inbox)),
        "why": (taken.why or {}).get(desk.lang),
        "files": [path.name for path in taken.files],
        "events": [
            {"event": each.id, "dataset": each.dataset, "counts": plain(each.counts)}
            for each in taken.events
        ],
    }
