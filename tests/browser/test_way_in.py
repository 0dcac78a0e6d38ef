"""From a dropped file to figures, and back: a test that stores anything has homes of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, commit, drop, goto, idle, running, value, visiting
from tests.browser.homes import DEALS, MORE, ORDERS, ROOT, UNCLEAR, demo_copy


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An app whose own home is empty, for tests that leave it so."""
    with running(tmp_path_factory.mktemp("empty")) as found:
        yield found


@pytest.fixture
def guest(browser: Browser, empty: App) -> Iterator[Page]:
    with visiting(browser, empty) as page:
        yield page


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An app whose own home is empty; each test has its own, so their order does not matter."""
    with running(tmp_path_factory.mktemp("fresh")) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, fresh: App) -> Iterator[Page]:
    with visiting(browser, fresh) as page:
        yield page


def test_an_empty_home_says_what_to_do(guest: Page, empty: App) -> None:
    goto(guest, empty.url + "/?home=own")
    expect(guest.get_by_text("No figures yet")).to_be_visible()
    guest.locator(".st-key-to-imports button").click()
    idle(guest)
    expect(guest.locator("[data-testid=stFileUploader]")).to_be_visible()


def test_an_upload_becomes_figures_that_can_be_taken_back_and_brought_back(
    visitor: Page, fresh: App
) -> None:
    drop(visitor, fresh, "orders.csv", ORDERS)
    expect(visitor.locator("h1.sd-headline")).to_have_text(
        "Ready to import: 3 order lines, 1 row needs a look."
    )
    expect(visitor.locator(".st-key-card-changes")).to_contain_text(
        "Books balance: 4 lines = 3 loaded + 1 rejected"
    )
    expect(visitor.locator(".st-key-card-changes")).to_contain_text("$2,000")
    expect(visitor.locator(".st-key-card-rejected")).to_contain_text("not a number")
    commit(visitor)

    drop(visitor, fresh, "more.csv", MORE)
    changes = visitor.locator(".st-key-card-changes .sd-figures")
    expect(changes).to_contain_text("1new")
    expect(changes).to_contain_text("1changed")
    commit(visitor)
    visitor.locator(".st-key-just-in a").click()
    idle(visitor)
    assert value(visitor, "sales") == "$2,500"  # 2,499.75
    expect(visitor.locator(".sd-value").first).to_have_attribute("title", "$2,499.75")

    goto(visitor, fresh.url + "/imports")
    visitor.locator(".st-key-undo-2 button").click()
    idle(visitor)
    expect(visitor.locator(".st-key-event-2")).to_contain_text("taken back")
    goto(visitor, fresh.url)
    assert value(visitor, "sales") == "$2,000"

    goto(visitor, fresh.url + "/imports")
    visitor.locator(".st-key-redo-2 button").click()
    idle(visitor)
    goto(visitor, fresh.url)
    assert value(visitor, "sales") == "$2,500"
    goto(visitor, fresh.url + "/?cut=1")
    assert value(visitor, "sales") == "$2,000"
    expect(visitor.locator(".sd-edge")).to_contain_text("As of import 1")
    visitor.locator(".st-key-back-to-newest button").click()
    idle(visitor)
    assert value(visitor, "sales") == "$2,500"


def test_the_same_file_twice_adds_nothing(visitor: Page, fresh: App) -> None:
    drop(visitor, fresh, "orders.csv", ORDERS)
    commit(visitor)
    drop(visitor, fresh, "again.csv", ORDERS)
    expect(visitor.locator("h1.sd-headline")).to_contain_text("in already, as import 1")
    expect(visitor.locator(".st-key-commit")).to_have_count(0)


def test_what_only_the_person_knows_is_asked(guest: Page, empty: App) -> None:
    drop(guest, empty, "unclear.csv", UNCLEAR)
    expect(guest.locator("h1.sd-headline")).to_contain_text("One question")
    expect(guest.locator(".st-key-commit button")).to_be_disabled()
    guest.get_by_text("day first (31/12/2026)").click()
    expect(guest.locator("h1.sd-headline")).to_contain_text(
        "Ready to import: 2 order lines", timeout=60_000
    )
    idle(guest)
    expect(guest.locator(".st-key-card-facts")).to_contain_text("1 Feb – 3 Apr 2026")


def test_a_file_that_cannot_be_read_says_why_in_both_languages(
    browser: Browser, guest: Page, empty: App
) -> None:
    drop(guest, empty, "empty.csv", "")
    expect(guest.get_by_test_id("stAlert")).to_contain_text("The file is empty")
    with visiting(browser, empty, locale="zh-CN") as page:
        drop(page, empty, "empty.csv", "")
        expect(page.get_by_test_id("stAlert")).to_contain_text("文件是空的")


def test_a_broken_config_leaves_the_last_good_one_in_use(browser: Browser, tmp_path: Path) -> None:
    """Pinned with a config of its own: a half-written file is a banner, not an outage."""
    own = tmp_path / "config.yaml"
    own.write_text((ROOT / "config.yaml").read_text())
    demo_copy(tmp_path / "own-demo", rows=1000)
    with running(tmp_path, config=own) as app, visiting(browser, app) as page:
        goto(page, app.url)
        own.write_text("company: [")
        page.get_by_role("radio", name="中文").click()
        idle(page)
        expect(page.get_by_test_id("stAlert")).to_contain_text("config.yaml 有问题")
        expect(page.locator("[class*=st-key-tile-]")).to_have_count(8)


def test_a_workbook_of_orders_and_deals_goes_in_and_out_as_one(
    visitor: Page, fresh: App, tmp_path: Path
) -> None:
    book = tmp_path / "both.xlsx"
    with xlsxwriter.Workbook(book) as out:
        for name, text in (("Orders", ORDERS), ("Deals", DEALS)):
            sheet = out.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                sheet.write_row(number, 0, line.split(","))
    goto(visitor, fresh.url + "/imports?home=own")
    visitor.locator("input[type=file]").set_input_files(book)
    visitor.locator(".st-key-cancel-import").wait_for(timeout=60_000)
    idle(visitor)
    expect(visitor.locator("h1.sd-headline")).to_contain_text("3 order lines, 4 deals")
    facts = visitor.locator(".st-key-card-facts")
    expect(facts).to_contain_text("Orders, Deals")
    expect(facts).to_contain_text("Deals")
    expect(visitor.locator(".st-key-card-changes")).to_contain_text("$2,000")
    expect(visitor.locator(".st-key-card-changes-deals")).to_contain_text("4new")
    commit(visitor)
    both = visitor.locator(".st-key-event-1")
    expect(both).to_contain_text("Order lines: 3 new")
    expect(both).to_contain_text("Deals: 4 new")
    expect(visitor.locator(".st-key-event-2")).to_have_count(0)
    goto(visitor, fresh.url + "/pipeline")
    expect(visitor.locator("h1.sd-headline")).to_be_visible()
    goto(visitor, fresh.url)
    assert value(visitor, "sales") == "$2,000"

    goto(visitor, fresh.url + "/imports?home=own")
    visitor.locator(".st-key-undo-1 button").click()
    idle(visitor)
    expect(visitor.locator(".st-key-event-1")).to_contain_text("taken back")
    goto(visitor, fresh.url + "/?home=own")
    expect(visitor.get_by_text("No figures yet")).to_be_visible()
