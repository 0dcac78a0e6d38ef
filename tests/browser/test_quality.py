"""What only a browser shows of a picture of a file and of Quality: drawn months, a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, content, drop, fits, goto, says, visiting

LATE = """Order No,Order Date,Customer,Region,Category,Quantity,Amount
A-9,2026-11-05,Bergmann,North,Hoses,1,450.00
"""
"""An order of a day that is covered already: November goes from 999.50 to 1,449.50."""


@pytest.fixture
def visitor(browser: Browser, company: App) -> Iterator[Page]:
    with visiting(browser, company) as found:
        yield found


COLOURS = """
() => new Set(
    [...document.querySelectorAll(".sd-calendar td.sd-square")]
        .map(each => getComputedStyle(each).backgroundColor)
).size === 2
"""
"""Months with more rows are darker."""


def test_months_of_a_dropped_file_are_drawn_before_what_is_stored(
    visitor: Page, company: App
) -> None:
    drop(visitor, company, "late.csv", LATE)
    card = visitor.locator(".st-key-card-sums-sales")
    expect(card.locator("svg.marks path[aria-roledescription=bar]")).to_have_count(2)
    expect(card.locator("svg.marks path[aria-roledescription=point]")).to_have_count(1)
    expect(card).to_contain_text("One month that was reported already would change")
    visitor.locator(".st-key-view-sums-sales button").click()
    expect(card.locator("tbody")).to_contain_text("Nov 2026$999.50$1,449.50+$450restated")


def test_quality_leads_to_where_rejected_rows_are_mended(visitor: Page, company: App) -> None:
    goto(visitor, company.url + "/quality?home=own")
    expect(visitor.locator("h1.sd-headline")).to_contain_text("1 rejected row waits to be mended")
    lines = content(visitor, "quality-months-csv").decode("utf-8-sig").splitlines()
    assert lines[1:] == ["2026-10-01,1,1000.5000", "2026-11-01,2,999.5000"]
    visitor.locator("[class*=st-key-mend-] button").click()
    says(visitor, "/imports")
    expect(visitor.get_by_role("dialog")).to_contain_text("keep the column salesdash_record")


def test_another_kind_of_data_is_in_the_address(visitor: Page, company: App) -> None:
    goto(visitor, company.url + "/quality?home=own")
    visitor.get_by_role("radio", name="Deals").click()
    expect(visitor.locator(".st-key-card-quality-facts")).to_contain_text("Deals")
    says(visitor, "data=deals")


def test_a_phone_shows_the_months_without_figures_and_does_not_scroll_sideways(
    browser: Browser, company: App
) -> None:
    with visiting(browser, company, width=390) as page:
        goto(page, company.url + "/quality?home=own&data=sales")
        squares = page.locator(".sd-calendar td.sd-square")
        expect(squares).to_have_count(2)
        expect(squares.first.locator("span")).to_be_hidden()
        expect(squares.first).to_have_attribute("title", "Oct 2026: 1")
        page.wait_for_function(COLOURS)
        fits(page)
