"""How often closes were put off, against a walk through the exports."""

import itertools
import random
from decimal import Decimal

import pytest

from salesdash.analysis import pushed
from salesdash.selection import Selection
from salesdash.warehouse.pushed import PutOff
from tests.analysis.movements import ALL, DAYS, exports
from tests.warehouse.deals import deal


def at(number: str, close: str | None, amount: str | None = "10", **more):
    return deal("open", "2026-10-01", close, deal=number, amount=amount, **more)


FILES = (
    [at("A", "2026-12-01"), at("B", "2026-12-01", None), at("C", None), at("D", "2026-12-01")],
    [at("A", "2026-12-05"), at("B", "2026-11-20", None), at("C", None), at("D", "2026-12-09")],
    [at("A", "2026-12-09"), at("B", "2026-11-25", None), at("C", None),
     deal("won", "2026-10-01", "2026-11-15", deal="D", amount="10")],
)  # fmt: skip
"""A is put off twice, B comes nearer and is put off once, C says nothing, D is won."""


def test_a_bar_for_each_number_of_times():
    found = pushed.build(exports(*FILES)[0], ALL)
    assert [bar.figures for bar in found.bars] == [(0, None), (1, None), (1, 10), (0, None)]
    earlier = pushed.build(exports(*FILES)[0], Selection(None, cut=2))
    assert [bar.figures for bar in earlier.bars] == [(1, None), (2, 20), (0, None), (0, None)]


@pytest.mark.parametrize(
    ("low", "high", "deals"), [(0, 0, []), (1, 1, ["B"]), (1, None, ["A", "B"])]
)
def test_the_deals_behind_a_bar(low, high, deals):
    found = pushed.rows(exports(*FILES)[0], ALL, PutOff(low, high), 9)
    assert (found.table["deal"].to_pylist(), found.more) == (deals, False)


def test_one_export_tells_nothing_and_without_days_there_is_no_bar():
    assert pushed.build(exports(FILES[0])[0], ALL) is None
    assert pushed.build(exports([at("C", None)], [at("C", None, "20")])[0], ALL).bars == ()


@pytest.mark.parametrize("seed", range(3))
def test_many_deals_against_a_walk_through_the_files(seed):
    dice = random.Random(seed)
    days = [f"2026-12-{day:02}" for day in (1, 9, 20)]
    files = [
        [at(f"D{n}", dice.choice([*days, None]), str(n + 1), person="AB"[n % 2]) for n in range(60)
         if dice.random() < 0.9]
        for _ in DAYS
    ]  # fmt: skip
    wanted: dict[int, list[int]] = {}
    for row in files[-1]:
        if row["close_date"] is None or row["person"] != "A":
            continue
        walk = [next((r for r in file if r["deal"] == row["deal"]), None) for file in files]
        closes = [str(r["close_date"] or "") if r else "" for r in walk]
        times = sum(bool(a) and b > a for a, b in itertools.pairwise(closes) if b)
        wanted.setdefault(times, []).append(int(str(row["amount"])))
    found = pushed.told(exports(*files)[0], ALL.where("person", "A"))
    assert {one.times: (one.deals, one.amount) for one in found} == {
        times: (len(each), Decimal(sum(each))) for times, each in wanted.items()
    }
