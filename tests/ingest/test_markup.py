"""Web pages and XML spreadsheets called .xls: their tables read as sheets."""

import pytest

from salesdash.errors import FileError
from tests.ingest import books, kit

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style>td {mso-number-format:"\\@"}</style><title>Orders</title></head><body>
<table border=1><tr><th>Order<th>Date<th>Customer<th>Amount
<tr><td>SO-1<td>2024-01-05<td>Tea &amp; Co<br>Ltd<td style="x">1&nbsp;200.50
<tr><td>SO-2</td><td>2024-01-06</td><td><b>Bo</b><script>alert(1)</script></td><td></td></tr>
</table></body></html>"""


def test_a_web_page_called_xls(tmp_path):
    reading = kit.read(tmp_path, PAGE, "orders.xls")
    assert (reading.format, reading.encoding) == ("html", "utf-8")
    assert reading.tables[0].columns == ("Order", "Date", "Customer", "Amount")
    assert kit.rows(reading) == [
        ("SO-1", "2024-01-05", "Tea & Co Ltd", "1 200.50"),
        ("SO-2", "2024-01-06", "Bo", ""),
    ]
    assert [(n.key, n.values) for n in reading.notes] == [("reading.other_kind", {"kind": "html"})]


def test_a_page_in_gbk(tmp_path):
    page = "<table><tr><td>订单号<td>客户</tr><tr><td>1<td>张三贸易有限公司</tr></table>"
    reading = kit.read(tmp_path, page.encode("gbk"), "a.xls")
    assert reading.encoding == "gb18030"
    assert kit.rows(reading) == [("1", "张三贸易有限公司")]


def test_cells_that_span_columns_and_rows(tmp_path):
    page = (
        "<table><tr><th rowspan=2>Region<th colspan=2>2024<th colspan=2>2025"
        "<tr><th>Sales<th>Orders<th>Sales<th>Orders"
        "<tr><td>North<td>1<td>2<td>3<td>4</table>"
    )
    reading = kit.read(tmp_path, page, "a.html")
    columns = ("Region", "2024 Sales", "2024 Orders", "2025 Sales", "2025 Orders")
    assert reading.tables[0].columns == columns
    assert kit.rows(reading) == [("North", "1", "2", "3", "4")]
    assert [note.key for note in reading.notes] == ["reading.header_rows"]


def test_tables_within_tables_and_beside_them_are_apart(tmp_path):
    page = (
        "<table><tr><td>Shop report</td></tr></table>"
        "<table><tr><td><table><tr><td>id<td>amount</tr><tr><td>1<td>5</tr></table></td></tr></table>"
    )
    reading = kit.read(tmp_path, page, "a.html")
    assert [sheet.name for sheet in reading.sheets] == ["1", "2"]
    assert [table.columns for table in reading.tables] == [("Shop report",), ("id", "amount")]


def test_rows_without_a_table_around_them(tmp_path):
    reading = kit.read(tmp_path, "<tr><td>id<td>amount<tr><td>1<td>5", "a.xls")
    assert kit.rows(reading) == [("1", "5")]
    odd = '<table><td colspan="x">id<td colspan=0>amount<tr></table><tr><td>'
    assert kit.read(tmp_path, odd, "a.xls").tables[0].columns == ("id", "amount")


@pytest.mark.parametrize("page", ["<html><body>Sign in</body></html>", "<table></table>"])
def test_a_page_without_a_table_is_named(tmp_path, page):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, page, "orders.xls")
    assert error.value.key == "file.is_html"


def test_an_xml_spreadsheet(tmp_path):
    rows = [
        ["Order", "Date", "Customer", "Amount"],
        ["SO-1", "2024-01-05T00:00:00.000", "Tea & Co", "1.50"],
        ["SO-2", "2024-01-06T13:30:00.000", "", "2"],
    ]
    reading = kit.read(tmp_path, books.xml_sheet(rows), "orders.xls")
    assert (reading.format, reading.sheets[0].name) == ("xml", "Orders")
    assert kit.rows(reading) == [
        ("SO-1", "2024-01-05", "Tea & Co", "1.50"),
        ("SO-2", "2024-01-06T13:30:00.000", "", "2"),
    ]


def test_cells_of_an_xml_spreadsheet_that_are_merged(tmp_path):
    """A cell that is merged over the next one leaves that one out, without a word of its place."""
    rows = [
        ["Region", "2024", "2025"],
        ["", "Sales", "Orders", "Sales", "Orders"],
        ["North", "1", "2", "3", "4"],
    ]
    text = books.xml_sheet(rows)
    for place, year in ((2, "2024"), (3, "2025")):
        there = f'<Cell ss:Index="{place}"><Data ss:Type="String">{year}<'
        text = text.replace(there, f'<Cell ss:MergeAcross="1"><Data ss:Type="String">{year}<')
    reading = kit.read(tmp_path, text, "a.xls")
    columns = ("Region", "2024 Sales", "2024 Orders", "2025 Sales", "2025 Orders")
    assert reading.tables[0].columns == columns
    assert kit.rows(reading) == [("North", "1", "2", "3", "4")]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("<Table>", "<Table"), "file.damaged"),
        (("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook'), "file.unsafe_xml"),
    ],
)
def test_xml_that_is_broken_or_declares_entities(tmp_path, change, key):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, books.xml_sheet([["a", "b"], ["1", "2"]]).replace(*change), "a.xls")
    assert error.value.key == key
