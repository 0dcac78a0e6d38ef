import gzip
import io
import zipfile

import pytest

from salesdash.errors import FileError
from salesdash.ingest.files import kinds
from tests.ingest import kit

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"0" * 100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><p>", "file.is_html"),
        (b"<table><tr><td></td></tr></table>", "file.is_html"),
        (b'<?xml version="1.0"?><html xmlns:x="urn"/>', "file.is_html"),
        (b'<?xml version="1.0"?><Workbook/>', "file.is_xml"),
        (zipped("word/document.xml"), "file.is_document"),
        (b"PK\x03\x04 cut off", "file.damaged"),
        (b"%PDF-1.7", "file.is_pdf"),
        (b"\xff\xd8\xff\xe0 jpg", "file.is_image"),
        (b"\x89PNG\r\n", "file.is_image"),
        (b"SQLite format 3\x00", "file.is_sqlite"),
        (b"7z\xbc\xaf\x27\x1c", "file.is_archive"),
        (b"{\\rtf1}", "file.is_document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file.encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "file.is_document"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(tmp_path, content, key):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, content, "orders.csv")
    assert error.value.key == key


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PAR1....PAR1", "parquet"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (b"\x09\x08\x10\x00\x00\x06", "xls"),
        (zipped("xl/workbook.bin"), "xlsb"),
        (zipped("mimetype", "content.xml"), "ods"),
        (zipped("workbook.xml", "[Content_Types].xml"), "xlsx"),
        (zipped("xl\\workbook.xml"), "xlsx"),
        (OLE + "WORKBOOK".encode("utf-16-le"), "xls"),
        (zipped("a.csv"), "zip"),
        (gzip.compress(b"a,b", mtime=0), "gz"),
        (b"a,b\n1,2\n", "csv"),
        (b"{not json", "csv"),
        (b"[a],b\n1,2\n", "csv"),
        (b'[{"a": 1}]', "json"),
        (b'\xef\xbb\xbf\n{ "data": [{"a": 1}]}', "json"),
        ('{"a": 1}\n{"a": 2}'.encode("utf-16"), "json"),
        (b"<!-- x --><TABLE><tr>", "html"),
        (b'<?xml version="1.0"?><html xmlns:x="urn"/>', "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml",
        ),
    ],
)
def test_the_first_bytes_decide(tmp_path, content, kind):
    assert kinds.detect(kit.write(tmp_path, content), 1 << 20) == kind


def test_a_workbook_is_measured_before_it_is_unpacked(tmp_path):
    path = kit.write(tmp_path, zipped("xl/workbook.xml", "xl/sharedStrings.xml"))
    with pytest.raises(FileError) as error:
        kinds.detect(path, 150)
    assert error.value.key == "file.unpacks_too_large"


def test_a_workbook_of_too_many_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(kinds, "ENTRY_LIMIT", 2)
    path = kit.write(tmp_path, zipped("xl/workbook.xml", "a", "b"))
    with pytest.raises(FileError) as error:
        kinds.detect(path, 1 << 20)
    assert error.value.key == "file.too_many_parts"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [("csv", "a.CSV", True), ("csv", "a.xls", False), ("xlsx", "a", True), ("xls", "a.et", True)],
)
def test_whether_the_extension_says_the_same(kind, name, expected):
    assert kinds.is_expected(kind, name) is expected


def test_a_csv_called_xls_is_read_and_said(tmp_path):
    reading = kit.read(tmp_path, "a,b\n1,2\n", "orders.xls")
    assert reading.format == "csv"
    assert [(n.key, n.values) for n in reading.notes] == [("reading.other_kind", {"kind": "csv"})]
