"""Workbooks that no library here writes: the least that readers accept, byte by byte."""

import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

Rows = list[list[str | float | None]]

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_RELATION = (
    '<Relationship Id="rId{n}" Target="{target}" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{kind}"/>'
)


def ods(path: Path, sheets: dict[str, Rows], *, encrypted: bool = False) -> Path:
    """An OpenDocument spreadsheet; text like 2024-01-05 becomes a date."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0">{secret}</manifest:manifest>',
        )
        out.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_row(row: list[str | float | None]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: str | float | None) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, float):
        kind = f'office:value-type="float" office:value="{value}"'
    elif value[:2] == "20" and value.count("-") == 2:
        kind = f'office:value-type="date" office:date-value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def xlsb(path: Path, rows: Rows) -> Path:
    """A binary workbook of one sheet: inline texts and floats."""
    book = _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1), "rId1", "Orders")
    book += _record(144) + _record(132)
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows), 0, len(rows[0])))
    sheet += _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", number) + bytes(13))
        for place, value in enumerate(row):
            at = struct.pack("<II", place, 0)
            if isinstance(value, float):
                sheet += _record(5, at + struct.pack("<d", value))
            elif value is not None:
                sheet += _record(6, at, value)
    sheet += _record(146) + _record(130)
    with zipfile.ZipFile(path, "w") as out:
        kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        parts = f'<Override PartName="/xl/workbook.bin" ContentType="{kind}"/>'
        out.writestr("[Content_Types].xml", _TYPES.format(parts))
        root = _RELATION.format(n=1, target="xl/workbook.bin", kind="officeDocument")
        out.writestr("_rels/.rels", _RELATIONS.format(root))
        out.writestr("xl/workbook.bin", book)
        part = _RELATION.format(n=1, target="worksheets/sheet1.bin", kind="worksheet")
        out.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format(part))
        out.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _record(number: int, data: bytes = b"", *texts: str) -> bytes:
    for text in texts:
        data += struct.pack("<I", len(text)) + text.encode("utf-16-le")
    kind = bytes([number]) if number < 128 else bytes([(number & 0x7F) | 0x80, number >> 7])
    size, length = len(data), b""
    while size > 0x7F:
        length, size = length + bytes([(size & 0x7F) | 0x80]), size >> 7
    return kind + length + bytes([size]) + data


def xml_sheet(rows: list[list[str]], name: str = "Orders") -> str:
    """An XML spreadsheet of 2003; cells that are empty are left out."""
    body = ""
    for row in rows:
        cells = "".join(
            f'<Cell ss:Index="{place}"><Data ss:Type="String">{escape(cell)}</Data></Cell>'
            for place, cell in enumerate(row, start=1)
            if cell
        )
        body += f"<Row>{cells}</Row>"
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="{name}"><Table>{body}</Table></Worksheet></Workbook>'
    )
