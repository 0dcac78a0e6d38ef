"""What only a browser shows of Training: a workbook is dropped, kept and taken back in a click."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, goto, idle, running, visiting
from tests.browser.homes import own_copy

HEADS = ["Employee", "Course", "Completed on", "Score"]
ROWS = [
    ("Ana Ruiz", "CRM use", "2026-03-02", 91),
    ("Owen Castellano", "CRM use", "2025-03-02", 78),
    ("Owen Castelano", "CRM use", "2026-03-02", 80),
]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An own home with deals, and a workbook of finished trainings beside it."""
    folder = tmp_path_factory.mktemp("school")
    own_copy(folder / "own")
    pd.DataFrame(ROWS, columns=HEADS).to_excel(folder / "school.xlsx", index=False)
    with running(folder) as found:
        yield found


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
    visitor: Page, company: App
) -> None:
    page = visitor
    page.get_by_placeholder("Who are you? Your name").fill("Bo")
    page.locator(".st-key-ok-who button").click()
    idle(page)
    drop(page, company.folder / "school.xlsx")
    card = page.locator(".st-key-card-bring")
    expect(card).to_contain_text(
        "Nobody is called “Owen Castelano”. Did you mean “Owen Castellano”?"
    )
    with page.expect_download() as download:
        page.locator(".st-key-download-bring-refused button").click()
    refused = download.value.path().read_text("utf-8-sig").splitlines()
    assert refused[0] == "Person,Course,Date,Score,Evidence,Line,Why it was refused"
    assert refused[1].startswith("Owen Castelano,CRM use,2026-03-02,80,,4,")
    page.locator(".st-key-bring-keep button").click()
    idle(page)
    expect(page.get_by_test_id("stToast")).to_contain_text("2 finished trainings kept")
    expect(page.locator("h1.sd-headline")).to_contain_text("1 training is overdue")  # Owen's lapsed
    assert page.locator(".sd-chip").first.evaluate("e => getComputedStyle(e).fontSize") != "16px"
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
