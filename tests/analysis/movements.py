"""Exports of deals as rows and events, and a second opinion on what moved between two of them."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

from salesdash.analysis.moments import Moments
from salesdash.analysis.moved import CAME, KINDS, Movement
from salesdash.analysis.movement import Asked
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.workspace import Event, EventKind, Status
from tests.warehouse.build import build

ALL = Selection(None)
DAYS = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))
"""The Mondays on which exports were made, one event each."""


def event(number: int, day: date) -> Event:
    at = datetime(day.year, day.month, day.day, 8)
    return Event(
        EventKind.IMPORT,
        "Ana",
        at,
        dataset="deals",
        file_name=f"deals_{day}.csv",
        as_of=at,
        id=number,
        status=Status.DONE,
        version=1,
    )


def exports(*files: Sequence[Mapping[str, object]], days: Sequence[date] = DAYS):
    """A warehouse into which complete exports came one after the other, and their events."""
    rows: list[dict[str, object]] = []
    for number, file in enumerate(files, 1):
        known = {row["deal"]: row for row in rows if "valid_to" not in row}
        for place, row in enumerate(file, 1):
            old = known.pop(row["deal"], None)
            if old is not None and all(old.get(name) == value for name, value in row.items()):
                continue
            if old is not None:
                old["valid_to"] = number
            rows.append({**row, "event": number, "valid_from": number, "record": place})
        for gone in known.values():
            gone["valid_to"] = number
    events = tuple(event(n, day) for n, day in enumerate(days[: len(files)], 1))
    warehouse = build(deals=rows)
    warehouse.moments = lambda name: tuple((e.at, e.id) for e in events) if name == "deals" else ()
    return warehouse, events


def moved(
    house: tuple[Warehouse, tuple[Event, ...]],
    then: str = "1",
    now: str = "2",
    selection: Selection = ALL,
    within: Period | None = None,
    most: int = 5,
) -> Movement:
    warehouse, events = house
    known = Moments(warehouse, events)
    window = None if within is None else Window(within)
    first, last = known.find(then), known.find(now)
    assert first is not None
    assert last is not None
    return Asked(warehouse, selection, events, first, last, window).build(most)


def told(found: Movement) -> dict[str, tuple[int, Decimal]]:
    return {part.kind: (part.deals, part.amount) for part in found.moved}


def adds_up(found: Movement) -> bool:
    """Parts sum to the difference, in deals and to the cent."""
    deals = sum(
        (1 if part.kind in CAME else -1) * part.deals
        for part in found.parts
        if part.kind not in ("grown", "shrunk")
    )
    amount = sum((part.amount for part in found.parts), Decimal(0))
    return (found.opening.deals + deals, found.opening.amount + amount) == (
        found.closing.deals,
        found.closing.amount,
    )


def many(seed: int, count: int = 40) -> list[list[dict[str, object]]]:
    """Three complete exports in which deals come, move, change hands, end, vanish, come back."""
    dice = random.Random(seed)
    states = [_state(dice, number) for number in range(count)]
    return [[row for row in (state(day) for state in states) if row] for day in DAYS]


def _state(dice: random.Random, number: int):
    """What an export of a day says of a deal; nothing on some days."""
    row: dict[str, object] = {}

    def of(day: date) -> dict[str, object] | None:
        if dice.random() < 0.12:
            return None
        if not row or dice.random() < 0.5:
            outcome = dice.choice(["open"] * 4 + ["won", "lost", None])
            expected = day + timedelta(days=dice.randint(-10, 90))
            row.update(
                outcome=outcome,
                stage=str(outcome).title(),
                deal=f"D{number}",
                created_date=(day - timedelta(days=dice.randint(0, 60))).isoformat(),
                close_date=None if dice.random() < 0.1 else expected.isoformat(),
                amount=dice.choice([None, "0", str(Decimal(dice.randint(1, 90_000)) / 100)]),
                person=dice.choice(["Ana", "Bo"]),
                team=dice.choice(["North", "South"]),
                counts=dice.random() < 0.95,
            )
        return dict(row)

    return of


def second(
    first: Sequence[Mapping[str, object]],
    last: Sequence[Mapping[str, object]],
    team: str | None = None,
    within: Period | None = None,
    since: date = DAYS[0],
) -> dict[str, tuple[int, Decimal]]:
    """What moved from one file to another, in pandas and cents."""
    sides = [_frame(file, team, within) for file in (first, last)]
    both = sides[0].merge(
        sides[1], how="outer", left_index=True, right_index=True, suffixes=("_a", "_b")
    )
    for name in ("there", "fits", "inside"):
        for side in "ab":
            both[f"{name}_{side}"] = both[f"{name}_{side}"].eq(True)
    both[["cents_a", "cents_b"]] = both[["cents_a", "cents_b"]].fillna(0)
    was, stays = (
        both[f"fits_{s}"] & both[f"inside_{s}"] & both[f"outcome_{s}"].eq("open") for s in "ab"
    )
    decided = both.fits_b & both.outcome_b.isin(["won", "lost"])
    fresh = decided & ~was & both.inside_b & both.close_b.ge(pd.Timestamp(since))
    fresh &= both.outcome_a.fillna("").ne(both.outcome_b.fillna(""))
    stated = stays | (decided & both.cents_b.gt(0))
    end = both.cents_b.where(stated, both.cents_a)
    came = np.select(
        [~both.there_a, ~both.fits_a, both.outcome_a == "open", both.outcome_a.notna()],
        ["new", "taken_over", "pulled_in", "reopened"],
        "new",
    )
    gone = np.select(
        [~both.there_b, ~both.fits_b, decided, both.outcome_b == "open"],
        ["removed", "handed_over", both.outcome_b, "pushed_out"],
        "removed",
    )
    growth = (end - both.cents_a).where(was & (stays | decided), 0)
    parts = pd.concat([
        pd.DataFrame({"kind": came, "cents": end})[~was & (stays | fresh)],
        pd.DataFrame({"kind": gone, "cents": -end})[(was | fresh) & ~stays],
        pd.DataFrame({"kind": np.where(growth > 0, "grown", "shrunk"), "cents": growth})[
            growth != 0
        ],
    ])  # fmt: skip
    summed = parts.groupby("kind").cents.agg(["count", "sum"])
    return {
        kind: (int(summed["count"][kind]), Decimal(int(summed["sum"][kind])) / 100)
        for kind in KINDS
        if kind in summed.index
    }


def _frame(
    file: Sequence[Mapping[str, object]], team: str | None, within: Period | None
) -> pd.DataFrame:
    """The rows that count by deal: what each side of a movement needs to know."""
    data = pd.DataFrame(list(file)).set_index("deal")
    data = data[data.counts]
    close = pd.to_datetime(data.close_date)
    inside = pd.Series(data=True, index=data.index)
    if within is not None:
        inside = close.ge(pd.Timestamp(within.start)) & close.lt(pd.Timestamp(within.end))
    return pd.DataFrame(
        {
            "there": True,
            "fits": True if team is None else data.team.eq(team),
            "inside": inside,
            "outcome": data.outcome,
            "close": close,
            "cents": data.amount.fillna("0").map(lambda text: int(Decimal(text) * 100)),
        }
    )
