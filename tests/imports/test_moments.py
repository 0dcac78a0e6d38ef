import os
from datetime import date, datetime
from pathlib import Path

import pytest

from salesdash.imports import Request
from salesdash.imports.moments import as_of, in_name

NOW = datetime(2026, 11, 23, 9, 0)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("orders_2026-10-31.csv", date(2026, 10, 31)),
        ("orders 20261031.xlsx", date(2026, 10, 31)),
        ("2026.10.01-2026.10.31.csv", date(2026, 10, 31)),
        ("订单2026年10月5日.xlsx", date(2026, 10, 5)),
        ("订单2026年10月.xlsx", date(2026, 10, 31)),
        ("sales_2026-02.csv", date(2026, 2, 28)),
        ("sales 202612.csv", date(2026, 12, 31)),
        ("2026-02-30.csv", date(2026, 2, 28)),
        ("2026年13月.csv", None),
        ("2026年2月31日.csv", None),
        ("report-4711202601018.csv", None),
        ("sales.csv", None),
    ],
)
def test_a_file_name_tells_its_day(name, day):
    assert in_name(name) == day


def request(tmp_path: Path, name: str, **options) -> Request:
    path = tmp_path / name
    path.write_text("x")
    moment = datetime(2026, 5, 4, 12, 0).timestamp()
    os.utime(path, (moment, moment))
    return Request(path, name, **options)


def test_what_is_given_stands_even_in_the_future(tmp_path):
    given = datetime(2027, 1, 1)
    asked = request(tmp_path, "a_2026-10.csv", as_of=given)
    assert as_of(asked, "2026-09-01T10:00:00", NOW) == (given, "given")


def test_content_before_name_before_file_time(tmp_path):
    named = request(tmp_path, "a_2026-10.csv")
    assert as_of(named, "2026-09-01T10:00:00", NOW) == (datetime(2026, 9, 1, 10), "content")
    assert as_of(named, None, NOW) == (datetime(2026, 10, 31, 23, 59, 59), "name")
    plain = request(tmp_path, "a.csv")
    assert as_of(plain, None, NOW) == (datetime(2026, 5, 4, 12), "file")
    told = request(tmp_path, "b.csv", modified=datetime(2026, 3, 1))
    assert as_of(told, None, NOW) == (datetime(2026, 3, 1), "file")


def test_no_moment_found_is_later_than_now(tmp_path):
    assert as_of(request(tmp_path, "a_2026-12.csv"), None, NOW) == (NOW, "name")
    assert as_of(request(tmp_path, "a.csv"), "2030-01-01T00:00:00", NOW) == (NOW, "content")
