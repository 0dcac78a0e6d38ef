"""Training through app.py: ticks are saved at once, in both languages."""

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.ui import context
from salesdash.workspace import Stamp
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
    named.multiselect(key="assign-courses").set_value(["crm_use", "negotiation"])
    named.button(key="assign-now").click().run()
    found = {(a.person, a.course): str(a.due) for a in store.assignments()}
    assert found == {
        ("Bo", "crm_use"): "2026-12-07",  # 14 days after 23 November
        ("Bo", "negotiation"): "2027-01-07",  # 45 days
        ("Cleo", "crm_use"): "2026-12-07",
        ("Cleo", "negotiation"): "2027-01-07",
    }
    assert "No training is overdue." in html(named)


def test_chinese_screens_speak_chinese(named: AppTest) -> None:
    own(named)
    context.open_home("own").workspace.training.assign([("王伟", "crm_use", NOW.date())], ANA)
    named.query_params["lang"] = "zh"
    named.query_params["course"] = "crm_use"
    page(named, "training")
    assert "没有逾期的培训" in html(named)
    assert "检查清单" in html(named)
    assert "拜访和电话当天录入" in str(named.checkbox[1].label)
