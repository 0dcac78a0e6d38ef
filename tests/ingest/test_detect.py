"""Which dataset a file holds, told by the set of its headers."""

import pytest

from salesdash.datasets import DATASETS
from salesdash.errors import UsageError
from salesdash.ingest import Overrides, propose_all
from salesdash.ingest.mapping.profiles import telling
from tests.ingest import kit
from tests.ingest.test_mapping import AMBIGUOUS, PLAIN, lines
from tests.ingest.test_workbook import workbook

FILES = {
    "Order ID,Order Date,Customer,Sales|1,2024-01-05,Ann,5": "sales",
    "Date,Customer,Amount|2024-01-05,Ann,5": "sales",
    "Date,Betrag|2024-01-05,5": "sales",
    "订单编号,下单日期,客户名称,金额|1,2024-01-05,甲,5": "sales",
    "opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value"
    "|A,Ann,X,Won,2024-01-05,2024-02-05,5": "deals",
    "商机名称,客户名称,商机金额,预计成交日期,商机阶段,负责人|甲,乙,5,2024-02-05,赢单,安": "deals",
    "Deal,Stage|A,Won": "deals",
    "Lead ID,Lead Source,Lead Status,Created Time|1,Web,New,2024-01-05 10:00": "leads",
    "线索名称,线索来源,线索状态,创建时间|甲,网站,新,2024-01-05 10:00": "leads",
    "Visit Date,Activity Type,Customer,Salesperson|2024-01-05,visit,Ann,Bo": "activities",
    "拜访日期,拜访类型,客户名称,拜访人|2024-01-05,上门,甲,安": "activities",
    "Payment ID,Payment Date,Invoice No,Amount|P1,2024-01-05,1,5": "payments",
    "回款编号,回款日期,客户,回款金额|P1,2024-01-05,甲,5": "payments",
    "Date,Channel,Cost Type,Spend|2024-01-05,tv,ads,5": "costs",
    "月份,费用类型,费用金额|2024-01,广告,5": "costs",
    "Quarter,Region,Market Size|2024Q1,North,500": "market",
    "季度,地区,市场规模|2024Q1,华东,500": "market",
    "Month,Region,Metric,Target|2024-01,North,sales,50": "targets",
    "月份,人员,目标值|2024-01,安,50": "targets",
    "Customer ID,Company Name,Industry,Region|1,Ann Ltd,food,North": "customers",
    "客户编号,客户名称,行业,地区|1,甲,食品,华东": "customers",
    "SKU,Product Name,Category,Unit Price|1,Tea,Drinks,5": "products",
    "产品编码,产品名称,产品系列,标准价格|1,茶,饮料,5": "products",
    "Salesperson,Team,Manager,Region|Ann,A,Bo,North": "people",
    "姓名,团队,职位|安,华东队,经理": "people",
}


@pytest.mark.parametrize(("text", "dataset"), FILES.items())
def test_the_set_of_headers_tells_the_dataset(tmp_path, text, dataset):
    header, *rows = text.split("|")
    found = [mapping.dataset for mapping in kit.plans(tmp_path, lines(header, *rows))]
    assert found == [dataset]


def test_order_lines_ask_nothing(tmp_path):
    (mapping,) = kit.plans(tmp_path, PLAIN)
    assert (mapping.dataset, mapping.questions) == ("sales", ())
    assert [q.id for q in kit.plans(tmp_path, AMBIGUOUS)[0].questions] == ["dates"]


def test_lines_of_orders_are_no_list_of_products(tmp_path):
    text = lines(
        "order_id,product_id,price,shipping_limit_date",
        "a1,p1,58.90,2017-09-19 09:45:35",
        "a2,p2,239.90,2017-05-03 11:05:13",
    )
    (mapping,) = kit.plans(tmp_path, text)
    assert mapping.dataset == "sales"
    assert [(q.id, q.options) for q in mapping.questions] == [("field:amount", ("price",))]
    (mapping,) = kit.plans(tmp_path, text, columns={"price": "amount"})
    assert mapping.questions == ()


def test_a_dataset_that_was_given_is_the_one(tmp_path):
    reading = kit.read(tmp_path, lines("Date,Amount", "2024-01-05,5"))
    assert [m.dataset for m in propose_all(reading, DATASETS["payments"])] == ["payments"]


def test_what_two_datasets_could_be_is_asked(tmp_path):
    text = lines("Date,Amount,Receipt Date,Amount Received,Expense Date,Spend", "2024-01-05,5,,,,")
    question = kit.plans(tmp_path, text)[0].questions[0]
    assert question.id == "dataset"
    assert {"payments", "costs"} <= set(question.options)


def test_the_name_of_the_file_helps(tmp_path):
    text = lines("Date,Channel,Amount", "2024-01-05,tv,5")
    assert kit.plans(tmp_path, text, "orders.csv")[0].dataset == "sales"
    assert kit.plans(tmp_path, text, "marketing costs 2024.csv")[0].dataset == "costs"
    assert kit.plans(tmp_path, text, "2024年费用.csv")[0].dataset == "costs"


def test_a_field_that_only_one_dataset_has_says_which(tmp_path):
    text = lines("Wann,Was,Wert", "2024-01-05,A,5")
    said = {"Was": "stage", "Wert": "amount"}
    (mapping,) = kit.plans(tmp_path, text, columns=said, stages={"A": "open"})
    assert (mapping.dataset, mapping.questions) == ("deals", ())


def test_what_was_remembered_for_these_headers_needs_no_guess(tmp_path):
    text = lines("Date,Channel,Amount", "2024-01-05,tv,5")
    reading = kit.read(tmp_path, text)
    (kept,) = propose_all(reading, DATASETS["costs"])
    assert [m.dataset for m in propose_all(reading, None, kept)] == ["costs"]


def test_sheets_of_different_datasets_are_a_mapping_each(tmp_path):
    orders: list[list[object]] = [["Order ID", "Order Date", "Amount"], ["1", "2024-01-05", 5]]
    people: list[list[object]] = [["Region", "Regional Manager"], ["North", "Ann"]]
    notes: list[list[object]] = [["Colour", "Taste"], ["red", "sweet"]]
    path = workbook(tmp_path, {"Orders": orders, "People": people, "Notes": notes})
    first, second = propose_all(kit.read(tmp_path, path))
    assert [(first.dataset, first.table), (second.dataset, second.table)] == [
        ("sales", 0),
        ("people", 1),
    ]
    assert [(w.key, w.values["sheets"]) for w in first.warnings] == [
        ("mapping.unread_sheets", "Notes")
    ]


def test_two_sheets_of_one_dataset_are_a_question(tmp_path):
    one: list[list[object]] = [["Deal ID", "Stage"], ["1", "Won"]]
    two: list[list[object]] = [["Deal Name", "Stage", "Owner", "Probability"], ["1", "Won", "A", 1]]
    path = workbook(tmp_path, {"A": one, "B": two})
    (mapping,) = propose_all(kit.read(tmp_path, path))
    assert [(q.id, q.options) for q in mapping.questions] == [("sheet", ("A", "B"))]


def test_a_header_that_was_named_need_be_on_one_sheet_only(tmp_path):
    orders: list[list[object]] = [["Nr", "Tag", "Summe"], ["1", "2024-01-05", 5]]
    deals: list[list[object]] = [["Deal ID", "Stage", "Wert"], ["7", "Won", 3]]
    path = workbook(tmp_path, {"O": orders, "D": deals})
    reading = kit.read(tmp_path, path)
    columns = {"Nr": "sales.document", "Tag": "sales.order_date", "Wert": "deals.amount"}
    found = propose_all(reading, None, None, Overrides(columns=columns, amount="Summe"))
    assert [
        (m.dataset, {c.header: c.field for c in m.columns if c.how == "user"}) for m in found
    ] == [
        ("sales", {"Nr": "document", "Tag": "order_date", "Summe": "amount"}),
        ("deals", {"Wert": "amount"}),
    ]


@pytest.mark.parametrize(
    ("said", "sheet"),
    [
        ({"columns": {"Nowhere": "amount"}}, None),
        ({"amount": "Nowhere"}, None),
        ({"amount": "price x quantity"}, "O"),
        ({"columns": {"Stage": "sales.channel"}}, "O"),
    ],
)
def test_a_header_that_no_table_has_is_refused(tmp_path, said, sheet):
    orders: list[list[object]] = [["Order ID", "Order Date", "Amount"], ["1", "2024-01-05", 5]]
    deals: list[list[object]] = [["Deal ID", "Stage", "Value"], ["7", "Won", 3]]
    reading = kit.read(tmp_path, workbook(tmp_path, {"O": orders, "D": deals}))
    with pytest.raises(UsageError) as error:
        propose_all(reading, None, None, Overrides(sheet=sheet, **said))
    assert error.value.key == "mapping.no_such_column"
    headers = "Order ID, Order Date, Amount"
    assert error.value.values["columns"] == (
        headers if sheet else f"{headers}, Deal ID, Stage, Value"
    )


def test_telling_headers_belong_to_one_dataset():
    found = telling()
    assert found["dealstage"] == found["阶段"] == "deals"
    assert found["回款日期"] == "payments"
    assert not {"amount", "date", "customer", "日期", "金额"} & found.keys()
