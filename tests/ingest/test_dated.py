"""Tables of dates and values: which columns they are, and what each row says."""

from datetime import date

import pytest

from salesdash.errors import DataRefused, UsageError
from salesdash.ingest.dated import Ask, dated
from salesdash.texts import error
from tests.ingest import kit
from tests.ingest.test_workbook import workbook

JANUARY, FEBRUARY = date(2024, 1, 1), date(2024, 2, 1)


def found(folder, text, name="a.csv", **ask):
    return dated(kit.read(folder, text, name), Ask(**ask))


def lines(*rows):
    return "\n".join(rows) + "\n"


def days(table):
    return [(each.first, each.value) for each in table.days]


@pytest.mark.parametrize(
    ("january", "february", "last"),
    [
        ("2024-01", "2024-02", date(2024, 1, 31)),
        ("Jan 2024", "Feb 2024", date(2024, 1, 31)),
        ("2024年1月", "2024年2月", date(2024, 1, 31)),
        ("01/2024", "02/2024", date(2024, 1, 31)),
        ("202401", "202402", date(2024, 1, 31)),
        ("2024-01-01", "2024-02-01", None),
        ("01.01.2024", "01.02.2024", None),
        ("1 January 2024", "1 February 2024", None),
        ("20240101", "20240201", None),
    ],
)
def test_months_in_many_forms(tmp_path, january, february, last):
    table = found(tmp_path, lines("date,value", f"{january},1.5", f"{february},-2"), order="dmy")
    assert days(table) == [(JANUARY, 1.5), (FEBRUARY, -2)]
    assert table.days[0].last == last
    assert (table.date, table.value) == ("date", "value")


@pytest.mark.parametrize(
    ("first", "second", "day", "last"),
    [
        ("2024Q1", "2024Q2", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024", "2025", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-W05", "2024-W06", date(2024, 1, 29), date(2024, 2, 4)),
        ("2024年第5周", "2024年第6周", date(2024, 1, 29), date(2024, 2, 4)),
        ('"Week 5, 2024"', '"Week 6, 2024"', date(2024, 1, 29), date(2024, 2, 4)),
        ("2020-W53", "2021-W01", date(2020, 12, 28), date(2021, 1, 3)),
    ],
)
def test_other_periods(tmp_path, first, second, day, last):
    table = found(tmp_path, lines("period,n", f"{first},1", f"{second},2"))
    assert (table.days[0].first, table.days[0].last) == (day, last)
    assert len(table.days) == 2


def test_headers_in_chinese_and_another_encoding(tmp_path):
    text = lines("月份,销售额", "2024年1月,1.2万", "2024年2月,800").encode("gb18030")
    assert days(found(tmp_path, text)) == [(JANUARY, 12000), (FEBRUARY, 800)]


def test_a_workbook(tmp_path):
    path = workbook(tmp_path, {"Sheet 1": [["Month", "Total"], [JANUARY, 5], [FEBRUARY, 6.25]]})
    table = dated(kit.read(tmp_path, path), Ask())
    assert days(table) == [(JANUARY, 5), (FEBRUARY, 6.25)]
    assert table.place.sheet == "Sheet 1"


def test_a_column_of_years_beside_one_of_months(tmp_path):
    table = found(tmp_path, lines("Year,Month,Sales", "2024,Jan,7", "2024,Feb,8"))
    assert (table.date, days(table)) == ("Month", [(JANUARY, 7), (FEBRUARY, 8)])


def test_signs_of_money_per_cent_and_words_for_nothing(tmp_path):
    rows = ("2024-01;1.234,50 €", "2024-02;n/a", "2024-03;(7,00) €")
    assert [v for _, v in days(found(tmp_path, lines("m;eur", *rows)))] == [1234.5, None, -7]
    table = found(tmp_path, lines("month,rate", "2024-01,12%", "2024-02,8.5%"))
    assert days(table) == [(JANUARY, 0.12), (FEBRUARY, 0.085)]


def test_figures_stay_in_the_unit_of_the_file(tmp_path):
    table = found(tmp_path, lines("月份,金额（万元）", "2024-01,5", "2024-02,6"))
    assert days(table) == [(JANUARY, 5), (FEBRUARY, 6)]


def test_huge_numbers_are_read(tmp_path):
    table = found(tmp_path, lines("month,v", "2024-01,1e18", "2024-02,123456789012345678901"))
    assert [value for _, value in days(table)] == [1e18, 123456789012345678901.0]


def test_rows_of_one_date_are_added_up_and_counted(tmp_path):
    text = lines("day,v", "2024-02-01,5", "2024-01-01,1", "2024-01-01,2", "2024-01-01,")
    first, second = found(tmp_path, text).days
    assert (first.value, first.rows, first.line) == (3, 3, 3)
    assert (second.value, second.rows, second.line) == (5, 1, 2)


def test_one_of_several_columns(tmp_path):
    text = lines("date,North,South", "2024-01,1,10", "2024-02,2,20")
    assert days(found(tmp_path, text, value="south")) == [(JANUARY, 10), (FEBRUARY, 20)]
    named = lines("date,target,value", "2024-01,1,10", "2024-02,2,20")
    assert found(tmp_path, named).value == "value"
    two = lines("order date,ship date,v", "2024-01-05,2024-02-01,1", "2024-01-06,2024-02-02,2")
    assert days(found(tmp_path, two, date="ship date"))[0] == (FEBRUARY, 1)


REFUSED = {
    "empty": (lines("date,value"), {}),
    "no_date": (lines("name,v", "a,1", "b,2"), {}),
    "no_value": (lines("date,v", "2024-01,a", "2024-02,b"), {}),
    "which_date": (lines("order date,ship date,v", "2024-01-05,2024-02-01,1"), {}),
    "which_value": (lines("date,North,South", "2024-01,1,10"), {}),
    "which_order": (lines("date,v", "01/02/2024,1", "02/03/2024,2"), {}),
    "which_decimal": (lines("month;v", "2024-01;1.234", "2024-02;2.345"), {}),
    "no_dates_in": (lines("date,v,w", "2024-01,x,1", "2024-02,y,2"), {"date": "v"}),
    "date": (lines("date,v", "2024-01,1", "2024-02,2", "2024-13,3"), {}),
    "number": (lines("date,v", "2024-01,1", "2024-02,2", "2024-03,abc"), {}),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("key", REFUSED)
def test_what_is_refused_is_said_with_its_place(tmp_path, key, lang):
    text, ask = REFUSED[key]
    with pytest.raises(DataRefused) as caught:
        found(tmp_path, text, **ask)
    assert caught.value.key == f"dated.{key}"
    told = error(caught.value, lang)
    assert "a.csv" in told
    assert "{" not in told
    if key in ("date", "number"):
        assert (caught.value.place.line, caught.value.place.column) == (
            4,
            ["date", "v"][key == "number"],
        )
        assert caught.value.values["value"] in ("2024-13", "abc")


def test_a_row_without_a_date_and_dates_out_of_range_are_refused(tmp_path):
    for cell in ("", "1850-01-01"):
        text = lines("date,v", "2024-01-01,1", "2024-02-01,2", f"{cell},9", "2024-03-01,5")
        with pytest.raises(DataRefused) as caught:
            found(tmp_path, text)
        assert (caught.value.key, caught.value.place.line) == ("dated.date", 4)


def test_what_was_said_settles_it(tmp_path):
    text = REFUSED["which_order"][0]
    assert found(tmp_path, text, order="mdy").days[0].first == date(2024, 1, 2)
    assert days(found(tmp_path, REFUSED["which_decimal"][0], decimal=","))[0] == (JANUARY, 1234)


def test_a_column_there_is_not(tmp_path):
    with pytest.raises(UsageError) as caught:
        found(tmp_path, lines("date,v", "2024-01,1"), value="w")
    assert caught.value.values["choices"] == "date, v"


def test_a_week_that_its_year_lacks_is_no_date(tmp_path):
    with pytest.raises(DataRefused) as caught:
        found(tmp_path, lines("week,v", "2021-W52,1", "2021-W53,2"))
    assert caught.value.values["value"] == "2021-W53"
