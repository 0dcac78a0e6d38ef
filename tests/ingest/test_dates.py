from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.engine import Engine
from salesdash.ingest.cleaning import values
from salesdash.ingest.mapping import dates
from salesdash.ingest.mapping.plan import DateFormat
from salesdash.ingest.reading import Profile
from tests.ingest import kit


def profile(folder, *texts: str) -> Profile:
    content = "day\tcustomer\tamount\n" + "".join(f"{text}\tAnn\t1\n" for text in texts)
    return kit.read(folder, content, delimiter="\t").tables[0].profiles[0]


@pytest.mark.parametrize(
    ("texts", "styles"),
    [
        (("2024-01-05", "2024-12-31"), ("iso",)),
        (("2024-01-05 10:00", "2024-12-31 23:59:59.5"), ("iso",)),
        (("2024/1/5", "2024/12/31"), ("%Y/%m/%d",)),
        (("2024.1.5", "2024.12.31"), ("%Y.%m.%d",)),
        (("2024年8月20日", "2024年12月1日"), ("%Y年%m月%d日",)),
        (("2024年8月20", "2024年12月1"), ("%Y年%m月%d",)),
        (("20/8/2024", "1/2/2024"), ("%d/%m/%Y",)),
        (("8/20/2024", "1/2/2024"), ("%m/%d/%Y",)),
        (("8/20/24", "1/2/24"), ("%m/%d/%y",)),
        (("31-12-2024", "1-2-2024"), ("%d-%m-%Y",)),
        (("1.2.2024", "3.4.2024"), ("%d.%m.%Y",)),
        (("20240105", "20241231"), ("%Y%m%d",)),
        (("45000", "45300"), ("serial",)),
        (("5-Jan-24", "31-Dec-24"), ("%d-%b-%y",)),
        (("5 January 2024", "31 December 2024"), ("%d %B %Y",)),
        (("Jan 5, 2024", "Dec 31, 2024"), ("%b %d, %Y",)),
        (("Oct 7, 2025 6:55 PM", "Oct 8, 2025 11:05 AM"), ("%b %d, %Y %I:%M %p",)),
        (("20/8/2024 6:55:01", "1/2/2024 16:05:00"), ("%d/%m/%Y %H:%M:%S",)),
        (("20/8/2024 6:55:01.25", "1/2/2024 16:05:00.5"), ("%d/%m/%Y %H:%M:%S.%f",)),
        (("20/8/2024 6:55PM", "1/2/2024 1:05AM"), ("%d/%m/%Y %I:%M%p",)),
    ],
)
def test_the_style_of_a_column(tmp_path, texts, styles):
    found = dates.decide(profile(tmp_path, *texts))
    assert found.format.styles == styles
    assert (found.ambiguous, found.read) == (False, 2)


def test_two_styles_in_one_column_when_each_is_unambiguous(tmp_path):
    found = dates.decide(profile(tmp_path, "2017/4/27", "2017年4月29日", "2017/5/1"))
    assert set(found.format.styles) == {"%Y/%m/%d", "%Y年%m月%d日"}
    assert found.read == 3


def test_years_of_two_and_of_four_digits_in_one_column(tmp_path):
    text = "Order ID,Order Date,Amount\n1,13/01/2024,1\n2,14/01/2024,1\n3,01/02/24,1\n"
    done = kit.cleaned(tmp_path, text)
    assert kit.column(done, "order_date") == [
        date(2024, 1, 13),
        date(2024, 1, 14),
        date(2024, 2, 1),
    ]


def test_day_or_month_first_is_never_guessed(tmp_path):
    ambiguous = profile(tmp_path, "01/02/2024", "03/04/2024")
    assert dates.decide(ambiguous).ambiguous
    assert dates.decide(ambiguous, "mdy").format.styles == ("%m/%d/%Y",)
    assert not dates.decide(ambiguous, "mdy").ambiguous
    assert dates.decide(ambiguous, "ymd").format.styles == ("%d/%m/%Y",)
    assert dates.decide(profile(tmp_path, "01/02/24", "03/04/24"), "ymd").format.styles == (
        "%y/%m/%d",
    )


def test_both_ways_in_one_column_is_asked(tmp_path):
    assert dates.decide(profile(tmp_path, "20/08/2024", "08/20/2024")).ambiguous


def test_equal_day_and_month_need_no_question(tmp_path):
    assert not dates.decide(profile(tmp_path, "01/01/2024", "02/02/2024")).ambiguous


def test_plain_numbers_are_no_dates(tmp_path):
    found = dates.decide(profile(tmp_path, "5", "7"))
    assert (found.format.styles, found.read) == ((), 0)


def test_a_late_contradiction_is_seen_beyond_the_first_rows(tmp_path):
    """The column looks like day first for 900 rows; the last value is month first."""
    found = dates.decide(profile(tmp_path, *["13/01/2024"] * 900, "01/13/2024"))
    assert found.ambiguous


@pytest.mark.parametrize("zone", ["Z", "+08:00", "-05:00"])
def test_a_zone_is_not_dropped(tmp_path, zone):
    moments = [*["2024-01-05 10:00:00"] * 500, f"2024-01-05T23:00:00{zone}"]
    found = dates.decide(profile(tmp_path, *moments))
    assert (found.read, found.format.zoned) == (501, True)


@pytest.mark.parametrize(
    ("texts", "styles"),
    [
        (("Mon, 7 Oct 2024", "Tue, 18 Oct 2024"), ("%d %b %Y",)),
        (("Monday, October 7, 2024", "Friday, October 18, 2024"), ("%b %d, %Y",)),
        (("2024-10-07 周一", "2024-10-18（星期五）"), ("%Y-%m-%d",)),
        (("7th Oct 2024", "22nd Oct 2024"), ("%d %b %Y",)),
        (("7 Oct '24", "18 Oct '24"), ("%d %b %y",)),
        (("7. Oktober 2024", "18. Dezember 2024"), ("%d %b %Y",)),
        (("7 octobre 2024", "18 décembre 2024"), ("%d %b %Y",)),
        (("7 de octubre de 2024", "18 de enero de 2024"), ("%d %b %Y",)),
        (("7 Sept 2024", "18 Sept 2024"), ("%d %b %Y",)),
        (("2024/8/20 上午10:30:00", "2024/8/21 下午1:30:00"), ("%Y/%m/%d %I:%M:%S %p",)),
        (("2024年08月20日 10时30分", "2024年12月01日 09时05分"), ("%Y年%m月%d日 %H:%M",)),
        (("24年8月20日", "24年12月1日"), ("%y年%m月%d日",)),
        (("20240105103000", "20241231235959"), ("%Y%m%d%H%M%S",)),
        (("20240105 10:30", "20241231 23:59"), ("%Y%m%d %H:%M",)),
        (("2024-Jan-05", "2024-Dec-31"), ("%Y-%b-%d",)),
        (("99/01/13", "98/12/31"), ("%y/%m/%d",)),
        (("1704067200", "1735603200"), ("epoch_s",)),
        (("1704067200000", "1735603200000"), ("epoch_ms",)),
        (("1704067200000000", "NA"), ("epoch_us",)),
    ],
)
def test_dates_as_people_and_programs_word_them(tmp_path, texts, styles):
    content = "Order Date\tCustomer\tAmount\n" + "".join(f"{text}\tAnn\t1\n" for text in texts)
    found = dates.decide(kit.read(tmp_path, content, delimiter="\t").tables[0].profiles[0])
    assert (found.format.styles, found.ambiguous) == (styles, False)


def test_years_of_two_digits_may_come_first(tmp_path):
    """24/01/13, 24/01/05: either January 2024, or the 24th of January in two odd years."""
    found = dates.decide(profile(tmp_path, "24/01/13", "24/01/05"))
    assert (found.ambiguous, found.options) == (True, ("dmy", "ymd"))
    assert dates.decide(profile(tmp_path, "24/01/13", "23/02/13")).format.order == "dmy"


def orders(folder, *texts, zone="Asia/Shanghai"):
    content = "Order Date\tCustomer\tAmount\n" + "".join(f"{text}\tAnn\t1\n" for text in texts)
    return kit.column(kit.cleaned(folder, content, zone=zone), "order_date", "ordered_at")


def test_a_moment_of_another_zone_is_booked_on_the_companys_day(tmp_path):
    """16:30 in London is half past midnight of the next day in Shanghai (winter: 8 hours)."""
    found = orders(
        tmp_path,
        "2024-01-05T16:30:00Z",
        "2024-01-05T23:30:00+08:00",
        "2024-01-05 10:00:00 -0500",
        "2024-01-05 09:00:00",
    )
    assert found == [
        (date(2024, 1, 6), datetime(2024, 1, 6, 0, 30)),
        (date(2024, 1, 5), datetime(2024, 1, 5, 23, 30)),
        (date(2024, 1, 5), datetime(2024, 1, 5, 23, 0)),
        (date(2024, 1, 5), datetime(2024, 1, 5, 9, 0)),
    ]


def test_seconds_since_1970_are_told_in_the_companys_zone(tmp_path):
    """1704038400000: midnight of 1 January 2024 in Shanghai, 16:00 the day before in UTC."""
    assert orders(tmp_path, "1704038400000", "1704124800000")[0][0] == date(2024, 1, 1)
    assert orders(tmp_path, "1704038400", zone="UTC")[0][0] == date(2023, 12, 31)


def test_every_wording_is_read_as_it_was_decided(tmp_path):
    """What the patterns promise in Python, the values must keep in SQL."""
    found = orders(tmp_path, "Mon, 7th Oktober 2024", "Tue, 8th März 2024", "Fri, ２nd Aug 2024")
    assert [day for day, _ in found] == [date(2024, 10, 7), date(2024, 3, 8), date(2024, 8, 2)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2024-03", date(2024, 3, 1)),
        ("2024年3月", date(2024, 3, 1)),
        ("Mar-24", date(2024, 3, 1)),
        ("2024Q3", date(2024, 7, 1)),
        ("2024年3季度", date(2024, 7, 1)),
        ("2024年第三季度", date(2024, 7, 1)),
        ("2024", date(2024, 1, 1)),
    ],
)
def test_a_month_or_quarter_stands_for_its_first_day(tmp_path, text, first):
    assert orders(tmp_path, text) == [(first, None)]


def test_dates_that_stand_for_none_are_empty(tmp_path):
    text = "Order Date,Paid At,Amount\n2024-01-05,0000-00-00,1\n2024-01-06,2024-01-07,2\n"
    assert kit.column(kit.cleaned(tmp_path, text), "paid_at") == [None, datetime(2024, 1, 7)]


def parsed(text: str, form: DateFormat):
    cell = "'" + text.replace("'", "''") + "'"
    with_time = Engine.open()
    try:
        return with_time.rows(f"select cast({values.moment(cell, form)} as timestamp)")[0][0]
    finally:
        with_time.close()


STYLES = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y年%m月%d日",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y%m%d",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d/%m/%Y %H:%M:%S",
    "%b %d, %Y %I:%M %p",
]


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)),
    st.sampled_from(STYLES),
)
def test_what_a_style_writes_it_reads(moment, style):
    found = parsed(moment.strftime(style), DateFormat((style,)))
    assert found.strftime(style) == moment.strftime(style)
    assert found.date() == moment.date()


@given(st.dates(date(1954, 10, 4), date(2119, 1, 10)))
def test_serials_are_days_since_the_end_of_1899(day):
    serial = (day - date(1899, 12, 30)).days
    assert parsed(f"{serial}.5", DateFormat(("serial",))) == datetime(
        day.year, day.month, day.day, 12
    )


def test_no_style_reads_nothing():
    assert parsed("2024-01-05", DateFormat(())) is None
    assert parsed("2024-02-30", DateFormat(("%Y-%m-%d",))) is None
