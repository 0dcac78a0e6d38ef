"""One-to-ones, own templates and meetings without rhythm on the screen, in both languages."""

from datetime import date, timedelta
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import texts
from salesdash.config import LineKind
from salesdash.workspace import Point, Stamp, State, Template
from tests.browser.homes import NOW, TODAY
from tests.ui.test_screens import html, own, page
from tests.ui.test_team import another, workspace

pytestmark = pytest.mark.ui
ANA = Stamp("Ana Ruiz", NOW)
TALK = Template({"en": "Pipeline talk"}, "once", "none", (Point("text", {"en": "Talk"}, {}),))


@pytest.fixture
def named(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return fresh


def typed(app: AppTest, kind: str, name: str, row: int | None = None):
    """A widget of the template that is being written."""
    tail = f".{name}" + ("" if row is None else f".{row}")
    return next(each for each in getattr(app, kind) if str(each.key).endswith(tail))


def drafting(app: AppTest, lang: str = "en") -> AppTest:
    app.query_params["lang"] = lang
    app.query_params["list"] = "templates"
    return page(own(app), "meetings")


@pytest.mark.parametrize(
    ("lang", "title", "due"), [("en", "One-to-one", "held"), ("zh", "一对一沟通", "已开")]
)
def test_one_meets_several_people_in_a_week(
    named: AppTest, lang: str, title: str, due: str
) -> None:
    own(named)
    workspace().training.add("Cleo", ANA)
    workspace().training.add("Dan", ANA)
    named.query_params["lang"] = lang
    page(named, "meetings")
    assert title in html(named)
    for person in ("Cleo", "Dan"):
        named.selectbox(key="w.alone-one_to_one").set_value(person).run()
        named.button(key="open-one_to_one-new").click().run()
        assert not named.exception
        assert f"{title} · {person}" in html(named)
        named.button(key="all-meetings").click().run()
    held = workspace().meetings.all()
    assert {(m.kind, m.person, m.state) for m in held} == {
        ("one_to_one", "Cleo", State.OPEN),
        ("one_to_one", "Dan", State.OPEN),
    }
    assert workspace().meetings.attendance(1).invited == ("Ana Ruiz", "Cleo")
    named.button(key=f"alone-one_to_one-{b'Cleo'.hex()}").click().run()
    named.button(key="close-meeting").click().run()
    named.button(key="all-meetings").click().run()
    assert due in html(named)
    assert len([b for b in named.button if str(b.key).startswith("read-")]) == 1


def test_a_template_is_made_from_one_that_exists(named: AppTest) -> None:
    drafting(named)
    named.selectbox(key="w.template-from").set_value("weekly").run()
    named.button(key="new-template").click().run()
    typed(named, "text_input", "name").input("Region talk")
    typed(named, "selectbox", "every").set_value("month")
    typed(named, "text_input", "title", 0).input("Figures of the region")
    typed(named, "number_input", "minutes", 0).set_value(25)
    named.button(key="down-0").click().run()
    named.button(key="remove-1").click().run()
    named.button(key="add-line").click().run()
    added = max(int(str(b.key).split("-")[1]) for b in named.button if str(b.key).startswith("up-"))
    typed(named, "text_input", "title", added).input("Anything else")
    named.button(key="save-template").click().run()
    assert not named.exception
    assert not named.error
    (made,) = workspace().templates.all()
    assert (made.name, made.every, made.who) == ({"en": "Region talk"}, "month", "Ana Ruiz")
    moved = next(point for point in made.agenda if point.title == {"en": "Figures of the region"})
    assert (moved.kind, moved.minutes, moved.tiles[:1]) == ("figures", 25, ("sales",))
    assert made.agenda[-1].title == {"en": "Anything else"}
    kept = next(point for point in made.agenda if point.kind == "goals")
    assert kept.title == {"en": "Goals", "zh": "目标进度"}  # untouched words stay in both languages
    named.button(key="all-meetings").click().run()
    assert "Region talk" in html(named)
    named.button(key="open-own-1").click().run()
    assert workspace().meetings.get(1).kind == "own:1"
    assert "Figures of the region" in html(named)


@pytest.mark.parametrize(
    ("lang", "refused"), [("en", "A template needs a name"), ("zh", "请填写模板名称")]
)
def test_what_is_missing_is_said_and_the_draft_stays(
    named: AppTest, lang: str, refused: str
) -> None:
    drafting(named, lang)
    named.button(key="new-template").click().run()
    typed(named, "text_input", "title", 0).input("Talk")
    named.button(key="save-template").click().run()
    assert refused in named.error[0].value
    assert typed(named, "text_input", "title", 0).value == "Talk"
    assert workspace().templates.all() == ()
    named.button(key="cancel-template").click().run()
    assert [each.key for each in named.button if each.key == "new-template"]


def test_a_template_is_edited_withdrawn_and_offered_again(named: AppTest) -> None:
    own(named)
    workspace().templates.make(TALK, ANA)
    drafting(named)
    named.button(key="edit-template-1").click().run()
    typed(named, "text_input", "name").input("Deals")
    named.button(key="save-template").click().run()
    assert workspace().templates.all()[0].name == {"en": "Deals"}
    named.button(key="withdraw-template-1").click().run()
    assert workspace().templates.all()[0].withdrawn
    assert "withdrawn" in html(named)
    named.button(key="restore-template-1").click().run()
    assert not workspace().templates.all()[0].withdrawn


def test_the_second_of_two_editors_is_told_and_may_save_again(named: AppTest) -> None:
    own(named)
    workspace().templates.make(TALK, ANA)
    drafting(named)
    named.button(key="edit-template-1").click().run()
    workspace().templates.edit(1, TALK, Stamp("Bo", NOW), 1)
    typed(named, "text_input", "name").input("Deals")
    named.button(key="save-template").click().run()
    assert "Bo changed this in the meantime" in named.error[0].value
    assert typed(named, "text_input", "name").value == "Deals"
    named.button(key="save-template").click().run()
    assert workspace().templates.all()[0].name == {"en": "Deals"}


@pytest.mark.parametrize(("lang", "on"), [("en", "on 26 Nov"), ("zh", "11月26日召开")])
def test_a_meeting_without_rhythm_is_opened_or_planned(named: AppTest, lang: str, on: str) -> None:
    own(named)
    workspace().templates.make(TALK, ANA)
    named.query_params["lang"] = lang
    page(named, "meetings")
    named.selectbox(key="w.once-period").set_value("last-month").run()
    named.button(key="open-once").click().run()
    found = workspace().meetings.get(1)
    assert (found.kind, found.period, found.state) == (
        "own:1",
        f"month:2026-10@{TODAY}",
        State.OPEN,
    )
    named.button(key="all-meetings").click().run()
    named.date_input(key="w.once-day").set_value(TODAY + timedelta(days=3)).run()
    named.button(key="open-once").click().run()
    planned = workspace().meetings.get(2)
    assert (planned.state, planned.day) == (State.PLANNED, date(2026, 11, 26))
    assert on in html(named)
    named.button(key="open-own-1-2").click().run()
    assert workspace().meetings.get(2).state is State.OPEN
    assert not named.exception
    assert another("meetings")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_kind_of_line_has_a_name(lang: str) -> None:
    for kind in get_args(LineKind):
        assert texts.t(f"meeting.template.kinds.{kind}", lang)
