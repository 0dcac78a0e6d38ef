"""Actions in two browsers: written in one row, changed in place, both versions of a conflict."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import App, goto, idle, running, visiting
from tests.browser.test_team import introduce


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An app whose own home is empty."""
    folder: Path = tmp_path_factory.mktemp("actions")
    with running(folder) as found:
        yield found


def note(page: Page, text: str) -> Locator:
    """An action on the board."""
    return page.locator("[class*=st-key-note-]").filter(has_text=text)


def edited(page: Page, text: str) -> Locator:
    """The fields of an action on the board, opened."""
    note(page, text).get_by_role("button", name="Edit").click()
    idle(page)
    fields = page.get_by_test_id("stPopoverBody")
    expect(fields.get_by_label("Action")).to_be_visible()
    return fields


def closed(page: Page) -> None:
    page.keyboard.press("Escape")
    idle(page)


def test_an_action_is_written_in_one_row_and_changed_in_place_by_two(browser, fresh):
    with visiting(browser, fresh) as ana, visiting(browser, fresh) as bo:
        goto(ana, fresh.url + "/actions?home=own&view=board&whose=team")
        introduce(ana, "Ana")
        ana.get_by_label("Action", exact=True).fill("Call <b>Bergmann</b> *today*")
        ana.get_by_role("button", name="Add").click()
        idle(ana)
        expect(note(ana, "Call <b>Bergmann</b> *today*")).to_be_visible()
        goto(bo, fresh.url + "/actions?home=own&view=board&whose=team")
        introduce(bo, "Bo")
        both = [(edited(page, "Bergmann"), page) for page in (ana, bo)]
        for (fields, page), text in zip(
            both, ("Call Bergmann at nine", "Visit Bergmann"), strict=True
        ):
            fields.get_by_label("Action").fill(text)
            page.keyboard.press("Tab")
            idle(page)
        closed(bo)
        told = bo.locator("[class*=st-key-conflict-]")
        expect(told).to_contain_text("Ana has changed this in the meantime.")
        expect(told).to_contain_text("Call Bergmann at nine")
        expect(told).to_contain_text("Visit Bergmann")
        told.get_by_role("button", name="Keep mine").click()
        idle(bo)
        expect(note(bo, "Visit Bergmann")).to_be_visible()
        expect(told).to_have_count(0)
        edited(bo, "Visit Bergmann").get_by_role("radio", name="High").click()
        idle(bo)
        closed(bo)
        expect(note(bo, "Visit Bergmann")).to_contain_text("high priority")
        note(bo, "Visit Bergmann").get_by_role("button", name="Open").click()
        idle(bo)
        expect(bo.locator("h1")).to_have_text("Visit Bergmann")
        assert "action=1" in bo.url
        bo.go_back()
        idle(bo)
        expect(note(bo, "Visit Bergmann")).to_be_visible()


def test_a_phone_has_one_column_and_does_not_scroll_sideways(browser, fresh):
    with visiting(browser, fresh, width=390) as page:
        goto(page, fresh.url + "/actions?home=own&view=board&whose=team")
        lanes = page.locator("[class*=st-key-lane-]")
        expect(lanes.first).to_be_visible()
        lefts = {round((each.bounding_box() or {})["x"]) for each in lanes.all()}
        assert len(lefts) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
