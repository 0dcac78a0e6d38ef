"""What only a browser shows of Customers: cells and bars can be clicked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, content, goto, visiting


@pytest.fixture
def visitor(browser: Browser, app: App) -> Iterator[Page]:
    with visiting(browser, app) as found:
        yield found


def test_a_cell_of_the_heatmap_opens_its_customers(visitor: Page, app: App) -> None:
    goto(visitor, app.url + "/customers?home=demo&view=cohorts&every=quarter")
    cells = visitor.locator(".st-key-card-cohorts svg.marks .mark-rect path")
    cells.nth(1).click()
    drawer = visitor.get_by_role("dialog")
    expect(drawer).to_contain_text("bought in")
    expect(drawer).to_contain_text("First purchase")
    rows = content(visitor, "cohort-customers-csv").decode()
    assert "Customer,First purchase,Orders,Sales" in rows


def test_a_bar_lists_the_customers_of_its_segment(visitor: Page, app: App) -> None:
    goto(visitor, app.url + "/customers?home=demo&view=segments")
    bars = visitor.locator(".st-key-card-segments svg.marks path[aria-roledescription=bar]")
    bars.first.click()
    expect(visitor).to_have_url(re.compile("segment=champions"))
    expect(visitor.locator(".st-key-card-segment-customers")).to_contain_text(
        "Bought most recently"
    )
