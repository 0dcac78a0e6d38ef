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


def test_a_zone_is_not_dropped(tmp_path):
    found = dates.decide(profile(tmp_path, *["2024-01-05 10:00:00"] * 500, "2024-01-05T23:00:00Z"))
    assert found.read == 500


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
