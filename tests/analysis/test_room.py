"""A meeting from its opening to its minutes, in a workspace on the disk."""

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salesdash import documents
from salesdash.analysis import frozen, occasions, reviews, training
from salesdash.analysis.actions import AIMS
from salesdash.analysis.agenda import trainings
from salesdash.analysis.agenda.held import Figures
from salesdash.analysis.plans import gone
from salesdash.analysis.room import Room
from salesdash.config import AgendaLine, Course, Item, Required
from salesdash.metrics import Words
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Priority, Promise, Source, Stamp, Terms, Workspace
from tests.analysis.company import sale, settings
from tests.analysis.meeting import MONDAY, PLAN, held
from tests.warehouse.build import build

ANA = Stamp("Ana", MONDAY)
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 40))
KNOWN = replace(settings(), meetings={"weekly": PLAN}, hash="with meetings")
ROWS = (sale("2026-11-17", 100, document="B", region="North", person="Cleo"),)


@pytest.fixture
def workspace(tmp_path: Path):
    found = Workspace.open(tmp_path / "workspace.sqlite", MONDAY)
    yield found
    found.close()


@pytest.fixture
def room(workspace: Workspace) -> Room:
    return Room(build(ROWS), KNOWN, workspace, "EUR")


def opened(room: Room) -> int:
    due = occasions.occasion(PLAN, MONDAY.date(), FiscalCalendar())
    return room.workspace.meetings.open(due, 1, occasions.agenda(PLAN), ANA).id


def test_what_is_written_is_in_the_minutes_and_stays(room: Room) -> None:
    number = opened(room)
    first = room.workspace.meetings.lines(number)[0].id
    room.workspace.meetings.write((first, "decision"), "Visit", ANA, 0)
    room.workspace.actions.make(Promise("Call", "Bo", line=first), ANA)
    now = room.current(number)
    assert (now.closed, now.currency, now.hash) == (None, "EUR", "with meetings")
    closed = room.close(number, BO)
    kept = room.kept(number)
    assert kept.closed is not None
    assert (kept.closed.who, kept.lines[0].decision.text) == ("Bo", "Visit")
    assert replace(kept, closed=None) == now

    room.workspace.actions.amend(1, {"text": "Call twice"}, BO, 1)
    other = Room(build(()), replace(KNOWN, meetings={}), room.workspace, "USD")
    assert frozen.dumps(other.kept(number)) == closed.answers
    assert [row.text for row in other.kept(number).lines[0].actions] == ["Call"]
    assert kept.lines[0].tiles[0].figure.value == Decimal(100)


def test_figures_are_asked_once_for_those_who_remember(room: Room) -> None:
    number = opened(room)
    asked: dict[object, Figures] = {}

    def remember(question, ask):
        return asked.setdefault(question, ask()) if question not in asked else asked[question]

    careful = replace(room, remember=remember)
    assert careful.current(number) == careful.current(number)
    assert len(asked) == 1


def test_overdue_trainings_are_a_line_of_their_own(room: Room) -> None:
    names = Words("CRM", "客户系统")
    items = {name: Item("CRM", "客户系统") for name in ("log", "next")}
    course = Course("crm", names, names, 14, None, items)
    line = AgendaLine("training", "training", Words("T", "T"), Words("", ""))
    plan = replace(PLAN, agenda=(line,))
    known = replace(KNOWN, meetings={"weekly": plan}, training={"crm": course}, hash="training")
    store = room.workspace.training
    store.assign([("Cleo", "crm", date(2026, 11, 20)), ("Dan", "crm", date(2026, 11, 30))], ANA)
    store.tick(("Cleo", "crm", "log"), ANA, done=True)
    due = occasions.occasion(plan, MONDAY.date(), FiscalCalendar())
    number = room.workspace.meetings.open(due, 1, occasions.agenda(plan), ANA).id
    taught = replace(room, settings=known)
    taught.close(number, BO)
    store.tick(("Cleo", "crm", "next"), ANA, done=True)  # afterwards; the minutes stay
    late, soon = taught.kept(number).lines[0].trainings
    assert (late.person, late.due, late.left, late.state) == (
        *("Cleo", date(2026, 11, 20), 1),
        "overdue",
    )
    assert (soon.person, soon.due, soon.state) == ("Dan", date(2026, 11, 30), "soon")
    said = documents.markdown(taught.kept(number), "zh")
    assert "- Cleo：客户系统、已逾期（2026年11月20日）、还差 1 条" in said
    assert "- Dan：客户系统、应于2026年11月30日完成、还差 2 条" in said


def test_meetings_closed_before_trainings_had_states_are_still_read(room: Room) -> None:
    late = trainings.Late("Cleo", Words("CRM", "客户系统"), date(2026, 11, 20), 1)
    kept = frozen.dumps(late)
    assert '"state"' in kept
    old = json.loads(kept)
    assert frozen.loads(json.dumps(_without(old, "state"))) == late


def _without(value: Any, name: str) -> Any:
    """A frozen answer as an earlier version kept it, without a field."""
    if isinstance(value, dict):
        return {key: _without(each, name) for key, each in value.items() if key != name}
    return [_without(each, name) for each in value] if isinstance(value, list) else value


def test_meetings_keep_what_actions_are_to_move_and_older_ones_know_nothing_of_it(room: Room):
    first = room.workspace.meetings.lines(opened(room))[0].id
    scope = (Filter("region", ("North",)),)
    promise = Promise("Call", "Bo", line=first, priority=Priority.HIGH, metric="sales", scope=scope)
    room.workspace.actions.make(replace(promise, expected=Decimal("5.50")), ANA)
    room.close(1, BO)
    (row,) = room.kept(1).lines[0].actions
    assert (row.priority, row.metric, row.scope, row.expected) == (
        Priority.HIGH,
        "sales",
        scope,
        Decimal("5.50"),
    )
    assert row.origin == Source("line", str(first))
    assert "Call — Bo, high priority" in documents.markdown(room.kept(1), "en")
    assert "Call — Bo、高优先级" in documents.markdown(room.kept(1), "zh")
    old = json.loads(frozen.dumps(row))
    for name in (*AIMS, "comments"):
        old = _without(old, name)
    plain = frozen.loads(json.dumps(old))
    assert (plain.text, plain.priority, plain.metric) == ("Call", Priority.NORMAL, None)


def test_the_line_of_goals_says_how_many_wait_for_a_review(room: Room) -> None:
    q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
    terms = [Terms(name, q4, Decimal(900)) for name in ("sales", "orders")]
    room.workspace.goals.add(terms, Stamp("Ana", datetime(2026, 10, 1, 9, 0)))
    number = opened(room)
    (line,) = [each for each in room.current(number).lines if each.kind == "goals"]
    assert line.due == reviews.notice(2)
    assert "2 goals are due for review" in documents.markdown(room.current(number), "en")
    assert "有 2 个目标该复盘" in documents.markdown(room.current(number), "zh")
    room.close(number, BO)
    (line,) = [each for each in room.kept(number).lines if each.kind == "goals"]
    assert line.due == reviews.notice(2)


def test_a_kind_that_is_gone_keeps_its_meeting_usable(room: Room) -> None:
    number = opened(room)
    without = replace(room, settings=replace(KNOWN, meetings={}))
    found = without.current(number)
    assert (found.name["en"], len(found.lines)) == ("weekly", 5)
    assert gone(held()).every is Grain.WEEK
    assert gone(held(last_day=MONDAY.date().replace(month=12))).every is Grain.MONTH


def test_the_people_of_the_data_can_be_trained() -> None:
    rows = (*ROWS, sale("2026-11-18", 5, person="Ｄan"), sale("2026-11-18", 5, person=None))
    found = training.people(build(rows, people=[{"person": "Eva"}, {"person": "Cleo"}]))
    assert sorted(found) == ["Cleo", "Dan", "Eva"]


def test_many_missing_trainings_are_counted_beyond_the_first(workspace: Workspace) -> None:
    names = Words("CRM", "客户系统")
    rule = Required(everybody=True)
    course = Course("crm", names, names, 14, None, {"log": Item("CRM", "客户系统")}, required=rule)
    line = AgendaLine("training", "training", Words("T", "T"), Words("", ""))
    plan = replace(PLAN, agenda=(line,))
    known = replace(KNOWN, meetings={"weekly": plan}, training={"crm": course}, hash="missing")
    people = [{"person": f"P{number:02}"} for number in range(11)]
    room = Room(build(ROWS, people=people), known, workspace, "EUR")
    due = occasions.occasion(plan, MONDAY.date(), FiscalCalendar())
    number = workspace.meetings.open(due, 1, occasions.agenda(plan), ANA).id
    room.close(number, BO)
    (shown,) = room.kept(number).lines
    assert [each.state for each in shown.trainings] == ["missing"] * 8
    said = documents.markdown(room.kept(number), "en")
    assert "- P00: CRM, required, not finished, 1 item left" in said
    assert "3 more required trainings are not finished." in said
