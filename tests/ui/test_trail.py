"""The trail through app.py in both languages: read, sifted, turned over, taken along."""

from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.analysis import trail as analysing
from salesdash.charts import Words
from salesdash.commands.tables import csv_text
from salesdash.ui import context, trail
from salesdash.workspace import Promise, Stamp, Wanted
from tests.ui.test_screens import html, own, page
from tests.workspace.writings import write_all

pytestmark = pytest.mark.ui

NOON = datetime(2026, 11, 20, 12, 0)


def shown(app: AppTest, **codes: str) -> AppTest:
    for name, code in codes.items():
        app.query_params[name] = code
    page(app, "trail")
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "Everybody",
                "closed the Weekly sales meeting",
                "set the goal",
                "withdrew the query “Lines”",
            ),
        ),
        ("zh", ("所有人", "结束了销售周会", "设定了目标", "查询“Lines”")),
    ],
)
def test_what_was_done_is_said_and_sifted(fresh: AppTest, lang: str, said: str) -> None:
    fresh.run()
    write_all(context.open_home("own").workspace, NOON)
    shown(own(fresh), lang=lang, about="meetings")
    assert fresh.selectbox(key="w.trail-kind").value == "meetings"
    assert said[0] in fresh.selectbox(key="w.trail-who").options
    assert said[1] in html(fresh)
    shown(fresh, lang=lang, about="goals")
    assert said[2] in html(fresh)
    assert said[1] not in html(fresh)
    assert 'href="goals?' in html(fresh)
    shown(fresh, lang=lang, about="queries")
    assert said[3] in html(fresh)
    assert 'href="query?' in html(fresh)


@pytest.mark.parametrize(("lang", "empty"), [("en", "Nothing has been"), ("zh", "还没有任何操作")])
def test_an_empty_home_says_what_will_be_there(fresh: AppTest, lang: str, empty: str) -> None:
    fresh.query_params["lang"] = lang
    shown(own(fresh))
    assert empty in html(fresh)


def test_pages_of_a_hundred_and_what_is_typed_is_text(fresh: AppTest) -> None:
    fresh.run()
    workspace = context.open_home("own").workspace
    for number in range(120):
        stamp = Stamp("Ana" if number % 2 else "Bo", NOON + timedelta(minutes=number))
        workspace.actions.make(Promise(f"Call <b>no. {number}</b>"), stamp)
    workspace.actions.amend(5, {"text": "=danger()"}, Stamp("Cleo", NOON), None)
    shown(own(fresh))
    assert "121 things" in html(fresh)
    assert "1–100 of 121" in html(fresh)
    assert "<b>no." not in html(fresh)
    assert "no. 119" in html(fresh)
    fresh.button(key="trail-older").click().run()
    assert "101–121 of 121" in html(fresh)
    assert fresh.query_params["after"] == "100"
    fresh.selectbox(key="w.trail-who").set_value("Ana").run()
    assert "60 entries" in html(fresh)
    assert "after" not in fresh.query_params
    fresh.text_input(key="w.trail-text").set_value("no. 11").run()
    assert "6 entries" in html(fresh)  # 11, 111, 113, 115, 117, 119: odd ones are Ana's
    fresh.button(key="trail-reset").click().run()
    assert "121 entries" in html(fresh)
    fresh.text_input(key="w.trail-text").set_value("nobody said this").run()
    assert "Choose fewer filters" in html(fresh)
    found = analysing.build(workspace.trail.page(Wanted(who="Cleo")), context.settings(), {})
    (written,) = csv_text(["When"], trail.cells(found, Words())).splitlines()[1:]
    said = "changed the action “=danger()”: Text: “Call <b>no. 4</b>” → “=danger()”"
    assert written == f"2026-11-20 12:00:00,Cleo,Actions,{said},yes"


def test_days_from_the_address(fresh: AppTest) -> None:
    fresh.run()
    workspace = context.open_home("own").workspace
    for day in range(3):
        workspace.actions.make(Promise(f"a{day}"), Stamp("Ana", NOON + timedelta(days=day)))
    shown(own(fresh), days="2026-11-21..2026-11-21")
    assert "“a1”" in html(fresh)
    assert "“a0”" not in html(fresh)
    assert "“a2”" not in html(fresh)
    shown(own(fresh), days="rubbish")
    assert "“a0”" in html(fresh)
