"""Duties: who must finish what, since when; newcomers, movers, people who left."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from salesdash.analysis import duties, training
from salesdash.analysis.answers import Member, Reason
from salesdash.analysis.duties import Duty
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Place, Staff, meant
from salesdash.analysis.training import Book, Written
from salesdash.config import Course, Item, Required
from salesdash.metrics import Words
from salesdash.workspace import Assignment, Completion, Tick

TODAY = date(2026, 11, 23)
NAME = Words("CRM", "客户系统")
ITEMS = {"log": Item("Log", "记录"), "next": Item("Next", "下一步")}
COURSE = Course("crm", NAME, Words("", ""), 14, None, ITEMS)
SELLERS = Required(roles=("Seller",), within_days=30)
STAFF = Staff.of(
    [
        Entry("Ana", "East", role="Seller", active_from=date(2026, 11, 2)),
        Entry("Bo", "West", role="Clerk", active_to=date(2026, 9, 30)),
        Entry("Bo", "West", role="Seller", active_from=date(2026, 10, 1)),
        Entry("Cy", "East", role="SELLER"),
        Entry("Dan", "East", role="Seller", active_to=date(2026, 6, 30)),
        Entry("Eve", "East", role="Seller", active_from=date(2027, 1, 4)),
    ]
)


def asks(rule: Required, person: str) -> Duty | None:
    return duties.duty(replace(COURSE, required=rule), person, STAFF, TODAY)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("Ana", Duty(date(2026, 11, 2), date(2026, 12, 2))),
        ("Bo", Duty(date(2026, 10, 1), date(2026, 10, 31))),  # since the day of the new role
        ("Cy", Duty(None, None)),  # nobody wrote down since when
        ("Dan", None),  # left
        ("Eve", None),  # not here yet
        ("Zoe", None),  # not listed
    ],
)
def test_a_role_must(person, expected):
    assert asks(SELLERS, person) == expected


def test_everybody_must_also_who_is_in_the_data_only():
    assert asks(Required(everybody=True), "Zoe") == Duty(None, None)
    assert asks(Required(everybody=True), "Dan") is None


def test_a_team_must_since_one_came_into_it_without_a_break():
    staff = Staff.of(
        [
            Entry(
                "Ana", "East", role="A", active_from=date(2025, 1, 1), active_to=date(2025, 6, 30)
            ),
            Entry(
                "Ana", "East", role="A", active_from=date(2026, 1, 1), active_to=date(2026, 5, 31)
            ),
            Entry("Ana", "East", role="B", active_from=date(2026, 6, 1)),
        ]
    )
    course = replace(COURSE, required=Required(teams=("EAST",), within_days=10))
    assert duties.duty(course, "Ana", staff, TODAY) == Duty(date(2026, 1, 1), date(2026, 1, 11))


def test_a_course_for_newcomers_leaves_old_hands_alone():
    rule = Required(everybody=True, started_within_days=90)
    assert asks(rule, "Ana") == Duty(date(2026, 11, 2), date(2026, 12, 2))
    assert asks(rule, "Cy") is None
    assert asks(rule, "Zoe") is None


def test_places_say_role_team_first_day_and_that_somebody_left():
    assert STAFF.place("Bo", TODAY) == Place("Bo", "Seller", "West", since=None)
    assert STAFF.place("Dan", TODAY).left == date(2026, 6, 30)
    assert STAFF.place("Eve", TODAY).role == "Seller"
    assert STAFF.place("Zoe", TODAY) == Place("Zoe")


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("moses", "Moses Frase"),
        ("Fra", "Moses Frase"),
        ("ase", "ase"),
        ("M", "M"),
        ("Max", "Max"),
        ("Zed", "Zed"),
        ("", ""),
    ],
)
def test_a_part_of_just_one_name_means_that_person(typed, who):
    assert meant(typed, ("Moses Frase", "Max", "Max Marlow")) == who


def test_a_word_that_nobody_has_is_told_with_what_was_meant():
    wrong = replace(COURSE, required=Required(roles=("Selller",), teams=("East",)))
    about = (("course", NAME), ("word", "Selller"), ("meant", "Seller"))
    assert duties.warnings([wrong], STAFF) == (Reason("learning.unknown.role_meant", about),)
    alone = replace(COURSE, required=Required(teams=("Mars",)))
    about = (("course", NAME), ("words", (Member("Mars"),)))
    assert duties.warnings([alone], STAFF) == (Reason("learning.unknown.team", about),)


def test_a_list_without_roles_is_told_once():
    silent = Staff.of([Entry("Ana", "West")])
    asked = [replace(COURSE, required=Required(roles=("Seller", "客户经理"))) for _ in "ab"]
    told = Reason("learning.unknown.no_roles", (("courses", (NAME, NAME)),))
    assert duties.warnings(asked, silent) == (told,)


def test_words_of_another_company_in_the_same_rule_are_no_fault():
    both = replace(COURSE, required=Required(roles=("Seller", "客户经理")))
    assert duties.warnings([both, COURSE], STAFF) == ()
    assert duties.warnings([replace(COURSE, required=Required(teams=("Mars",)))], Staff()) == ()


def board(
    course: Course,
    *done: Tick | Completion,
    given: tuple[Assignment, ...] = (),
    staff: Staff = STAFF,
    people: tuple[str, ...] = (),
):
    ticks = tuple(each for each in done if isinstance(each, Tick))
    files = tuple(each for each in done if isinstance(each, Completion))
    return training.build({"crm": course}, Written(people, ticks, given, files), (), TODAY, staff)


def cells(found) -> dict[str, tuple[str, date | None, str]]:
    every = (each for person in found.people for each in person.cells)
    return {each.person: (each.state, each.due, each.asked) for each in every}


def finished(person: str, day: date, score: str = "") -> Completion:
    at = datetime(2026, 11, 20, 9)
    return Completion(person, "crm", day, score, stands=True, step=1, who="Ana", at=at)


def tick(person: str, item: str, day: date, *, done: bool = True) -> Tick:
    return Tick(person, "crm", item, done, "Ana", datetime(day.year, day.month, day.day, 9), 1)


def assigned(person: str, due: date) -> tuple[Assignment]:
    return (Assignment(person, "crm", due, "Ana", datetime(2026, 11, 1), 1),)


def test_what_is_required_is_due_without_anybody_assigning_it():
    found = board(replace(COURSE, required=SELLERS))
    assert cells(found) == {
        "Ana": ("open", date(2026, 12, 2), "required"),
        "Bo": ("overdue", date(2026, 10, 31), "required"),
        "Cy": ("missing", None, "required"),
    }
    assert found.headline.key == "team.training.overdue_one"
    assert [each.person for each in found.missing] == ["Cy"]
    assert [each.person for each in found.coming] == ["Ana"]  # 9 days ahead
    assert found.gone == ("Dan",)


def test_required_and_missing_is_the_sentence_when_nothing_is_overdue():
    alone = Staff({"Cy": STAFF.entries["Cy"]})
    found = board(replace(COURSE, required=SELLERS), staff=alone)
    assert found.headline == Reason("learning.missing", (("count", 1),))


def test_a_day_somebody_set_stands_before_the_rule():
    found = board(replace(COURSE, required=SELLERS), given=assigned("Bo", date(2026, 12, 24)))
    assert cells(found)["Bo"] == ("open", date(2026, 12, 24), "required")


def test_what_a_file_says_was_finished_counts_for_every_item():
    renewed = replace(COURSE, items={k: replace(i, renew_months=12) for k, i in ITEMS.items()})
    none = Staff()
    found = board(renewed, finished("Bo", date(2026, 5, 4)), people=("Bo",), staff=none)
    assert cells(found) == {"Bo": ("done", date(2027, 5, 4), "optional")}
    found = board(renewed, finished("Bo", date(2025, 5, 4)), people=("Bo",), staff=none)
    assert cells(found) == {"Bo": ("overdue", date(2026, 5, 4), "optional")}  # it lapsed then
    both = finished("Bo", date(2024, 5, 4)), finished("Bo", date(2026, 5, 4))
    assert cells(board(renewed, *both, people=("Bo",), staff=none))["Bo"][0] == "done"


def test_the_later_of_tick_and_file_counts():
    whole = finished("Bo", date(2026, 5, 4))
    back = tick("Bo", "log", date(2026, 6, 1), done=False)
    (person,) = board(COURSE, whole, back, people=("Bo",), staff=Staff()).people
    assert person.cells[0].done == 1  # taken back afterwards
    back = tick("Bo", "log", date(2026, 4, 1), done=False)
    (person,) = board(COURSE, whole, back, people=("Bo",), staff=Staff()).people
    assert person.cells[0].done == 2  # finished after that


def test_a_file_from_the_future_counts_from_its_day():
    found = board(COURSE, finished("Bo", date(2026, 12, 4)), people=("Bo",), staff=Staff())
    assert cells(found) == {"Bo": ("none", None, "optional")}


def test_who_left_stands_as_on_the_last_day():
    renewed = replace(COURSE, items={k: replace(i, renew_months=12) for k, i in ITEMS.items()})
    found = Written((), (), (), (finished("Dan", date(2025, 10, 1)),))
    cell = training.cell(renewed, "Dan", Book(found, STAFF, TODAY))
    assert (cell.state, cell.due) == ("done", date(2026, 10, 1))  # left on 30 June, lapsed since
    here = training.cell(renewed, "Cy", Book(replace(found, completions=()), STAFF, TODAY))
    assert here.state == "none"


STEPS = {
    "tools": Item("Tools", "工具", after_days=5),
    "visit": Item("Visit", "拜访", after_days=30),
    "deal": Item("Deal", "签单", after_days=90),
}


def test_items_of_a_newcomer_are_due_one_by_one():
    rule = Required(everybody=True, started_within_days=180)
    course = replace(COURSE, items=STEPS, required=rule)
    ana = Staff({"Ana": STAFF.entries["Ana"]})  # began on 2 November: 7 Nov, 2 Dec, 31 Jan
    (cell,) = board(course, staff=ana).people[0].cells
    assert (cell.state, cell.due, cell.late) == ("overdue", date(2026, 11, 7), 1)
    (cell,) = board(course, tick("Ana", "tools", TODAY), staff=ana).people[0].cells
    assert (cell.state, cell.due, cell.late) == ("open", date(2026, 12, 2), 0)
    done = [tick("Ana", item, TODAY) for item in ("tools", "visit")]
    (cell,) = board(course, *done, staff=ana).people[0].cells
    assert (cell.done, cell.due) == (2, date(2027, 1, 31))


def test_without_a_first_day_items_run_from_the_day_of_assigning():
    course = replace(COURSE, items=STEPS)
    (person,) = board(
        course, given=assigned("Bo", date(2027, 3, 1)), people=("Bo",), staff=Staff()
    ).people
    assert person.cells[0].due == date(2026, 11, 6)  # assigned on 1 November


def test_each_item_may_lapse_on_its_own_day_and_is_told_in_time():
    items = {"log": Item("L", "L", renew_months=3), "next": Item("N", "N")}
    course = replace(COURSE, items=items, remind_days=10)
    ticks = [tick("Bo", "log", date(2026, 9, 1)), tick("Bo", "next", date(2020, 1, 1))]
    found = board(course, *ticks, people=("Bo",), staff=Staff())
    assert cells(found)["Bo"] == ("renew", date(2026, 12, 1), "optional")
    early = replace(course, remind_days=7)
    assert cells(board(early, *ticks, people=("Bo",), staff=Staff()))["Bo"][0] == "done"
    assert [each.person for each in found.coming] == ["Bo"]
