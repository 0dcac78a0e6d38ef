from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salesdash.errors import FileError
from salesdash.ingest.reading import Books
from tests.ingest import kit


def parquet(folder, **columns):
    path = folder / "a.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_typed_columns_as_exact_text(tmp_path):
    path = parquet(
        tmp_path,
        id=pa.array([17850.0, None, 3.0]),
        at=pa.array([datetime(2024, 1, 5, 8, 26), datetime(2024, 1, 6), None]),
        price=pa.array([2.55, 0.1, float("nan")]),
        exact=pa.array([Decimal("1.50"), Decimal("2.00"), None], pa.decimal128(10, 2)),
        name=pa.array(["Ann", "", "select"]),
    )
    reading = kit.read(tmp_path, path)
    assert kit.rows(reading) == [
        ("17850", "2024-01-05 08:26:00", "2.55", "1.5", "Ann"),
        ("", "2024-01-06 00:00:00", "0.1", "2", ""),
        ("3", "", "", "", "select"),
    ]
    assert [p.kind for p in reading.tables[0].profiles] == [
        "number",
        "moment",
        "number",
        "number",
        "text",
    ]
    assert reading.books == Books(3, 3)


@pytest.mark.parametrize("cut", [-1, -20, 6])
def test_damaged_files_are_refused(tmp_path, cut):
    path = parquet(tmp_path, a=pa.array([1, 2, 3]))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path)
    assert error.value.key == "file.damaged"


def test_a_file_that_only_begins_and_ends_well(tmp_path):
    path = kit.write(tmp_path, b"PAR1" + b"x" * 50 + b"PAR1", "a.parquet")
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path)
    assert error.value.key == "file.damaged"
