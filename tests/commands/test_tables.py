"""CSV that a spreadsheet cannot run."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.commands.tables import csv_text, safe


@pytest.mark.parametrize(
    "bad", ["=1+1", "+49 30 1", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x"]
)
def test_text_that_looks_like_a_formula_gets_an_apostrophe(bad):
    assert safe(bad) == "'" + bad


def test_numbers_stay_numbers_and_nothing_is_empty():
    text = csv_text(
        ["region", "sales", "n", "share", "day", "at", "new"],
        [
            [
                "North",
                Decimal("-12.5000"),
                -3,
                0.25,
                date(2026, 1, 2),
                datetime(2026, 1, 2, 3),
                True,
            ],
            [None, None, None, None, None, None, False],
        ],
    )
    assert text.split("\r\n") == [
        "region,sales,n,share,day,at,new",
        "North,-12.5000,-3,0.25,2026-01-02,2026-01-02T03:00:00,true",
        ",,,,,,false",
        "",
    ]


def test_a_header_from_a_file_is_made_safe_too():
    assert csv_text(["=x"], []) == "'=x\r\n"


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2
        )
    )
)
def test_any_text_comes_back_and_none_starts_a_formula(rows):
    read = list(csv.reader(StringIO(csv_text(["a", "b"], rows), newline="")))
    for row, cells in zip(rows, read[1:], strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert cell in (text, "'" + text)
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
