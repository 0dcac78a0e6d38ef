"""Who makes a goal, on 18 November 2026 with data to the 17th."""

from decimal import Decimal

from salesdash.analysis import goals, within
from salesdash.analysis.progress import Progress
from salesdash.analysis.within import Within
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import EDGE, TODAY, sale, settings
from tests.analysis.company import warehouse as company
from tests.analysis.test_goals import NEXT, NORTH, Q4, SOUTH

ROWS = (
    sale("2026-10-05", 200, region="North", team="East", person="Ana", channel="Web"),
    sale("2026-11-02", 100, region="South", team="East", person="Bo", channel="Web"),
    sale("2026-11-17", 40, region="North", team="West", person="Cy", channel="Web"),
    sale("2026-11-17", 60, team="West", person="Cy", channel="Web"),
    sale("2026-09-30", 999, region="North", team="West", person="Cy", channel="Web"),
)
"""400 in the quarter: 240 North, 100 South, 60 of no region."""


def board(*terms: Terms) -> tuple[Progress, ...]:
    asked = [Goal(each, number, 1, "Ana") for number, each in enumerate(terms, 1)]
    return goals.build(company(ROWS), settings(), asked, TODAY)


def looked(found: tuple[Progress, ...], number: int, by: str) -> Within:
    (goal,) = (each for each in found if each.goal.number == number)
    return within.build(company(ROWS), settings(), goal, found, TODAY, by)


def terms(target: int, metric: str = "sales", period: Period = Q4, **more) -> Terms:
    return Terms(metric, period, Decimal(target), **more)


def told(found: Within) -> list[tuple[object, ...]]:
    return [(p.member, p.actual, p.share, p.goal and p.goal.goal.number) for p in found.parts]


def test_members_stand_by_what_they_made_with_their_part_of_the_whole():
    found = looked(board(terms(660)), 1, "region")
    assert found.period == Period.through(Q4.start, EDGE)
    assert told(found) == [
        ("North", 240, 0.6, None),
        ("South", 100, 0.25, None),
        ("", 60, 0.15, None),
    ]
    assert found.apart is None
    assert sum(part.share for part in found.parts) == 1


def test_members_with_a_goal_come_first_the_riskiest_on_top():
    """North is at 240 of 250, South at 100 of 900; a goal of other days or members is none."""
    nowhere = (Filter("region", ("East",)),)
    both = (Filter("region", ("North", "South")),)
    found = board(
        terms(660),
        terms(250, scope=NORTH),
        terms(900, scope=SOUTH),
        terms(50, scope=nowhere),
        terms(50, scope=both),
        terms(90, period=NEXT, scope=SOUTH),
        terms(5, "orders", scope=SOUTH),
    )
    assert told(looked(found, 1, "region")) == [
        ("South", 100, 0.25, 3),
        ("East", None, None, 4),
        ("North", 240, 0.6, 2),
        ("", 60, 0.15, None),
    ]
    assert looked(found, 1, "region").parts[1].label == "East"
    assert {part.goal for part in looked(found, 1, "team").parts} == {None}


def test_within_a_scope_only_its_own_members_are_listed():
    inner = (*NORTH, Filter("person", ("Cy",)))
    found = board(terms(300, scope=NORTH), terms(90, scope=inner))
    assert told(looked(found, 1, "person")) == [
        ("Cy", 40, 40 / 240, 2),
        ("Ana", 200, 200 / 240, None),
    ]


def test_parts_that_do_not_add_up_have_no_share():
    found = looked(board(terms(100, "aov")), 1, "region")
    assert {part.share for part in found.parts} == {None}
    assert found.apart.key == "analysis.comparison_of.apart.ratio"


def test_what_a_goal_can_be_looked_into_by():
    """One channel parts nothing; nor does the region a goal is narrowed to."""
    house = company(ROWS)

    def offered(*asked: Terms) -> tuple[str, ...]:
        found = board(*asked)
        (goal,) = (each for each in found if each.goal.number == 1)
        return within.offered(house, settings(), goal, found, TODAY)

    assert offered(terms(660)) == ("team", "person", "region")
    assert offered(terms(300, scope=NORTH)) == ("team", "person")
    assert offered(terms(300, period=NEXT)) == ()
    assert offered(terms(300, "gone")) == ()
    assert offered(terms(660), terms(250, scope=NORTH)) == ("region", "team", "person")
