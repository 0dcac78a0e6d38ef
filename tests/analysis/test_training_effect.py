"""The effect of a course, asked of a real warehouse; pandas as a second opinion."""

from datetime import date, datetime, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest

from salesdash.analysis import training_effect
from salesdash.analysis.asking import Question
from salesdash.analysis.peers import as_ratio
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Book, Written
from salesdash.charts import Words
from salesdash.config import Course, Item
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.texts import LANGUAGES
from salesdash.workspace import Tick
from tests.analysis.company import sale, settings, warehouse, words

FIRST = date(2026, 3, 2)  # a Monday
WEEKS = 30
TODAY = FIRST + timedelta(weeks=WEEKS)
PEOPLE = ("Ana", "Bo", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy")
DAYS = {"Ana": date(2026, 6, 3), "Bo": date(2026, 6, 3), "Cleo": date(2026, 6, 24)}
ITEMS = {"a": Item("A", "A"), "b": Item("B", "B")}
COURSE = Course("talk", words("Talk"), words(""), 30, None, ITEMS)


def company(lift: float = 1.0) -> pd.DataFrame:
    """Three orders a person and week; those of the trained `lift` times from their day on."""
    dice, rows = np.random.default_rng(4), []
    for number in range(WEEKS):
        for person in PEOPLE:
            for weekday in range(3):
                day = FIRST + timedelta(weeks=number, days=weekday)
                amount = (100 + 10 * len(person)) * dice.uniform(0.8, 1.2)
                amount *= lift if person in DAYS and day > DAYS[person] else 1
                rows.append((day, person, round(amount, 2)))
    return pd.DataFrame(rows, columns=["day", "person", "amount"])


def asked(frame: pd.DataFrame, metric: str = "sales", days=None):
    rows = [
        sale(str(day), str(amount), person=person)
        for day, person, amount in frame.itertuples(index=False)
    ]
    question = Question(warehouse(rows), settings(), Selection(None), TODAY)
    return training_effect.build(question, COURSE, metric, DAYS if days is None else days)


@cache
def lifted():
    return asked(company(1.5))


def weekly(frame: pd.DataFrame, person: str, first: date, weeks: int = 8) -> float:
    mine = frame[(frame.person == person) & (frame.day >= first)]
    return float(mine[mine.day < first + timedelta(weeks=weeks)].amount.sum())


def test_each_is_set_against_peers_in_the_same_weeks():
    frame, found = company(1.5), lifted()
    assert [(p.person, p.weeks, p.peers) for p in found.people] == [
        ("Ana", 8, 6),
        ("Bo", 8, 6),
        ("Cleo", 8, 6),
    ]
    monday = date(2026, 6, 1)  # the week of the day is left out
    before, after = monday - timedelta(weeks=8), monday + timedelta(weeks=1)
    ana = found.people[0]
    assert ana.before == pytest.approx(weekly(frame, "Ana", before))
    assert ana.after == pytest.approx(weekly(frame, "Ana", after))
    moved = []
    for peer in PEOPLE[3:]:
        then, now = weekly(frame, peer, before), weekly(frame, peer, after)
        moved.append(2 * (now - then) / (now + then))
    assert ana.peers_change == pytest.approx(as_ratio(float(np.mean(moved))))


def test_a_course_that_lifted_helped_and_one_that_did_nothing_did_not():
    found = lifted()
    assert (found.word, found.count) == ("helped", 3)
    assert found.change.low < 0.5 < found.change.high
    assert found.chance <= 0.05
    assert asked(company()).word in ("did_not", "unclear")


def test_who_left_counts_until_then_and_who_came_from_then_on():
    frame = company(1.5)
    gone = frame[(frame.person != "Hal") | (frame.day < date(2026, 7, 6))]  # four of eight weeks
    late = gone[(gone.person != "Ivy") | (gone.day >= date(2026, 4, 27))]  # five weeks before
    ana = asked(late).people[0]
    assert ana.peers == 6
    longer = gone[(gone.person != "Hal") | (gone.day < date(2026, 6, 15))]  # one week after
    assert asked(longer).people[0].peers == 5
    # by the weeks they were there nobody halves
    assert abs(ana.peers_change) < 0.1


def test_too_few_is_said_with_its_number():
    two = {name: DAYS[name] for name in ("Ana", "Bo")}
    found = asked(company(1.5), days=two)
    assert (found.word, found.why.key) == ("too_few", "effect.course.few")
    assert dict(found.why.values)["count"] == 2
    late = asked(company(1.5), days={**two, "Cleo": TODAY - timedelta(days=10)})
    assert (late.early, len(late.people)) == (1, 2)
    assert asked(company(1.5), days={}).word == "too_few"


def test_what_cannot_be_asked_is_said():
    assert asked(company(), "nothing").why.key == "goals.reason.no_metric"
    nameless = company().assign(person="")
    assert asked(nameless).word == "too_few"


def test_a_course_is_finished_on_the_day_of_its_last_item():
    def tick(person: str, item: str, day: int, *, done: bool = True) -> Tick:
        return Tick(person, "talk", item, done, "Ruth", datetime(2026, 6, day, 9), 1)

    written = Written(
        ticks=(
            tick("Ana", "a", 1),
            tick("Ana", "b", 3),
            tick("Bo", "a", 2),
            tick("Cleo", "a", 1),
            tick("Cleo", "b", 4, done=False),
        )
    )
    book = Book(written, Staff(), TODAY)
    assert training_effect.courses((COURSE,), book) == {"talk": {"Ana": date(2026, 6, 3)}}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_said(lang):
    found = lifted()
    told = [Words(lang).tell(each) for each in (found.why, *found.told)]
    assert len(told) == 3
    assert not any("{" in each for each in told)


def test_shares_are_told_in_points():
    frame = company()
    frame["cost"] = (frame.amount * 0.7).round(2)
    better = frame.person.isin(DAYS) & (frame.day > date(2026, 6, 24))
    frame.loc[better, "cost"] = (frame.amount * 0.5).round(2)
    rows = [
        sale(str(day), str(amount), person=person, cost=str(cost))
        for day, person, amount, cost in frame.itertuples(index=False)
    ]
    question = Question(warehouse(rows), settings(), Selection(None), TODAY)
    days = dict.fromkeys(DAYS, date(2026, 6, 24))
    found = training_effect.build(question, COURSE, "margin", days)
    assert (found.word, found.unit) == ("helped", Unit.SHARE)
    assert found.change.middle == pytest.approx(0.2, abs=0.001)
    assert found.people[0].change == pytest.approx(0.2, abs=0.001)
    assert training_effect.metrics(question, COURSE) == ("sales",)
    costs = training_effect.build(question, COURSE, "cost", days)
    assert costs.word == "helped"  # a cost that fell
