"""Tables of web pages and of XML spreadsheets: what web programs call .xls.

Both are read as workbooks: a table or sheet is a list of rows of text, cells that span columns or
rows stand in the first of their places.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

from salesdash.errors import FileError
from salesdash.ingest.files.book import WIDTH_LIMIT
from salesdash.ingest.files.encoding import Text
from salesdash.selection import LONGEST, numbered

CHUNK = 1 << 20
_CELLS = ("td", "th")
_SILENT = ("script", "style", "title")
_BREAKS = ("br", "p", "div", "li")

Rows = list[list[object]]


class Page:
    """The tables of a web page, in the order of their first rows; nested ones apart."""

    def __init__(self, text: Text) -> None:
        parser = _Tables()
        with text.path.open(encoding="utf-8", newline="") as file:
            while chunk := file.read(CHUNK):
                parser.feed(chunk)
        parser.close()
        tables = [table for table in parser.tables if any(any(row) for row in table)]
        if not tables:
            raise FileError("file.is_html")
        named = len(tables) > 1
        self._tables = {f"{n}" if named else "": table for n, table in enumerate(tables, start=1)}
        self.names = list(self._tables)
        self.hidden: set[str] = set()

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """Numbered rows of a table."""
        return enumerate(self._tables[name], start=1)


class _Tables(HTMLParser):
    """Collects rows; forgives what browsers forgive: cells and rows that are not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Rows] = []
        self._open: list[_Table] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" or (tag in ("tr", *_CELLS) and not self._open):
            self._open.append(_Table())
            self.tables.append(self._open[-1].rows)
        if tag in _SILENT:
            self._silent += 1
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in _CELLS:
            self._open[-1].begin_cell(dict(attrs))
        elif self._open and tag in _BREAKS:
            self._open[-1].say(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._open and tag in ("tr", *_CELLS):
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent:
            self._open[-1].say(data)

    def close(self) -> None:
        super().close()
        for table in self._open:
            table.end_cell()


class _Table:
    """One table while it is read; `taken` holds places that cells of rows above still cover."""

    def __init__(self) -> None:
        self.rows: Rows = []
        self._cell: list[str] | None = None
        self._across = 1
        self._taken: dict[int, int] = {}

    def begin_row(self) -> None:
        self.end_cell()
        self._taken = {place: left - 1 for place, left in self._taken.items() if left > 1}
        self.rows.append([])

    def begin_cell(self, attributes: dict[str, str | None]) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row()
        self._skip_taken()
        self._across = _span(attributes.get("colspan"))
        down = _span(attributes.get("rowspan"))
        place = len(self.rows[-1])
        if down > 1:
            self._taken |= dict.fromkeys(range(place, place + self._across), down)
        self._cell = []

    def say(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)

    def end_cell(self) -> None:
        if self._cell is None:
            return
        text = " ".join("".join(self._cell).split())
        self.rows[-1] += [text, *[""] * (self._across - 1)]
        self._cell = None

    def _skip_taken(self) -> None:
        row = self.rows[-1]
        while self._taken.get(len(row), 0) and len(row) < WIDTH_LIMIT:
            row.append("")


def _span(value: str | None) -> int:
    return min(max(_whole(value), 1), WIDTH_LIMIT)


def _whole(value: str | None) -> int:
    """The number that an attribute says, 0 without one."""
    text = (value or "").strip()
    return numbered(text[:LONGEST]) or 0


class XmlSheets:
    """The sheets of an XML spreadsheet of 2003."""

    def __init__(self, path: Path) -> None:
        self._tables: dict[str, Rows] = {}
        self.hidden: set[str] = set()
        self._sheet = ""
        self._data: list[str] | None = None
        self._merged = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            with path.open("rb") as file:
                parser.ParseFile(file)
        except expat.ExpatError:
            raise FileError("file.damaged") from None
        self.names = [name for name, rows in self._tables.items() if rows]

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """Numbered rows of a sheet."""
        return enumerate(self._tables[name], start=1)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self._sheet = said.get("Name", f"{len(self._tables) + 1}")
            self._tables[self._sheet] = []
        elif name == "Row" and self._sheet:
            rows = self._tables[self._sheet]
            rows += [[] for _ in range(_gap(said, len(rows)))] + [[]]
        elif name == "Cell" and self._tables.get(self._sheet):
            row = self._tables[self._sheet][-1]
            row += [""] * _gap(said, len(row)) + [""]
            self._merged = min(_whole(said.get("MergeAcross")), WIDTH_LIMIT)
        elif name == "Data":
            self._data = []

    def _say(self, text: str) -> None:
        if self._data is not None:
            self._data.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        rows = self._tables.get(self._sheet)
        if name == "Data" and self._data is not None and rows and rows[-1]:
            rows[-1][-1] = "".join(self._data).strip().removesuffix("T00:00:00.000")
            self._data = None
        elif name == "Cell" and rows:
            rows[-1] += [""] * self._merged


def _gap(said: dict[str, str], count: int) -> int:
    """Cells or rows that are left out before one that says its place."""
    return min(max(_whole(said.get("Index")) - 1 - count, 0), WIDTH_LIMIT)


def _refuse_doctype(*_: object) -> None:
    """Entities can be made to swallow memory or files; no spreadsheet declares any."""
    raise FileError("file.unsafe_xml")
