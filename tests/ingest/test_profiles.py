"""Exports written by hand, as programs are documented to write them: each lands whole."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.errors import DataRefused
from salesdash.ingest import COMPUTED, profiles
from salesdash.ingest.mapping.profiles import ABSENT, other_kind
from salesdash.texts import LANGUAGES, catalog
from tests.ingest import kit
from tests.ingest.test_mapping import lines

ZOHO_DEALS = lines(
    "Record Id,Deal Owner.id,Deal Owner,Deal Name,Account Name.id,Account Name,Amount,Stage,"
    "Closing Date,Created Time",
    "zcrm_4876876000000601052,zcrm_7,Ann,Roof,zcrm_5,Acme,100.5,Closed Won,2024-05-01,"
    "2024-01-05 10:00:00",
    "zcrm_4876876000000601053,zcrm_7,Ann,Wall,zcrm_6,Beta,200,Closed-Lost to Competition,"
    "2024-05-02,2024-01-06 10:00:00",
)
ZOHO_OLD = lines(
    "POTENTIALID,Potential Name,Potential Owner,Account Name,Amount,Stage,Closing Date,"
    "Created Time",
    "1,Roof,Ann,Acme,100,Negotiation/Review,07/25/2016,2016-05-01 10:00:00",
)
ZOHO_ZH = lines(
    "商机所有者,商机,客户,金额,阶段,预计成交日期,可能性,创建时间",
    "李雷,屋顶,甲公司,100,成交,2024-05-01,100,2024-01-05 10:00",
)
ZOHO_ORDERS = lines(
    "Record Id,SO Number,Subject,Sales Order Owner,Account Name.id,Account Name,Status,Sub Total,"
    "Discount,Tax,Grand Total,Created Time",
    "zcrm_1,1,A,Ann,zcrm_5,Acme,Created,100,5,19,114,2024-02-01 10:00:00",
    "zcrm_2,2,B,Ann,zcrm_6,Beta,Cancelled,200,0,38,238,2024-02-02 10:00:00",
)
ZOHO_CALLS = lines(
    "Record Id,Call Owner.id,Call Owner,Subject,Call Type,Call Start Time,Call Duration,Related To",
    "zcrm_1,zcrm_7,Ann,Hello,Outbound,2024-03-01 10:00:00,10:00,Acme",
)
FXIAOKE_DEALS = lines(
    "*商机名称,客户名称（必填）,商机金额（元）,商机阶段,赢率(%),预计成交日期,负责人,创建时间,生命状态",
    "屋顶,甲,100.00,验证客户(10%),10,2024-05-01,李雷,2024-01-05 10:00,正常",
    "墙,乙,200.00,赢单,100,2024-05-02,李雷,2024-01-06 10:00,审核中",
    "门,丙,300.00,2-需求确定,30,2024-05-03,李雷,2024-01-07 10:00,作废",
)
FXIAOKE_API = lines(
    "_id,name,account_id,account_id__r,amount,close_date,sales_stage__r,sales_status,owner__r,"
    "create_time,life_status",
    "65f0,屋顶,9,甲,100.01,1714492800000,赢单,2,李雷,1704384000000,normal",
    "65f1,墙,9,甲,200.00,1714492800000,谈判审核,1,李雷,1704384000000,invalid",
)
FXIAOKE_ORDERS = lines(
    "销售订单编号,客户名称,下单日期,销售订单金额(元),整单折扣(%),生命状态,负责人,负责人主属部门",
    "20240301-000001,甲,2024-03-01,1000.00,95,正常,李雷,华东",
    "20240301-000002,乙,2024-03-02,2000.00,100,审核中,李雷,华东",
)
FXIAOKE_TARGETS = lines(
    "规则名称,考核对象,年份,1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月",
    "销售额,李雷,2024,1,2,3,4,5,6,7,8,9,10,11,12",
)
HUBSPOT_CONTACTS = lines(
    "Record ID,First Name,Last Name,Email,Contact owner,Associated Company,Lead Status,Create Date,"
    "Lifecycle Stage",
    "1,Jo,Doe,jo@x.com,Ann,Acme,New,2024-01-05 10:00,lead",
)
SALESFORCE_LEADS = lines(
    "Lead ID,Lead Owner,Last Name,Company / Account,Lead Source,Lead Status,Create Date,Converted,"
    "Converted Date",
    "1,Ann,Doe,Acme,Web,Open,1/15/2024,0,",
    "2,Ann,Roe,Beta,Web,Closed - Converted,1/16/2024,1,2/1/2024",
)
AMAZON = lines(
    "amazon-order-id,purchase-date,order-status,product-name,sku,asin,quantity,currency,item-price",
    "1,2024-03-01T20:00:00+00:00,Shipped,Tea,S,B,2,USD,20.00",
    "2,2024-03-02T10:00:00+00:00,Cancelled,Tea,S,B,1,USD,10.00",
)

PIPEDRIVE = lines(
    "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,"
    "Deal - Owner,Deal - Status,Deal - Stage,Deal - Deal created,Deal - Deal closed on",
    "7,Roof,100,EUR,Acme,Ann,won,Negotiations Started,2024-01-05 10:00:00,2024-02-05 10:00:00",
)
GERMAN = lines(
    "Rechnungsnr.;Rechnungsdatum;Kundennr.;Kunde;Artikel;Menge;Einzelpreis;Umsatz netto",
    "RE-1;31.01.2024;K007;Groß & Söhne;Dübel;3;1.234,50;3.703,50 €",
)
FRENCH = lines("N° facture;Date facture;Client;Montant HT", "F1;31/01/2024;Café Noir;1 234,50")
SPANISH = lines(
    "Fecha;Nº Factura;Cliente;Producto;Cantidad;Precio Unitario;Total;Vendedor",
    "31/01/2024;F1;Núñez;Té;2;10,50;21,00;Ana",
)
PORTUGUESE = lines(
    "Data da Venda;Nota Fiscal;Cliente;Produto;Qtd;Valor Total",
    "31/01/2024;N1;João;Chá;2;R$ 1.021,00",
)

EXPORTS = {
    "pipedrive": (
        PIPEDRIVE,
        "deals pipedrive",
        {"deal": "7", "amount": 100, "outcome": "won", "close_date": date(2024, 2, 5)},
    ),
    "german": (
        GERMAN,
        "sales german",
        {"document": "RE-1", "amount": Decimal("3703.5"), "customer_name": "Groß & Söhne"},
    ),
    "french": (
        FRENCH,
        "sales french",
        {"document": "F1", "amount": Decimal("1234.5"), "order_date": date(2024, 1, 31)},
    ),
    "spanish": (
        SPANISH,
        "sales spanish",
        {"document": "F1", "amount": 21, "quantity": 2, "person": "Ana", "product": "Té"},
    ),
    "portuguese": (
        PORTUGUESE,
        "sales portuguese",
        {"document": "N1", "amount": 1021, "customer": "João"},
    ),
    "zoho deals": (
        ZOHO_DEALS,
        "deals zoho",
        {
            "deal": "zcrm_4876876000000601052",
            "person": "Ann",
            "customer": "zcrm_5",
            "customer_name": "Acme",
            "amount": Decimal("100.5"),
            "outcome": "won",
            "close_date": date(2024, 5, 1),
            "created_date": date(2024, 1, 5),
        },
    ),
    "zoho potentials": (
        ZOHO_OLD,
        "deals zoho",
        {"deal": "1", "deal_name": "Roof", "outcome": "open", "close_date": date(2016, 7, 25)},
    ),
    "zoho deals in Chinese": (
        ZOHO_ZH,
        "deals zoho",
        {"deal_name": "屋顶", "customer": "甲公司", "outcome": "won", "probability": 1},
    ),
    "zoho orders": (
        ZOHO_ORDERS,
        "sales zoho",
        {"document": "1", "amount": 100, "tax": 19, "counts": True, "discount": None},
    ),
    "zoho calls": (
        ZOHO_CALLS,
        "activities zoho",
        {"activity_date": date(2024, 3, 1), "activity_type": "Outbound", "person": "Ann"},
    ),
    "fxiaoke deals": (
        FXIAOKE_DEALS,
        "deals fxiaoke",
        {"customer": "甲", "amount": 100, "outcome": "open", "probability": Decimal("0.1")},
    ),
    "fxiaoke deals by API": (
        FXIAOKE_API,
        "deals fxiaoke",
        {
            "deal": "65f0",
            "customer": "9",
            "customer_name": "甲",
            "amount": Decimal("100.01"),
            "outcome": "won",
            "created_date": date(2024, 1, 5),
            "close_date": date(2024, 5, 1),
        },
    ),
    "fxiaoke orders": (
        FXIAOKE_ORDERS,
        "sales fxiaoke",
        {"document": "20240301-000001", "amount": 1000, "team": "华东", "discount": None},
    ),
    "fxiaoke targets": (
        FXIAOKE_TARGETS,
        "targets fxiaoke",
        {"person": "李雷", "target": 1, "period_start": date(2024, 1, 1)},
    ),
    "hubspot contacts": (
        HUBSPOT_CONTACTS,
        "leads hubspot",
        {"lead": "1", "customer": "Acme", "created_date": date(2024, 1, 5), "status": "New"},
    ),
    "salesforce leads": (
        SALESFORCE_LEADS,
        "leads salesforce",
        {"lead": "1", "customer": "Acme", "created_date": date(2024, 1, 15)},
    ),
    "amazon": (
        AMAZON,
        "sales amazon",
        {"document": "1", "amount": 20, "order_date": date(2024, 3, 2), "currency": "USD"},
    ),
}


@pytest.mark.parametrize(("text", "kind", "first"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_lands_whole(tmp_path, text, kind, first):
    reading = kit.read(tmp_path, text)
    (mapping,) = kit.plans(tmp_path, text, zone="Asia/Shanghai")
    assert f"{mapping.dataset} {mapping.profile}" == kind
    assert mapping.questions == ()
    done = kit.clean(reading, mapping, tmp_path)
    assert done.counts.rejected == 0
    assert dict(zip(first, kit.column(done, *first, "record")[0], strict=False)) == first


def test_records_in_review_and_void_ones_are_kept_and_do_not_count(tmp_path):
    for text in (FXIAOKE_DEALS, FXIAOKE_ORDERS, FXIAOKE_API, ZOHO_ORDERS):
        reading = kit.read(tmp_path, text)
        done = kit.clean(reading, kit.plans(tmp_path, text)[0], tmp_path)
        assert (done.counted, done.counts.loaded) == (1, text.count("\n") - 1)


def test_another_column_of_dates_proves_what_one_leaves_open(tmp_path):
    """2/1/2024 beside 1/15/2024: the first of February, month first as its neighbour."""
    reading = kit.read(tmp_path, SALESFORCE_LEADS)
    done = kit.clean(reading, kit.plans(tmp_path, SALESFORCE_LEADS)[0], tmp_path)
    assert kit.column(done, "converted_date") == [None, date(2024, 2, 1)]


SHOPIFY = lines(
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Country,Cancelled at",
    "#1,a@x.com,paid,2024-03-01 10:00:00 +0800,USD,25.00,32.00,2024-03-01 09:59:00 +0800,2,Tea,10,"
    "T1,Ann,IT,",
    "#1,a@x.com,,,,,,2024-03-01 09:59:00 +0800,1,Cup,5,C1,,,",
    "#2,b@x.com,voided,,EUR,10.00,16.00,2024-03-02 09:59:00 +0800,1,Tea,10,T1,Bob,IT,",
)


def test_what_the_first_line_of_an_order_says_holds_for_all_its_lines(tmp_path):
    reading = kit.read(tmp_path, SHOPIFY)
    (mapping,) = kit.plans(tmp_path, SHOPIFY, zone="Asia/Shanghai")
    assert (mapping.profile, mapping.amount.name) == ("shopify", COMPUTED)
    done = kit.clean(reading, mapping, tmp_path)
    found = kit.column(done, "document", "amount", "status", "currency", "paid_at", "counts")
    paid = datetime(2024, 3, 1, 10)
    assert found == [
        ("#1", 20, "paid", "USD", paid, True),
        ("#1", 5, "paid", "USD", paid, True),
        ("#2", 10, "voided", "EUR", None, False),
    ]
    assert {c.name: c.total for c in done.candidates} == {
        "Subtotal": "25.0000",
        "Total": "32.0000",
        COMPUTED: "25.0000",
    }


ORDERED = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Discount Amount,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem discount"
)


def test_what_is_off_an_order_is_off_its_lines(tmp_path):
    """29 is left of three lines of 10: they add up to it exactly; 4 of 5, where the line says 1."""
    text = lines(
        ORDERED,
        "#1,a@x.com,paid,2024-03-01,USD,29.00,1.00,34.00,2024-03-01,1,Tea,10,0",
        "#1,,,,,,,,2024-03-01,1,Cup,10,0",
        "#1,,,,,,,,2024-03-01,2,Pot,5,0",
        "#2,b@x.com,paid,2024-03-02,USD,24.00,1.00,24.00,2024-03-02,2,Tea,10,0",
        "#2,,,,,,,,2024-03-02,1,Cup,5,1.00",
        "#3,c@x.com,paid,2024-03-03,USD,,,,2024-03-03,1,Tea,10,0",
    )
    done = kit.cleaned(tmp_path, text)
    amounts = kit.column(done, "amount")
    assert (sum(amounts[:3]), amounts[3:]) == (29, [20, 4, 10])
    assert kit.column(done, "list_amount") == [10, 10, 10, 20, 5, 10]
    told = {each.key: each.values for each in done.warnings}
    assert told["cleaning.money_off"] == {"total": "2.00"}


def test_a_discount_on_a_cart_is_off_its_lines(tmp_path):
    header = (
        "Order Number,Order Status,Order Date,Cart Discount Amount,Order Subtotal Amount,"
        "Order Total Amount,Item Name,Quantity (- Refund),Item Cost"
    )
    text = lines(
        header,
        "1,Completed,2024-03-01,6,30,29,Tea,2,10",
        "1,Completed,2024-03-01,6,30,29,Cup,1,10",
        "2,Failed,2024-03-02,0,10,15,Cup,1,10",
    )
    done = kit.cleaned(tmp_path, text)
    assert kit.column(done, "amount", "counts") == [(16, True), (8, True), (10, False)]


def test_a_discount_on_a_sold_item_is_off_it(tmp_path):
    header = (
        "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Item Total,Currency,"
        "Transaction ID,Listing ID,Order Sales Tax,Order ID"
    )
    text = lines(header, "03/14/24,Fox,ann,2,3.50,1.00,7.00,USD,T1,L1,0,O1")
    assert kit.column(kit.cleaned(tmp_path, text), "amount", "list_amount") == [(6, 7)]


def test_lines_without_an_order_say_nothing_of_each_other(tmp_path):
    text = SHOPIFY + ",c@x.com,paid,,USD,,,2024-03-03,1,Tea,10,T1,,,\n,,,,,,,,1,Cup,5,C1,,,\n"
    done = kit.cleaned(tmp_path, text)
    assert [(r.column, r.reason, r.count) for r in done.rejects] == [
        ("Created at", "reject.missing", 1)
    ]


OTHERS = {
    "contacts": (
        "Record Id,Contact Owner,First Name,Last Name,Account Name,Created Time",
        "姓名,客户名称,职务,部门,手机,负责人,创建时间",
    ),
    "quotes": (
        "Record Id,Quote Owner,Quote Stage,Valid Till,Grand Total,Created Time",
        "报价单编号,客户名称,报价日期,报价单金额(元),负责人",
        "Quote Number,Date,Customer,Amount",
    ),
    "purchases": (
        "PO Number,Vendor Name,Purchase Order Owner,Grand Total,Created Time",
        "采购订单号,供应商,日期,金额",
    ),
    "campaigns": ("Campaign Owner,Campaign Name,Start Date,Actual Cost",),
    "payment_plans": ("回款计划编号,客户名称,计划回款日期,计划回款金额(元)",),
    "refunds": ("退款编号,客户名称,退款日期,退款金额(元)",),
    "returns": ("退货单编号,客户名称,退货日期,退货单金额(元)",),
    "deal_lines": (
        "商机名称,产品名称,数量,单价,小计,创建时间,生命状态",
        "Opportunity Name,Product Name,Quantity,Sales Price,Created Date",
    ),
}


@pytest.mark.parametrize(
    ("kind", "header"), [(kind, header) for kind, all_of in OTHERS.items() for header in all_of]
)
def test_what_holds_no_figure_is_refused_by_its_name(tmp_path, kind, header):
    row = ",".join(_cell(name) for name in header.split(","))
    text = lines(header, row)
    with pytest.raises(DataRefused) as error:
        kit.plans(tmp_path, text)
    assert (error.value.key, error.value.place.file) == (f"data.other.{kind}", "a.csv")


def _cell(header: str) -> str:
    dated = any(word in header for word in ("Date", "Time", "Till", "日期", "时间"))
    number = any(
        word in header for word in ("金额", "小计", "单价", "数量", "Total", "Cost", "Price")
    )
    return "2024-01-05" if dated else "5" if number else "x"


def test_who_says_what_a_table_holds_is_believed(tmp_path):
    text = lines("Quote Number,Date,Customer,Amount", "1,2024-01-05,Ann,5")
    (mapping,) = kit.plans(tmp_path, text, columns={"Quote Number": "document"})
    assert mapping.dataset == "sales"


def test_an_other_kind_beside_orders_is_left_unread(tmp_path):
    headers = ("订单产品编号", "销售订单编号", "商机名称", "产品名称", "数量", "小计")
    assert other_kind(headers) is None  # order lines that name their deal


def test_every_other_kind_has_its_words():
    kinds = {kind for profile in profiles().values() for kind in profile.others}
    for lang in LANGUAGES:
        assert {f"errors.data.other.{kind}" for kind in kinds} <= set(catalog(lang))
    assert all(name != ABSENT for p in profiles().values() for n in p.others.values() for name in n)
