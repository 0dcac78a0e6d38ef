"""A meeting on a projector: keys turn it, it leads back to its screens, others follow it."""

import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, drawn, goto, idle, introduce, running, says, visiting
from tests.browser.homes import held_copy
from tests.browser.meetings import MEETING, at, count, reruns


def test_keys_turn_the_pages_and_rerun_no_page(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=1920) as page:
        asked = reruns(page)
        goto(page, held.url + MEETING)
        introduce(page, "Bo")
        page.locator(".st-key-present-start button").click()
        at(page, 1)
        last = count(page)
        asked.clear()
        for key, number in (
            ("ArrowRight", 2),
            ("PageDown", 3),
            ("ArrowLeft", 2),
            ("PageUp", 1),
            ("ArrowLeft", 1),  # nothing before the first
            ("End", last),
            ("ArrowRight", last),
            ("Home", 1),
        ):
            page.keyboard.press(key)
            at(page, number)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")  # a remote pressed twice at once
        at(page, 3)
        assert asked
        assert all(asked), "a turn reran the whole page"
        for is_full in (True, False):
            page.keyboard.press("f")
            page.wait_for_function("wanted => !!document.fullscreenElement === wanted", arg=is_full)
        page.keyboard.press("Escape")
        expect(page.locator("[class*=st-key-card-line-]").first).to_be_visible()
        expect(page).not_to_have_url(re.compile("show="))


def test_keys_typed_into_a_field_stay_there(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=1920) as page:
        goto(page, held.url + MEETING + "&show=2")
        introduce(page, "Bo")
        notes = page.get_by_label("Notes")
        notes.click()
        notes.press_sequentially("left for now")
        for key in ("ArrowLeft", "Home", "End", "PageDown", "Escape"):
            page.keyboard.press(key)
        at(page, 2)
        expect(notes).to_have_value("left for now")
        notes.blur()
        idle(page)
        page.locator("[class*=st-key-add-action-] button").first.click()
        expect(page.get_by_placeholder("What is to be done?")).to_be_visible()
        page.keyboard.press("Escape")  # closes what is open, not the presentation
        at(page, 2)
        page.keyboard.press("ArrowRight")
        at(page, 3)
        page.keyboard.press("ArrowLeft")
        at(page, 2)
        expect(page.get_by_label("Notes")).to_have_value("left for now")


def test_a_screen_put_on_the_agenda_is_drawn_and_leads_back(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=1920) as page:
        goto(page, f"{held.url}{MEETING}&show=1")
        at(page, 1)
        number = count(page) - 2  # after it come the plan for next week and the end
        page.locator(f".st-key-present-to-{number - 1} button").click()
        at(page, number)
        drawn(page.locator(".st-key-present"))
        # North in November is row A-3: 749.25, after 1,000.50 in October
        expect(page.locator(".st-key-tile-pinned")).to_contain_text("$749")
        expect(page.locator(".st-key-tile-pinned")).to_contain_text("North")
        page.get_by_role("link", name="See it on Comparison").click()
        says(page, "where=region%3ANorth", "compare=previous", "period=month%3A2026-11")
        expect(page).not_to_have_url(re.compile("show="))
        expect(page.get_by_test_id("stSidebar")).to_be_visible()  # the frame is back
        idle(page)
        page.go_back()
        at(page, number)


def test_somebody_in_the_room_follows_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    held_copy(tmp_path / "own")
    with running(tmp_path, share=True) as app:
        code = told(tmp_path / "server.log", r"Access code\s+(\S+)")
        with visiting(browser, app) as page:
            enter(page, app.url + MEETING, code)
            introduce(page, "Ana Ruiz")
            page.locator(".st-key-present-start button").click()
            at(page, 1)
            page.keyboard.press("ArrowRight")
            at(page, 2)
            link = page.url
        with visiting(browser, app, width=390) as phone:
            enter(phone, link, code.lower())
            at(phone, 2)
            expect(phone.locator(".sd-value").first).to_be_visible()
            phone.locator(".st-key-present-next button").click()
            at(phone, 3)
            introduce(phone, "Bo")
            phone.get_by_label("Notes").fill("from the phone")
            phone.get_by_label("Notes").blur()
            idle(phone)
        with visiting(browser, app) as page:
            enter(page, link, code)
            at(page, 2)
            page.keyboard.press("ArrowRight")
            at(page, 3)
            expect(page.get_by_label("Notes")).to_have_value("from the phone")


def told(log: Path, pattern: str) -> str:
    """What the app prints once it can be reached, which may be a moment later."""
    for _ in range(600):
        found = re.search(pattern, log.read_text())
        if found is not None:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def enter(page: Page, link: str, code: str) -> None:
    """Open a link and type the access code that is asked for; it leads to the link."""
    page.goto(link)
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button").click()
    idle(page)
