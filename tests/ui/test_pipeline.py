"""The Pipeline page through app.py."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import imports
from salesdash.analysis.leaders import Board
from salesdash.imports import Request
from salesdash.periods import Period, Window
from salesdash.selection import Filter, Selection
from salesdash.ui import context, deals, state
from salesdash.ui.deals import opener
from salesdash.ui.pipeline import leaderboard, moved, opening
from salesdash.workspace import Stamp, Terms
from tests.browser.homes import NOW, ORDERS_FILE, own_copy
from tests.ui.test_screens import html, own, page
from tests.warehouse.deals import deal, many

pytestmark = pytest.mark.ui

YEAR = Selection(Window(Period(date(2026, 1, 1), date(2027, 1, 1))))
NASTY = "![x](http://example.invalid/p.png)<b>"


def with_deals(app: AppTest, rows: list[dict[str, object]], place: Path) -> AppTest:
    """The page over one's own home with three order lines and an export of these deals."""
    own_copy(place / "own", ORDERS_FILE, ("deals.csv", export(rows), "deals"))
    return page(own(app), "pipeline")


def export(rows: list[dict[str, object]]) -> str:
    """A file of these deals."""
    headers = sorted({name for row in rows for name in row if name not in ("counts", "outcome")})
    file = io.StringIO()
    writer = csv.DictWriter(file, headers, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def test_without_deals_the_page_says_what_to_do(front: AppTest, monkeypatch) -> None:
    monkeypatch.setattr(opening, "holds_deals", lambda: False)
    page(front, "pipeline")
    assert front.info[0].proto.body.startswith("An export of deals")
    assert front.button(key="import-deals").label == "Import deals"


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", ("Open deals by stage", "What these figures leave out")), ("zh", ("各阶段在跟商机",))],
)
def test_every_card_is_there(
    fresh: AppTest, tmp_path: Path, lang: str, told: tuple[str, ...]
) -> None:
    fresh.query_params["lang"] = lang
    fresh.query_params["period"] = "all"
    with_deals(fresh, many(300), tmp_path)
    assert not fresh.exception
    assert not fresh.error
    for words in told:
        assert words in html(fresh)
    assert len(fresh.get("vega_lite_chart")) == 8
    assert "—" not in html(fresh).split("</h1>")[0].split("<h1")[1]


def test_a_late_deal_names_its_file_and_record(fresh: AppTest, tmp_path: Path) -> None:
    rows = [
        deal("open", "2026-10-01", "2026-10-20", stage="Qualification", deal=NASTY, amount="5000"),
        deal("open", "2026-11-20", stage="Qualification", deal="D2", amount="1"),
    ]
    with_deals(fresh, rows, tmp_path)
    assert "$5,001 is open in 2 deals; 1 is past its expected close date." in html(fresh)
    assert "deals.csv, record 1" in html(fresh)
    assert "&lt;b&gt;" in html(fresh)  # what came from a file stays text
    fresh.button(key="late-all").click().run()
    assert "Open deals past their expected close date" in html(fresh)
    assert len(fresh.dataframe[0].value) == 1


def test_bars_show_what_was_chosen_or_what_the_address_says(fresh: AppTest, tmp_path: Path) -> None:
    def drawn() -> str:
        spec = str(fresh.get("vega_lite_chart")[0].proto.spec)
        return spec.split('"text": "')[1].split('"')[0]

    fresh.query_params["bars"] = "deals"
    with_deals(fresh, many(300), tmp_path)
    assert drawn().isdecimal()
    chosen = next(c for c in fresh.button_group if str(c.key) == state.measure.key)
    chosen.set_value("weighted").run()
    assert drawn().startswith("$")


def test_a_filter_narrows_deals_and_one_that_does_not_apply_is_said(
    fresh: AppTest, tmp_path: Path
) -> None:
    fresh.query_params["where"] = ["category:Pumps"]
    one = deal("open", "2026-11-01", stage="Qualification", amount="7")
    with_deals(fresh, [one], tmp_path)
    assert "The filter on Category does not apply to deals" in html(fresh)
    assert "$7.00 is open in 1 deal" in html(fresh)


def test_a_click_shows_the_deals_of_a_bar_from_where_screens_narrow_to_its_member(
    fresh: AppTest, tmp_path: Path
) -> None:
    with_deals(fresh, many(300), tmp_path)
    report = opening.report(YEAR)
    assert report.conversion is not None
    assert report.stages.bars[0].filters is None
    assert opener(report.stages)({"place": 0})
    assert opener(report.conversion)({"place": 0})
    assert not state.filters.get()
    fresh.session_state["slot.opened_deals"] = deals.opened.get()
    fresh.run()
    assert "Won and lost deals: " in html(fresh)
    fresh.button(key="deals-narrow").click().run()
    assert report.dimension in dict(fresh.session_state["slot.filters"])


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "No target of Won amount"), ("zh", "没有恰好对应当前范围")]
)
def test_a_coverage_without_a_target_says_so_on_every_screen_and_has_one_with_a_goal(
    fresh: AppTest, tmp_path: Path, lang: str, told: str
) -> None:
    fresh.query_params["lang"] = lang
    rows = [
        deal("won", "2026-09-01", "2026-10-20", deal="W", amount="400", team="A"),
        deal("open", "2026-10-01", "2026-12-20", deal="O", amount="1500", team="B"),
    ]
    with_deals(fresh, rows, tmp_path)
    assert told in html(fresh)
    fresh.query_params["metric"] = "pipeline_coverage"
    for name in ("trends", "comparison"):
        page(fresh, name)
        assert not fresh.error
        assert told in html(fresh)
        assert not fresh.get("vega_lite_chart")
    quarter = Period(date(2026, 10, 1), date(2027, 1, 1))
    terms = Terms("won_amount", quarter, Decimal(1000))
    context.open_home("own").workspace.goals.add([terms], Stamp("Ana Ruiz", NOW))
    page(fresh, "pipeline")
    assert told not in html(fresh)
    assert "2.5" in html(fresh)  # 1500 / (1000 - 400)
    assert {"en": "$1,500 is due to close", "zh": "本期剩余时间预计成交 $1,500"}[lang] in html(
        fresh
    )
    assert {"en": "set them under Goals", "zh": "可在“目标”中设置"}[lang] in html(fresh)
    fresh.button(key="coverage-due").click().run()
    assert not fresh.exception
    assert fresh.dataframe[0].value.shape[0] == 1
    team = Terms("won_amount", quarter, Decimal(500), (Filter("team", ("A",)),))
    context.open_home("own").workspace.goals.add([team], Stamp("Ana Ruiz", NOW))
    page(fresh, "pipeline")
    assert {"en": "B has deals and no target", "zh": "B有商机，但没有自己的目标"}[lang] in html(
        fresh
    )


def exported(app: AppTest, place: Path, lang: str = "en") -> AppTest:
    """The page over two exports of deals, a week apart: one grew, one was won, one is new."""
    app.query_params["lang"] = lang
    first = [
        deal("open", "2026-10-01", "2026-11-20", stage="Qualification", deal="A", amount="100"),
        deal("open", "2026-10-01", "2026-12-01", stage="Qualification", deal="B", amount="40"),
    ]
    with_deals(app, first, place)
    second = [
        {**first[0], "amount": "130", "close_date": "2026-12-20"},
        deal("won", "2026-10-01", "2026-11-12", stage="Closed Won", deal="B", amount="40"),
        deal("open", "2026-11-12", "2027-02-01", stage="Qualification", deal=NASTY, amount="7"),
    ]
    file = place / "deals_2.csv"
    file.write_text(export(second), "utf-8")
    home = context.open_home("own")
    request = Request(file, "deals_2.csv", dataset="deals", dates="ymd")
    staged = imports.stage(home, replace(request, as_of=NOW + timedelta(days=7)), NOW)
    assert not staged.questions
    imports.commit(home, staged, "Ana Ruiz", NOW + timedelta(days=7))
    return page(app, "pipeline")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "The pipeline shrank by $3.00 to $137 since"),
        ("zh", "在跟商机减少 $3.00，现为 $137"),
    ],
)
def test_what_moved_between_the_last_two_exports(
    fresh: AppTest, tmp_path: Path, lang: str, told: str
) -> None:
    exported(fresh, tmp_path, lang)
    assert not fresh.exception
    assert not fresh.error
    assert told in html(fresh)
    assert {"en": "How deals move on", "zh": "各阶段的推进率"}[lang] in html(fresh)
    boxes = {str(box.key): box for box in fresh.selectbox}
    assert boxes[state.since.key].value == "2"
    assert boxes[state.until.key].value == "3"
    fresh.button(key="show-put-off").click().run()
    assert len(fresh.dataframe[0].value) == 1
    assert not fresh.exception


def test_the_address_says_which_moments_and_which_deals(fresh: AppTest, tmp_path: Path) -> None:
    fresh.query_params["since"] = "3"  # not before the end: since last week stands in
    fresh.query_params["due"] = "period"
    fresh.query_params["period"] = "quarter:2026Q4"
    exported(fresh, tmp_path)
    assert "The pipeline shrank by $10.00 to $130" in html(fresh)  # the new one closes in 2027
    chosen = next(c for c in fresh.button_group if str(c.key) == state.due.key)
    chosen.set_value("").run()
    assert "to $137" in html(fresh)


def test_one_export_is_worked_out_from_dates(fresh: AppTest, tmp_path: Path) -> None:
    with_deals(fresh, many(60), tmp_path)
    assert "worked out from the dates" in html(fresh)
    assert "It takes two exports of deals" in html(fresh)


def test_a_late_deal_says_how_often_it_was_put_off(fresh: AppTest, tmp_path: Path) -> None:
    exported(fresh, tmp_path)
    assert "Past their expected close date" in html(fresh)
    assert moved._follow({"kind": "won"})
    assert not moved._follow({"kind": "opening"})
    fresh.run()


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Open deals by forecast category"), ("zh", "按预测类别看在跟商机")],
)
def test_forecast_categories_where_the_export_has_them(
    fresh: AppTest, tmp_path: Path, lang: str, title: str
) -> None:
    fresh.query_params["lang"] = lang
    rows = [
        deal("open", "2026-10-01", stage="Qualification", deal="A", forecast_category="Commit"),
        deal("open", "2026-10-01", stage="Qualification", deal="B", forecast_category="Omitted"),
    ]
    with_deals(fresh, rows, tmp_path)
    assert not fresh.error
    assert title in html(fresh)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "By working day in post"), ("zh", "按在岗工作日")],
)
def test_a_leaderboard_as_the_address_says_whose_bars_open_their_rows(
    fresh: AppTest, tmp_path: Path, lang: str, told: str
) -> None:
    fresh.query_params.update(
        {"lang": lang, "rank": "win_rate", "who": "team", "period": "year:2026"}
    )
    with_deals(fresh, many(300), tmp_path)
    assert not fresh.exception
    box = next(box for box in fresh.selectbox if str(box.key) == state.leaders_metric.key)
    assert box.value == "win_rate"
    found = leaderboard.ask(YEAR, Board("win_rate", "team"))
    assert {line.name for line in found.placed} == {"North", "South"}
    assert not [each for each in fresh.button_group if str(each.key) == state.leaders_daily.key]
    box.set_value("won_deals").run()
    (fair,) = [each for each in fresh.button_group if str(each.key) == state.leaders_daily.key]
    assert told in fair.options
    assert leaderboard._follow(found, {"place": 0})
    for slot in (state.opened_metric, state.opened_where):
        fresh.session_state[f"slot.{slot.name}"] = slot.get()
    fresh.run()
    assert not fresh.exception
    shown = fresh.dataframe[0].value.astype(str).to_numpy().ravel()
    first, second = (line.name for line in found.placed)
    assert first in shown
    assert second not in shown
