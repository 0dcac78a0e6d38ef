"""Small homes for the browser: companies of few imports, a meeting, and files to drop."""

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import FilePayload

from salesdash import config, imports
from salesdash.analysis import occasions
from salesdash.analysis.room import Room
from salesdash.demo import Recipe, export_csv
from salesdash.demo.home import SETTING
from salesdash.imports import Home, Request
from salesdash.periods import FiscalCalendar, Grain
from salesdash.workspace import TOPIC, Point, Stamp, Terms

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


NOVEMBER = {
    "metric": ["sales"],
    "where": ["region:North"],
    "period": ["month:2026-11"],
    "compare": ["previous"],
}
"""North's November: 749.25 of row A-3, after 1,000.50 of A-1 in October."""

File = tuple[str, str, str]
"""A file to import: its name, what it says, of which dataset."""

ORDERS_FILE: File = ("orders.csv", ORDERS, "sales")
DEALS_FILE: File = ("deals.csv", DEALS, "deals")


def own_company(place: Path, *files: File) -> None:
    """A home of one's own with these files, or the order lines and the deals above."""
    with _opened(place) as home:
        for name, text, dataset in files or (ORDERS_FILE, DEALS_FILE):
            file = place / name
            file.write_text(text, "utf-8")
            staged = imports.stage(home, Request(file, name, dataset=dataset, dates="ymd"), NOW)
            assert not staged.questions
            imports.commit(home, staged, CLERK, NOW)
            file.unlink()


def own_copy(place: Path, *files: File) -> None:
    """The same, copied: each company is made once."""
    shutil.copytree(_made(files), place)


@cache
def _made(files: tuple[File, ...]) -> Path:
    place = _folder() / "own"
    own_company(place, *files)
    return place


def held_copy(place: Path) -> None:
    """The own company with a goal of 9,000 for this quarter and this week's meeting, open.

    Last on its agenda before next week's plan is North's November against October.
    """
    shutil.copytree(_held(), place)


@cache
def _held() -> Path:
    place = _folder() / "own"
    own_copy(place)
    set_goal(place)
    with _opened(place) as home:
        settings, stamp = config.load(ROOT / "config.yaml"), Stamp(CLERK, NOW)
        room = Room(home.warehouse, settings, home.workspace, settings.company.currency)
        plan = settings.meetings["weekly"]
        due = occasions.occasion(plan, TODAY, settings.fiscal)
        meeting = room.open(plan, due, len((ORDERS_FILE, DEALS_FILE)), stamp)
        title = {"en": "North in November", "zh": "North，11月"}
        point = Point(TOPIC, title, {}, page="comparison", query=NOVEMBER)
        home.workspace.meetings.put(meeting.id, point, stamp)
    return place


def set_goal(place: Path) -> None:
    """9,000 of sales in this quarter."""
    quarter = FiscalCalendar().unit(Grain.QUARTER, TODAY)
    with _opened(place) as home:
        home.workspace.goals.add([Terms("sales", quarter, Decimal(9000))], Stamp(CLERK, NOW))


@contextmanager
def _opened(place: Path) -> Iterator[Home]:
    home = Home.open(place, now=NOW, settings=config.load(ROOT / "config.yaml"))
    try:
        yield home
    finally:
        home.close()


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
    file = place.with_suffix(".csv")
    export_csv(file, rows=rows, recipe=Recipe(lang, TODAY))
    with _opened(place) as home:
        staged = imports.stage(home, Request(file, "orders.csv"), NOW)
        imports.commit(home, staged, CLERK, NOW)
        info = {"lang": lang, "today": TODAY.isoformat(), "seed": 1}
        home.workspace.settings.write(SETTING, info, Stamp(CLERK, NOW))
    file.unlink()


def dropped(name: str, text: str) -> FilePayload:
    """A file as Playwright drops it."""
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
