"""Rows of an export by date are stored as they lie in its file; those of any other are sorted."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salesdash.datasets import SALES
from salesdash.imports import Request, apply, commit, rows, stage
from salesdash.imports.rows import is_in_order, layout
from salesdash.imports.speeches import Mode, Part, Speech
from salesdash.ingest.cleaning import clean
from tests.imports.build import NOW

FIRST = date(2026, 1, 1)
UP, DOWN = [0, 5, 10, 15, 20, 25], [25, 20, 15, 10, 5, 0]


def lies_in_order(home, path, days, group=2):
    """Whether a file with rows of these days, so many a row group, lies in order."""
    dates = pa.array([None if d is None else FIRST + timedelta(d) for d in days], pa.date32())
    pq.write_table(pa.table({"order_date": dates}), path, row_group_size=group)
    rows.filled_names.cache_clear()
    rows.column_names.cache_clear()
    speech = Speech(1, NOW, Mode.UPDATE, forced=False, parts=(Part(1, path),))
    return is_in_order(speech, layout(home.engine, SALES, (speech,)))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (UP, True),
        (DOWN, True),
        ([0, 5, 5, 10, 10, 15], True),
        ([0, 5, 2, 10, 7, 15], True),  # three days back
        ([0, 5, 1, 10, 7, 15], False),
        ([0, 25, 10, 15, 20, 25], False),
        ([0, 5, 20, 25, 10, 15], False),
        ([0, 5, None, None, 20, 25], False),  # nobody knows what the second holds
        ([None] * 6, False),
        (UP[:2], False),  # one row group: sorting it costs nothing
    ],
)
def test_a_file_lies_in_order_where_each_row_group_has_days_of_its_own(
    home, tmp_path, days, expected
):
    assert lies_in_order(home, tmp_path / "rows.parquet", days) is expected


def test_row_groups_larger_than_those_of_the_projection_are_sorted(home, tmp_path, monkeypatch):
    assert lies_in_order(home, tmp_path / "rows.parquet", UP)
    monkeypatch.setattr(rows, "ROW_GROUP", 1)
    assert not lies_in_order(home, tmp_path / "rows.parquet", UP)


@pytest.mark.parametrize("is_shuffled", [False, True])
def test_stored_rows_follow_the_days_and_know_their_records(
    home, tmp_path, monkeypatch, is_shuffled
):
    """Three row groups of 2,048 rows, the least there can be; line n has the amount n."""
    monkeypatch.setattr(clean, "PARQUET", "(format parquet, row_group_size 2048)")
    said = []
    monkeypatch.setattr(apply, "is_in_order", lambda *asked: told(said, is_in_order(*asked)))
    places = range(1, 6001)
    days = {n: (n * 7919 if is_shuffled else n) % 6007 // 60 for n in places}
    lines = (f"A{n},{FIRST + timedelta(days[n])},{n}.00" for n in places)
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["Order No,Order Date,Amount", *lines]), "utf-8")
    commit(home, stage(home, Request(path, path.name), NOW), "Ana", NOW)
    assert said == [not is_shuffled] * 2  # while it was counted, and when it was stored
    found = home.engine.rows("select order_date, record, amount, document from sales")
    assert len(found) == len(places)
    assert [row[0] for row in found] == sorted(row[0] for row in found)
    assert all(
        (record, document) == (amount, f"A{record}") and day == FIRST + timedelta(days[record])
        for day, record, amount, document in found
    )


def told(said, answer):
    said.append(answer)
    return answer
