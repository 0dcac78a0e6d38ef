"""Small homes for the browser: a demo company of one import, and files to drop."""

import atexit
import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import FilePayload

from salesdash import config, imports
from salesdash.demo import Recipe, export_csv
from salesdash.demo.home import SETTING
from salesdash.imports import Home, Request
from salesdash.workspace import Stamp

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0)
CLERK = "Owen Castellano"

ORDERS = """Order No,Order Date,Customer,Region,Category,Quantity,Amount
A-1,2026-10-05,Bergmann,North,Pumps,2,1000.50
A-2,2026-11-03,Lindqvist,South,Valves,1,250.25
A-3,2026-11-10,![x](http://example.invalid/p.png),North,Pumps,4,749.25
A-4,2026-11-11,=1+1,South,Pumps,1,not a number
"""
"""Three rows that load (1000.50 + 250.25 + 749.25 = 2,000.00) and one that does not."""

MORE = """Order No,Order Date,Customer,Region,Category,Quantity,Amount
A-2,2026-11-03,Lindqvist,South,Valves,1,300.25
A-5,2026-11-12,Bergmann,North,Hoses,1,449.75
"""
"""A-2 changes from 250.25 to 300.25, A-5 is new: 2,000.00 + 50.00 + 449.75 = 2,499.75."""

UNCLEAR = """Order No;Order Date;Customer;Net amount
B-1;01/02/2026;Bergmann;10.00
B-2;03/04/2026;Lindqvist;20.00
"""
"""Day or month first? Nothing in the file says."""


DEALS = """Record Id,Deal Name,Amount,Stage,Probability (%),Created Time,Closing Date,Deal Owner
Z-1,Pump hall,8000.00,Qualification,10,2026-10-01,2026-12-18,Ana Ruiz
Z-2,Valves north,5000.00,Negotiation/Review,80,2026-09-01,2026-11-02,Owen Castellano
Z-3,Hoses,1200.00,Closed Won,100,2026-10-02,2026-10-30,Ana Ruiz
Z-4,Spares,900.00,Closed Lost,0,2026-10-05,2026-11-09,Owen Castellano
"""
"""13,000 is open in two deals, one of them late; one is won and one lost, both this quarter."""


File = tuple[str, str, str]
"""A file to import: its name, what it says, of which dataset."""

ORDERS_FILE: File = ("orders.csv", ORDERS, "sales")
DEALS_FILE: File = ("deals.csv", DEALS, "deals")


def own_company(place: Path, *files: File) -> None:
    """A home of one's own with these files, or the order lines and the deals above."""
    home = Home.open(place, now=NOW, settings=config.load(ROOT / "config.yaml"))
    try:
        for name, text, dataset in files or (ORDERS_FILE, DEALS_FILE):
            file = place / name
            file.write_text(text, "utf-8")
            staged = imports.stage(home, Request(file, name, dataset=dataset, dates="ymd"), NOW)
            assert not staged.questions
            imports.commit(home, staged, CLERK, NOW)
            file.unlink()
    finally:
        home.close()


def own_copy(place: Path, *files: File) -> None:
    """The same, copied: each company is made once."""
    shutil.copytree(_made(files), place)


@cache
def _made(files: tuple[File, ...]) -> Path:
    place = _folder() / "own"
    own_company(place, *files)
    return place


@cache
def _demo(rows: int) -> Path:
    place = _folder() / "demo"
    demo_company(place, rows=rows)
    return place


def _folder() -> Path:
    """A folder until this process ends."""
    folder = Path(mkdtemp(prefix="salesdash-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def demo_copy(place: Path, rows: int = 6000) -> None:
    """The demo company of `demo_company`, copied."""
    shutil.copytree(_demo(rows), place)


def demo_company(place: Path, lang: str = "en", rows: int = 6000) -> None:
    """A home that says it is a demo, made today: one import of generated rows."""
    settings = config.load(ROOT / "config.yaml")
    file = place.with_suffix(".csv")
    export_csv(file, rows=rows, recipe=Recipe(lang, TODAY))
    home = Home.open(place, now=NOW, settings=settings)
    try:
        staged = imports.stage(home, Request(file, "orders.csv"), NOW)
        imports.commit(home, staged, CLERK, NOW)
        info = {"lang": lang, "today": TODAY.isoformat(), "seed": 1}
        home.workspace.settings.write(SETTING, info, Stamp(CLERK, NOW))
    finally:
        home.close()
        file.unlink()


def dropped(name: str, text: str) -> FilePayload:
    """A file as Playwright drops it."""
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
