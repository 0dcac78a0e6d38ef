"""Finished, lapsed, finished again: told from ticks and files, on days one can count."""

from datetime import date, datetime

from salesdash.analysis.learned import spans
from salesdash.config import Course, Item
from salesdash.metrics import Words
from salesdash.workspace import Completion, Tick

NAME = Words("CRM", "客户系统")


def course(renew: int | None = 12) -> Course:
    items = {name: Item(name, name, renew_months=renew) for name in ("log", "next")}
    return Course("crm", NAME, NAME, 14, renew, items)


def tick(item: str, day: date, *, done: bool = True, who: str = "Ana") -> Tick:
    return Tick("Bo", "crm", item, done, who, datetime(day.year, day.month, day.day, 9), 1)


def file(day: date, score: str = "") -> Completion:
    at = datetime(2026, 11, 1)
    return Completion("Bo", "crm", day, score, stands=True, step=1, who="Cy", at=at)


def told(*events: Tick | Completion, renew: int | None = 12) -> list[tuple[date, date | None, str]]:
    ticks = [each for each in events if isinstance(each, Tick)]
    files = [each for each in events if isinstance(each, Completion)]
    return [(each.day, each.until, each.who) for each in spans(course(renew), ticks, files)]


def test_a_course_is_finished_with_its_last_item_and_lapses_with_its_first():
    both = tick("log", date(2024, 3, 1)), tick("next", date(2024, 4, 1), who="Bo")
    assert told(*both) == [(date(2024, 4, 1), date(2025, 3, 1), "Bo")]
    assert told(*both, renew=None) == [(date(2024, 4, 1), None, "Bo")]
    assert told(both[0]) == []


def test_finished_lapsed_and_finished_again_are_two():
    events = (
        tick("log", date(2024, 3, 1)),
        tick("next", date(2024, 3, 1)),
        tick("log", date(2026, 2, 1)),
        tick("next", date(2026, 2, 3)),
    )
    assert told(*events) == [
        (date(2024, 3, 1), date(2025, 3, 1), "Ana"),
        (date(2026, 2, 3), date(2027, 2, 1), "Ana"),
    ]


def test_renewed_in_time_it_goes_on():
    events = (
        tick("log", date(2024, 3, 1)),
        tick("next", date(2024, 3, 1)),
        tick("log", date(2025, 2, 1)),
        tick("next", date(2025, 2, 3)),
    )
    assert told(*events) == [(date(2024, 3, 1), date(2026, 2, 1), "Ana")]


def test_each_file_is_a_time_of_its_own():
    assert told(file(date(2024, 5, 3)), file(date(2026, 5, 4))) == [
        (date(2024, 5, 3), date(2025, 5, 3), "Cy"),
        (date(2026, 5, 4), date(2027, 5, 4), "Cy"),
    ]
    assert told(file(date(2026, 1, 3)), file(date(2026, 5, 4))) == [
        (date(2026, 1, 3), date(2026, 5, 4), "Cy"),
        (date(2026, 5, 4), date(2027, 5, 4), "Cy"),
    ]


def test_a_file_fills_what_was_ticked_in_part():
    assert told(tick("log", date(2026, 1, 2)), file(date(2026, 5, 4))) == [
        (date(2026, 5, 4), date(2027, 5, 4), "Cy")
    ]


def test_what_is_taken_back_ends_it():
    events = (
        tick("log", date(2026, 3, 1)),
        tick("next", date(2026, 3, 1)),
        tick("next", date(2026, 3, 9), done=False),
    )
    assert told(*events) == [(date(2026, 3, 1), date(2026, 3, 9), "Ana")]


def test_items_that_are_gone_from_the_checklist_do_not_count():
    assert told(tick("old", date(2026, 3, 1)), tick("log", date(2026, 3, 1))) == []
