"""What moved a metric: parts that sum to the change to the cent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from salesdash.analysis import contributions, movers
from salesdash.analysis.answers import Movers
from salesdash.analysis.asking import Choice
from salesdash.periods import Comparison, Grain
from salesdash.selection import Filter
from tests.analysis.company import TODAY, sale, selection, settings, warehouse
from tests.analysis.many import frame, many

BEGIN = sale("2025-01-01", 1, region="South", channel="Web")
THEN = (("North", "Web", 100), ("South", "Web", 50), ("South", "Shop", 40))
NOW = (("North", "Web", 40), ("South", "Web", 55), ("South", "Shop", 30))
ROWS = (
    BEGIN,
    *(sale("2025-11-05", a, region=r, channel=c) for r, c, a in THEN),
    *(sale("2026-11-05", a, region=r, channel=c) for r, c, a in NOW),
)


def build(metric="sales", by=None, chosen=None, rows=ROWS, **more) -> Movers | None:
    house = warehouse(rows)
    return movers.build(
        house, settings(**more), chosen or selection(), TODAY, Choice(metric, by=by)
    )


def test_parts_add_up_to_the_change():
    found = build(by="region")
    assert found is not None
    assert [(p.member, p.then, p.now, p.change) for p in found.parts] == [
        ("North", 100, 40, -60),
        ("South", 90, 85, -5),
    ]
    assert found.change == -65
    assert found.explained == pytest.approx(60 / 65)


def test_the_dimension_whose_part_surprises_most_is_taken():
    """Web lost 55 of 65, but had 150 of 190; North lost 60 and had 100 of 190."""
    found = build()
    assert found is not None
    assert found.dimension == "region"


def test_a_member_with_most_of_the_business_explains_nothing():
    rows = [
        BEGIN,
        sale("2025-11-05", 900, region="North", channel="Web"),
        sale("2025-11-05", 100, region="South", channel="Shop"),
        sale("2026-11-05", 810, region="North", channel="Web"),  # -90 of -100
        sale("2026-11-05", 90, region="South", channel="Web"),  # Shop lost all it had
    ]
    found = build(rows=rows)
    assert found is not None
    assert found.dimension == "channel"


def test_silent_when_nobody_explains_enough():
    then = [sale("2025-11-05", 10, region=f"R{n}") for n in range(4)]
    now = [sale("2026-11-05", 9, region=f"R{n}") for n in range(4)]
    rows = [sale("2025-01-01", 1), *then, *now]
    assert build(rows=rows) is None
    assert build(rows=rows, by="region") is not None  # asked for, it is shown


def test_one_of_many_who_rose_and_fell_explains_nothing():
    """Ten regions, five +9 and five -10: the net is -5, and each -10 is "all of it" twice over."""
    then = [sale("2025-11-05", 20, region=f"R{n}") for n in range(10)]
    now = [sale("2026-11-05", 29 if n % 2 else 10, region=f"R{n}") for n in range(10)]
    rows = [sale("2025-01-01", 1), *then, *now]
    found = build(by="region", rows=rows)
    assert found is not None
    assert (found.change, found.explained) == (-5, None)
    assert build(rows=rows) is None


def test_the_tail_is_one_part_and_the_sum_stays_exact():
    then = [sale("2025-11-05", "0.10", region=f"R{n}") for n in range(9)]
    now = [sale("2026-11-05", f"{n + 1}.33", region=f"R{n}") for n in range(9)]
    found = build(by="region", rows=[sale("2025-01-01", 1), *then, *now])
    assert found is not None
    assert [(p.member, p.count) for p in found.parts] == [
        ("R8", 1), ("R7", 1), ("R6", 1), ("R5", 1), ("R4", 1), (None, 4),
    ]  # fmt: skip
    assert sum((Decimal(str(p.change)) for p in found.parts), Decimal(0)) == found.change
    assert found.parts[-1].change == Decimal("1.33") + 2 + Decimal("0.33") + 3 + Decimal(
        "0.33"
    ) + 4 + Decimal("0.33") - Decimal("0.40")


def test_six_members_need_no_tail():
    rows = [sale("2025-01-01", 1), *(sale("2026-11-05", n + 1, region=f"R{n}") for n in range(6))]
    rows.append(sale("2025-11-05", 1, region="R0"))
    found = build(by="region", rows=rows)
    assert found is not None
    assert [p.count for p in found.parts] == [1] * 6


def test_parts_that_are_not_the_whole_are_not_shown():
    """West states no cost: its profit is unknown, so the others' parts don't sum to the change."""
    rows = [*({**row, "cost": "1"} for row in ROWS), sale("2026-11-05", 50, region="West")]
    assert build("gross_profit", by="channel", rows=rows[:-1]) is not None
    assert build("gross_profit", by="region", rows=rows) is None


def test_who_is_new_or_gone_moved_from_or_to_nothing():
    rows = [BEGIN, sale("2025-11-05", 5, region=None), sale("2026-11-05", 7, region="New")]
    found = build(by="region", rows=rows)
    assert found is not None
    assert [(p.member, p.then, p.now) for p in found.parts] == [("New", 0, 7), ("", 5, 0)]


def test_names_stand_for_numbers():
    rows = [
        sale("2025-01-01", 1),
        sale("2025-11-05", 5, customer="C-1", customer_name="Bergmann"),
        sale("2026-11-05", 1, customer="C-1", customer_name="Bergmann"),
    ]
    found = build(by="customer", rows=rows)
    assert found is not None
    assert found.parts[0].label == "Bergmann"


@pytest.mark.parametrize("metric", ["orders", "aov", "margin", "buyers"])
def test_what_does_not_add_up_has_no_parts(metric):
    assert build(metric, by="region") is None


def test_no_comparison_no_movers():
    assert build(chosen=selection(comparison=Comparison.NONE)) is None
    assert build(rows=ROWS[4:]) is None  # last year lies before the data


def test_nothing_moved():
    rows = [BEGIN, sale("2025-11-05", 5, region="N"), sale("2026-11-05", 5, region="N")]
    assert build(by="region", rows=rows) is None


def test_a_dimension_narrowed_to_one_member_is_not_tried():
    chosen = replace(selection(), filters=(Filter("region", ("North",)),))
    found = build(chosen=chosen, movers=("region",))
    assert found is None


def test_where_less_is_better_the_answer_says_so():
    rows = [{**row, "cost": row["amount"]} for row in ROWS]
    found = build("cost", by="region", rows=rows)
    assert found is not None
    assert found.better == "down"


def test_second_opinion_by_pandas():
    rows = many()
    data = frame(rows)
    data["region"] = data.region.fillna("")
    found = build(by="region", chosen=selection(Grain.QUARTER), rows=rows)
    assert found is not None

    def by_region(first: str, last: str) -> dict[str, Decimal]:
        inside = data[(data.order_date >= first) & (data.order_date <= last)]
        return dict(inside.groupby("region").amount.sum())

    now, then = by_region("2026-10-01", "2026-11-17"), by_region("2025-10-01", "2025-11-17")
    assert {p.member: p.change for p in found.parts} == {r: now[r] - then[r] for r in now}
    assert found.change == sum(now.values()) - sum(then.values())


def test_an_answer_without_parts_leads_nowhere():
    found = build(by="region")
    assert found is not None
    empty = replace(found, parts=(), explained=None)
    assert contributions.leading(empty) is None
    assert not contributions.tells(empty)
    assert contributions.surprise(empty) == (0.0, 0)
