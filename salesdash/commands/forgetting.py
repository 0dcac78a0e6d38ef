"""The command `forget`: a customer or person gives way to a stand-in, everywhere."""

from salesdash.commands.arguments import Forget
from salesdash.commands.office import Desk
from salesdash.commands.questions import choice
from salesdash.commands.replies import Document, Reply, plain
from salesdash.errors import UsageError
from salesdash.imports.forgetting import Kind, forget
from salesdash.workspace import Stamp


def forget_one(desk: Desk, given: Forget) -> Reply:
    """Replace whom a name or key means: {kind, token, event, rows, rejects, originals ...}.

    `event` None: nothing was stored. `rows`: clean rows of all imports by dataset; `originals`:
    numbers of imports whose files were rewritten or had to go; `workspace`: places by table;
    `texts`: {place, row, text} that people typed and that stay; `backups`, `inbox`: files that may
    still name them.
    """
    kind = choice("kind", given.kind, Kind)
    if kind is None:
        raise UsageError("usage.missing", name="kind")
    stamp = Stamp(desk.who, desk.now)
    done = forget(desk.home, given.name, kind, stamp, dry=given.dry_run)
    document: dict[str, Document] = {
        "kind": kind.value,
        "token": done.subject.token,
        "event": done.event.id if done.event else None,
        "writings": sorted(done.subject.values),
        "rows": plain(done.rows),
        "rejects": done.rejects,
        "originals": {"rewritten": list(done.rewritten), "dropped": list(done.dropped)},
        "workspace": plain(done.workspace.places),
        "texts": [
            {"place": place, "row": row, "text": text} for place, row, text in done.workspace.texts
        ],
        "backups": list(done.backups),
        "inbox": list(done.inbox),
    }
    return Reply(document)
