"""Deals as bars."""

from decimal import Decimal

import pytest

from salesdash.analysis import deals
from salesdash.analysis.answers import Member, Reason
from salesdash.analysis.bars import Bars
from salesdash.analysis.durations import Length
from salesdash.warehouse.deals import CLOSED, OPEN, Closed, Lasted, Open, Which


def opened(stage: str | None, count: int, amount: int | None, **more) -> Open:
    known = {
        "with_amount": 0 if amount is None else count,
        "weighted": None,
        "with_weight": 0,
        "probability_sum": None,
        "with_probability": 0,
        "age_sum": None,
        "with_created": 0,
        "with_close": 0,
        "overdue": 0,
        "overdue_amount": None,
    }
    money = None if amount is None else Decimal(amount)
    return Open(member=stage, deals=count, amount=money, **{**known, **more})


def closed(member: str | None, won: int, lost: int, lost_amount: int | None = None) -> Closed:
    money = None if lost_amount is None else Decimal(lost_amount)
    return Closed(member, won, lost, Decimal(10 * won), money)


def names(found: Bars) -> list[str]:
    return [
        bar.label.value if isinstance(bar.label, Member) else bar.label.key for bar in found.chart
    ]


def test_stages_in_order_with_amount_and_count():
    """Two quoted deals of 60 and 20 days are 40 days old on average."""
    quoted = opened("Quoted", 2, 140, age_sum=80, with_created=2, with_close=1, overdue=1)
    found = deals.by_stage([quoted, opened("Prospecting", 3, 9)])
    assert names(found) == ["Prospecting", "Quoted"]
    assert found.bars[1].figures == (140, 2, None, 1, 40.0)
    assert found.bars[0].figures == (9, 3, None, None, None)  # no close dates: late is unknown
    assert found.bars[1].which == Which(OPEN, ("stage", "Quoted"))
    assert (found.drawn, found.beside) == (0, (0, 1))


def test_stages_without_any_amount_are_drawn_by_count():
    found = deals.by_stage([opened("Prospecting", 3, None)])
    assert (found.drawn, found.beside) == (1, (1,))
    assert found.bars[0].figures[0] is None


def test_conversion_by_member_best_first_and_few_deals_last():
    """30 of 40, 15 of 30, and 1 of 1, which says little."""
    found = deals.conversion(
        [closed("Bo", 15, 15), closed("Ana", 30, 10), closed("Cy", 1, 0)], "person", str.upper
    )
    assert names(found) == ["ANA", "BO", "CY"]
    assert [bar.figures[:5] for bar in found.bars] == [
        (0.75, 40, 30, 10, 300),
        (0.5, 30, 15, 15, 150),
        (1.0, 1, 1, 0, 10),
    ]
    assert [bar.role for bar in found.bars] == ["plain", "plain", "faint"]
    assert found.level == pytest.approx(46 / 71)
    assert found.bars[0].filters == ("person", "Ana")
    assert found.bars[0].which == Which(CLOSED, ("person", "Ana"), dated=True)


def test_many_members_are_drawn_together_and_listed_one_by_one():
    """Eight are drawn; the ninth to eleventh have 1 + 1 + 1 won of 6."""
    many = [closed(f"P{n}", 20 - n, 5) for n in range(8)]
    many += [closed(f"Q{n}", 1, 1) for n in range(3)]
    found = deals.conversion(many, "person", str)
    assert len(found.bars) == 11
    assert len(found.chart) == 9
    assert found.rest is not None
    assert found.rest.label == Reason("charts.others", (("count", 3),))
    assert found.rest.figures[:4] == (0.5, 6, 3, 3)


def test_a_rate_of_one_deal_may_be_nearly_anything():
    """Wilson (1927): 1 of 1 lies between 21 % and 100 %; 5 of 10 between 24 % and 76 %."""
    assert deals.wilson(1, 1) == pytest.approx((0.2065, 1.0), abs=1e-4)
    assert deals.wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert deals.wilson(0, 4)[0] == 0.0


def test_lost_reasons_with_those_not_stated_last():
    found = deals.reasons([closed(None, 7, 9, 90), closed("Price", 0, 4), closed("Time", 0, 5, 50)])
    assert names(found) == ["Time", "Price", "pipeline.not_stated"]
    assert [bar.figures for bar in found.bars] == [(5, 50), (4, None), (9, 90)]
    assert found.bars[2].which == Which(("lost",), ("lost_reason", None), dated=True)
    assert found.bars[2].role == "faint"


def test_competitors_tell_what_was_won_against_them():
    """Nobody is won against when no competitor is named."""
    found = deals.competitors([closed(None, 7, 9), closed("Rival", 3, 1, 50)])
    assert [bar.figures for bar in found.bars] == [(1, 50, 3, 0.75), (9, None, None, None)]


def test_a_ninth_reason_is_drawn_with_the_others_but_what_is_not_stated_is_not():
    found = deals.reasons([*(closed(f"R{n:02}", 0, 20 - n) for n in range(10)), closed(None, 0, 1)])
    assert names(found)[-3:] == ["R07", "pipeline.not_stated", "charts.others"]
    assert found.rest is not None
    assert found.rest.figures == (12 + 11, None)
    assert len(found.bars) == 11


def test_ranges_beyond_the_usual_age_are_late():
    usual = Length(deals.FEW, 40.0, 40.0, 60)
    ages = [Lasted(20, 1, None), Lasted(70, 2, Decimal(5))]
    found = deals.lasted("ages", ages, "open", usual)
    assert [(bar.figures, bar.role) for bar in found.bars] == [
        ((1, None), "plain"),
        ((0, None), "plain"),
        ((2, 5), "late"),
    ]
    assert found.bars[2].which == Which(OPEN, days=(61, 90))
    few = deals.lasted("ages", ages, "open", Length(deals.FEW - 1, 40.0, 40.0, 60))
    assert {bar.role for bar in few.bars} == {"plain"}
    took = deals.lasted("cycle", ages, "won", usual)
    assert {bar.role for bar in took.bars} == {"plain"}
    assert took.bars[2].which == Which(("won",), days=(61, 90), dated=True)
