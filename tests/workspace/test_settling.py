"""Several goals written together: all or none, both versions of a clash, and back in one step."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.errors import Conflict, UsageError
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Edit
from tests.workspace.test_goals import ANA, BO, NORTH, OCTOBER, Q4, goals, refused, terms

__all__ = ["goals"]

SOUTH = (Filter("region", ("South",)),)
NOVEMBER = Period.through(date(2026, 11, 1), date(2026, 11, 30))


def targets(store) -> dict[tuple[object, object], int]:
    return {(g.terms.scope, g.terms.period): int(g.terms.target) for g in store.standing()}


def test_parts_come_under_the_goal_that_is_written_with_them(goals):
    top = terms("100")
    parts = [Edit(None, terms("60", scope=s), top.key) for s in (NORTH, SOUTH)]
    written = goals.settle([*parts, Edit(None, top)], ANA, "plan")
    assert {g.number: g.terms.parent for g in written} == {1: None, 2: 1, 3: 1}
    again = goals.settle([Edit(written[1], replace(written[1].terms, target=Decimal(61)))], ANA)
    assert [(g.version, g.terms.parent, g.why) for g in again] == [(2, 1, "")]


def test_what_is_set_changed_and_taken_back_together(goals):
    october, north = goals.add([terms("10", period=OCTOBER), terms("5", scope=NORTH)], ANA)
    edits = [
        Edit(october, None),
        Edit(north, terms("6", scope=NORTH)),
        Edit(None, terms("20", period=NOVEMBER)),
    ]
    goals.settle(edits, BO, "grid")
    assert targets(goals) == {(NORTH, Q4): 6, ((), NOVEMBER): 20}
    written = goals.last()
    assert [(g.number, g.version, g.withdrawn) for g in written] == [
        (1, 2, True),
        (2, 2, False),
        (3, 1, False),
    ]
    goals.take_back(written, ANA, "back")
    assert targets(goals) == {((), OCTOBER): 10, (NORTH, Q4): 5}
    assert [g.why for g in goals.revisions(3)] == ["grid", "back"]
    goals.take_back(goals.last(), ANA)  # and forth again
    assert targets(goals) == {(NORTH, Q4): 6, ((), NOVEMBER): 20}


def test_the_same_target_again_is_no_revision(goals):
    (goal,) = goals.add([terms("10")], ANA)
    assert goals.settle([Edit(goal, goal.terms)], BO) == ()
    assert goals.standing() == (goal,)


def test_members_of_a_grid_are_a_series_each(goals):
    cells = [terms("5", scope=s, period=p) for s in (NORTH, SOUTH) for p in (OCTOBER, NOVEMBER)]
    written = goals.settle([Edit(None, each) for each in cells], ANA)
    assert [g.terms.series for g in written] == [1, 1, 3, 3]


def test_one_clash_writes_nothing_and_shows_both_versions(goals):
    (read,) = goals.add([terms("10")], ANA)
    (other,) = goals.add([terms("7", scope=NORTH)], ANA)
    theirs = goals.revise(read, terms("12"), BO)
    (set_by_bo,) = goals.add([terms("3", scope=SOUTH)], BO)
    mine = [
        Edit(read, terms("11")),
        Edit(other, terms("8", scope=NORTH)),
        Edit(None, terms("4", scope=SOUTH)),
    ]
    before = goals.state()
    with pytest.raises(Conflict) as error:
        goals.settle(mine, ANA)
    assert error.value.values["mine"] == (mine[0], mine[2])
    assert error.value.values["theirs"] == (theirs, set_by_bo)
    assert error.value.values["who"] == "Bo"
    assert goals.state() == before
    gone = goals.withdraw(theirs, BO)
    with pytest.raises(Conflict) as error:
        goals.settle(mine[:1], ANA)
    assert error.value.values["theirs"] == (gone,)


def test_all_or_none(goals):
    before = goals.state()
    edits = [Edit(None, terms("10")), Edit(None, terms("0", scope=NORTH))]
    with pytest.raises(UsageError):
        goals.settle(edits, ANA)
    assert goals.state() == before


def test_what_changed_since_is_not_taken_back(goals):
    (goal,) = goals.settle([Edit(None, terms("10"))], ANA)
    theirs = goals.revise(goal, terms("12"), BO)
    with pytest.raises(Conflict) as error:
        goals.take_back([goal], ANA)
    assert error.value.values["theirs"] == theirs
    assert targets(goals) == {((), Q4): 12}


def test_a_child_outlives_the_goal_above_it(goals):
    top, child = goals.settle(
        [Edit(None, terms("10")), Edit(None, terms("5", scope=NORTH), terms().key)], ANA
    )
    goals.withdraw(top, ANA)
    changed = goals.revise(child, replace(child.terms, target=Decimal(6)), ANA)
    assert changed.terms.parent is None
    assert refused(goals.revise, changed, replace(changed.terms, parent=1), ANA) == "goal.parent"


def test_parent_and_child_come_back_together(goals):
    top, child = goals.settle(
        [Edit(None, terms("10")), Edit(None, terms("5", scope=NORTH), terms().key)], ANA
    )
    goals.settle([Edit(child, None), Edit(top, None)], ANA)
    goals.take_back(goals.last(), ANA)
    assert {g.number: g.terms.parent for g in goals.standing()} == {1: None, 2: 1}


def test_nothing_was_written_last(goals):
    assert goals.last() == ()
    assert goals.take_back((), ANA) == ()


def test_two_writes_of_one_second_are_two(goals):
    goals.add([terms("10")], ANA, "plan")
    goals.add([terms("5", scope=NORTH)], ANA, "plan")
    goals.take_back(goals.last(), ANA)
    assert targets(goals) == {((), Q4): 10}
