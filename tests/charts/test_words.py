"""Sentences with figures, names and times."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis.answers import Amount, Member, Name, Reason, Status, When
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar, Grain, Period, Window

NAMES = (("sales", "Sales"), ("gross", "Gross"), ("margin", "Gross margin"))
EN, ZH = Words("en", "USD", names=NAMES), Words("zh", "CNY")
QUARTER = Window(
    Period(date(2026, 10, 1), date(2026, 11, 18)),
    Grain.QUARTER,
    Period(date(2026, 10, 1), date(2027, 1, 1)),
    to_date=True,
)


def told(words, value):
    return words.tell(Reason("analysis.attention.gap", (("change", value),)))


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (Amount(Decimal(-418_000), Unit.MONEY, "signed"), "−$418K", "−¥41.8万"),
        (Amount(-0.079, Unit.SHARE, "change"), "−7.9%", "−7.9%"),
        (Amount(0.904, Unit.SHARE, "percent"), "90%", "90%"),
        (Amount(0.006, Unit.SHARE, "signed"), "+0.6 pp", "+0.6 个百分点"),
        (Name("dimension", "x_sales_office"), "sales office", "sales office"),
        (Name("grain", "month"), "month", "月度"),
        (Member("North"), "North", "North"),
        (Member(""), "(empty)", "（空）"),
        ((Member("North"), Member("South")), "North, South", "North，South"),
        (When(QUARTER, now=True), "this quarter", "本季"),
        (When(QUARTER), "in Q4 2026", "2026年四季度"),
        (When(QUARTER, year=2026, bare=True), "Q4", "四季度"),
        (When(Window(QUARTER.period), bare=True), "1 Oct – 17 Nov", "10月1日–11月17日"),
        (date(2026, 11, 17), "17 Nov 2026", "2026年11月17日"),
        ("text", "text", "text"),
    ],
)
def test_values_are_written_in_each_language(value, en, zh):
    assert told(EN, value) == f"{en} of the total"
    assert told(ZH, value) == f"影响总额 {zh}"


@pytest.mark.parametrize(("metric", "verb"), [("sales", "are"), ("margin", "is"), ("gross", "is")])
def test_is_and_are(metric, verb):
    values = (
        ("metric", Name("metric", metric)),
        ("value", Amount(5)),
        ("when", When(QUARTER, now=True)),
    )
    told = EN.tell(Reason("analysis.headline.stated", values))
    assert told == f"{EN.metric(metric)} {verb} 5 this quarter."


def test_a_status_tells_its_limit():
    limit = (("limit", Amount(Decimal(2), Unit.MULTIPLE)),)
    assert EN.tell(Status("bad", "analysis.status.below", limit)) == "Below 2.0×"


def test_clauses_after_the_first_begin_small_but_abbreviations_dont():
    def move(name):
        words = (("metric", Name("metric", name)), ("change", Amount(0.1, Unit.SHARE, "change")))
        return Reason("analysis.lead.move", words)

    items = (("items", (move("sales"), move("margin"), move("KPI"))),)
    assert EN.tell(Reason("analysis.lead.moves", items)) == (
        "Sales +10.0%, gross margin +10.0%, KPI +10.0%."
    )


def test_a_fiscal_calendar_names_its_units():
    words = Words("en", "USD", FiscalCalendar(start_month=4))
    unit = words.fiscal.unit(Grain.QUARTER, date(2026, 11, 17))
    assert words.period(Grain.QUARTER, unit) == "Q3 FY2027"
    assert words.period(Grain.MONTH, QUARTER.period, running=True) == "1 Oct – 17 Nov"


def test_an_unnamed_metric_is_its_id():
    assert EN.metric("units") == "units"
