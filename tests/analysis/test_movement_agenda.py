"""Pipeline movement on the agenda: since the meeting before, in the meeting, its minutes."""

from datetime import date, datetime

import pytest

from salesdash import documents
from salesdash.analysis import frozen
from salesdash.workspace import Event, EventKind, State, Status
from tests.analysis.meeting import MONDAY, built, held, line
from tests.analysis.movements import DAYS, adds_up, exports, told
from tests.analysis.test_movement import FIRST, SECOND, at

THIRD = [*SECOND, at("Z", "open", 8, "2027-05-01")]
EARLIER = datetime(2026, 11, 16, 9)


def shown(house, meetings=(), cut=3, **more):
    warehouse, events = house
    this = held(cut=cut)
    facts = {"meetings": (*meetings, this), "events": events, "lines": (line(1, "movement", 0),)}
    return built(warehouse, meeting=this, **{**facts, **more})


def before(cut: int):
    days = {"first_day": date(2026, 11, 9), "last_day": date(2026, 11, 15), "state": State.CLOSED}
    return held(1, EARLIER, cut, **days)


def test_since_the_meeting_before():
    """The meeting before knew the second export, this one the third: Z is new."""
    (found,) = shown(exports(FIRST, SECOND, THIRD), (before(2),)).lines
    assert told(found.moved) == {"new": (1, 8)}
    assert (found.moved.then.day, found.moved.now.day) == (DAYS[1], DAYS[2])
    assert adds_up(found.moved)


def test_a_first_meeting_looks_over_its_period():
    """The week begins on the 16th: the export of that morning shows how it began."""
    (found,) = shown(exports(FIRST, SECOND, THIRD)).lines
    assert found.moved.then.file == "deals_2026-11-16.csv"
    assert found.moved.moved == ()
    days = (*DAYS[:2], date(2026, 11, 20))
    (found,) = shown(exports(FIRST, SECOND, THIRD, days=days)).lines
    assert found.moved.is_reconstructed  # no export shows the 15th


def test_a_meeting_before_any_deals_came_counts_as_none():
    warehouse, events = exports(FIRST)
    late = (Event(EventKind.IMPORT, "Ana", MONDAY, id=0, status=Status.DONE, version=1), *events)
    (found,) = shown((warehouse, late), (before(0),), cut=1).lines
    assert found.moved is not None
    assert shown((warehouse, late), cut=0).lines[0].moved is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("new deals added $8.00", "Opening (9 Nov)", "deals_2026-11-16.csv")),
        ("zh", ("新增商机带来 $8.00", "期初（11月9日）")),
    ],
)
def test_the_minutes_have_it_in_each_format(lang, words):
    kept = frozen.loads(frozen.dumps(shown(exports(FIRST, SECOND, THIRD), (before(2),))))
    for text in (documents.markdown(kept, lang), documents.html(kept, lang)):
        for each in words:
            assert each.replace("_", "\\_") in text or each in text


def test_the_minutes_say_what_is_not_known():
    days = (*DAYS[:2], date(2026, 11, 20))
    minutes = shown(exports(FIRST, SECOND, THIRD, days=days))
    assert "No export shows 15 Nov 2026" in documents.markdown(minutes, "en")
    before_deals = shown(exports(FIRST), cut=0)
    assert before_deals.lines[0].moved is None
    assert "Opening" not in documents.markdown(before_deals, "en")


def test_minutes_leave_out_what_nobody_states_and_say_one_file_once():
    """Z is new in the third export: it has no owner, and its closing was not put off."""
    said = documents.markdown(shown(exports(FIRST, SECOND, THIRD), (before(2),)), "en")
    assert "| Deal | Adds | Close expected now | Stage |\n" in said
    assert said.count("As shown by deals") == 1
