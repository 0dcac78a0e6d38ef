"""People through app.py in both languages: teams on a day, moves, departures, names of the data."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.analysis import roster
from salesdash.ui import context
from tests.browser.homes import ORDERS
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

STAFF = "Salesperson,Team,Manager,Active from\nLi,North,Ann,2026-01-01\nWu,East,Bo,\n"


@pytest.mark.parametrize(
    ("lang", "empty", "done"),
    [("en", "No people yet", "Edit by hand"), ("zh", "还没有人员名单", "手工修改")],
)
def test_people_are_listed_and_changed_by_hand(
    fresh: AppTest, monkeypatch: pytest.MonkeyPatch, lang: str, empty: str, done: str
) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    for name, text in (("orders.csv", ORDERS), ("staff.csv", STAFF)):
        page(fresh, "imports")
        drop(fresh, name, text)
        if name == "orders.csv":
            fresh.text_input("who").set_value("Ana")
        fresh.button(key="commit").click().run()
        page(fresh, "people")
        assert not fresh.exception
        titles = [each.proto.title for each in fresh.info]
        assert (empty in titles) is (name == "orders.csv")
    shown = fresh.dataframe[-1].value
    assert shown["person"].tolist() == ["Li", "Wu"]
    assert shown["team"].tolist() == ["North", "East"]
    typed = {"edited_rows": {1: {"team": "West"}}, "added_rows": [{"person": "Xu"}]}
    monkeypatch.setattr("salesdash.ui.staff.grid.typed", lambda _key: typed)
    fresh.button(key="staff-save").click().run()
    assert not fresh.exception
    assert fresh.dataframe[-1].value["team"].fillna("").tolist() == ["North", "West", ""]
    page(fresh, "imports")
    assert done in html(fresh)
    fresh.button(key="undo-3").click().run()
    page(fresh, "people")
    assert fresh.dataframe[-1].value["team"].tolist() == ["North", "East"]


def test_what_is_typed_into_the_list_of_people_stays_while_other_data_come_in(
    fresh: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    grids: list[str] = []

    def typed(key: str) -> dict[str, object]:
        grids.append(key)
        return {}

    monkeypatch.setattr("salesdash.ui.staff.grid.typed", typed)
    page(own(fresh), "imports")
    for name, text in (("staff.csv", STAFF), ("orders.csv", ORDERS)):
        drop(fresh, name, text)
        if name == "staff.csv":
            fresh.text_input("who").set_value("Ana")
        fresh.button(key="commit").click().run()
        page(fresh, "people")
        fresh.button(key="staff-save").click().run()
        assert not fresh.exception
        page(fresh, "imports")
    assert grids[0] == grids[1]


SOLD = """Order No,Order Date,Customer,Salesperson,Amount
A-1,2026-10-05,Bergmann,Li,100.00
A-2,2026-11-03,Finch,Li,50.00
A-3,2026-11-04,Finch,Xu,5.00
"""


def filled(app: AppTest, lang: str) -> AppTest:
    """Orders of Li and Xu, and a list that knows Li and Wu."""
    app.query_params["lang"] = lang
    page(own(app), "imports")
    for name, text in (("orders.csv", SOLD), ("staff.csv", STAFF)):
        drop(app, name, text)
        if name == "orders.csv":
            app.text_input("who").set_value("Ana")
        app.button(key="commit").click().run()
    return page(app, "people")


def entries() -> list[tuple[object, ...]]:
    found = roster.entries(context.open_home("own").warehouse)
    return [(e.person, e.team, e.active_from, e.active_to) for e in found]


LI = ("Li", "North", date(2026, 1, 1), None)
WU = ("Wu", "East", None, None)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("2 people work here", "1 name of the data", "To which team")),
        ("zh", ("2 人在职", "数据中有 1 个姓名", "调到哪个团队")),
    ],
)
def test_somebody_moves_and_leaves(fresh: AppTest, lang: str, said: tuple[str, ...]) -> None:
    filled(fresh, lang)
    assert said[0] in html(fresh)
    assert said[1] in html(fresh)
    fresh.selectbox(key="people-person").set_value("Li")
    fresh.button(key="people-do-move").click().run()
    assert said[2] in str([each.value for each in fresh.error])
    assert entries() == [LI, WU]
    fresh.selectbox(key="people-team").set_value("East")
    fresh.date_input(key="people-from_day").set_value(date(2026, 11, 1))
    fresh.button(key="people-do-move").click().run()
    assert not fresh.exception
    moved = [
        ("Li", "North", date(2026, 1, 1), date(2026, 10, 31)),
        ("Li", "East", date(2026, 11, 1), None),
    ]
    assert entries() == [*moved, WU]
    fresh.segmented_control(key="w.people-way").set_value("leave").run()
    fresh.selectbox(key="people-person").set_value("Li")
    fresh.date_input(key="people-last_day").set_value(date(2026, 11, 10))
    fresh.button(key="people-do-leave").click().run()
    assert entries() == [moved[0], ("Li", "East", date(2026, 11, 1), date(2026, 11, 10)), WU]
    fresh.date_input(key="w.people-day").set_value(date(2026, 10, 5)).run()
    assert fresh.query_params["on"] == "2026-10-05"
    assert "North" in html(fresh)
    fresh.toggle(key="w.people-only").set_value(True).run()
    assert fresh.dataframe[-1].value["team"].tolist() == ["North", "East"]


def test_names_of_the_data_come_onto_the_list(fresh: AppTest) -> None:
    filled(fresh, "en")
    fresh.segmented_control(key="w.people-way").set_value("add").run()
    assert fresh.multiselect(key="people-names").options == ["Xu"]
    fresh.multiselect(key="people-names").set_value(["Xu"])
    fresh.selectbox(key="people-team").set_value("East")
    fresh.button(key="people-do-add").click().run()
    assert not fresh.exception
    assert entries() == [LI, WU, ("Xu", "East", None, None)]
    assert "Every name of the data has an entry" in html(fresh)


@pytest.mark.parametrize(("lang", "empty"), [("en", "nobody to look at"), ("zh", "还没有任何人员")])
def test_an_empty_home_says_what_to_do(fresh: AppTest, lang: str, empty: str) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "people")
    assert empty in html(fresh)
