"""JSON as tables: exact numbers, nested records, and a name for everything that is no record."""

import json

import pytest

from salesdash.errors import FileError
from salesdash.ingest.files import elements, objects
from tests.ingest import kit

RECORDS = (
    '[{"id": 123456789012345678, "amount": 0.1,'
    ' "customer": {"name": "Ann", "city": {"zip": "01"}}},\n'
    ' {"id": 2, "amount": 1.50, "paid": true, "tags": ["vip", 7], "customer": null}]'
)


def test_numbers_keep_their_text_and_nested_records_become_columns(tmp_path):
    reading = kit.read(tmp_path, RECORDS, "orders.json")
    assert (reading.format, reading.encoding, reading.sheets[0].header_line) == ("json", "utf-8", 0)
    assert reading.tables[0].columns == (
        "id",
        "amount",
        "customer.name",
        "customer.city.zip",
        "paid",
        "tags",
        "customer",
    )
    assert kit.rows(reading) == [
        ("123456789012345678", "0.1", "Ann", "01", "", "", ""),
        ("2", "1.50", "", "", "TRUE", "vip; 7", ""),
    ]
    assert reading.notes == ()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_one_record_a_line_in_any_encoding(tmp_path, codec):
    text = "".join(
        json.dumps({"订单号": n, "客户": "张三贸易有限公司"}, ensure_ascii=False) + "\n"
        for n in range(3)
    )
    reading = kit.read(tmp_path, text.encode(codec), "a.ndjson")
    assert kit.rows(reading)[2] == ("2", "张三贸易有限公司")


def test_a_line_that_is_no_record_is_rejected_by_its_number(tmp_path):
    text = '{"id": 1}\n\n{"id": 2\n[3]\n{"id": 4}\n'
    reading = kit.read(tmp_path, text, "a.jsonl")
    assert kit.rows(reading) == [("1",), ("4",)]
    assert [(bad.line, bad.reason, bad.cells[0]) for bad in reading.rejected] == [
        (3, "reject.no_record", '{"id": 2'),
        (4, "reject.no_record", "[3]"),
    ]
    assert (reading.books.records, reading.books.rejected) == (4, 2)


def test_lists_within_an_object_are_sheets(tmp_path):
    text = '{"code": 0, "data": {"orders": [{"a": 1.0}, {"a": 2}], "n": [1]}, "log": [{"x": "y"}]}'
    reading = kit.read(tmp_path, text, "a.json")
    assert [sheet.name for sheet in reading.sheets] == ["data.orders", "log"]
    assert kit.rows(reading) == [("1.0",), ("2",)]
    alone = kit.read(tmp_path, text, "a.json", sheet="log")
    assert kit.rows(alone) == [("y",)]


def test_one_object_is_one_record(tmp_path):
    assert kit.rows(kit.read(tmp_path, '{\n "a": 1,\n "b": "x"\n}', "a.json")) == [("1", "x")]


def test_a_list_of_lists_begins_with_its_labels(tmp_path):
    reading = kit.read(tmp_path, '[["id", null], [1, 2.50], [3], {"id": 4}]', "a.json")
    assert reading.tables[0].columns == ("id", "Column 2")
    assert kit.rows(reading) == [("1", "2.50")]
    assert [(bad.line, bad.reason) for bad in reading.rejected] == [
        (3, "reject.no_record"),
        (4, "reject.no_record"),
    ]


def test_lists_of_records_stay_json_and_odd_numbers_are_counted(tmp_path):
    text = '[{"id": 1, "lines": [{"sku": "A"}], "rate": NaN}, {"id": 2, "rate": -Infinity}, 7]'
    reading = kit.read(tmp_path, text, "a.json")
    assert kit.rows(reading) == [("1", '[{"sku": "A"}]', ""), ("2", "", "")]
    assert {note.key: note.values["count"] for note in reading.notes} == {
        "reading.nested_lists": 1,
        "reading.no_number": 2,
    }
    assert [bad.cells[0] for bad in reading.rejected] == ["7"]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('[{"a": 1},]', "file.json_invalid", 1),
        ('[{"a": 1}', "file.json_invalid", 1),
        ('[{"a": 1},\n{"a": }]', "file.json_invalid", 2),
        ('[{"a": 1}\n{"a": 2}]', "file.json_invalid", 2),
        ('[{"a": 1}]\n\nx', "file.json_invalid", 3),
        ('{"data": [{"a": 1}\n]', "file.json_invalid", 2),
        ("[]", "file.json_no_table", None),
        ("{}", "file.json_no_table", None),
        ('[{"a": 1, "a": 2}]', "file.json_repeated_key", 1),
        ('{"a": 1}\n{"b": 1, "b": 2}\n', "file.json_repeated_key", 2),
        ('{"a": 1, "a": 1}\n{"b": 1}\n', "file.json_repeated_key", 1),
        ('{"a": {"b": 1,\n"b": 2}}', "file.json_repeated_key", None),
        ("[" * 100_000, "file.json_too_deep", None),
        ('[{"a": ' + '{"b":' * 50_000 + "1" + "}" * 50_000 + "}]", "file.json_too_deep", None),
    ],
)
def test_what_is_not_strict_json_is_refused_with_its_line(tmp_path, text, key, line):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, text, "a.json")
    assert (error.value.key, error.value.place.line) == (key, line)


def test_records_are_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(elements, "CHUNK", 7)
    records = [{"id": n, "name": "x" * n, "n": n * 1.5} for n in range(60)]
    reading = kit.read(tmp_path, json.dumps(records, indent=1), "a.json")
    assert kit.rows(reading)[59] == ("59", "x" * 59, "88.5")
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, json.dumps(records, indent=1)[:-3] + "]", "a.json")
    assert error.value.key == "file.json_invalid"


def test_too_many_columns(tmp_path, monkeypatch):
    monkeypatch.setattr(objects, "COLUMN_LIMIT", 2)
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, '[{"a": 1, "b": 2, "c": 3}]', "a.json")
    assert error.value.key == "file.too_many_columns"
