"""From a dropped file to figures, and back, in a Python that was started as users start it."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, commit, drop, goto, idle, running, tile, visiting
from tests.browser.homes import MORE, ORDERS


def test_an_empty_home_says_what_to_do(page: Page, app: App) -> None:
    goto(page, app.url + "/?home=own")
    expect(page.get_by_text("No figures yet")).to_be_visible()
    page.locator(".st-key-to-imports button").click()
    expect(page.locator("[data-testid=stFileUploader]")).to_be_visible()


def test_an_upload_becomes_figures_that_can_be_taken_back_and_brought_back(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path, fresh=True) as app, visiting(browser, app) as page:
        drop(page, app, "orders.csv", ORDERS)
        expect(page.locator("h1.sd-headline")).to_have_text(
            "Ready to import: 3 order lines, 1 row needs a look."
        )
        expect(page.locator(".st-key-card-changes")).to_contain_text(
            "Books balance: 4 lines = 3 loaded + 1 rejected"
        )
        expect(page.locator(".st-key-card-changes")).to_contain_text("$2,000")
        expect(page.locator(".st-key-card-rejected")).to_contain_text("not a number")
        commit(page)

        drop(page, app, "more.csv", MORE)
        changes = page.locator(".st-key-card-changes .sd-figures")
        expect(changes).to_contain_text("1new")
        expect(changes).to_contain_text("1changed")
        commit(page)
        page.locator(".st-key-just-in a").click()
        sales = tile(page, "sales")
        expect(sales).to_have_text("$2,500")  # 2,499.75
        expect(sales).to_have_attribute("title", "$2,499.75")
        idle(page)

        goto(page, app.url + "/imports")
        page.locator(".st-key-undo-2 button").click()
        expect(page.locator(".st-key-event-2")).to_contain_text("taken back")
        idle(page)
        goto(page, app.url)
        expect(sales).to_have_text("$2,000")

        goto(page, app.url + "/imports")
        page.locator(".st-key-redo-2 button").click()
        expect(page.locator(".st-key-undo-2")).to_be_visible()
        idle(page)
        goto(page, app.url + "/?cut=1")
        expect(sales).to_have_text("$2,000")
        expect(page.locator(".sd-edge")).to_contain_text("As of import 1")
        page.locator(".st-key-back-to-newest button").click()
        expect(sales).to_have_text("$2,500")


def test_the_same_file_twice_adds_nothing(browser: Browser, company: App) -> None:
    with visiting(browser, company) as page:
        drop(page, company, "again.csv", ORDERS)
        expect(page.locator("h1.sd-headline")).to_contain_text("in already, as import 1")
        expect(page.locator(".st-key-commit")).to_have_count(0)
