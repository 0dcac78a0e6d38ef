"""The life of a meeting on the screen: clock, outcomes, carry-over, rating, opening it again."""

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.workspace import TOPIC, Outcome, Point, Rating, Stamp, State
from tests.browser.homes import NOW
from tests.ui.test_screens import html, own, page
from tests.ui.test_team import line, minutes, workspace

pytestmark = pytest.mark.ui
ANA = Stamp("Ana Ruiz", NOW)
NORTH = Point(TOPIC, {"en": "North is slow", "zh": "华北偏慢"}, {}, minutes=5)


@pytest.fixture
def named(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return fresh


@pytest.fixture
def meeting(named: AppTest) -> AppTest:
    """This week's meeting, just opened."""
    page(own(named), "meetings")
    named.button(key="open-weekly").click().run()
    assert not named.exception
    return named


def speak(app: AppTest, lang: str) -> None:
    app.query_params["lang"] = lang
    app.run()


@pytest.mark.parametrize(
    ("lang", "planned", "whole"),
    [("en", "10 min", "of {} min"), ("zh", "10 分钟", "/ {} 分钟")],
)
def test_the_sheet_shows_planned_minutes_and_a_clock(
    meeting: AppTest, lang: str, planned: str, whole: str
) -> None:
    speak(meeting, lang)
    assert planned in html(meeting)
    lines = workspace().meetings.lines(1)
    assert whole.format(sum(each.minutes or 0 for each in lines)) in html(meeting)
    assert 'data-runs=""' in html(meeting)
    meeting.button(key="clock-next").click().run()
    run = workspace().runs.of(1)[line("figures")]
    assert run.started is not None
    assert 'data-runs="1"' in html(meeting)
    assert f'data-key="{run.line}-{run.started}"' in html(meeting)
    meeting.button(key="clock-next").click().run()
    runs = workspace().runs.of(1)
    assert runs[line("figures")].started is None
    assert runs[lines[1].id].started is not None
    meeting.button(key="clock-pause").click().run()
    assert all(run.started is None for run in workspace().runs.of(1).values())
    assert not meeting.exception


def test_a_click_on_a_line_of_the_agenda_talks_about_it(meeting: AppTest) -> None:
    meeting.button(key=f"clock-line-{line('goals')}").click().run()
    assert workspace().runs.of(1)[line("goals")].started is not None


def test_what_is_done_or_carried_over_is_said(meeting: AppTest) -> None:
    figures, goals = line("figures"), line("goals")
    meeting.button(key="clock-next").click().run()
    meeting.segmented_control(key=f"w.outcome-{figures}").set_value("done").run()
    meeting.segmented_control(key=f"w.outcome-{goals}").set_value("carry").run()
    runs = workspace().runs.of(1)
    assert (runs[figures].outcome, runs[figures].started) == (Outcome.DONE, None)
    assert runs[goals].outcome is Outcome.CARRY
    assert 'data-runs=""' in html(meeting)
    meeting.button(key="close-meeting").click().run()
    assert not meeting.exception
    (planned,) = [m for m in workspace().meetings.all() if m.state is State.PLANNED]
    (carried,) = workspace().meetings.lines(planned.id)
    assert (carried.title["en"], carried.origin) == ("Goals", goals)
    assert "Carry over" in minutes("en")
    assert "顺延" in minutes("zh")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "carried over 1 time"), ("zh", "顺延 1 次")],
)
def test_a_carried_line_shows_where_it_came_from(named: AppTest, lang: str, said: str) -> None:
    page(own(named), "meetings")
    store = workspace().meetings
    from salesdash.workspace import Occasion

    before = Occasion(
        "weekly", "week:2026-W46", NOW.date().replace(day=9), NOW.date().replace(day=15)
    )
    old = store.open(before, 0, (), ANA)
    north = store.put(old.id, NORTH, ANA)
    store.write((north, "note"), "Berg <b>waits</b>", ANA, 0)
    week = Occasion(
        "weekly", "week:2026-W47", NOW.date().replace(day=16), NOW.date().replace(day=22)
    )
    store.close(old.id, lambda: "{}", ANA, week)
    named.query_params["lang"] = lang
    named.run()
    named.button(key="open-weekly").click().run()
    assert said in html(named)
    assert "Berg &lt;b&gt;waits&lt;/b&gt;" in html(named)
    (link,) = named.get("page_link")
    assert link.proto.query_string == f"meeting={old.id}"


def test_people_rate_the_meeting_with_a_word(meeting: AppTest) -> None:
    workspace().meetings.attend(1, ["Ana Ruiz", "Bo"], ANA)
    meeting.run()
    tag = f"1.{b'Ana Ruiz'.hex()}"
    meeting.segmented_control(key=f"w.rating.{tag}").set_value(8).run()
    meeting.text_input(key=f"w.word.{tag}").input("short").run()
    meeting.selectbox(key="w.rater.1").set_value("Bo").run()
    meeting.segmented_control(key=f"w.rating.1.{b'Bo'.hex()}").set_value(7).run()
    assert workspace().ratings.of(1) == (
        Rating(1, "Ana Ruiz", 8, "short"),
        Rating(1, "Bo", 7, ""),
    )
    said = "Rated 7.5 of 10 by 2 people: Ana Ruiz 8 (short), Bo 7"
    assert said in html(meeting)
    meeting.button(key="close-meeting").click().run()
    assert said in html(meeting)
    assert said.replace("(", r"(") in minutes("en")


def test_who_is_absent_is_said(meeting: AppTest) -> None:
    meeting.multiselect(key="w.invited.1").set_value(["Cleo", "Dan"]).run()
    meeting.multiselect(key="w.present.1").set_value(["Dan"]).run()
    assert "Absent: Cleo" in html(meeting)
    meeting.button(key="close-meeting").click().run()
    assert "Absent: Cleo" in html(meeting)
    assert "Absent: Cleo" in minutes("en")
    assert "缺席：Cleo" in minutes("zh")


@pytest.mark.parametrize(
    ("lang", "refused", "said"),
    [
        ("en", "Say why the meeting is opened again", "by Ana Ruiz: a deal was missing"),
        ("zh", "请写明重新打开会议的原因", "由Ana Ruiz重新打开：a deal was missing"),
    ],
)
def test_opening_again_needs_a_reason_and_keeps_the_old_minutes(
    meeting: AppTest, lang: str, refused: str, said: str
) -> None:
    speak(meeting, lang)
    number = line("text")
    meeting.text_area(key=f"w.note-{number}").input("first").run()
    meeting.button(key="close-meeting").click().run()
    kept = workspace().meetings.get(1).answers
    meeting.session_state["reopen-popover"] = True
    meeting.run()
    meeting.button(key="reopen-meeting").click().run()
    assert refused in meeting.error[0].value
    assert workspace().meetings.get(1).state is State.CLOSED
    meeting.session_state["reopen-popover"] = True
    meeting.run()
    meeting.text_area(key="w.reopen-1").input("a deal was missing")
    meeting.button(key="reopen-meeting").click().run()
    assert workspace().meetings.get(1).state is State.OPEN
    assert said in html(meeting)
    meeting.text_area(key=f"w.note-{number}").input("second").run()
    meeting.button(key="close-meeting").click().run()
    assert workspace().reopenings.answers(1, 1) == kept
    assert "second" in html(meeting)
    meeting.button(key="read-closing-1").click().run()
    assert "first" in html(meeting)
    assert "second" not in html(meeting)
    meeting.button(key="leave-closing").click().run()
    assert "second" in html(meeting)
    assert not meeting.exception
