"""A meeting on a projector and on a phone: sizes of words and figures, nothing cut off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, becomes, fits, goto, visiting
from tests.browser.meetings import MEETING, at, count

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


MAIN = "document.querySelector('[data-testid=stMain]')"
LEFT = f"{MAIN}.scrollHeight - {MAIN}.clientHeight - {MAIN}.scrollTop"
"""So much lies below the edge of the screen."""


def screens(page: Page, app: App, codes: str = "") -> Iterator[int]:
    """Each screen in its turn, from the first to the last."""
    goto(page, f"{app.url}{MEETING}&show=1{codes}")
    at(page, 1)
    last = count(page)
    for number in range(1, last + 1):
        yield number
        if number < last:
            page.locator(".st-key-present-next button").click()
            at(page, number + 1)


@pytest.mark.parametrize(
    ("scheme", "locale", "lang"), [("light", "en-US", "en"), ("dark", "zh-CN", "zh")]
)
def test_words_and_figures_are_large_on_a_projector(
    browser: Browser, held: App, scheme: str, locale: str, lang: str
) -> None:
    with visiting(browser, held, width=1920, locale=locale, scheme=scheme) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        figures = 0
        for number in screens(page, held, f"&lang={lang}"):
            if number == count(page) - 2:  # after it come the plan for next week and the end
                page.locator("svg.marks text").first.wait_for()
            becomes(page, lambda: [each for each in page.evaluate(SIZES) if each["px"] < 24], [])
            values = page.locator(".sd-value").evaluate_all(
                "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
            )
            assert all(size >= 64 for size in values), values
            figures += len(values)
            becomes(page, lambda: page.evaluate(CUT), [])
        assert figures == 5  # four tiles of the first line, one of the comparison


def test_a_phone_shows_all_of_it_with_buttons_in_reach(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=390) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        for _ in screens(page, held):
            fits(page)
            becomes(page, lambda: page.evaluate(CUT), [])
            onward = page.locator(".st-key-present-next button").bounding_box()
            assert onward is not None
            assert onward["height"] >= 44
            assert 844 - 100 <= onward["y"] + onward["height"] <= 844
        last = count(page)
        page.locator(".st-key-present-back button").click()
        at(page, last - 1)


def test_what_is_longer_than_the_screen_says_so_and_scrolls(browser: Browser, held: App) -> None:
    with visiting(browser, held, width=390) as page:
        page.set_viewport_size({"width": 390, "height": 600})
        goto(page, held.url + MEETING + "&show=2")
        more = page.locator(".sd-more")
        expect(more).to_be_visible()
        bar = page.locator(".st-key-present-bar").bounding_box()
        while (left := page.evaluate(LEFT)) > 12:
            more.click()
            far = min(left, page.evaluate(f"{MAIN}.clientHeight") * 0.7)
            page.wait_for_function(f"most => {LEFT} <= most", arg=left - far + 2)
        expect(more).to_be_hidden()
        last = page.locator("[class*=st-key-add-action-]").last.bounding_box()
        assert bar is not None
        assert last is not None
        assert last["y"] + last["height"] <= bar["y"]  # the bar covers nothing
        page.locator(".st-key-present-next button").click()
        at(page, 3)
        page.wait_for_function(f"{MAIN}.scrollTop === 0")
