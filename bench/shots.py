"""Take the pictures of the screens: `make shots` writes docs/pictures.

Every screen in both languages, light and wide; the Overview also dark and on a phone.
``python -m bench.shots --all FOLDER`` takes every screen in every look, to be looked at.

The demo company is built in both languages in a temporary folder, with a fixed day, so that the
pictures change only when the screens do.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from salesdash.ui import shell

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
TODAY = "2026-11-23"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOCALES = {"en": "en-US", "zh": "zh-CN"}
LOOKS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]
SCREENS = (
    *(screen.name for screen in shell.SCREENS),
    "goal",
    "year",
    "meeting",
    "present",
    "cohorts",
    "value",
)
PLACES = {
    "overview": "",
    "goal": "goals",
    "year": "goals",
    "meeting": "meetings",
    "present": "meetings",
    "cohorts": "customers",
    "value": "customers",
}
"""Where a picture is taken that is not called like its screen."""

SHOWN = {
    "goal": "&goal=2",
    "year": "&view=year",
    "meeting": "&meeting=6",
    "present": "&meeting=6&show=2",
    "cohorts": "&view=cohorts",
    "value": "&view=value",
    "query": "&saved=1",
}
"""What a screen shows beyond its first sight: the meeting that is open, a saved question."""
PLAIN = LOOKS[0]
EXPORT = """Order No;Order Date;Customer;Region;Product;Quantity;Net amount;Campaign
SO-104880;25/10/2026;Bergmann KG;West;Pump P2;40;"1.204,50";Herbst-26
SO-104881;26/10/2026;Bergmann KG;West;Valve V1;12;"480,00";Herbst-26
SO-104882;27/10/2026;Finch Lodge;North;Pump P2;3;"96,40";
SO-104883;28/10/2026;Finch Lodge;North;Seal S9;7;1.204,5O;
SO-104884;31/11/2026;Sycamore Hotel;South;Valve V1;5;"200,00";
"""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m bench.shots")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every screen in every look")
    everything: Path | None = parser.parse_args().all
    pictures = everything or PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for lang in LOCALES:
            home = Path(folder) / lang
            command("--home", f"{home}-demo", "--today", TODAY, "demo", "--lang", lang)
            with served(home) as address:
                for look in LOOKS:
                    screens = SCREENS if everything or look == PLAIN else SCREENS[:1]
                    _screens(browser, address, (lang, *look), screens, pictures)
        browser.close()


def command(*words: str) -> None:
    """Run a command of the product."""
    subprocess.run([sys.executable, "-m", "salesdash", *words], cwd=ROOT, check=True)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The app over a home, at the address given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    words = ["--home", str(home), "--today", TODAY, "run", "--port", str(port)]
    server = subprocess.Popen([sys.executable, "-m", "salesdash", *words], cwd=ROOT)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def _screens(
    browser: Browser,
    address: str,
    manner: tuple[str, str, int],
    screens: Sequence[str],
    pictures: Path,
) -> None:
    lang, look, width = manner
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale=LOCALES[lang],
        color_scheme="dark" if look == "dark" else "light",
    )
    page = context.new_page()
    for screen in screens:
        place = PLACES.get(screen, screen)
        page.goto(f"{address}/{place}?home=demo{SHOWN.get(screen, '')}")
        _settled(page)
        if screen == "imports":
            _drop(page)
        page.set_viewport_size({"width": width, "height": _height(page)})
        page.wait_for_timeout(800)
        small = "-390" if width < 1000 else ""
        page.screenshot(path=pictures / f"{screen}-{lang}-{look}{small}.png")
        page.set_viewport_size({"width": width, "height": 900})
    context.close()


def _drop(page: Page) -> None:
    """Drop an export with two faulty rows, so that the picture shows what happens to them."""
    payload = {"name": "orders_2026-10.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()}
    page.locator("input[type=file]").first.set_input_files([payload])  # type: ignore[list-item]
    for _ in range(40):
        _settled(page)
        if page.locator("[data-testid=stFileUploader]").count() == 0:
            break
    _settled(page)


def _settled(page: Page) -> None:
    page.get_by_test_id("stApp").wait_for()
    page.wait_for_timeout(600)
    done = "[data-testid=stApp][data-test-script-state=notRunning]"
    page.wait_for_selector(done, timeout=90_000)
    page.wait_for_timeout(900)


def _height(page: Page) -> int:
    main = "(document.querySelector('[data-testid=stMain]') || document.body).scrollHeight"
    return max(900, min(int(page.evaluate(main)) + 10, 3600))


if __name__ == "__main__":
    main()
