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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Download,
    Error,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.forks import Fork
from tests.browser.homes import ROOT, TODAY, demo_copy, dropped, held_copy, own_copy

Process: TypeAlias = "subprocess.Popen[bytes] | Fork"

CHROMIUM = Path("/usr/bin/chromium")
ABSENT = "Chromium is not here (apt-get install chromium): browser tests are skipped"
PATIENCE_MS = 30_000
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
    folder: Path,
    config: Path = ROOT / "config.yaml",
    today: date = TODAY,
    *,
    share: bool = False,
    fresh: bool = False,
) -> Iterator[App]:
    """`python -m salesdash run` on a free port, with own and demo homes in the folder.

    `share`: for the network, behind an access code. `fresh`: in a Python of its own, as users start
    it; else in a fork of one that has imported everything.
    """
    log = folder / "server.log"
    own = folder / "own"
    port = _free_port()
    words = ["--home", str(own), "--today", str(today), "--config", str(config)]
    words += ["run", "--port", str(port), *(["--share"] if share else [])]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SALESDASH_")}
    process = _fresh(words, environment, log) if fresh else Fork(words, environment, log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield App(url, folder)
    finally:
        process.terminate()
        process.wait(60)
        _ports.append(port)
    said = log.read_text(errors="replace")
    assert "Traceback" not in said, said[-4000:]


_ports: list[int] = []
"""Where apps were before: a browser knows the code that came from there."""


def _free_port() -> int:
    for wanted in (*reversed(_ports), 0):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", wanted))
            if wanted:
                _ports.remove(wanted)
            return int(probe.getsockname()[1])
    raise AssertionError("no port is free")


def _fresh(words: list[str], environment: dict[str, str], log: Path) -> Process:
    order = [sys.executable, "-m", "salesdash", *words]
    with log.open("wb") as out:
        return subprocess.Popen(
            order, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )


def _wait(url: str, process: Process, log: Path) -> None:
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
def company(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """One app for tests that leave figures as they are: an own company, and a demo beside it."""
    folder = tmp_path_factory.mktemp("company")
    own_copy(folder / "own")
    demo_copy(folder / "own-demo")
    with running(folder) as found:
        yield found


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """An app with a meeting that is open."""
    folder = tmp_path_factory.mktemp("held")
    held_copy(folder / "own")
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


_tabs: dict[str, list[Page]] = {}
"""Tabs that nobody uses, by the language of their browser: they have the app's code already.

To read and compile it anew costs more than most visits.
"""


@contextmanager
def visiting(
    browser: Browser, app: App, *, locale: str = "en-US", scheme: str = "light", width: int = 1440
) -> Iterator[Page]:
    """A fresh visitor, who must see no console error and ask no other host for anything."""
    tabs = _tabs.setdefault(locale, [])
    page = tabs.pop() if tabs else _tab(browser, locale)
    page.set_viewport_size({"width": width, "height": 1000})
    colours: Literal["dark", "light"] = "dark" if scheme == "dark" else "light"
    page.emulate_media(media="null", color_scheme=colours, reduced_motion="reduce")
    with _watched(page, app):
        try:
            yield page
            expect(page.get_by_test_id("stException")).to_have_count(0)
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.goto("about:blank")
            page.context.clear_cookies()
        except BaseException:
            page.context.close()
            raise
    tabs.append(page)


@contextmanager
def _watched(page: Page, app: App) -> Iterator[None]:
    outside: list[str] = []
    problems: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((app.url, "data:", "blob:")):
            outside.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBES.search(message.text):
            problems.append(message.text)

    def broke(error: Error) -> None:
        problems.append(str(error))

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", broke)
    yield
    page.remove_listener("request", asked)
    page.remove_listener("console", said)
    page.remove_listener("pageerror", broke)
    assert not outside, f"the browser asked others: {outside}"
    assert not problems, problems


def _tab(browser: Browser, locale: str) -> Page:
    context = browser.new_context(locale=locale, accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(HEARD)
    return context.new_page()


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    """A visitor with an English browser, light, 1440 px."""
    with visiting(browser, app) as found:
        yield found


def goto(page: Page, url: str) -> None:
    """Open an address and wait until all of it is drawn."""
    page.goto(url)
    idle(page)


LOOKS, LOOK_MS = 4, 50
"""So often in a row nothing must happen: one run of the page asks for another.

The page's own thread looks, and it does what has arrived between two looks, however slow it is. To
look at each frame, as is the default, would have frames drawn for nothing.
"""

HEARD = """
const send = WebSocket.prototype.send
WebSocket.prototype.send = function (message) {
    const begins = message instanceof Uint8Array || message instanceof ArrayBuffer
    if (begins && new Uint8Array(message.buffer ?? message, message.byteOffset ?? 0)[0] === RERUN) {
        if (!this.isHeard)
            this.addEventListener("message", () => { window.isUnanswered = false })
        this.isHeard = true
        window.isUnanswered = true
    }
    return send.call(this, message)
}
""".replace("RERUN", str(BackMsg.RERUN_SCRIPT_FIELD_NUMBER << 3 | 2))
"""Remembers that a run was asked for and the server, which may be busy, has not said a word yet.

Until it does, the page looks as if nothing had been asked. A message begins with its field's tag.
"""

CALM = """
([asked, wanted]) => {
    const shell = document.querySelector("[data-testid=stApp]")
    const calm = shell !== null
        && !window.isUnanswered
        && shell.getAttribute("data-test-connection-state") === "CONNECTED"
        && shell.getAttribute("data-test-script-state") === "notRunning"
        && !document.querySelector("[data-stale=true]")
        // parts of the page whose code is still on its way: a click beside them comes too early
        && !document.querySelector("[data-testid=stSkeleton]")
    const looks = calm && window.calm?.asked === asked ? window.calm.looks + 1 : Number(calm)
    window.calm = {asked, looks}
    return looks >= wanted
}
"""

_asked = itertools.count()


def idle(page: Page) -> None:
    """The script has stopped and its last elements are on the page."""
    page.wait_for_function(CALM, arg=[next(_asked), LOOKS], timeout=60_000, polling=LOOK_MS)


def drawn(chart: Locator) -> None:
    """A chart really has ink: marks with a size."""
    chart.locator("svg.marks path").first.wait_for(state="attached")


def tile(page: Page, metric: str) -> Locator:
    """The figure on a tile."""
    return page.locator(f".st-key-tile-{metric} .sd-value")


def says(page: Page, *choices: str) -> None:
    """The address says all of these, or comes to."""
    for choice in choices:
        expect(page).to_have_url(re.compile(re.escape(choice)))


def fits(page: Page, width: int = 390) -> None:
    """Nothing of the page is wider than the screen."""
    wide = "wanted => document.documentElement.scrollWidth <= wanted"
    page.wait_for_function(wide, arg=width)


def becomes(page: Page, ask: Callable[[], object], wanted: object) -> None:
    """What is asked comes to be as wanted."""
    latest = time.monotonic() + PATIENCE_MS / 1000
    while ask() != wanted and time.monotonic() < latest:
        page.wait_for_timeout(50)
    assert ask() == wanted


def downloaded(page: Page, key: str) -> Download:
    """What a click on a button brings."""
    with page.expect_download() as found:
        page.locator(f".st-key-download-{key} button").click()
    return found.value


def content(page: Page, key: str) -> bytes:
    """What is in it."""
    return downloaded(page, key).path().read_bytes()


def introduce(page: Page, name: str) -> None:
    """Say who one is, unless that is known."""
    field = page.get_by_placeholder("Who are you? Your name").first
    expect(field.or_(page.locator("[class*=st-key-rename-who]")).first).to_be_visible()
    if field.is_visible():
        field.fill(name)
        page.locator(".st-key-ok-who button").click()
        expect(field).to_have_count(0)
        idle(page)


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
    if name.is_visible():
        name.fill(who)
    page.locator(".st-key-commit button").click()
    page.locator(".st-key-just-in").wait_for(timeout=60_000)
    idle(page)
