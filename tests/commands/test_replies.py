"""Documents: exact numbers, plain values, errors with key, words, place and turn."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.commands.replies import Reply, dumps, loads, plain, refusal
from salesdash.errors import (
    ConfigError,
    FileError,
    HomeBusy,
    Place,
    Problem,
    SalesdashError,
    UsageError,
)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Pair:
    left: Colour
    right: tuple[date, ...]


def test_values_become_what_json_knows():
    assert plain(
        {
            1: Pair(Colour.RED, (date(2026, 1, 2), datetime(2026, 1, 2, 3, 4))),
            "n": [Decimal("1.50"), 3, 0.25, True, None, float("nan"), float("inf")],
            "p": Path("a/b"),
            "o": frozenset({1}),
        }
    ) == {
        "1": {"left": "red", "right": ["2026-01-02", "2026-01-02T03:04:00"]},
        "n": [Decimal("1.50"), 3, 0.25, True, None, None, None],
        "p": "a/b",
        "o": [1],
    }


def test_a_decimal_is_written_digit_for_digit():
    text = dumps({"sales": Decimal("9747747.9340"), "tiny": Decimal("1E-7"), "nan": Decimal("NaN")})
    assert '"sales": 9747747.9340' in text
    assert '"tiny": 0.0000001' in text
    assert '"nan": null' in text


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
    max_leaves=20,
)


@given(JSON)
def test_any_document_comes_back_equal(document):
    assert loads(dumps(document)) == document


def test_empty_lists_and_objects():
    assert dumps([]) == "[]"
    assert dumps({}) == "{}"
    assert loads(dumps({"a": [], "b": {}, "c": [[]]})) == {"a": [], "b": {}, "c": [[]]}


def test_a_refusal_says_key_words_place_and_turn():
    reply = refusal(FileError("file.empty", place=Place(file="a.csv")), "en")
    assert reply.exit == 1
    error = reply.document["error"]
    assert (error["key"], error["turn"], error["place"]) == (
        "file.empty",
        "user",
        {"file": "a.csv"},
    )
    assert "a.csv" in error["text"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("usage.missing", name="x"), 2),
        (ConfigError(()), 2),
        (FileError("file.empty"), 1),
        (HomeBusy("home.busy", pid=1), 1),
        (SalesdashError("unexpected"), 1),
    ],
)
def test_exit_codes(error, code):
    reply = refusal(error, "zh")
    assert isinstance(reply, Reply)
    assert reply.exit == code
    assert reply.document["error"]["place"] is None


def test_a_config_error_lists_its_problems():
    found = Problem("file.empty", {}, Place(file="config.yaml", line=7), suggestion="sales")
    document = refusal(ConfigError((found,)), "en").document["error"]
    assert document["problems"][0]["place"] == {"file": "config.yaml", "line": 7}
    assert document["problems"][0]["suggestion"] == "sales"
