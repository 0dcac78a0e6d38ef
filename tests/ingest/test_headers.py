import pytest

from salesdash.ingest.headers import column_name, factor_of, fold, plain, unique, unit_of


@pytest.mark.parametrize(
    ("header", "folded"),
    [
        ("Order ID", "orderid"),
        ("order_id", "orderid"),
        (" *客户名称（必填）", "客户名称"),
        ("金额(元)", "金额"),
        ("赢率（%）", "赢率"),
        ("订单付款时间 ", "订单付款时间"),
        ("Ｑｔｙ", "qty"),
        ("Tax 5%", "tax5%"),
        ("Account Name.id", "accountnameid"),
        ("商品数量(件)", "商品数量"),
        ("Revenue (USD thousands)", "revenue"),
        ("金额（单位：元）", "金额"),
        ("Sales (North)", "sales(north)"),
    ],
)
def test_what_stands_around_a_label_does_not_matter(header, folded):
    assert fold(header) == folded


def test_units_that_change_values():
    assert unit_of("Discount (%)") == "%"
    assert unit_of("金额（万元）") == "万元"
    assert unit_of("金额(元)") is None
    factors = {"金额（万元）": 10_000, "销售额(单位：万)": 10_000, "Revenue ($ thousands)": 1_000}
    factors |= {"Revenue (in millions)": 1_000_000, "金额(元)": 1, "Amount": 1}
    assert {header: factor_of(header) for header in factors} == factors


def test_names_of_extra_columns():
    assert column_name("Shipped Date") == "shipped_date"
    assert column_name("收货地址 ") == "收货地址"
    assert column_name("!!") == "column"


def test_invisible_characters_are_dropped():
    assert plain("\ufeffAnn\u200b ") == "Ann"
    assert plain("金\u200d额 می\u200c") == "金额 می"


def test_every_label_is_another():
    assert unique(["a", "A", "", "b\nc"]) == ("a", "A (2)", "Column 3", "b c")
