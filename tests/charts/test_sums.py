"""Sums by month with an import, before what is stored."""

from datetime import date
from decimal import Decimal

from salesdash import charts
from salesdash.analysis.sums import Sum, Sums
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Period

EN, ZH = Words("en", "USD"), Words("zh", "CNY")
MONTHS = [Period(date(2026, n, 1), date(2026, n + 1, 1)) for n in (1, 2, 3)]
ANSWER = Sums(
    "sales",
    Unit.MONEY,
    (
        Sum(MONTHS[0], Decimal(100), Decimal(80), restated=True),
        Sum(MONTHS[1], Decimal(50), Decimal(50)),
        Sum(MONTHS[2], None, Decimal(-20)),
    ),
)


def rows(spec, name):
    found = [one for one in spec["layer"] if one["name"] == name]
    return found[0]["data"]["values"] if found else []


def test_a_bar_a_month_a_level_where_something_is_stored_a_mark_where_restated():
    spec = charts.sums(ANSWER, EN)
    assert [(row["i"], row["v"], row["change"]) for row in rows(spec, "bars")] == [
        (0, 80.0, "−$20.00"),
        (1, 50.0, "$0"),
        (2, -20.0, "−$20.00"),
    ]
    assert [(row["i"], row["before"]) for row in rows(spec, "levels")] == [(0, 100.0), (1, 50.0)]
    assert [(row["i"], row["v"]) for row in rows(spec, "restated")] == [(0, 100.0)]
    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low <= -20
    assert high >= 100


def test_the_table_has_months_that_change():
    found = charts.table(ANSWER, EN)
    assert [column.name for column in found.columns] == [
        "Period",
        "As stored",
        "With the import",
        "Change",
        "",
    ]
    assert found.shown == (
        ("Jan 2026", "$100.00", "$80.00", "−$20.00", "restated"),
        ("Mar 2026", "—", "−$20.00", "−$20.00", ""),
    )
    assert found.rows[1] == ("2026-03-01", None, Decimal(-20), Decimal(-20), "")


def test_in_words():
    assert charts.alt(ANSWER, EN).endswith("Jan 2026 $80.00, Feb 2026 $50.00, Mar 2026 −$20.00.")
    assert "2026年1月" in charts.alt(ANSWER, ZH)


def test_no_months_no_marks():
    assert rows(charts.sums(Sums("sales", Unit.COUNT, ()), EN), "bars") == []
