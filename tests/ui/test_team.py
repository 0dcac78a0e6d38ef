"""Meetings, Actions and the agenda through app.py, in both languages and with two sessions."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import documents
from salesdash.analysis import frozen
from salesdash.ui import context, exports
from salesdash.ui.meetings import sheet
from salesdash.workspace import Occasion, Promise, Stamp, Standing, State, Workspace
from tests.browser.homes import NOW, ORDERS_FILE, ROOT, TODAY, own_copy
from tests.ui.conftest import PATIENCE_SECONDS
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui
ANA, CLEO = Stamp("Ana Ruiz", NOW), Stamp("Cleo", NOW)
WEEK = Occasion("weekly", "week:2026-W47", TODAY.replace(day=16), TODAY.replace(day=22))


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


def workspace() -> Workspace:
    return context.open_home("own").workspace


def line(kind: str):
    return next(each.id for each in workspace().meetings.lines(1) if each.kind == kind)


def minutes(lang: str) -> str:
    return documents.markdown(frozen.loads(workspace().meetings.get(1).answers or ""), lang)


def another(place: str) -> AppTest:
    """A second session on the same screen."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS)
    app.query_params["home"] = "own"
    app.query_params["meeting"] = "1"
    return page(app, place)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "has not been held yet"), ("zh", "销售周会（11月16日–22日）还没有开")]
)
def test_what_is_due_and_how_to_prepare(named: AppTest, lang: str, said: str) -> None:
    named.query_params["lang"] = lang
    page(own(named), "meetings")
    assert said in html(named)
    assert html(named).count("<ul") == 2
    assert not named.error


def test_opening_pins_figures_and_fills_the_agenda(meeting: AppTest) -> None:
    held = workspace().meetings.get(1)
    assert (held.state, held.cut, held.period) == (State.OPEN, 0, "week:2026-W47")
    assert meeting.query_params["meeting"] == "1"
    assert ". Next week" in html(meeting)
    assert len(meeting.text_area) == 2 * len(workspace().meetings.lines(1))


def test_a_note_is_on_the_disk_when_the_field_is_left(meeting: AppTest) -> None:
    number = line("text")
    meeting.text_area(key=f"w.note-{number}").input("Visit Bergmann").run()
    meeting.text_area(key=f"w.decision-{number}").input("Yes").run()
    found = {(t.line, t.field): (t.text, t.who) for t in workspace().meetings.texts(1)}
    assert found == {
        (number, "note"): ("Visit Bergmann", "Ana Ruiz"),
        (number, "decision"): ("Yes", "Ana Ruiz"),
    }
    assert another("meetings").text_area(key=f"w.note-{number}").value == "Visit Bergmann"


def test_the_second_of_two_editors_sees_both_versions_and_chooses(meeting: AppTest) -> None:
    number = line("text")
    second = another("meetings")
    meeting.text_area(key=f"w.note-{number}").input("price").run()
    second.text_area(key=f"w.note-{number}").input("delivery").run()
    assert "Ana Ruiz has written here in the meantime:" in html(second)
    assert second.text_area(key=f"w.note-{number}").value == "delivery"
    assert [t.text for t in workspace().meetings.texts(1)] == ["price"]
    second.button(key=f"keep-both-note-{number}").click().run()
    (text,) = workspace().meetings.texts(1)
    assert text.text == "price\n\ndelivery"
    assert second.text_area(key=f"w.note-{number}").value == "price\n\ndelivery"
    assert [r.content["text"] for r in workspace().history.of("meeting_texts", text.id)] == [
        "price",
        "delivery",
        "price\n\ndelivery",
    ]


@pytest.mark.parametrize(("choice", "left"), [("mine", "delivery"), ("theirs", "price")])
def test_one_version_can_be_chosen(meeting: AppTest, choice: str, left: str) -> None:
    number = line("text")
    second = another("meetings")
    meeting.text_area(key=f"w.note-{number}").input("price").run()
    second.text_area(key=f"w.note-{number}").input("delivery").run()
    second.button(key=f"keep-{choice}-note-{number}").click().run()
    assert [t.text for t in workspace().meetings.texts(1)] == [left]
    assert second.text_area(key=f"w.note-{number}").value == left
    assert "in the meantime" not in html(second)


def test_an_action_is_made_under_its_line_and_done_on_its_page(meeting: AppTest) -> None:
    workspace().training.add("Ana Ruiz", CLEO)
    meeting.run()
    number = line("figures")
    meeting.text_input(key=f"w.what-new-line{number}").input("Call Bergmann")
    meeting.selectbox(key=f"w.owner-new-line{number}").set_value("Ana Ruiz")
    meeting.button(key=f"add-line{number}").click().run()
    (action,) = workspace().actions.all()
    assert (action.text, action.owner, action.meeting) == ("Call Bergmann", "Ana Ruiz", 1)
    page(meeting, "actions")
    assert "1 action is open, none overdue." in html(meeting)
    meeting.checkbox(key="w.done.actions.1").check().run()
    assert workspace().actions.get(1).state is Standing.DONE
    assert "Everything that was promised is done." in html(meeting)


def test_an_action_without_words_is_refused_in_words(meeting: AppTest) -> None:
    meeting.button(key=f"add-line{line('figures')}").click().run()
    assert "An action needs a text" in meeting.error[0].value
    assert workspace().actions.all() == ()


def test_a_closed_meeting_is_read_from_what_it_kept(meeting: AppTest) -> None:
    number = line("text")
    meeting.text_area(key=f"w.note-{number}").input("Visit Bergmann").run()
    meeting.multiselect(key="w.present.1").set_value(["Cleo"]).run()
    meeting.button(key="close-meeting").click().run()
    assert not meeting.exception
    assert not meeting.error
    assert workspace().meetings.get(1).state is State.CLOSED
    assert not meeting.text_area
    assert "Visit Bergmann" in html(meeting)
    assert "Present: Cleo" in html(meeting)
    assert "Visit Bergmann" in minutes("en")
    meeting.button(key="all-meetings").click().run()
    assert "closed by Ana Ruiz, 23 Nov" in html(meeting)
    assert "The next one can be opened from 30 Nov" in html(meeting)


def test_somebody_who_closes_first_leaves_a_closed_meeting(meeting: AppTest) -> None:
    second = another("meetings")
    meeting.button(key="close-meeting").click().run()
    second.text_area(key=f"w.note-{line('text')}").input("late").run()
    assert "late" in second.error[0].value


def test_minutes_speak_chinese(meeting: AppTest) -> None:
    meeting.query_params["lang"] = "zh"
    meeting.run()
    assert "上周结果" in html(meeting)
    meeting.button(key="close-meeting").click().run()
    assert minutes("zh").startswith("# 销售周会 · 2026年11月16日–22日")


def test_actions_are_mine_the_teams_or_overdue(named: AppTest) -> None:
    own(named)
    store = workspace().actions
    store.make(Promise("mine", "ana ruiz"), CLEO)
    store.make(Promise("late", "Cleo", TODAY.replace(day=20)), CLEO)
    page(named, "actions")
    assert [each.label for each in named.checkbox] == ["mine"]
    named.segmented_control(key="w.scope").set_value("overdue").run()
    assert [each.label for each in named.checkbox] == ["late"]
    assert "1 of 2 open actions is overdue." in html(named)
    assert named.query_params["whose"] == "overdue"


def test_an_action_is_edited_and_dropped(named: AppTest) -> None:
    own(named)
    store = workspace().actions
    store.make(Promise("cal", "Cleo"), CLEO)
    named.query_params["whose"] = "team"
    page(named, "actions")
    named.session_state["edit-actions-1"] = True
    named.run()
    named.text_input(key="w.text-actions-1").input("call").run()
    assert (store.get(1).text, store.get(1).owner) == ("call", "Cleo")
    named.session_state["edit-actions-1"] = True
    named.run()
    named.button(key="drop-actions-1").click().run()
    assert store.get(1).state is Standing.DROPPED


def test_a_screen_is_put_on_the_agenda_with_its_filters(named: AppTest, tmp_path: Path) -> None:
    own_copy(tmp_path / "own", ORDERS_FILE)
    own(named)
    named.query_params["where"] = ["region:North"]
    named.query_params["home"] = "own"
    page(named, "comparison")
    named.menu_button(key="put-comparison").click_index(0).run()
    (planned,) = workspace().meetings.all()
    assert (planned.period, planned.state) == ("week:2026-W47", State.PLANNED)
    (topic,) = workspace().meetings.lines(planned.id)
    assert topic.page == "comparison"
    assert topic.query is not None
    assert topic.query["where"] == ["region:North"]
    assert topic.query["period"] == ["quarter:2026Q4"]
    assert topic.query["compare"] == ["last-year"]
    assert "lang" not in topic.query
    assert set(topic.title) == {"en", "zh"}
    page(named, "meetings")
    assert "On the agenda" in html(named)


def test_who_puts_something_on_the_agenda_says_their_name_first(front: AppTest) -> None:
    page(front, "comparison")
    front.menu_button(key="put-comparison").click_index(0).run()
    assert "Please say who you are first" in front.error[0].value
    assert context.open_home("demo").workspace.meetings.all() == ()


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("weekly-2026-11-22", "weekly-2026-11-22"),
        ("../=周会 | <b>", "周会-b"),
        ("...", "file"),
    ],
)
def test_a_file_is_named_without_signs_that_mean_more(front: AppTest, what: str, name: str) -> None:
    front.run()
    assert re.fullmatch(rf"{re.escape(name)}-[0-9a-f]{{8}}\.md", exports.file_name(what, "md"))


def test_minutes_can_be_taken_along_in_two_ways(meeting: AppTest) -> None:
    meeting.text_area(key=f"w.note-{line('text')}").input("Visit Bergmann").run()
    assert {each.proto.label for each in meeting.get("download_button")} == {
        "Minutes (Markdown)",
        "Minutes (HTML)",
    }
    meeting.button(key="close-meeting").click().run()
    kept = frozen.loads(workspace().meetings.get(1).answers or "")
    assert all("Visit Bergmann" in write(kept, "en") for *_, write in sheet.WRITERS)
