"""Metrics of deals, leads, activities, payments and costs on rows one can check by eye."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.errors import UsageError
from salesdash.metrics import Figure
from salesdash.metrics.figures import Note
from salesdash.periods import Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.questions import measure
from tests.warehouse.build import build
from tests.warehouse.test_questions import ALL, FEBRUARY, JANUARY, MARCH, bound, month, sale


def deal(created: str | None, closed: str | None, outcome: str, amount: object, **more):
    return {
        "created_date": created, "close_date": closed, "outcome": outcome,
        "amount": None if amount is None else str(amount), **more,
    }  # fmt: skip


DEALS = (
    deal("2026-01-01", "2026-01-31", "won", 100, person="Ann", channel="web"),  # 30 days
    deal("2026-01-21", "2026-01-31", "won", 50, person="Bob", channel="fair"),  # 10 days
    deal("2026-01-05", "2026-01-20", "lost", 30, person="Ann", channel="web"),
    deal("2026-01-10", "2026-02-10", "won", 400, person="Ann", channel="web"),  # 31 days
    deal("2026-01-11", None, "open", 20, person="Bob", channel="fair"),
    deal("2026-02-01", "2026-05-01", "open", 60, person="Ann", channel="web"),
    deal(None, None, "open", 7, person="Ann", channel="web"),
    deal("2026-01-02", None, "lost", 11, person="Ann", channel="web"),  # nobody knows when
    deal("2026-01-02", "2026-01-03", "won", 999, counts=False),
)


def figures(warehouse, ids, window=JANUARY, selection=ALL, **how):
    found = measure(warehouse, bound(warehouse), ids, selection, windows=(window,), **how)
    return {name: found.figure(name) for name in ids}


def value(rows, metric, window=JANUARY, selection=ALL):
    return figures(build(deals=rows), (metric,), window, selection)[metric].value


def without(field: str, lines: int) -> Note:
    return "metrics.note.lines_without", (("field", field), ("lines", lines))


class TestDecided:
    @pytest.mark.parametrize(
        ("metric", "expected"),
        [
            ("won_deals", 2),
            ("lost_deals", 1),
            ("won_amount", 150),
            ("win_rate", 2 / 3),
            ("win_rate_amount", 150 / 180),
            ("win_rate_cohort", 3 / 6),  # created in January: 6 that count, 3 won since
            ("open_share_cohort", 1 / 6),
            ("average_deal_size", 75),
            ("sales_cycle_days", 20),  # (30 + 10) / 2
            ("sales_cycle_median", 20),
        ],
    )
    def test_january(self, metric, expected):
        assert value(DEALS, metric) == pytest.approx(expected)

    def test_a_rate_over_two_months_is_no_mean_of_two_rates(self):
        both = Period(date(2026, 1, 1), date(2026, 3, 1))
        assert value(DEALS, "win_rate", both) == 0.75  # 3 of 4, not (2/3 + 1) / 2

    def test_a_month_without_won_deals_has_0_of_them_not_nothing(self):
        rows = [deal("2026-01-01", "2026-01-05", "lost", 5), DEALS[3]]
        store = build(deals=rows)
        found = figures(store, ("won_deals", "won_amount", "win_rate", "average_deal_size"))
        assert [each.value for each in found.values()] == [0, 0, 0, None]

    def test_a_month_without_any_deal_is_blank(self):
        assert figures(build(deals=DEALS), ("won_deals",), month(2025, 12)) == {
            "won_deals": Figure(None, "metrics.reason.no_rows")
        }

    def test_decided_deals_without_a_date_are_left_out_and_counted(self):
        found = figures(build(deals=DEALS), ("lost_deals", "win_rate", "won_deals"))
        assert found["lost_deals"].notes == (without("close_date", 1),)
        assert found["win_rate"].notes == (without("close_date", 1),)
        assert found["won_deals"].notes == ()

    def test_won_deals_without_amount_are_counted_and_blank_when_all_lack_it(self):
        some = [DEALS[0], deal("2026-01-01", "2026-01-09", "won", None)]
        found = figures(build(deals=some), ("won_amount", "average_deal_size"))
        assert found["won_amount"] == Figure(Decimal(100), *without("amount", 1))
        assert found["average_deal_size"].value == 100  # not 100 / 2
        assert value(some[1:], "won_amount") is None

    def test_lost_deals_that_carry_0_are_of_unknown_worth(self):
        rows = [DEALS[0], deal("2026-01-05", "2026-01-20", "lost", 0)]
        found = figures(build(deals=rows), ("win_rate_amount",))["win_rate_amount"]
        assert found == Figure(None, "metrics.reason.field_empty", (("fields", ("amount",)),))
        assert value([DEALS[0]], "win_rate_amount") == 1  # nothing was lost

    def test_a_deal_that_closed_before_it_was_created_has_no_cycle(self):
        rows = [DEALS[0], deal("2026-01-31", "2026-01-30", "won", 1)]
        assert value(rows, "sales_cycle_days") == 30

    def test_the_median_is_no_median_of_medians(self):
        # 10, 30 in January and 31 in February: the middle of all is 30
        both = Period(date(2026, 1, 1), date(2026, 3, 1))
        store = build(deals=DEALS)
        found = measure(
            store, bound(store), ("sales_cycle_median",), ALL, windows=(JANUARY, FEBRUARY, both)
        )
        assert [found.figure("sales_cycle_median", n).value for n in range(3)] == [20, 31, 30]

    def test_periods_after_the_data_are_blank_even_where_deals_are_expected_to_close(self):
        may = figures(build(deals=DEALS), ("won_deals", "win_rate"), month(2026, 5))
        assert {each.reason for each in may.values()} == {"metrics.reason.no_rows"}

    def test_without_any_close_date_it_is_said(self):
        found = figures(build(deals=[deal("2026-01-01", None, "won", 1)]), ("won_deals",))
        fields = (("fields", ("close_date",)),)
        assert found["won_deals"] == Figure(None, "metrics.reason.not_mapped", fields)


class TestPipeline:
    def test_a_state_counts_what_was_created_and_not_decided_then(self):
        store = build(deals=DEALS)
        ids, windows = ("pipeline", "open_deals"), (JANUARY, FEBRUARY)
        found = measure(store, bound(store), ids, ALL, windows=windows)
        # end of January: 400 (won in February), 20; end of February: 20, 60
        assert [found.figure("pipeline", n).value for n in (0, 1)] == [420, 80]
        assert [found.figure("open_deals", n).value for n in (0, 1)] == [2, 2]

    def test_the_past_is_reconstructed_and_says_so(self):
        store = build(deals=DEALS)
        found = measure(store, bound(store), ("pipeline",), ALL, windows=(JANUARY, FEBRUARY))
        reconstructed = ("metrics.note.reconstructed", ())
        undated = without("created_date", 1)
        assert found.figure("pipeline", 0).notes == (reconstructed, undated)
        assert found.figure("pipeline", 1).notes == (undated,)  # February holds the data edge

    def test_a_deal_is_open_on_the_day_before_it_closes_and_no_more_on_that_day(self):
        rows = [deal("2026-01-10", "2026-01-20", "won", 5), DEALS[5]]
        store = build(deals=rows)
        first, last = date(2026, 1, 1), [date(2026, 1, day) for day in (10, 11, 20, 21)]
        windows = [Period(first, end) for end in last]
        found = measure(store, bound(store), ("pipeline",), ALL, windows=windows)
        assert [found.figure("pipeline", n).value for n in range(4)] == [None, 5, 5, 0]

    def test_by_member_with_nobody_who_has_none(self):
        store = build(deals=DEALS)
        found = measure(
            store, bound(store), ("pipeline",), ALL, windows=(FEBRUARY,), by=("person",)
        )
        parts = {m: found.figure("pipeline", members=m).value for m in found.members()}
        assert parts == {("Ann",): 60, ("Bob",): 20}

    def test_open_deals_without_amount_make_no_0(self):
        rows = [DEALS[0], deal("2026-01-05", None, "open", None)]
        assert value(rows, "pipeline", month(2026, 1)) is None
        assert value(rows, "open_deals", month(2026, 1)) == 1

    def test_by_month_it_is_the_state_at_each_end(self):
        store = build(deals=DEALS)
        window = Period(date(2026, 1, 1), date(2026, 3, 1))
        found = measure(
            store, bound(store), ("pipeline",), ALL, windows=(window,), grain=Grain.MONTH
        )
        assert [figure.value for _, figure in found.series("pipeline")] == [420, 80]

    def test_probabilities_of_the_past_are_not_known(self):
        rows = [
            deal("2026-01-01", "2026-04-01", "open", 100, probability="0.5"),
            deal("2026-02-20", None, "open", 10, probability="0.1"),
        ]
        store = build(deals=rows)
        found = measure(
            store, bound(store), ("weighted_pipeline",), ALL, windows=(JANUARY, FEBRUARY)
        )
        assert found.figure("weighted_pipeline", 0).reason == "metrics.reason.only_now"
        assert found.figure("weighted_pipeline", 1).value == 51

    def test_the_overdue_part(self):
        rows = [deal("2026-01-01", "2026-02-01", "open", 100), deal("2026-02-20", None, "open", 10)]
        found = figures(build(deals=rows), ("pipeline", "pipeline_overdue"), FEBRUARY)
        assert [each.value for each in found.values()] == [110, 100]


class TestSeveralDatasets:
    SALES = (
        sale("2024-12-01", 1, "Z", channel="web"),
        sale("2026-01-05", 100, "A", channel="web", product="P"),
        sale("2026-01-06", 100, "B", channel="fair"),
    )
    COSTS = (
        {"cost_date": "2026-01-09", "amount": "50", "purpose": "acquisition", "channel": "web"},
        {"cost_date": "2026-01-10", "amount": "20", "purpose": "acquisition", "channel": "fair"},
        {"cost_date": "2026-01-10", "amount": "9", "channel": "web"},
    )
    PAYMENTS = (
        {"payment_date": "2026-01-20", "amount": "150", "customer": "A"},
        {"payment_date": "2026-02-20", "amount": "60", "customer": "A"},
    )

    def test_one_question_answers_metrics_of_all_of_them(self):
        store = build(self.SALES, deals=DEALS, costs=self.COSTS, payments=self.PAYMENTS)
        ids = ("sales", "won_amount", "cost", "collected", "cac", "collection_rate")
        found = figures(store, ids)
        assert [found[name].value for name in ids] == [200, 150, 79, 150, 35, 0.75]

    def test_all_dates_are_those_of_each_dataset(self):
        store = build(self.SALES, payments=self.PAYMENTS)
        found = figures(store, ("sales", "collected", "collection_rate"), None)
        assert [each.value for each in found.values()] == [201, 210, 210 / 201]

    def test_a_ratio_by_a_dimension_that_both_have(self):
        store = build(self.SALES, costs=self.COSTS)
        found = measure(store, bound(store), ("cac",), ALL, windows=(JANUARY,), by=("channel",))
        assert found.figure("cac", members=("web",)).value == 50
        assert found.figure("cac", members=("fair",)).value == 20

    def test_a_filter_that_one_side_lacks_is_refused_by_name_and_the_others_work(self):
        store = build(self.SALES, payments=self.PAYMENTS)
        web = Selection(None, filters=(Filter("channel", ("web",)),))
        found = figures(store, ("sales", "collected", "collection_rate"), JANUARY, web)
        refused = Figure(
            None, "metrics.reason.no_filter", (("dimension", "channel"), ("dataset", "payments"))
        )
        assert found == {
            "sales": Figure(Decimal(100)), "collected": refused, "collection_rate": refused,
        }  # fmt: skip

    def test_a_breakdown_that_one_side_lacks_is_refused_by_name(self):
        store = build(self.SALES, payments=self.PAYMENTS)
        ids = ("sales", "collection_rate")
        found = measure(store, bound(store), ids, ALL, windows=(JANUARY,), by=("product",))
        lacking = (("dimension", "product"), ("dataset", "payments"))
        assert found.figure("collection_rate").reason == "metrics.reason.no_breakdown"
        assert found.figure("collection_rate", members=(None,)).values == lacking
        assert found.figure("sales", members=("P",)).value == 100

    def test_a_field_that_no_row_states_is_lacking_in_a_ratio_of_two_datasets(self):
        plain = [{**row, "channel": None} for row in self.SALES]
        store = build(plain, costs=self.COSTS)
        found = measure(store, bound(store), ("cac", "cost"), ALL, by=("channel",))
        lacking = (("dimension", "channel"), ("dataset", "sales"))
        assert found.figure("cac").values == lacking
        assert found.figure("cost", members=("web",)).value == 59

    def test_what_no_dataset_has_is_an_error(self):
        store = build(self.SALES)
        for how in ({"by": ("nonsense",)}, {"selection": ALL.where("nonsense", "x")}):
            with pytest.raises(UsageError, match=r"dimension\.unknown"):
                figures(store, ("sales", "won_amount"), **how)

    def test_an_empty_dataset_says_what_to_import(self):
        found = figures(build(self.SALES), ("sales", "win_rate", "cac"))
        assert found["sales"].value == 200
        assert found["win_rate"] == Figure(None, "metrics.reason.empty", (("dataset", "deals"),))
        assert found["cac"].values == (("dataset", "costs"),)

    def test_members_of_one_dataset_are_blank_in_the_other(self):
        store = build(self.SALES, costs=self.COSTS[:1])
        found = measure(store, bound(store), ("cac",), ALL, windows=(JANUARY,), by=("channel",))
        assert found.figure("cac", members=("fair",)).reason == "metrics.reason.no_rows"
        assert found.figure("cac", members=("web",)).value == 50


class TestLeadsAndActivities:
    LEADS = (
        {"created_date": "2026-01-02", "converted_date": "2026-01-09", "deal": "D1"},
        {"created_date": "2026-01-03", "converted_date": None, "deal": "D2"},
        {"created_date": "2026-01-04", "converted_date": None},
        {"created_date": "2026-01-05", "converted_date": None},
        {"created_date": "2026-02-05", "converted_date": "2026-02-06"},
    )
    ACTIVITIES = (
        {"activity_date": "2026-01-02", "deal": "D1"},
        {"activity_date": "2026-01-03", "deal": "D1", "quantity": "3"},
        {"activity_date": "2026-01-03", "deal": "D2"},
        {"activity_date": "2026-01-04", "deal": None},
    )

    def test_leads_and_their_qualification_by_cohort(self):
        found = figures(build(leads=self.LEADS), ("leads", "lead_qualification"))
        assert [each.value for each in found.values()] == [4, 0.5]

    def test_activities_and_how_many_a_deal_got(self):
        found = figures(
            build(activities=self.ACTIVITIES), ("activities_done", "activities_per_deal")
        )
        assert [each.value for each in found.values()] == [6, 2.5]  # (1 + 3 + 1) / 2 deals


class TestEdges:
    def test_the_edge_of_deals_is_what_happened_not_what_is_expected(self):
        store = build(deals=DEALS)
        assert store.ends("deals") == (date(2026, 1, 1), date(2026, 2, 10))
        assert store.edge("deals", date(2026, 2, 1)) == date(2026, 2, 1)
        assert store.edge("deals", date(2026, 1, 31)) == date(2026, 1, 31)

    def test_march_is_after_the_data(self):
        assert value(DEALS, "pipeline", MARCH) is None
