"""The leaderboard: fair windows, too few, ties, targets, days in post, departures, teams."""

import random
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from salesdash import charts, config
from salesdash.analysis import kpis, leading
from salesdash.analysis.asking import Question
from salesdash.analysis.leaders import Board
from salesdash.charts import Words
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Organisation, Selection
from tests.warehouse.build import build
from tests.warehouse.deals import deal

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
TODAY = date(2026, 11, 2)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
"""22 working days, 21 in September (weekends only are off here)."""

MONTH = Selection(Window(OCTOBER, Grain.MONTH, OCTOBER), Comparison.PREVIOUS)


def won(person: str, amount: int, close="2026-10-20", **more):
    created = more.pop("created", "2026-08-01")
    return deal("won", created, close, amount=str(amount), person=person, **more)


def lost(person: str, close="2026-10-21"):
    return deal("lost", "2026-08-01", close, person=person)


DEALS = [
    won("Ana", 600), won("Bo", 300), won("Cy", 300), won("Di", 100), won("Ed", 900),
    won("Ana", 200, "2026-09-10"), won("Bo", 400, "2026-09-10"), won("Ed", 50, "2026-09-10"),
    deal("won", "2026-08-01", "2026-10-02", amount="77"),
]  # fmt: skip
PEOPLE = [
    {"person": "Ana", "team": "North"},
    {"person": "Bo", "team": "North", "active_to": "2026-10-31"},
    {"person": "Di", "team": "South", "active_from": "2026-10-26"},
    {"person": "Ed", "team": "South", "active_to": "2026-10-09"},
]


def board(metric="won_amount", by="person", rows=DEALS, people=PEOPLE, selection=MONTH, **more):
    targets = more.pop("targets", ())
    warehouse = build(deals=rows, people=people, targets=targets)
    question = Question(warehouse, SETTINGS, selection, TODAY)
    return leading.build(question, Board(metric, by, **more))


def told(found):
    return [(line.rank, line.name, line.figure.value) for line in found.lines]


def said(reason, lang="en"):
    names = tuple((name, each.name[lang]) for name, each in SETTINGS.metrics.items())
    return Words(lang, "USD", names=names).tell(reason)


def test_places_over_the_same_window_and_who_was_here_for_a_part_apart():
    """Bo and Cy share the second place; Ed left on 9 October, Di came on the 26th."""
    found = board()
    assert told(found) == [
        (1, "Ana", 600),
        (2, "Bo", 300),
        (2, "Cy", 300),
        (None, "Ed", 900),
        (None, "Di", 100),
    ]
    ed, di = found.apart
    assert (ed.days, di.days, found.days) == (7, 5, 22)
    assert said(ed.why) == "in post 7 of 22 working days: stands apart"
    assert (ed.place.left, found.lines[1].place.left) == (date(2026, 10, 9), date(2026, 10, 31))
    assert said(found.headline) == "Won amount in Oct: Ana is first with $600."
    assert found.unnamed.value == 77
    assert found.total.value == 2277
    notes = " ".join(said(note) for note in found.notes)
    assert "The same 22 working days for everybody" in notes
    assert "1 is not on the list of people" in notes
    assert "$77.00 belongs to no Salesperson" in notes


def test_places_before_are_those_of_the_window_compared_with():
    """In September Bo had 400, Ana 200, Ed 50, and Cy nothing."""
    found = board()
    before = {line.name: line.rank_then for line in found.lines}
    assert before == {"Ana": 2, "Bo": 1, "Ed": 3, "Cy": 4, "Di": None}


def test_by_working_day_in_post_all_are_ranked_who_have_days_enough():
    """600 / 22 for Ana; Ed's 7 days are too few; nobody says of Cy."""
    found = board(daily=True)
    assert [(line.rank, line.name) for line in found.placed] == [(1, "Ana"), (2, "Bo")]
    assert found.placed[0].ranked == pytest.approx(600 / 22)
    assert {line.name: line.why.key for line in found.apart} == {
        "Ed": "leaders.why.short",
        "Di": "leaders.why.short",
        "Cy": "leaders.why.unlisted",
    }
    assert said(found.headline) == (
        "Won amount in Oct: Ana is first with $27.27 a working day in post."
    )


def test_without_a_list_of_people_all_are_taken_as_here():
    found = board(people=())
    assert [line.name for line in found.placed] == ["Ed", "Ana", "Bo", "Cy", "Di"]
    assert not found.knows_days


def test_a_ratio_needs_enough_to_rest_on_and_less_is_better_for_days():
    rows = [won("Ana", 1) for _ in range(6)] + [lost("Ana") for _ in range(6)]
    rows += [won("Cy", 1) for _ in range(9)]
    found = board("win_rate", rows=rows)
    assert told(found) == [(1, "Ana", 0.5), (None, "Cy", 1.0)]
    assert said(found.lines[1].why) == "Decided deals: 9, too few to rank"
    days = [
        deal("won", "2026-10-01", "2026-10-11", person="Ana", amount="1"),
        deal("won", "2026-10-01", "2026-10-05", person="Cy", amount="1"),
    ] * 10
    assert told(board("sales_cycle_days", rows=days)) == [(1, "Cy", 4.0), (2, "Ana", 10.0)]


def test_targets_of_just_the_member_and_the_whole_unit():
    days = {"period_start": "2026-10-01", "period_end": "2026-10-31", "metric": "won_amount"}
    targets = [
        {**days, "target": "1000", "person": "Ana"},
        {**days, "target": "5", "person": "Cy", "product": "P"},
    ]
    found = board(targets=targets)
    assert [(line.target, line.attained) for line in found.lines[:3]] == [
        (1000, 0.6), (None, None), (None, None)]  # fmt: skip
    table = charts.table(found, Words())
    assert "Target" in [column.name for column in table.columns]
    assert table.rows[0][-3:] == (0.6, 22, "")


MOVED = [
    {"person": "Ana", "team": "North", "active_to": "2026-10-15"},
    {"person": "Ana", "team": "South", "active_from": "2026-10-16"},
    {"person": "Bo", "team": "North"},
]


@pytest.mark.parametrize(
    ("organisation", "figures", "days"),
    [
        (Organisation.THEN, {"North": 500, "South": 600}, {"North": 33, "South": 11}),
        (Organisation.TODAY, {"North": 300, "South": 800}, {"North": 22, "South": 22}),
    ],
)
def test_teams_at_the_time_and_of_today(organisation, figures, days):
    """The deal of 600 began on the 17th; Ana has been in South since the 16th."""
    rows = [won("Ana", 200), won("Ana", 600, created="2026-10-17"), won("Bo", 300)]
    found = board(by="team", rows=rows, people=MOVED, organisation=organisation, daily=True)
    assert {line.name: line.figure.value for line in found.lines} == figures
    assert {line.name: line.days for line in found.lines} == days
    assert found.lines[0].name == "South"


def test_figures_are_those_of_the_metric_asked_by_the_person():
    dice = random.Random(5)
    names = [dice.choice("ABCD") for _ in range(120)]
    rows = [won(each, 5) if dice.random() < 0.6 else lost(each) for each in names]
    counts = defaultdict(list)
    for row in rows:
        counts[row["person"]].append(row["outcome"] == "won")
    found = board("win_rate", rows=rows, people=())
    assert {line.name: line.figure.value for line in found.lines} == {
        name: pytest.approx(sum(each) / len(each)) for name, each in counts.items()
    }
    warehouse = build(deals=rows)
    for line in found.lines:
        (tile,) = kpis.build(
            warehouse, SETTINGS, MONTH.where("person", line.member), TODAY, ("win_rate",)
        )
        assert tile.figure.value == line.figure.value


@pytest.mark.parametrize(
    ("metric", "daily"),
    [("won_amount", True), ("win_rate", False), ("pipeline", False), ("new_customers", True),
     ("sales_velocity", False), ("pipeline_due", False), ("won_deals_year", False)],
)  # fmt: skip
def test_what_grows_by_the_day(metric, daily):
    question = Question(build(deals=DEALS), SETTINGS, MONTH, TODAY)
    assert leading.can_be_daily(question, metric) is daily


def test_nobody_to_rank():
    found = board("win_rate", rows=[won("Ana", 1)])
    assert said(found.headline) == "Win rate in Oct: nobody can be ranked."
    assert said(found.headline, "zh") == "10月，赢单率无法排名。"


def test_drawn_in_its_order_with_words_for_those_who_cannot_see():
    found, words = board(), Words()
    spec = charts.leaders(found, words)
    names = [[row["name"] for row in layer["data"]["values"]] for layer in spec["layer"][:2]]
    assert names[0] == names[1] == ["1 · Ana", "2 · Bo", "2 · Cy", "Ed", "Di"]
    told_alt = charts.alt(found, words)
    assert "1. Ana $600 · up 1" in told_alt
    assert "left 9 Oct 2026" in told_alt
    assert [row[:2] for row in charts.table(found, words).rows][-1] == ("Di", None)
