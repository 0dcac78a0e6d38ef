import pytest

from salesdash.errors import FileError
from salesdash.ingest.files import dialect
from salesdash.ingest.reading import Books
from tests.ingest import kit

WANT = [("1", "2024-01-05", "Ann", "10.50"), ("2", "2024-01-06", "Bob", "20.00")]


def table(cut: str, end: str = "\n") -> str:
    lines = [("id", "date", "name", "amount"), *WANT]
    return "".join(cut.join(line) + end for line in lines)


@pytest.mark.parametrize("cut", [",", ";", "\t", "|", "^", "~", " ", ":"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end(tmp_path, cut, end):
    reading = kit.read(tmp_path, table(cut, end))
    assert reading.delimiter == cut
    assert kit.rows(reading) == WANT
    assert reading.books == Books(2, 2)


def test_a_clean_csv_stays_the_file_it_is(tmp_path):
    reading = kit.read(tmp_path, table(","))
    assert reading.tables[0].kind == "csv"
    assert reading.tables[0].path == str(tmp_path / "a.csv")


def test_mixed_line_ends(tmp_path):
    reading = kit.read(tmp_path, "id,date,amount\r\n1,2024-01-05,2\n2,2024-01-06,3\r\n")
    assert reading.tables[0].kind == "text"
    assert kit.rows(reading) == [("1", "2024-01-05", "2"), ("2", "2024-01-06", "3")]


def test_a_sep_line_names_the_delimiter(tmp_path):
    reading = kit.read(tmp_path, "sep=;\na;b;c\n1,5;2;3\n")
    assert kit.rows(reading) == [("1,5", "2", "3")]
    assert reading.books == Books(2, 1, outside=1)
    assert dialect.separator_line("sep=\t") == "\t"
    assert dialect.separator_line("september") is None


def test_a_sep_line_above_a_damaged_table(tmp_path):
    text = "sep=,\na,b,c\n1,2024-01-05,3\n1,2\n" + "2,2024-01-05,4\n" * 6
    reading = kit.read(tmp_path, text)
    assert reading.books == Books(9, 7, rejected=1, outside=1)


def test_given_delimiter_and_quote_are_not_questioned(tmp_path):
    reading = kit.read(tmp_path, "a|b,c\n1|2,'3|4'\n", delimiter=",", quote="'")
    assert kit.rows(reading) == [("1|2", "3|4")]


@pytest.mark.parametrize(
    ("above", "outside", "blank"),
    [
        ("Sales report\n\n", 1, 1),
        ("Report,,,\n,,,\n", 1, 1),
        ("Company: X\nPrinted 2024-02-01\n", 2, 0),
    ],
)
def test_lines_above_the_header_are_outside(tmp_path, above, outside, blank):
    reading = kit.read(tmp_path, above + table(","))
    assert kit.rows(reading) == WANT
    assert reading.books == Books(2 + outside + blank, 2, blank=blank, outside=outside)
    assert reading.sheets[0].header_line == 3


def test_total_rows_repeated_headers_blank_lines_and_a_footnote(tmp_path):
    lines = [
        "id,date,name,amount",
        "1,2024-01-05,Ann,10",
        "合计,,,10",
        "",
        "id,date,name,amount",
        "2,2024-01-06,Bob,20",
        ",,,",
        "3,2024-01-07,Cat,30",
        "4,2024-01-08,Dan,40",
        "Grand Total:,,,100",
        ",,,100",
        "Printed by the system,,,",
    ]
    reading = kit.read(tmp_path, "\n".join(lines) + "\n")
    assert [row[0] for row in kit.rows(reading)] == ["1", "2", "3", "4"]
    assert reading.books == Books(11, 4, blank=2, totals=3, repeated_headers=1, outside=1)


def test_a_customer_called_total_is_a_customer(tmp_path):
    text = "customer,date,amount\nTotal,2024-01-05,10\nShell,2024-01-06,20\n"
    assert kit.read(tmp_path, text).books == Books(2, 2)


def test_loose_rows_between_others_stay_rows(tmp_path):
    text = table(",") + ",,,5\n" + "3,2024-01-07,Cat,30\n"
    reading = kit.read(tmp_path, text + "4,2024-01-07,Dan,\n")
    assert reading.books == Books(5, 5)


def test_many_loose_rows_are_no_footer(tmp_path, monkeypatch):
    monkeypatch.setattr("salesdash.ingest.files.walk.LOOSE", 2)
    text = "a,b,c,d\n" + "x,2024-01-05,z,1\n" * 390 + "note,,,\n" * 5
    assert kit.read(tmp_path, text).books == Books(395, 393, outside=2)


def test_a_second_table_is_left_out_and_said(tmp_path):
    text = table(",") + "region,manager\nNorth,Ann\nSouth,Bob\n"
    reading = kit.read(tmp_path, text)
    assert kit.rows(reading) == WANT
    assert reading.books == Books(5, 2, outside=3)
    assert [(n.key, n.values) for n in reading.notes] == [("reading.second_table", {"line": 4})]


def test_a_short_line_like_a_header_is_a_damaged_line(tmp_path):
    text = table(",") + "Cat,Dan\n3,2024-01-07,Eve,1\n"
    reading = kit.read(tmp_path, text)
    assert [(r.line, r.reason) for r in reading.rejected] == [(4, "reject.too_few_cells")]
    assert reading.books == Books(4, 3, rejected=1)


def test_short_long_and_misquoted_lines_are_named(tmp_path):
    text = (
        table(",")
        + '3,2024-01-07\n4,2024-01-08,Eve,5,6,7\n5,2024-01-09,"Fay,8\n'
        + "6,2024-01-10,Gus,9\n"
    )
    reading = kit.read(tmp_path, text)
    assert [(r.record, r.line, r.reason) for r in reading.rejected] == [
        (3, 4, "reject.too_few_cells"),
        (4, 5, "reject.too_many_cells"),
    ]
    assert [(r.line, r.reason) for r in reading.repaired] == [(6, "repair.quotes")]
    assert reading.rejected[0].cells == ("3", "2024-01-07")
    assert reading.books == Books(6, 4, rejected=2)
    assert reading.tables[0].bad_lines is not None


def test_a_quote_that_cannot_be_understood(tmp_path):
    text = 'a,b,c\n1,"x"y,"z"w,2\n' + "1,2,3\n" * 5
    assert [r.reason for r in kit.read(tmp_path, text).rejected] == ["reject.quotes"]


def test_a_delimiter_too_many_at_the_end_of_one_row_is_seen(tmp_path):
    """DuckDB takes such a row without a word and shifts its cells."""
    text = "id,code,date,amount\n" + "1,A-1,2024-01-05,10\n" * 8 + "2,,A-2,2024-01-05,11\n"
    reading = kit.read(tmp_path, text)
    assert kit.rows(reading)[-1] == ("2", "A-2", "2024-01-05", "11")
    assert [r.reason for r in reading.repaired] == ["repair.extra_separator"]


def test_quoted_delimiters_are_no_delimiters_too_many(tmp_path):
    text = 'id,date,name\n1,2024-01-05,"Smith, Ann"\n2,2024-01-06,Bob\n'
    reading = kit.read(tmp_path, text)
    assert reading.tables[0].kind == "csv"
    assert kit.rows(reading)[0][2] == "Smith, Ann"


def test_quoted_line_ends(tmp_path):
    text = 'a,b,c\r\n1,"two\r\nlines",3\r\n4,5,6\r\n'
    assert kit.rows(kit.read(tmp_path, text)) == [("1", "two\r\nlines", "3"), ("4", "5", "6")]
    as_excel = text.replace("two\r\n", "two\n")
    assert kit.rows(kit.read(tmp_path, as_excel)) == [("1", "two\nlines", "3"), ("4", "5", "6")]


@pytest.mark.parametrize("text", [",,\n,,\n", " \n\t\n", "\n\n\n", "\ufeff", "\x00\x00"])
def test_nothing_but_space_is_empty(tmp_path, text):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, text)
    assert error.value.key == "file.empty"


def test_a_header_alone_reads_as_no_rows(tmp_path):
    reading = kit.read(tmp_path, "order date,amount\n")
    assert reading.tables[0].columns == ("order date", "amount")
    assert reading.books == Books(0, 0)


def test_a_table_without_header(tmp_path):
    reading = kit.read(tmp_path, "2024-01-05,Ann,10.5\n2024-01-06,Bob,20.5\n")
    assert reading.tables[0].columns == ("Column 1", "Column 2", "Column 3")
    assert [note.key for note in reading.notes] == ["reading.no_header"]
    assert reading.books == Books(2, 2)


def test_years_may_be_labels(tmp_path):
    reading = kit.read(tmp_path, "Region,2023,2024\nNorth,1.5,2.5\n")
    assert reading.tables[0].columns == ("Region", "2023", "2024")


def test_a_given_header_line(tmp_path):
    text = "x,y,z\na,b,c\n1,2,3\n"
    assert kit.read(tmp_path, text, header_line=2).tables[0].columns == ("a", "b", "c")
    assert kit.read(tmp_path, text, header_line=0).books == Books(3, 3)
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, text, header_line=77)
    assert error.value.key == "file.no_such_header_line"


def test_repeated_and_empty_labels_are_named_visibly(tmp_path):
    reading = kit.read(tmp_path, "id,Name,,name\n1,a,b,c\n")
    assert reading.tables[0].columns == ("id", "Name", "Column 3", "name (2)")


def test_a_label_too_many_or_too_few(tmp_path):
    body = "1,2024-01-05,3\n" * 5
    reading = kit.read(tmp_path, "id,,date,amount\n" + body)
    assert reading.tables[0].columns == ("id", "date", "amount")
    assert [note.key for note in reading.notes] == ["reading.header_repaired"]
    for header in ("rowday,amount\n", "id,date,name,amount\n"):
        with pytest.raises(FileError) as error:
            kit.read(tmp_path, header + body)
        assert error.value.key == "file.header_width"
        assert error.value.place.line == 1


def test_rows_that_end_in_a_delimiter(tmp_path):
    reading = kit.read(tmp_path, "date,customer,amount\n" + "2024-01-05,Ann,3,\n" * 3)
    assert reading.tables[0].columns == ("date", "customer", "amount", "Column 4")


def test_blank_lines_at_the_end(tmp_path):
    reading = kit.read(tmp_path, table(",") + "\n\n")
    assert reading.books == Books(4, 2, blank=2)
    assert reading.tables[0].kind == "csv"


def test_no_line_end_at_the_end(tmp_path):
    assert kit.read(tmp_path, table(",").rstrip("\n")).books == Books(2, 2)


def test_zero_bytes_are_left_out_and_said(tmp_path):
    reading = kit.read(tmp_path, "a,b\n1,2\x00\n")
    assert kit.rows(reading) == [("1", "2")]
    assert [note.key for note in reading.notes] == ["reading.zero_bytes"]


def test_too_many_columns(tmp_path):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, ",".join(f"c{i}" for i in range(2001)) + "\n")
    assert error.value.key == "file.too_many_columns"


@pytest.mark.parametrize("end", ["total,,5\n", "1,2024-01-05,\n,,5\n"])
def test_a_footer_keeps_a_clean_csv_from_the_fast_way(tmp_path, end):
    text = "id,date,amount\n" + "1,2024-01-05,2\n" * 3 + end
    reading = kit.read(tmp_path, text)
    assert reading.tables[0].kind == "text"
    assert reading.books.totals == 1
