"""What a file really is: its first bytes beat its extension."""

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
    "xls": ("xls", "xlt", "et"),
    "parquet": ("parquet", "pq"),
}


def detect(path: Path, unpacked_limit: int) -> str:
    """`csv`, `xlsx`, `xls` or `parquet`; FileError for everything that cannot be read here."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = next((name for start, name in _SIGNATURES if head.startswith(start)), None)
    if kind == "zip":
        return _workbook(path, unpacked_limit)
    if kind == "ole":
        return _container(path)
    if kind == "parquet":
        return "parquet"
    if kind is None and head.startswith(_BIFF):
        return "xls"
    if kind is None:
        _refuse_markup(head)
        return "csv"
    raise FileError(f"file.is_{kind}")


def is_expected(kind: str, name: str) -> bool:
    """Whether the extension says the same; a name without extension says nothing."""
    extension = Path(name).suffix.lower().lstrip(".")
    return not extension or extension in _EXPECTED[kind]


def _refuse_markup(head: bytes) -> None:
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<div")):
        raise FileError("file.is_html")
    if text.startswith((b"<?xml", b"<workbook")):
        raise FileError("file.is_html" if b"<html" in text else "file.is_xml")
    if text.startswith((b"[{", b"{", b"[\n", b"[\r", b"[ ")) and b'":' in text:
        raise FileError("file.is_json")


def _workbook(path: Path, unpacked_limit: int) -> str:
    """A zip: a workbook if it holds one, refused before anything is unpacked if it is a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise FileError("file.damaged") from None
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > ENTRY_LIMIT:
        raise FileError("file.too_many_parts", count=len(entries), limit=ENTRY_LIMIT)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > unpacked_limit:
        megabytes, limit = unpacked >> 20, unpacked_limit >> 20
        raise FileError("file.unpacks_too_large", megabytes=megabytes, limit=limit)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise FileError("file.is_xlsb")
    if "mimetype" in names or "content.xml" in names:
        raise FileError("file.is_ods")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise FileError("file.is_document")
    raise FileError("file.is_zip")


def _container(path: Path) -> str:
    """An OLE container: a workbook of the old kind, or an encrypted one of the new kind."""
    with path.open("rb") as file:
        data = file.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileError("file.encrypted")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise FileError("file.is_document")
