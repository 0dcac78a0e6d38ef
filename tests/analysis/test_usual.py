"""Unusual periods of a metric: what is judged, how it is said, what explains it."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash.analysis import trend, usual
from salesdash.analysis.asking import Choice, Question
from salesdash.charts import Words, alt, table, unusual
from salesdash.charts import trend as chart
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from tests.analysis.company import sale, settings, warehouse
from tests.warehouse.build import build as built

TODAY = date(2026, 11, 18)
WORDS = {
    "en": Words("en", names=(("sales", "Sales"), ("margin", "Margin"), ("buyers", "Buyers"))),
    "zh": Words("zh", "CNY", names=(("sales", "销售额"),)),
}
SHAPE = (9, 8, 10, 10, 11, 10, 8, 8, 10, 11, 13, 30)
"""Thousands a month; December is three times the others, as each year."""


def rows(year_one=2022, lost=None, **changed):
    """A row a working week from 2022 on, South a quarter of it; `changed`: a month's own total."""
    for year in range(year_one, 2027):
        for month, size in enumerate(SHAPE, 1):
            if date(year, month, 28) > TODAY:
                continue
            total = changed.get(f"m{year}_{month:02}", size * 1000 * (1 + (month + year) % 3 / 50))
            for day in (3, 8, 14, 20, 26):
                for region, part in (("North", 0.75), ("South", 0.25)):
                    out = lost == (year, month, region)
                    yield sale(
                        f"{year}-{month:02}-{day:02}",
                        0 if out else round(total * part / 5, 2),
                        region=region,
                        quantity=1,
                    )
    yield sale("2026-11-17", 100, region="North", quantity=1)


def judged(found_rows, metric="sales", grain=Grain.MONTH, span=None, **more):
    held = found_rows if isinstance(found_rows, Warehouse) else warehouse(list(found_rows))
    days = span or Period(date(2026, 1, 1), date(2026, 11, 18))
    selection = Selection(Window(days), Comparison.NONE)
    choice = Choice(metric, grain, **more)
    found = trend.build(held, settings(), selection, TODAY, choice)
    question = Question(held, settings(), selection, TODAY, (metric,))
    return usual.beside(found, question)


def test_a_month_far_below_what_it_is_each_year():
    found = judged(rows(m2026_10=6000))
    (odd,) = found.unusual
    assert odd.period == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert odd.value == 6000
    assert odd.expected == pytest.approx(11_200, rel=0.05)  # 11,000 to 11,440 in other years
    assert odd.low < odd.expected < odd.high
    told = unusual(found, odd, WORDS["en"])
    assert told.startswith("Oct 2026: 47% below what is usual in Oct (usual $")
    chinese = unusual(found, odd, WORDS["zh"])
    assert chinese.startswith("2026年10月：比10月通常低 47%（通常 ¥")


def test_a_december_like_each_year_and_the_running_month_are_not_judged():
    days = Period(date(2025, 1, 1), date(2026, 11, 18))
    assert judged(rows(), span=days).unusual == ()  # November has 100 so far
    (odd,) = judged(rows(m2025_12=12_000), span=days).unusual
    assert odd.period.start == date(2025, 12, 1)  # as much as others, a third of a December


def test_the_member_behind_it_is_named():
    """North sold nothing in October: all of the fall against a year before."""
    found = judged(rows(lost=(2026, 10, "North")))
    (odd,) = found.unusual
    assert WORDS["en"].tell(odd.why[0]) == "North explains 100% of the fall against Oct 2025"


def test_two_years_are_too_little_history():
    assert judged(rows(year_one=2025, m2026_10=1000)).unusual == ()


def test_breakdowns_running_totals_and_customers_by_the_week_are_not_judged():
    odd = list(rows(m2026_10=6000))
    assert judged(odd, by="region").unusual == ()
    assert judged(odd, cumulative=True).unusual == ()
    assert judged(odd, "buyers", Grain.WEEK).unusual == ()


def _october(row):
    return str(row["order_date"]).startswith("2026-10")


def test_days_without_rows_are_named():
    """October's rows end on the 8th: four weeks without any, where other months have one."""
    short = [row for row in rows() if not "2026-10-09" <= str(row["order_date"]) <= "2026-10-31"]
    (odd,) = judged(short).unusual
    told = [WORDS["en"].tell(each) for each in odd.why]
    assert "no rows on 9 Oct – 2 Nov 2026" in told or "no rows on 9–31 Oct 2026" in told


def test_an_import_that_changed_it_later_is_named():
    """October came as 11,000 and was made 4,000 by the import after it."""
    lines = [{**row, "document": f"D{n}"} for n, row in enumerate(rows())]
    changed = [
        {**row, "amount": str(round(float(row["amount"]) * 0.36, 2))}
        for row in lines
        if _october(row)
    ]
    was = [{**row, "valid_to": 2} if _october(row) else row for row in lines]
    held = built([*was, *({**row, "event": 2} for row in changed)])
    (odd,) = judged(held).unusual
    told = [WORDS["en"].tell(each) for each in odd.why]
    assert any(each.endswith("when import 1 first showed it whole") for each in told)


def test_marks_table_and_words_say_it():
    found = judged(rows(m2026_10=6000))
    spec = chart(found, WORDS["en"])
    layers = {layer["name"]: layer["data"]["values"] for layer in spec["layer"]}
    assert [(row["i"], row["v"]) for row in layers["unusual"]] == [(9, 6000)]
    assert "47% below what is usual in Oct" in layers["bands"][9]["when"]
    shown = table(found, WORDS["en"])
    assert shown.columns[-1].name == "Unusual"
    assert [bool(row[-1]) for row in shown.rows] == [n == 9 for n in range(len(shown.rows))]
    assert "Unusual: Oct 2026: 47% below" in alt(found, WORDS["en"])
    index = replace(found, unusual=())
    assert table(index, WORDS["en"]).columns[-1].name != "Unusual"
