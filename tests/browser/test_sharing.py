"""What only a browser shows of sharing: the link is copied and opens the same, files come whole."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, downloaded, goto, idle, visiting


@pytest.fixture
def visitor(browser: Browser, company: App) -> Iterator[Page]:
    with visiting(browser, company) as found:
        goto(found, company.url + "/customers?home=own&where=region:North")
        yield found


def test_a_link_is_copied_and_shows_another_just_this(
    browser: Browser, company: App, visitor: Page
) -> None:
    headline = visitor.locator("h1.sd-headline")
    expect(headline).not_to_be_empty()
    said = headline.inner_text()
    visitor.locator(".st-key-share-popover button").click()
    idle(visitor)
    visitor.locator("[data-testid=stPopoverBody] label", has_text="Keep the figures").click()
    idle(visitor)
    box = visitor.locator(".sd-share")
    field = box.locator("input")
    expect(field).to_have_value(re.compile(rf"^{re.escape(company.url)}/customers\?.*\bcut=2\b"))
    link = field.input_value()
    box.locator("button").click()
    expect(box.locator("button")).to_have_text("Copied")
    with visiting(browser, company) as other:
        goto(other, link)
        expect(other.locator("h1.sd-headline")).to_have_text(said)
        expect(other.locator(".st-key-chosen")).to_contain_text("Region: North")


def test_a_workbook_comes_whole_and_takes_no_name_for_a_picture(visitor: Page) -> None:
    found = downloaded(visitor, "customers-top-xlsx")
    assert found.suggested_filename.endswith(".xlsx")
    shown, told = load_workbook(BytesIO(found.path().read_bytes())).worksheets
    names = [str(cell.value) for row in shown.iter_rows() for cell in row]
    assert "![x](http://example.invalid/p.png)" in names
    assert ("Only", "Region: North") in [(row[0].value, row[1].value) for row in told.iter_rows()]
