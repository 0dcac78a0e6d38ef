"""A running app and a browser that reports everything it should not have done."""

import itertools
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.homes import ROOT, TODAY, demo_copy, dropped

CHROMIUM = Path("/usr/bin/chromium")
ABSENT = "Chromium is not here (apt-get install chromium): browser tests are skipped"
PATIENCE_MS = 20_000
"""How long a page may take to show what is expected: a busy machine is no finding."""

PROBES = re.compile(r"status of 40[14]")
"""A deep link asks /<page>/_stcore/... first; a shared app answers 401 until it has its code."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class App:
    """A running app: its address, and the folder of its homes."""

    url: str
    folder: Path


@contextmanager
def running(
    folder: Path, config: Path = ROOT / "config.yaml", today: date = TODAY, *, share: bool = False
) -> Iterator[App]:
    """`python -m salesdash run` on a free port, with own and demo homes in the folder.

    `share`: for the network, behind an access code.
    """
    log = folder / "server.log"
    own = folder / "own"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    order = [sys.executable, "-m", "salesdash", "--home", str(own), "--today", str(today)]
    order += ["--config", str(config)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SALESDASH_")}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*order, "run", "--port", str(port), *(["--share"] if share else [])],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield App(url, folder)
    finally:
        process.terminate()
        process.wait(20)
    said = log.read_text(errors="replace")
    assert "Traceback" not in said, said[-4000:]


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url + "/_stcore/health", timeout=2).read()
        except urllib.error.HTTPError as refused:
            if refused.code != HTTPStatus.UNAUTHORIZED:
                raise
            return  # it is up, and asks for its code
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the app did not start: " + log.read_text())


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """One app for all tests: a small demo company, and an own home that is still empty."""
    folder = tmp_path_factory.mktemp("app")
    demo_copy(folder / "own-demo")
    with running(folder) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is not here, and CI must not skip the browser tests")
        pytest.skip(ABSENT)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@contextmanager
def visiting(
    browser: Browser, app: App, *, locale: str = "en-US", scheme: str = "light", width: int = 1440
) -> Iterator[Page]:
    """A fresh visitor, who must see no console error and ask no other host for anything."""
    context = browser.new_context(
        viewport={"width": width, "height": 1000},
        locale=locale,
        color_scheme="dark" if scheme == "dark" else "light",
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE_MS)
    outside: list[str] = []
    problems: list[str] = []
    context.on("request", lambda r: None if _is_inside(r.url, app) else outside.append(r.url))
    page = context.new_page()
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    try:
        yield page
        expect(page.get_by_test_id("stException")).to_have_count(0)
    finally:
        context.close()
    assert not outside, f"the browser asked others: {outside}"
    assert not [text for text in problems if not PROBES.search(text)], problems


def _is_inside(url: str, app: App) -> bool:
    return url.startswith((app.url, app.url.replace("http", "ws", 1), "data:", "blob:"))


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    """A visitor with an English browser, light, 1440 px."""
    with visiting(browser, app) as found:
        yield found


def goto(page: Page, url: str) -> None:
    """Open an address and wait until all of it is drawn."""
    page.goto(url)
    idle(page)


CALM_MS = 150
"""So long nothing must happen: a click is on its way, one run of the page asks for another."""

CALM = """
([asked, wanted]) => {
    const shell = document.querySelector("[data-testid=stApp]")
    const calm = shell !== null
        && shell.getAttribute("data-test-connection-state") === "CONNECTED"
        && shell.getAttribute("data-test-script-state") === "notRunning"
        && !document.querySelector("[data-stale=true]")
        // parts of the page whose code is still on its way: a click beside them comes too early
        && !document.querySelector("[data-testid=stSkeleton]")
    const known = window.calmSince
    if (!calm || !known || known.asked !== asked)
        window.calmSince = {asked, since: performance.now()}
    return calm && performance.now() - window.calmSince.since >= wanted
}
"""

_asked = itertools.count()


def idle(page: Page) -> None:
    """The script has stopped and its last elements are on the page."""
    page.wait_for_function(CALM, arg=[next(_asked), CALM_MS], timeout=60_000)


def drawn(chart: Locator) -> None:
    """A chart really has ink: marks with a size."""
    chart.locator("svg.marks path").first.wait_for(state="attached")


def value(page: Page, metric: str) -> str:
    """The figure on a tile."""
    return page.locator(f".st-key-tile-{metric} .sd-value").inner_text()


def drop(page: Page, app: App, name: str, text: str) -> None:
    """Drop a file on the imports page and wait for what is said about it."""
    goto(page, app.url + "/imports?home=own")
    page.locator("input[type=file]").set_input_files([dropped(name, text)])
    page.locator(".st-key-cancel-import").wait_for(timeout=60_000)
    idle(page)


def commit(page: Page, who: str = "Ana Ruiz") -> None:
    """Say who one is if asked, and import."""
    name = page.get_by_placeholder("Who are you? Your name")
    expect(name.or_(page.locator(".st-key-rename-who"))).to_be_visible()
    if name.count():
        name.fill(who)
    page.locator(".st-key-commit button").click()
    page.locator(".st-key-just-in").wait_for(timeout=60_000)
    idle(page)
