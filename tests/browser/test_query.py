"""What only a browser shows of Query: typed and run by keys, drawn, saved, reopened by its link."""

import re
from urllib.parse import quote

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, content, drawn, fits, goto, idle, says, visiting

BY_REGION = "select region, sum(amount) as total from sales group by region order by total desc"


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
        assert content(page, "query-xlsx").startswith(b"PK")
        page.locator(".st-key-save-query button").click()
        page.get_by_label("Name", exact=True).fill("Regions")
        page.get_by_placeholder("Who are you? Your name").first.fill("Ana Ruiz")
        page.locator(".st-key-ok-who button").click()
        idle(page)
        page.locator(".st-key-confirm-query button").click()
        page.get_by_role("heading", name="Regions").wait_for()
        says(page, "saved=1")
        expect(page).not_to_have_url(re.compile("sql="))
        link = page.url
    with visiting(browser, company, locale="zh-CN", width=390) as page:
        goto(page, link)
        page.locator(".st-key-card-query-answer").wait_for(timeout=60_000)
        idle(page)
        holds(page, "North", "1749.75")
        expect(page.locator("h1.sd-headline")).to_have_text("Regions")
        fits(page)


def test_a_question_that_takes_long_is_stopped(browser: Browser, company: App) -> None:
    """L05: a second after Stop the next one is answered."""
    endless = "select max(sin(a.range * b.range)) from range(1000000) a, range(1000000) b"
    with visiting(browser, company) as page:
        page.goto(company.url + f"/query?home=own&sql={quote(endless)}")
        page.get_by_test_id("stProgress").wait_for(timeout=60_000)
        page.locator(".st-key-stop-query button").click()
        page.locator(".st-key-run-query button").wait_for()
        idle(page)
        expect(page.get_by_text("Stopped. Nothing was changed.")).to_be_visible()
        page.locator(".st-key-card-query textarea").fill("select 1 as one")
        page.keyboard.press("Control+Enter")
        page.locator(".st-key-card-query-answer").wait_for(timeout=60_000)
