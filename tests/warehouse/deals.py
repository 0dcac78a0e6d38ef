"""Deals for tests: a row of one, and many seeded ones for second opinions."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

TODAY = date(2026, 11, 18)
EDGE = date(2026, 11, 17)
STAGES = {
    "Qualification": 0.1,
    "Proposal/Price Quote": 0.6,
    "Negotiation/Review": 0.8,
    "Closed Won": 1,
    "Closed Lost": 0,
}


def deal(outcome: str, created: str | None, close: str | None = None, **more) -> dict[str, object]:
    """One deal; it lies in the stage of its outcome unless `more` says otherwise."""
    row = {"outcome": outcome, "created_date": created, "close_date": close}
    return {"stage": outcome.title(), **row, **more}


def many(count: int = 600, seed: int = 11) -> list[dict[str, object]]:
    """Two years of deals; some lack a date, an amount, a probability, a reason; some are void."""
    dice = random.Random(seed)
    return [_one(dice, number) for number in range(count)]


def _one(dice: random.Random, number: int) -> dict[str, object]:
    stage = dice.choice(list(STAGES))
    outcome = {"Closed Won": "won", "Closed Lost": "lost"}.get(stage, "open")
    created = EDGE - timedelta(days=dice.randint(0, 700))
    close = created + timedelta(days=dice.randint(-2, 200))
    if outcome != "open":
        close = min(close, EDGE)
    amount = Decimal(dice.randint(1, 900_000)) / 100
    return {
        "deal": f"D{number}",
        "stage": stage,
        "outcome": outcome,
        "created_date": created.isoformat() if dice.random() < 0.95 else None,
        "close_date": close.isoformat() if dice.random() < 0.9 else None,
        "amount": dice.choice([str(amount)] * 8 + ["0", None]),
        "probability": str(STAGES[stage]) if dice.random() < 0.8 else None,
        "person": dice.choice([f"P{n}" for n in range(20)]),
        "team": dice.choice(["North", "South", None]),
        "lost_reason": dice.choice(["Price", "Timing", None]) if outcome == "lost" else None,
        "competitor": dice.choice([f"K{n}" for n in range(11)] + [None]),
        "counts": dice.random() < 0.93,
    }


def frame(rows: list[Mapping[str, object]]) -> pd.DataFrame:
    """The rows that count, with dates and numbers as pandas has them."""
    data = pd.DataFrame([row for row in rows if row.get("counts", True)])
    for column in ("created_date", "close_date"):
        data[column] = pd.to_datetime(data[column])
    for column in ("amount", "probability"):
        data[column] = pd.to_numeric(data[column])
    return data
