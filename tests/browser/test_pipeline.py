"""What only a browser shows of Pipeline: its bars can be clicked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import App, downloaded, goto, visiting


@pytest.fixture
def visitor(browser: Browser, company: App) -> Iterator[Page]:
    with visiting(browser, company) as found:
        goto(found, company.url + "/pipeline?home=own")
        yield found


def bars(page: Page, card: str) -> Locator:
    return page.locator(f".st-key-card-{card} svg.marks path[aria-roledescription=bar]")


def test_the_bar_of_a_stage_leads_to_its_deals(visitor: Page) -> None:
    sentence = "$13.0K is open in 2 deals; 1 is past its expected close date."
    expect(visitor.locator("h1.sd-headline")).to_have_text(sentence)
    bars(visitor, "stages").nth(1).click()
    drawer = visitor.get_by_role("dialog")
    expect(drawer).to_contain_text("Open deals, stage: Negotiation/Review")
    expect(drawer).to_contain_text("1 deal")
    rows = downloaded(visitor, "deals-rows")
    assert "Z-2" in rows.path().read_text("utf-8")
    assert re.fullmatch(r"deals-[0-9a-f]{8}\.csv", rows.suggested_filename)


def test_the_bar_of_a_salesperson_opens_the_deals_and_narrows_every_screen(visitor: Page) -> None:
    bars(visitor, "conversion").first.click()
    visitor.get_by_role("dialog").locator(".st-key-deals-narrow button").click()
    expect(visitor.locator(".st-key-chosen")).to_contain_text("Ana Ruiz")
    expect(visitor.locator("h1.sd-headline")).to_contain_text("1 deal;")


def test_what_is_late_names_file_and_record(visitor: Page) -> None:
    late = visitor.locator(".st-key-card-late")
    expect(late).to_contain_text("deals.csv, record 2")
    expect(late).to_contain_text("2 Nov 2026")


def test_a_bar_of_the_movement_opens_its_deals(visitor: Page) -> None:
    card = visitor.locator(".st-key-card-movement")
    expect(card).to_contain_text("worked out from the dates")
    bars(visitor, "movement").nth(2).click()  # two levels are drawn first
    drawer = visitor.get_by_role("dialog")
    expect(drawer).to_contain_text("1 deal")
