"""A meeting on a projector and on a phone: keys, sizes of words and figures, nothing cut off."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import App, goto, idle, running, visiting
from tests.browser.homes import own_copy
from tests.browser.test_team import introduce, put_on_the_agenda, reruns, set_goal

MEETING = "/meetings?home=own&meeting=1"

SIZES = """
() => {
    const size = each => parseFloat(getComputedStyle(each).fontSize)
    const isSeen = each => each.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && each.getBoundingClientRect().width > 1
        && !each.closest("style, script, [aria-hidden=true], [data-testid=stIconMaterial]")
    const found = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const words = texts.currentNode.textContent.trim(), holder = texts.currentNode.parentElement
        if (words && isSeen(holder)) found.push({words, px: size(holder)})
    }
    for (const field of document.querySelectorAll("textarea, input[type=text], input:not([type])"))
        if (isSeen(field)) found.push({words: field.placeholder, px: size(field)})
    return found
}
"""
"""Every text that can be seen, with the size it has."""

CUT = """
() => [...document.querySelectorAll(".st-key-present *, .st-key-present-bar *")]
    .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1
        && !["visible", "auto", "scroll"].includes(getComputedStyle(each).overflowX)
        && each.clientWidth > 1 && (each.textContent.trim() || each.value))
    .map(each => `${each.className}: ${(each.value || each.textContent).trim().slice(0, 60)}`)
"""
"""Words that are cut off at an edge."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An open meeting with a goal, and a comparison on its agenda."""
    folder = tmp_path_factory.mktemp("present")
    own_copy(folder / "own")
    with running(folder) as app:
        with visiting(browser, app) as page:
            goto(page, app.url + "/meetings?home=own")
            introduce(page, "Ana Ruiz")
            set_goal(page, app, "9000")
            put_on_the_agenda(page, app)
            goto(page, app.url + "/meetings?home=own")
            page.locator(".st-key-open-weekly button").click()
            idle(page)
        yield app


def place(page: Page) -> Locator:
    """How far the presentation is."""
    return page.locator(".sd-place")


def screens(page: Page) -> int:
    """How many there are."""
    return int(place(page).inner_text().split("/")[1])


def pinned(page: Page, app: App) -> int:
    """The number of the screen of the comparison: only the plan for next week comes after it."""
    goto(page, f"{app.url}{MEETING}&show=1")
    return page.locator("[class*=st-key-present-to-]").count()


def at(page: Page, number: int) -> None:
    """The screen of this number is there, and the address says so."""
    expect(place(page)).to_contain_text(re.compile(rf"^{number} /"))
    expect(page).to_have_url(re.compile(rf"show={number}(&|$)"))
    idle(page)


def test_keys_turn_the_pages_and_rerun_no_page(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=1920) as page:
        asked = reruns(page)
        goto(page, held.url + MEETING)
        introduce(page, "Bo")
        page.locator(".st-key-present-start button").click()
        at(page, 1)
        last = screens(page)
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


@pytest.mark.parametrize(
    ("scheme", "locale", "lang"), [("light", "en-US", "en"), ("dark", "zh-CN", "zh")]
)
def test_words_and_figures_are_large_on_a_projector(
    browser: Browser, held: App, scheme: str, locale: str, lang: str
) -> None:
    with visiting(browser, held, width=1920, locale=locale, scheme=scheme) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        figures, chart = 0, pinned(page, held)
        for number in range(1, screens(page) + 1):
            goto(page, f"{held.url}{MEETING}&lang={lang}&show={number}")
            if number == chart:
                page.locator("svg.marks text").first.wait_for()
            small = [each for each in page.evaluate(SIZES) if each["px"] < 24]
            assert not small, (number, small)
            values = page.locator(".sd-value").evaluate_all(
                "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
            )
            assert all(size >= 64 for size in values), values
            figures += len(values)
            assert not page.evaluate(CUT), number
        assert figures == 5  # four tiles of the first line, one of the comparison


def test_a_phone_shows_all_of_it_with_buttons_in_reach(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=390) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        goto(page, held.url + MEETING + "&show=1")
        for number in range(1, screens(page) + 1):
            goto(page, f"{held.url}{MEETING}&show={number}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390, number
            assert not page.evaluate(CUT), number
            onward = page.locator(".st-key-present-next button").bounding_box()
            assert onward is not None
            assert onward["height"] >= 44
            assert 844 - 100 <= onward["y"] + onward["height"] <= 844
        goto(page, held.url + MEETING + "&show=1")
        page.locator(".st-key-present-next button").click()
        at(page, 2)
        page.locator(".st-key-present-back button").click()
        at(page, 1)


def test_what_is_longer_than_the_screen_says_so_and_scrolls(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=390) as page:
        page.set_viewport_size({"width": 390, "height": 600})
        goto(page, held.url + MEETING + "&show=2")
        more = page.locator(".sd-more")
        expect(more).to_be_visible()
        bar = page.locator(".st-key-present-bar").bounding_box()
        for _ in range(6):
            if more.is_visible():
                more.click()
                page.wait_for_timeout(500)
        expect(more).to_be_hidden()
        last = page.locator("[class*=st-key-add-action-]").last.bounding_box()
        assert bar is not None
        assert last is not None
        assert last["y"] + last["height"] <= bar["y"]  # the bar covers nothing
        page.locator(".st-key-present-next button").click()
        at(page, 3)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_a_screen_put_on_the_agenda_is_drawn_and_leads_back(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=1920) as page:
        number = pinned(page, held)
        page.locator(f".st-key-present-to-{number - 1} button").click()
        at(page, number)
        page.locator("svg.marks path").first.wait_for(state="attached")
        # North in November is row A-3: 749.25, after 1,000.50 in October
        expect(page.locator(".st-key-tile-pinned")).to_contain_text("$749")
        expect(page.locator(".st-key-tile-pinned")).to_contain_text("North")
        page.get_by_role("link", name="See it on Comparison").click()
        idle(page)
        for choice in ("where=region%3ANorth", "compare=previous", "period=month%3A2026-11"):
            assert choice in page.url
        assert "show=" not in page.url
        expect(page.get_by_test_id("stSidebar")).to_be_visible()  # the frame is back
        page.go_back()
        at(page, number)


def test_somebody_in_the_room_follows_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    own_copy(tmp_path / "own")
    with running(tmp_path, share=True) as app:
        code = told(tmp_path / "server.log", r"Access code\s+(\S+)")
        with visiting(browser, app) as page:
            enter(page, app.url + "/meetings?home=own", code)
            introduce(page, "Ana Ruiz")
            page.locator(".st-key-open-weekly button").click()
            idle(page)
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
            page.keyboard.press("ArrowRight")
            at(page, 3)
            expect(page.get_by_label("Notes")).to_have_value("from the phone")


def told(log: Path, pattern: str) -> str:
    """What the app prints once it can be reached, which may be a moment later."""
    for _ in range(100):
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
