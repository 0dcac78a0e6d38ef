"""What was restated, and who goals are behind by, in meetings through app.py."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.analysis import frozen
from salesdash.periods import Period
from salesdash.ui import context, process
from salesdash.workspace import Stamp, State, Terms
from tests.browser.homes import NOW, TODAY
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

FIRST = """Order No,Order Date,Customer,Amount
A-1,2026-11-10,Bergmann,100.00
A-2,2026-11-11,<b>Finch</b>,50.00
"""
LATE = """Order No,Order Date,Customer,Amount
A-2,2026-11-11,<b>Finch</b>,80.00
A-3,2026-11-12,Sycamore,12.50
A-4,2026-11-17,Sycamore,7.00
"""


@pytest.fixture
def app(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A meeting of last week is closed; then a file brings late and changed orders."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return fresh


def brought(app: AppTest, name: str, text: str) -> None:
    page(app, "imports")
    drop(app, name, text)
    app.button(key="commit").click().run()


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Another day begins."""
    monkeypatch.setenv("SALESDASH_TODAY", day)
    process.forget()
    context.begin()


@pytest.mark.parametrize(
    ("lang", "told", "row", "by"),
    [
        (
            "en",
            "4 figures are different from what was shown: 2 changes by 1 import.",
            "Came late, order date 12 Nov, amount $12.50",
            "late.csv, import 2, Ana Ruiz, 23 Nov: 1 with another amount, 1 came late"
            " · Sales +$42.50, Orders +1",
        ),
        (
            "zh",
            "有 4 项数据与当时展示的不同：1 次导入带来 2 处变动。",
            "补录、订单日期 11月12日、金额 $12.50",
            "late.csv，第 2 次导入，Ana Ruiz，11月23日：",
        ),
    ],
)
def test_late_rows_are_listed_with_their_file(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, lang: str, told: str, row: str, by: str
) -> None:
    brought(own(app), "first.csv", FIRST)
    on(monkeypatch, "2026-11-16")
    page(app, "meetings")
    app.button(key="open-weekly").click().run()
    app.button(key="close-meeting").click().run()
    on(monkeypatch, str(TODAY))
    brought(app, "late.csv", LATE)
    app.query_params["lang"] = lang
    app.query_params["meeting"] = "1"
    page(app, "meetings")
    shown = html(app)
    assert "A-2 · &lt;b&gt;Finch&lt;/b&gt;" in shown
    for each in (told, row, by):
        assert each in shown
    app.button(key="all-meetings").click().run()
    app.button(key="open-weekly").click().run()
    assert not app.exception
    assert not app.error
    shown = html(app)
    for each in (told, row, by):
        assert each in shown
    assert "A-4" not in shown  # it belongs to the week of this meeting
    app.button(key="close-meeting").click().run()
    meeting = context.home().workspace.meetings.get(2)
    assert meeting.state is State.CLOSED
    kept = frozen.loads(meeting.answers or "")
    (line,) = (each.restated for each in kept.lines if each.restated is not None)
    assert [unit.key for unit in line.lists[0].units] == ["A-2", "A-3"]
    assert row in html(app)


def test_a_goal_behind_leads_to_the_members_it_is_behind_by(app: AppTest) -> None:
    orders = """Order No,Order Date,Customer,Region,Amount
A-0,2025-01-02,Finch,North,1.00
A-1,2025-11-05,Finch,North,60.00
A-2,2025-11-06,Finch,South,40.00
A-3,2026-11-05,Finch,North,10.00
A-4,2026-11-20,Finch,South,45.00
"""
    brought(own(app), "orders.csv", orders)
    november = Period.through(date(2026, 11, 1), date(2026, 11, 30))
    terms = Terms("sales", november, Decimal(140))
    context.home().workspace.goals.add([terms], Stamp("Ana", NOW))
    page(app, "meetings")
    app.button(key="open-weekly").click().run()
    shown = html(app)
    assert "North −$74.00, 87% of the gap" in shown
    link = re.search(r'href="(comparison[^"]+)"', shown)
    assert link is not None
    asked = parse_qs(urlsplit(unescape(link[1])).query)
    assert asked["metric"] == ["sales"]
    assert (asked["by"], asked["compare"]) == (["region"], ["last-year"])
    assert asked["period"] == ["2026-11-01..2026-11-20"]
