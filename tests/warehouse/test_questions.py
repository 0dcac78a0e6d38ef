"""Every metric on rows one can check by eye; the named traps of business figures."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from salesdash import config
from salesdash.config import Settings
from salesdash.datasets import DATASETS
from salesdash.errors import UsageError
from salesdash.metrics import OTHER, Bound, Figure, bind
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.facts import MOST_BYTES
from salesdash.warehouse.questions import measure
from tests.warehouse.build import build

CHECKOUT = Path(__file__).resolve().parents[2]
ALL = Selection(None)


@cache
def settings() -> Settings:
    return config.load(CHECKOUT / "config.yaml")


def bound(warehouse: Warehouse) -> Bound:
    return bind(settings(), {name: warehouse.columns(name) for name in DATASETS})


def month(year: int, number: int) -> Period:
    after = date(year + number // 12, number % 12 + 1, 1)
    return Period(date(year, number, 1), after)


def figure(
    rows: Iterable[Mapping[str, object]] | Warehouse,
    metric: str,
    window: Period | None = None,
    selection: Selection = ALL,
) -> Figure:
    warehouse = rows if isinstance(rows, Warehouse) else build(rows)
    found = measure(warehouse, bound(warehouse), (metric,), selection, windows=(window,))
    return found.figure(metric)


def sale(
    day: str, amount: object, customer: str | None = None, **more: object
) -> dict[str, object]:
    more.setdefault("document", f"{day}/{customer}")
    return {"order_date": day, "amount": str(amount), "customer": customer, **more}


JANUARY, FEBRUARY, MARCH = month(2026, 1), month(2026, 2), month(2026, 3)

LINES = (
    sale("2026-01-05", "100.10", "A", document="1", quantity="2", region="North"),
    sale("2026-01-05", "50.20", "A", document="1", quantity="1", region="North"),
    sale("2026-01-31", "200", "B", document="2", quantity="4", region="South"),
    sale("2026-02-01", "-30", "B", document="C1", quantity="-1", region="South"),
    sale("2026-03-10", "80", "A", document="3", quantity="1", region="North"),
)


class TestAmounts:
    def test_sales_are_the_exact_sum_of_amounts(self):
        assert figure(LINES, "sales", JANUARY).value == Decimal("350.30")

    def test_credit_notes_count_negative(self):
        assert figure(LINES, "sales", FEBRUARY).value == Decimal(-30)

    def test_all_dates(self):
        assert figure(LINES, "sales").value == Decimal("400.30")

    def test_lines_that_do_not_count_are_left_out(self):
        rows = (*LINES, sale("2026-01-06", "999", "A", document="9", counts=False))
        assert figure(rows, "sales", JANUARY).value == Decimal("350.30")

    def test_money_keeps_every_digit(self):
        rows = [sale("2026-01-05", "0.1"), sale("2026-01-05", "0.2")]
        assert figure(rows, "sales", JANUARY).value == Decimal("0.3")

    def test_the_largest_amount_and_the_smallest_add_up(self):
        rows = [sale("2026-01-05", "99999999999999.9999"), sale("2026-02-05", "0.0001")]
        assert figure(rows, "sales").value == Decimal("100000000000000.0000")

    def test_units_are_the_sum_of_quantities(self):
        assert figure(LINES, "units").value == 7

    def test_half_open_ends(self):
        rows = [sale("2026-01-31", 1), sale("2026-02-01", 2), sale("2026-02-28", 4)]
        assert figure(rows, "sales", FEBRUARY).value == 6

    def test_leap_day_belongs_to_february(self):
        rows = [sale("2024-02-28", 1), sale("2024-02-29", 2), sale("2024-03-01", 4)]
        assert figure(rows, "sales", month(2024, 2)).value == 3

    def test_half_a_period_counts_its_days_only(self):
        rows = [sale("2026-01-05", 1), sale("2026-01-15", 2), sale("2026-01-16", 4)]
        assert figure(rows, "sales", Period(date(2026, 1, 1), date(2026, 1, 16))).value == 3


class TestOrders:
    def test_lines_of_a_document_are_one_order(self):
        assert figure(LINES, "orders", JANUARY).value == 2

    def test_a_document_of_credit_notes_only_is_no_order(self):
        assert figure(LINES, "orders", FEBRUARY).value == 0

    def test_one_positive_line_makes_an_order(self):
        rows = [sale("2026-01-05", -5, document="1"), sale("2026-01-05", 3, document="1")]
        assert figure(rows, "orders", JANUARY).value == 1

    def test_a_document_over_two_months_is_one_order_of_both_together(self):
        rows = [sale("2026-01-31", 5, document="1"), sale("2026-02-01", 3, document="1")]
        warehouse = build(rows)
        both = Period(date(2026, 1, 1), date(2026, 3, 1))
        found = measure(
            warehouse, bound(warehouse), ("orders",), ALL, windows=(JANUARY, FEBRUARY, both)
        )
        assert [found.figure("orders", window).value for window in range(3)] == [1, 1, 1]

    def test_without_order_numbers_blank(self):
        rows = [sale("2026-01-05", 5, document=None)]
        found = figure(rows, "orders", JANUARY)
        assert found == Figure(None, "metrics.reason.not_mapped", (("fields", ("document",)),))

    def test_a_month_without_order_numbers_is_blank_not_0(self):
        rows = [sale("2026-01-05", 5, document=None), sale("2026-02-05", 5, document="1")]
        found = figure(rows, "orders", JANUARY)
        assert found.value is None
        assert found.reason == "metrics.reason.field_empty"

    def test_keyless_lines_are_told(self):
        rows = [sale("2026-01-05", 5, document=None), sale("2026-01-05", 5, document="1")]
        found = figure(rows, "orders", JANUARY)
        facts = (("field", "document"), ("lines", 1))
        assert found == Figure(1, "metrics.note.lines_without", facts)

    def test_average_order_value_divides_sums(self):
        # 350.30 over 2 orders; the mean of the lines would be 116.77
        assert figure(LINES, "average_order_value", JANUARY).value == pytest.approx(175.15)

    def test_no_average_of_averages(self):
        rows = [sale("2026-01-05", 100, document="1"), sale("2026-02-05", 10, document="2")]
        rows += [sale("2026-02-06", 10, document="3")]
        assert figure(rows, "average_order_value").value == 40  # not (100 + 10) / 2 = 55

    def test_divisor_of_0_is_blank(self):
        found = figure(LINES, "average_order_value", FEBRUARY)
        assert found == Figure(None, "metrics.reason.divisor_zero")


class TestProfitAndDiscount:
    ROWS = (
        sale("2026-01-05", 100, cost="60"),
        sale("2026-01-06", 50, profit="20", cost="1"),
        sale("2026-01-07", 1000),  # nothing known
    )

    def test_gross_profit_prefers_the_mapped_profit(self):
        assert figure(self.ROWS, "gross_profit", JANUARY).value == 60  # (100 - 60) + 20

    def test_margin_divides_only_by_amounts_with_known_profit(self):
        assert figure(self.ROWS, "gross_margin", JANUARY).value == pytest.approx(60 / 150)

    def test_margin_blank_without_any_profit(self):
        found = figure([sale("2026-01-05", 100)], "gross_margin", JANUARY)
        fields = (("fields", ("profit", "cost")),)
        assert found == Figure(None, "metrics.reason.not_mapped", fields)

    def test_discount_rate_counts_known_list_prices_only(self):
        rows = [
            sale("2026-01-05", 80, list_amount="100"),
            sale("2026-01-06", 300, list_amount="300"),
            sale("2026-01-07", 1000),
        ]
        assert figure(rows, "discount_rate", JANUARY).value == pytest.approx(20 / 400)

    def test_discount_rate_of_returns(self):
        rows = [
            sale("2026-01-05", 80, list_amount="100"),
            sale("2026-01-06", -8, list_amount="-10"),
        ]
        assert figure(rows, "discount_rate", JANUARY).value == pytest.approx(18 / 90)


class TestCustomers:
    #        2024      2025                2026
    ROWS = (
        sale("2024-01-10", 10, "A"),
        sale("2024-02-10", 10, "B"),
        sale("2024-03-10", 10, "C"),
        sale("2025-02-10", 10, "A"),
        sale("2025-12-10", 10, "D"),
        sale("2026-01-10", 10, "B"),  # silent since 2024-02
        sale("2026-01-11", 10, "E"),
        sale("2026-01-12", -5, "C"),  # a credit note is no purchase
        sale("2026-01-13", 10, "D"),
        sale("2026-01-14", 10, None),
    )

    def test_active_customers_bought_in_the_period(self):
        found = figure(self.ROWS, "active_customers", JANUARY)  # B, D, E
        assert found == Figure(
            3, "metrics.note.lines_without", (("field", "customer"), ("lines", 1))
        )

    def test_new_customers_had_their_first_sale_in_the_period(self):
        assert figure(self.ROWS, "new_customers", JANUARY).value == 1  # E

    def test_reactivated_customers_come_back_after_a_silent_window(self):
        assert figure(self.ROWS, "reactivated_customers", JANUARY).value == 1  # B, not D

    def test_a_sale_on_the_first_day_of_the_window_before_is_no_silence(self):
        rows = [sale("2024-01-01", 1, "X"), sale("2025-01-01", 1, "A"), sale("2026-01-10", 1, "A")]
        assert figure(rows, "reactivated_customers", JANUARY).value == 0
        rows[1] = sale("2024-12-31", 1, "A")
        assert figure(rows, "reactivated_customers", JANUARY).value == 1

    def test_who_never_stopped_buying_is_not_reactivated(self):
        rows = [sale("2024-06-01", 1, "A"), sale("2025-06-01", 1, "A"), sale("2026-01-10", 1, "A")]
        assert figure(rows, "reactivated_customers", JANUARY).value == 0
        del rows[1]
        assert figure(rows, "reactivated_customers", JANUARY).value == 1

    def test_lost_customers_have_been_silent_for_a_window_when_the_period_ends(self):
        """A last bought on 10 February 2025: lost in February 2026, not yet in January."""
        rows = build([*self.ROWS, sale("2026-02-20", 10, "E")])
        assert figure(rows, "lost_customers", JANUARY).value == 0
        assert figure(rows, "lost_customers", FEBRUARY).value == 1
        short = figure(rows, "lost_customers", month(2024, 12))
        assert short.reason == "metrics.reason.short_history"

    def test_who_comes_less_who_is_lost_is_the_change_of_the_base(self):
        """Buyers of a year: A on 1 December; B, D, E, F on 1 March. D, E, F new, B back, A lost."""
        rows = build([*self.ROWS, sale("2026-02-20", 10, "F")])
        winter = Period(date(2025, 12, 1), date(2026, 3, 1))
        base = [
            figure(rows, "customers_buying", Period(date(2000, 1, 1), end)).value
            for end in (winter.start, winter.end)
        ]
        came = [figure(rows, f"{name}_customers", winter).value for name in ("new", "reactivated")]
        lost = figure(rows, "lost_customers", winter).value
        assert (base, came, lost) == ([1, 4], [3, 1], 1)
        assert base[1] - base[0] == sum(came) - lost

    def test_retention_is_the_share_of_the_window_before(self):
        # before (2024-02 .. 2025-01): B, C. Then (2025-02 .. 2026-01): A, B, D, E
        rows = (sale("2024-01-31", 1, "Z"), *self.ROWS)
        found = measure(
            build(rows),
            bound(build(rows)),
            ("customers_before", "customers_retained", "customer_retention", "churn"),
            ALL,
            windows=(JANUARY,),
        )
        assert found.figure("customers_before").value == 2
        assert found.figure("customers_retained").value == 1
        assert found.figure("customer_retention").value == 0.5
        assert found.figure("churn").value == 0.5

    def test_retention_blank_until_two_windows_are_covered(self):
        rows = [sale("2024-02-02", 1, "A"), sale("2026-01-10", 1, "A")]
        found = figure(rows, "customer_retention", JANUARY)
        facts = (("first", date(2024, 2, 2)), ("needed", date(2024, 2, 1)), ("months", 12))
        assert found == Figure(None, "metrics.reason.short_history", facts)
        rows[0] = sale("2024-02-01", 1, "A")
        assert figure(rows, "customer_retention", JANUARY).value == 1

    def test_new_customers_blank_until_one_window_is_covered(self):
        rows = [sale("2025-01-02", 1, "A"), sale("2026-01-10", 1, "B")]
        assert figure(rows, "new_customers", JANUARY).reason == "metrics.reason.short_history"
        rows[0] = sale("2025-01-01", 1, "A")
        assert figure(rows, "new_customers", JANUARY).value == 1

    def test_customer_since_makes_new_customers_sure(self):
        rows = [
            sale("2026-01-10", 1, "A", customer_since=date(2019, 5, 1)),
            sale("2026-01-11", 1, "B", customer_since=date(2026, 1, 11)),
            sale("2026-01-12", 1, "C"),
        ]
        assert figure(rows, "new_customers", JANUARY).value == 2  # B, C

    def test_a_customer_is_new_once_even_if_stated_before_the_first_sale(self):
        rows = [sale("2026-03-10", 1, "A", customer_since=date(2026, 1, 20))]
        warehouse = build(rows)
        found = measure(
            warehouse, bound(warehouse), ("new_customers",), ALL, windows=(JANUARY, MARCH)
        )
        assert found.figure("new_customers", 1).value == 0

    def test_repeat_purchase_rate_counts_orders_of_the_window(self):
        rows = [
            sale("2025-01-31", 1, "A", document="0"),  # a day before the window
            sale("2025-02-01", 1, "A", document="1"),
            sale("2025-06-01", 1, "B", document="2"),
            sale("2025-06-01", 1, "B", document="3"),
            sale("2025-07-01", 1, "C", document="4"),
            sale("2025-07-01", 1, "C", document="4"),
            sale("2026-01-20", -1, "A", document="5"),
            sale("2026-01-21", 1, "D", document="6"),
        ]
        assert figure(rows, "repeat_purchase_rate", JANUARY).value == 0.25  # B of A B C D

    def test_an_order_over_two_days_is_one_order(self):
        rows = [sale("2025-12-31", 1, "A", document="1"), sale("2026-01-01", 1, "A", document="1")]
        warehouse = build(rows)
        found = measure(
            warehouse,
            bound(warehouse),
            ("customers_repeated", "customers_buying"),
            ALL,
            windows=(month(2025, 12), JANUARY),
        )
        assert [found.figure("customers_repeated", w).value for w in (0, 1)] == [0, 0]

    def test_an_order_belongs_to_the_day_of_its_first_line(self):
        rows = [
            sale("2025-01-31", 1, "A", document="1"),  # before the window ...
            sale("2025-02-01", 1, "A", document="1"),  # ... so this is no order of it
            sale("2025-06-01", 1, "A", document="2"),
            sale("2026-01-10", 1, "B", document="3"),
        ]
        assert figure(rows, "customers_repeated", JANUARY).value == 0
        rows[0] = sale("2025-02-01", 1, "A", document="4")
        assert figure(rows, "customers_repeated", JANUARY).value == 1

    def test_an_unfilled_window_is_told(self):
        rows = [sale("2026-01-10", 1, "A", document="1")]
        found = figure(rows, "repeat_purchase_rate", JANUARY)
        assert found.value == 0
        assert found.reason == "metrics.note.short_window"

    def test_without_customers_blank(self):
        for metric in ("active_customers", "new_customers", "customer_retention"):
            found = figure([sale("2026-01-10", 1)], metric, JANUARY)
            fields = (("fields", ("customer",)),)
            assert found == Figure(None, "metrics.reason.not_mapped", fields), metric

    def test_stock_counts_all_until_the_end(self):
        assert figure(self.ROWS, "customer_base", month(2025, 6)).value == 3  # A B C
        assert figure(self.ROWS, "customer_base", JANUARY).value == 5

    def test_stock_and_windows_are_blank_after_the_data(self):
        for metric in ("customer_base", "customers_buying", "active_customers"):
            assert figure(self.ROWS, metric, MARCH).reason == "metrics.reason.no_rows"

    def test_an_empty_month_within_the_data_keeps_its_windows(self):
        rows = [sale("2025-01-10", 1, "A"), sale("2026-03-10", 1, "B")]
        assert figure(rows, "customers_buying", FEBRUARY).value == 0
        assert figure(rows, "customers_buying", month(2025, 12)).value == 1
        assert figure(rows, "active_customers", FEBRUARY).value is None

    def test_other_windows_by_config(self):
        rows = [sale("2025-12-31", 1, "A"), sale("2026-01-10", 1, "A")]
        warehouse = build(rows)
        short = replace(settings(), window_months=1, hash="short")
        found = measure(
            warehouse,
            bind(short, {"sales": warehouse.columns("sales")}),
            ("customers_buying", "customers_retained"),
            ALL,
            windows=(JANUARY,),
        )
        assert found.figure("customers_buying").value == 1
        assert found.figure("customers_retained").reason == "metrics.reason.short_history"


class TestBlanks:
    def test_an_empty_month_is_blank_not_0(self):
        rows = [sale("2026-01-05", 1), sale("2026-03-05", 1)]
        for metric in ("sales", "orders", "units", "average_order_value", "gross_margin"):
            assert figure(rows, metric, FEBRUARY) == Figure(None, "metrics.reason.no_rows"), metric

    def test_an_empty_warehouse_is_blank(self):
        for window in (None, JANUARY):
            assert figure([], "sales", window).reason == "metrics.reason.empty"
            assert figure([], "new_customers", window).value is None

    def test_units_blank_where_no_line_states_them(self):
        rows = [sale("2026-01-05", 1), sale("2026-02-05", 1, quantity="3")]
        found = figure(rows, "units", JANUARY)
        assert found == Figure(None, "metrics.reason.field_empty", (("fields", ("quantity",)),))

    def test_an_unknown_metric_names_the_nearest(self):
        with pytest.raises(UsageError) as caught:
            figure(LINES, "saels")
        assert caught.value.values["nearest"] == "sales"

    def test_an_unknown_dimension_is_refused(self):
        warehouse = build(LINES)
        with pytest.raises(UsageError, match=r"dimension.unknown"):
            measure(warehouse, bound(warehouse), ("sales",), ALL, by=("amount",))


class TestBreakdowns:
    def test_members_of_an_additive_metric_sum_to_the_whole(self):
        warehouse = build(LINES)
        found = measure(
            warehouse, bound(warehouse), ("sales",), ALL, windows=(JANUARY,), by=("region",)
        )
        values = {m: found.figure("sales", members=m).value for m in found.members()}
        assert values == {("South",): Decimal(200), ("North",): Decimal("150.30")}
        assert list(values) == [("South",), ("North",)]  # largest first

    def test_a_customer_of_two_regions_counts_in_both_but_once_in_the_whole(self):
        rows = [
            sale("2026-01-05", 1, "A", region="North"),
            sale("2026-01-06", 1, "A", region="South"),
        ]
        warehouse = build(rows)
        found = measure(
            warehouse,
            bound(warehouse),
            ("active_customers",),
            ALL,
            windows=(JANUARY,),
            by=("region",),
        )
        assert [
            found.figure("active_customers", members=(r,)).value for r in ("North", "South")
        ] == [
            1,
            1,
        ]
        assert figure(warehouse, "active_customers", JANUARY).value == 1

    def test_empty_members_are_none(self):
        rows = [sale("2026-01-05", 1, region=None), sale("2026-01-05", 2, region="N", city="X")]
        warehouse = build(rows)
        found = measure(warehouse, bound(warehouse), ("sales",), ALL, by=("region", "city"))
        assert found.members() == (("N", "X"), (None, None))

    def test_an_extra_column_is_a_dimension(self):
        rows = [sale("2026-01-05", 1, x_shop="Mitte"), sale("2026-01-05", 2, x_shop="Ost")]
        warehouse = build(rows)
        found = measure(warehouse, bound(warehouse), ("sales",), ALL, by=("x_shop",))
        assert found.figure("sales", members=("Ost",)).value == 2

    def test_the_others_are_asked_together_not_summed(self):
        rows = [
            sale("2026-01-05", 9, "A", region="N"),
            sale("2026-01-05", 2, "B", region="S"),
            sale("2026-01-06", 3, "B", region="W"),
            sale("2026-01-06", 1, "C", region=None),
        ]
        warehouse = build(rows)
        found = measure(
            warehouse, bound(warehouse), ("sales", "active_customers"), ALL, by=("region",), top=1
        )
        assert found.members() == (("N",), (OTHER,))
        assert found.figure("sales", members=(OTHER,)).value == 6
        assert found.figure("active_customers", members=(OTHER,)).value == 2  # B, C

    def test_an_empty_member_can_be_among_the_top(self):
        rows = [sale("2026-01-05", 9, region=None), sale("2026-01-05", 2, region="S")]
        warehouse = build(rows)
        found = measure(warehouse, bound(warehouse), ("sales",), ALL, by=("region",), top=1)
        assert found.members() == ((None,), (OTHER,))

    def test_retention_by_region_is_the_filtered_retention(self):
        rows = [
            sale("2024-02-01", 1, "A", region="N"),
            sale("2024-03-01", 1, "B", region="S"),
            sale("2026-01-10", 1, "A", region="N"),
            sale("2026-01-10", 1, "B", region="N"),
        ]
        warehouse = build(rows)
        ids = ("customer_retention",)
        split = measure(warehouse, bound(warehouse), ids, ALL, windows=(JANUARY,), by=("region",))
        north = ALL.where("region", "N")
        assert split.figure("customer_retention", members=("N",)).value == 1
        assert split.figure("customer_retention", members=("S",)).value == 0
        assert figure(warehouse, "customer_retention", JANUARY, north).value == 1


class TestTime:
    def test_buckets_cut_the_window_into_units(self):
        warehouse = build(LINES)
        window = Period(date(2026, 1, 10), date(2026, 3, 5))
        found = measure(
            warehouse, bound(warehouse), ("sales",), ALL, windows=(window,), grain=Grain.MONTH
        )
        series = found.series("sales")
        assert [unit for unit, _ in series] == [JANUARY, FEBRUARY, MARCH]
        assert [figure.value for _, figure in series] == [Decimal(200), Decimal(-30), None]

    def test_buckets_of_all_dates(self):
        warehouse = build(LINES)
        found = measure(warehouse, bound(warehouse), ("orders",), ALL, grain=Grain.QUARTER)
        assert [figure.value for _, figure in found.series("orders")] == [3]

    def test_buckets_follow_the_fiscal_calendar(self):
        warehouse = build(LINES)
        shifted = replace(settings(), fiscal=FiscalCalendar(start_month=2), hash="f")
        found = measure(warehouse, bind(shifted), ("sales",), ALL, grain=Grain.YEAR)
        assert [f.value for _, f in found.series("sales")] == [Decimal("350.30"), Decimal(50)]

    def test_two_years_by_day_take_several_statements_and_agree(self):
        rows = [sale(f"2025-{m:02}-{d:02}", m, f"C{m}") for m in range(1, 13) for d in (1, 15)]
        warehouse = build(rows)
        windows = (Period(date(2025, 1, 1), date(2026, 1, 1)),)
        ids = ("sales", "orders", "active_customers", "customers_buying", "customers_repeated")
        days = measure(warehouse, bound(warehouse), ids, ALL, windows=windows, grain=Grain.DAY)
        assert len(days.series("sales")) == 365
        assert days.figure("sales", bucket=date(2025, 7, 15)).value == 7
        assert days.figure("orders", bucket=date(2025, 7, 15)).value == 1
        assert days.figure("sales", bucket=date(2025, 7, 16)).value is None
        assert days.figure("customers_buying", bucket=date(2025, 7, 16)).value == 7
        assert days.figure("customers_repeated", bucket=date(2025, 7, 14)).value == 6

    def test_windows_may_overlap_and_repeat(self):
        warehouse = build(LINES)
        year = Period(date(2026, 1, 1), date(2027, 1, 1))
        windows = (JANUARY, year, None, JANUARY)
        found = measure(warehouse, bound(warehouse), ("sales", "orders"), ALL, windows=windows)
        values = [found.figure("sales", number).value for number in range(4)]
        assert values == [Decimal(x) for x in ("350.3", "400.3", "400.3", "350.3")]

    def test_the_selection_has_the_window_when_none_is_given(self):
        warehouse = build(LINES)
        found = measure(warehouse, bound(warehouse), ("sales",), ALL)
        assert found.windows == (Period(date(2026, 1, 5), date(2026, 3, 11)),)


class TestSelections:
    def test_filters_apply_to_every_metric(self):
        warehouse = build(LINES)
        north = Selection(None, filters=(Filter("region", ("North",)),))
        found = measure(warehouse, bound(warehouse), ("sales", "orders", "units"), north)
        assert found.figure("sales").value == Decimal("230.30")
        assert found.figure("orders").value == 2
        assert found.figure("units").value == 4

    def test_an_earlier_cut_is_seen_as_it_was(self):
        rows = (
            *LINES,
            sale("2026-01-31", "500", "B", document="2", event=1, valid_from=1, valid_to=2),
            sale("2026-01-07", "1", "A", document="7", event=2, valid_from=2),
        )
        warehouse = build([{"valid_from": 1, **row} for row in rows])
        assert figure(warehouse, "sales", JANUARY, Selection(None, cut=1)).value == Decimal(
            "850.30"
        )
        assert figure(warehouse, "sales", JANUARY).value == Decimal("351.30")


class TestOwnMetrics:
    """What an owner may add to config.yaml."""

    ROWS = (
        sale("2026-01-05", 10, "A", paid_at="2026-02-01 23:59:00", price="5", region="N"),
        sale("2026-01-06", 20, "B", paid_at=None, price="7", region="S"),
        sale("2026-02-06", 30, "C", paid_at="2026-02-03 00:00:00", price="3", region="S"),
    )

    def own(self, **added: dict[str, str]) -> tuple[Warehouse, Bound]:
        words = "name: A, description: B, formula: C, unit: number"
        lines = [
            f"  {name}: {{{words}, {', '.join(f'{k}: {v}' for k, v in keys.items())}}}"
            for name, keys in added.items()
        ]
        found = config.check_text(("metrics:\n" + "\n".join(lines)).encode())
        assert found.settings is not None, found.problems
        warehouse = build(self.ROWS)
        return warehouse, bind(found.settings, {"sales": warehouse.columns("sales")})

    def test_another_date_role_beside_the_usual_one(self):
        simple = {"kind": "simple", "sql": "sum(amount)"}
        warehouse, own = self.own(sold=simple, paid={**simple, "date": "paid_at"})
        found = measure(warehouse, own, ("sold", "paid"), ALL, windows=(JANUARY, FEBRUARY))
        assert [found.figure("sold", n).value for n in (0, 1)] == [30, 30]
        assert [found.figure("paid", n).value for n in (0, 1)] == [None, 40]

    def test_least_and_greatest_over_many_segments(self):
        warehouse, own = self.own(
            low={"kind": "simple", "sql": "min(price)"}, top={"kind": "simple", "sql": "max(price)"}
        )
        found = measure(warehouse, own, ("low", "top"), ALL, windows=(JANUARY, FEBRUARY, None))
        assert [found.figure("low", n).value for n in range(3)] == [5, 3, 3]
        assert [found.figure("top", n).value for n in range(3)] == [7, 3, 7]

    def test_a_stock_may_be_a_sum(self):
        warehouse, own = self.own(ever={"kind": "stock", "sql": "sum(amount)"})
        found = measure(warehouse, own, ("ever",), ALL, windows=(JANUARY, FEBRUARY, MARCH))
        assert [found.figure("ever", n).value for n in range(3)] == [30, 60, None]

    def test_an_infinite_result_is_blank(self):
        warehouse, own = self.own(
            huge={"kind": "simple", "sql": "sum(cast('inf' as double))"},
            twice={"kind": "derived", "expression": "2 * huge"},
        )
        found = measure(warehouse, own, ("huge", "twice"), ALL, windows=(JANUARY,))
        assert found.figure("huge").value is None
        assert found.figure("twice").value is None

    def test_members_rank_by_all_buckets(self):
        warehouse, own = self.own(sold={"kind": "simple", "sql": "sum(amount)"})
        found = measure(
            warehouse, own, ("sold",), ALL, windows=(None,), by=("region",), grain=Grain.MONTH
        )
        assert found.members() == (("S",), ("N",))  # 50, 10


class TestAgain:
    """Customers' days are kept for the next period, never beyond the data they came from."""

    def test_another_period_of_the_same_filters_asks_nothing_again(self, monkeypatch):
        house = build(
            [
                {"order_date": "2026-01-05", "customer": "ann", "amount": "5"},
                {"order_date": "2026-02-05", "customer": "ann", "amount": "5"},
                {"order_date": "2026-02-06", "customer": "bob", "amount": "5"},
            ]
        )
        asked: list[str] = []
        arrow = house.engine.arrow
        monkeypatch.setattr(
            house.engine, "arrow", lambda sql, params=None: asked.append(sql) or arrow(sql, params)
        )
        assert self.buyers(house, month(2026, 1)) == 1
        assert self.buyers(house, month(2026, 2)) == 2
        assert len(asked) == 2  # the sums and the customers, once each

    def test_new_rows_are_seen_at_once(self):
        house = build([{"order_date": "2026-01-05", "customer": "ann", "amount": "5"}])
        assert self.buyers(house, month(2026, 1)) == 1
        house.engine.run(
            "insert into sales (order_date, customer, amount, counts, event, sheet, record, "
            "valid_from) values ('2026-01-06', 'bob', 5, true, 2, 0, 1, 2)"
        )
        house.refresh()
        assert self.buyers(house, month(2026, 1)) == 2

    def test_the_last_ones_are_kept_by_their_bytes(self):
        house = build([{"order_date": "2026-01-05", "customer": "ann", "amount": "5"}])
        asked, third = [], MOST_BYTES // 3
        for key in [0, 1, 2, 2, 3, 1, 0]:  # 0 makes room for 3; looked at again, 1 outlives 2
            house.recent(key, lambda key=key: asked.append(key) or key + 1, lambda _: third)
        assert asked == [0, 1, 2, 3, 0]

    def test_an_answer_larger_than_all_room_is_kept_until_the_next_one(self):
        house = build([{"order_date": "2026-01-05", "customer": "ann", "amount": "5"}])
        asked = []
        for key in (0, 0, 1, 0):
            house.recent(
                key, lambda key=key: asked.append(key) or key + 1, lambda _: MOST_BYTES * 2
            )
        assert asked == [0, 1, 0]

    def buyers(self, house, period):
        """How many bought in the year that ends with the period."""
        found = measure(house, bound(house), ("customers_buying",), ALL, windows=(period,))
        return found.figure("customers_buying", 0).value
