"""What only a browser shows of sharing: the link is copied and opens the same, files come whole."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, goto, idle, running, visiting
from tests.browser.homes import own_copy

ORDERS = """Order No,Order Date,Customer,Region,Quantity,Amount
A-1,2026-10-05,=1+1,North,2,1000.50
A-2,2026-11-03,Lindqvist,South,1,250.25
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An own home with a customer that a spreadsheet would calculate."""
    folder = tmp_path_factory.mktemp("shared")
    own_copy(folder / "own", ("orders.csv", ORDERS, "sales"))
    with running(folder) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, company: App) -> Iterator[Page]:
    with visiting(browser, company) as found:
        goto(found, company.url + "/customers?home=own&where=region:North")
        yield found


def test_a_link_is_copied_and_shows_another_just_this(
    browser: Browser, company: App, visitor: Page
) -> None:
    said = visitor.locator("h1.sd-headline").inner_text()
    visitor.locator(".st-key-share-popover button").click()
    idle(visitor)
    visitor.locator("[data-testid=stPopoverBody] label", has_text="Keep the figures").click()
    idle(visitor)
    box = visitor.locator(".sd-share")
    link = box.locator("input").input_value()
    assert link.startswith(f"{company.url}/customers?")
    assert "cut=1" in link
    box.locator("button").click()
    expect(box.locator("button")).to_have_text("Copied")
    with visiting(browser, company) as other:
        goto(other, link)
        expect(other.locator("h1.sd-headline")).to_have_text(said)
        expect(other.locator(".st-key-chosen")).to_contain_text("Region: North")


def test_a_workbook_takes_no_name_for_a_formula(visitor: Page) -> None:
    with visitor.expect_download() as download:
        visitor.locator(".st-key-download-customers-top-xlsx button").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    shown, told = book.worksheets
    (cell,) = [cell for row in shown.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert ("Only", "Region: North") in [(row[0].value, row[1].value) for row in told.iter_rows()]
