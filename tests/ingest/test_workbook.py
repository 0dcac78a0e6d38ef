import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from salesdash.errors import FileError
from salesdash.ingest import propose_all
from salesdash.ingest.files import book, uniting
from salesdash.ingest.reading import Books, Reading, ReadOptions
from tests.ingest import books, kit


def workbook(folder, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()):
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as out:
        for name, table in sheets.items():
            sheet = out.add_worksheet(name)
            for number, line in enumerate(table):
                for place, value in enumerate(line):
                    if value is not None:
                        sheet.write(number, place, value)
            if name in hidden:
                sheet.hide()
    return path


HEAD: list[object] = ["Order", "Date", "Customer", "Qty", "Amount"]


def line(number: int, amount: float = 2.5) -> list[object]:
    return [f"SO-{number}", date(2024, 1, number), "Ann", 3, amount]


def test_numbers_and_dates_come_as_exact_text(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, line(1, 0.1 + 0.2), line(2, 1e20), line(3, 7.0)]})
    assert kit.rows(kit.read(tmp_path, path)) == [
        ("SO-1", "2024-01-01", "Ann", "3", "0.3"),
        ("SO-2", "2024-01-02", "Ann", "3", "100000000000000000000"),
        ("SO-3", "2024-01-03", "Ann", "3", "7"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (1.0, "1"),
        (0.1, "0.1"),
        (" a ", "a"),
        (datetime(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5, 10, 30), "2024-01-05 10:30:00"),
        (date(2024, 1, 5), "2024-01-05"),
        (time(10, 30), "10:30:00"),
        (timedelta(hours=1), "1:00:00"),
        (7, "7"),
    ],
)
def test_a_cell_as_text(value, text):
    assert book.as_text(value) == text


def test_equal_sheets_are_one_table_also_where_one_lacks_a_column(tmp_path):
    short: list[list[object]] = [[*HEAD[:4], "Note", "Amount"], [*line(1)[:4], "x", 2.5]]
    full: list[list[object]] = [[*HEAD, "Note"], [*line(2), "y"]]
    path = workbook(tmp_path, {"Jan": [HEAD, line(1)], "Feb": full, "Mar": short})
    reading = kit.read(tmp_path, path)
    assert reading.tables[0].columns == (*HEAD, "Note")
    assert kit.rows(reading) == [
        ("SO-1", "2024-01-01", "Ann", "3", "2.5", ""),
        ("SO-2", "2024-01-02", "Ann", "3", "2.5", "y"),
        ("SO-1", "2024-01-01", "Ann", "3", "2.5", "x"),
    ]
    assert reading.tables[0].sheets == (0, 1, 2)
    assert [sheet.name for sheet in reading.sheets] == ["Jan", "Feb", "Mar"]
    assert [note.key for note in reading.notes] == ["reading.united_sheets"]


def test_other_sheets_are_other_tables():
    assert uniting.groups({"a": ("x", "y"), "b": ("p",), "c": ("Y", "X "), "d": ("x", "z")}) == [
        ("a", "c"),
        ("b",),
        ("d",),
    ]


def test_hidden_sheets_are_left_out_and_said(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, line(1)], "B": [HEAD, line(2)]}, hidden=("B",))
    reading = kit.read(tmp_path, path)
    assert [(n.key, n.values) for n in reading.notes] == [
        ("reading.hidden_sheets", {"sheets": "B"})
    ]
    assert reading.books == Books(1, 1)


def test_a_named_sheet_is_read_even_if_hidden(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, line(1)], "B": [HEAD, line(2)]}, hidden=("B",))
    reading = kit.read(tmp_path, path, sheet="b")
    assert kit.rows(reading)[0][0] == "SO-2"
    assert reading.sheets[0].hidden
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path, sheet="C")
    assert error.value.values["sheets"] == "A, B"


def test_preamble_totals_blank_rows_and_a_far_header(tmp_path):
    rows: list[list[object]] = [
        ["Report"],
        [],
        [None, *HEAD],
        *([None, *line(i)] for i in range(1, 7)),
    ]
    rows += [[None, "Total", None, None, 18, 15], [], [None, "printed by x"]]
    reading = kit.read(tmp_path, workbook(tmp_path, {"A": rows}))
    assert reading.books == Books(11, 6, blank=2, totals=1, outside=2)
    assert reading.sheets[0].header_line == 3


def test_error_cells_are_empty_and_counted(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, ["SO-1", "#N/A", "Ann", 1, "#DIV/0!"], line(2)]})
    reading = kit.read(tmp_path, path)
    assert kit.rows(reading)[0] == ("SO-1", "", "Ann", "1", "")
    assert [(n.key, n.values) for n in reading.notes] == [("reading.error_cells", {"count": 2})]


def test_a_date_is_the_same_in_both_date_systems(tmp_path):
    found = []
    for is_1904 in (False, True):
        path = tmp_path / f"{is_1904}.xlsx"
        with xlsxwriter.Workbook(path, {"date_1904": is_1904}) as out:
            day = out.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            sheet = out.add_worksheet("A")
            sheet.write_row(0, 0, ["Order", "Date", "Paid", "Amount"])
            sheet.write(1, 0, "SO-1")
            sheet.write_datetime(1, 1, datetime(2024, 1, 5, 13, 30), day)
            sheet.write_boolean(1, 2, True)
            sheet.write_string(1, 3, "1,234.50")
        found.append(kit.rows(kit.read(tmp_path, path)))
        slow = list(book.Book(book.Openpyxl(path)).records("A"))
        assert tuple(slow[1].cells) == found[-1][0]
    assert found[0] == found[1] == [("SO-1", "2024-01-05 13:30:00", "TRUE", "1,234.50")]


def test_text_merged_over_rows_stands_in_each_and_numbers_do_not(tmp_path):
    """A total that is repeated would add up to three times itself."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("A")
        sheet.write_row(0, 0, ["Region", "Product", "Amount", "Order total"])
        for row, product in enumerate(("Tea", "Cup", "Mug", "Jar"), start=1):
            sheet.write_row(row, 1, [product, row])
        sheet.merge_range(1, 0, 3, 0, "North")
        sheet.write_row(4, 0, ["South", "Jar", 4, 4])
        sheet.merge_range(1, 3, 3, 3, 6)
    reading = kit.read(tmp_path, path)
    assert kit.rows(reading) == [
        ("North", "Tea", "1", "6"),
        ("North", "Cup", "2", ""),
        ("North", "Mug", "3", ""),
        ("South", "Jar", "4", "4"),
    ]


def test_codes_that_a_workbook_cannot_hold_are_said(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, [123456789012345678, *line(1)[1:]]]})
    reading = kit.read(tmp_path, path)
    assert kit.rows(reading)[0][0] == "123456789012345700"
    assert [(n.key, n.values) for n in reading.notes] == [("reading.long_numbers", {"count": 1})]


def test_opendocument_and_binary_workbooks(tmp_path):
    rows: list = [["Order", "Date", "Amount"], ["SO-1", "2024-01-05", 12.5], ["SO-2", None, 3.0]]
    want = [("SO-1", "2024-01-05", "12.5"), ("SO-2", "", "3")]
    reading = kit.read(tmp_path, books.ods(tmp_path / "a.ods", {"Jan": rows, "Feb": rows}))
    assert kit.rows(reading) == want * 2
    assert [note.key for note in reading.notes] == ["reading.united_sheets"]
    reading = kit.read(tmp_path, books.xlsb(tmp_path / "a.xlsb", rows))
    assert (kit.rows(reading), reading.sheets[0].name) == (want, "Orders")


def test_an_encrypted_opendocument_file(tmp_path):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, books.ods(tmp_path / "a.ods", {"A": [["x"]]}, encrypted=True))
    assert error.value.key == "file.encrypted"


def test_an_empty_workbook(tmp_path):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, workbook(tmp_path, {"A": [], "B": []}))
    assert error.value.key == "file.empty"


def test_a_truncated_workbook(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, line(1)]})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path)
    assert error.value.key == "file.damaged"


@pytest.mark.parametrize("reader", [book.Calamine, book.Openpyxl])
def test_a_workbook_without_its_parts(tmp_path, reader):
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(FileError) as error:
        reader(path)
    assert error.value.key == "file.damaged"


def test_the_second_reader_reads_the_same(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, line(1), [], line(2)], "B": [["x"]]}, hidden=("B",))
    one, other = book.Book(book.Calamine(path)), book.Book(book.Openpyxl(path))
    assert (one.names, one.hidden) == (other.names, other.hidden)
    fast = [record.cells for record in one.records("A")]
    slow = [record.cells for record in other.records("A")]
    assert [cells for cells in fast if any(cells)] == [cells for cells in slow if cells]


def test_damaged_rows_of_sheets_keep_their_place(tmp_path):
    """A worksheet has no short rows; what is missing shows when the row is cleaned."""
    reading = kit.read(tmp_path, workbook(tmp_path, {"A": [HEAD, line(1), ["SO-2"], line(3)]}))
    assert kit.rows(reading)[1] == ("SO-2", "", "", "", "")
    assert Reading.from_json(reading.to_json()) == reading
    assert ReadOptions.from_json(ReadOptions(sheet="A").to_json()) == ReadOptions(sheet="A")


def test_cells_without_a_value_are_counted(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("A")
        for place, label in enumerate(HEAD):
            sheet.write(0, place, label)
        for place, value in enumerate(["SO-1", "2024-01-05", "Ann", 1]):
            sheet.write(1, place, value)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 4, "=1+1", None, "")
    monkeypatch.setattr(book, "PIECE", 50)
    assert book.valueless(path) == (1, 1)
    reading = kit.read(tmp_path, path)
    notes = [(note.key, note.values) for note in reading.notes]
    assert notes == [
        ("reading.error_cells", {"count": 1}),
        ("reading.formulas_without_value", {"count": 1}),
    ]
    assert book.valueless(kit.write(tmp_path, b"no zip", "a.xls")) == (0, 0)


def test_a_sheet_that_is_not_the_first_keeps_its_name(tmp_path):
    sheets = {"Cover": [], "Old": [HEAD, line(1)], "Feb": [HEAD, line(2), line(3)]}
    reading = kit.read(tmp_path, workbook(tmp_path, sheets, hidden=("Old",)))
    assert [sheet.name for sheet in reading.sheets_of(reading.tables[0])] == ["Feb"]
    assert (reading.unread, reading.hidden) == (("Cover", "Old"), ("Old",))
    (mapping,) = propose_all(reading)
    assert mapping.dataset == "sales"
