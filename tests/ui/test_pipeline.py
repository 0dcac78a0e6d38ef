"""The Pipeline page through app.py."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.engine import identifier
from salesdash.ui import context, pipeline, state
from salesdash.ui.deals import opener
from tests.browser.homes import ORDERS
from tests.ui.test_screens import drop, html, own, page
from tests.warehouse.deals import deal, many

pytestmark = pytest.mark.ui

NASTY = "![x](http://example.invalid/p.png)<b>"


def with_deals(app: AppTest, deals: list[dict[str, object]]) -> AppTest:
    """One's own home with three order lines and these deals."""
    page(own(app), "imports")
    drop(app, "orders.csv", ORDERS)
    app.text_input(key="who").input("Ana Ruiz")
    app.button(key="commit").click().run()
    house = context.open_home("own").warehouse
    books = {"counts": True, "event": 1, "sheet": 0, "valid_from": 1}
    with context.open_home("own").engine.transaction() as transaction:
        for number, row in enumerate(deals, 1):
            full = {**books, "record": number, **row}
            names = ", ".join(identifier(name) for name in full)
            marks = ", ".join(f"${name}" for name in full)
            transaction.run(f"insert into deals ({names}) values ({marks})", full)
    house.refresh()
    return page(app, "pipeline")


def crowd() -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if value is not None} for row in many(300)]


def test_without_deals_the_page_says_what_to_do(front: AppTest, monkeypatch) -> None:
    monkeypatch.setattr(pipeline, "holds_deals", lambda: False)
    page(front.run(), "pipeline")
    assert front.info[0].proto.body.startswith("An export of deals")
    assert front.button(key="import-deals").label == "Import deals"


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", ("Open deals by stage", "What these figures leave out")), ("zh", ("各阶段在跟商机",))],
)
def test_every_card_is_there(fresh: AppTest, lang: str, told: tuple[str, ...]) -> None:
    fresh.query_params["lang"] = lang
    fresh.query_params["period"] = "all"
    with_deals(fresh, crowd())
    assert not fresh.exception
    assert not fresh.error
    for words in told:
        assert words in html(fresh)
    assert len(fresh.get("vega_lite_chart")) == 6
    assert "—" not in html(fresh).split("</h1>")[0].split("<h1")[1]


def test_a_late_deal_names_its_file_and_record(fresh: AppTest) -> None:
    rows = [
        deal("open", "2026-10-01", "2026-10-20", deal=NASTY, amount="5000"),
        deal("open", "2026-11-20", amount="1"),
    ]
    with_deals(fresh, rows)
    assert "$5,001 is open in 2 deals; 1 is past its expected close date." in html(fresh)
    assert "orders.csv, record 1" in html(fresh)
    assert "&lt;b&gt;" in html(fresh)  # what came from a file stays text
    fresh.button(key="late-all").click().run()
    assert "Open deals past their expected close date" in html(fresh)
    assert len(fresh.dataframe[0].value) == 1


def test_bars_show_what_was_chosen_or_what_the_address_says(fresh: AppTest) -> None:
    def drawn() -> str:
        spec = str(fresh.get("vega_lite_chart")[0].proto.spec)
        return spec.split('"text": "')[1].split('"')[0]

    fresh.query_params["bars"] = "deals"
    with_deals(fresh, crowd())
    assert drawn().isdecimal()
    chosen = next(c for c in fresh.button_group if str(c.key) == state.measure.key)
    chosen.set_value("weighted").run()
    assert drawn().startswith("$")


def test_a_filter_narrows_deals_and_one_that_does_not_apply_is_said(fresh: AppTest) -> None:
    fresh.query_params["where"] = ["category:Pumps"]
    with_deals(fresh, [deal("open", "2026-11-01", amount="7")])
    assert "The filter on Category does not apply to deals" in html(fresh)
    assert "$7.00 is open in 1 deal" in html(fresh)


def test_a_click_shows_the_deals_of_a_bar_or_narrows_to_its_member(fresh: AppTest) -> None:
    with_deals(fresh, crowd())
    report = pipeline.report(pipeline_selection())
    assert report.conversion is not None
    assert report.stages.bars[0].filters is None
    assert opener(report.stages)({"place": 0})
    assert opener(report.conversion)({"place": 0})
    chosen = dict(state.filters.get())
    assert report.dimension in chosen


def pipeline_selection():
    from salesdash.periods import Period, Window
    from salesdash.selection import Selection

    return Selection(Window(Period(date(2026, 1, 1), date(2027, 1, 1))))
