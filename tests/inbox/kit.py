"""An inbox with small files, and a taker for it."""

from datetime import datetime
from pathlib import Path

from salesdash import inbox
from salesdash.imports import Home
from salesdash.inbox import Taken, Taker
from salesdash.inbox.arrivals import candidates

NOW = datetime(2026, 11, 23, 9, 0)

ORDERS = "Order No,Order Date,Amount\nA,2026-01-01,2\nB,2026-01-02,4\n"
MORE = "Order No,Order Date,Amount\nC,2026-01-03,8\n"
DEALS = "Deal No,Deal Name,Stage,Amount,Created Date\nD1,Pump,Quoted,10,2026-01-01\n"
"""Deals with a stage that nobody has explained yet."""


def put(home: Home, name: str, text: str) -> Path:
    """A complete file in the inbox."""
    path = home.inbox / name
    path.write_text(text, "utf-8")
    return path


def taker(home: Home) -> Taker:
    return Taker(home, "inbox", lambda: NOW)


def went(home: Home) -> list[Taken]:
    """One round through the whole inbox."""
    return list(inbox.rounds(taker(home), tuple(candidates(home.inbox))))


def outcomes(home: Home) -> dict[str, str]:
    """One round: file -> what became of it."""
    return {each.file: each.outcome.value for each in went(home)}


def lying(home: Home) -> list[str]:
    """All files below the inbox but notes."""
    found = (p for p in home.inbox.rglob("*") if p.is_file() and not p.name.endswith(".why.json"))
    return sorted(str(path.relative_to(home.inbox)) for path in found)
