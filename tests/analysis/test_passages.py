"""How deals went on from stage to stage, against a second opinion export by export."""

import random
from collections import defaultdict

import pytest

from salesdash.analysis import passages
from salesdash.analysis.answers import Member
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.warehouse.passages import Seen
from tests.analysis.movements import ALL, DAYS, exports
from tests.warehouse.deals import deal

ORDER = ("Qualification", "Proposal", "Negotiation")


def at(number: str, stage: str, **more):
    outcome = {"Won": "won", "Lost": "lost"}.get(stage, "open")
    return deal(outcome, "2026-10-01", deal=number, stage=stage, **more)


FILES = (
    [at("A", "Qualification"), at("B", "Qualification"), at("C", "Proposal"), at("D", "Proposal"),
     at("E", "Qualification"), at("X", "Won")],
    [at("A", "Proposal"), at("B", "Lost"), at("C", "Negotiation"), at("D", "Lost"),
     at("E", "Qualification"), at("X", "Won"), at("F", "Qualification")],
    [at("A", "Lost"), at("B", "Lost"), at("C", "Won"), at("D", "Lost"),
     at("E", "Qualification"), at("X", "Won"), at("F", "Won")],
)  # fmt: skip
"""A goes one step and is lost; C goes all the way; F is won from its first stage; E stays."""


def told(found) -> dict[str, tuple[int, ...]]:
    assert found is not None
    return {bar.label.value: bar.figures[1:] for bar in found.bars if isinstance(bar.label, Member)}


def test_of_the_deals_seen_in_a_stage():
    """Qualification: A and F moved on, B was lost, E is still there."""
    found = passages.build(exports(*FILES)[0], ALL)
    assert told(found) == {
        "Qualification": (4, 2, 1, 1),
        "Proposal": (3, 1, 2, 0),  # C moved on, A and D were lost
        "Negotiation": (1, 1, 0, 0),
    }
    assert found.bars[0].figures[0] == 0.5
    assert {bar.role for bar in found.bars} == {"faint"}


def test_only_exports_of_the_period_count_where_a_deal_was_but_all_where_it_went():
    """The export of the 9th shows the 8th: A in Proposal, C in Negotiation, E and F."""
    week = Selection(Window(Period(DAYS[0], DAYS[1])))
    found = passages.build(exports(*FILES)[0], week)
    assert told(found) == {
        "Qualification": (2, 1, 0, 1),
        "Proposal": (1, 0, 1, 0),
        "Negotiation": (1, 1, 0, 0),
    }


def test_a_deal_that_vanished_is_in_no_outcome():
    found = passages.build(exports(FILES[0], FILES[1][1:])[0], ALL)
    assert told(found)["Qualification"] == (4, 0, 1, 2)  # A is gone


def test_filters_are_those_of_the_deal_as_it_is():
    files = [
        [{**row, "person": "Ana" if row["deal"] in "ACE" else "Bo"} for row in file]
        for file in FILES
    ]
    found = passages.build(exports(*files)[0], ALL.where("person", "Ana"))
    assert told(found) == {
        "Qualification": (2, 1, 0, 1),
        "Proposal": (2, 1, 1, 0),
        "Negotiation": (1, 1, 0, 0),
    }


@pytest.mark.parametrize("count", [0, 1])
def test_one_export_shows_nothing_move(count):
    assert passages.build(exports(*FILES[:count])[0], ALL) is None


@pytest.mark.parametrize(
    ("stage", "deals"),
    [("Qualification", "ABEF"), ("Proposal", "ACD"), ("Negotiation", "C"), ("Unknown", "")],
)
def test_the_deals_behind_a_bar_as_they_are_now(stage, deals):
    found = passages.rows(exports(*FILES)[0], ALL, Seen(stage), 9)
    assert sorted(found.table["deal"].to_pylist()) == list(deals)
    assert not found.more
    few = passages.rows(exports(*FILES)[0], ALL, Seen(stage), 1)
    assert (few.table.num_rows, few.more) == (min(len(deals), 1), len(deals) > 1)


def test_the_deals_behind_a_bar_of_a_week_and_of_a_member():
    files = [
        [{**row, "person": "Ana" if row["deal"] in "ACE" else "Bo"} for row in file]
        for file in FILES
    ]
    week = Selection(Window(Period(DAYS[0], DAYS[1]))).where("person", "Bo")
    found = passages.rows(exports(*files)[0], week, Seen("Qualification"), 9)
    assert found.table["deal"].to_pylist() == ["F"]
    nothing = passages.rows(exports(FILES[0])[0], ALL, Seen("Qualification"), 9)
    assert nothing.table.num_rows == 0


def test_an_earlier_cut_knows_less():
    warehouse, _ = exports(*FILES)
    assert told(passages.build(warehouse, Selection(None, cut=2))) == {
        "Qualification": (4, 1, 1, 2),
        "Proposal": (3, 1, 1, 1),
        "Negotiation": (1, 0, 0, 1),
    }


@pytest.mark.parametrize("seed", range(4))
def test_many_deals_against_a_walk_through_the_files(seed):
    files = _many(seed)
    wanted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for number in {row["deal"] for file in files for row in file}:
        walk = [next((r for r in file if r["deal"] == number), None) for file in files]
        for place, stage in enumerate(ORDER):
            first = next((n for n, r in enumerate(walk) if r and r["stage"] == stage), None)
            if first is None:
                continue
            later = {row["stage"] for row in walk[first + 1 :] if row}
            last = walk[-1]["stage"] if walk[-1] else None
            moved = bool(later & {*ORDER[place + 1 :], "Won"})
            wanted[stage][0] += 1
            wanted[stage][1] += moved
            wanted[stage][2] += not moved and last == "Lost"
            wanted[stage][3] += not moved and last in ORDER
    found = told(passages.build(exports(*files)[0], ALL))
    assert found == {stage: tuple(counts) for stage, counts in wanted.items()}


def _many(seed: int):
    dice = random.Random(seed)
    files: list[list[dict[str, object]]] = [[] for _ in DAYS]
    for number in range(40):
        for file in files:
            if dice.random() < 0.9:
                file.append(at(f"D{number}", dice.choice([*ORDER, *ORDER, "Won", "Lost"])))
    return files
