"""What only a browser shows of Query: typed and run by keys, drawn, saved, reopened by its link."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, drawn, goto, idle, running, visiting
from tests.browser.homes import own_copy

BY_REGION = "select region, sum(amount) as total from sales group by region order by total desc"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An own home with three order lines: 1,749.75 in the north, 250.25 in the south."""
    folder = tmp_path_factory.mktemp("query")
    own_copy(folder / "own")
    with running(folder) as found:
        yield found


def holds(page: Page, *texts: str) -> None:
    """The first cells of the answer; the grid is drawn a moment after the run has ended."""
    cells = page.locator(".st-key-card-query-answer [role=gridcell]")
    for place, text in enumerate(texts):
        expect(cells.nth(place)).to_have_text(text)


def test_run_by_keys_drawn_saved_and_reopened_by_its_link(browser: Browser, company: App) -> None:
    with visiting(browser, company) as page:
        goto(page, company.url + "/query?home=own")
        page.locator(".st-key-card-query textarea").fill(BY_REGION)
        page.keyboard.press("Control+Enter")
        page.locator(".st-key-card-query-answer").wait_for(timeout=60_000)
        idle(page)
        holds(page, "North", "1749.75", "South", "250.25")
        drawn(page.locator(".st-key-card-query-chart"))
        bars = page.locator(".st-key-card-query-chart path[aria-roledescription=bar]")
        expect(bars).to_have_count(2)
        with page.expect_download() as download:
            page.locator(".st-key-download-query-xlsx button").click()
        assert download.value.path().read_bytes().startswith(b"PK")
        page.locator(".st-key-save-query button").click()
        page.get_by_label("Name", exact=True).fill("Regions")
        page.get_by_placeholder("Who are you? Your name").first.fill("Ana Ruiz")
        page.locator(".st-key-ok-who button").click()
        idle(page)
        page.locator(".st-key-confirm-query button").click()
        page.get_by_role("heading", name="Regions").wait_for()
        idle(page)
        link = page.url
    assert "saved=1" in link
    assert "sql=" not in link
    with visiting(browser, company, locale="zh-CN", width=390) as page:
        goto(page, link)
        page.locator(".st-key-card-query-answer").wait_for(timeout=60_000)
        idle(page)
        holds(page, "North", "1749.75")
        expect(page.locator("h1.sd-headline")).to_have_text("Regions")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_question_that_takes_long_is_stopped(browser: Browser, company: App) -> None:
    """L05: a second after Stop the next one is answered."""
    endless = "select max(sin(a.range * b.range)) from range(1000000) a, range(1000000) b"
    with visiting(browser, company) as page:
        page.goto(company.url + f"/query?home=own&sql={quote(endless)}")
        page.get_by_test_id("stProgress").wait_for(timeout=60_000)
        page.locator(".st-key-stop-query button").click()
        page.locator(".st-key-run-query button").wait_for(timeout=15_000)
        idle(page)
        expect(page.get_by_text("Stopped. Nothing was changed.")).to_be_visible()
        page.locator(".st-key-card-query textarea").fill("select 1 as one")
        page.keyboard.press("Control+Enter")
        page.locator(".st-key-card-query-answer").wait_for(timeout=60_000)
