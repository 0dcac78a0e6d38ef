"""A table written in any dialect and encoding is read back equal."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

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

rows = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([*WORDS, ""]), st.integers(0, 99_999)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(
    rows,
    st.sampled_from([",", ";", "\t", "|", "^"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_what_is_written_is_read(found, cut, quoting, end, encoding):
    table = [
        [f"SO-{i}", f"2024-01-{i + 1:02d}", customer, note, f"{cents / 100:.2f}"]
        for i, (customer, note, cents) in enumerate(found)
    ]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=cut, quoting=quoting, lineterminator=end)
    writer.writerows([HEAD, *table])
    with tempfile.TemporaryDirectory() as folder:
        reading = kit.read(Path(folder), out.getvalue().encode(encoding))
        read = [[cell.replace("\r\n", "\n") for cell in row] for row in kit.rows(reading)]
    assert list(reading.tables[0].columns) == HEAD
    assert read == table
