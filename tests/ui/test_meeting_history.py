"""Search over meetings and a series in a row, in both languages."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.workspace import TOPIC, Occasion, Point, Rating, Stamp
from tests.browser.homes import NOW
from tests.ui.test_screens import html, own, page
from tests.ui.test_team import workspace

pytestmark = pytest.mark.ui
ANA = Stamp("Ana Ruiz", NOW)
WEEKS = (
    Occasion("weekly", "week:2026-W45", date(2026, 11, 2), date(2026, 11, 8)),
    Occasion("weekly", "week:2026-W46", date(2026, 11, 9), date(2026, 11, 15)),
)
NORTH = Point(
    TOPIC,
    {"en": "Sales · North", "zh": "销售额 · 华北"},
    {},
    page="trends",
    query={"where": ["region:North"], "metric": ["sales"]},
)


@pytest.fixture
def held(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Two weekly meetings: the first about North, rated 8, the second rated 6."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    own(fresh)
    store = workspace()
    for week, rating in zip(WEEKS, (8, 6), strict=True):
        number = store.meetings.open(week, 0, (), ANA).id
        store.meetings.attend(number, ["Ana Ruiz", "Bo"], ANA)
        store.ratings.rate(Rating(number, "Bo", rating, ""), ANA)
        line = store.meetings.put(
            number, NORTH if number == 1 else Point("text", {"en": "x"}, {}), ANA
        )
        text = "Visit <b>Berg</b>" if number == 1 else "拜访上海客户"
        store.meetings.write((line, "decision"), text, ANA, 0)
    fresh.query_params["list"] = "history"
    return page(fresh, "meetings")


@pytest.mark.parametrize(
    ("lang", "text", "headline", "shown"),
    [
        ("en", "BERG visit", "1 line of all meetings has “BERG visit”", "<mark>Berg</mark>"),
        ("zh", "上海", "1 个议题提到“上海”", "拜访<mark>上海</mark>客户"),
    ],
)
def test_words_are_found_and_marked_and_lead_to_their_line(
    held: AppTest, lang: str, text: str, headline: str, shown: str
) -> None:
    held.query_params["lang"] = lang
    held.run()
    held.text_input(key="w.sought").input(text).run()
    assert headline in html(held)
    assert shown in html(held)
    assert "<b>Berg" not in html(held)
    assert held.query_params["find"] == text
    (hit,) = [each for each in held.button if str(each.key).startswith("hit-")]
    hit.click().run()
    assert not held.exception
    assert f".st-key-card-line-{str(hit.key).removeprefix('hit-')}" in html(held)
    held.run()
    assert "scrollIntoView" not in html(held)  # once


@pytest.mark.parametrize(
    ("lang", "said", "decided"),
    [("en", "1 line of all meetings is about North.", "Decided"), ("zh", "与“North”有关", "决定")],
)
def test_what_did_we_decide_about_north(held: AppTest, lang: str, said: str, decided: str) -> None:
    held.query_params["lang"] = lang
    held.query_params["subject"] = "region|North"
    held.run()
    assert f"{said}" in html(held)
    assert "Visit &lt;b&gt;Berg&lt;/b&gt;" in html(held)
    assert decided in html(held)
    assert "上海" not in html(held)


@pytest.mark.parametrize(
    ("lang", "course"),
    [("en", "Rating over time: 6.0 last, 7.0 on average"), ("zh", "历次评分：最近 6.0，平均 7.0")],
)
def test_a_series_shows_its_meetings_in_a_row(held: AppTest, lang: str, course: str) -> None:
    held.query_params["lang"] = lang
    held.query_params["series"] = "weekly|"
    held.run()
    assert course in html(held)
    assert "2/2" in html(held)
    assert html(held).count('href="meetings?') == 2


def test_nothing_found_says_what_to_do(held: AppTest) -> None:
    held.text_input(key="w.sought").input("nowhere").run()
    assert "Nothing was found" in html(held)
    held.button(key="all-meetings").click().run()
    assert "Search what was said and decided" in [each.label for each in held.button]
