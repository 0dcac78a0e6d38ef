"""Reading in a child process: limits, the second reader, names and places."""

from decimal import Decimal

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from salesdash.engine import Limits, child
from salesdash.errors import FileError
from salesdash.ingest import ReadOptions, read
from salesdash.ingest.files import reader
from salesdash.ingest.relation import relation
from tests.ingest import kit

pytestmark = pytest.mark.child


def far_cell(folder):
    path = folder / "far.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("Orders")
        sheet.write_row(0, 0, ["Order", "Date", "Amount"])
        sheet.write_row(1, 0, ["SO-1", "2024-01-05", 12.5])
        sheet.write(1_048_575, 16_383, "solver")
    return path


def test_a_file_is_read_in_a_child(tmp_path):
    path = kit.write(tmp_path, "a,b\n1,2\n")
    reading = read(path, "my orders.csv", ReadOptions(), tmp_path / "out")
    assert reading.file == "my orders.csv"
    assert kit.rows(reading) == [("1", "2")]


def test_a_cell_at_the_far_end_is_read_by_the_second_reader(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MEMORY_MIB", 3000)
    reading = read(far_cell(tmp_path), "far.xlsx", ReadOptions(), tmp_path / "out")
    assert kit.rows(reading)[0] == ("SO-1", "2024-01-05", "12.5")


def test_f20_a_workbook_of_100_000_rows_is_read_within_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MEMORY_MIB", 3000)  # of addresses; about 210 are touched
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as out:
        sheet = out.add_worksheet()
        sheet.write_row(0, 0, ["Order", "Date", "Amount"])
        for number in range(100_000):
            sheet.write_row(number + 1, 0, [f"A{number}", "2026-01-05", number % 100 + 0.25])
    reading = read(path, "large.xlsx", ReadOptions(), tmp_path / "out")
    assert reading.tables[0].books.rows == 100_000
    found = kit.asked(
        f"select sum(cast(c2 as decimal(18, 2))) from ({relation(reading.tables[0])})"
    )
    assert found == [(Decimal("4975000.00"),)]  # 1,000 times 0.25 + 1.25 + ... + 99.25


def test_a_file_that_kills_both_readers_is_named(tmp_path, monkeypatch):
    calls = []

    def dies(_function, order, _limits, _watch):
        calls.append(order["reader"])
        raise FileError("file.child_died", memory=1, code=-6)

    monkeypatch.setattr(child, "run", dies)
    with pytest.raises(FileError) as error:
        read(far_cell(tmp_path), "far.xlsx", ReadOptions(), tmp_path / "out")
    assert calls == ["calamine", "openpyxl"]
    assert (error.value.key, error.value.place.file) == ("file.child_died", "far.xlsx")


def test_other_files_have_no_second_reader(tmp_path, monkeypatch):
    def dies(*_):
        raise FileError("file.child_died", memory=1, code=-6)

    monkeypatch.setattr(child, "run", dies)
    with pytest.raises(FileError):
        read(kit.write(tmp_path, "a,b\n1,2\n"), "a.csv", ReadOptions(), tmp_path / "out")


def test_limits_reach_the_child(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(child, "run", lambda _f, _o, limits, _w: seen.append(limits))
    read(kit.write(tmp_path, "a,b\n1,2\n"), "a.csv", ReadOptions(), tmp_path / "out")
    assert seen == [Limits(reader.MEMORY_MIB, reader.CPU_SECONDS, reader.WALL_SECONDS)]


@pytest.mark.parametrize(
    ("content", "options", "key"),
    [
        ("a,b\n1,2\n", ReadOptions(size_limit=4), "file.too_large"),
        ("", ReadOptions(), "file.empty"),
        (None, ReadOptions(), "file.not_found"),
    ],
)
def test_refused_before_anything_is_opened(tmp_path, content, options, key):
    path = tmp_path / "gone.csv" if content is None else kit.write(tmp_path, content)
    with pytest.raises(FileError) as error:
        read(path, "../../etc/x\n.csv", options, tmp_path / "out")
    assert (error.value.key, error.value.place.file) == (key, "../../etc/x\n.csv")
