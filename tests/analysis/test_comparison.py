"""Any metric by any dimension: parts that sum to the total to the cent, totals that are asked."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from salesdash.analysis import comparison
from salesdash.analysis.answers import Amount, Member
from salesdash.analysis.breakdown import Breakdown, Listing, Order
from salesdash.analysis.standing import Pareto
from salesdash.errors import UsageError
from salesdash.periods import Comparison, Grain
from salesdash.selection import Filter
from tests.analysis.company import TODAY, sale, selection, settings, warehouse
from tests.analysis.many import frame, many

BEGIN = sale("2025-01-01", 1, region="South")
THEN = (("North", 100), ("South", 90), (None, 10))
NOW = (("North", 40), ("South", 95), ("East", 65))
ROWS = (
    BEGIN,
    *(sale("2025-11-05", a, region=r) for r, a in THEN),
    *(sale("2026-11-05", a, region=r) for r, a in NOW),
)


def build(metric="sales", by="region", chosen=None, rows=ROWS, **more) -> Breakdown:
    listing = Listing(metric, by, **more)
    return comparison.build(warehouse(rows), settings(), chosen or selection(), TODAY, listing)


def figures(found: Breakdown) -> list[tuple[object, ...]]:
    return [(x.member, x.change.now.value, x.change.then.value, x.part) for x in found.lines]


def test_members_the_empty_one_and_the_total():
    """200 and 200: North −60, East +65, nobody −10, South +5."""
    found = build()
    assert figures(found) == [
        ("East", 65, 0, 65), ("North", 40, 100, -60), ("", 0, 10, -10), ("South", 95, 90, 5),
    ]  # fmt: skip
    total = found.total
    assert (total.change.now.value, total.change.then.value, total.part) == (200, 200, 0)
    assert [line.share for line in found.lines] == [0.325, 0.2, 0.0, 0.475]
    assert (total.share, found.apart, found.members) == (1.0, None, 4)


def test_ranks_count_named_members_now_and_then():
    ranks = {line.member: (line.rank, line.rank_then) for line in build().lines}
    assert ranks == {"South": (1, 2), "East": (2, None), "North": (3, 1), "": (None, None)}


def test_few_make_most_of_it():
    """95 + 65 = 160 of 200 are 80 %."""
    found = build(order=Order.VALUE)
    assert found.pareto == Pareto(2, 3)
    assert [(x.member, x.cumulative) for x in found.lines] == [
        ("South", 0.475), ("East", 0.8), ("North", 1.0), ("", 1.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "members"),
    [
        (Order.CHANGE, ["East", "North", "", "South"]),
        (Order.VALUE, ["South", "East", "North", ""]),
        (Order.RATIO, ["", "North", "South", "East"]),  # −100 %, −60 %, +5.6 %, from nothing
        (Order.NAME, ["East", "North", "South", ""]),
    ],
)
def test_orders(order, members):
    assert [line.member for line in build(order=order).lines] == members


def test_beyond_the_limit_others_are_one_line_and_the_sum_stays_exact():
    found = build(limit=2)
    assert figures(found)[-1] == (None, 95, 100, -5)
    assert found.lines[-1].count == 2
    assert sum(line.part for line in found.lines) == found.total.part == 0
    assert sum(line.share for line in found.lines) == pytest.approx(1)
    assert [line.count for line in build(limit=3).lines] == [1] * 4  # one over needs no "other"


def test_what_cannot_be_added_has_no_parts_and_says_so():
    rows = [{**row, "document": "D1"} for row in ROWS]  # one order in all regions
    found = build("orders", rows=rows)
    assert found.apart is not None
    assert found.apart.key == "analysis.comparison_of.apart.distinct"
    assert found.total.change.now.value == 1
    now = {line.member: line.change.now.value for line in found.lines}
    assert now == {"North": 1, "South": 1, "East": 1, "": None}
    for line in (*found.lines, found.total):
        assert (line.part, line.share, line.cumulative) == (None, None, None)
    assert (found.pareto, found.movers) == (None, None)


def test_others_of_a_ratio_are_asked_together():
    """AOV of South and nobody together: (95) / 1 now, (90 + 10) / 2 then."""
    found = build("aov", limit=2, order=Order.NAME)
    assert [line.member for line in found.lines] == ["East", "North", None]
    other = found.lines[-1]
    assert (other.change.now.value, other.change.then.value, other.count) == (95, 50, 2)
    assert found.apart is not None
    assert found.apart.key == "analysis.comparison_of.apart.ratio"


def test_parts_that_are_not_the_whole_are_no_contributions():
    """West states no cost: its profit is unknown."""
    rows = [*({**row, "cost": "1"} for row in ROWS), sale("2026-11-05", 50, region="West")]
    found = build("gross_profit", rows=rows)
    assert found.apart is not None
    assert found.apart.key == "analysis.comparison_of.apart.unstated"
    assert build("gross_profit", rows=rows[:-1]).apart is None


def test_the_sentence_names_who_moved_it():
    rows = [
        BEGIN,
        sale("2025-11-05", 100, region="North"),
        sale("2025-11-05", 90, region="South"),
        sale("2026-11-05", 40, region="North"),
        sale("2026-11-05", 95, region="South"),
    ]
    told = dict(build(rows=rows).headline.values)
    assert told["member"] == Member("North")
    assert (told["change"], told["rest"]) == (
        Amount(Decimal(-60), "money", "signed"),
        Amount(Decimal(5), "money", "signed"),
    )
    assert told["count"] == 1


def test_the_sentence_is_silent_about_members_when_none_stands_out():
    then = [sale("2025-11-05", 20, region=f"R{n}") for n in range(10)]
    now = [sale("2026-11-05", 29 if n % 2 else 10, region=f"R{n}") for n in range(10)]
    found = build(rows=[BEGIN, *then, *now])
    assert found.headline.key == "analysis.headline.alone"


def test_without_a_comparison_there_are_values_shares_and_ranks():
    found = build(chosen=selection(comparison=Comparison.NONE))
    assert [line.member for line in found.lines] == ["South", "East", "North"]
    assert (found.compared, found.movers, found.total.part) == (None, None, None)
    assert found.lines[0].share == 0.475
    assert found.headline.key == "analysis.headline.stated"


def test_before_the_data_there_is_nothing_to_compare_with_and_it_is_said():
    found = build(rows=ROWS[4:])
    assert found.compared is None
    assert found.total.change.then.reason is not None
    assert found.total.change.then.reason.key == "analysis.reason.before_data"


def test_all_dates():
    found = build(chosen=replace(selection(), window=None))
    assert found.total.change.now.value == 401
    assert found.lines[0].member == "South"


def test_the_dimension_that_tells_most_is_taken_when_none_is_asked():
    rows = [{**row, "channel": "Web" if n % 2 else "Shop"} for n, row in enumerate(ROWS)]
    rows.append(sale("2026-11-05", -60, region="North", channel="Web"))
    assert build(by=None, rows=rows).dimension == "region"
    within = replace(selection(), filters=(Filter("region", ("North",)),))
    assert build(by=None, rows=rows, chosen=within).dimension == "channel"
    assert build("margin", by=None, rows=rows).dimension == "region"  # none tells: the first


def test_data_without_dimensions_are_refused_in_words():
    with pytest.raises(UsageError, match="undivided"):
        build(by=None, rows=[sale("2026-11-05", 1)])


def second_opinion(rows, by, metric, chosen) -> pd.DataFrame:
    """Now and then by member, by pandas."""
    data = frame(rows)
    data[by] = data[by].fillna("")

    def asked(first: str, last: str) -> pd.Series:
        inside = data[(data.order_date >= first) & (data.order_date <= last)]
        if metric == "sales":
            return inside.groupby(by).amount.sum()
        return inside.groupby(by).document.nunique()

    both = {"now": asked("2026-10-01", "2026-11-17"), "then": asked("2025-10-01", "2025-11-17")}
    return pd.DataFrame(both)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("by", ["region", "person", "customer", "channel"])
@pytest.mark.parametrize("limit", [3, 200])
def test_parts_sum_to_the_total_to_the_cent_and_shares_to_one(seed, by, limit):
    rows = many(400, seed)
    chosen = selection(Grain.QUARTER)
    found = build("sales", by, chosen, rows, limit=limit)
    expected = second_opinion(rows, by, "sales", chosen).fillna(Decimal(0))
    assert found.apart is None
    for name, column in (("now", "now"), ("then", "then")):
        parts = [getattr(line.change, name).value for line in found.lines]
        assert sum(parts) == getattr(found.total.change, name).value == sum(expected[column])
    assert sum(line.part for line in found.lines) == found.total.part
    assert sum(line.share for line in found.lines) == pytest.approx(1, abs=1e-12)
    assert found.total.part == sum(expected.now) - sum(expected.then)
    for line in found.lines:
        if line.member is not None:
            row = expected.loc[line.member]
            assert (line.change.now.value, line.part) == (row.now, row.now - row.then)


@pytest.mark.parametrize("seed", range(3))
def test_distinct_orders_agree_with_pandas_and_others_count_once(seed):
    rows, chosen = many(400, seed), selection(Grain.QUARTER)
    found = build("orders", "region", chosen, rows, limit=2)
    expected = second_opinion(rows, "region", "orders", chosen)
    shown = [line.member for line in found.lines if line.member is not None]
    for line in found.lines[:-1]:
        assert line.change.now.value == expected.loc[line.member].now
    data = frame(rows)
    data["region"] = data.region.fillna("")
    inside = data[(data.order_date >= "2026-10-01") & (data.order_date <= "2026-11-17")]
    rest = inside[~inside.region.isin(shown)]
    assert found.lines[-1].change.now.value == rest.document.nunique()
    assert found.total.change.now.value == inside.document.nunique()
