"""Habits of Chinese offices that make figures wrong when they go unnoticed."""

import pytest

from salesdash.errors import DataRefused
from salesdash.ingest import Exchange
from tests.ingest import kit
from tests.ingest.test_mapping import lines


def datasets(folder, content: str, name: str = "a.csv") -> list[str]:
    return [mapping.dataset for mapping in kit.plans(folder, content, name)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("销售额", [125_000, 32_500]),
        ("销售额(元)", [12.5, 3.25]),
        ("销售额(千元)", [12_500, 3_250]),
    ],
)
def test_the_unit_of_a_title_holds_for_amounts_without_one(tmp_path, header, expected):
    title = "2024年一季度销售明细,,\n单位：万元,,\n"
    rows = ("2024-01-05,甲,12.5", "2024-02-05,乙,3.25")
    done = kit.cleaned(tmp_path, title + lines(f"日期,客户,{header}", *rows))
    assert kit.column(done, "amount") == expected
    said = {warning.key for warning in done.warnings}
    assert ("mapping.title_unit" in said) == (header == "销售额")


@pytest.mark.parametrize(
    ("header", "voided"), [("发票状态", "作废"), ("审批状态", "审批中"), ("是否作废", "是")]
)
def test_what_is_void_does_not_count_wherever_it_says_so(tmp_path, header, voided):
    rows = ("2024-03-05,1,1000,否", f"2024-03-06,2,2000,{voided}", "2024-03-07,3,-500,")
    done = kit.cleaned(tmp_path, lines(f"开票日期,发票号码,金额,{header}", *rows))
    assert kit.column(done, "counts") == [True, False, True]


def test_an_address_is_no_province(tmp_path):
    rows = ("1,2024-03-05,5,浙江省 杭州市 文三路1号", "2,2024-03-06,5,江苏省 南京市 中山路22号")
    header = "订单编号,订单创建时间,买家实际支付金额,收货地址,订单付款时间,买家会员名"
    content = lines(header, *(f"{row},2024-03-05,a" for row in rows))
    mapping = kit.plan(tmp_path, content)
    assert mapping.profile == "taobao"
    assert mapping.column("province") is None
    assert not next(c for c in mapping.columns if c.header == "收货地址").filter


def test_figures_of_people_are_no_list_of_people(tmp_path):
    months = lines("部门,姓名,1月,2月,3月", "一部,张三,100,200,300", "二部,李四,50,60,70")
    assert "people" not in datasets(tmp_path, months)
    with pytest.raises(DataRefused) as error:
        datasets(tmp_path, lines("地区,姓名,销售额", "华东,张三,100", "华北,李四,50"))
    assert error.value.key == "data.sales_order_date_missing"


def test_whoever_looks_after_many_shops_is_no_list_of_people(tmp_path):
    rows = [f"南区,{'张三' if n % 2 else '李四'},主管,店{n}" for n in range(12)]
    with pytest.raises(DataRefused):
        datasets(tmp_path, lines("大区,姓名,职位,门店", *rows))


def test_numbers_that_a_spreadsheet_rounded_are_no_documents(tmp_path):
    rows = ("2.40E+17,2024-03-05,甲,10", "2.40E+17,2024-03-06,乙,20", "2.41E+17,2024-03-06,丙,5")
    done = kit.cleaned(tmp_path, lines("订单编号,下单时间,客户,金额", *rows))
    assert kit.column(done, "document") == [None, None, None]
    said = {w.key: w.values for w in done.warnings}["mapping.rounded_numbers"]
    assert said == {"column": "订单编号", "example": "2.40E+17"}


def test_lines_take_date_and_number_from_the_first_of_their_document(tmp_path):
    rows = (
        "2024-03-05,X1,甲,螺丝,100,1,100",
        ",,,螺母,200,0.5,100",
        "2024-03-06,X2,乙,螺丝,50,1,50",
        ",,,垫片,10,1,10",
        "合计,,,,360,,260",
    )
    done = kit.cleaned(tmp_path, lines("日期,单据编号,客户,产品名称,数量,单价,金额", *rows))
    assert done.counts.totals == 1
    assert kit.column(done, "document", "customer", "amount") == [
        ("X1", "甲", 100),
        ("X1", "甲", 100),
        ("X2", "乙", 50),
        ("X2", "乙", 10),
    ]
    assert "mapping.carried" in {w.key for w in done.warnings}


@pytest.mark.parametrize("row", [",,,,200,,100", ",X9,,螺母,200,0.5,100"])
def test_a_row_that_is_no_such_line_is_rejected(tmp_path, row):
    rows = ("2024-03-05,X1,甲,螺丝,100,1,100", row, "2024-03-06,X2,乙,螺丝,50,1,50")
    done = kit.cleaned(tmp_path, lines("日期,单据编号,客户,产品名称,数量,单价,金额", *rows))
    assert (done.counts.loaded, done.counts.rejected) == (2, 1)


def test_returns_that_are_positive_are_told(tmp_path):
    rows = ("2024-03-05,X1,销售,100", "2024-03-06,T1,退货,20", "2024-03-07,X2,销售,50")
    done = kit.cleaned(tmp_path, lines("日期,单号,类型,金额", *rows))
    said = {w.key: w.values for w in done.warnings}["cleaning.returns_positive"]
    assert said == {"column": "类型", "word": "退货", "count": 1, "total": "20.00"}


def test_refunds_beside_the_amount_are_told(tmp_path):
    rows = ("1,2024-03-01,100,0", "2,2024-03-02,200,50", "3,2024-03-03,300,300")
    done = kit.cleaned(tmp_path, lines("订单号,下单时间,实付金额,退款金额", *rows))
    said = {w.key: w.values for w in done.warnings}["cleaning.refunds"]
    assert (said["count"], said["total"], done.amount) == (2, "350.00", "600.0000")


def test_marks_on_some_amounts_alone_lead_to_the_answer(tmp_path):
    content = lines("日期,客户,金额", "2024-03-05,甲,￥100.00", "2024-03-06,乙,200")
    home = Exchange("USD")
    with pytest.raises(DataRefused) as error:
        kit.cleaned(tmp_path, content, exchange=home)
    assert (error.value.key, error.value.values["currency"]) == ("data.some_currency", "CNY")
    done = kit.cleaned(tmp_path, content, exchange=home, currency="CNY")
    assert done.amount == "300.0000"


def test_an_order_table_of_a_database(tmp_path):
    header = "order_no,user_name,goods_name,num,price,pay_amount,status,create_time"
    rows = ("T1,张三,杯子,1,60,55,已支付,1709604300", "T2,李四,碗,2,20,40,已取消,1709690700")
    (mapping,) = kit.plans(tmp_path, lines(header, *rows))
    assert (mapping.dataset, mapping.questions) == ("sales", ())
    assert (mapping.amount.name, kit.mapped(mapping, "quantity").header) == ("pay_amount", "num")


def test_what_was_not_approved_does_not_count(tmp_path):
    header = "审批编号,审批状态,审批结果,客户名称,合同金额（元）,签订日期"
    rows = (
        "1,已完成,同意,甲,125000,2024-03-04",
        "2,已撤销,,乙,80000,2024-03-06",
        "3,已完成,拒绝,丙,60000,2024-03-07",
    )
    done = kit.cleaned(tmp_path, lines(header, *rows))
    assert kit.column(done, "counts") == [True, False, False]


@pytest.mark.parametrize(
    "header",
    ["PO Number,PO Date,Item Name,Quantity,Wholesale Price", "frequency,time,author,rating,amount"],
)
def test_orders_to_a_supplier_and_a_bare_log_are_sales(tmp_path, header):
    (mapping,) = kit.plans(tmp_path, lines(header, "7,2024-03-05,a,2,10.5", "8,2024-03-06,b,1,4"))
    assert (mapping.dataset, mapping.questions) == ("sales", ())
