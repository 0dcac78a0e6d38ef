"""Any card is put on the agenda of a chosen meeting, leads back to the same view, is taken off."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.ui import context
from salesdash.workspace import TOPIC, Line, Stamp, Terms, Workspace
from tests.browser.homes import NOW
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

WEEKLY, MONTHLY = 0, 1
DEALS = """Deal Id,Deal Name,Stage,Amount,Created Time,Closing Date,Deal Owner
D-1,Pumps for Bergmann,Closed Won,900.00,2026-10-01,2026-11-18,Ana Ruiz
D-2,Valves for Finch,Negotiation,500.00,2026-10-05,2026-11-02,Bo Lind
"""


@pytest.fixture
def app(stocked: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Orders of one's own, and Ana before the screen."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    own(stocked)
    stocked.query_params["home"] = "own"
    stocked.query_params["where"] = ["region:North"]
    stocked.query_params["period"] = ["month:2026-11"]
    stocked.query_params["compare"] = ["previous"]
    return stocked


def workspace() -> Workspace:
    return context.open_home("own").workspace


def topics() -> list[Line]:
    return [line for line in workspace().meetings.all_lines() if line.kind == TOPIC]


def put(app: AppTest, place: str, key: str, which: int = WEEKLY) -> Line:
    """Put a card of a page on an agenda; the line that was written."""
    page(app, place)
    app.menu_button(key=f"put-{key}").click_index(which).run()
    assert not app.exception
    return topics()[-1]


@pytest.mark.parametrize(
    ("place", "key", "leads_to", "codes", "title"),
    [
        ("trends", "trend", "trends", {"metric": "sales"}, "Sales · Nov 2026 · North"),
        ("overview", "overview-trend", "trends", {"grain": "month"}, "Sales · 2026 · North"),
        (
            "customers",
            "flows",
            "customers",
            {"every": "month", "window": "12", "top": "10"},
            "Who came and who was lost · Nov 2026 · North",
        ),
        ("customers", "customers-top", "customers", {"top": "10"}, None),
    ],
)
def test_a_card_is_kept_with_all_its_choices(
    app: AppTest, place: str, key: str, leads_to: str, codes: dict[str, str], title: str | None
) -> None:
    line = put(app, place, key)
    assert line.page == leads_to
    assert line.query is not None
    assert line.query["where"] == ["region:North"]
    for name, code in codes.items():
        assert line.query[name] == [code]
    assert title is None or line.title["en"] == title
    assert "{" not in line.title["en"] + line.title["zh"]


def test_it_leads_back_to_the_same_view(app: AppTest) -> None:
    app.query_params["metric"] = "orders"
    app.query_params["grain"] = "week"
    line = put(app, "trends", "trend")
    assert line.query is not None
    seen = html(app)
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["home"] = "own"
    page(app, "trends")
    assert html(app) != seen
    for name, codes in line.query.items():
        app.query_params[name] = codes
    page(app, "trends")
    assert html(app) == seen


def test_a_line_goes_to_the_chosen_meeting_and_off_again(app: AppTest) -> None:
    first = put(app, "trends", "trend")
    second = put(app, "trends", "trend", MONTHLY)
    kinds = {meeting.id: meeting.kind for meeting in workspace().meetings.all()}
    assert [kinds[line.meeting] for line in (first, second)] == ["weekly", "monthly"]
    page(app, "meetings")
    app.button(key=f"off-{second.id}").click().run()
    assert [line.id for line in topics()] == [first.id]
    app.button(key="open-weekly").click().run()
    assert "Sales · Nov 2026 · North" in html(app)
    app.button(key=f"off-{first.id}").click().run()
    assert topics() == []
    assert not app.error
    said = workspace().history.of("line_runs", 1)
    assert [(each.content["outcome"], each.who) for each in said] == [("off", "Ana Ruiz")]


def test_cards_of_pipeline_and_the_page_of_a_goal_are_offered_too(app: AppTest) -> None:
    page(app, "imports")
    drop(app, "deals.csv", DEALS)
    app.button(key="commit").click().run()
    del app.query_params["where"]
    line = put(app, "pipeline", "deals-stages")
    assert (line.page, line.title["en"]) == ("pipeline", "Open deals by stage · Nov 2026")
    assert line.query is not None
    assert line.query["bars"] == ["amount"]
    offered = {str(each.key) for each in app.menu_button}
    assert {"put-pipeline", "put-deals-ages", "put-deals-cycle", "put-late"} <= offered


def test_the_page_of_a_goal_is_put_there_as_it_is(app: AppTest) -> None:
    terms = Terms("sales", Period.through(date(2026, 10, 1), date(2026, 12, 31)), Decimal(9000))
    (goal,) = workspace().goals.add([terms], Stamp("Ana", NOW))
    number = goal if isinstance(goal, int) else goal.number
    code = next(g.code for g in workspace().goals.standing() if g.number == number)
    app.query_params["goal"] = code
    line = put(app, "goals", "goal")
    assert (line.page, line.title["en"]) == ("goals", "Sales · Q4 2026")
    assert line.query is not None
    assert line.query["goal"] == [code]
