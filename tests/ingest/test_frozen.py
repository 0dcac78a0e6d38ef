from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Literal

from salesdash.errors import Place, Problem
from salesdash.ingest.frozen import Frozen, from_json, to_json


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner(Frozen):
    day: date
    at: datetime | None = None


@dataclass(frozen=True)
class Outer(Frozen):
    inner: tuple[Inner, ...]
    pair: tuple[str, int]
    total: Decimal
    path: Path
    colour: Colour
    kind: Literal["a", "b"] = "a"
    counts: dict[str, int] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def test_a_value_comes_back_equal():
    value = Outer(
        inner=(Inner(date(2024, 1, 5)), Inner(date(2024, 1, 6), datetime(2024, 1, 6, 10))),
        pair=("x", 1),
        total=Decimal("1.50"),
        path=Path("/a/b"),
        colour=Colour.RED,
        kind="b",
        counts={"n": 1},
        notes=(Problem("k", {"n": 1}, Place("f")),),
    )
    assert Outer.from_json(value.to_json()) == value


def test_other_versions_are_read_as_far_as_known():
    assert Inner.from_json({"day": "2024-01-05", "new": 1}) == Inner(date(2024, 1, 5))
    assert from_json(Inner, None) is None
    assert to_json(frozenset({"a"})) == ["a"]
