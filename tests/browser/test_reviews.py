"""A review that two people write at once, and that nothing changes afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, becomes, commit, drop, goto, idle, running, visiting
from tests.browser.homes import MORE, ORDERS_FILE, ROOT, own_copy
from tests.browser.test_goals import target


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A config.yaml of its own, to be changed."""
    path = tmp_path_factory.mktemp("config") / "config.yaml"
    path.write_text((ROOT / "config.yaml").read_text("utf-8"), "utf-8")
    return path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, config: Path) -> Iterator[App]:
    """An app with three order lines."""
    folder = tmp_path_factory.mktemp("reviews")
    own_copy(folder / "own", ORDERS_FILE)
    with running(folder, config) as found:
        yield found


def write(page: Page, word: str, note: str, name: str = "") -> None:
    """Fill the form of a review, and say who sits here."""
    card = page.locator(".st-key-card-reviews")
    card.get_by_role("radio", name=word).click()
    idle(page)
    card.get_by_label("Note").fill(note)
    if name:
        card.get_by_placeholder("Who are you? Your name").fill(name)


def keep(page: Page, label: str = "Keep this review") -> None:
    page.locator(".st-key-card-reviews").get_by_role("button", name=label).click()
    idle(page)


def test_two_review_at_once_and_both_reviews_outlive_data_and_settings(
    browser: Browser, place: App, config: Path
) -> None:
    with visiting(browser, place) as ana, visiting(browser, place) as bo:
        goto(ana, place.url + "/goals?home=own")
        ana.get_by_role("button", name="Set a goal").click()
        idle(ana)
        target(ana, "9000")
        expect(ana.get_by_role("dialog")).to_contain_text("No complete quarter lies before it")
        ana.get_by_placeholder("Who are you? Your name").fill("Ana")
        ana.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(ana.locator("h1.sd-headline")).to_contain_text("off pace")
        for page in (ana, bo):
            goto(page, place.url + "/goals?home=own&goal=1")
            page.get_by_role("button", name="Review this goal").click()
            idle(page)
        write(bo, "Off track", "The pump hall is lost", "Bo")
        write(ana, "At risk", "Two offers are open")
        keep(bo)
        expect(bo.locator(".sd-review")).to_have_count(1)
        keep(ana)
        card = ana.locator(".st-key-card-reviews")
        expect(card).to_contain_text("Bo has just reviewed this goal (Off track)")
        expect(card.get_by_label("Note")).to_have_value("Two offers are open")
        keep(ana, "Keep mine too")
        expect(ana.locator(".sd-review")).to_have_count(2)
        expect(ana.locator(".sd-review").first).to_contain_text("$2,000 of $9,000")
        idle(ana)
        before = ana.locator(".sd-review").all_inner_texts()

        drop(ana, place, "more.csv", MORE)
        commit(ana, "Ana")
        text = config.read_text("utf-8")
        changed = text.replace("name: {en: Sales,", "name: {en: Turnover,").replace(
            "currency: USD", "currency: EUR"
        )
        assert changed != text
        config.write_text(changed, "utf-8")
        goto(ana, place.url + "/goals?home=own&goal=1")
        expect(ana.locator("h1.sd-headline")).to_contain_text("Turnover")
        expect(ana.get_by_test_id("stMain")).to_contain_text("€2,500")
        becomes(ana, ana.locator(".sd-review").all_inner_texts, before)
