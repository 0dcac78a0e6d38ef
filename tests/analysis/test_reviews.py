"""Reviews on Wednesday 18 November 2026: which are due, and what one keeps."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.analysis import attainment, frozen, goals, kept, looks, reviews
from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.chance import Prospect, Tried
from salesdash.analysis.progress import Progress
from salesdash.analysis.reviews import Due, Written
from salesdash.metrics import Unit
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Origin, Review, Rhythm, Said, Terms, Word
from tests.analysis.company import TODAY, sale, settings, warehouse

MONDAY, FIRST = date(2026, 11, 16), date(2026, 11, 1)
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
OCTOBER = Period.through(date(2026, 10, 1), date(2026, 10, 31))
ROWS = (sale("2026-10-05", 200, region="North"), sale("2026-11-17", 40, region="South"))


def goal(target: object = 660, metric: str = "sales", period: Period = Q4, **more) -> Goal:
    return Goal(Terms(metric, period, Decimal(str(target)), **more), 1, 1, "Ana")


def progress(asked: Goal, rows=ROWS, today: date = TODAY, known=None) -> Progress:
    (found,) = goals.build(warehouse(rows), known or settings(), (asked,), today)
    return found


def due(asked: Goal, last: date | None = None, made: date = Q4.start, today: date = TODAY):
    known = Written({} if last is None else {1: last}, {1: made})
    return reviews.due(progress(asked, today=today), known, settings(), today)


def test_a_review_is_due_from_the_first_day_of_each_week():
    assert due(goal()) == Due(MONDAY, Rhythm.WEEK)
    assert due(goal(), last=date(2026, 11, 15)) == Due(MONDAY, Rhythm.WEEK)
    assert due(goal(), last=MONDAY) is None
    assert due(goal(), last=TODAY) is None


def test_or_of_each_month_or_never_as_the_goal_says():
    monthly = goal(rhythm=Rhythm.MONTH)
    assert due(monthly) == Due(FIRST, Rhythm.MONTH)
    assert due(monthly, last=date(2026, 11, 1)) is None
    assert due(goal(rhythm=Rhythm.NEVER)) is None


def test_config_says_how_often_where_the_goal_does_not():
    known = replace(settings(), review="month", hash="monthly")
    asked = progress(goal(), known=known)
    assert reviews.due(asked, Written({}, {}), known, TODAY) == Due(FIRST, Rhythm.MONTH)


@pytest.mark.parametrize(("made", "is_due"), [(15, True), (16, False), (18, False)])
def test_a_goal_set_this_week_waits_for_the_next_one(made, is_due):
    assert (due(goal(), made=date(2026, 11, made)) is not None) is is_due


def test_what_has_not_begun_is_not_due():
    later = Period.through(date(2026, 12, 1), date(2026, 12, 31))
    assert due(goal(period=later)) is None


def test_a_goal_that_is_over_waits_for_one_more_for_a_month():
    over = goal(period=OCTOBER)
    assert due(over) == Due(FIRST)
    assert due(over, last=date(2026, 10, 26)) == Due(FIRST)
    assert due(over, last=FIRST) is None
    assert due(over, today=date(2026, 12, 2)) == Due(FIRST)
    assert due(over, today=date(2026, 12, 3)) is None  # 32 days later
    assert due(over, made=date(2026, 11, 2)) is None  # set when it was over


def test_imported_targets_wait_once_somebody_has_begun():
    target = replace(goal(), number=0, version=0, origin=Origin.IMPORT)
    row = replace(progress(goal()), goal=target)
    assert reviews.due(row, Written({}, {}), settings(), TODAY) is None
    begun = Written({row.goal.terms.key: date(2026, 11, 9)}, {})
    assert reviews.due(row, begun, settings(), TODAY) == Due(MONDAY, Rhythm.WEEK)
    assert reviews.waiting((row,), begun, settings(), TODAY) == {
        row.goal.code: Due(MONDAY, Rhythm.WEEK)
    }


def test_a_goal_without_a_figure_is_due_all_the_same():
    assert due(goal(metric="gone")) == Due(MONDAY, Rhythm.WEEK)


def test_when_goals_were_made_is_the_day_of_their_first_revision():
    first = replace(goal(), at=datetime(2026, 10, 7, 18, 0))
    assert Written.read({}, {1: first, 2: goal()}).made == {1: date(2026, 10, 7)}


def look(asked: Goal, **more) -> looks.Look:
    found = progress(asked, **more)
    return looks.build(warehouse(ROWS), settings(), found, TODAY, "USD")


def test_a_look_is_kept_word_for_word_and_comes_back_the_same():
    north = goal(scope=(Filter("region", ("North",)),), floor=Decimal("1.5"), metric="margin")
    for asked in (goal(), north, goal(metric="gone"), goal(period=OCTOBER)):
        seen = look(asked)
        text = frozen.dumps(seen)
        assert frozen.loads(text) == seen
        assert frozen.dumps(frozen.loads(text)) == text


def test_a_look_holds_the_forecast_and_the_chance_of_its_day():
    tried = Tried("theta", 8, 0.1, 6)
    prospect = Prospect(650.5, (640.0, 661.0), (600.0, 700.25), 0.4375, tried=tried)
    seen = replace(look(goal()), progress=replace(progress(goal()), prospect=prospect))
    assert frozen.loads(frozen.dumps(seen)).progress.prospect == prospect


def test_a_look_holds_the_definitions_of_all_its_metric_is_made_of():
    found = look(goal(metric="margin"))
    assert found.definitions[-1].id == "margin"
    assert {each.id for each in found.definitions} == {"margin", "gross_profit", "sales", "cost"}
    assert look(goal(metric="gone")).definitions == ()


def stored(seen: looks.Look) -> looks.Look:
    said, at = Said(Word.ON_TRACK), datetime(2026, 11, 18, 9, 0)
    review = Review(1, 1, 1, goal().terms.key, kept.seen(seen), said, "Ana", at)
    return kept.look(review)


def test_what_moved_since_the_review_before():
    then = stored(look(goal(), rows=ROWS[:1], today=date(2026, 11, 9)))
    now = look(goal(700))
    change = ("change", Amount(Decimal(40), Unit.MONEY, "signed"))
    assert reviews.since(now, then) == Reason("reviews.since", (change, ("day", TODAY)))
    told = reviews.retargeted(now, then)
    assert told is not None
    assert [value.value for _, value in told.values] == [660, 700]
    assert reviews.retargeted(now, now) is None
    assert reviews.since(now, look(goal(metric="gone"))) is None


def test_what_was_reached_of_the_first_target_and_of_the_one_that_stands():
    found = progress(goal(300))  # 240 so far
    first, moved = goal(480), goal(240, period=OCTOBER)
    assert attainment.against(found, found.goal).reached == pytest.approx(0.8)
    assert attainment.against(found, first).reached == pytest.approx(0.5)
    other = attainment.against(found, moved)
    assert (other.reached, other.comparable) == (None, False)
    assert attainment.against(progress(goal(metric="gone")), first).reached is None


def test_how_many_wait_is_a_sentence():
    assert reviews.notice(0) is None
    assert reviews.notice(2) == Reason("reviews.waiting", (("count", 2),))
    assert Due(MONDAY, Rhythm.WEEK).told.values == (("since", Reason("reviews.weekday.0")),)
    assert Due(FIRST, Rhythm.MONTH).told.values == (("since", FIRST),)
    assert Due(FIRST).told == Reason("reviews.due.closing")


def test_two_classes_of_one_name_are_never_mistaken_for_each_other():
    @dataclass(frozen=True)
    class Look:
        """Another one."""

    with pytest.raises(TypeError, match="two classes are called Look"):
        frozen._stated(Look, {"Look": looks.Look})
    with pytest.raises(TypeError, match="cannot be kept"):
        frozen.dumps(Look())
