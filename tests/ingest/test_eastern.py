"""Tables of Taiwan, Japan and Korea: their characters, encodings, labels and signs of money."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.ingest import Overrides, propose_all
from salesdash.ingest.characters import simplified
from salesdash.ingest.headers import factor_of, fold
from tests.ingest import kit

TAIWAN = (
    "單據日期,單據編號,客戶名稱,品名,數量,單價,金額,業務員\n"
    "2024/03/05,A001,宏碁公司,螺絲,10,5.5,55,王小明\n"
    "2024/03/06,A002,統一超商,螺帽,20,2,40,李大華\n"
)
JAPAN = (
    "売上日,伝票番号,得意先名,商品名,数量,単価,売上金額（円）,担当者\n"
    '2024/03/05,0001,㈱山田,りんご,10,"\\1,200","12,000円",佐藤\n'
    '2024/03/06,0002,鈴木商店,みかん,5,"\\800","4,000円",田中\n'
)
KOREA = (
    "주문일자,주문번호,고객명,상품명,수량,단가,금액,담당자,상태\n"
    '2024-03-05,A1,삼성전자,노트북,2,"1,200,000원","2,400,000원",김철수,완료\n'
    '2024-03-06,A2,엘지전자,모니터,1,"300,000원","300,000원",이영희,취소\n'
)


@pytest.mark.parametrize(
    ("text", "codec", "customer", "total"),
    [
        (TAIWAN, "cp950", "宏碁公司", 95),
        (JAPAN, "cp932", "(株)山田", 16_000),
        (KOREA, "cp949", "삼성전자", 2_400_000),  # the second was cancelled
    ],
)
def test_a_table_in_the_encoding_of_its_country(tmp_path, text, codec, customer, total):
    reading = kit.read(tmp_path, text.encode(codec))
    assert reading.encoding == codec
    (mapping,) = propose_all(reading)
    assert (mapping.dataset, mapping.questions) == ("sales", ())
    result = kit.clean(reading, mapping, tmp_path)
    first, second = kit.column(result, "order_date", "customer", "case when counts then amount end")
    assert first[:2] == (date(2024, 3, 5), customer)
    assert first[2] + (second[2] or 0) == Decimal(total)
    fields = {column.field for column in mapping.columns}
    assert {"document", "quantity", "price", "person", "product"} <= fields


def test_both_writings_of_a_label_are_one():
    assert simplified("訂單編號 未稅金額") == "订单编号 未税金额"
    assert fold("*客戶名稱（必填）") == "客户名称"
    assert fold("銷售額(NT$)") == "销售额"


def test_what_is_said_of_tax_stands_first():
    assert fold("金额（不含税）") == "不含税金额"
    assert fold("売上金額(税込)") == "税込売上金额"


def test_units_of_other_countries():
    units = {"金額（萬元）": 10_000, "売上(百万円)": 1_000_000}
    units |= {"매출(만원)": 10_000, "销售额(亿元)": 100_000_000}
    assert {header: factor_of(header) for header in units} == units


def test_small_korean_and_chinese_tables_are_told_apart(tmp_path):
    korean = kit.read(tmp_path, "일자,거래처,금액\n2024-03-05,가나,5\n".encode("cp949"))
    chinese = kit.read(tmp_path, "日期,客户,金额\n2024-03-05,爱家,5\n".encode("gbk"), "b.csv")
    assert (korean.encoding, chinese.encoding) == ("cp949", "gb18030")


def test_a_name_that_is_no_identity_may_be_the_amount(tmp_path):
    content = "日期,房号,年龄,手机号,总计价\n2024-03-05,1101,33,13800138000,128000\n"
    reading = kit.read(tmp_path, content)
    (mapping,) = propose_all(reading, None, None, Overrides(dates="ymd"))
    (question,) = mapping.questions
    assert (question.id, question.options) == ("field:amount", ("总计价",))


def test_totals_are_told_in_every_writing(tmp_path):
    words = ("合計", "总计", "華東小計", "총합계", "소계", "総計")
    rows = "".join(f"甲,2024-03-{n:02},5,5\n" for n in range(10, 30))
    sums = "".join(f"{word},,5,5\n" for word in words)
    reading = kit.read(tmp_path, f"客户,日期,数量,金额\n{rows}{sums}")
    assert (reading.books.rows, reading.books.totals) == (20, len(words))


def test_dates_with_points_say_nothing_of_amounts(tmp_path):
    done = kit.cleaned(tmp_path, '日期,金额\n2024.3.5,"1,234"\nR6.3.6,"12,000円"\n')
    assert kit.column(done, "amount") == [1234, 12000]
