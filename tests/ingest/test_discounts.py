"""Discounts: in money or as a share, what is taken off or what is left."""

from decimal import Decimal

import pytest

from tests.ingest import kit
from tests.ingest.test_mapping import lines

HEADER = "销售日期,单号,商品名称,数量,单价,折扣"
ROWS = ("2024-03-05,A1,衬衫,1,200", "2024-03-06,A2,裤子,2,150", "2024-03-07,A3,袜子,1,20")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("0.8", "0.95", "1"), (160, 285, 20)),  # what is left to pay
        (("8", "9.5", "10"), (160, 285, 20)),
        (("80", "95", "100"), (160, 285, 20)),
        (("80%", "95%", "100%"), (160, 285, 20)),
        (("8折", "95折", "无"), (160, 285, 20)),
        (("0.2", "0.05", "0"), (160, 285, 20)),  # what is taken off
        (("20%", "5%", "0%"), (160, 285, 20)),
    ],
)
def test_what_a_discount_means(tmp_path, cells, expected):
    rows = [f"{row},{cell}" for row, cell in zip(ROWS, cells, strict=True)]
    done = kit.cleaned(tmp_path, lines(HEADER, *rows))
    assert kit.column(done, "amount") == [Decimal(each) for each in expected]
    assert done.counts.rejected == 0


def test_amounts_tell_what_values_leave_open(tmp_path):
    rows = [f"{ROWS[0]},0.4,80", f"{ROWS[1]},0.6,180"]  # 200 x 0.4, 300 x 0.6
    done = kit.cleaned(tmp_path, lines(f"{HEADER},金额", *rows))
    assert kit.column(done, "discount") == [Decimal("0.6"), Decimal("0.4")]


TOTALS = "Order ID,Order Date,Product,SubTotal,Discount,Total"


@pytest.mark.parametrize(
    ("header", "late"),
    [(TOTALS, "300"), ("订单号,下单日期,商品名称,小计,优惠金额,合计", "30")],
)
def test_a_subtotal_before_its_discount_is_not_the_amount(tmp_path, header, late):
    rows = [f"{n},2024-03-05,Tea,1000,,1000" for n in range(1, 4)]
    left = 1000 - int(late)
    done = kit.cleaned(tmp_path, lines(header, *rows, f"4,2024-03-06,Tea,1000,{late},{left}"))
    assert kit.column(done, "amount") == [1000, 1000, 1000, left]


def test_a_total_with_tax_is_no_total_after_a_discount(tmp_path):
    rows = ("1,2024-03-05,Tea,1000,300,833", "2,2024-03-05,Tea,1000,,1190")  # and 19 %
    done = kit.cleaned(tmp_path, lines(TOTALS, *rows))
    assert kit.column(done, "amount") == [1000, 1000]


def test_one_order_whose_lines_differ_shows_that_its_amount_is_repeated(tmp_path):
    header = "订单号,商品ID,商品名称,订购数量,下单时间,京东价,订单金额,应付金额,订单状态,下单帐号"
    rows = (
        "1,p1,保温杯,1,2024-03-05 10:00:00,99,99,99,完成,u1",
        "2,p2,茶杯,2,2024-03-06 10:00:00,50,150,150,完成,u2",
        "2,p3,茶盘,1,2024-03-06 10:00:00,50,150,150,完成,u2",
    )
    mapping = kit.plan(tmp_path, lines(header, *rows))
    assert mapping.profile == "jingdong"
    done = kit.cleaned(tmp_path, lines(header, *rows))
    assert kit.column(done, "amount") == [99, 100, 50]


def test_a_column_of_amounts_without_any_is_passed_over(tmp_path):
    rows = ("2024-03-05,A,2,10.5,", "2024-03-06,B,1,4,")
    done = kit.cleaned(tmp_path, lines("日期,商品名称,数量,单价,小计", *rows))
    assert kit.column(done, "amount") == [21, 4]
