"""The inbox on the Imports screen, and the news of what came in."""

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import inbox
from salesdash.charts import Words
from salesdash.imports import undo
from salesdash.imports.running import working
from salesdash.periods import FiscalCalendar
from salesdash.ui import context, news
from tests.inbox.kit import DEALS, NOW, ORDERS, put, went
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui


@pytest.mark.parametrize(
    ("lang", "title", "asks", "refuses"),
    [
        ("en", "Inbox", "which of these are open, won or lost? Quoted", "empty"),
        ("zh", "收件夹", "赢单还是输单？Quoted", "空"),
    ],
)
def test_what_waits_and_what_was_refused_stand_with_their_reasons(
    fresh: AppTest, lang: str, title: str, asks: str, refuses: str
) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    assert f"{context.open_home('own').inbox}" in html(fresh)
    assert title not in html(fresh)
    put(context.open_home("own"), "deals.csv", DEALS)
    put(context.open_home("own"), "empty.csv", "")
    went(context.open_home("own"))
    fresh.run()
    assert not fresh.exception
    for words in (title, "deals.csv", asks, "empty.csv", refuses):
        assert words in html(fresh)


def test_a_question_of_the_inbox_is_answered_on_the_screen(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    home = context.open_home("own")
    put(home, "deals.csv", DEALS)
    put(home, "deals-2.csv", DEALS.replace("D1", "D2"))
    went(home)
    fresh.run()
    assert [button.label for button in fresh.button].count("Answer") == 2
    next(button for button in fresh.button if button.label == "Answer").click().run()
    assert "One question before this file can go in." in html(fresh)
    asked = [group for group in fresh.button_group if group.label == "Quoted"]
    asked[0].set_value("open").run()
    fresh.text_input(key="who").set_value("Ana")
    fresh.button(key="commit").click().run()
    assert not fresh.exception
    assert [event.who for event in home.done()] == ["Ana"]
    assert [each.name for each in inbox.waiting(home)] == ["deals-2.csv"]
    went(home)  # the answer is remembered
    went(home)
    assert inbox.waiting(home) == ()
    assert len(home.done()) == 2


def test_a_file_can_be_left_for_later(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    home = context.open_home("own")
    put(home, "deals.csv", DEALS)
    went(home)
    fresh.run()
    next(button for button in fresh.button if button.label == "Answer").click().run()
    fresh.button(key="cancel-import").click().run()
    assert [each.name for each in inbox.waiting(home)] == ["deals.csv"]
    assert "deals.csv" in html(fresh)


def test_a_refused_file_is_tried_again_or_put_away(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    home = context.open_home("own")
    for verb, place in (("Try again", home.inbox), ("Put away", home.inbox / "done")):
        put(home, "empty.csv", "")
        went(home)
        fresh.run()
        next(button for button in fresh.button if button.label == verb).click().run()
        assert (place / "empty.csv").exists()
        assert inbox.refused(home) == ()
        (place / "empty.csv").unlink()


def test_work_under_way_is_seen_and_can_be_stopped(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    with working(context.open_home("own").path, "big.csv", "inbox") as work:
        work.tell(0.4, "step.cleaning")
        fresh.run()
        assert "big.csv" in html(fresh)
        fresh.button(key=f"stop-{work.number}").click().run()
        with pytest.raises(Exception, match="stopped"):
            work.check()


def test_new_data_are_told_and_shown_on_request(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    home = context.open_home("own")
    assert "New data" not in html(fresh)
    put(home, "orders.csv", ORDERS)
    went(home)
    # what the line says; AppTest runs whole pages, which show the data at once
    assert news.said(home, 0, NOW, words("en")) == "New data: 2 order lines, just now"
    assert news.said(home, 0, NOW, words("zh")) == "新数据：2 行订单明细，刚刚"
    undo(home, 1, "Ana", NOW)
    assert news.said(home, 1, NOW, words("en")) == "The data have changed, just now"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "just now"), (4, "just now"), (59, "59 s ago"), (60, "1 min ago"), (7300, "2 h ago")],
)
def test_how_long_ago(seconds: int, said: str) -> None:
    assert news.ago(seconds, words("en")) == said


def words(lang: str) -> Words:
    return Words(lang, "EUR", FiscalCalendar(), ())
