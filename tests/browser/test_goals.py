"""A goal from the form to the Overview, and two people who change it at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, goto, idle, running, visiting
from tests.browser.homes import demo_copy


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app of its own: goals would stand on the screens of other tests."""
    folder = tmp_path_factory.mktemp("goals")
    demo_copy(folder / "own-demo")
    with running(folder) as found:
        yield found


def state_name(page: Page, name: str) -> None:
    """Say who sits here, in the open drawer."""
    page.get_by_placeholder("Who are you? Your name").fill(name)


def target(page: Page, text: str) -> None:
    field = page.get_by_role("dialog").get_by_label("Target", exact=True)
    field.fill(text)
    field.press("Tab")
    idle(page)


def test_a_goal_is_set_seen_on_the_overview_and_changed_by_two(
    browser: Browser, place: App
) -> None:
    with visiting(browser, place) as ana, visiting(browser, place) as bo:
        goto(ana, place.url + "/goals")
        expect(ana.locator("h1.sd-headline")).to_have_text("No goals are set yet.")
        ana.get_by_role("button", name="Set a goal").click()
        idle(ana)
        target(ana, "9M")
        state_name(ana, "Ana")
        ana.get_by_role("button", name="Save").click()
        expect(ana.locator("h1.sd-headline")).to_contain_text("The one running goal is off pace")
        expect(ana.get_by_role("dialog")).to_have_count(0)

        goto(bo, place.url)
        expect(bo.locator(".sd-goal-short")).to_contain_text("of $9.00M")
        expect(bo.locator(".st-key-card-attention")).to_contain_text("behind pace")
        goto(bo, place.url + "/goals")
        for page, name in ((bo, "Bo"), (ana, "")):
            page.get_by_role("button", name="Change").click()
            expect(page.get_by_role("dialog")).to_contain_text("Revisions")
            idle(page)
            if name:
                state_name(page, name)
        target(bo, "8M")
        bo.get_by_role("button", name="Save").click()
        expect(bo.locator(".sd-goal .sd-g-target i")).to_have_text("$8.00M")
        target(ana, "7M")
        ana.get_by_role("button", name="Save").click()
        dialog = ana.get_by_role("dialog")
        expect(dialog).to_contain_text("Bo changed this goal in the meantime")
        expect(dialog).to_contain_text("$8,000,000.00")
        expect(dialog.get_by_label("Target", exact=True)).to_have_value("7M")
        ana.get_by_role("button", name="Save mine over theirs").click()
        expect(ana.locator(".sd-goal .sd-g-target i")).to_have_text("$7.00M")
        idle(ana)
        ana.get_by_role("button", name="Change").click()
        expect(ana.get_by_role("dialog")).to_contain_text("3 revisions")
