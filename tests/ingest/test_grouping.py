"""Headers of two rows, as in merged cells: groups above, labels below."""

import pytest

from tests.ingest import kit

COLUMNS = ("Region", "2024 Sales", "2024 Orders", "2025 Sales", "2025 Orders")


@pytest.mark.parametrize(
    "header",
    [
        "Region,2024,,2025,\n,Sales,Orders,Sales,Orders\n",  # merged down and across
        ",2024,,2025,\nRegion,Sales,Orders,Sales,Orders\n",  # groups above a whole header
        "Region,2024,,2025,\nRegion,Sales,Orders,Sales,Orders\n",  # merged cells that were filled
    ],
)
@pytest.mark.parametrize("above", ["", "Report\n\n"])
def test_two_rows_are_one_header(tmp_path, header, above):
    reading = kit.read(tmp_path, above + header + "North,1.5,2,3.5,4\nSouth,5,6,7,8\n")
    assert reading.tables[0].columns == COLUMNS
    assert kit.rows(reading) == [("North", "1.5", "2", "3.5", "4"), ("South", "5", "6", "7", "8")]
    assert reading.sheets[0].header_line == (3 if above else 1)
    assert [note.key for note in reading.notes] == ["reading.header_rows"]
    assert reading.books.records == (4 if above else 2)


def test_a_damaged_line_below_two_rows_keeps_its_number(tmp_path):
    rows = "Region,2024,,2025,\n,Sales,Orders,Sales,Orders\nNorth,1.5,2,3.5,4\nSouth,5,6,7\n"
    reading = kit.read(tmp_path, rows)
    assert [(bad.record, bad.line) for bad in reading.rejected] == [(2, 4)]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Name,,Team\nAnn,x,North\nBo,y,South\n", ("Name", "Column 2", "Team")),
        (",Name,Amount\n0,Ann,5\n1,Bo,6\n", ("Column 1", "Name", "Amount")),
        ("Name,Amount,\nAnn,5,\nBo,6,late\n", ("Name", "Amount", "Column 3")),
        ("Name,,Amount\nAnn,x,unknown\nBo,y,5\n", ("Name", "Column 2", "Amount")),
        ("Sales,Sales\n1,2\n3,4\n", ("Sales", "Sales (2)")),
        ("x\nid,id\n1,2\n3,4\n", ("id", "id (2)")),
    ],
)
def test_a_first_row_is_no_second_header(tmp_path, text, columns):
    assert kit.read(tmp_path, text).tables[0].columns == columns


def test_a_given_header_line_is_not_questioned(tmp_path):
    text = "Region,2024,,2025,\n,Sales,Orders,Sales,Orders\nNorth,1.5,2,3.5,4\n"
    reading = kit.read(tmp_path, text, header_line=1)
    assert reading.tables[0].columns == ("Region", "2024", "Column 3", "2025", "Column 5")
    assert reading.books.rows == 2


def test_a_title_above_labels_that_repeat_is_no_group(tmp_path):
    labels = ("작성일자", "상호", "대표자", "주소", "상호", "대표자", "합계금액", "품목명")
    row = "2024-03-05,가나,김,서울,다라,이,1100,시약\n"
    content = f"매출 목록조회,,,,,,,대표 품목\n{','.join(labels)}\n{row}{row}"
    (table,) = kit.read(tmp_path, content).tables
    assert table.columns == (*labels[:4], "상호 (2)", "대표자 (2)", *labels[6:])
