"""What can be seen of a file before it is stored: months, gaps, odd values, unknown keys."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.datasets import CUSTOMERS, DEALS, LEADS, PEOPLE, PRODUCTS, SALES, TARGETS
from salesdash.imports import commit, pictured
from salesdash.imports.suspicious import fences
from tests.imports.build import NOW, row, staged


def bring(home, rows, mode=None, **options):
    return commit(home, staged(home, rows, mode, **options), "Ana", NOW)


def picture(home, rows, mode=None, **options):
    return pictured(staged(home, rows, mode, **options)).picture


def sale(day, amount, document=None, **more):
    return {"document": document or f"D{day}-{amount}", "order_date": day, "amount": amount, **more}


def days(month, first, last, amount=10):
    """A sale on each day of a month of 2026."""
    return [sale(f"2026-{month:02}-{day:02}", amount) for day in range(first, last + 1)]


def seen(found):
    return {(each.what, each.field): each for each in found.suspicions}


def test_months_without_and_with_the_file(home):
    bring(home, [row("A", 1, 10), sale("2026-02-03", 5, "B")])
    found = picture(home, [row("A", 1, 7), sale("2026-03-01", 1, "C")])
    assert [(m.start.month, m.rows_before, m.rows_after) for m in found.months] == [
        (1, 1, 1),
        (2, 1, 1),
        (3, 0, 1),
    ]
    assert [(m.before, m.after) for m in found.months] == [(10, 7), (5, 5), (None, 1)]
    told = [(m.changes, m.restated) for m in found.months]
    assert told == [(True, True), (False, False), (True, False)]


def test_few_months_are_seen_beside_those_before_them(home):
    bring(home, [sale(f"2025-{month:02}-03", month) for month in range(1, 11)])
    found = picture(home, [sale("2025-10-05", 1)])
    assert [m.start.month for m in found.months] == [5, 6, 7, 8, 9, 10]
    assert [m.start.month for m in found.months if m.changes] == [10]


def test_a_running_month_that_goes_on_is_not_restated_a_late_row_in_it_is(home):
    bring(home, [row("A", 1, 10), row("B", 20, 5)])
    (month,) = picture(home, [row("C", 21, 3)]).months
    assert (month.before, month.after, month.restated) == (Decimal(15), Decimal(18), False)
    (month,) = picture(home, [row("C", 20, 3)]).months
    assert (month.before, month.after, month.restated) == (Decimal(15), Decimal(18), True)


def test_void_rows_are_in_no_sum(home):
    found = picture(home, [row("A", 1, 10), row("B", 1, 99, counts=False)])
    assert [(m.rows_after, m.after) for m in found.months] == [(1, Decimal(10))]


def test_months_of_deals_are_those_of_their_dates_and_only_sums_are_restated(home):
    deals = [{"deal": "D", "created_date": "2026-01-03", "amount": 7}, {"deal": "E", "amount": 9}]
    bring(home, deals, dataset=DEALS)
    found = picture(home, [{**deal, "amount": 8} for deal in deals], dataset=DEALS)
    assert [(m.start, m.before, m.after) for m in found.restated] == [(date(2026, 1, 1), 7, 8)]
    bring(home, [{"person": "Li", "team": "North"}], dataset=PEOPLE)
    assert picture(home, [{"person": "Li", "team": "East"}], dataset=PEOPLE).months == ()


def test_rows_without_amounts_have_months_of_rows(home):
    (month,) = picture(home, [{"lead": "L", "created_date": "2026-01-03"}], dataset=LEADS).months
    assert (month.rows_after, month.after, month.restated) == (1, None, False)


def test_a_file_that_changes_nothing_has_no_months(home):
    bring(home, [row("A", 1, 10)])
    assert picture(home, [row("A", 1, 10)]).months == ()


def test_days_without_rows_between_what_is_stored_and_the_file(home):
    bring(home, days(1, 1, 20))
    found = picture(home, days(1, 28, 31) + days(2, 1, 20))
    assert [(g.first, g.last, g.grain) for g in found.gaps] == [
        (date(2026, 1, 21), date(2026, 1, 27), "day")
    ]
    six = picture(home, days(1, 27, 31))
    assert six.gaps == ()


def test_pauses_are_no_gaps_where_rows_are_rare(home):
    weekly = [sale(f"2026-01-{day:02}", 1) for day in (1, 8, 15, 22, 29)]
    assert picture(home, weekly).gaps == ()


def test_whole_months_without_rows(home):
    bring(home, [sale("2025-09-15", 1), sale("2026-01-15", 2)])
    found = picture(home, [sale("2026-01-20", 3), sale("2026-05-10", 4)])
    assert [(g.first, g.last, g.grain) for g in found.gaps] == [
        (date(2026, 2, 1), date(2026, 4, 30), "month")
    ]
    earlier = picture(home, [sale("2025-12-20", 3)])
    assert [(g.first, g.last) for g in earlier.gaps] == [(date(2025, 10, 1), date(2025, 11, 30))]
    again = picture(home, [sale("2025-09-15", 1), sale("2026-01-15", 2)])
    assert [(g.first, g.last) for g in again.gaps] == [(date(2025, 10, 1), date(2025, 12, 31))]


def test_a_stray_day_makes_no_gap_of_decades(home):
    found = picture(home, [sale("1900-01-01", 1), *days(1, 1, 10), sale("2062-01-01", 1)])
    assert found.gaps == ()
    early, future = seen(found)["early", "order_date"], seen(found)["future", "order_date"]
    assert (early.rows, early.samples[0].record, early.samples[0].value) == (1, 1, date(1900, 1, 1))
    assert (future.rows, future.samples[0].record, future.total) == (1, 12, None)


def test_negative_amounts_with_their_sum_and_the_records_of_the_largest(home):
    found = picture(home, [row("A", 1, 10), row("B", 2, -3), row("C", 3, -4), row("D", 4, 0)])
    negative = seen(found)["negative", "amount"]
    assert (negative.rows, negative.total) == (2, Decimal(-7))
    assert [(s.sheet, s.record, s.value) for s in negative.samples] == [(0, 3, -4), (0, 2, -3)]
    assert picture(home, [row("A", 1, -3, counts=False)]).suspicions == ()


def test_outliers_lie_three_distances_beyond_the_quartiles_on_a_log_scale(home):
    # 20 sizes: 1 x8, 2 x11, 200: quartiles 1 and 2, factor 2 cubed: below 1/8, above 16
    rows = [row(f"A{n}", 1, 1) for n in range(8)] + [row(f"B{n}", 1, 2) for n in range(11)]
    found = seen(picture(home, [*rows, row("C", 2, -200)]))["outlier", "amount"]
    assert (found.rows, found.total) == (1, Decimal(-200))
    assert found.limits == (Decimal("0.125"), Decimal(16))
    assert [(s.record, s.value) for s in found.samples] == [(20, -200)]
    assert ("outlier", "amount") not in seen(picture(home, [*rows, row("C", 2, 16)]))


def test_the_quartiles_are_those_of_stored_rows_too(home):
    bring(home, [row(f"A{n}", 1, 10) for n in range(19)])
    found = seen(picture(home, [row("B", 2, 81)]))
    assert found["outlier", "amount"].limits == (Decimal("1.25"), Decimal(80))
    assert seen(picture(home, [row("B", 2, 80)])) == {}


@pytest.mark.parametrize(
    ("lower", "upper", "total", "expected"),
    [
        (Decimal(1), Decimal(3), 20, (Decimal("0.0370"), Decimal(81))),
        (Decimal(5), Decimal(5), 20, (Decimal("0.625"), Decimal(40))),
        (Decimal(1), Decimal(3), 19, None),
        (None, None, None, None),
    ],
)
def test_fences(lower, upper, total, expected):
    assert fences(lower, upper, total) == expected


def test_shares_beyond_nothing_and_all(home):
    found = seen(picture(home, [row("A", 1, 1, discount="1.5"), row("B", 1, 1, discount="0.5")]))
    assert found["share", "discount"].rows == 1


def test_the_expected_close_of_an_open_deal_may_lie_ahead(home):
    ahead = {"created_date": "2026-01-01", "close_date": "2027-01-01"}
    deals = [{"deal": "A", "outcome": "open", **ahead}, {"deal": "B", "outcome": "won", **ahead}]
    (future,) = picture(home, deals, dataset=DEALS).suspicions
    assert (future.what, future.field, [s.record for s in future.samples]) == (
        "future",
        "close_date",
        [2],
    )
    plan = [{"period_start": "2027-01-01", "metric": "sales", "target": 5}]
    assert picture(home, plan, dataset=TARGETS).suspicions == ()


def test_keys_that_lists_lack_with_rows_amounts_and_what_is_meant(home):
    bring(home, [{"product": "P1", "product_name": "GTX Pro"}], dataset=PRODUCTS)
    bring(home, [{"person": "Ann Lee", "team": "North"}], dataset=PEOPLE)
    bring(home, [{"customer": "C1"}], dataset=CUSTOMERS)
    rows = [
        row("A", 1, 5, product="GTXPro", person="Ann Lee"),
        row("B", 1, 7, product="GTXPro", person="Ann Leee"),
        row("C", 1, 1, product="Tea", person="Ann Lee"),
        row("D", 1, 1, product="GTX Pro", person="Ann Lee"),
        row("E", 1, 1, product="P1", customer="C1"),
    ]
    found = {each.reference: each for each in picture(home, rows).lost}
    assert set(found) == {"products", "people"}
    products = found["products"]
    assert [(k.key, k.rows, k.amount, k.nearest, k.same) for k in products.keys] == [
        ("GTXPro", 2, Decimal(12), "GTX Pro", True),
        ("Tea", 1, Decimal(1), None, False),
    ]
    assert (products.count, products.rows, products.amount) == (2, 3, Decimal(13))
    assert [(k.key, k.nearest, k.same) for k in found["people"].keys] == [
        ("Ann Leee", "Ann Lee", False)
    ]


def test_a_list_tells_which_stored_keys_it_lacks(home):
    bring(home, [row("A", 1, 5, product="GTXPro"), row("B", 1, 7, product="Tea")])
    (found,) = picture(home, [{"product": "Tea"}], dataset=PRODUCTS).lost
    assert (found.dataset, found.reference, found.count) == ("sales", "products", 1)
    assert [(k.key, k.rows, k.amount) for k in found.keys] == [("GTXPro", 1, Decimal(5))]


def test_facts_and_their_list_in_one_file(home):
    beside = {PRODUCTS: [{"product": "Tea"}]}
    first, second = pictured(
        staged(home, [row("A", 1, 5, product="Tea"), row("B", 1, 5, product="Milk")], beside=beside)
    ).parts
    assert [k.key for k in first.picture.lost[0].keys] == ["Milk"]
    assert [k.key for k in second.picture.lost[0].keys] == ["Milk"]
    assert (first.dataset, second.dataset) == (SALES, PRODUCTS)


def test_what_has_open_questions_has_no_picture(home):
    bring(home, [row(None, 3, 1)])
    assert picture(home, [row(None, 3, 2)]) is None
