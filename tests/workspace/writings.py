"""Every way of writing into a workspace, once: all stores, all methods, all tables."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from salesdash.periods import Period
from salesdash.workspace import (
    Annotation,
    Draft,
    Edit,
    Entry,
    EventKind,
    Finished,
    Occasion,
    Outcome,
    Point,
    Promise,
    Query,
    Rating,
    Said,
    Seen,
    Stamp,
    Standing,
    Status,
    Template,
    Terms,
    Verdict,
    Word,
    Workspace,
)

Write = Callable[[Workspace, Stamp], object]

MONDAY = date(2026, 11, 16)
WEEK = Occasion("weekly", "week:2026-W47", MONDAY, date(2026, 11, 22))
NEXT = Occasion("weekly", "week:2026-W48", date(2026, 11, 23), date(2026, 11, 29), person="Bo")
POINT = Point("text", {"en": "Plan", "zh": "计划"}, {"en": "", "zh": ""}, place=0)
TEMPLATE = Template({"en": "Stand-up", "zh": "晨会"}, "week", "previous", (POINT,))
SEEN = Seen(MONDAY, None, 1, "abc", '{"figure":1}')


def terms(month: int, target: str = "9") -> Terms:
    """A goal of a month of 2027."""
    return Terms("sales", Period(date(2027, month, 1), date(2027, month + 1, 1)), Decimal(target))


WRITES: dict[str, Write] = {
    "log.begin": lambda w, s: w.log.begin(Draft(EventKind.IMPORT, s.who, s.at, file_name="a.csv")),
    "mappings.remember": lambda w, s: w.mappings.remember(("sales", "f"), {"a": 1}, s, 0),
    "names.state": lambda w, s: w.names.state("browser", s),
    "settings.write": lambda w, s: w.settings.write("key", {"a": [1]}, s),
    "goals.add": lambda w, s: w.goals.add([terms(1), terms(2)], s, "plan"),
    "goals.put": lambda w, s: w.goals.put([terms(1, "10")], s),
    "goals.revise": lambda w, s: w.goals.revise(w.goals.standing()[0], terms(1, "11"), s),
    "goals.settle": lambda w, s: w.goals.settle([Edit(None, terms(3))], s),
    "goals.take_back": lambda w, s: w.goals.take_back(w.goals.last(), s),
    "goals.withdraw": lambda w, s: w.goals.withdraw(w.goals.standing()[1], s, "too far"),
    "reviews.add": lambda w, s: w.reviews.add(w.goals.standing()[0], SEEN, Said(Word.AT_RISK), s),
    "reviews.correct": lambda w, s: w.reviews.correct(
        w.reviews.of(w.goals.standing()[0])[0], Said(Word.ON_TRACK, "better"), s
    ),
    "training.add": lambda w, s: w.training.add("Cleo", s),
    "training.assign": lambda w, s: w.training.assign([("Cleo", "crm", MONDAY)], s),
    "training.tick": lambda w, s: w.training.tick(("Cleo", "crm", "log"), s, done=True),
    "learning.state": lambda w, s: w.learning.state(("Cleo", "crm", ""), ("seen", "Bo"), s, 0),
    "learning.assign": lambda w, s: w.learning.assign([("Cleo", "market", MONDAY)], s),
    "learning.finish": lambda w, s: w.learning.finish(
        [Finished("Cleo", "product", MONDAY, "90")], "done.csv", s
    ),
    "learning.undo": lambda w, s: w.learning.undo(1, s),
    "meetings.plan": lambda w, s: w.meetings.plan(NEXT, s),
    "meetings.open": lambda w, s: w.meetings.open(WEEK, 1, [POINT], s),
    "meetings.put": lambda w, s: w.meetings.put(2, replace(POINT, kind="topic", place=None), s),
    "meetings.invite": lambda w, s: w.meetings.invite(2, ["Ana", "Cleo"], s),
    "meetings.write": lambda w, s: w.meetings.write((1, "decision"), "Call them", s, 0),
    "meetings.attend": lambda w, s: w.meetings.attend(2, ["Ana", "Bo"], s),
    "actions.make": lambda w, s: w.actions.make(Promise("Call", "Bo", MONDAY, line=1), s),
    "actions.amend": lambda w, s: w.actions.amend(1, {"owner": "Cleo"}, s, None),
    "comments.add": lambda w, s: w.comments.add(1, "Agreed", s),
    "actions.settle": lambda w, s: w.actions.settle(1, Standing.DONE, s),
    "verdicts.give": lambda w, s: w.verdicts.give(
        1, SEEN, (Verdict.WORKED, Verdict.TOO_EARLY, "they came back"), s, 0
    ),
    "runs.start": lambda w, s: w.runs.start(1, s),
    "runs.stop": lambda w, s: w.runs.stop(2, s),
    "runs.mark": lambda w, s: w.runs.mark(1, Outcome.CARRY, s),
    "ratings.rate": lambda w, s: w.ratings.rate(Rating(2, "Ana", 4, "quick"), s),
    "templates.make": lambda w, s: w.templates.make(TEMPLATE, s),
    "templates.edit": lambda w, s: w.templates.edit(1, replace(TEMPLATE, every="month"), s, None),
    "templates.withdraw": lambda w, s: w.templates.withdraw(1, s),
    "queries.make": lambda w, s: w.queries.make(Query("Rows", "select count(*) from sales"), s),
    "queries.edit": lambda w, s: w.queries.edit(1, Query("Lines", "from sales"), s, 1),
    "queries.withdraw": lambda w, s: w.queries.withdraw(1, s),
    "asked.note": lambda w, s: w.asked.note(Entry("from sales", s.at, 3, 0.1), s),
    "annotations.make": lambda w, s: w.annotations.make(Annotation("Fair", MONDAY, MONDAY), s),
    "annotations.edit": lambda w, s: w.annotations.edit(
        1, Annotation("Trade fair", MONDAY, WEEK.last_day, "sales"), s, 1
    ),
    "annotations.withdraw": lambda w, s: w.annotations.withdraw(1, s),
    "meetings.close": lambda w, s: w.meetings.close(2, lambda: '{"lines":[]}', s),
    "meetings.reopen": lambda w, s: w.meetings.reopen(2, "forgot the north", s),
}
"""In an order in which each finds what it needs."""

NO_ONES = {"log.settle"}
"""How an event ended is said by salesdash itself; who brought it stands in it."""


def write_all(workspace: Workspace, now: datetime, who: str = "Ana") -> None:
    """Write everything once; the event is done."""
    for write in WRITES.values():
        write(workspace, Stamp(who, now))
    workspace.log.settle(1, Status.DONE)
