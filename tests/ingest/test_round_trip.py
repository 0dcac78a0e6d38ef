"""A table written in any dialect, encoding and format, by hand or packed, is read back equal."""

import csv
import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import tries
from tests.ingest import kit

HEAD = ["Order ID", "Order Date", "Customer", "Note", "Amount"]
WORDS = [
    "Ann",
    "Smith, Bob",
    "O'Brien",
    '5" disk',
    "a;b",
    "x|y",
    "北京",
    "Total",
    "two\nlines",
    "it's 'quoted'",
    '"q"',
    "=1+1",
    "N/A",
    "a,b,c",
]

Table = list[list[str]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Order lines: a number, a day, two texts (the second may be empty), an amount."""
    texts = st.tuples(st.sampled_from(WORDS), st.sampled_from([*WORDS, ""]), st.integers(0, 99_999))
    return [
        [f"SO-{i}", f"2024-01-{i + 1:02d}", customer, note, f"{cents / 100:.2f}"]
        for i, (customer, note, cents) in enumerate(draw(st.lists(texts, min_size=1, max_size=12)))
    ]


def read(content: bytes, name: str) -> tuple[Table, Table, int]:
    """(header, rows, records) of a file."""
    with tempfile.TemporaryDirectory() as folder:
        reading = kit.read(Path(folder), content, name)
        rows = [[cell.replace("\r\n", "\n") for cell in row] for row in kit.rows(reading)]
    return [list(reading.tables[0].columns)], rows, reading.books.records


# --- delimited text ---------------------------------------------------------------------------


@settings(max_examples=tries(60), deadline=None)
@given(
    tables(),
    st.sampled_from([",", ";", "\t", "|", "^"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]),
    st.sampled_from([[], [["Sales report"], []], [["Sales", "", "", "", ""], [""] * 5], ["sep"]]),
)
def test_any_dialect_below_any_preamble(table, cut, quoting, end, encoding, above):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=cut, quoting=quoting, lineterminator=end)
    if above == ["sep"]:
        out.write(f"sep={cut}{end}")
    else:
        writer.writerows(above)
    writer.writerows([HEAD, *table])
    header, rows, records = read(out.getvalue().encode(encoding), "a.csv")
    assert (header, rows) == ([HEAD], table)
    assert records == len(table) + len(above)


@settings(max_examples=tries(15), deadline=None)
@given(tables(), st.sampled_from([",", ";", "\t"]))
def test_a_header_of_two_rows(table, cut):
    groups = [["Order", "", "Who", "", "What"], ["ID", "Date", "Customer", "Note", "Amount"]]
    joined = ["Order ID", "Order Date", "Who Customer", "Who Note", "What Amount"]
    out = io.StringIO()
    csv.writer(out, delimiter=cut, quoting=csv.QUOTE_ALL).writerows([*groups, *table])
    header, rows, _ = read(out.getvalue().encode(), "a.csv")
    assert (header, rows) == ([joined], table)


# --- other formats ----------------------------------------------------------------------------


def as_csv(table: Table) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *table])
    return out.getvalue().encode()


def as_json(table: Table) -> bytes:
    return json.dumps([dict(zip(HEAD, row, strict=True)) for row in table], indent=1).encode()


def as_lines(table: Table) -> bytes:
    return b"\n".join(json.dumps(dict(zip(HEAD, row, strict=True))).encode() for row in table)


def as_data(table: Table) -> bytes:
    return b'{"code": 0, "data": ' + as_json(table) + b"}"


def as_parquet(table: Table) -> bytes:
    out = io.BytesIO()
    columns = {name: [row[i] for row in table] for i, name in enumerate(HEAD)}
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def as_workbook(table: Table) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Orders")
        for number, row in enumerate([HEAD, *table]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return out.getvalue()


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", content)
    return out.getvalue()


def bare(content: bytes) -> bytes:
    return content


FORMATS = [as_csv, as_json, as_lines, as_data, as_parquet, as_workbook]


@pytest.mark.parametrize("write", FORMATS)
@settings(max_examples=tries(8), deadline=None)
@given(tables(), st.sampled_from([bare, gzip.compress, zipped]))
def test_any_format_packed_or_not(
    write: Callable[[Table], bytes], table: Table, pack: Callable[[bytes], bytes]
) -> None:
    header, rows, records = read(pack(write(table)), "a")
    assert (header, rows, records) == ([HEAD], table, len(table))
