"""Every chart of every page has its table, CSV, workbook and picture; files hold what is shown."""

import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from streamlit.testing.v1 import AppTest

from salesdash.analysis.rows import Rows
from salesdash.charts import Column, Table
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Filter, Selection
from salesdash.ui import context, exports
from salesdash.ui.shell import SCREENS
from salesdash.workspace import Stamp, Terms
from tests.browser.homes import NOW, ROOT, own_copy
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui

LINK = re.compile(r'href="([^"]*)"')
TOOLS = ("view-{}", "download-{}-csv", "download-{}-xlsx", "download-{}-png")
VIEWS = (
    *((screen.name, {}) for screen in SCREENS[1:]),
    ("customers", {"view": "cohorts"}),
    ("customers", {"view": "segments"}),
    ("customers", {"view": "value"}),
    ("comparison", {"side": "members"}),
    *(("comparison", {"picture": each}) for each in ("ranking", "growth", "places", "multiples")),
    ("overview", {}),
)


@pytest.fixture
def app(fresh: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Order lines and deals of one's own, and Ana before the screen."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    own_copy(tmp_path / "own")
    return own(fresh)


def drawn(app: AppTest) -> list[str]:
    """The keys of the charts on the screen."""
    ids = (each.proto.id for each in app.get("vega_lite_chart"))
    return [re.search(r"chart-([\w-]+?)-\d+$", each).group(1) for each in ids]  # type: ignore[union-attr]


def tools(app: AppTest) -> set[str]:
    kinds = ("button", "download_button")
    return {str(each.key) for kind in kinds for each in app.get(kind)}


def test_every_chart_has_its_tools(app: AppTest) -> None:
    seen: set[str] = set()
    for name, codes in VIEWS:
        for code in ("view", "side", "picture"):
            if code in app.query_params:
                del app.query_params[code]
        app.query_params.update({"home": "own", **codes})
        page(app, name)
        assert not app.exception
        assert not app.error
        there = tools(app)
        for key in drawn(app):
            lacking = [tool.format(key) for tool in TOOLS if tool.format(key) not in there]
            assert not lacking, (name, codes, lacking)
            seen.add(key)
    assert seen >= {"trend", "flows", "leaders", "deals-stages", "movement", "versus-trend"}


def test_charts_are_drawn_by_cards_alone() -> None:
    """So each has its tools; a projector shows those of cards again."""
    drawers = [
        file.name
        for file in sorted((ROOT / "salesdash" / "ui").rglob("*.py"))
        if "st.vega_lite_chart(" in file.read_text("utf-8")
    ]
    assert drawers == ["cards.py", "pinned.py"]


def test_a_workbook_holds_what_is_shown_and_says_what_it_is(app: AppTest) -> None:
    page(app, "trends")
    table = Table(
        (Column("Month", figures=False), Column("Customer", figures=False), Column("Sales"),
         Column("Share"), Column("Orders")),
        (("Oct 2026", "=1+1", "$1,000.50", "12.5%", "2"), ("2026-11-01", "Bo", "—", "—", "0")),
        (("2026-10-01", "=1+1", Decimal("1000.50"), 0.125, 2), ("2026-11-01", "Bo", None, None, 0)),
    )  # fmt: skip
    quarter = Period.through(datetime(2026, 10, 1).date(), datetime(2026, 12, 31).date())
    chosen = Selection(Window(quarter, Grain.QUARTER, quarter), Comparison.LAST_YEAR)
    about = exports.about("Who buys", "sales", chosen.where("region", "North"))
    book = load_workbook(BytesIO(exports.table_xlsx(table, about)))
    shown, told = book.worksheets
    rows = [[cell.value for cell in row] for row in shown.iter_rows()]
    assert rows[0] == ["Month", "Customer", "Sales", "Share", "Orders"]
    assert rows[1] == [datetime(2026, 10, 1), "=1+1", 1000.5, 0.125, 2]
    assert rows[2] == ["2026-11-01", "Bo", None, None, 0]  # shown as it is: no day of ours
    assert shown["B2"].data_type == "s"
    assert [shown[f"{c}2"].number_format for c in "CDE"] == ["#,##0.00", "0.0%", "#,##0"]
    facts = {row[0].value: row[1].value for row in told.iter_rows()}
    assert facts["Shown"] == "Who buys"
    assert (facts["From"], facts["To"]) == (datetime(2026, 10, 1), datetime(2026, 12, 31))
    assert facts["Only"] == "Region: North"
    assert facts["Figure"] == "Sales"
    assert facts["Data as of import"] == 2
    assert facts["Data until"] == datetime(2026, 11, 10)
    assert "documents" in facts["Definition"]


def test_rows_as_a_workbook_say_when_there_are_more(app: AppTest) -> None:
    page(app, "trends")
    found = context.rows(Selection(None), 2)
    assert isinstance(found, Rows)
    book = load_workbook(BytesIO(exports.rows_xlsx(found, exports.about("Sales", "sales"))))
    shown, told = book.worksheets
    assert shown.max_row == 3
    assert ("Rows", "the first 2; the CSV has all") in [
        (row[0].value, row[1].value) for row in told.iter_rows()
    ]


@pytest.mark.parametrize(
    ("name", "codes", "told"),
    [
        ("comparison", {"by": "region", "metric": "sales"}, "Region: North"),
        ("customers", {}, "Customer: Bergmann"),
        ("comparison", {"by": "region", "metric": "sales", "side": "members"}, "Region: South"),
        ("pipeline", {}, ""),
    ],
)
def test_figures_of_tables_open_their_definition_and_rows(
    app: AppTest, name: str, codes: dict[str, str], told: str
) -> None:
    app.query_params.update({"home": "own", **codes})
    page(app, name)
    found = [each for each in map(unescape, LINK.findall(html(app))) if "rows=" in each]
    assert found
    asked = [parse_qs(urlsplit(each).query) for each in found]
    wanted = [each for each in asked if not told or told.split(": ")[1] in each["rows"][0]]
    for code, values in wanted[0].items():
        app.query_params[code] = values
    page(app, name)
    assert not app.exception
    assert not app.error
    assert "Last import" in html(app)  # the drawer is open
    assert told in html(app).split("Last import")[0]
    assert app.get("dataframe")
    assert "rows" not in app.query_params


def test_figures_of_goals_and_meetings_open_theirs_on_their_trend(app: AppTest) -> None:
    """The goal is of North and of November, whatever the screen was looking at."""
    november = Period(date(2026, 11, 1), date(2026, 12, 1))
    terms = Terms("sales", november, Decimal(9000), (Filter("region", ("North",)),))
    context.open_home("own").workspace.goals.add([terms], Stamp("Ana", NOW))
    page(app, "goals")
    (goal,) = [each for each in map(unescape, LINK.findall(html(app))) if "rows=" in each]
    assert parse_qs(urlsplit(goal).query) == {
        "home": ["own"],
        "metric": ["sales"],
        "period": ["month:2026-11"],
        "where": ["region:North"],
        "rows": ["metric=sales"],
    }
    page(app, "meetings").button(key="open-weekly").click().run()
    meeting = [each for each in map(unescape, LINK.findall(html(app))) if "rows=" in each]
    assert len(meeting) >= 3
    app.query_params.update(parse_qs(urlsplit(meeting[0]).query))
    page(app, "trends")
    assert not app.exception
    assert "Last import" in html(app)
