"""Two years of seeded random rows, as dicts and as a pandas frame: for second opinions."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from tests.analysis.company import EDGE


def many(count: int = 500, seed: int = 7) -> list[dict[str, object]]:
    """Lines from November 2024 to the edge, with regions, channels, customers, some returns."""
    dice = random.Random(seed)
    days = (EDGE - date(2024, 11, 1)).days
    rows: list[dict[str, object]] = []
    for number in range(count):
        day = date(2024, 11, 1) + timedelta(days=dice.randint(0, days))
        amount = Decimal(dice.randint(-500, 9_999)) / 100
        rows.append(
            {
                "order_date": day.isoformat(),
                "document": f"D{number // 2}" if dice.random() < 0.3 else f"E{number}",
                "amount": str(amount),
                "cost": str(Decimal(dice.randint(0, 5_000)) / 100),
                "quantity": str(dice.randint(1, 9)),
                "region": dice.choice(["North", "South", "East", "West", None]),
                "channel": dice.choice(["Web", "Shop"]),
                "person": dice.choice([f"P{n}" for n in range(9)]),
                "customer": f"C{dice.randint(1, 60)}",
            }
        )
    return rows


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """The same rows with exact money."""
    data = pd.DataFrame(rows)
    for column in ("amount", "cost"):
        exact = [Decimal(str(value)) for value in data[column]]
        data[column] = pd.Series(exact, dtype="object")
    return data
