"""Giving courses to many: roles, teams, all who lack it, days."""

from datetime import date, datetime

from salesdash.analysis import training
from salesdash.analysis.giving import Wish, gift
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Written
from salesdash.config import Course, Item
from salesdash.metrics import Words
from salesdash.workspace import Assignment, Tick

TODAY = date(2026, 11, 23)
NAME = Words("CRM", "客户系统")
COURSES = {
    name: Course(name, NAME, NAME, days, None, {"log": Item("Log", "记录")})
    for name, days in (("crm", 14), ("price", 45))
}
STAFF = Staff.of(
    [
        Entry("Ana", "East", role="Seller"),
        Entry("Bo", "East", role="Clerk"),
        Entry("Cy", "West", role="Seller"),
        Entry("Dan", "West", role="Seller", active_to=date(2026, 6, 30)),
    ]
)
CRM, PRICE = date(2026, 12, 7), date(2027, 1, 7)


def given(wish: Wish):
    ticks = (Tick("Ana", "crm", "log", True, "Ana", datetime(2026, 11, 1), 1),)
    due = Assignment("Cy", "price", date(2026, 12, 24), "Ana", datetime(2026, 11, 1), 1)
    board = training.build(COURSES, Written((), ticks, (due,)), (), TODAY, STAFF)
    return gift(wish, board, STAFF, TODAY)


def test_a_role_gets_what_it_lacks_and_the_others_are_counted():
    found = given(Wish(("crm", "price"), roles=("seller",)))
    assert found.rows == (("Ana", "price", PRICE), ("Cy", "crm", CRM))
    assert (found.finished, found.given) == (1, 1)  # Ana knows crm, Cy has price until 24 December
    assert found.courses() == {"price": ("Ana",), "crm": ("Cy",)}


def test_a_team_and_names_come_together_each_once():
    found = given(Wish(("crm",), people=("Zoe", "Bo"), teams=("East",)))
    assert [row[0] for row in found.rows] == ["Zoe", "Bo"]


def test_everybody_named_gets_it_again_when_that_is_wanted():
    wish = Wish(("crm",), people=("Ana",), lacking=False, days=10)
    assert given(wish).rows == (("Ana", "crm", date(2026, 12, 3)),)


def test_one_day_for_all_of_them():
    wish = Wish(("crm", "price"), people=("Bo",), due=date(2026, 12, 1))
    assert {row[2] for row in given(wish).rows} == {date(2026, 12, 1)}


def test_who_left_gets_nothing():
    assert "Dan" not in [row[0] for row in given(Wish(("crm",), roles=("Seller",))).rows]
