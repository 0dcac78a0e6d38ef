from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Basis, Stamp, Terms, Workspace, period_of
from salesdash.workspace.databases import Database

ANA = Stamp("Ana", datetime(2026, 11, 23, 9, 0))
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 5))
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
OCTOBER = Period.through(date(2026, 10, 1), date(2026, 10, 31))
NORTH = (Filter("region", ("North",)),)


@pytest.fixture
def goals(place: Database):
    workspace = Workspace.open(place, ANA.at)
    yield workspace.goals
    workspace.close()


def terms(target: str = "500000", **more) -> Terms:
    return Terms(**{"metric": "sales", "period": Q4, "target": Decimal(target), **more})


def refused(action, *arguments) -> str:
    with pytest.raises(UsageError) as error:
        action(*arguments)
    return error.value.key


def test_a_goal_comes_back_as_it_was_set(goals):
    whole = terms(
        "500000.0001",
        scope=NORTH,
        floor=Decimal(400000),
        stretch=Decimal(600000),
        baseline=Decimal(450000),
        basis=Basis("last-year", Decimal("11.1"), Q4, Decimal(450000)),
        reason="new branch",
        owner="Chen Wei",
    )
    (goal,) = goals.add([whole], ANA, "agreed on Monday")
    assert goals.standing() == (goal,)
    assert (goal.terms, goal.number, goal.version) == (whole, 1, 1)
    assert (goal.who, goal.at, goal.why) == ("Ana", ANA.at, "agreed on Monday")


def test_a_change_is_a_revision_and_nothing_is_overwritten(goals):
    (goal,) = goals.add([terms("500000")], ANA)
    changed = goals.revise(goal, terms("450000"), BO, "a client left")
    assert goals.standing() == (changed,)
    assert [(g.version, g.terms.target, g.who, g.why) for g in goals.revisions(1)] == [
        (1, Decimal(500000), "Ana", ""),
        (2, Decimal(450000), "Bo", "a client left"),
    ]


def test_a_withdrawn_goal_leaves_its_revisions_and_its_place(goals):
    (goal,) = goals.add([terms()], ANA)
    gone = goals.withdraw(goal, BO, "not ours")
    assert goals.standing() == ()
    assert [g.withdrawn for g in goals.revisions(1)] == [False, True]
    assert refused(goals.revise, gone, terms(), ANA) == "goal.withdrawn"
    (again,) = goals.add([terms()], ANA)
    assert again.number == 2


def test_the_second_of_two_editors_sees_both_versions(goals):
    (read,) = goals.add([terms("500000")], ANA)
    theirs = goals.revise(read, terms("450000"), BO)
    with pytest.raises(Conflict) as error:
        goals.revise(read, terms("550000"), ANA)
    assert error.value.values == {"who": "Bo", "mine": terms("550000"), "theirs": theirs}
    with pytest.raises(Conflict):
        goals.withdraw(read, ANA)
    assert goals.standing() == (theirs,)


@pytest.mark.parametrize(
    "change", ["delete from goal_revisions", "update goal_revisions set who='x'"]
)
def test_revisions_only_grow(goals, change):
    (goal,) = goals.add([terms()], ANA)
    with pytest.raises(StorageError), goals._workspace.writing() as connection:
        connection.exec_driver_sql(change)
    assert goals.standing() == (goal,)


def test_several_goals_at_once_are_a_series_all_or_none(goals):
    november = Period.through(date(2026, 11, 1), date(2026, 11, 30))
    months = [terms("5", metric="new_customers", period=p) for p in (OCTOBER, november)]
    first, second = goals.add(months, ANA)
    assert (first.terms.series, second.terms.series) == (1, 1)
    before = goals.state()
    assert refused(goals.add, [terms(), months[1]], ANA) == "goal.duplicate"
    assert (goals.standing(), goals.state()) == ((first, second), before)


def test_goals_that_stand_are_revised_when_they_are_set_again(goals):
    goals.add([terms("500000", owner="Chen Wei", reason="plan")], ANA)
    revised, added = goals.put([terms("510000"), terms("9", metric="orders")], BO, "new plan")
    assert (revised.number, revised.version, revised.terms.target) == (1, 2, 510000)
    assert (revised.terms.owner, revised.terms.reason) == ("Chen Wei", "plan")
    assert (added.number, added.version) == (2, 1)
    before = goals.state()
    assert goals.put([terms("510000")], ANA) == (revised,)
    assert goals.state() == before  # nothing changed, no revision
    assert refused(goals.put, [terms("520000"), terms("0", metric="units")], ANA)
    assert goals.state() == before


@pytest.mark.parametrize("target", ["0", "-1"])
def test_a_target_is_more_than_zero(goals, target):
    assert refused(goals.add, [terms(target)], ANA) == "goal.not_positive"


def test_a_period_ends_after_it_begins():
    assert refused(period_of, date(2026, 12, 31), date(2026, 10, 1)) == "goal.ends_first"
    assert period_of(date(2026, 10, 1), date(2026, 10, 1)).days == 1


def test_the_same_metric_scope_and_period_is_refused_whatever_the_order_of_the_scope(goals):
    two = (Filter("region", ("North", "South")), Filter("channel", ("Online",)))
    turned = (Filter("channel", ("Online",)), Filter("region", ("South", "North")))
    goals.add([terms(scope=two)], ANA)
    assert refused(goals.add, [terms("9", scope=turned)], ANA) == "goal.duplicate"
    assert len(goals.add([terms(scope=NORTH)], ANA)) == 1
    assert len(goals.add([terms(metric="orders", scope=two)], ANA)) == 1


def test_periods_may_lie_one_inside_the_other_but_not_overlap_in_part(goals):
    goals.add([terms()], ANA)
    assert len(goals.add([terms(period=OCTOBER)], ANA)) == 1
    across = Period.through(date(2026, 9, 15), date(2026, 10, 15))
    assert refused(goals.add, [terms(period=across)], ANA) == "goal.overlaps"


def test_a_goal_may_keep_its_own_period_when_it_is_revised(goals):
    (goal,) = goals.add([terms("500000")], ANA)
    (other,) = goals.add([terms(period=OCTOBER)], ANA)
    assert goals.revise(goal, terms("510000"), ANA).version == 2
    assert refused(goals.revise, other, terms(), ANA) == "goal.duplicate"


@pytest.mark.parametrize(
    ("floor", "stretch", "fine"),
    [
        ("400", "600", True),
        ("600", "400", True),
        (None, "600", True),
        ("400", None, True),
        ("600", "700", False),
        ("500", None, False),
        ("300", "400", False),
    ],
)
def test_floor_and_stretch_stand_on_the_two_sides_of_the_target(goals, floor, stretch, fine):
    given = terms(
        "500",
        floor=floor and Decimal(floor),
        stretch=stretch and Decimal(stretch),
    )
    if fine:
        assert len(goals.add([given], ANA)) == 1
    else:
        assert refused(goals.add, [given], ANA) == "goal.bounds"


def test_a_goal_stands_under_another_but_never_under_itself(goals):
    (year,) = goals.add([terms(period=Period(date(2026, 1, 1), date(2027, 1, 1)))], ANA)
    (quarter,) = goals.add([terms(parent=1)], ANA)
    assert quarter.terms.parent == 1
    assert refused(goals.add, [terms(metric="orders", parent=9)], ANA) == "goal.parent"
    circle = replace(year.terms, parent=quarter.number)
    assert refused(goals.revise, year, circle, ANA) == "goal.parent"


def test_an_unknown_goal_is_named(goals):
    assert refused(goals.revisions, 4) == "goal.unknown"
    assert (goals.standing(), goals.state()) == ((), 0)
