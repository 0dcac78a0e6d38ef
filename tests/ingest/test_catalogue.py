"""Cases that files in the wild have broken readers with: files (F) and text (T)."""

import re
import unicodedata
import zipfile
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from salesdash import texts
from salesdash.errors import DataRefused, FileError
from salesdash.ingest import ReadOptions, read
from salesdash.ingest.cleaning import spelling
from salesdash.ingest.files.encoding import Marks
from salesdash.ingest.reading import Books
from tests.ingest import kit

HEAD = ["Order", "Date", "Amount"]
CSV = "Order,Date,Amount\nSO-1,2024-01-05,12.5\n"


def refused(folder, content, name="a.csv", **options) -> FileError:
    with pytest.raises(FileError) as error:
        kit.read(folder, content, name, **options)
    return error.value


# --- F: files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\n\n\r\n", b" "])
def test_f01_nothing_in_it(tmp_path, content):
    assert refused(tmp_path, content).key == "file.empty"


@pytest.mark.parametrize(
    ("keep", "key"), [(-1, "file.damaged"), (-10, "file.damaged"), (40, "file.damaged")]
)
def test_f06_a_parquet_file_that_was_cut_off(tmp_path, keep, key):
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()[:keep]
    assert refused(tmp_path, content, "b.parquet").key == key


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/x.csv",
        "CON.csv",
        "a" * 300 + ".csv",
        "two\nlines.csv",
        "📈.csv",
        "\u202egpj.csv",
        'a"b.csv',
    ],
)
def test_f08_a_name_is_only_a_name(tmp_path, name):
    path = kit.write(tmp_path, CSV)
    reading = read(path, name, ReadOptions(), tmp_path / "out")
    assert (reading.file, kit.rows(reading)) == (name, [("SO-1", "2024-01-05", "12.5")])
    path.write_bytes(b"")
    with pytest.raises(FileError) as error:
        read(path, name, ReadOptions(), tmp_path / "out")
    assert error.value.place.file == name
    assert not (tmp_path.parent / "etc").exists()


@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/passwd"', '"&c;&c;"'])
def test_f12_entities_in_a_workbook(tmp_path, entity):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        out.add_worksheet("A").write_row(0, 0, ["Order", "Amount"])
    evil = tmp_path / "b.xlsx"
    doctype = f'<!DOCTYPE sst [<!ENTITY c "x"><!ENTITY a {entity}>]>'.encode()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(evil, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/sharedStrings.xml":
                data = data.replace(b"<sst", doctype + b"<sst", 1).replace(b"Order", b"&a;")
            target.writestr(name, data)
    error = refused(tmp_path, evil)
    assert error.key == "file.damaged"
    assert "root:" not in str(error)


def test_f13_many_sheets_odd_names_and_hidden_ones(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        for number in range(220):
            sheet = out.add_worksheet("'; drop table x--"[1:] if not number else f"S{number}")
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, [f"SO-{number}", "2024-01-05", number])
            if number == 1:
                sheet.very_hidden()
    reading = kit.read(tmp_path, path)
    assert (reading.books.rows, reading.sheets[0].name) == (200, "; drop table x--")
    assert "S1" not in [sheet.name for sheet in reading.sheets]
    assert len(reading.unread) == 20
    said = {note.key: note.values for note in reading.notes}
    assert said["reading.hidden_sheets"] == {"sheets": "S1"}
    assert said["reading.more_sheets"] == {"count": 19, "limit": 200}


def test_f02_a_header_alone_is_no_import(tmp_path):
    with pytest.raises(DataRefused) as error:
        kit.cleaned(tmp_path, "Order,Date,Amount\n")
    assert error.value.key == "data.no_rows"


def test_f14_a_title_spacer_columns_and_a_total(tmp_path):
    rows = [
        ["Sales 2024"],
        [],
        ["Order", "", "Date", "", "Customer", "Amount"],
        ["SO-1", "", "2024-01-05", "", "Ann", 12.5],
        ["SO-2", "", "2024-01-06", "", "Bo", 7.5],
        ["Total", "", "", "", "", 20],
    ]
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("A")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    assert kit.read(tmp_path, path).books == Books(5, 2, blank=1, totals=1, outside=1)
    found = kit.column(kit.cleaned(tmp_path, path), "document", "customer", "amount")
    assert found == [("SO-1", "Ann", Decimal("12.5")), ("SO-2", "Bo", Decimal("7.5"))]


@pytest.mark.parametrize(
    ("written", "amounts", "rejected"),
    [
        (
            ["'1,234.50", "1\u00a0234.5", "1 234.5 ", "\u2019 7", "(1,000.00)", "twelve"],
            ["1234.5", "1234.5", "1234.5", "7", "-1000"],
            "twelve",
        ),
        (
            ["'1.234,50", "'7,5", "1\u00a0234,5", "1\u202f000,25", "12,,5"],
            ["1234.5", "7.5", "1234.5", "1000.25"],
            "12,,5",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_f18_numbers_stored_as_text(tmp_path, kind, written, amounts, rejected):
    rows = [[f"SO-{n}", "2024-01-05", cell] for n, cell in enumerate(written)]
    if kind == "csv":
        path = kit.write(tmp_path, "\n".join(";".join(row) for row in [HEAD, *rows]))
    else:
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as out:
            sheet = out.add_worksheet("A")
            for number, row in enumerate([HEAD, *rows]):
                sheet.write_row(number, 0, row)
    result = kit.cleaned(tmp_path, path)
    assert kit.column(result, "amount") == [Decimal(amount) for amount in amounts]
    assert [(group.count, group.example) for group in result.rejects] == [(1, rejected)]


def test_f19_formatted_rows_without_values_are_no_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet, bold = out.add_worksheet("A"), out.add_format({"bold": True})
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["SO-1", "2024-01-05", 12.5])
        for row in range(2, 20_000):
            sheet.write_blank(row, 0, None, bold)
    assert kit.read(tmp_path, path).books == Books(1, 1)


def test_f26_parquet_of_all_sorts(tmp_path):
    moment = datetime(2024, 1, 5, 13, 30)
    table = pa.table(
        {
            "select": pa.array(["SO-1", None]),
            "exact": pa.array([Decimal("12345678901234567890.5"), None], pa.decimal128(38, 10)),
            "at": pa.array([moment, None], pa.timestamp("us")),
            "nested": pa.array([{"a": 1}, None]),
            "list": pa.array([[1, 2], None]),
            'a"b': pa.array([1.0, None]),
        }
    )
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, use_deprecated_int96_timestamps=True)
    reading = kit.read(tmp_path, path)
    assert reading.tables[0].columns[0] == "select"
    first, second = kit.rows(reading)
    assert first[:3] == ("SO-1", "12345678901234567890.5", "2024-01-05 13:30:00")
    assert first[5] == "1"
    assert second == ("",) * 6
    pq.write_table(table.slice(0, 0), path)
    assert kit.read(tmp_path, path).books == Books(0, 0)


# --- T: text ----------------------------------------------------------------------------------


def test_t05_one_byte_of_another_encoding_far_below(tmp_path):
    lines = [f"SO-{n},2024-01-05,名称{n}" for n in range(12_000)]
    content = "\n".join(["Order,Date,Customer", *lines]).encode()
    broken = content.replace("名称9997".encode(), b"\xff\xfe", 1)
    error = refused(tmp_path, broken)
    assert (error.key, error.place.line) == ("file.mixed_encodings", 9999)
    for lang in texts.LANGUAGES:
        assert "9999" in texts.error(error, lang)
    reading = kit.read(tmp_path, broken, encoding="utf-8")
    assert reading.books.rows == 12_000
    assert [n.values for n in reading.notes if n.key == "reading.replaced_characters"] == [
        {"count": 2}
    ]


def test_t07_joiners_that_belong_to_a_name_stay(tmp_path):
    names = ["👩\u200d👩\u200d👧 Toys", "شرکت می\u200cخواهم", "ශ්\u200dරී", "䶮㐀镕喆𠀀 🎉"]
    rows = "".join(f"2024-01-05,5,{name}\n" for name in names)
    assert kit.column(kit.cleaned(tmp_path, f"Date,Amount,Customer\n{rows}"), "customer") == names


@pytest.mark.parametrize(
    ("name", "writings"),
    [
        ("Café Zoë", [unicodedata.normalize("NFD", "Café Zoë"), "Café\u00a0Zoë", "Café Zoë  "]),
        ("株式会社ガス", [unicodedata.normalize("NFD", "株式会社ガス"), "株式会社ｶﾞｽ"]),
        ("한국전력", [unicodedata.normalize("NFD", "한국전력")]),
        ("A123 公司", ["Ａ１２３　公司", "A1\u200b23 公司", "\ufeffA123 公司", " A123\u200d 公司"]),
    ],
)
def test_t08_one_name_in_many_writings_is_one_customer(tmp_path, name, writings):
    rows = "".join(f"2024-01-05,5,{each}\n" for each in (name, *writings))
    result = kit.cleaned(tmp_path, f"Date,Amount,Customer\n{rows}")
    assert set(kit.column(result, "customer")) == {name}
    found = {seen for kept, seen in result.spellings if kept == name}
    assert found == {each for each in writings if each.strip(" ") != name}


def test_t08_no_character_with_another_form_is_passed_over():
    forms, missed = re.compile(spelling.OTHER_FORMS), []
    for number in (*range(128, 0xD800), *range(0xE000, 0x110000)):
        sign = chr(number)
        joined = unicodedata.normalize("NFD", sign)[1:]
        parts = [sign] if unicodedata.normalize("NFKC", sign) != sign else joined
        missed += [part for part in parts if not forms.match(part)]
    assert missed == []


def test_t08_text_of_one_form_holds_no_character_with_another():
    signs: dict[int, list[str]] = {}
    for number in (*range(128, 0xD800), *range(0xE000, 0x110000)):
        signs.setdefault(chr(number).encode()[0], []).append(chr(number))
    texts = ["".join(group) for group in signs.values()]
    plain = [text for text in texts if Marks().plus(text.encode()).one_form]
    assert "é" in "".join(plain)
    assert "客" in "".join(plain)
    assert not re.search(spelling.OTHER_FORMS, "".join(plain))


@pytest.mark.parametrize("sign", ["\x0b", "\x1c", "\x85", "\u2028", "\x1f"])
def test_t10_control_characters_part_no_line(tmp_path, sign):
    reading = kit.read(tmp_path, f'Order,Customer,Amount\nSO-1,A{sign}nn,1\n"SO-2",Bo,2,\n')
    assert kit.rows(reading)[0][1] == f"A{sign}nn"
    assert reading.books.records == 2


def test_t10_a_lone_surrogate_is_no_utf_16(tmp_path):
    content = "Order,Amount\nSO-1,1\n".encode("utf-16") + b"\x00\xd8,\x00"
    assert refused(tmp_path, content).key == "file.mixed_encodings"


def test_t11_words_for_nothing_are_nothing_among_numbers_and_words_among_names(tmp_path):
    words = ["NULL", "null", "N/A", "NA", "-", "无"]
    rows = "".join(f"2024-01-05,{word},{word},5\n" for word in [*words, '""', "", "7"])
    result = kit.cleaned(tmp_path, f"Date,Customer,Qty,Amount\n{rows}")
    assert kit.column(result, "customer") == [*words, None, None, "7"]
    assert kit.column(result, "quantity") == [None] * 8 + [7]
    said = {warning.key: warning.values for warning in result.warnings}
    assert said["cleaning.blank_words"] == {"column": "Qty", "words": "-, N/A, NA, NULL, null, 无"}
    assert said["cleaning.without_customer"] == {"count": 2}


def test_t12_long_notes_and_names_from_right_to_left(tmp_path):
    note, name = "x" * 10_000, "شركة \u202bالتجارة"
    text = f'Order,Customer,Note,Amount\nSO-1,{name},{note},1\nSO-2,Bo,"two\nlines",2\n'
    assert kit.rows(kit.read(tmp_path, text)) == [
        ("SO-1", name, note, "1"),
        ("SO-2", "Bo", "two\nlines", "2"),
    ]
