"""Actions through app.py: the page of one, in both languages and with two sessions."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.selection import Filter
from salesdash.ui import context
from salesdash.workspace import Occasion, Point, Promise, Stamp, Workspace
from tests.browser.homes import NOW
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui
ANA, CLEO = Stamp("Ana Ruiz", NOW), Stamp("Cleo", NOW)
WEEK = Occasion("weekly", "week:2026-W47", date(2026, 11, 16), date(2026, 11, 22))


@pytest.fixture
def named(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return own(fresh)


def workspace() -> Workspace:
    return context.open_home("own").workspace


def one(app: AppTest, number: int, lang: str = "en") -> str:
    """The page of an action; its HTML."""
    app.query_params["lang"] = lang
    app.query_params["action"] = str(number)
    page(app, "actions")
    assert not app.exception
    return html(app)


def promised(**more) -> int:
    """An action from the third line of a weekly meeting; its number."""
    agenda = [Point("text", {"en": str(n), "zh": str(n)}, {}, (), n) for n in range(4)]
    meeting = workspace().meetings.open(WEEK, 0, agenda, CLEO)
    line = workspace().meetings.lines(meeting.id)[2].id
    facts = {"owner": "Bo", "due": date(2026, 12, 4), "line": line, **more}
    return workspace().actions.make(Promise("Call *all* <b>customers</b>", **facts), CLEO)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "Due on 4 Dec 2026 · from the weekly sales meeting of 16–22 Nov, line 3",
                "Expected effect",
                "+$50.0K",
                "North / South",
                "12 Jan 2027",
                "Written down; Owner: Bo; Due on: 4 Dec 2026",
            ),
        ),
        (
            "zh",
            (
                "截止 2026年12月4日 · 来自销售周会（11月16日–22日）第 3 项议题",
                "预期效果",
                "2027年1月12日",
                "新建；负责人：Bo；截止日期：2026年12月4日",
            ),
        ),
    ],
)
def test_the_page_of_an_action_says_what_was_promised_and_where(named, lang, told):
    number = promised(
        metric="sales",
        scope=(Filter("region", ("North", "South")),),
        expected=Decimal(50_000),
        check=date(2027, 1, 12),
    )
    shown = one(named, number, lang)
    for words in told:
        assert words in shown
    assert "Call *all* &lt;b&gt;customers&lt;/b&gt;" in shown


def test_a_comment_is_kept_and_shown_as_it_was_typed(named):
    number = promised()
    workspace().comments.add(number, "first", CLEO)
    one(named, number)
    named.text_input(key=f"w.comment-{number}").input("<i>They</i> want *two* weeks")
    named.button(key=f"comment-{number}").click().run()
    assert [(each.text, each.who) for each in workspace().comments.of(number)] == [
        ("first", "Cleo"),
        ("<i>They</i> want *two* weeks", "Ana Ruiz"),
    ]
    shown = html(named)
    assert shown.index("first") < shown.index("&lt;i&gt;They&lt;/i&gt; want *two* weeks")
    assert "2 comments" in shown
    assert named.text_input(key=f"w.comment-{number}").value == ""
    named.button(key=f"comment-{number}").click().run()
    assert "A comment needs words" in named.error[0].value


def test_the_way_back_leads_to_all_actions(named):
    number = promised()
    one(named, number)
    assert named.query_params["action"] == str(number)
    named.button(key="all-actions").click().run()
    assert "action" not in named.query_params
    assert [each.label for each in named.checkbox] == ["Call \\*all\\* \\<b\\>customers\\<\\/b\\>"]


def test_an_action_that_there_is_not_leaves_the_list(named):
    promised()
    one(named, 99)
    assert len(named.checkbox) == 1
