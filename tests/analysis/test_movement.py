"""What moved in the pipeline between two exports, against plain rules deal by deal."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdash.analysis.moments import Moments
from salesdash.analysis.moved import PUT_OFF
from salesdash.analysis.movement import Asked
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.warehouse import pushed
from salesdash.warehouse.pushed import pushes
from tests.analysis.movements import ALL, DAYS, adds_up, exports, many, moved, second, told
from tests.examples import tries
from tests.warehouse.build import build
from tests.warehouse.deals import deal

QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))


def at(deal_: str, outcome: str, amount: object, close: str | None = None, **more):
    return deal(outcome, "2026-10-01", close, deal=deal_, amount=str(amount), **more)


FIRST = [
    at("A", "open", 100, "2026-12-01", person="Ana", stage="Quoted"),
    at("B", "open", 200, "2026-12-10"),
    at("C", "open", 50, "2027-02-01"),
    at("D", "open", 80, "2026-12-20"),
    at("E", "lost", 30, "2026-10-20"),
    at("F", "open", 60, "2026-12-24"),
]
SECOND = [
    at("A", "open", 130, "2026-12-15", person="Bo", stage="Agreed"),  # 30 more, put off
    at("B", "won", 190, "2026-11-06"),  # 10 less, then won
    at("C", "open", 45, "2026-12-30"),  # 5 less; comes into the quarter
    at("D", "open", 80, "2027-01-10"),  # out of the quarter
    at("E", "open", 35, "2026-12-30"),  # open again
    at("F", "lost", 0, "2026-11-05"),  # an amount of 0 states none: 60 are lost
    at("G", "open", 25, "2027-03-01"),  # new
    at("H", "won", 12, "2026-11-08"),  # came and was won in between
    at("I", "won", 99, "2026-09-09"),  # decided long before: old news
]


def test_the_whole_pipeline_part_by_part():
    """490 + 37 new + 35 + 30 - 15 - 60 - 202 = 315."""
    found = moved(exports(FIRST, SECOND))
    assert (found.opening.deals, found.opening.amount) == (5, 490)
    assert (found.closing.deals, found.closing.amount) == (5, 315)
    assert told(found) == {
        "new": (2, 37),
        "reopened": (1, 35),
        "grown": (1, 30),
        "shrunk": (2, -15),
        "lost": (1, -60),
        "won": (2, -202),
    }
    assert adds_up(found)
    assert (found.put_off.deals, found.put_off.amount) == (2, 210)  # A and D


def test_what_is_expected_in_a_quarter():
    """440 open in Q4; C is pulled in at 45, D pushed out at 80, G is no matter of this quarter."""
    found = moved(exports(FIRST, SECOND), within=QUARTER)
    assert (found.opening.amount, found.closing.amount) == (440, 130 + 45 + 35)
    assert told(found) == {
        "new": (1, 12),
        "pulled_in": (1, 45),
        "reopened": (1, 35),
        "grown": (1, 30),
        "shrunk": (1, -10),
        "pushed_out": (1, -80),
        "lost": (1, -60),
        "won": (2, -202),
    }
    assert adds_up(found)


def test_a_part_names_its_deals_as_they_were_and_are_with_the_file():
    found = moved(exports(FIRST, SECOND))
    (grown,) = (part for part in found.parts if part.kind == "grown")
    (one,) = grown.largest
    assert (one.deal, one.owner, one.amount, one.pushed) == ("A", "Bo", 30, 1)
    assert (one.then.amount, one.then.expected, one.then.stage) == (
        100, date(2026, 12, 1), "Quoted",
    )  # fmt: skip
    assert (one.now.amount, one.now.expected, one.now.stage) == (130, date(2026, 12, 15), "Agreed")
    assert (one.file, one.event, one.record) == ("deals_2026-11-09.csv", 2, 1)
    (won,) = (part for part in found.parts if part.kind == "won")
    assert [(each.deal, each.amount, each.then is None) for each in won.largest] == [
        ("B", -190, False),
        ("H", -12, True),
    ]


def test_a_deal_that_vanished_names_the_file_without_it():
    found = moved(exports(FIRST, SECOND[1:]))
    (gone,) = (part for part in found.parts if part.kind == "removed")
    (one,) = gone.largest
    assert (one.deal, one.amount, one.now) == ("A", -100, None)
    assert one.file == "deals_2026-11-09.csv"  # complete, and silent about it


def test_filters_tell_what_changed_hands():
    house = exports(FIRST, SECOND)
    ana = moved(house, selection=ALL.where("person", "Ana"))
    assert told(ana) == {"handed_over": (1, -100)}
    bo = moved(house, selection=ALL.where("person", "Bo"))
    assert told(bo) == {"taken_over": (1, 130)}
    assert adds_up(ana)
    assert adds_up(bo)


def test_pushes_are_counted_over_all_exports():
    """From 1 to 20 December, back to the 10th, on to the 31st: twice put off."""
    closes = ("2026-12-01", "2026-12-20", "2026-12-10", "2026-12-31")
    days = (*DAYS, date(2026, 11, 23))
    files = [[at("A", "open", 5 + n, close)] for n, close in enumerate(closes)]
    found = moved(exports(*files, days=days), "1", "4")
    assert found.moved[0].largest[0].pushed == 2
    assert moved(exports(*files, days=days), "1", "3").moved[0].largest[0].pushed == 1


def test_pushes_of_more_deals_than_are_asked_for_by_name(monkeypatch):
    warehouse, _ = exports(FIRST, SECOND)
    asked = ("A", "B", "D", "nobody")
    by_name = pushes(warehouse, asked)
    monkeypatch.setattr(pushed, "NAMED", 2)
    assert pushes(warehouse, asked) == by_name
    assert [by_name[deal].pushed for deal in asked] == [1, 0, 1, 0]
    assert pushes(warehouse, ()) == {}


def test_nothing_moved():
    found = moved(exports(FIRST, FIRST))
    assert found.moved == ()
    assert found.headline.key == "movement.headline.nothing"
    same = moved(exports(FIRST, SECOND), "2", "2")
    assert [note.key for note in same.notes] == ["movement.note.same"]


def test_deals_without_a_number_are_followed_by_their_record_and_said():
    rows = [deal("open", "2026-10-01", amount="7", deal=None)]
    warehouse, events = exports([{**rows[0], "deal": None}])
    known = Moments(warehouse, events)
    found = Asked(warehouse, ALL, events, known.find("1"), known.newest()).build()
    assert (found.opening.amount, found.closing.amount, found.moved) == (7, 7, ())
    assert "movement.note.unnumbered" in [note.key for note in found.notes]


def test_the_rows_of_a_deal_are_told_apart():
    """Two products of one deal: 10 + 20 become 10 + 25."""
    first = [at("A", "open", 10, product="X"), at("A", "open", 20, product="Y")]
    then = [{**row, "event": 1, "valid_to": 2} for row in first]
    now = [{**first[0], "event": 2}, {**first[1], "amount": "25", "event": 2}]
    warehouse, events = exports([], [])
    twice = build(deals=[*then, *now])
    twice.moments = warehouse.moments
    found = moved((twice, events))
    assert told(found) == {"grown": (1, 5)}
    assert (found.opening.amount, found.closing.amount) == (30, 35)


def test_a_day_that_no_export_shows_is_worked_out_from_dates():
    """On 4 November B (190 as known now) and F were open, G and H not yet there."""
    later = [
        *SECOND[:6],
        {**SECOND[6], "created_date": "2026-11-07"},
        {**SECOND[7], "created_date": "2026-11-05"},
    ]
    found = moved(exports(FIRST, later), then="2026-11-04")
    assert found.is_reconstructed
    assert found.opening.amount == 130 + 190 + 45 + 80 + 35  # an F of 0, as stated now
    assert told(found) == {"new": (2, 37), "lost": (1, 0), "won": (2, -202)}
    assert adds_up(found)
    assert [note.key for note in found.notes] == ["movement.note.begun"]
    assert all(each.then is None for part in found.parts for each in part.largest)


def test_a_day_that_an_export_shows_is_what_it_showed():
    warehouse, events = exports(FIRST, SECOND)
    known = Moments(warehouse, events)
    assert known.on(date(2026, 11, 1)).cut == 1  # the morning after
    assert not known.on(date(2026, 11, 4)).is_shown
    assert known.on(date(2026, 12, 24)).file == "deals_2026-11-09.csv"  # nothing newer is known
    assert [each.code for each in known.known()] == ["1", "2"]
    assert known.find("nonsense") is None
    assert known.last_week(date(2026, 11, 9)).cut == 1
    earlier = Moments(warehouse, events, cut=1)
    assert earlier.find("2").cut == 1  # a cut knows nothing later


def test_both_ends_are_worked_out_where_no_export_shows_the_later_one():
    found = moved(exports(FIRST, SECOND), "1", "2026-11-05")
    assert not found.then.is_shown
    assert [note.key for note in found.notes] == ["movement.note.both"]
    assert adds_up(found)


def test_the_drawer_has_all_deals_of_a_part():
    warehouse, events = exports(FIRST, SECOND)
    known = Moments(warehouse, events)
    asked = Asked(warehouse, ALL, events, known.find("1"), known.find("2"))
    assert asked.rows("won", 10).table["deal"].to_pylist() == ["B", "H"]
    first = asked.rows("shrunk", 1)
    assert (first.table.num_rows, first.more) == (1, True)
    assert sorted(asked.rows(PUT_OFF, 10).table["deal"].to_pylist()) == ["A", "D"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sentence(lang):
    found = moved(exports(FIRST, SECOND))
    text = Words(lang).tell(found.headline)
    assert (
        text
        == {
            "en": "The pipeline shrank by $175 to $315 since 2 Nov 2026: new deals added $37.00, "
            "won deals took $202.",
            "zh": "自 2026年11月2日 以来，在跟商机减少 $175，现为 $315：新增商机带来 $37.00，"
            "赢单带走 $202。",
        }[lang]
    )


@settings(max_examples=tries(12), deadline=None)
@given(seed=st.integers(0, 10**6), team=st.sampled_from([None, "North"]), quarter=st.booleans())
def test_parts_add_up_and_are_those_of_the_plain_rules(seed, team, quarter):
    files = many(seed)
    within = QUARTER if quarter else None
    selection = ALL if team is None else ALL.where("team", team)
    found = moved(exports(*files), "1", "3", selection, within, most=10**6)
    assert adds_up(found)
    assert told(found) == second(files[0], files[-1], team, within)
    named = [each.amount for part in found.parts for each in part.largest]
    assert sum(named, Decimal(0)) == found.closing.amount - found.opening.amount
