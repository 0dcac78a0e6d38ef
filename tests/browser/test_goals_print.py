"""Goals on paper: the board and the year on one or two pages, without buttons; a hit told once."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from salesdash import config
from salesdash.imports import Home
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Stamp, Terms
from tests.browser.conftest import App, goto, idle, running, visiting
from tests.browser.homes import CLERK, NOW, ROOT, demo_copy

REGIONS = ("Northeast", "Southeast", "Midwest", "Southwest", "West")
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A demo company with 21 goals: each quarter of five regions, and a month that was hit."""
    folder = tmp_path_factory.mktemp("goals")
    demo_copy(folder / "own-demo")
    quarters = FiscalCalendar().units(Grain.QUARTER, YEAR)
    terms = [
        Terms("sales", quarter, Decimal(10**6), (Filter("region", (region,)),))
        for region in REGIONS
        for quarter in quarters
    ]
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    home = Home.open(folder / "own-demo", now=NOW, settings=config.load(ROOT / "config.yaml"))
    home.workspace.goals.add([*terms, Terms("orders", october, Decimal(1))], Stamp(CLERK, NOW))
    home.close()
    with running(folder) as found:
        yield found


@pytest.fixture
def opened(browser: Browser, place: App) -> Iterator[Page]:
    with visiting(browser, place) as found:
        yield found


def pages(page: Page) -> int:
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def test_the_goals_print_on_few_pages_without_buttons(opened: Page, place: App) -> None:
    goto(opened, place.url + "/goals")
    expect(opened.locator(".sd-goal")).to_have_count(1 + len(REGIONS))
    assert pages(opened) == 1
    opened.get_by_role("radio", name="Over").click()
    expect(opened.locator(".sd-goal")).to_have_count(1 + 3 * len(REGIONS) + 1)
    idle(opened)
    assert pages(opened) <= 2
    goto(opened, place.url + "/goals?view=year")
    expect(opened.locator("a.sd-square")).to_have_count(21)
    assert pages(opened) == 1
    opened.emulate_media(media="print")
    for button in opened.get_by_role("button").all():
        expect(button).not_to_be_visible()
    wide = "document.querySelector('table.sd-year').getBoundingClientRect().right"
    opened.wait_for_function(f"{wide} <= document.documentElement.clientWidth")


def test_a_square_of_the_year_opens_its_goal(opened: Page, place: App) -> None:
    goto(opened, place.url + "/goals?view=year")
    opened.locator("a.sd-square").first.click()
    expect(opened.locator("h1.sd-headline")).to_contain_text("Orders")
    expect(opened).to_have_url(re.compile("goal="))
    idle(opened)
    assert pages(opened) <= 2
    expect(opened.locator(".st-key-single")).to_be_visible()
    opened.emulate_media(media="print")
    expect(opened.locator(".st-key-single")).not_to_be_visible()


def test_a_goal_that_was_hit_is_told_once_for_each_browser(browser: Browser, place: App) -> None:
    told = re.compile(r"Reached 30 days early: Orders, [\d,]+ of 1")
    with visiting(browser, place) as page:
        goto(page, place.url + "/goals")
        expect(page.locator(".sd-hits")).to_have_text(told)
        page.get_by_role("radio", name="Over").click()
        expect(page.locator(".sd-goal")).to_have_count(17)
        expect(page.locator(".sd-hits")).to_have_text(told)
        page.get_by_role("button", name="Got it").click()
        expect(page.locator(".sd-hits")).to_have_count(0)
        idle(page)
        goto(page, place.url + "/goals")
        expect(page.locator(".sd-goal").first).to_be_visible()
        expect(page.locator(".sd-hits")).to_have_count(0)
    with visiting(browser, place) as another:
        goto(another, place.url + "/goals")
        expect(another.locator(".sd-hits")).to_have_text(told)
