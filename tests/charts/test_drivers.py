"""Drivers drawn, as a table, and in words."""

from decimal import Decimal

from salesdash import charts
from salesdash.analysis import driving
from salesdash.analysis.driving import Driving
from salesdash.charts import Words
from salesdash.driving import coded, leaves, search, sums
from salesdash.metrics import Unit
from salesdash.periods import Comparison

REGIONS, PRODUCTS = ("N", "S", "W", "E"), ("A", "B", "C", "D", "E")
LABELS = {"product": {"A": "Anvil"}}


def answer(factor=0.5, regions=REGIONS):
    """100 before and after of each combination; all of W and A, times the factor."""
    rows = [(r, p) for r in regions for p in PRODUCTS]
    after = [100 * (factor if r == "W" or p == "A" else 1) for r, p in rows]
    columns = [coded("region", [r for r, _ in rows]), coded("product", [p for _, p in rows])]
    empty = Driving("sales", Unit.MONEY, "up", comparison=Comparison.PREVIOUS)
    found = search(leaves(columns, sums([100.0] * len(rows), [float(x) for x in after])))
    return driving.told(empty, found, LABELS)


def test_bars_in_the_order_of_the_answer_and_the_rest_last():
    found = answer()
    spec = charts.drivers(found, Words())
    rows = next(one["data"]["values"] for one in spec["layer"] if one["name"] == "bars")
    assert [row["name"] for row in rows] == ["W", "Anvil", "All the rest"]
    assert [row["v"] for row in rows] == [-250, -150, 0]  # the cell of both counts once
    assert [row["role"] for row in rows] == ["bad", "bad", "reference"]
    assert [row["driver"] for row in rows] == [0, 1, None]


def test_the_table_sums_to_the_total_and_has_what_remains():
    table = charts.table(answer(), Words())
    assert [row[0] for row in table.rows] == ["W", "Anvil", "All the rest", "Change"]
    changes = [row[3] for row in table.rows]
    assert sum(changes[:-1]) == changes[-1] == Decimal(-400)
    assert [row[4] for row in table.rows] == [0.625, 0.375, 0.0, 1.0]
    assert [row[6] for row in table.rows[:2]] == [-150, 0]


def test_words_of_slices_and_of_silence():
    words = Words(names=(("sales", "Sales"),))
    found = answer()
    assert charts.alt(found, words) == (
        "Sales −$400 against the period before: W −$250, Anvil −$150; all the rest $0."
    )
    assert charts.pace(found.drivers[0], found, words) == (
        "−50.0%, while all the rest stayed as it was"
    )
    gone = answer(0.0)
    assert charts.pace(gone.drivers[0], gone, words).startswith("gone, while")
    even = answer(1.0)
    assert even.silent
    assert charts.alt(even, words).startswith("Nothing stands out")
    few = answer(regions=("W",))
    assert [left.name for left in few.left] == ["region"]
    assert "One member only: Region." in list(charts.driving_notes(few, words, words.dimension))
