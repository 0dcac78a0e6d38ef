"""R01 to R03: workbooks hold what is shown, and nothing that would be run."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types

from salesdash.commands.workbooks import xlsx


def read(columns, rows):
    sheet = load_workbook(BytesIO(xlsx(columns, rows, "Answer")))["Answer"]
    return sheet, [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_values_keep_their_kind():
    row = (
        1,
        Decimal("1234.5000"),
        0.25,
        True,
        date(2026, 1, 5),
        datetime(2026, 1, 5, 10, 30),
        None,
    )
    sheet, found = read(list("abcdefg"), [row])
    moment = datetime(2026, 1, 5, 10, 30)
    assert found[1] == [1, 1234.5, 0.25, True, datetime(2026, 1, 5), moment, None]
    assert [sheet["E2"].number_format, sheet["F2"].number_format] == [
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm:ss",
    ]
    assert sheet.freeze_panes == "A2"


def test_nothing_is_run_nor_followed():
    texts = ["=1+1", "+1", "-2", "@SUM(A1)", '=HYPERLINK("http://host")', "http://host/x", "{=1}"]
    sheet, found = read(["=cmd()"], [[text] for text in texts])
    assert [line[0] for line in found] == ["=cmd()", *texts]
    assert {sheet.cell(n, 1).data_type for n in range(1, len(texts) + 2)} == {"s"}
    assert all(sheet.cell(n, 1).hyperlink is None for n in range(1, len(texts) + 2))
    assert read(["n"], [[-2], [Decimal("-2.5")]])[1][1:] == [[-2], [-2.5]]


def test_what_a_workbook_would_change_stays_a_text():
    odd = (10**30, Decimal("12345678901234.5678"), float("inf"), date(1850, 1, 1), "长" * 40_000)
    (_, (_, found)) = read(list("abcde"), [odd])
    assert found[:4] == [str(10**30), "12345678901234.5678", "inf", "1850-01-01"]
    assert len(found[4]) == 32_767
    early = read(["a"], [[datetime(1850, 1, 1, 10)]])[1][1]
    assert early == ["1850-01-01T10:00:00"]
