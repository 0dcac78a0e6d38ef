"""The command `training`: list who stands where, bring finished trainings in, undo a step."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from salesdash import ingest
from salesdash.analysis import duties, finishing, training
from salesdash.analysis.finishing import Known, Plan, Refused
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Book, Written
from salesdash.charts import Words
from salesdash.commands.arguments import Training
from salesdash.commands.office import Desk, absolute
from salesdash.commands.replies import OK, REFUSED, Reply, plain
from salesdash.commands.requests import Order, one_of
from salesdash.commands.tables import csv_text
from salesdash.commands.wording import words
from salesdash.errors import DataRefused, Place, UsageError
from salesdash.ingest import ReadOptions
from salesdash.ingest.finished import Listing, finished
from salesdash.selection import numbered
from salesdash.workspace import Stamp

FIELDS = ("person", "course", "day", "score", "note")
"""Columns of a template, and of the rows that are refused."""


def trainings(desk: Desk, given: Training) -> Reply:
    """Do what was asked; each action says what its document holds."""
    action = ACTIONS.get(given.action)
    if action is None:
        known = ", ".join(ACTIONS)
        raise UsageError("training.action", action=given.action, known=known)
    return action(desk, given)


def listing(path: Path, name: str, options: ReadOptions, order: Order | None = None) -> Listing:
    """The finished trainings of a file, or of the only one in an archive. Raises DataRefused."""
    with TemporaryDirectory(prefix="salesdash-") as folder:
        part, *others = ingest.parts(path, name, options, Path(folder) / "parts")
        if others:
            raise DataRefused("dated.several", place=Place(name), count=1 + len(others))
        return finished(ingest.read(part.path, part.name, options, Path(folder)), order)


def refused_csv(refused: tuple[Refused, ...], told: Words) -> str:
    """The refused rows as a table that can be mended and brought back: cells, line, reason."""
    names = [told.say(f"learning.field.{name}") for name in (*FIELDS, "line", "reason")]
    rows = [
        (*cells, each.line.line, told.tell(each.reason)) for each, cells in finishing.table(refused)
    ]
    return csv_text(names, rows)


def template(told: Words) -> str:
    """An empty table with the columns that a file of finished trainings may have."""
    return csv_text([told.say(f"learning.field.{name}") for name in FIELDS], ())


def _list(desk: Desk, _: Training) -> Reply:
    """Everybody's courses: {headline, people: [{person, role, team, since, left, courses}], ...}.

    Each of `courses`: {course, name, done, of, state, due, asked, late}. `steps`: what was done to
    many at once, the newest first; `warnings`: roles and teams in config.yaml that nobody has.
    """
    told, courses = words(desk), desk.settings.training
    written, staff = Written.read(desk.home.workspace), Staff.read(desk.home.warehouse)
    known = training.people(desk.home.warehouse)
    board = training.build(courses, written, known, desk.today, staff)
    book = Book(written, staff, desk.today)
    rows = [(each.name, each.cells) for each in board.people]
    rows += [
        (name, tuple(training.cell(course, name, book) for course in courses.values()))
        for name in board.gone
    ]
    people = []
    for name, cells in rows:
        place = staff.place(name, desk.today)
        facts = {field: getattr(place, field) for field in ("role", "team", "since", "left")}
        stands = [
            {
                "course": cell.course,
                "name": courses[cell.course].name[desk.lang],
                "of": cell.total,
                **{f: getattr(cell, f) for f in ("done", "state", "due", "asked", "late")},
            }
            for cell in cells
        ]
        people.append({"person": name, **facts, "courses": stands})
    return Reply(
        plain(
            {
                "headline": told.tell(board.headline),
                "people": people,
                "steps": [_step(desk, each.id) for each in desk.home.workspace.learning.steps()],
                "warnings": [told.tell(w) for w in duties.warnings(courses.values(), staff)],
            }
        )
    )


def _import(desk: Desk, given: Training) -> Reply:
    """Bring finished trainings in: {file, columns, rows, new, lapsed, known, people, step, ...}.

    `new`: person, course and day that nothing said before, `lapsed` of them only history; `known`:
    rows that say what is kept already. Each of `refused`: {line, person, course, date, reason,
    meant}; `newcomers`: names that came along. `step` undoes it, None when nothing was stored.
    Exit 1 when no row can be taken.
    """
    if given.what is None:
        raise UsageError("training.missing", action=given.action, what="FILE")
    path = absolute(given.what)
    options = ReadOptions(sheet=given.sheet, encoding=given.encoding)
    found = listing(path, path.name, options, one_of("dates", given.dates, get_args(Order)))
    planned = finishing.plan(found, known(desk), add_people=given.new_people)
    step = 0
    if planned.fresh and not given.dry_run:
        stamp = Stamp(desk.who, desk.now)
        step = desk.home.workspace.learning.finish(planned.fresh, planned.file, stamp)
    document = {**_planned(planned, words(desk)), "step": step or None, "dry_run": given.dry_run}
    nothing = not planned.fresh and not planned.known
    return Reply(plain(document), REFUSED if nothing and planned.refused else OK)


def known(desk: Desk) -> Known:
    """What the rows of a file are held against in a home."""
    workspace, warehouse = desk.home.workspace, desk.home.warehouse
    listed = Staff.read(warehouse).entries
    people = {*training.people(warehouse), *listed, *workspace.training.people()}
    kept = workspace.learning.completions()
    return Known(desk.settings.training, tuple(sorted(people)), kept, desk.today, desk.lang)


def _planned(found: Plan, told: Words) -> dict[str, object]:
    refused = [
        {
            "line": each.line.line,
            "sheet": each.line.sheet or None,
            **dict(zip(("person", "course", "date", "score", "evidence"), cells, strict=True)),
            "reason": told.tell(each.reason),
            "meant": each.meant,
        }
        for each, cells in finishing.table(found.refused)
    ]
    return {
        "file": found.file,
        "columns": found.headers,
        "rows": found.rows,
        "new": len(found.fresh),
        "lapsed": found.lapsed,
        "known": found.known,
        "people": found.people,
        "newcomers": found.newcomers,
        "refused": refused,
    }


def _undo(desk: Desk, given: Training) -> Reply:
    """Take a step back, the newest one unless its number is said: the step and how many changed."""
    store = desk.home.workspace.learning
    if given.what is None:
        number = next((each.id for each in store.steps() if not each.undone), 0)
    else:
        found = numbered(given.what)
        if found is None:
            raise UsageError("training.step", number=given.what)
        number = found
    changed = store.undo(number, Stamp(desk.who, desk.now))
    return Reply(plain({**_step(desk, number), "changed": changed}))


def _step(desk: Desk, number: int) -> dict[str, object]:
    step = next(each for each in desk.home.workspace.learning.steps() if each.id == number)
    facts = {name: getattr(step, name) for name in ("kind", "file", "undone", "made_by", "made_at")}
    return {"step": step.id, **facts, "count": len(step.changes)}


ACTIONS: Mapping[str, Callable[[Desk, Training], Reply]] = {
    "list": _list,
    "import": _import,
    "undo": _undo,
}
