"""Days of one's own to compare with, on every screen that compares."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_screens import html, page

DAYS = "2026-03-01..2026-03-31"
PAGES = ("overview", "trends", "comparison", "customers", "pipeline", "goals", "meetings")


@pytest.mark.parametrize(
    ("lang", "versus", "per_day"),
    [("en", "vs Mar 2026", "per day"), ("zh", "对比 2026年3月", "日均")],
)
def test_every_screen_says_the_days_and_by_the_day(front: AppTest, lang, versus, per_day) -> None:
    front.query_params["lang"] = lang
    front.query_params["compare"] = DAYS
    front.run()
    for name in PAGES:
        page(front, name)
        assert not front.exception, name
        assert DAYS in front.query_params["compare"], name
        if name in ("overview", "trends"):
            assert versus in html(front), name
            assert per_day in html(front), name


def test_two_dates_are_chosen_in_the_bar(front: AppTest) -> None:
    front.run()
    box = next(each for each in front.selectbox if each.label == "Compared with")
    box.select("custom").run()
    front.date_input(key="w.against").set_value((date(2026, 3, 1), date(2026, 3, 31))).run()
    front.button(key="apply-against").click().run()
    assert DAYS in front.query_params["compare"]
    assert "(working)" not in html(front)
    assert "days (" in html(front)


def test_nonsense_falls_back_to_last_year(front: AppTest) -> None:
    front.query_params["compare"] = "last:30"
    front.run()
    assert "vs last year" in html(front)
    assert not front.exception
