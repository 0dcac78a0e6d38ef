"""Views of Customers through app.py: cohorts and what a cell opens, in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from streamlit.testing.v1 import AppTest

from salesdash.charts import Table
from salesdash.selection import Filter, Selection
from salesdash.ui import cards, context, exports
from salesdash.ui.customers import acquisition, cohorts
from salesdash.ui.meetings import pinned_customers
from salesdash.ui.meetings.asked import Asked
from tests.browser.homes import TODAY
from tests.terminal import command
from tests.ui.conftest import _app
from tests.ui.test_screens import html, page

pytestmark = pytest.mark.ui


def shown(app: AppTest, view: str, lang: str = "en", **codes: str) -> AppTest:
    """A view with its codes, as a link says them."""
    app.query_params["view"] = view
    app.query_params["lang"] = lang
    for name, code in codes.items():
        app.query_params[name] = code
    page(app, "customers")
    assert not app.exception
    assert not app.error
    return app


def test_the_switch_leads_to_the_views_and_stands_in_the_address(front: AppTest) -> None:
    shown(front, "")
    assert "Who came and who was lost" in html(front)
    front.button_group(key="w.view").set_value("cohorts").run()
    assert "buy again in the month after their first purchase" in html(front)
    assert front.query_params["view"] == "cohorts"
    front.button_group(key="w.view").set_value("").run()
    assert "Who came and who was lost" in html(front)


@pytest.mark.parametrize(("lang", "told"), [("en", "Outlined cells"), ("zh", "虚线框为尚未结束")])
def test_cohorts_are_a_heatmap_with_a_table(front: AppTest, lang: str, told: str) -> None:
    shown(front, "cohorts", lang, every="quarter", shown="per-customer")
    assert told in html(front)
    assert len(front.get("vega_lite_chart")) == 1
    front.button(key="view-cohorts").click().run()
    assert not front.get("vega_lite_chart")
    assert "<table" in html(front)


def test_members_are_rows_and_what_does_not_fit_is_left_out(front: AppTest) -> None:
    shown(front, "cohorts", by="channel", every="year", shown="nothing")
    assert "A customer belongs to the channel of the first order" in html(front)
    shown(front, "cohorts", by="customer")
    assert "Outlined cells" in html(front)


def test_a_cell_opens_its_customers(front: AppTest) -> None:
    shown(front, "cohorts", every="year")
    choice = cohorts.read({"every": "year"})
    found = context.remembered(("test", "cohorts"), lambda: cohorts.ask(Selection(None), choice))
    number = next(n for n, row in enumerate(found.rows) if row.size)
    follow = cohorts._follower(found)
    assert not follow({"row": len(found.rows), "place": 0})  # the average
    unit = found.rows[number].unit
    front.session_state["slot.opened_cohort"] = (unit, unit)
    front.run()
    assert not front.exception
    body = html(front)
    assert f"{found.rows[number].size:,} customers" in body
    assert "First purchase" in body
    assert len(front.dataframe) == 1


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("slipped away since", "Who moved", "Bought often or much", "Value 5")),
        ("zh", ("濒临流失", "谁换了分群", "曾经买得多或买得勤", "价值 5")),
    ],
)
def test_segments_have_sizes_moves_and_customers(
    front: AppTest, lang: str, told: tuple[str, ...]
) -> None:
    shown(front, "segments", lang)
    body = html(front)
    assert all(words in body for words in told)
    assert len(front.get("vega_lite_chart")) == 1
    front.selectbox(key="w.segment").set_value("champions").run()
    assert front.query_params["segment"] == "champions"
    assert "where=customer%3A" in html(front)


def test_without_a_comparison_nobody_moved(front: AppTest) -> None:
    shown(front, "segments", compare="none", segment="nonsense")
    assert "Choose a comparison above" in html(front)
    assert "Bought often or much" in html(front)  # of the one listed first


ORDERS = """Order No,Order Date,Customer,Channel,Quantity,Cost,Amount
1,2024-06-01,Ann,Web,1,5,10
2,2025-05-02,Ann,Shop,1,40,90
3,2026-02-03,Ann,Shop,1,40,90
4,2026-10-05,Bob,Shop,1,20,60
5,2026-10-06,Cem,Web,1,20,60
6,2026-11-20,Cem,Web,1,5,10
"""
COSTS = """Date,Cost Type,Channel,Amount
2026-10-02,acquisition,Web,30
2026-11-20,acquisition,Shop,90
"""


@pytest.fixture
def spending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """A home with orders of two years and what was spent to win customers."""
    place = tmp_path / "own"
    for name, text, dataset in (("orders.csv", ORDERS, "sales"), ("costs.csv", COSTS, "costs")):
        (tmp_path / name).write_text(text)
        purpose = ("--set", "purpose=acquisition") if dataset == "costs" else ()
        options = ("--dataset", dataset, "--dates", "ymd", *purpose)
        command(place, "--today", str(TODAY), "import", tmp_path / name, *options)
    yield from _app(place, monkeypatch)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("A new customer cost $60.00", "Paid back in month", "not by month", "Total")),
        ("zh", ("获得一位新客户的成本为 $60.00", "第几个月回本", "合计")),
    ],
)
def test_acquisition_is_by_channel_with_its_total(
    spending: AppTest, lang: str, told: tuple[str, ...]
) -> None:
    """30 in the web won Cem, 90 in the shop won Bob; Ann came long ago."""
    shown(spending, "acquisition", lang, home="own")
    body = html(spending)
    assert all(words in body for words in told), body
    assert len(spending.get("vega_lite_chart")) == 1
    spending.selectbox(key="w.breakdown").set_value("all").run()
    assert not spending.exception
    assert not spending.get("vega_lite_chart")
    assert spending.query_params["by"] == "all"


def test_without_costs_it_says_what_is_missing(front: AppTest) -> None:
    shown(front, "acquisition")
    assert "What a new customer costs is not known." in html(front)


def test_acquisition_is_offered_where_its_metrics_are(
    front: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acquisition, "is_known", lambda: False)
    shown(front, "acquisition")
    assert "Who came and who was lost" in html(front)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("are worth about", "Back-test:", "likely still are customers", "at stake")),
        ("zh", ("预计贡献毛利", "回测：", "很可能仍是客户", "涉及")),
    ],
)
def test_value_has_figures_a_back_test_customers_and_who_is_at_risk(
    front: AppTest, lang: str, told: tuple[str, ...]
) -> None:
    shown(front, "value", lang, by="channel", ahead="24")
    body = html(front)
    assert all(words in body for words in told), body
    assert len(front.get("vega_lite_chart")) == 2
    assert "where=customer%3A" in body  # a customer leads to its own figures
    front.button_group(key="w.ahead").set_value("6").run()
    assert not front.exception
    assert front.query_params["ahead"] == "6"


def test_worth_and_risk_of_customers_come_as_workbooks(
    front: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, Table] = {}

    def files(key: str, _what: str, make: Callable[[], Table], *_asked: object) -> None:
        made[key] = make()

    monkeypatch.setattr(cards, "files", files)
    shown(front, "value")
    assert not front.exception
    for table in (made["worth"], made["risk"]):
        book = load_workbook(BytesIO(exports.table_xlsx(table, ("About", ()))))
        header, *rows = book.worksheets[0].iter_rows(values_only=True)
        assert list(header) == [column.name for column in table.columns]
        assert len(rows) == len(table.rows) > 0
        figures = [n for n, column in enumerate(table.columns) if column.figures]
        assert any(isinstance(rows[0][n], int | float) for n in figures)


@pytest.mark.parametrize(("card", "title"), [("pulse", "Who still is"), ("tracking", "What was")])
def test_cards_of_value_are_drawn_on_an_agenda(front: AppTest, card: str, title: str) -> None:
    shown(front, "value")
    codes = {"view": "value", "card": card}
    asked = Asked("customers", codes, Selection(None), "active_customers", TODAY)
    drawing = pinned_customers.drawing(asked, context.words())
    assert drawing is not None
    assert drawing.title.startswith(title)
    assert drawing.draw(drawing.answer, context.words())["layer"]
    leads = replace(asked, codes={"view": "value", "card": "risk"})
    assert pinned_customers.drawing(leads, context.words()) is None


RHYTHM = "\n".join(
    [
        "Order No,Order Date,Customer,Amount",
        *(f"A{month},2026-0{month}-02,Ann,100" for month in (1, 2, 3, 4)),
        *(f"B{month},2026-{month:02}-02,Bob,100" for month in range(1, 12)),
    ]
)


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """A home of two customers, Ann of whom has been silent since April."""
    place = tmp_path / "own"
    (tmp_path / "orders.csv").write_text(RHYTHM)
    command(place, "--today", str(TODAY), "import", tmp_path / "orders.csv", "--dates", "ymd")
    yield from _app(place, monkeypatch)


def test_an_action_is_made_of_who_is_at_risk(silent: AppTest) -> None:
    """Too few for the models; who is silent is known all the same, and called."""
    silent.session_state["slot.who"] = "Ana"
    silent.session_state["propose-risk-0"] = True
    shown(silent, "value", home="own")
    body = html(silent)
    assert "too few to say" in body
    assert "Buys every 31 days, silent for 214: 6.9 times as long as ever before" in body
    assert not silent.get("vega_lite_chart")
    silent.button(key="promise-risk-0").click().run()
    assert not silent.exception
    (action,) = context.home().workspace.actions.all()
    assert (action.text, action.metric) == ("Call Ann", "sales")
    assert action.scope == (Filter("customer", ("Ann",)),)
    assert action.page == "customers"
    assert action.query == {"view": ["value"], "where": ["customer:Ann"]}
