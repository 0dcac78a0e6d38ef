"""On Chinese screens the interface speaks Chinese: no Latin words but names, units and formats."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from salesdash import config
from salesdash.demo import Demo, build
from salesdash.demo.exports import write_all
from salesdash.demo.filings import Filing, write_filings
from salesdash.imports import Home
from salesdash.ui.shell import SCREENS
from tests.browser.conftest import App, goto, idle, running, says, visiting
from tests.browser.homes import NOW, ROOT, TODAY

SCALE = 0.05
LATELY = 8
"""So many exports of orders are imported."""

NAMES = (
    "CRM KPI CLV CAC CSV JSON Excel Parquet Zoho Markdown HTML PNG SQL SMART English salesdash "
    "DuckDB MB Ctrl Enter"
)
"""What Chinese offices call so too."""

ALLOWED = {*NAMES.split(), "yyyy", "mm", "dd"}
"""With what an empty field of a date shows; the browser side draws it."""

DATA = re.compile(r"[\w\-.]+\.(csv|xlsx|zip|gz|md|html|yaml)\b|\bXS\d{6}-\d{4}\b")
"""Names of files, and the demo company's order numbers."""

STATEMENT = re.compile(r"select\s.*\sfrom\s", re.DOTALL)
"""SQL is written with these words everywhere."""

WORD = re.compile(r"[A-Za-z]{2,}")
SEEN = """() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.textContent.trim(), place = walk.currentNode.parentElement;
        if (!text || !place || place.closest('style, script, svg, pre')) continue;
        const style = getComputedStyle(place), box = place.getBoundingClientRect();
        if (/material|symbols/i.test(style.fontFamily)) continue;
        if (parseFloat(style.fontSize) === 0) continue;
        if (!place.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
        if (box.right < 0 || box.bottom < -1 || box.width <= 1) continue;
        found.push(text);
    }
    for (const place of document.querySelectorAll(':placeholder-shown'))
        found.push(place.getAttribute('placeholder'));
    for (const place of document.querySelectorAll('svg text')) found.push(place.textContent);
    return found;
}"""


@pytest.fixture(scope="module")
def chinese(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[App, list[str]]]:
    """The demo company in Chinese, small and with few files of each kind, and all its addresses."""
    folder = tmp_path_factory.mktemp("chinese")
    settings = config.load(ROOT / "config.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salesdash.demo.home.write_all", lambda *of: write_all(*of)[-LATELY:])
        patch.setattr("salesdash.demo.home.write_filings", _first_and_last)
        build(folder / "own-demo", lang="zh", today=TODAY, now=NOW, scale=SCALE, settings=settings)
    addresses = places(folder / "own-demo")
    with running(folder) as found:
        yield found, addresses


def _first_and_last(demo: Demo, folder: Path) -> list[tuple[Filing, Path]]:
    """Of each kind of file the first, which holds all that was before, and the last."""
    kinds: dict[str, list[tuple[Filing, Path]]] = {}
    for filing, path in write_filings(demo, folder):
        kinds.setdefault(filing.sheets[0][0], []).append((filing, path))
    chosen = [each for found in kinds.values() for each in (found[0], found[-1])]
    return list({path: (filing, path) for filing, path in chosen}.values())


def latin(texts: list[str]) -> set[str]:
    """Texts with a word that is not allowed."""
    said = [text for text in texts if not STATEMENT.match(text)]
    return {text for text in said if {*WORD.findall(DATA.sub("", text))} - ALLOWED}


def places(place: Path) -> list[str]:
    """Each page, its views, and one of each thing that has a page of its own."""
    found = [screen.name for screen in SCREENS]
    found += ["goals?view=year", "goals?view=targets"]
    home = Home.open(place, now=NOW, settings=config.load(ROOT / "config.yaml"))
    try:
        kept = home.workspace
        found += [f"meetings?meeting={each.id}" for each in kept.meetings.all()[:3]]
        found += [f"actions?action={each.id}" for each in kept.actions.all()[:1]]
        found += [f"goals?goal={each.code}" for each in kept.goals.standing()[:1]]
        found += [f"training?person={each}" for each in kept.training.people()[:1]]
    finally:
        home.close()
    return found


def visit(page: Page, app: App, address: str) -> None:
    """A page by the menu, which is quicker; a view of a page by its address."""
    if "?" in address:
        goto(page, f"{app.url}/{address}")
        return
    number = [screen.name for screen in SCREENS].index(address)
    page.get_by_test_id("stSidebarNavLink").nth(number).click()
    idle(page)
    if number:
        says(page, f"/{address}")


def test_no_page_speaks_english(browser: Browser, chinese: tuple[App, list[str]]) -> None:
    app, addresses = chinese
    with visiting(browser, app, locale="zh-CN") as page:
        offending = {}
        goto(page, app.url)
        for address in addresses:
            visit(page, app, address)
            for chart in page.get_by_test_id("stVegaLiteChart").all():  # they are drawn late
                chart.locator("svg.marks").first.wait_for(state="attached")
            if bad := latin(page.evaluate(SEEN)):
                offending[address] = sorted(bad)
        assert not offending


def test_no_drawer_speaks_english(browser: Browser, chinese: tuple[App, list[str]]) -> None:
    app, _ = chinese
    with visiting(browser, app, locale="zh-CN") as page:
        goto(page, app.url)
        page.locator("[class*=st-key-define-] button:visible").first.click()
        page.get_by_role("dialog").wait_for()
        idle(page)
        assert not latin(page.evaluate(SEEN))
        goto(page, app.url + "/goals")
        page.get_by_role("button", name="设定目标").first.click()
        page.get_by_role("dialog").wait_for()
        idle(page)
        assert not latin(page.evaluate(SEEN))
