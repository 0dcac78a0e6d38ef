"""What only a browser shows of Training: a workbook is dropped, kept and taken back in a click."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, content, goto, idle, introduce, visiting

HEADS = ["Employee", "Course", "Completed on", "Score"]
ROWS = [
    ("Ana Ruiz", "CRM use", "2026-03-02", 91),
    ("Owen Castellano", "CRM use", "2025-03-02", 78),
    ("Owen Castelano", "CRM use", "2026-03-02", 80),
]


@pytest.fixture
def visitor(browser: Browser, company: App) -> Iterator[Page]:
    with visiting(browser, company) as found:
        goto(found, company.url + "/training?home=own")
        yield found


def drop(page: Page, file: Path) -> None:
    page.locator(".st-key-bring-open button").click()
    idle(page)
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".st-key-bring-keep").wait_for(timeout=60_000)
    idle(page)


def test_a_workbook_of_finished_trainings_is_kept_and_taken_back(
    visitor: Page, tmp_path: Path
) -> None:
    page, book = visitor, tmp_path / "school.xlsx"
    pd.DataFrame(ROWS, columns=HEADS).to_excel(book, index=False)
    introduce(page, "Bo")
    drop(page, book)
    card = page.locator(".st-key-card-bring")
    expect(card).to_contain_text(
        "Nobody is called “Owen Castelano”. Did you mean “Owen Castellano”?"
    )
    refused = content(page, "bring-refused").decode("utf-8-sig").splitlines()
    assert refused[0] == "Person,Course,Date,Score,Evidence,Line,Why it was refused"
    assert refused[1].startswith("Owen Castelano,CRM use,2026-03-02,80,,4,")
    page.locator(".st-key-bring-keep button").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("2 finished trainings kept")
    expect(page.locator("h1.sd-headline")).to_contain_text("1 training is overdue")  # Owen's lapsed
    expect(page.locator(".sd-chip").first).not_to_have_css("font-size", "16px")
    idle(page)
    page.get_by_role("link", name="Ana Ruiz").click()
    idle(page)
    expect(page.locator(".sd-matrix")).to_contain_text("10/10")
    expect(page.locator(".st-key-card-history")).to_contain_text("score 91")

    page.locator(".st-key-all-people button").click()
    idle(page)
    page.locator(".st-key-steps-popover button").first.click()
    page.locator(".st-key-undo-step-1 button").click()
    idle(page)
    expect(page.get_by_test_id("stToast")).to_contain_text("2 changes taken back")
    expect(page.locator(".sd-matrix")).not_to_contain_text("10/10")
