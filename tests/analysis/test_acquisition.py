"""What customers cost and are worth, by where the first order lies."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import acquisition
from salesdash.analysis.acquisition import CAC, CLV, COST, NEW, RATIO, REVENUE, Acquisition
from salesdash.analysis.asking import Question
from salesdash.errors import UsageError
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse.openers import by_first_order
from tests.warehouse.build import build as house

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
TODAY = date(2026, 2, 1)
JANUARY = Selection(Window(Period(date(2026, 1, 1), date(2026, 2, 1)), Grain.MONTH))


def sale(day, amount, customer, channel, **more):
    row = {"order_date": day, "amount": str(amount), "customer": customer, "channel": channel}
    return {"document": f"{day}{customer}{channel}", **row, **more}


ROWS = (
    sale("2023-12-01", 5, "Z", "Shop", cost="2"),  # the data go back far enough
    sale("2024-06-01", 10, "A", "Shop", cost="5"),
    sale("2024-06-01", 10, "B", "Web", cost="5"),
    sale("2025-03-01", 100, "A", "Web", cost="60"),  # later orders elsewhere change nothing
    sale("2025-03-01", 300, "B", "Web", cost="180"),
    sale("2026-01-10", 50, "N", "Web", cost="20"),  # new: first in the web
    sale("2026-01-11", 70, "N", "Shop", cost="40"),  # ... then in the shop
    sale("2026-01-12", 40, "M", "Shop", cost="30"),  # new
    sale("2026-01-31", 9, None, "Web", cost="4"),
)
COSTS = (
    {"cost_date": "2026-01-05", "amount": "40", "purpose": "acquisition", "channel": "Web"},
    {"cost_date": "2026-01-05", "amount": "25", "purpose": "acquisition", "channel": "Shop"},
    {"cost_date": "2026-01-05", "amount": "3", "purpose": "acquisition", "channel": "Fair"},
    {"cost_date": "2026-01-31", "amount": "99", "channel": "Web"},  # rent wins nobody
)


def ask(rows=ROWS, by="channel", costs=COSTS, selection=JANUARY, settings=SETTINGS) -> Acquisition:
    question = Question(house(rows, costs=costs), settings, selection, TODAY)
    return acquisition.build(question, by)


def values(found: Acquisition, *metrics: str):
    return {line.member: [line.value(name) for name in metrics] for line in found.lines}


def test_each_customer_is_won_once_where_the_first_order_lies():
    found = ask()
    assert values(found, COST, NEW, CAC) == {
        "Shop": [25, 1, 25],
        "Web": [40, 1, 40],
        "Fair": [3, None, None],  # it won nobody
    }
    assert [found.total.value(name) for name in (COST, NEW, CAC)] == [68, 2, 34]


def test_a_filter_leaves_the_customers_that_a_channel_won():
    """N came by the web, whatever was bought in the shop later."""
    web = ask(selection=JANUARY.where("channel", "Web"))
    assert values(web, COST, NEW, CAC) == {"Web": [40, 1, 40]}
    assert [web.total.value(name) for name in (COST, NEW, CAC)] == [40, 1, 40]
    shop = ask(selection=JANUARY.where("channel", "Shop"))
    assert [shop.total.value(name) for name in (COST, NEW, CAC)] == [25, 1, 25]
    # without rows by channel N is new to the shop, too, as on any other screen
    plain = ask(by=None, selection=JANUARY.where("channel", "Shop")).total
    assert plain.value(NEW) == 2


def test_worth_is_that_of_the_customers_a_channel_won_with_all_their_purchases():
    """Shop won Z, A and M. In the 12 months to January 2026 A bought for 100 and M for 40, with a
    profit of 50; A, its only customer of the 12 months before, is still there, so they stay the 10
    years at most.
    """
    found = ask()
    shop = next(line for line in found.lines if line.member == "Shop")
    assert float(shop.value(REVENUE)) == pytest.approx(140 / 2 * 10)
    assert float(shop.value(CLV)) == pytest.approx(140 / 2 * 10 * (50 / 140))
    assert float(shop.value(RATIO)) == pytest.approx(250 / 25)


def test_the_month_that_pays_a_customer_back():
    """B and N of the web bring 5 and 60 in their first month, 32.50 each; then only B's months are
    over: nothing for eight of them, 120 in the ninth, which makes more than 40.
    """
    rows = [*ROWS, sale("2022-01-01", 1, "Y", "Shop", cost="1")]
    found = ask(rows)
    months = {line.member: line.payback for line in found.lines}
    assert months["Web"].value == 9
    assert months["Fair"].value is None
    bad = [{**row, "cost": row["amount"]} for row in rows]
    (web,) = (line for line in ask(bad).lines if line.member == "Web")
    assert web.payback.reason.key == "cohorts.acquisition.not_yet"


def test_without_a_margin_there_is_revenue_and_no_ratio():
    rows = [{**row, "cost": None} for row in ROWS]
    total = ask(rows).total
    assert (total.value(CLV), total.value(RATIO)) == (None, None)
    assert total.value(REVENUE) is not None
    assert total.payback.reason.key == "metrics.reason.not_mapped"


def test_a_short_history_leaves_all_blank_and_says_so():
    found = ask(ROWS[5:])
    assert found.headline.key == "cohorts.acquisition.headline.none"
    assert found.total.figures[CAC].reason.key == "metrics.reason.short_history"


def test_a_dimension_that_costs_lack_is_refused_by_name():
    rows = [{**row, "region": "North"} for row in ROWS]
    found = ask(rows, by="region")
    assert (found.lines, found.refused.key) == ((), "metrics.reason.no_breakdown")
    with pytest.raises(UsageError):
        ask(by="nothing")


def test_only_the_whole_and_what_the_sentence_says():
    found = ask(by=None)
    assert (found.lines, found.refused) == ((), None)
    assert found.headline.key == "cohorts.acquisition.headline.both"
    nothing = ask(costs=())
    assert nothing.headline.key == "cohorts.acquisition.headline.none"
    plain = replace(
        SETTINGS,
        metrics={n: m for n, m in SETTINGS.metrics.items() if n != "gross_profit"},
        hash="no profit",
    )
    assert ask(settings=plain).total.payback.reason.key == "cohorts.acquisition.no_profit"
    assert ask(selection=Selection(None)).total.value(COST) == 68


def test_rows_of_a_customer_stand_under_the_first_order_whatever_the_cut():
    here = house(ROWS, costs=COSTS)
    won = by_first_order(here, "sales", "channel")
    rows = won.engine.rows(
        f"select customer, channel from {won.relation('sales')} as r order by record"
    )
    assert rows == [
        ("Z", "Shop"), ("A", "Shop"), ("B", "Web"), ("A", "Shop"), ("B", "Web"),
        ("N", "Web"), ("N", "Web"), ("M", "Shop"), (None, "Web"),
    ]  # fmt: skip
    assert by_first_order(here, "sales", "segment_of_somebody") is here
    cut = by_first_order(here, "sales", "channel", 1)
    assert len(cut.engine.rows(f"select 1 from {cut.relation('sales')} as r")) == len(ROWS)
