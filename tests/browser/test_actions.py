"""Actions in two browsers: written in one row, changed in place, both versions of a conflict."""

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import App, fits, goto, idle, introduce, says, visiting


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


def test_an_action_is_written_in_one_row_and_changed_in_place_by_two(
    browser: Browser, company: App
) -> None:
    with visiting(browser, company) as ana, visiting(browser, company) as bo:
        goto(ana, company.url + "/actions?home=own&view=board&whose=team")
        introduce(ana, "Ana")
        ana.get_by_label("Action", exact=True).fill("Call <b>Bergmann</b> *today*")
        ana.get_by_role("button", name="Add").click()
        expect(note(ana, "Call <b>Bergmann</b> *today*")).to_be_visible()
        idle(ana)
        goto(bo, company.url + "/actions?home=own&view=board&whose=team")
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
        expect(told).to_have_count(0)
        idle(bo)
        expect(note(bo, "Visit Bergmann")).to_be_visible()
        edited(bo, "Visit Bergmann").get_by_role("radio", name="High").click()
        idle(bo)
        closed(bo)
        expect(note(bo, "Visit Bergmann")).to_contain_text("high priority")
        note(bo, "Visit Bergmann").get_by_role("button", name="Open").click()
        expect(bo.locator("h1")).to_have_text("Visit Bergmann")
        says(bo, "action=1")
        idle(bo)
        bo.go_back()
        expect(note(bo, "Visit Bergmann")).to_be_visible()


def test_a_phone_has_one_column_and_does_not_scroll_sideways(
    browser: Browser, company: App
) -> None:
    with visiting(browser, company, width=390) as page:
        goto(page, company.url + "/actions?home=own&view=board&whose=team")
        lanes = page.locator("[class*=st-key-lane-]")
        expect(lanes.first).to_be_visible()
        lefts = "all => new Set(all.map(each => Math.round(each.getBoundingClientRect().x))).size"
        assert lanes.evaluate_all(lefts) == 1
        fits(page)
