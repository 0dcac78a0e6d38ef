import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.ingest.files.lexer import Lexer, Record
from salesdash.ingest.reading import Dialect

COMMA = Dialect(",")


def records(text: str, width: int = 0, dialect: Dialect = COMMA) -> list[Record]:
    return list(Lexer(dialect, width).records(enumerate(text.split("\n"), start=1)))


def cells(text: str, width: int = 0, dialect: Dialect = COMMA) -> list[list[str]]:
    return [record.cells for record in records(text, width, dialect)]


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ('"a,b",c', ["a,b", "c"]),
        ('"a ""b""",c', ['a "b"', "c"]),
        ('5" disk,c', ['5" disk', "c"]),
        ('"a,b,c', ['"a', "b", "c"]),
        ('x,""b and c","d"', ["x", '"b and c', "d"]),
        ('x,"size 4"","d"', ["x", 'size 4"', "d"]),
        ('x,"5" wide","d"', ["x", '5" wide', "d"]),
        ('"a"b,c,"d,e"', ['"a"b', "c", "d,e"]),
    ],
)
def test_quotes_by_the_rules_or_by_the_least_repair(line, want):
    assert cells(line, width=len(want)) == [want]


def test_a_repair_with_two_answers_is_none():
    assert Lexer(COMMA, 3).repair('"a","b","c","d"x') is None
    assert Lexer(COMMA, 0).repair('"a"b') is None
    assert Lexer(COMMA, 3).repair('"' * 500) is None
    assert Lexer(COMMA, 3).repair("x" * 60_000) is None


def test_cells_over_several_lines():
    assert cells('1,"two\nmore\nlines",3\n4,5,6', width=3) == [
        ["1", "two\nmore\nlines", "3"],
        ["4", "5", "6"],
    ]


def test_a_quote_left_open_swallows_nothing():
    found = records('1,"open,3\n4,5,6\n7,"8",9', width=3)
    assert [r.cells for r in found] == [["1", '"open', "3"], ["4", "5", "6"], ["7", "8", "9"]]
    assert [r.repaired for r in found] == ["repair.quotes", None, None]


def test_a_quote_open_to_the_end_is_named():
    found = records('1,"open\n' + "\n".join(["4,5,6"] * 600), width=3)
    assert (found[0].fault, found[0].cells) == ("reject.quote_never_closed", ["1", '"open'])
    assert len(found) == 601
    assert [r.line for r in found] == list(range(1, 602))


def test_well_quoted_lines_of_another_width_are_left_to_the_layout():
    assert records('"a","b"', width=3) == [Record(1, ["a", "b"])]
    assert records("", width=3) == [Record(1, [""])]


def test_backslashes_before_quotes():
    way = Dialect(",", '"', escape="\\")
    assert cells(r'"5\" disk",b', 2, way) == [['5" disk', "b"]]


def test_blanks_after_the_delimiter_and_doubled_foreign_quotes():
    way = Dialect(",", "'", skip_spaces=True, doubled='"')
    assert cells("1, 'a, b', 8\"\" disk", 3, way) == [["1", "a, b", '8" disk']]
    assert cells("1, 2, 3", 3, way) == [["1", "2", "3"]]
    assert cells("1,'it's 8\"\"',3", 3, way) == [["1", "it's 8\"", "3"]]


words = st.text(st.sampled_from(list("ab ,\"\n'x1")), max_size=8)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_a_csv_writer_writes_is_read_back(table):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    assert cells(out.getvalue().removesuffix("\n"), width=3) == table
