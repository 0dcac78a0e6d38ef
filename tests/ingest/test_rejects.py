import csv
import io
from pathlib import Path

import pytest

from salesdash.datasets import SALES
from salesdash.ingest import (
    OWN_HEADERS,
    Counts,
    Reject,
    propose,
    read_rejects,
    rejects_csv,
    safe_cell,
)
from tests.ingest import kit
from tests.ingest.test_mapping import lines

BROKEN = lines(
    "Order ID,Date,Customer,Amount",
    "1,01/02/2024,Ann,10",
    "2,31/02/2024,=1+1,20",
    "3,03/02/2024,Cat,-thirty",
    "4,04/02/2024",
    "5,05/02/2024,Eve,50,60",
    "6,16/02/2024,Fay,60",
)


def broken(folder):
    reading = kit.read(folder, BROKEN)
    mapping = propose(reading, SALES)
    return reading, mapping, kit.clean(reading, mapping, folder)


def test_every_reject_says_where_what_and_why(tmp_path):
    _, _, result = broken(tmp_path)
    rejects = list(read_rejects(Path(result.rejects_file)))
    assert [(r.id, r.line, r.column, r.value, r.reason) for r in rejects] == [
        ("0:2", None, "Date", "31/02/2024", "reject.date"),
        ("0:3", None, "Amount", "-thirty", "reject.number"),
        ("0:4", 5, None, None, "reject.too_few_cells"),
        ("0:5", 6, None, None, "reject.too_many_cells"),
    ]
    assert rejects[0].raw == {
        "Order ID": "2",
        "Date": "31/02/2024",
        "Customer": "=1+1",
        "Amount": "20",
    }
    assert rejects[3].surplus == ("60",)
    assert Reject.from_json(rejects[3].to_json()) == rejects[3]
    assert len(list(read_rejects(Path(result.rejects_file), limit=1))) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_download_is_safe_and_names_the_records(tmp_path, lang):
    _, _, result = broken(tmp_path)
    table = list(csv.reader(io.StringIO(rejects_csv(Path(result.rejects_file), lang))))
    assert set(table[0][:4]) == OWN_HEADERS
    assert table[1][0] == "0:2"
    assert table[1][6] == "'=1+1"
    assert not table[1][1].startswith("reject.")


def test_a_mended_download_is_a_repair_of_these_records(tmp_path):
    first, mapping, result = broken(tmp_path)
    text = rejects_csv(Path(result.rejects_file), "en")
    mended = (
        text.replace("31/02/2024", "01/03/2024").replace("'-thirty", "30").replace("'=1+1", "'=1+1")
    )
    folder = tmp_path / "repair"
    folder.mkdir()
    reading = kit.read(folder, mended)
    table = reading.tables[0]
    assert table.is_repair
    assert table.fingerprint == first.tables[0].fingerprint
    again = propose(reading, SALES, mapping)
    assert again.questions == ()
    repaired = kit.clean(reading, again, folder)
    assert repaired.is_repair
    assert kit.column(repaired, "document", "customer", "amount", "sheet", "record") == [
        ("2", "=1+1", 20, 0, 2),
        ("3", "Cat", 30, 0, 3),
        ("5", "Eve", 50, 0, 5),
    ]
    assert repaired.counts == Counts(records=4, loaded=3, rejected=1)
    assert [r.column for r in repaired.rejects] == ["Amount"]


def test_rows_without_a_record_are_added_and_broken_ids_are_rejected(tmp_path):
    text = lines(
        "salesdash_record,Order ID,Date,Amount",
        ",9,2024-01-05,5",
        "x,8,2024-01-05,6",
        "1:3,7,2024-01-05,7",
    )
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "document", "sheet", "record") == [("9", -1, 1), ("7", 1, 3)]
    assert [r.reason for r in result.rejects] == ["reject.record_id"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-2", "-2"),
        ("+1,234.5%", "+1,234.5%"),
        ("-a", "'-a"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_no_cell_becomes_a_formula(cell, safe):
    assert safe_cell(cell) == safe
