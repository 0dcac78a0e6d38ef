"""Reviews of goals through app.py, without a browser."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.analysis import kept, looks
from salesdash.ui import context
from salesdash.workspace import Goal, Said, Stamp, Terms, Word
from salesdash.workspace.reviews import Reviews
from tests.browser.homes import MORE, NOW, ROOT
from tests.ui.test_goals import BO, NORTH, Q4, add, app, store
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui
__all__ = ["app"]

BEFORE = Stamp("Bo", datetime(2026, 10, 12, 9, 0))
"""Goals that were set weeks ago: their review of this week (Monday the 23rd is today) is due."""


def reviews() -> Reviews:
    return context.home().workspace.reviews


def old(target: str, **more) -> Goal:
    (goal,) = store().add([Terms("sales", Q4, Decimal(target), **more)], BEFORE, "plan")
    return goal


def reviewed(goal: Goal, word: Word, day: date) -> None:
    """A review as somebody else kept it."""
    progress = next(each for each in context.goals() if each.goal.code == goal.code)
    look = looks.build(context.warehouse(), context.settings(), progress, day, "USD")
    seen = reviews().of(goal)
    last = seen[0].number if seen else 0
    reviews().add(goal, kept.seen(look), Said(word, f"on {day}"), BO, last)


def open_page(app: AppTest, goal: Goal, lang: str = "en") -> None:
    app.query_params["lang"] = lang
    app.query_params["goal"] = goal.code
    page(app, "goals")
    assert not app.exception


def fields(app: AppTest, name: str) -> str:
    keys = [
        str(w.key) for kind in ("text_input", "text_area", "button_group") for w in app.get(kind)
    ]
    return next(key for key in keys if key.startswith("review-") and key.endswith(f"-{name}"))


def keep(app: AppTest, goal: Goal, word: str, note: str = "") -> None:
    app.button_group(key=fields(app, "word")).set_value(word).run()
    app.text_area(key=fields(app, "note")).set_value(note).run()
    app.button(key=f"review-save-{goal.code}").click().run()
    assert not app.exception


@pytest.mark.parametrize(
    ("lang", "due", "kept_words"),
    [
        (
            "en",
            "Weekly review due since Monday",
            ("By rule: Off pace", "Ana: At risk", "$2,000 of $9,000"),
        ),
        ("zh", "自周一起应做每周复盘", ("按规则：落后进度", "Ana：有风险", "$2,000 / $9,000")),
    ],
)
def test_a_review_is_due_said_and_kept_with_the_figures_of_the_day(app, lang, due, kept_words):
    goal = old("9000")
    open_page(app, goal, lang)
    assert due in html(app)
    app.text_input(key=fields(app, "decision")).set_value("Call <b>Berg").run()
    keep(app, goal, "at_risk", "quiet")
    shown = html(app)
    assert due not in shown
    for words in (*kept_words, "quiet", "Call &lt;b&gt;Berg"):
        assert words in shown
    (review,) = reviews().of(goal)
    assert (review.said, review.who) == (Said(Word.AT_RISK, "quiet", "Call <b>Berg"), "Ana")
    assert kept.look(review).progress.actual.value == 2000
    assert review.seen.cut == 1


def test_later_data_and_a_new_target_change_no_review(app):
    goal = old("9000")
    open_page(app, goal)
    keep(app, goal, "on_track")
    before = reviews().of(goal)
    page(app, "imports")
    drop(app, "more.csv", MORE)
    app.button(key="commit").click().run()
    store().revise(store().standing()[0], replace(goal.terms, target=Decimal(5000)), BO, "less")
    open_page(app, goal)
    shown = html(app)
    assert "$2,000 of $9,000" in shown  # the review
    assert "$2,500" in shown  # the goal itself, 2,499.75
    assert "Of the target first set ($9,000.00) 27.8% is reached, of the one that stands" in shown
    assert reviews().of(goal) == before


def test_a_review_needs_a_judgement_and_a_name(app):
    goal = old("9000")
    open_page(app, goal)
    app.button(key=f"review-save-{goal.code}").click().run()
    assert app.error[0].value.startswith("Choose your judgement first")
    stranger = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    own(stranger)
    open_page(stranger, goal)
    keep(stranger, goal, "on_track")
    assert stranger.error[0].value.startswith("Please say who you are")
    assert reviews().of(goal) == ()


def test_the_second_of_two_sees_what_the_first_said_and_may_keep_both(app):
    goal = old("9000")
    open_page(app, goal)
    reviewed(goal, Word.OFF_TRACK, NOW.date())
    keep(app, goal, "at_risk", "mine")
    shown = html(app)
    assert "Bo has just reviewed this goal (Off track)" in shown
    assert len(reviews().of(goal)) == 1
    app.button(key=f"review-save-{goal.code}").click().run()
    assert [each.said.note for each in reviews().of(goal)] == ["mine", "on 2026-11-23"]


def test_judgements_stand_in_a_line_and_what_moved_is_told(app):
    goal = old("9000")
    for days, word in ((14, Word.ON_TRACK), (7, Word.AT_RISK)):
        reviewed(goal, word, NOW.date() - timedelta(days=days))
    open_page(app, goal)
    shown = html(app)
    assert shown.count('class="sd-review"') == 2
    assert "9 Nov: On track" in shown
    assert "16 Nov: At risk" in shown
    assert shown.index("16 Nov 2026") < shown.index("9 Nov 2026")
    assert "$0 since 9 Nov 2026" in shown


def test_a_goal_that_is_not_due_can_be_reviewed_all_the_same(app):
    goal = add("1900")  # set today
    open_page(app, goal)
    assert "Not reviewed yet" in html(app)
    app.button(key=f"review-open-{goal.code}").click().run()
    keep(app, goal, "on_track")
    assert len(reviews().of(goal)) == 1


def test_due_goals_are_filtered_and_gone_through(app):
    first, second = old("9000"), old("5000", scope=NORTH)
    add("4000", "orders")  # set today: not due
    app.query_params["group"] = "due"
    page(app, "goals")
    shown = html(app)
    assert shown.count('class="sd-due"') == 2
    assert ">Orders<" not in shown
    app.button(key="review-walk").click().run()
    assert "Review 1 of 2" in html(app)
    here = app.query_params["goal"]
    at = here[0] if isinstance(here, list) else here
    goal = next(each for each in (first, second) if each.code == at)
    keep(app, goal, "on_track")
    app.button(key="walk-onward").click().run()
    assert "Review 2 of 2" in html(app)
    assert app.button(key="walk-next").disabled
    app.button(key="walk-previous").click().run()
    assert "Review 1 of 2" in html(app)
    app.button(key="walk-end").click().run()
    assert html(app).count('class="sd-due"') == 1


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "2 goals are due for review"), ("zh", "有 2 个目标该复盘")]
)
def test_the_overview_says_how_many_are_due(app, lang, told):
    old("1900")
    old("1000", scope=NORTH)
    app.query_params["lang"] = lang
    page(app, "overview")
    assert not app.exception
    links = [str(each.proto.label) for each in app.get("page_link")]
    assert told in links
