"""Goals and the goals within them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from salesdash.analysis import families, goals
from salesdash.analysis.asking import bound
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, settings, warehouse

FISCAL = FiscalCalendar()
Q1 = FISCAL.unit(Grain.QUARTER, date(2027, 1, 1))
MONTHS = FISCAL.units(Grain.MONTH, Q1)
HOME = warehouse([sale("2026-11-17", 1, region="North", channel="web")])


def goal(number: int, target: str, period: Period = Q1, region: str = "", **more) -> Goal:
    scope = (Filter("region", (region,)),) if region else ()
    return Goal(Terms("sales", period, Decimal(target), scope, **more), number, 1)


def found(*given: Goal) -> list[tuple[int, tuple[int, ...], int, int]]:
    """Number above, numbers of the parts, gap, parts on offer."""
    built = families.build(given, bound(HOME, settings()))
    return [
        (f.parent.number, tuple(g.number for g in f.parts), int(f.gap), len(f.offered))
        for f in built
    ]


def test_regions_that_name_their_goal_add_up_to_less():
    company = goal(1, "3300")
    regions = [goal(n, str(t), region=r, parent=1) for n, t, r in ((2, 1500, "N"), (3, 1600, "S"))]
    assert found(company, *regions) == [(1, (2, 3), -200, 0)]
    (family,) = families.build((company, *regions), bound(HOME, settings()))
    told = Words("en").tell(family.told(Unit.MONEY))
    assert told == "Region: 2 goals add up to $3,100, $200 less than this"
    assert "比本目标少" in Words("zh").tell(family.told(Unit.MONEY))


def test_a_single_part_that_names_its_goal_counts_and_one_that_does_not_is_chance():
    assert found(goal(1, "10"), goal(2, "4", region="N", parent=1)) == [(1, (2,), -6, 0)]
    assert found(goal(1, "10"), goal(2, "4", region="N")) == []


def test_parts_that_lie_within_are_offered():
    assert found(goal(1, "10"), goal(2, "4", region="N"), goal(3, "7", region="S")) == [
        (1, (2, 3), 1, 2)
    ]
    months = [goal(n, "3", month) for n, month in enumerate(MONTHS, 2)]
    assert found(goal(1, "9"), *months) == [(1, (2, 3, 4), 0, 3)]
    assert found(goal(1, "9"), *months[:2]) == []  # March is not planned yet


def test_a_year_has_quarters_which_have_months():
    year = goal(1, "100", FISCAL.unit(Grain.YEAR, date(2027, 1, 1)))
    quarters = [
        goal(n, "25", q) for n, q in enumerate(FISCAL.units(Grain.QUARTER, year.terms.period), 2)
    ]
    months = [goal(n, "9", month) for n, month in enumerate(MONTHS, 6)]
    assert found(year, *quarters, *months) == [(1, (2, 3, 4, 5), 0, 4), (2, (6, 7, 8), 2, 3)]


def test_months_of_regions_lie_within_both():
    cells = [goal(10, "1", MONTHS[0], "N"), goal(11, "2", MONTHS[0], "S")]
    cells += [goal(12, "1", MONTHS[1], "N"), goal(13, "1", MONTHS[2], "N")]
    tops = [goal(1, "3", MONTHS[0]), goal(2, "4", region="N")]
    assert found(*tops, *cells) == [(1, (10, 11), 0, 2), (2, (10, 12, 13), -1, 3)]


def test_stated_parts_by_region_and_month():
    cells = [goal(n, "1", MONTHS[n % 3], r, parent=1) for n, r in ((3, "N"), (4, "S"), (5, "S"))]
    (family,) = families.build((goal(1, "3"), *cells), bound(HOME, settings()))
    assert (family.by, family.grain, family.gap) == (("region",), Grain.MONTH, 0)
    assert Words("en").tell(family.told(Unit.MONEY)) == (
        "Region, months: 3 goals add up to exactly this"
    )


def test_free_stretches_of_time_and_other_goals_above():
    half = Period.through(date(2027, 1, 1), date(2027, 2, 10))
    (family,) = families.build(
        (goal(1, "3"), goal(2, "2", half, parent=1)), bound(HOME, settings())
    )
    assert Words("en").tell(family.told(Unit.MONEY)).startswith("Stretches of time: 1 goal adds up")
    # a parent that is not among them: it lies where it lies
    assert found(goal(1, "3"), goal(2, "1", region="N", parent=9), goal(3, "1", region="S")) == [
        (1, (2, 3), -1, 1)
    ]


def test_only_what_adds_up_has_parts():
    ratios = [
        Goal(replace(g.terms, metric=name), g.number, 1)
        for name in ("margin", "orders", "gone")
        for g in (goal(1, "10"), goal(2, "4", region="N", parent=1))
    ]
    assert found(*ratios) == []


def test_the_board_says_it():
    company, north = goal(1, "10"), goal(2, "4", region="North", parent=1)
    board = goals.build(HOME, settings(), (company, north), TODAY)
    told = {each.goal.number: [Words("en").tell(n) for n in each.notes] for each in board}
    assert told == {1: ["Region: 1 goal adds up to $4.00, $6.00 less than this"], 2: []}
