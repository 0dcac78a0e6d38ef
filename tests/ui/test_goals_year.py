"""The year of goals, how they stand, and who makes one, through app.py, without a browser."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.selection import Filter
from tests.ui.test_goals import NEXT, NORTH, add, app
from tests.ui.test_levers import single
from tests.ui.test_screens import html, page

__all__ = ["app"]
pytestmark = pytest.mark.ui

SOUTH = (Filter("region", ("South",)),)
OCTOBER = Period.through(date(2026, 10, 1), date(2026, 10, 31))
LAST_YEAR = Period.through(date(2025, 10, 1), date(2025, 12, 31))


def squares(shown: str) -> list[tuple[str, str, str]]:
    """Columns, figure and word of each square of the year."""
    found = re.findall(
        r'<td colspan="(\d+)"><a class="sd-square[^>]*><span>(.*?)</span><small>(.*?)</small>',
        shown,
    )
    return [(span, re.sub("<.*?>", "", figure), word) for span, figure, word in found]


def year(app: AppTest, lang: str = "en", **codes: str) -> str:
    app.query_params["lang"] = lang
    app.query_params["view"] = "year"
    for name, code in codes.items():
        app.query_params[name] = code
    page(app, "goals")
    assert not app.exception
    return html(app)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", [("3", "42%", "At risk"), ("1", "200%", "Reached"), ("3", "19%", "Off pace")]),
        ("zh", [("3", "42%", "有风险"), ("1", "200%", "已达成"), ("3", "19%", "落后进度")]),
    ],
)
def test_a_year_of_goals_has_a_square_for_each(app, lang, told):
    """2,000.00 of 4,800 in the quarter, 1,000.50 of 500 in October; the North 1,749.75 of 9,000."""
    add("4800")
    add("500.25", period=OCTOBER)
    add("9000", scope=NORTH)
    add("7", "orders", NEXT)
    shown = year(app, lang)
    assert squares(shown) == told
    assert re.search(r'href="goals\?[^"]*goal=1"', shown)
    assert shown.count('<th scope="col"') == 13


def test_another_year_is_chosen_by_the_address_and_on_the_page(app):
    add("1900")
    add("7", "orders", NEXT)
    add("7", "orders", LAST_YEAR)
    assert squares(year(app)) == [("3", "105%", "Reached")]
    assert squares(year(app, year="2027")) == [("3", "7", "Not started")]
    app.button_group(key="w.year").set_value("2025").run()
    assert squares(html(app)) == [("3", "0%", "Missed")]


def test_a_year_without_goals_says_what_to_do(app):
    year(app)
    assert app.info[0].proto.title == "No goals yet"


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "<b>1</b> Off pace"), ("zh", "<b>1</b> 落后进度")]
)
def test_how_the_running_goals_stand_is_counted(app, lang, word):
    add("1900")
    add("9000", scope=NORTH)
    app.query_params["lang"] = lang
    page(app, "goals")
    shown = html(app)
    assert word in shown
    assert re.search(r'<span class="sd-muted"><b>0</b>', shown)


@pytest.mark.parametrize(("lang", "title"), [("en", "By region"), ("zh", "按地区")])
def test_a_goal_tells_who_makes_it(app, lang, title):
    """1,749.75 of the 2,000.00 are of the North, 87.5 %."""
    add("1900")
    add("9000", scope=NORTH)
    shown = single(app, "1", lang)
    assert title in shown
    row = re.search(r"<tr><td[^>]*>(?:(?!</tr>).)*North.*?</tr>", shown, re.DOTALL).group()
    assert "goal=2" in row
    for figure in ("$1,750", "87.5%", "$9,000", "19.4%"):
        assert figure in row
    south = re.search(r"<tr><td[^>]*>(?:(?!</tr>).)*South.*?</tr>", shown, re.DOTALL).group()
    assert "comparison?" in south
    assert "where=region%3ASouth" in south
    app.button_group(key="w.goal-by").set_value("category").run()
    assert not app.exception
    assert "Pumps" in html(app)
    assert "goal=2" not in html(app)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Reached 26 days early: Sales, $1,000 of $500"),
        ("zh", "提前 26 天达成：销售额，$1,000 / $500"),
    ],
)
def test_a_goal_that_was_hit_is_told_until_the_page_is_left(app, lang, told):
    add("500.25", period=OCTOBER)  # 1,000.50 on the 5th
    app.query_params["lang"] = lang
    page(app, "goals")
    assert told in html(app)
    assert "document.cookie='salesdash_hits=o1v1;" in html(app)
    app.run()
    assert told in html(app)
    page(app, "actions")
    page(app, "goals")
    assert told not in html(app)
