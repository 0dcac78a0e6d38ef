"""Training: shares, due days, renewal and the sentence, on checklists one can count."""

from datetime import date, datetime

import pytest

from salesdash.analysis import training
from salesdash.analysis.answers import Reason
from salesdash.analysis.training import Written
from salesdash.config import Course, Item
from salesdash.metrics import Words
from salesdash.workspace import Assignment, Tick

TODAY = date(2026, 11, 23)


def words(text: str) -> Words:
    return Words(text, text)


def course(name: str = "crm", renew: int | None = None) -> Course:
    items = {name: Item(name, name, renew_months=renew) for name in ("log", "next")}
    return Course(name, words(name), words(""), 14, renew, items)


def tick(person: str, item: str, at: date = TODAY, *, done: bool = True) -> Tick:
    return Tick(person, "crm", item, done, "Ana", datetime(at.year, at.month, at.day, 9), 1)


def due(person: str, day: date | None, name: str = "crm") -> Assignment:
    return Assignment(person, name, day, "Ana", datetime(2026, 11, 1), 1)


def board(*written: Tick | Assignment, courses=None, known=("Bo",), people=()):
    ticks = tuple(each for each in written if isinstance(each, Tick))
    given = tuple(each for each in written if isinstance(each, Assignment))
    found = courses or {"crm": course()}
    return training.build(found, Written(people, ticks, given), known, TODAY)


def only(*written: Tick | Assignment, renew: int | None = None):
    (person,) = board(*written, courses={"crm": course(renew=renew)}).people
    (cell,) = person.cells
    return (cell.done, cell.total, cell.state, cell.due)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([], (0, 2, "none", None)),
        ([tick("Bo", "log")], (1, 2, "open", None)),
        ([tick("Bo", "log", done=False)], (0, 2, "none", None)),
        ([due("Bo", date(2026, 12, 1))], (0, 2, "open", date(2026, 12, 1))),
        ([due("Bo", date(2026, 11, 30))], (0, 2, "soon", date(2026, 11, 30))),
        ([due("Bo", TODAY)], (0, 2, "soon", TODAY)),  # due means until the end of that day
        ([due("Bo", date(2026, 11, 22))], (0, 2, "overdue", date(2026, 11, 22))),
        ([due("Bo", None), tick("Bo", "log")], (1, 2, "open", None)),
        (
            [due("Bo", date(2026, 11, 1)), tick("Bo", "log"), tick("Bo", "next")],
            (2, 2, "done", None),
        ),
        ([tick("Bo", "gone")], (0, 2, "none", None)),  # no longer on the checklist
    ],
)
def test_where_a_course_stands(written, expected):
    assert only(*written) == expected


def test_what_was_learnt_half_a_year_ago_is_renewed():
    both = [tick("Bo", "log", date(2026, 6, 10)), tick("Bo", "next", date(2026, 8, 1))]
    assert only(*both, renew=6) == (2, 2, "renew", date(2026, 12, 10))  # in 17 days
    assert only(*both, renew=12) == (2, 2, "done", date(2027, 6, 10))
    assert only(*both, renew=5) == (1, 2, "overdue", date(2026, 11, 10))  # lapsed 13 days ago


def test_a_month_too_short_lapses_on_its_last_day():
    ticks = [tick("Bo", "log", date(2026, 8, 31)), tick("Bo", "next", date(2026, 9, 30))]
    assert only(*ticks, renew=6)[3] == date(2027, 2, 28)


def test_everybody_known_or_written_about_has_a_row_the_late_ones_first():
    found = board(
        due("Cleo", date(2026, 11, 1)), tick("Dan", "log"), known=("Ada", "Cleo"), people=("Dan",)
    )
    assert [person.name for person in found.people] == ["Cleo", "Dan", "Ada"]
    assert [(cell.person, cell.due) for cell in found.overdue] == [("Cleo", date(2026, 11, 1))]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ([], "nothing"),
        ([due("Bo", date(2026, 12, 1))], "on_time"),
        ([due("Bo", date(2026, 11, 1))], "overdue_one"),
        ([due("Bo", date(2026, 11, 1)), due("Cy", date(2026, 11, 2))], "overdue"),
        (
            [
                due("Bo", date(2026, 11, 1)),
                due("Cy", date(2026, 11, 2)),
                due("Cy", date(2026, 11, 2), "price"),
            ],
            "overdue_most",
        ),
    ],
)
def test_the_sentence(written, key):
    both = {"crm": course(), "price": course("price")}
    found = board(*written, courses=both, known=("Bo", "Cy"))
    assert found.headline.key == f"team.training.{key}"


def test_the_line_below_counts_what_is_finished():
    found = board(
        tick("Bo", "log"), tick("Bo", "next"), due("Cy", date(2026, 12, 1)), people=("Cy",)
    )
    assert found.lead == Reason("team.training.finished", (("count", 2), ("finished", 1)))


def test_without_courses_config_is_where_to_look():
    found = training.build({}, Written(), ("Bo",), TODAY)
    assert found.headline == Reason("team.training.no_courses")
