"""A meeting screen by screen, through app.py, in both languages."""

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.ui import context
from salesdash.workspace import TOPIC, Annotation, Point, Promise, Stamp, State, Terms, Workspace
from tests.browser.homes import DEALS, NOW, ORDERS, ORDERS_FILE, own_copy
from tests.ui.conftest import _app
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui
CLEO = Stamp("Cleo", NOW)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of three orders: North's comparison was put on the agenda of this week's meeting."""
    place = tmp_path_factory.mktemp("held") / "own"
    own_copy(place, ORDERS_FILE)
    with pytest.MonkeyPatch.context() as patch, contextmanager(_app)(place, patch) as app:
        patch.setenv("SALESDASH_AS", "Ana Ruiz")
        for name, value in (("where", ["region:North"]), ("period", ["month:2026-11"])):
            app.query_params[name] = value
        page(own(app), "comparison")
        app.menu_button(key="put-comparison").click_index(0).run()
        page(app, "meetings")
        app.button(key="open-weekly").click().run()
        assert not app.exception
    return place


@pytest.fixture
def meeting(held: Path, fresh: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """That meeting, on its sheet."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    shutil.copytree(held, tmp_path / "own")
    fresh.query_params["meeting"] = "1"
    return page(own(fresh), "meetings")


@pytest.fixture
def presented(meeting: AppTest) -> AppTest:
    """The same, presented."""
    return meeting.button(key="present-start").click().run()


def workspace() -> Workspace:
    return context.open_home("own").workspace


def line(kind: str) -> int:
    return next(each.id for each in workspace().meetings.lines(1) if each.kind == kind)


def screens() -> int:
    """One for each line of the agenda, the opening and the closing."""
    return len(workspace().meetings.lines(1)) + 2


def screen(kind: str) -> int:
    """The number of the screen of the last line of a kind; what people put there stands before
    the closing lines, which are of kind text.
    """
    found = sorted(workspace().meetings.lines(1), key=lambda each: each.place or 0)
    agenda = [each.kind for each in found if each.place is not None]
    last = len(agenda) - 1 - agenda[::-1].index("text")
    while agenda[last - 1] == "text":
        last -= 1
    agenda[last:last] = [each.kind for each in found if each.place is None]
    return len(agenda) - agenda[::-1].index(kind) + 1


def at(app: AppTest) -> tuple[int, int]:
    """How far the presentation is: the number of the screen, and of all of them."""
    place = re.search(r'class="sd-place">(\d+) / (\d+)<', html(app))
    assert place is not None
    return int(place[1]), int(place[2])


def turn(app: AppTest, way: str) -> AppTest:
    app.button(key=f"present-{way}").click().run()
    assert not app.exception
    assert not app.error
    return app


def test_it_starts_with_the_sentence_and_leads_through_every_line(presented: AppTest) -> None:
    app = presented
    assert at(app) == (1, screens())
    assert app.query_params["show"] == "1"
    assert app.button(key="present-back").disabled
    assert app.button(key="present-to-1").label == "1. Last week"
    for number in range(2, screens() + 1):
        turn(app, "next")
        assert at(app) == (number, screens())
        assert app.query_params["show"] == str(number)
    assert app.button(key="present-next").disabled
    assert "Decided and promised" in html(app)
    turn(app, "first")
    assert at(app) == (1, screens())
    turn(app, "last")
    assert at(app) == (screens(), screens())
    turn(app, "leave")
    assert "show" not in app.query_params
    assert "1. Last week" in html(app)


def test_a_click_on_the_agenda_goes_there(presented: AppTest) -> None:
    number = screen("goals")
    turn(presented, f"to-{number - 1}")
    assert at(presented) == (number, screens())
    assert '<h1 class="sd-headline">Goals</h1>' in html(presented)


@pytest.mark.parametrize(
    ("lang", "title", "onward"),
    [
        ("en", "Last week", "Next"),
        ("zh", "上周结果", "下一页"),
    ],
)
def test_a_link_shows_the_same_screen_in_the_language_of_its_reader(
    meeting: AppTest, lang: str, title: str, onward: str
) -> None:
    meeting.query_params["lang"] = lang
    meeting.query_params["show"] = "2"
    meeting.run()
    assert f'<h1 class="sd-headline">{title}</h1>' in html(meeting)
    second = next(each for each in workspace().meetings.lines(1) if each.place == 1)
    assert meeting.button(key="present-next").label == f"{onward} **· {second.title[lang]}**"
    assert "$" in html(meeting)
    assert not meeting.error


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("99", None)])
def test_a_number_that_no_screen_has_shows_the_nearest(
    meeting: AppTest, asked: str, shown: int | None
) -> None:
    meeting.query_params["show"] = asked
    meeting.run()
    assert at(meeting) == (shown or screens(), screens())


def test_notes_and_actions_written_on_the_screen_stand_on_the_last_one(presented: AppTest) -> None:
    app = turn(presented, "next")
    number = line("figures")
    app.text_area(key=f"w.decision-{number}").input("Visit Bergmann\ntwice").run()
    workspace().actions.make(Promise("Call Lindqvist", "Cleo", None, number), CLEO)
    turn(app, "last")
    assert "Visit Bergmann\ntwice" in html(app)
    assert [each.label for each in app.checkbox] == ["Call Lindqvist"]
    app.checkbox(key="w.done.closing.1").check().run()
    assert workspace().actions.get(1).state.value == "done"


def test_the_clock_runs_for_the_line_on_the_screen(presented: AppTest) -> None:
    app = turn(presented, "next")
    app.button(key="clock-here-turn").click().run()
    runs = workspace().runs.of(1)
    assert [number for number, run in runs.items() if run.started] == [line("figures")]
    assert app.button(key="clock-here-turn").label == "Pause"
    assert "<b>1. Last week</b>" not in html(app)  # its title stands beside it
    turn(app, "next")
    assert app.button(key="clock-here-turn").label == "Start the clock"
    assert "<b>1. Last week</b>" in html(app)
    turn(app, "back")
    app.button(key="clock-here-turn").click().run()
    assert not any(run.started for run in workspace().runs.of(1).values())


def test_a_meeting_is_rated_on_the_last_screen(presented: AppTest) -> None:
    turn(presented, "last")
    assert "How was this meeting?" in html(presented)


def test_a_last_screen_without_anything_says_so(presented: AppTest) -> None:
    turn(presented, "last")
    assert "Nothing is decided yet." in html(presented)
    assert "No action yet." in html(presented)


def test_it_can_be_closed_on_the_last_screen_and_shown_again_from_what_was_kept(
    presented: AppTest,
) -> None:
    app = turn(presented, "next")
    number = line("figures")
    app.text_area(key=f"w.decision-{number}").input("Visit Bergmann").run()
    turn(app, "last")
    app.button(key="close-meeting").click().run()
    assert not app.exception
    assert workspace().meetings.get(1).state is State.CLOSED
    app.run()
    assert at(app) == (screens(), screens())
    assert "Visit Bergmann" in html(app)
    turn(app, "first")
    assert not app.multiselect
    turn(app, "next")
    assert not app.text_area
    assert "Visit Bergmann" in html(app)


def test_a_screen_put_on_the_agenda_is_drawn_with_its_filters_at_the_cut(
    presented: AppTest,
) -> None:
    app = turn(presented, f"to-{screen(TOPIC) - 1}")
    # North in November is row A-3: 749.25; in October it was A-1: 1,000.50
    assert "$749" in html(app)
    assert "North" in html(app)
    chart = app.get("vega_lite_chart")
    assert len(chart) == 1
    assert "grow" in chart[0].proto.spec
    assert "See it on Comparison" in [each.proto.label for each in app.get("page_link")]


@pytest.mark.parametrize(
    ("page_name", "query"),
    [
        ("customers", {"view": ["gone"]}),
        ("customers", {"card": ["retention"]}),
        ("pipeline", {"card": ["stages"]}),
        ("pipeline", {"card": ["late"]}),
        ("pipeline", {"card": ["leaders"], "rank": ["gone"]}),
        ("trends", {"metric": ["gone"]}),
        ("trends", {"metric": ["sales"], "where": ["planet:Mars"]}),
        ("trends", {"metric": ["sales"], "period": ["someday"]}),
        ("trends", {"metric": ["sales"], "by": ["planet"]}),
        ("trends", {"metric": ["sales"], "period": ["month:2020-01"]}),
        ("comparison", {"metric": ["sales"], "by": ["planet"]}),
        ("comparison", {"metric": ["sales"], "side": ["members"], "a": ["x"], "b": ["y"]}),
        ("comparison", {"metric": ["sales"], "period": ["month:2020-01"]}),
    ],
)
def test_what_cannot_be_asked_as_it_was_leaves_the_link_alone(
    meeting: AppTest, page_name: str, query: dict[str, list[str]]
) -> None:
    point = Point(TOPIC, {"en": "Mars", "zh": "火星"}, {}, page=page_name, query=query)
    workspace().meetings.put(1, point, CLEO)
    meeting.query_params["show"] = str(screen(TOPIC))
    meeting.run()
    assert '<h1 class="sd-headline">Mars</h1>' in html(meeting)
    assert not meeting.get("vega_lite_chart")
    assert not meeting.error
    assert len(meeting.get("page_link")) == 1


def test_a_trend_put_on_the_agenda_is_drawn(meeting: AppTest) -> None:
    """With what people noted, an index in small charts, and days of one's own to compare with."""
    query = {"metric": ["sales"], "period": ["quarter:2026Q4"], "grain": ["month"]}
    query["compare"] = ["2026-10-01..2026-10-31"]
    fair = date(2026, 10, 6)
    workspace().annotations.make(Annotation("Trade fair", fair, fair), CLEO)
    point = Point(TOPIC, {"en": "Sales", "zh": "销售额"}, {}, page="trends", query=query)
    workspace().meetings.put(1, point, CLEO)
    meeting.query_params["show"] = str(screen(TOPIC))
    meeting.run()
    assert "$2,000" in html(meeting)  # 1,000.50 + 250.25 + 749.25
    assert "vs Oct 2026" in html(meeting)
    (drawn,) = meeting.get("vega_lite_chart")
    assert "Trade fair" in drawn.proto.spec
    small = {**query, "by": ["region"], "show": ["index"], "lines": ["panels"], "scale": ["free"]}
    workspace().meetings.put(1, replace(point, query=small), CLEO)
    meeting.query_params["show"] = str(screen(TOPIC))
    meeting.run()
    assert "Oct 2026 = 100" in html(meeting)
    assert len(meeting.get("vega_lite_chart")) == 1


@pytest.mark.parametrize(
    ("query", "title", "drawn"),
    [
        (
            {"view": ["cohorts"], "every": ["month"], "shown": ["customers"]},
            "Customers who bought again",
            "Oct 2026 or earlier",
        ),
        ({"view": ["segments"]}, "customers and what they brought so far", "Cannot lose"),
    ],
)
def test_views_of_customers_put_on_the_agenda_are_drawn_at_the_cut(
    meeting: AppTest, query: dict[str, list[str]], title: str, drawn: str
) -> None:
    point = Point(TOPIC, {"en": "They", "zh": "客户"}, {}, page="customers", query=query)
    workspace().meetings.put(1, point, CLEO)
    meeting.query_params["show"] = str(screen(TOPIC))
    meeting.run()
    assert not meeting.exception
    assert title in html(meeting)
    (chart,) = meeting.get("vega_lite_chart")
    assert drawn in str(chart.proto.spec)


def test_the_other_pages_are_drawn_too(meeting: AppTest) -> None:
    """Two members beside each other, who came and went, the largest customers."""
    asked = (
        ("comparison", {"metric": ["sales"], "side": ["members"], "by": ["region"],
                        "a": ["North"], "b": ["South"], "period": ["quarter:2026Q4"]}),
        ("customers", {"card": ["flows"], "every": ["month"], "window": ["12"]}),
        ("customers", {"card": ["customers-top"], "top": ["10"]}),
    )  # fmt: skip
    for number, (name, query) in enumerate(asked):
        title = {"en": f"Topic {number}", "zh": f"议题 {number}"}
        workspace().meetings.put(1, Point(TOPIC, title, {}, page=name, query=query), CLEO)
    for back in range(len(asked)):
        meeting.query_params["show"] = str(screen(TOPIC) - back)
        meeting.run()
        assert not meeting.exception
        assert len(meeting.get("vega_lite_chart")) == 1, asked[-1 - back]
    assert "North" in html(meeting)


CARDS = ("stages", "ages", "conversion", "cycle", "reasons", "leaders", "coverage", "movement")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_cards_of_pipeline_are_drawn_as_the_data_stood(
    fresh: AppTest, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """13,000 is open in two deals when the meeting opens; later one of them is won."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    for name, text in (("orders.csv", ORDERS), ("deals.csv", DEALS)):
        drop(fresh, name, text)
        fresh.button(key="commit").click().run()
    terms = Terms("won_amount", Period(date(2026, 10, 1), date(2027, 1, 1)), Decimal(9000),
                  (Filter("person", ("Ana Ruiz",)),))  # fmt: skip
    workspace().goals.add([terms], CLEO)
    page(fresh, "meetings").button(key="open-weekly").click().run()
    page(fresh, "imports")
    drop(fresh, "later.csv", DEALS.replace("Qualification,10", "Closed Won,100"))
    fresh.button(key="commit").click().run()
    codes = {"leaders": {"rank": ["won_amount"]}, "coverage": {"cover": ["person"]},
             "movement": {"since": ["2026-10-01"]}}  # fmt: skip
    for card in CARDS:
        query = {"card": [card], "period": ["quarter:2026Q4"], **codes.get(card, {})}
        point = Point(TOPIC, {"en": card, "zh": card}, {}, page="pipeline", query=query)
        workspace().meetings.put(1, point, CLEO)
    page(fresh, "meetings")
    for back, card in enumerate(reversed(CARDS)):
        fresh.query_params["show"] = str(screen(TOPIC) - back)
        fresh.run()
        assert not fresh.exception
        (chart,) = fresh.get("vega_lite_chart")
        assert f">{card}<" in html(fresh)
        if card == "stages":  # what is open in Qualification, as it was
            assert "$8,000" in str(chart.proto.spec)


@pytest.mark.parametrize(("picture", "layer"), [("multiples", "names"), ("ranking", "bars")])
def test_the_picture_that_was_put_on_the_agenda_is_the_one_drawn(
    meeting: AppTest, picture: str, layer: str
) -> None:
    query = {"metric": ["sales"], "period": ["quarter:2026Q4"], "by": ["category"]}
    query |= {"picture": [picture], "scale": ["free"]}
    point = Point(TOPIC, {"en": "Sales", "zh": "销售额"}, {}, page="comparison", query=query)
    workspace().meetings.put(1, point, CLEO)
    meeting.query_params["show"] = str(screen(TOPIC))
    meeting.run()
    (chart,) = meeting.get("vega_lite_chart")
    assert layer in [each.get("name") for each in json.loads(chart.proto.spec)["layer"]]
