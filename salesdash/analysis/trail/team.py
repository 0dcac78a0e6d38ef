"""What a write was about: meetings, actions and training."""

from collections.abc import Callable, Mapping

from salesdash.analysis.answers import Member, Reason
from salesdash.analysis.trail.scene import Link, Said, Scene, short, words_of
from salesdash.workspace import Written

ACTION = ("text", "owner", "due", "priority", "metric", "scope", "expected", "check")


def _did(verb: str, what: object) -> Reason:
    return Reason(f"trail.did.{verb}", (("what", what),))


def _on_meeting(number: object) -> Link:
    return "meetings", {"meeting": str(number or "")}


def _meeting(written: Written, scene: Scene) -> Said:
    state = written.content.get("state")
    verb = {"planned": "planned", "open": "opened", "closed": "closed"}.get(str(state), "changed")
    if verb == "opened" and written.before and written.before.get("state") == "closed":
        verb = "reopened"
    return Said(_did(verb, scene.meeting(written.row)), link=_on_meeting(written.row))


def _line(written: Written, scene: Scene) -> Said:
    row = scene.row("meeting_lines", written.row)
    link = _on_meeting(row.get("meeting"))
    if written.before is not None:
        return Said(_did("changed", scene.line(written.row)), link=link)
    values = (("those", words_of(row.get("title"))), ("what", scene.meeting(row.get("meeting"))))
    return Said(Reason("trail.did.put", values), link=link)


def _text(written: Written, scene: Scene) -> Said:
    row = scene.row("meeting_texts", written.row)
    line = scene.row("meeting_lines", row.get("line"))
    what = Reason(f"trail.of.{row.get('field', 'note')}", (("line", scene.line(row.get("line"))),))
    verb = "wrote" if written.before is None else "changed"
    return Said(_did(verb, what), ("text",), _on_meeting(line.get("meeting")), bare=True)


def _attendance(written: Written, scene: Scene) -> Said:
    row = scene.row("attendance", written.row)
    key = "trail.did.present" if written.content.get("present") else "trail.did.absent"
    if "present" not in written.content or (
        written.content.get("invited") and not written.content.get("present")
    ):
        key = "trail.did.invited"
    meeting = scene.meeting(row.get("meeting"))
    values = (("those", Member(str(row.get("person", "")))), ("what", meeting))
    return Said(Reason(key, values), link=_on_meeting(row.get("meeting")))


def _series(written: Written, scene: Scene) -> Said:
    row = scene.row("meeting_series", written.row)
    name = scene.meetings.get(str(row.get("kind")), Member(str(row.get("kind", ""))))
    values = (("name", name), ("who", Member(str(row.get("person", "")))))
    return Said(Reason("trail.did.series", values), link=("meetings", {}))


def _template(written: Written, scene: Scene) -> Said:
    name = words_of(scene.row("meeting_templates", written.row).get("name"))
    verb = "wrote" if written.before is None else "changed"
    if "withdrawn" in written.content and written.before is not None:
        verb = "withdrew" if written.content["withdrawn"] else "restored"
    what = Reason("trail.of.template", (("name", name),))
    return Said(_did(verb, what), ("name", "every"), ("meetings", {}))


def _run(written: Written, scene: Scene) -> Said:
    row = scene.row("line_runs", written.row)
    line = scene.row("meeting_lines", row.get("line"))
    outcome = written.content.get("outcome")
    moved = outcome != (written.before or {}).get("outcome")
    key = f"line_{outcome or 'open'}" if "outcome" in written.content and moved else "timed"
    return Said(_did(key, scene.line(row.get("line"))), link=_on_meeting(line.get("meeting")))


def _rating(written: Written, scene: Scene) -> Said:
    number = scene.row("meeting_ratings", written.row).get("meeting")
    return Said(_did("rated", scene.meeting(number)), ("rating", "word"), _on_meeting(number))


def _reopening(written: Written, scene: Scene) -> Said:
    number = written.content["meeting"]
    return Said(_did("kept_answers", scene.meeting(number)), ("reason",), _on_meeting(number))


def _action(written: Written, scene: Scene) -> Said:
    content, before = written.content, written.before
    link: Link = ("actions", {"action": str(written.row)})
    what = scene.action(written.row)
    if before is None:
        return Said(_did("promised", what), ACTION[1:], link)
    state = content.get("state")
    if state is not None and state != before.get("state"):
        verb = {"done": "did", "dropped": "dropped"}.get(str(state), "opened_again")
        return Said(_did(verb, what), ACTION, link)
    return Said(_did("changed", what), ACTION, link)


def _comment(written: Written, scene: Scene) -> Said:
    number = written.content["action"]
    link: Link = ("actions", {"action": str(number)})
    return Said(_did("commented", scene.action(number)), ("text",), link, bare=True)


def _verdict(written: Written, scene: Scene) -> Said:
    number = written.content["action"]
    verb = "judged" if written.before is None else "judged_again"
    link: Link = ("actions", {"action": str(number)})
    return Said(_did(verb, scene.action(number)), ("word", "note"), link)


def _trainee(written: Written, scene: Scene) -> Said:
    person = str(scene.row("trainees", written.row).get("person", ""))
    told = Reason("trail.did.trainee", (("who", Member(person)),))
    return Said(told, link=("training", {"person": person}))


def _learned(table: str, verb: str, row: Mapping[str, object], scene: Scene) -> Said:
    person = str(row.get("person", ""))
    values = (
        ("who", Member(person)),
        ("course", scene.course(row.get("course"))),
        ("item", scene.item(row.get("course"), row.get("item"))),
    )
    whole = table == "evidence" and not row.get("item")
    key = f"trail.did.{verb}_course" if whole else f"trail.did.{verb}"
    codes = {"person": person, "course": str(row.get("course", ""))}
    return Said(Reason(key, values), _LEARNED[table], ("training", codes))


_LEARNED: Mapping[str, tuple[str, ...]] = {
    "assignments": ("due",),
    "ticks": (),
    "evidence": ("note", "witness"),
    "completions": ("score", "note"),
}


def _assignment(written: Written, scene: Scene) -> Said:
    verb = "assigned" if written.content.get("due") else "unassigned"
    return _learned("assignments", verb, scene.row("assignments", written.row), scene)


def _tick(written: Written, scene: Scene) -> Said:
    verb = "ticked" if written.content.get("done") else "unticked"
    return _learned("ticks", verb, scene.row("ticks", written.row), scene)


def _evidence(written: Written, scene: Scene) -> Said:
    return _learned("evidence", "showed", scene.row("evidence", written.row), scene)


def _completion(written: Written, scene: Scene) -> Said:
    verb = "finished" if written.content.get("stands", True) else "unfinished"
    return _learned("completions", verb, scene.row("completions", written.row), scene)


def _step(written: Written, scene: Scene) -> Said:
    row = scene.row("training_steps", written.row)
    count = len(row.get("changes") or [])
    values = (("count", count), ("file", short(row.get("file"))))
    key = "undone" if written.content.get("undone") else str(row.get("kind", "assign"))
    return Said(Reason(f"trail.step.{key}", values), link=("training", {}))


TABLES: Mapping[str, Callable[[Written, Scene], Said]] = {
    "meetings": _meeting,
    "meeting_lines": _line,
    "meeting_texts": _text,
    "attendance": _attendance,
    "meeting_series": _series,
    "meeting_templates": _template,
    "line_runs": _run,
    "meeting_ratings": _rating,
    "reopenings": _reopening,
    "actions": _action,
    "action_comments": _comment,
    "action_verdicts": _verdict,
    "trainees": _trainee,
    "assignments": _assignment,
    "ticks": _tick,
    "evidence": _evidence,
    "completions": _completion,
    "training_steps": _step,
}
