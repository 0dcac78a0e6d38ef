"""A total over time and members, on Wednesday 18 November 2026, data to the 17th."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis.dividing import Cut, Divider, Division, How
from salesdash.errors import UsageError
from salesdash.periods import Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Terms
from tests.analysis.company import EDGE, TODAY, sale, settings, warehouse

NEXT = Period.through(date(2027, 1, 1), date(2027, 3, 31))
YEAR = Period.through(date(2027, 1, 1), date(2027, 12, 31))

ROWS = (
    # the first quarter of 2026: North 600, South 300, nobody 100; January 500, February 500
    sale("2026-01-05", 200, region="North"),
    sale("2026-01-20", 300, region="South"),
    sale("2026-02-10", 400, region="North"),
    sale("2026-02-11", 100),
    # since then: West is new
    sale("2026-06-10", 50, region="West"),
    sale("2026-11-17", 50, region="North"),
)


def divide(total: str = "1000", period: Period = NEXT, cut: Cut | None = None, **more) -> Division:
    terms = Terms("sales", period, Decimal(total), **more)
    return Divider(warehouse(ROWS), settings(), TODAY).divide(terms, cut or Cut(by="region"))


def parts(found: Division) -> dict[tuple[str | None, int], Decimal]:
    return {
        (part.scope[0].values[0] if part.scope else "", part.period.start.month): part.target
        for part in found.parts
    }


def notes(found: Division) -> list[str]:
    return [note.key.rpartition(".")[2] for note in found.notes]


def test_members_get_the_shares_of_the_same_quarter_a_year_before():
    found = divide("1000")
    assert parts(found) == {("North", 1): Decimal("666.67"), ("South", 1): Decimal("333.33")}
    assert notes(found) == ["shares", "nobody"]
    share = dict(found.notes[1].values)["share"]
    assert share.value == pytest.approx(0.1)


def test_over_time_and_members_at_once_it_still_adds_up():
    found = divide("1000", cut=Cut(by="region", each=Grain.MONTH))
    # 2/3 and 1/3, half in January and half in February, nothing in March: no goal
    assert parts(found) == {
        ("North", 1): Decimal("333.33"),
        ("North", 2): Decimal("333.33"),
        ("South", 1): Decimal("166.67"),
        ("South", 2): Decimal("166.67"),
    }
    assert sum(part.target for part in found.parts) == 1000


def test_named_members_without_history_get_the_share_that_is_said():
    cut = Cut(by="region", members=("North", "South", "West"), newcomer=Decimal("0.1"))
    found = divide("1000", cut=cut)
    assert parts(found) == {("North", 1): 600, ("South", 1): 300, ("West", 1): 100}
    assert notes(found)[-1] == "newcomers"
    none = divide("1000", cut=replace(cut, newcomer=Decimal(0)))
    assert ("West", 1) not in parts(none)
    assert notes(none)[-1] == "nothing"


def test_floor_and_stretch_are_split_alike():
    found = divide("900", floor=Decimal(600), stretch=Decimal(1200))
    assert [(p.floor, p.target, p.stretch) for p in found.parts] == [
        (400, 600, 800),
        (200, 300, 400),
    ]


def test_parts_can_be_round_and_the_largest_takes_the_rest():
    found = divide("1050.50", cut=Cut(by="region", step=Decimal(100)))
    # ten hundreds by 2/3 and 1/3: seven and three, and 50.50 on top of the larger
    assert parts(found) == {("North", 1): Decimal("750.50"), ("South", 1): 300}


def test_a_running_year_goes_by_its_last_complete_months():
    # January to October 2027 by those of 2026, November and December by those of 2025: no data yet
    found = divide("1000", YEAR, Cut(by="region"))
    assert notes(found) == ["recent", "nobody"]
    assert parts(found) == {  # 600 : 300 : 50 in the ten months to October 2026
        ("North", 1): Decimal("631.58"),
        ("South", 1): Decimal("315.79"),
        ("West", 1): Decimal("52.63"),
    }


def test_without_a_year_to_learn_from_time_goes_by_working_days():
    found = divide("1000", YEAR, Cut(each=Grain.QUARTER))
    assert notes(found) == ["no_year", "days"]
    # weekends off: 64, 65, 66 and 66 working days of 261
    assert list(parts(found).values()) == [
        Decimal("245.21"),
        Decimal("249.04"),
        Decimal("252.88"),
        Decimal("252.87"),
    ]


def test_equal_shares():
    found = divide("100", cut=Cut(How.EQUAL, Grain.MONTH, "region", ("A", "B")))
    assert notes(found) == ["equal", "equal_members"]
    assert sorted(parts(found).values()) == [Decimal("16.66")] * 2 + [Decimal("16.67")] * 4
    whole = divide("101", cut=Cut(How.DAYS, by="region"), period=NEXT)
    assert list(parts(whole).values()) == [Decimal("50.50")] * 2  # North and South


SEASONS = (
    *(sale(f"{year}-01-05", amount) for year, amount in ((2024, 100), (2025, 300), (2026, 500))),
    *(sale(f"{year}-02-10", amount) for year, amount in ((2024, 300), (2025, 300), (2026, 500))),
    *(sale(f"{year}-03-10", 0) for year in (2024, 2025, 2026)),
    sale(str(EDGE), 1),
)


def test_a_season_is_the_mean_pattern_of_the_years():
    terms = Terms("sales", NEXT, Decimal(1200))
    at = Divider(warehouse(SEASONS), settings(), TODAY)
    history = at.divide(terms, Cut(each=Grain.MONTH))
    season = at.divide(terms, Cut(How.SEASON, each=Grain.MONTH))
    assert [p.target for p in history.parts] == [600, 600]
    # January: a quarter, a half, a half: 41.67 % of 1,200
    assert [p.target for p in season.parts] == [500, 700]
    assert notes(season) == ["season"]
    assert dict(season.notes[0].values)["count"] == 3


def test_counts_are_split_in_whole_things():
    rows = [sale("2026-01-05", 1, region=name) for name in ("A", "A", "B")]
    at = Divider(warehouse([*rows, sale(str(EDGE), 1)]), settings(), TODAY)
    found = at.divide(Terms("orders", NEXT, Decimal(10)), Cut(by="region"))
    assert [p.target for p in found.parts] == [7, 3]


def test_a_scope_of_two_members_is_split_between_them_and_its_other_filters_stay():
    scope = (Filter("region", ("North", "South")), Filter("channel", ("web",)))
    rows = [
        sale("2026-01-05", n, region=r, channel="web") for n, r in ((30, "North"), (10, "South"))
    ]
    at = Divider(warehouse([*rows, sale(str(EDGE), 1, region="West")]), settings(), TODAY)
    found = at.divide(Terms("sales", NEXT, Decimal(100), scope), Cut(by="region"))
    assert [p.scope for p in found.parts] == [
        (Filter("channel", ("web",)), Filter("region", (name,))) for name in ("North", "South")
    ]
    assert [p.target for p in found.parts] == [75, 25]


def test_a_person_answers_for_a_part_of_their_own():
    rows = [sale("2026-01-05", 10, person="=1+1"), sale(str(EDGE), 1)]
    at = Divider(warehouse(rows), settings(), TODAY)
    (part,) = at.divide(Terms("sales", NEXT, Decimal(100), owner="Ana"), Cut(by="person")).parts
    assert (part.owner, part.target) == ("=1+1", 100)


@pytest.mark.parametrize(
    ("metric", "cut", "key"),
    [
        ("margin", Cut(by="region"), "split.does_not_add"),
        ("sales", Cut(), "split.into_nothing"),
        ("sales", Cut(by="colour"), "dimension.unknown"),
        ("sales", Cut(by="region", members=("West", "East")), "split.no_history"),
        ("sales", Cut(by="person"), "split.no_history"),
        ("sales", Cut(How.EQUAL, by="person"), "split.no_history"),
        ("nothing", Cut(by="region"), "metric.unknown"),
        ("sales", Cut(each=Grain.YEAR), "goal.not_whole"),
        (
            "sales",
            Cut(by="region", members=("North", "A", "B"), newcomer=Decimal("0.5")),
            "split.newcomers",
        ),
    ],
)
def test_what_cannot_be_split(metric, cut, key):
    rows = (*ROWS[:4], *ROWS[5:])
    with pytest.raises(UsageError) as error:
        Divider(warehouse(rows), settings(), TODAY).divide(Terms(metric, NEXT, Decimal(9)), cut)
    assert error.value.key == key
