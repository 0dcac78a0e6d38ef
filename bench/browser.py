"""Chromium: from the click to the last drawn stroke, and from the address to a whole page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.measure import median, spread, table
from bench.servers import App, running
from bench.visits import Step, fresh

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET_MS = 400
LOADS = 5

WATCH = """
window.__click = 0; window.__last = 0; window.__count = 0;
const noted = () => { window.__last = performance.now(); window.__count += 1; };
addEventListener('click', () => { window.__click = performance.now(); window.__count = 0; }, true);
const begin = () => new MutationObserver(changes => {
  const main = document.querySelector('[data-testid=stMain]');
  if (main && changes.some(c => main.contains(c.target) || c.target === main)) noted();
}).observe(document, {childList: true, subtree: true, attributes: true, characterData: true});
begin();
"""

DRAWN = """quiet => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.dataset.testConnectionState !== 'CONNECTED') return false;
  if (app.dataset.testScriptState !== 'notRunning') return false;
  if (document.querySelector('[data-stale=true], [data-testid=stSkeleton]')) return false;
  return window.__count > 0 && performance.now() - window.__last > quiet;
}"""


def report(folder: Path, apps: list[str], rows: int) -> str:
    """Warm loads and filter changes of each app."""
    found = {}
    for name in apps:
        with running(name, folder) as app, _chromium() as page:
            found[name] = (_loads(page, app), _changes(page, app, fresh(name)))
    load_floor, change_floor = (median(times) for times in found[apps[0]])
    return table(
        f"Chromium, {rows:,} lines, 1440 x 900",
        ["page", "filter change until drawn, ms", "x empty", "warm load, ms", "x empty"],
        [
            [
                name,
                spread(changes),
                f"{median(changes) / change_floor:.2f}",
                spread(loads),
                f"{median(loads) / load_floor:.2f}",
            ]
            for name, (loads, changes) in found.items()
        ],
        "Every change of salesdash shows a selection that was not shown before; most it has asked "
        "ahead by then (what is not foreseen costs the server what the table above says). Drawn: "
        f"script done, nothing stale, last change of the page before {QUIET_MS} quiet ms.",
    )


@contextmanager
def _chromium() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=FLAGS
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def _loads(page: Page, app: App) -> list[float]:
    """Milliseconds from navigation to the last stroke; the first, cold one is left out."""
    times = []
    for _ in range(LOADS + 1):
        page.goto("about:blank")
        page.goto(app.url)
        times.append(_settled(page))
    return times[1:]


def _changes(page: Page, app: App, steps: list[Step]) -> list[float]:
    page.goto(app.url)
    _settled(page)
    times = []
    for step in steps:
        box = page.locator(f".st-key-{step.key.replace('.', '-')}")
        box.locator("input").first.click()
        option = page.get_by_role("option").nth(step.option)
        option.wait_for()
        page.wait_for_timeout(100)
        option.click()
        times.append(_settled(page) - page.evaluate("window.__click"))
    return times


def _settled(page: Page) -> float:
    """Wait until all is drawn; when the last stroke was, on the page's clock."""
    page.wait_for_function(DRAWN, arg=QUIET_MS, polling=50)
    return float(page.evaluate("window.__last"))
