"""Four Mondays and a month's end with the demo company, as its team would play them.

Each Monday the app starts on that day; the week's exports come in through the browser, with orders
that came late and an amount that was corrected. What a meeting closed with never moves again.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from salesdash import config, imports
from salesdash.demo import batch
from salesdash.demo.exports import write_all
from salesdash.demo.filings import write_filings
from salesdash.demo.generator import Demo, Recipe
from salesdash.imports import Home, Request
from salesdash.workspace import Priority, Promise, Stamp, Standing
from tests.browser.conftest import (
    App,
    commit,
    content,
    drop,
    goto,
    idle,
    introduce,
    running,
    says,
    visiting,
)
from tests.browser.homes import ROOT, TODAY
from tests.browser.meetings import at, count

FIRST, SECOND, THIRD, LAST = (TODAY - timedelta(weeks=n) for n in (3, 2, 1, 0))
SCALE = 0.1
BEFORE = date(2026, 8, 1)
"""The first export that is imported holds July."""
CHAIR, OWNER = "Ruth Calloway", "Bo Chen"

ACTION = "Call the five largest customers who ordered less"
AIMED = Promise(
    "Visit every customer of the Midwest",
    OWNER,
    due=TODAY - timedelta(weeks=9),
    metric="sales",
    scope=(),
    expected=Decimal(5000),
    check=THIRD - timedelta(days=1),
    priority=Priority.HIGH,
)
"""Its check day has come on the third Monday."""

Exports = dict[date, dict[str, Path]]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """The demo company's exports of orders and of deals, by the day they were made."""
    folder = tmp_path_factory.mktemp("exports")
    demo = Demo(Recipe("en", TODAY, SCALE))
    found: Exports = {}
    for export, path in write_all(demo, folder):
        found.setdefault(export.as_of.date(), {})["sales"] = path
    for filing, path in write_filings(demo, folder):
        if [name for name, _ in filing.sheets] == ["deals"]:
            found.setdefault(filing.as_of.date(), {})["deals"] = path
    return found


@pytest.fixture(scope="module")
def place(exports: Exports, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An own home with the exports before the first Monday, and an action of September."""
    folder, then = tmp_path_factory.mktemp("weeks"), datetime(2026, 9, 14, 10, 0)
    home = Home.open(folder / "own", now=then, settings=config.load(ROOT / "config.yaml"))
    try:
        requests = [
            Request(
                path, path.name, dataset=dataset, as_of=datetime(day.year, day.month, day.day, 8)
            )
            for day, files in sorted(exports.items())
            if BEFORE <= day < FIRST
            for dataset, path in sorted(files.items())
        ]
        for staged in batch.staged(home, requests):
            imports.commit(home, staged, CHAIR, staged.request.as_of or then)
        number = home.workspace.actions.make(AIMED, Stamp(CHAIR, then))
        home.workspace.actions.settle(
            number, Standing.DONE, Stamp(OWNER, datetime(2026, 9, 21, 17)), 1
        )
    finally:
        home.close()
    return folder


@contextmanager
def monday(browser: Browser, place: Path, day: date) -> Iterator[tuple[App, Page]]:
    """The app on a Monday, and the chair before it."""
    with running(place, today=day) as app, visiting(browser, app) as page:
        yield app, page


def bring(page: Page, app: App, path: Path, text: str | None = None) -> None:
    """Import an export, or another text under its name."""
    drop(page, app, path.name, path.read_text("utf-8") if text is None else text)
    commit(page, CHAIR)


def begin(page: Page, app: App, kind: str = "weekly") -> str:
    """Open the meeting that is due; where it stands."""
    goto(page, app.url + "/meetings?home=own")
    introduce(page, CHAIR)
    page.locator(f".st-key-open-{kind} button").click()
    says(page, "meeting=")
    idle(page)
    return address(page)


def address(page: Page) -> str:
    """Page and query, without the host: the next Monday has another port."""
    return "/" + page.url.split("/", 3)[3]


def line(page: Page, title: str) -> Locator:
    """The card of a line of the agenda."""
    head = page.locator(".sd-title", has_text=re.compile(rf"^\d+\. {re.escape(title)}"))
    return page.locator("[class*=st-key-card-line-]").filter(has=head)


def say(page: Page, title: str, label: str, text: str) -> None:
    """Write a note or a decision."""
    field = line(page, title).get_by_label(label)
    field.fill(text)
    field.blur()
    idle(page)


def end(page: Page) -> None:
    """Close the meeting."""
    page.locator(".st-key-close-popover button").first.click()
    page.locator(".st-key-close-meeting button").click()
    expect(page.locator("textarea")).to_have_count(0)
    idle(page)


def taken_along(page: Page) -> tuple[bytes, bytes]:
    """The minutes in both forms."""
    return content(page, "minutes"), content(page, "minutes-html")


def corrected(path: Path, first: date, last: date) -> tuple[str, str, Decimal]:
    """One order of these days with 100.00 more on its first line: the file, its number, the day."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    number = next(
        row["Order No."]
        for row in rows
        if first <= date.fromisoformat(row["Order Date"]) <= last and row["Status"] == "Completed"
    )
    own = [row for row in rows if row["Order No."] == number]
    own[0]["Net Amount"] = str(Decimal(own[0]["Net Amount"]) + 100)
    out = io.StringIO()
    writer = csv.DictWriter(out, own[0])
    writer.writeheader()
    writer.writerows(own)
    return out.getvalue(), number, Decimal(100)


@pytest.mark.timeout(900)  # the longest of all, which a busy machine makes three times as long
def test_four_weeks(browser: Browser, place: Path, exports: Exports) -> None:
    """Promises are kept in mind, figures stay as they were, what changed is told with its file."""
    kept: dict[str, tuple[bytes, bytes]] = {}

    with monday(browser, place, FIRST) as (app, page):
        bring(page, app, exports[FIRST]["sales"])
        month = begin(page, app, "monthly")
        say(page, "The month in figures", "Decision", "Two visits a week for each of us")
        end(page)
        kept[month] = taken_along(page)
        first = begin(page, app)
        say(page, "Last week", "Notes", "The web shop was down on Thursday")
        say(page, "Last week", "Decision", "Write to all who tried to order")
        own = line(page, "Last week")
        own.locator("[class*=st-key-add-action-] button").first.click()
        page.get_by_placeholder("What is to be done?").fill(ACTION)
        page.locator("[class*=st-key-add-line] button").click()
        idle(page)
        page.keyboard.press("Escape")
        expect(own).to_contain_text(ACTION)
        end(page)
        kept[first] = taken_along(page)
        markdown, html = (text.decode() for text in kept[first])
        for told in ("The web shop was down on Thursday", "Write to all who tried", ACTION):
            assert told in markdown
            assert told in html
        assert "<script" not in html

    with monday(browser, place, SECOND) as (app, page):
        bring(page, app, exports[SECOND]["sales"])
        text, order, more = corrected(
            exports[FIRST]["sales"], FIRST - timedelta(days=7), FIRST - timedelta(days=1)
        )
        bring(page, app, exports[FIRST]["sales"].with_name("corrections.csv"), text)
        second = begin(page, app)
        restated = line(page, "Restated since last time")
        expect(restated).to_contain_text(order)
        expect(restated).to_contain_text("corrections.csv")
        expect(restated).to_contain_text(f"+${more:,.2f}")
        promised = line(page, "Actions from before")
        expect(promised).to_contain_text(ACTION)
        expect(promised).to_contain_text("carried over 1 time")
        expect(line(page, "Did it help?")).not_to_contain_text(AIMED.text)  # not yet
        end(page)
        kept[second] = taken_along(page)
        assert "corrections.csv" in kept[second][0].decode()

    with monday(browser, place, THIRD) as (app, page):
        bring(page, app, exports[THIRD]["sales"])
        third = begin(page, app)
        expect(line(page, "Actions from before")).to_contain_text("carried over 2 times")
        judged = line(page, "Did it help?")
        expect(judged).to_contain_text(AIMED.text)
        judged.get_by_role("radio", name="Did not").or_(
            judged.get_by_role("button", name="Did not")
        ).first.click()
        idle(page)
        judged.locator("[class*=st-key-verdict-save-] button").click()
        expect(judged).to_contain_text(CHAIR)
        idle(page)
        promised = line(page, "Actions from before")
        promised.locator("label").filter(has_text=ACTION).click()
        idle(page)
        end(page)
        kept[third] = taken_along(page)
        assert f"- [x] {ACTION}" in kept[third][0].decode()
        assert AIMED.text in kept[third][0].decode()
        august = "period=month:2026-08&where=region:West&compare=previous&by=product"
        goto(page, f"{app.url}/comparison?home=own&{august}")
        expect(page.locator("h1.sd-headline")).not_to_be_empty()
        finding = page.locator("h1.sd-headline").inner_text()
        page.locator(".st-key-put-comparison button:visible").click()
        page.get_by_role("menuitem", name="Weekly sales meeting").click()
        expect(page.get_by_test_id("stToast")).to_contain_text("On the agenda: Weekly sales")
        idle(page)

    with monday(browser, place, LAST) as (app, page):
        bring(page, app, exports[LAST]["sales"])
        bring(page, app, exports[LAST]["deals"])
        last = begin(page, app)
        expect(line(page, "Pipeline movement")).to_contain_text("deals_2026-11-23.csv")
        expect(line(page, "Actions from before")).to_contain_text("done · carried over 2 times")
        page.locator(".st-key-present-start button").click()
        at(page, 1)
        number = count(page) - 2  # after it come the plan for next week and the end
        page.locator(f".st-key-present-to-{number - 1} button").click()
        at(page, number)
        expect(page.locator("h1.sd-headline")).to_have_text(finding)
        page.get_by_role("link", name="See it on Comparison").click()
        says(page, "/comparison?", "period=month%3A2026-08", "where=region%3AWest")
        says(page, "compare=previous")
        expect(page.locator("h1.sd-headline")).to_have_text(finding)
        idle(page)
        goto(page, app.url + last)
        end(page)
        assert finding in kept_text(page)
        for where, before in kept.items():
            goto(page, app.url + where)
            assert taken_along(page) == before, where


def kept_text(page: Page) -> str:
    """The minutes as Markdown, read as words."""
    return taken_along(page)[0].decode().replace("\\", "")
