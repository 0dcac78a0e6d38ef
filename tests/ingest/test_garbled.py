"""Text decoded wrongly before it reached us is said with its column and an example."""

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from salesdash.ingest.files import garbled
from salesdash.ingest.files.encoding import Marks
from tests.ingest import kit


def said(reading) -> list[tuple[str, dict[str, object]]]:
    return [(note.key, note.values) for note in reading.notes]


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("CafÃ©", "Café"),
        ("MÃ¼ller & SÃ¶hne", "Müller & Söhne"),
        ("å¼\xa0ä¸\x89", "张三"),
        ("itâ€™s", "it’s"),
        ("鏈嶅姟", "服务"),
    ],
)
def test_what_it_was_meant_to_be(tmp_path, value, meant):
    reading = kit.read(tmp_path, f"date,customer,amount\n2024-01-05,Ann,1\n2024-01-06,{value},2\n")
    values = {"column": "customer", "example": value, "meant": meant}
    assert garbled.meant(value).split()[0] == meant.split()[0]
    key, found = said(reading)[0]
    assert (key, found["column"], found["example"]) == (
        "reading.garbled",
        *list(values.values())[:2],
    )


@pytest.mark.parametrize("value", ["锟斤拷有限公司", "Na\ufffdve", "烫烫烫"])
def test_characters_that_are_gone(tmp_path, value):
    reading = kit.read(tmp_path, f"date,customer,amount\n2024-01-05,{value},1\n")
    assert said(reading) == [
        ("reading.lost_characters", {"column": "customer", "example": value}),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "Müller",
        "Größmann",
        "marché :",
        "SÃO PAULO",
        "“Hello”",
        "中文客户",
        "株式会社",
        "한국",
        "é",
        "郑十一",
        "直营员",
    ],
)
def test_what_is_well_written_is_not_doubted(tmp_path, value):
    assert said(kit.read(tmp_path, f"date,customer,amount\n2024-01-05,{value},1\n")) == []


def test_far_below_the_first_rows(tmp_path):
    rows = "".join(f"2024-01-05,Café {n},{n}\n" for n in range(1000))
    reading = kit.read(tmp_path, f"date,customer,amount\n{rows}2024-01-06,CafÃ©,1\n")
    assert reading.tables[0].kind == "csv"
    assert said(reading)[0][1]["example"] == "CafÃ©"


@pytest.mark.parametrize("sign", garbled.SIGNS)
@pytest.mark.parametrize("around", ["中文{}é", "{}", "株式会社{}"])
def test_each_sign_is_found_beside_any_other_text(sign, around):
    assert Marks().plus(around.format(sign).encode()).garbled
    assert not Marks().plus(around.format("").encode()).garbled


def test_a_header_that_is_garbled(tmp_path):
    header = "日期,客户,金额".encode().decode("latin-1")
    reading = kit.read(tmp_path, f"{header}\n2024-01-05,Ann,1\n")
    assert said(reading)[0][0] == "reading.garbled"
    assert said(reading)[0][1]["meant"] == "日期"


def test_within_a_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("A")
        for row, cells in enumerate([["id", "customer"], [1, "CafÃ©" + " x" * 40], [2, "B"]]):
            sheet.write_row(row, 0, cells)
    ((key, values),) = said(kit.read(tmp_path, path))
    assert (key, values["column"], len(str(values["example"]))) == (
        "reading.garbled",
        "customer",
        40,
    )
