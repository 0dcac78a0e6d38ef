"""Pipeline coverage: what should still close in the period over what the target still lacks."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from salesdash.analysis import kpis
from salesdash.metrics import Figure, bind
from salesdash.metrics.plans import Plan, Stated
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Filter, Selection
from salesdash.warehouse.questions import measure
from tests.metrics.test_binding import Rules, metric
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import deal, figures, without
from tests.warehouse.test_planned import target
from tests.warehouse.test_questions import ALL, bound, month, settings

QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))
NEXT = Period(date(2026, 4, 1), date(2026, 7, 1))
DEALS = (
    deal("2026-01-02", "2026-01-20", "won", 300, region="North"),
    deal("2026-01-02", "2026-02-10", "won", 100, region="South"),  # the data end here
    deal("2026-01-05", "2026-02-10", "open", 50, region="North"),  # due on that very day
    deal("2026-01-05", "2026-03-31", "open", 700, region="South"),
    deal("2026-01-05", "2026-01-31", "open", 80, region="North"),  # overdue: expected no more
    deal("2026-01-05", "2026-04-01", "open", 999, region="North"),  # of the next quarter
)


def aim(value, first=QUARTER, **scope):
    last = str(first.last_day)
    return target(str(first.start), value, last, metric="won_amount", **scope)


def by_hand(value, period=QUARTER, metric="won_amount", **scope):
    return Stated(metric, Plan((*scope,), (*scope.values(),), period, Decimal(value)))


def coverage(*targets, window=QUARTER, rows=DEALS, hand=(), selection=ALL):
    store = build(deals=rows, targets=targets)
    store.by_hand = lambda: tuple(hand)
    return figures(store, ("pipeline_coverage",), window, selection)["pipeline_coverage"]


def only(**members):
    return Selection(None, filters=tuple(Filter(d, (m,)) for d, m in members.items()))


class TestTheFigure:
    def test_open_amount_still_due_over_what_is_missing(self):
        # 50 and 700 are due, 1000 - 400 are missing
        assert coverage(aim(1000)) == Figure(1.25)

    def test_a_running_quarter_looks_to_its_end(self):
        so_far = Period(QUARTER.start, date(2026, 2, 11))
        running = Window(so_far, Grain.QUARTER, QUARTER, to_date=True)
        assert coverage(aim(1000), window=running) == Figure(1.25)

    def test_months_that_make_up_the_quarter_are_its_target(self):
        months = [aim(amount, month(2026, n)) for n, amount in ((1, 200), (2, 300), (3, 500))]
        assert coverage(*months) == Figure(1.25)
        assert coverage(*months[:2]).reason == "metrics.reason.no_target"

    def test_nothing_open_covers_nothing(self):
        assert coverage(aim(1000), rows=DEALS[:2]) == Figure(0.0)

    def test_the_next_quarter_has_its_whole_target_to_cover(self):
        assert coverage(aim(333, NEXT), window=NEXT) == Figure(3.0)

    def test_void_deals_and_other_targets_do_not_count(self):
        rows = [*DEALS, deal("2026-01-05", "2026-03-01", "open", 5000, counts=False)]
        others = target("2026-01-01", 9, "2026-03-31", metric="sales")
        assert coverage(aim(1000), others, rows=rows) == Figure(1.25)

    def test_a_tile_judges_it_and_compares_it_with_nothing(self):
        so_far = Period(QUARTER.start, date(2026, 2, 11))
        running = Window(so_far, Grain.QUARTER, QUARTER, to_date=True)
        store = build(deals=DEALS, targets=[aim(1000)])
        chosen = Selection(running, Comparison.LAST_YEAR)
        (tile,) = kpis.build(store, settings(), chosen, date(2026, 2, 11), ("pipeline_coverage",))
        assert (tile.figure.value, tile.change) == (1.25, None)
        assert tile.status.judgement == "warning"


class TestBlank:
    def test_without_a_target_it_says_where_to_set_one(self):
        blank = Figure(None, "metrics.reason.no_target", (("metric", "won_amount"),))
        assert coverage() == blank
        assert coverage(aim(1000), window=month(2026, 2)) == blank  # the quarter's is not spread
        assert coverage(aim(1000), selection=only(region="North")) == blank
        assert coverage(aim(1000, region="North")) == blank  # nor one region's the company's

    @pytest.mark.parametrize("amount", [399, 400])
    def test_a_target_that_is_reached(self, amount):
        assert coverage(aim(amount)) == Figure(None, "metrics.reason.reached")

    def test_a_period_that_is_over(self):
        january = month(2026, 1)
        facts = (("last", date(2026, 1, 31)), ("edge", date(2026, 2, 10)))
        found = coverage(aim(1000, january), window=january)
        assert found == Figure(None, "metrics.reason.over", facts)

    def test_open_deals_none_of_which_says_when(self):
        rows = [*DEALS[:2], deal("2026-01-05", None, "open", 50)]
        facts = (("lines", 1), ("fields", ("close_date",)))
        assert coverage(aim(1000), rows=rows) == Figure(None, "metrics.reason.none_dated", facts)

    def test_those_that_do_not_say_when_are_counted(self):
        rows = [*DEALS, deal("2026-01-05", None, "open", 50), deal("2026-01-05", None, "lost", 9)]
        # the lost one could have been won: it is no part of what is open, nor of what was won
        assert coverage(aim(1000), rows=rows) == Figure(1.25).noted(without("close_date", 1))

    def test_deals_without_an_amount(self):
        rows = [*DEALS[:2], deal("2026-01-05", "2026-03-01", "open", None)]
        facts = (("fields", ("amount",)),)
        assert coverage(aim(1000), rows=rows) == Figure(None, "metrics.reason.field_empty", facts)

    def test_without_deals_it_says_what_to_import(self):
        found = coverage(aim(1000), rows=())
        assert found == Figure(None, "metrics.reason.empty", (("dataset", "deals"),))


class TestMembers:
    def test_by_region_each_against_its_own(self):
        store = build(deals=DEALS, targets=[aim(400, region="North"), aim(100, region="South")])
        found = measure(
            store, bound(store), ("pipeline_coverage",), ALL, windows=(QUARTER,), by=("region",)
        )
        parts = {m[0]: found.figure("pipeline_coverage", members=m) for m in found.members()}
        assert parts == {
            "North": Figure(0.5),  # 50 / (400 - 300)
            "South": Figure(None, "metrics.reason.reached"),
        }

    def test_a_filter_takes_the_target_about_it(self):
        found = coverage(aim(1000), aim(400, region="North"), selection=only(region="North"))
        assert found == Figure(0.5)

    def test_a_filter_that_lets_several_through_has_no_target(self):
        both = Selection(None, filters=(Filter("region", ("North", "South")),))
        targets = aim(400, region="North"), aim(900, region="South")
        assert coverage(*targets, selection=both).reason == "metrics.reason.no_target"


class TestByHand:
    def test_a_goal_set_by_hand_is_a_target(self):
        assert coverage(hand=[by_hand(1000)]) == Figure(1.25)
        assert coverage(hand=[by_hand(1000, metric="sales")]).reason == "metrics.reason.no_target"

    def test_it_stands_before_the_same_one_of_a_file(self):
        assert coverage(aim(500), hand=[by_hand(1000)]) == Figure(1.25)

    def test_by_members_though_no_file_states_any(self):
        store = build(deals=DEALS, targets=[aim(1000)])
        store.by_hand = lambda: (by_hand(400, region="North"),)
        found = measure(
            store, bound(store), ("pipeline_coverage",), ALL, windows=(QUARTER,), by=("region",)
        )
        assert found.figure("pipeline_coverage", members=("North",)) == Figure(0.5)


def test_what_is_expected_is_picked():
    loose = metric("loose", sql="sum(amount)", ahead=True)
    assert bind(Rules({"loose": loose})).broken["loose"].key == "config.metric.ahead"


@pytest.mark.parametrize("seed", range(4))
def test_as_pandas_counts_it(seed):
    dice = random.Random(seed)
    rows = []
    for _ in range(120):
        outcome = dice.choice(["won", "lost", "open", "open"])
        days = dice.randint(0, 360 if outcome == "open" else 100)
        closed = date(2026, 1, 1) + timedelta(days=days)
        rows.append(
            deal(
                str(closed - timedelta(days=30)), str(closed), outcome, dice.randint(1, 900),
                region=dice.choice(["N", "S", None]),
            )
        )  # fmt: skip
    quarters = [QUARTER, NEXT, Period(date(2026, 7, 1), date(2026, 10, 1))]
    targets = [
        aim(dice.randint(500, 40_000), quarter, **scope)
        for quarter in quarters
        for scope in ({}, {"region": "N"}, {"region": "S"})
    ]
    store = build(deals=rows, targets=targets)
    ids = ("pipeline_coverage",)
    whole = measure(store, bound(store), ids, ALL, windows=quarters)
    parts = measure(store, bound(store), ids, ALL, windows=quarters, by=("region",))
    frame = pd.DataFrame(rows)
    frame[["closed", "created"]] = frame[["close_date", "created_date"]].apply(pd.to_datetime)
    frame["amount"] = frame.amount.astype(float)
    edge = max(frame.created.max(), frame[frame.outcome != "open"].closed.max())
    plans = pd.DataFrame(targets)
    for number, quarter in enumerate(quarters):
        inside = frame[frame.closed.between(str(quarter.start), str(quarter.last_day))]
        wanted = plans[plans.period_start == str(quarter.start)]
        for region in (None, "N", "S"):
            mine = inside if region is None else inside[inside.region == region]
            own = wanted.region.isna() if region is None else wanted.region == region
            missing = float(wanted[own].target.iloc[0]) - mine[mine.outcome == "won"].amount.sum()
            due = mine[(mine.outcome == "open") & (mine.closed >= edge)].amount.sum()
            source, members = (whole, ()) if region is None else (parts, (region,))
            found = source.figure("pipeline_coverage", number, None, members).value
            if missing <= 0 or pd.Timestamp(quarter.last_day) < edge:
                assert found is None
            else:
                assert found == pytest.approx(due / missing)
