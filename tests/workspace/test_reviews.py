"""Reviews only grow: each is kept as it was, a correction is a revision beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Origin, Said, Seen, Stamp, Terms, Word, Workspace
from salesdash.workspace.databases import Database

ANA = Stamp("Ana", datetime(2026, 11, 23, 9, 0))
BO = Stamp("Bo", datetime(2026, 11, 30, 9, 5))
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
TERMS = Terms("sales", Q4, Decimal(500))
SEEN = Seen(date(2026, 11, 23), date(2026, 11, 22), 7, "abc", '{"figure":"1.10"}')
FINE = Said(Word.ON_TRACK, "Two large orders came in", "Keep the price", "Call Berg")
BAD = Said(Word.OFF_TRACK, "One was cancelled")


@pytest.fixture
def workspace(place: Database) -> Iterator[Workspace]:
    found = Workspace.open(place, ANA.at)
    yield found
    found.close()


@pytest.fixture
def goal(workspace: Workspace) -> Goal:
    return workspace.goals.add([TERMS], ANA)[0]


def imported(**more) -> Goal:
    return Goal(replace(TERMS, **more), origin=Origin.IMPORT)


def test_a_review_comes_back_as_it_was_kept(workspace, goal):
    made = workspace.reviews.add(goal, SEEN, FINE, ANA)
    assert workspace.reviews.of(goal) == (made,)
    assert (made.number, made.version, made.goal, made.key) == (1, 1, 1, TERMS.key)
    assert (made.seen, made.said, made.who, made.at) == (SEEN, FINE, "Ana", ANA.at)


def test_the_newest_review_stands_first_and_each_goal_has_its_own(workspace, goal):
    (other,) = workspace.goals.add([replace(TERMS, metric="orders")], ANA)
    first = workspace.reviews.add(goal, SEEN, FINE, ANA)
    workspace.reviews.add(other, SEEN, FINE, ANA)
    later = replace(SEEN, day=date(2026, 11, 30))
    second = workspace.reviews.add(goal, later, BAD, BO, first.number)
    assert workspace.reviews.of(goal) == (second, first)
    assert workspace.reviews.days() == {1: date(2026, 11, 30), 2: date(2026, 11, 23)}


def test_a_correction_is_a_revision_with_the_answers_of_the_day(workspace, goal):
    made = workspace.reviews.add(goal, SEEN, FINE, ANA)
    mended = workspace.reviews.correct(made, BAD, BO)
    assert (mended.number, mended.version, mended.seen) == (1, 2, SEEN)
    assert workspace.reviews.revisions(1) == (made, mended)
    assert workspace.reviews.of(goal) == (mended,)
    before = workspace.reviews.state()
    assert workspace.reviews.correct(mended, BAD, ANA) == mended  # nothing new was said
    assert workspace.reviews.state() == before


def test_the_second_of_two_who_review_sees_what_the_first_one_said(workspace, goal):
    theirs = workspace.reviews.add(goal, SEEN, BAD, BO)
    with pytest.raises(Conflict) as error:
        workspace.reviews.add(goal, SEEN, FINE, ANA)
    assert error.value.values == {"who": "Bo", "mine": FINE, "theirs": theirs}
    mended = workspace.reviews.correct(theirs, FINE, ANA)
    with pytest.raises(Conflict) as error:
        workspace.reviews.correct(theirs, BAD, BO)
    assert error.value.values["theirs"] == mended
    assert len(workspace.reviews.add(goal, SEEN, FINE, ANA, theirs.number).who) == 3


def test_an_imported_target_is_known_by_what_it_is_about(workspace):
    two = (Filter("region", ("North", "South")), Filter("channel", ("Online",)))
    turned = (Filter("channel", ("Online",)), Filter("region", ("South", "North")))
    made = workspace.reviews.add(imported(scope=two), SEEN, FINE, ANA)
    assert workspace.reviews.of(imported(scope=turned, target=Decimal(9))) == (made,)
    assert workspace.reviews.of(imported()) == ()
    assert (
        workspace.reviews.of(imported(scope=two, period=Period(Q4.start, date(2026, 11, 1)))) == ()
    )
    assert workspace.reviews.days() == {imported(scope=two).terms.key: SEEN.day}


@pytest.mark.parametrize("change", ["delete from goal_reviews", "update goal_reviews set note='x'"])
def test_nobody_changes_or_deletes_a_review(workspace, goal, change):
    made = workspace.reviews.add(goal, SEEN, FINE, ANA)
    with pytest.raises(StorageError), workspace.writing() as connection:
        connection.exec_driver_sql(change)
    assert workspace.reviews.of(goal) == (made,)


def test_a_change_of_the_goal_and_its_end_leave_its_reviews(workspace, goal):
    made = workspace.reviews.add(goal, SEEN, FINE, ANA)
    changed = workspace.goals.revise(goal, replace(TERMS, target=Decimal(400)), BO, "less")
    gone = workspace.goals.withdraw(changed, BO)
    assert workspace.reviews.of(gone) == (made,)


def test_what_is_not_there_is_refused(workspace):
    with pytest.raises(UsageError) as error:
        workspace.reviews.revisions(4)
    assert error.value.key == "review.unknown"
    assert (workspace.reviews.days(), workspace.reviews.state()) == ({}, 0)
