"""What a file really is: its first bytes beat its extension."""

import re
import zipfile
from pathlib import Path

from salesdash.errors import FileError

HEAD_BYTES = 4096
ENTRY_LIMIT = 4000
"""More parts than any honest workbook has (2,000 sheets bring about as many)."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gz"),
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"{\\rtf", "document"),
)
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
"""A workbook of the 1990s without a container begins with its BOF record."""

_EXPECTED = {
    "csv": ("csv", "tsv", "txt", "tab", "text", "dat", "asc", "psv"),
    "xlsx": ("xlsx", "xlsm", "xltx", "xltm"),
    "xlsb": ("xlsb",),
    "xls": ("xls", "xlt", "et"),
    "ods": ("ods", "ots"),
    "parquet": ("parquet", "pq"),
    "html": ("html", "htm"),
    "xml": ("xml",),
    "json": ("json", "ndjson", "jsonl"),
}

_WORKBOOKS = {
    "xl/workbook.xml": "xlsx",
    "workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "workbook.bin": "xlsb",
    "content.xml": "ods",
}
"""The part that makes a zip a workbook."""

ARCHIVES = ("zip", "gz")
"""Kinds that hold files of the other kinds."""

_HTML = re.compile(
    rb"(<!--.*?-->\s*)*"
    rb"<(html|!doctype html|table|tr|thead|tbody|head|body|meta|style|div|center)\b",
    re.DOTALL,
)
_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[{\]]')


def detect(path: Path, unpacked_limit: int) -> str:
    """A kind of table, or one of ARCHIVES; FileError for everything that cannot be read here."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = next((name for start, name in _SIGNATURES if head.startswith(start)), None)
    if kind == "zip":
        return _zip(path, unpacked_limit)
    if kind == "ole":
        return _container(path)
    if kind in ("parquet", "gz"):
        return str(kind)
    if kind is None:
        return "xls" if head.startswith(_BIFF) else _text(head)
    raise FileError(f"file.is_{kind}")


def is_expected(kind: str, name: str) -> bool:
    """Whether the extension says the same; a name without extension says nothing."""
    extension = Path(name).suffix.lower().lstrip(".")
    return not extension or extension in _EXPECTED[kind]


def _text(head: bytes) -> str:
    """Kind of a text: delimited, unless it begins as markup or JSON does."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    small = text.lower()
    if _HTML.match(small) or (small.startswith(b"<?xml") and b"<html" in small):
        return "html"
    if small.startswith((b"<?xml", b"<workbook")):
        if b"office:spreadsheet" in small:
            return "xml"
        raise FileError("file.is_xml")
    return "json" if _JSON.match(text) else "csv"


def _zip(path: Path, unpacked_limit: int) -> str:
    """A zip: a workbook if it holds one, refused before anything is unpacked if it is a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise FileError("file.damaged") from None
    if len(entries) > ENTRY_LIMIT:
        raise FileError("file.too_many_parts", count=len(entries), limit=ENTRY_LIMIT)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > unpacked_limit:
        megabytes, limit = unpacked >> 20, unpacked_limit >> 20
        raise FileError("file.unpacks_too_large", megabytes=megabytes, limit=limit)
    names = {entry.filename.lower().replace("\\", "/") for entry in entries}
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise FileError("file.is_document")
    is_package = "[content_types].xml" in names  # its parts may lie anywhere
    found = names | {name.rpartition("/")[2] for name in names if is_package}
    kind = next((kind for part, kind in _WORKBOOKS.items() if part in found), "zip")
    if kind == "ods" and _is_locked(path):
        raise FileError("file.encrypted")
    return kind


def _is_locked(path: Path) -> bool:
    """Whether an OpenDocument file says that its parts are encrypted."""
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except KeyError:
        return False


def _container(path: Path) -> str:
    """An OLE container: a workbook of the old kind, or an encrypted one of the new kind."""
    with path.open("rb") as file:
        data = file.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileError("file.encrypted")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        return "xls"
    raise FileError("file.is_document")
