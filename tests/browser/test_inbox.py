"""A screen left open notices what the inbox brings, and keeps its filters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import App, running, visiting

ORDERS = "Order No,Order Date,Region,Amount\nA,2026-09-01,North,2\nB,2026-09-02,South,4\n"
MORE = "Order No,Order Date,Region,Amount\nC,2026-09-03,North,8\nD,2026-09-03,South,16\n"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[App]:
    """An app whose inbox holds a file already."""
    inbox = tmp_path / "own" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "orders.csv").write_text(ORDERS)
    with running(tmp_path) as found:
        yield found


def test_new_data_are_offered_and_shown_with_the_same_filters(browser: Browser, own: App) -> None:
    with visiting(browser, own) as page:
        page.goto(f"{own.url}/?home=own&where=region:North&lang=en")
        news = page.locator(".st-key-news")
        shown = page.get_by_text("Sales are $2")
        # the first file may come in before or after the page
        expect(shown.or_(news).first).to_be_visible(timeout=60_000)
        if not shown.is_visible():
            news.get_by_role("button").click()
        expect(shown).to_be_visible()
        expect(news).to_have_count(0)
        (own.folder / "own" / "inbox" / "more.csv").write_text(MORE)
        expect(news).to_contain_text("New data: 2 order lines", timeout=60_000)
        expect(shown).to_be_visible()  # nothing moves by itself
        news.get_by_role("button", name="Show").click()
        expect(page.get_by_text("Sales are $10")).to_be_visible()
        expect(page.get_by_text("Region: North")).to_be_visible()
        expect(news).to_have_count(0)
