"""Who needs what: levers beside the team's median, against pandas on rows typed or drawn here."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import abilities
from salesdash.analysis.abilities import Need
from salesdash.analysis.asking import Question
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Staff
from salesdash.config import Course, Item, Settings
from salesdash.metrics import Words
from salesdash.periods import Period
from salesdash.selection import Selection
from tests.warehouse.build import Row, build

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
NAME = Words("A", "A")
EDGE = date(2026, 11, 30)
START = date(2025, 12, 1)
ITEMS = {"a": Item("A", "A")}


def settings(**levers: tuple[str, ...]) -> Settings:
    """The metrics of the checkout, and courses that train these."""
    courses = {
        name: Course(name, NAME, NAME, 14, None, ITEMS, levers=each)
        for name, each in levers.items()
    }
    return replace(SETTINGS, training=courses, hash=repr(levers))


def deal(number: int, person: str, day: date, *, won: bool, amount: float = 100) -> Row:
    return {
        "deal": f"D{number}",
        "person": person,
        "created_date": day - timedelta(days=30),
        "close_date": day,
        "stage": "Closed Won" if won else "Closed Lost",
        "outcome": "won" if won else "lost",
        "amount": str(amount),
    }


def spread(person: str, won: int, lost: int, first: int = 0, start: date = START) -> list[Row]:
    """So many won and lost deals, evenly over the days from `start` up to the edge."""
    days, count = (EDGE - start).days, won + lost
    order = sorted(range(count), key=lambda n: (n * 7) % count)
    return [
        deal(first + n, person, start + timedelta(days=round(days * n / (count - 1))),
             won=order.index(n) < won)
        for n in range(count)
    ]  # fmt: skip


def needs(deals: list[Row], staff: Staff | None = None, **levers: tuple[str, ...]):
    held = build([], deals=deals)
    question = Question(held, settings(**levers), Selection(None), EDGE + timedelta(days=1))
    return {each.place.person: each for each in abilities.build(question, staff or Staff())}


def only(need: Need):
    (level,) = need.levels
    return level


FOUR = [
    *spread("Ana", 20, 20),
    *spread("Bo", 18, 22, 100),
    *spread("Cy", 22, 18, 200),
    *spread("Dan", 8, 32, 300),
]


def test_the_weakest_figure_leads_to_the_course_that_trains_it():
    """20, 18, 22 and 8 of 40: the median of the four is 19 of 40, and 8 is 58 % below."""
    found = needs(FOUR, talk=("win_rate",), price=("average_deal_size",))
    level = found["Dan"].weakest
    assert level is not None
    assert (level.metric, level.course, level.base) == ("win_rate", "talk", "decided_deals")
    assert (level.value, level.median, level.count) == (0.2, 0.475, 40)
    assert level.gap == pytest.approx(0.2 / 0.475 - 1)
    assert (level.below, level.parts, level.among, level.others) == (4, 4, "everybody", 3)
    assert [name for name, each in found.items() if each.weakest] == ["Dan"]
    assert (found["Dan"].since, found["Dan"].until) == (START, EDGE)


def test_a_figure_that_rests_on_few_is_not_compared():
    found = needs([*FOUR, *spread("Eve", 1, 8, 400)], talk=("win_rate",))
    level = only(found["Eve"])
    assert (level.gap, level.count, level.why.key) == (None, 9, "learning.few")
    assert only(found["Dan"]).median == 0.475  # Eve's nine deals move nobody's median


def test_nobody_is_compared_with_one_other():
    found = needs([*spread("Ana", 20, 20), *spread("Dan", 8, 32, 300)], talk=("win_rate",))
    assert only(found["Dan"]).why.key == "learning.few_others"


def entries(**teams: str) -> Staff:
    return Staff.of([Entry(name, team) for name, team in teams.items()])


def test_a_team_is_compared_with_itself_when_it_is_large_enough():
    """Dan's team of three wins 8, 9 and 10 of 40: he is no more than a tenth below 9."""
    deals = [*FOUR, *spread("Eve", 9, 31, 400), *spread("Flo", 11, 29, 500)]
    teams = entries(Ana="East", Bo="East", Cy="East", Dan="West", Eve="West", Flo="West")
    found = needs(deals, teams, talk=("win_rate",))
    level = only(found["Dan"])
    assert (level.among, level.others, level.median) == ("team", 2, 9 / 40)
    small = entries(Ana="East", Bo="East", Cy="East", Dan="West", Eve="West", Flo="East")
    level = only(needs(deals, small, talk=("win_rate",))["Dan"])
    assert (level.among, level.others) == ("everybody", 5)


def test_a_newcomer_is_measured_since_the_first_day_and_so_are_the_others():
    """Dan came on 1 July; what the others did before is not held against him."""
    july = date(2026, 7, 1)
    early = [deal(900 + n, name, START + timedelta(days=n), won=True)
             for n, name in enumerate(("Ana", "Bo", "Cy") * 20)]  # fmt: skip
    late = [
        *spread("Ana", 10, 10, 0, july), *spread("Bo", 9, 11, 100, july),
        *spread("Cy", 11, 9, 200, july), *spread("Dan", 10, 10, 300, july),
    ]  # fmt: skip
    staff = Staff.of([Entry(name, "East") for name in ("Ana", "Bo", "Cy")])
    staff = Staff({**staff.entries, "Dan": (Entry("Dan", "East", active_from=july),)})
    found = needs([*early, *late], staff, talk=("win_rate",))
    assert found["Dan"].since == july
    assert (only(found["Dan"]).value, only(found["Dan"]).median) == (0.5, 0.5)
    assert found["Ana"].since == START


def test_of_who_came_last_week_and_who_left_nothing_is_said():
    gone = Entry("Ana", "East", active_to=date(2026, 6, 30))
    fresh = Entry("Bo", "East", active_from=date(2026, 11, 20))
    found = needs(FOUR, Staff.of([gone, fresh]), talk=("win_rate",))
    assert sorted(found) == ["Cy", "Dan"]


def test_one_bad_quarter_is_no_weakness():
    """Dan wins as the others do but for a disastrous spring."""
    first = START + timedelta(days=91)
    bad = [deal(800 + n, "Dan", first + timedelta(days=n), won=False) for n in range(40)]
    deals = [*FOUR[:120], *spread("Dan", 20, 20, 300), *bad]
    level = only(needs(deals, talk=("win_rate",))["Dan"])
    assert level.gap is not None
    assert level.gap < -abilities.CLEAR
    assert level.below < 3
    assert not level.is_weak


def test_without_data_or_levers_there_is_nothing():
    assert needs([], talk=("win_rate",)) == {}
    assert needs(FOUR) == {}
    assert needs(FOUR, talk=("discount_rate",)) == {}  # no orders at all


def test_a_lever_belongs_to_the_first_course_that_names_it():
    courses = settings(talk=("win_rate",), price=("win_rate", "discount_rate")).training
    assert dict(abilities.levers(courses.values())) == {
        "win_rate": "talk",
        "discount_rate": "price",
    }


def test_the_four_parts_make_up_the_whole():
    whole = Period(date(2025, 12, 1), date(2026, 12, 1))
    found = abilities.parts(whole)
    assert (found[0].start, found[-1].end) == (whole.start, whole.end)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert {each.days for each in found} <= {91, 92}


def drawn(seed: int) -> list[Row]:
    dice = Random(seed)
    names = ("Ana", "Bo", "Cy", "Dan", "Eve", "Flo")
    return [
        deal(
            n,
            dice.choice(names),
            START + timedelta(days=dice.randrange((EDGE - START).days + 1)),
            won=dice.random() < 0.45,
            amount=dice.randrange(100, 5000),
        )
        for n in range(600)
    ] + [deal(601, "Ana", EDGE, won=True)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pandas_finds_the_same_gaps(seed):
    """Win rate, deal size and cycle of six people in two teams, worked out without our metrics."""
    rows = drawn(seed)
    teams = {
        **dict.fromkeys(("Ana", "Bo", "Cy"), "East"),
        **dict.fromkeys(("Dan", "Eve", "Flo"), "West"),
    }
    found = needs(
        rows, entries(**teams), a=("win_rate",), b=("average_deal_size", "sales_cycle_days")
    )
    frame = pd.DataFrame(rows)
    frame["won"] = frame["outcome"].eq("won")
    frame["amount"] = frame["amount"].astype(float)
    frame["days"] = (frame["close_date"] - frame["created_date"]).map(lambda d: d.days)
    won = frame[frame["won"]]
    own = pd.DataFrame(
        {
            "win_rate": frame.groupby("person")["won"].mean(),
            "average_deal_size": won.groupby("person")["amount"].mean(),
            "sales_cycle_days": won.groupby("person")["days"].mean(),
        }
    )
    middle = own.groupby(pd.Series(teams)).transform("median")
    gaps = own / middle - 1
    gaps["sales_cycle_days"] = middle["sales_cycle_days"] / own["sales_cycle_days"] - 1
    for name, need in found.items():
        for level in need.levels:
            assert level.value == pytest.approx(own.loc[name, level.metric])
            assert level.median == pytest.approx(middle.loc[name, level.metric])
            assert level.gap == pytest.approx(gaps.loc[name, level.metric])
            assert level.among == "team"
    quarters = abilities.parts(Period(START, EDGE + timedelta(days=1)))
    for name, need in found.items():
        mates = [each for each, team in teams.items() if team == teams[name]]
        rates = [
            frame[frame["close_date"].between(q.start, q.last_day)].groupby("person")["won"].mean()
            for q in quarters
        ]
        below = sum(rate[name] < rate[mates].median() for rate in rates)
        level = next(each for each in need.levels if each.metric == "win_rate")
        assert (level.below, level.parts) == (below, 4)


def test_discounts_are_compared_by_what_is_left_of_the_price():
    """10 % away leaves 0.9; the median of 4, 5 and 10 % is 5 %, which leaves 0.95."""
    rates = {"Ana": 4, "Bo": 5, "Cy": 10}
    lines = [
        {
            "order_date": START + timedelta(days=12 * n),
            "document": f"{name}{n}",
            "person": name,
            "quantity": "1",
            "price": "100",
            "list_amount": "100",
            "amount": str(100 - rate),
        }
        for name, rate in rates.items()
        for n in range(30)
    ]
    held = build(lines)
    question = Question(
        held, settings(price=("discount_rate",)), Selection(None), EDGE + timedelta(days=1)
    )
    found = {each.place.person: each for each in abilities.build(question, Staff())}
    level = only(found["Cy"])
    assert (level.base, level.count) == ("orders", 30)
    assert level.value == pytest.approx(0.1)
    assert level.median == pytest.approx(0.05)
    assert level.gap == pytest.approx(0.9 / 0.95 - 1)
