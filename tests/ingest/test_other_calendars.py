"""Days as East Asia writes them: eras, weekdays, halves of the day, no year; and Excel's."""

from datetime import date, datetime

import pytest

from salesdash.ingest import propose_all
from tests.ingest import kit
from tests.ingest.test_mapping import lines


def days(folder, *cells: str, name: str = "a.csv", **said) -> list[date | None]:
    rows = [f'"{cell}",{n}' for n, cell in enumerate(cells, start=1)]
    reading = kit.read(folder, lines("日期,金额", *rows), name)
    (mapping,) = kit.plans(folder, lines("日期,金额", *rows), name, **said)
    assert mapping.questions == ()
    return kit.column(kit.clean(reading, mapping, folder), "order_date")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("113/03/05", "112/12/31"), (date(2024, 3, 5), date(2023, 12, 31))),
        (("民國113年3月5日", "民國99年12月31日"), (date(2024, 3, 5), date(2010, 12, 31))),
        (("令和6年3月5日", "令和元年12月31日"), (date(2024, 3, 5), date(2019, 12, 31))),
        (("R6.3.5", "H31.4.30"), (date(2024, 3, 5), date(2019, 4, 30))),
        (("2024年3月5日(火)", "2024年3月6日(水)"), (date(2024, 3, 5), date(2024, 3, 6))),
        (("2024년 3월 5일", "2024년 12월 31일"), (date(2024, 3, 5), date(2024, 12, 31))),
        (("2024. 3. 5.", "2024. 12. 31."), (date(2024, 3, 5), date(2024, 12, 31))),
        (("2024/03/05 -3", "2024/03/13 -12"), (date(2024, 3, 5), date(2024, 3, 13))),
        (
            ("2024-03-05", "45357", "2024.3.7"),
            (date(2024, 3, 5), date(2024, 3, 6), date(2024, 3, 7)),
        ),
        (("2024-03-05 星期二", "2024-03-06 週三"), (date(2024, 3, 5), date(2024, 3, 6))),
    ],
)
def test_a_day(tmp_path, cells, expected):
    assert days(tmp_path, *cells) == list(expected)


def test_a_half_of_the_day(tmp_path):
    rows = ("2024. 3. 5. 오후 2:05,1", "2024/3/6 午後3:10,2", "2024年3月7日 上午9时05分,3")
    done = kit.cleaned(tmp_path, lines("下单时间,金额", *rows))
    assert kit.column(done, "ordered_at") == [
        datetime(2024, 3, 5, 14, 5),
        datetime(2024, 3, 6, 15, 10),
        datetime(2024, 3, 7, 9, 5),
    ]


def test_days_without_a_year_take_that_of_the_file(tmp_path):
    assert days(tmp_path, "3月5日", "12月31日", name="2024年销售.csv") == [
        date(2024, 3, 5),
        date(2024, 12, 31),
    ]


@pytest.mark.parametrize("cell", ["3月5日", "3月份", "3月"])
def test_a_year_that_nothing_tells_is_asked(tmp_path, cell):
    content = lines("日期,金额", f"{cell},1")
    (mapping,) = kit.plans(tmp_path, content, this_year=2026)
    (question,) = mapping.questions
    assert (question.id, question.options) == ("year", ("2026", "2025", "2024"))
    (found,) = days(tmp_path, cell, year=2023)
    assert found == date(2023, 3, 5 if cell == "3月5日" else 1)


def test_an_order_with_the_day_of_its_payment_alone(tmp_path):
    content = lines(
        "会员名,实际支付金额,课程名称,订单付款时间", "a1,10.5,Python,2024-03-05 10:00:00"
    )
    (mapping,) = propose_all(kit.read(tmp_path, content))
    assert (mapping.questions, kit.mapped(mapping, "order_date").header) == ((), "订单付款时间")
