"""Training through app.py: ticks are saved at once, in both languages."""

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import imports
from salesdash.ui import context
from salesdash.workspace import Stamp, Workspace
from tests.browser.homes import NOW
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui
ANA = Stamp("Ana", NOW)


@pytest.fixture
def named(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return fresh


def box(app: AppTest, item: str):
    return next(each for each in app.checkbox if f".{item}." in str(each.key))


def test_an_empty_home_says_what_to_do(named: AppTest) -> None:
    page(own(named), "training")
    assert not named.exception
    assert "No training has been assigned yet." in html(named)
    assert "Nobody to train yet" in named.info[0].value
    assert not named.checkbox


def test_a_name_is_asked_for_before_anything_is_ticked(fresh: AppTest) -> None:
    own(fresh)
    context.open_home("own").workspace.training.add("Bo", ANA)
    page(fresh, "training")
    assert all(each.disabled for each in fresh.checkbox)
    fresh.text_input(key="who").input("Cleo")
    fresh.button(key="ok-who").click().run()
    assert not any(each.disabled for each in fresh.checkbox)


def test_a_tick_is_on_the_disk_and_there_again_in_another_session(named: AppTest) -> None:
    own(named)
    store = context.open_home("own").workspace.training
    store.add("Bo", ANA)
    named.query_params["person"] = "Bo"
    named.query_params["course"] = "crm_use"
    page(named, "training")
    box(named, "daily").check().run()
    (tick,) = store.ticks()
    assert (tick.person, tick.course, tick.item, tick.who) == (
        "Bo",
        "crm_use",
        "daily",
        "Ana Ruiz",
    )
    assert "1/10" in html(named)
    named.run()
    assert box(named, "daily").value
    box(named, "daily").uncheck().run()
    assert not store.ticks()[0].done


def test_somebody_faster_is_said_and_their_tick_stands(named: AppTest) -> None:
    own(named)
    store = context.open_home("own").workspace.training
    store.tick(("Bo", "crm_use", "daily"), ANA, done=True)
    named.query_params["person"] = "Bo"
    named.query_params["course"] = "crm_use"
    page(named, "training")
    for done in (False, True):
        store.tick(("Bo", "crm_use", "daily"), Stamp("Cleo", NOW), done=done)
    box(named, "daily").uncheck().run()
    assert "Cleo changed this in the meantime" in named.error[0].value
    assert box(named, "daily").value
    assert store.ticks()[0].done


def test_courses_are_assigned_to_many_at_once(named: AppTest) -> None:
    own(named)
    store = context.open_home("own").workspace.training
    for name in ("Bo", "Cleo"):
        store.add(name, ANA)
    page(named, "training")
    named.session_state["assign-popover"] = True
    named.run()
    named.multiselect(key="assign-people").set_value(["Bo", "Cleo"])
    named.multiselect(key="assign-courses").set_value(["crm_use", "negotiation"]).run()
    assert "<b>Negotiation</b>: Bo, Cleo" in html(named)
    named.button(key="assign-now").click().run()
    found = {(a.person, a.course): str(a.due) for a in store.assignments()}
    assert found == {
        ("Bo", "crm_use"): "2026-12-07",  # 14 days after 23 November
        ("Bo", "negotiation"): "2027-01-07",  # 45 days
        ("Cleo", "crm_use"): "2026-12-07",
        ("Cleo", "negotiation"): "2027-01-07",
    }
    assert "No training is overdue." in html(named)
    (step,) = context.open_home("own").workspace.learning.steps()
    assert (step.made_by, len(step.changes)) == ("Ana Ruiz", 4)
    named.session_state["steps-popover"] = True
    named.run()
    named.button(key=f"undo-step-{step.id}").click().run()
    assert {each.due for each in store.assignments()} == {None}


def test_chinese_screens_speak_chinese(named: AppTest) -> None:
    own(named)
    context.open_home("own").workspace.training.assign([("王伟", "crm_use", NOW.date())], ANA)
    named.query_params["lang"] = "zh"
    page(named, "training")
    assert "没有逾期的培训" in html(named)
    assert "即将到期" in html(named)
    named.query_params["person"] = "王伟"
    named.query_params["course"] = "crm_use"
    page(named, "training")
    assert "王伟已完成 1 门课程中的 0 门。" in html(named)
    assert "检查清单" in html(named)
    assert "拜访和电话当天录入" in str(named.checkbox[1].label)


PEOPLE = """Person,Role,Team,Active From,Active To
Bo,Account executive,East,2026-11-02,
Dan,Account executive,East,2020-01-01,2026-06-30
"""
SCHOOL = """Person,Course,Date,Score,Evidence
Bo,CRM use,2026-03-02,88,https://school.example/c/17
Dan,CRM use,2025-09-02,,
Boo,CRM use,2026-03-02,,
"""


def staffed(app: AppTest, tmp_path: Path) -> Workspace:
    """An own home with the list of people above."""
    own(app)
    home, file = context.open_home("own"), tmp_path / "people.csv"
    file.write_text(PEOPLE, "utf-8")
    request = imports.Request(file, "people.csv", dataset="people", dates="ymd")
    imports.commit(home, imports.stage(home, request, NOW), "Ana", NOW)
    return home.workspace


def look_at(app: AppTest, name: str, course: str = "crm_use") -> AppTest:
    app.query_params["person"] = name
    app.query_params["course"] = course
    return page(app, "training")


def test_what_is_required_is_due_by_itself_and_onboarding_item_by_item(
    named: AppTest, tmp_path: Path
) -> None:
    staffed(named, tmp_path)
    page(named, "training")
    assert "1 training is overdue, with Bo." in html(named)  # tools: 5 days after 2 November
    assert "1 person has left" in html(named)
    look_at(named, "Bo", "onboarding")
    assert "Account executive · East · here since 2 Nov 2026" in html(named)
    assert "due on 7 Nov" in str(box(named, "tools").label)
    assert "due on 2 Dec" in str(box(named, "listening").label)
    for item in ("tools", "people", "goals"):  # the others are due after today
        box(named, item).check().run()
    assert "Bo has finished 0 of 3 courses." in html(named)


def test_evidence_is_kept_with_its_past_and_a_link_can_be_followed(
    named: AppTest, tmp_path: Path
) -> None:
    workspace = staffed(named, tmp_path)
    look_at(named, "Bo")
    place = f"crm_use-daily-{b'Bo'.hex()}"
    for text in ("Ten <b>visits</b>", "Ten visits, see https://crm.example/list?x=1"):
        named.session_state[f"evidence-{place}"] = True
        named.run()
        named.text_area(key=f"evidence-note-{place}").set_value(text)
        named.selectbox(key=f"evidence-who-{place}").set_value("Dan")
        named.button(key=f"evidence-save-{place}").click().run()
        assert not named.exception
        assert "<b>visits" not in html(named)
    (note,) = workspace.learning.evidence()
    assert (note.note, note.witness, note.who) == (text, "Dan", "Ana Ruiz")
    assert len(workspace.history.of("evidence", 1)) == 2
    assert 'href="https://crm.example/list?x=1"' in html(named)
    named.session_state[f"evidence-{place}"] = True
    named.run()
    assert "Ten &lt;b&gt;visits&lt;/b&gt; · Ana Ruiz, 23 Nov" in html(named)
    for text in ("", "Seen again"):
        named.session_state[f"evidence-{place}"] = True
        named.run()
        named.text_area(key=f"evidence-note-{place}").set_value(text)
        named.button(key=f"evidence-save-{place}").click().run()
        assert not named.error
    assert [each.note for each in workspace.learning.evidence()] == ["Seen again"]
    assert "Dan says so (Ana Ruiz, 23 Nov)" in html(named)


def test_what_lapsed_is_ticked_again_and_both_times_are_history(
    named: AppTest, tmp_path: Path
) -> None:
    workspace = staffed(named, tmp_path)
    early = Stamp("Ana", datetime(2024, 5, 3, 9, 0))
    for item in context.settings().training["crm_use"].items:
        workspace.training.tick(("Bo", "crm_use", item), early, done=True)
    look_at(named, "Bo")
    assert "lapsed on 3 May 2025" in str(box(named, "daily").label)
    assert not box(named, "daily").value
    for item in context.settings().training["crm_use"].items:
        box(named, item).check().run()
    assert "23 Nov: CRM use</b>" in html(named)
    assert "3 May 2024: CRM use</b>" in html(named)
    assert "counted until 3 May 2025" in html(named)
    assert "counts until 23 Nov 2027" in html(named)


def bring(app: AppTest, text: str) -> AppTest:
    page(app, "training")
    app.button(key="bring-open").click().run()
    app.file_uploader[0].upload("school.csv", text.encode()).run()
    return app


def test_a_file_of_finished_trainings_shows_what_it_brings_and_is_kept_in_one_step(
    named: AppTest, tmp_path: Path
) -> None:
    workspace = staffed(named, tmp_path)
    bring(named, SCHOOL)
    assert not named.exception
    assert "Nobody is called “Boo”. Did you mean “Bo”?" in html(named)
    assert named.button(key="bring-keep").label == "Keep 2 finished trainings"
    named.button(key="bring-keep").click().run()
    assert [each.person for each in workspace.learning.completions()] == ["Dan", "Bo"]
    look_at(named, "Bo")
    assert "10/10" in html(named)
    assert "with the whole course" in str(box(named, "daily").label)
    assert "school.example" in html(named)
    assert "score 88" in html(named)
    box(named, "daily").uncheck().run()
    assert "9/10" in html(named)  # taken back by hand, whatever the file says
    box(named, "daily").check().run()
    assert "10/10" in html(named)


def test_the_same_file_again_has_nothing_to_keep(named: AppTest, tmp_path: Path) -> None:
    staffed(named, tmp_path)
    bring(named, SCHOOL)
    named.button(key="bring-keep").click().run()
    bring(named, SCHOOL)
    assert named.button(key="bring-keep").disabled


def test_day_and_month_that_nobody_can_tell_are_asked(named: AppTest, tmp_path: Path) -> None:
    workspace = staffed(named, tmp_path)
    bring(named, "Person,Course,Date\nBo,CRM use,02/03/2026\n")
    assert "Day and month cannot be told apart" in named.error[0].value
    named.segmented_control(key="bring-order").set_value("dmy").run()
    named.button(key="bring-keep").click().run()
    assert [str(each.day) for each in workspace.learning.completions()] == ["2026-03-02"]


def test_somebody_who_left_keeps_their_history_and_nothing_can_be_ticked(
    named: AppTest, tmp_path: Path
) -> None:
    staffed(named, tmp_path)
    bring(named, SCHOOL)
    named.button(key="bring-keep").click().run()
    look_at(named, "Dan")
    assert "left on 30 Jun 2026" in html(named)
    assert "2 Sept 2025: CRM use" in html(named) or "2 Sep 2025: CRM use" in html(named)
    assert all(each.disabled for each in named.checkbox)
    assert box(named, "daily").value  # as it stood on the last day


def test_roles_are_given_what_they_lack_after_a_look(named: AppTest, tmp_path: Path) -> None:
    workspace = staffed(named, tmp_path)
    page(named, "training")
    named.session_state["assign-popover"] = True
    named.run()
    named.multiselect(key="assign-roles").set_value(["Account executive"])
    named.multiselect(key="assign-courses").set_value(["crm_use", "negotiation"])
    named.number_input(key="assign-days").set_value(10).run()
    assert "<b>Negotiation</b>: Bo" in html(named)
    assert "1 is left out: already due on a day." in html(named)  # CRM use, by rule
    named.button(key="assign-now").click().run()
    found = [(each.person, each.course, str(each.due)) for each in workspace.training.assignments()]
    assert found == [("Bo", "negotiation", "2026-12-03")]


def test_the_weakest_figure_leads_to_a_course_in_one_click(
    front: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    front.run()
    page(front, "training")
    assert "Who needs what" in html(front)
    give = next(each for each in front.button if str(each.key).startswith("give-"))
    give.click().run()
    assert not front.exception
    (given,) = context.open_home("demo").workspace.training.assignments()
    front.query_params["lang"] = "zh"
    front.query_params["person"] = given.person
    page(front, "training")
    assert "与团队对比的数据" in html(front)
    assert "可以提升，已有期限。" in html(front)
    assert not front.exception


def test_a_chinese_file_is_brought_on_a_chinese_screen(named: AppTest, tmp_path: Path) -> None:
    workspace = staffed(named, tmp_path)
    named.query_params["lang"] = "zh"
    bring(named, "姓名,培训课程,完成日期\nBo,谈判技巧,2026-03-02\nBo,谈判,2026-03-02\n")
    assert "没有课程“谈判”。是否想写“谈判技巧”？" in html(named)
    named.button(key="bring-keep").click().run()
    assert [each.course for each in workspace.learning.completions()] == ["negotiation"]
