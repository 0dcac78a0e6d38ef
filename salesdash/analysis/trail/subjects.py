"""What a write was about, table by table; one without words of its own is told by its fields."""

from collections.abc import Callable, Mapping

from salesdash import texts
from salesdash.analysis.answers import Member, Name, Reason
from salesdash.analysis.progress import named
from salesdash.analysis.trail import team
from salesdash.analysis.trail.scene import Said, Scene, scope, short
from salesdash.periods import Period
from salesdash.workspace import EventKind, Status, Written

GOAL = ("target", "floor", "stretch", "owner", "reason", "rhythm")
MOVED = ("first", "last")
"""The days of a goal are in its name, unless they are others now."""

REVIEW = ("word", "note", "decision", "next_step")
COUNTS = ("new", "changed", "vanished", "rejected")


def said(written: Written, scene: Scene) -> Said:
    """A write in words."""
    describe = _TABLES.get(written.table, _other)
    return describe(written, scene)


def _event(written: Written, scene: Scene) -> Said:
    content = written.content
    kind = EventKind(content["kind"])
    target = scene.row("events", content["target"])
    values = (
        ("file", Member(str(content["file_name"] or target.get("file_name") or written.row))),
        ("dataset", Name("dataset", content["dataset"])),
        ("number", written.row),
        ("target", content["target"] or 0),
    )
    counts = content["counts"] or {}
    keys = (content["options"] or {}).get("keys") or ()
    notes = tuple(_key(each) for each in keys) + tuple(
        Reason(f"trail.count.{name}", (("count", int(counts[name])),))
        for name in COUNTS
        if counts.get(name)
    )
    if content["status"] != Status.DONE:
        notes = (*notes, Reason(f"trail.event.status.{content['status']}"))
    return Said(Reason(f"trail.event.{kind.value}", values), link=("imports", {}), notes=notes)


def _key(name: object) -> Reason:
    """Whom an edit was about."""
    return Reason("trail.turn.only", (("now", short(name)),))


def _mapping(written: Written, scene: Scene) -> Said:
    dataset = scene.row("mappings", written.row).get("dataset", "sales")
    told = Reason("trail.did.mapping", (("dataset", Name("dataset", str(dataset))),))
    return Said(told, link=("imports", {}))


def _setting(written: Written, scene: Scene) -> Said:
    key = str(scene.row("settings", written.row).get("key", ""))
    known = f"trail.setting.{key}"
    name = Reason(known) if known in texts.catalog("en") else Member(key)
    return Said(Reason("trail.did.setting", (("name", name),)))


def _name(_written: Written, _scene: Scene) -> Said:
    return Said(Reason("trail.did.name"))


def _query(written: Written, scene: Scene) -> Said:
    content, before = written.content, written.before
    verb = "saved" if before is None else "changed"
    if "withdrawn" in content and before is not None:
        verb = "withdrew" if content["withdrawn"] else "restored"
    name = short(scene.row("saved_queries", written.row).get("name"))
    told = Reason(f"trail.did.{verb}", (("what", Reason("trail.of.query", (("name", name),))),))
    link = ("query", {"saved": str(written.row)})
    return Said(told, ("name", "description", "sql"), link)


def _asked(_written: Written, _scene: Scene) -> Said:
    return Said(Reason("trail.did.asked"), link=("query", {}))


def _annotation(written: Written, scene: Scene) -> Said:
    content, before = written.content, written.before
    verb = "wrote" if before is None else "changed"
    if "withdrawn" in content and before is not None:
        verb = "withdrew" if content["withdrawn"] else "restored"
    row = scene.row("annotations", written.row)
    what = Reason("trail.of.annotation", (("text", short(row.get("text"))),))
    fields = ("first", "last", "metric", "scope")
    told = fields if before is None else ("text", *fields)
    link = ("trends", {"note": str(written.row)})
    return Said(Reason(f"trail.did.{verb}", (("what", what),)), told, link)


def _goal(written: Written, scene: Scene) -> Said:
    content, before = written.content, written.before
    verb = "set" if before is None else "changed"
    if content["withdrawn"]:
        verb = "withdrew"
    elif before is not None and before["withdrawn"]:
        verb = "restored"
    told = Reason(f"trail.did.{verb}", (("what", _goal_name(content, scene)),))
    fields = GOAL if before is None else (*MOVED, *GOAL)
    link = ("goals", {"goal": str(content["goal"])})
    return Said(told, fields, link, notes=_why(content["why"]))


def _why(text: object) -> tuple[Reason, ...]:
    """Why somebody wrote; it is of this write alone."""
    if not text:
        return ()
    said = Reason("trail.quoted", (("text", short(text)),))
    return (Reason("trail.turn.set", (("field", Reason("trail.field.why")), ("now", said))),)


def _review(written: Written, scene: Scene) -> Said:
    content = written.content
    verb = "reviewed" if written.before is None else "corrected_review"
    told = Reason(f"trail.did.{verb}", (("what", _goal_name(content, scene)),))
    link = ("goals", {"goal": str(content["goal"])}) if content["goal"] else ("goals", {})
    return Said(told, REVIEW, link)


def _goal_name(content: Mapping[str, object], scene: Scene) -> Reason:
    period = Period.through(content["first"], content["last"])  # type: ignore[arg-type]  # days
    values = (
        ("metric", scene.metric(content["metric"])),
        ("period", named(period, scene.settings.fiscal)),
        ("scope", scope(content["scope"])),
    )
    return Reason("trail.of.goal_in" if content["scope"] else "trail.of.goal", values)


def _other(written: Written, _scene: Scene) -> Said:
    """A table that nobody described: its name, its row, and every field."""
    key = f"trail.table.{written.table}"
    table = Reason(key) if key in texts.catalog("en") else Member(written.table.replace("_", " "))
    what = Reason("trail.of.row", (("table", table), ("number", written.row)))
    verb = "wrote" if written.before is None else "changed"
    return Said(Reason(f"trail.did.{verb}", (("what", what),)), None)


_TABLES: Mapping[str, Callable[[Written, Scene], Said]] = {
    "events": _event,
    "mappings": _mapping,
    "settings": _setting,
    "names": _name,
    "annotations": _annotation,
    "saved_queries": _query,
    "asked_queries": _asked,
    "goal_revisions": _goal,
    "goal_reviews": _review,
    **team.TABLES,
}
