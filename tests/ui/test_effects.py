"""Effects and verdicts through app.py: on the page of an action, added up, among what waits."""

import re
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import texts
from salesdash.analysis import occasions
from salesdash.selection import Filter
from salesdash.ui import context
from salesdash.workspace import Promise, Stamp, Verdict, Workspace
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui
ANA = Stamp("Ana Ruiz", datetime(2026, 10, 12, 9, 0))
CHECK = date(2026, 11, 15)


@pytest.fixture
def named(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return own(fresh)


@pytest.fixture
def buying(stocked: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The same with a few orders."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return own(stocked)


def workspace() -> Workspace:
    return context.open_home("own").workspace


def promised(**more) -> int:
    facts = {"metric": "sales", "scope": (Filter("region", ("North",)),), "check": CHECK, **more}
    return workspace().actions.make(Promise("Visit <b>all</b> of the North", **facts), ANA)


def one(app: AppTest, number: int, lang: str = "en") -> AppTest:
    app.query_params["lang"] = lang
    app.query_params["action"] = str(number)
    page(app, "actions")
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_the_page_of_an_action_asks_for_its_verdict_and_keeps_it(named, lang):
    number = promised()
    shown = html(one(named, number, lang))
    assert texts.t("effect.title", lang) in shown
    assert texts.t("effect.rule", lang, word=texts.t("effect.verdict.unclear", lang)) in shown
    choice = next(b for b in named.button_group if str(b.key).startswith("verdict-action"))
    assert choice.value == Verdict.UNCLEAR.value
    choice.set_value(Verdict.WORKED.value)
    note = next(t for t in named.text_area if str(t.key).startswith("verdict-note"))
    note.set_value("They <i>buy</i> again")
    next(b for b in named.button if str(b.key).startswith("verdict-save")).click().run()
    assert not named.exception
    (given,) = workspace().verdicts.of(number)
    assert (given.word, given.proposal, given.who) == (
        Verdict.WORKED,
        Verdict.UNCLEAR,
        "Ana Ruiz",
    )
    assert "They &lt;i&gt;buy&lt;/i&gt; again" in html(named)


def test_an_action_without_figure_says_what_to_do(named):
    number = workspace().actions.make(Promise("Tidy up"), ANA)
    assert texts.t("effect.nothing", "en") in html(one(named, number))


def test_before_the_check_day_nothing_is_asked(named):
    number = promised(check=date(2027, 1, 10))
    shown = html(one(named, number))
    assert "Too early" in shown
    assert not [b for b in named.button if str(b.key).startswith("verdict-save")]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_verdicts_add_up_to_what_works(named, lang):
    named.query_params["lang"] = lang
    named.query_params["view"] = "works"
    page(named, "actions")
    assert texts.t("effect.works.none", lang) in html(named)
    number = promised()
    one(named, number, lang)
    next(b for b in named.button if str(b.key).startswith("verdict-save")).click().run()
    del named.query_params["action"]
    named.session_state["action"] = ""
    named.query_params["view"] = "works"
    page(named, "overview")
    named.query_params["view"] = "works"
    page(named, "actions")
    assert not named.exception
    told = texts.t("effect.works.headline", lang, worked=0, count=1)
    assert told in re.sub("<[^>]+>", "", html(named))
    assert texts.t("effect.works.too_few", lang) in html(named)


def test_what_waits_stands_on_the_overview(buying):
    promised()
    page(buying, "overview")
    labels = [str(link.proto.label) for link in buying.get("page_link")]
    assert any("1 action waits for its verdict" in label for label in labels)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_course_that_was_finished_is_looked_at_by_a_figure(buying, lang):
    buying.query_params["lang"] = lang
    page(buying, "training")
    assert texts.t("effect.course.none", lang) in html(buying)
    course = next(iter(context.settings().training.values()))
    for item in course.items:
        key = ("Bo", course.id, item)
        workspace().training.tick(key, Stamp("Bo", datetime(2026, 3, 2, 9)), done=True)
    page(buying, "overview")
    page(buying, "training")
    assert not buying.exception
    assert texts.t("effect.course.word.too_few", lang) in html(buying)
    labels = [each.label for each in buying.selectbox]
    assert texts.t("effect.course.figure", lang) in labels


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_meeting_asks_and_the_answer_is_in_its_minutes(named, lang):
    number = promised()
    plan = context.settings().meetings["weekly"]
    day = date(2026, 11, 23)
    due = occasions.occasion(plan, day, context.settings().fiscal)
    stamp = Stamp("Ana Ruiz", datetime(2026, 11, 23, 8, 0))
    meeting = workspace().meetings.open(due, 0, occasions.agenda(plan), stamp)
    named.query_params["lang"] = lang
    named.query_params["meeting"] = str(meeting.id)
    page(named, "meetings")
    assert not named.exception
    shown = html(named)
    assert "Visit &lt;b&gt;all&lt;/b&gt; of the North" in shown
    choice = next(b for b in named.button_group if str(b.key).startswith("verdict-line"))
    choice.set_value(Verdict.DID_NOT.value)
    next(b for b in named.button if str(b.key).startswith("verdict-save-line")).click().run()
    assert not named.exception
    assert [given.word for given in workspace().verdicts.of(number)] == [Verdict.DID_NOT]
    assert not [b for b in named.button if str(b.key).startswith("verdict-save-line")]
    word = texts.t("effect.verdict.did_not", lang)
    assert texts.t("effect.said", lang, who="Ana Ruiz", word=word) in html(named)
