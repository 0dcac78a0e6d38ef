"""How the numbers of one column are written, decided from the patterns of all its values."""

import re
from dataclasses import dataclass
from typing import Literal

from salesdash.ingest.mapping.plan import NumberFormat
from salesdash.ingest.reading import Profile

Decimal = Literal[".", ","]

_WORDS = """
na n/a n.a. null none nan nil - -- --- — – . / ? #n/a #value! #ref! #div/0!
无 空 暂无 未知 不详 不适用
"""
NA_WORDS = frozenset(_WORDS.split())
"""Words of a number or date column that mean that nothing is known."""

_CORE = re.compile(r"9[9.,'\s\u00a0\u202f]*")
_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
MARK_GROUP = 3


@dataclass(frozen=True)
class NumberDecision:
    """The format; or `ambiguous`: 1.234 could be either; and the words that stand for nothing."""

    format: NumberFormat
    ambiguous: bool = False
    blanks: tuple[str, ...] = ()


def evidence(profile: Profile) -> Decimal | None:
    """The decimal sign that this column alone proves, None if it proves none or both."""
    signs = {sign for s in profile.shapes if (sign := _proves(s.text)) is not None}
    if profile.kind == "number" and any(_proves(_shape(v)) == "." for v in profile.samples):
        signs.add(".")
    return signs.pop() if len(signs) == 1 else None


def decide(profile: Profile, given: Decimal | None, file: Decimal | None) -> NumberDecision:
    """The number format of a column: what the user said, what it proves, what the file proves."""
    own = evidence(profile)
    decimal = given or own or file
    ambiguous = decimal is None and _could_be_groups(profile)
    decimal = decimal or "."
    plain = profile.kind == "number" and decimal == "."
    return NumberDecision(NumberFormat(decimal, plain), ambiguous, blank_words(profile))


def contradicts(profile: Profile) -> bool:
    """Whether the column holds both 1.234,5 and 1,234.5."""
    return len({_proves(s.text) for s in profile.shapes} - {None}) > 1


def blank_words(profile: Profile) -> tuple[str, ...]:
    """The values of a column that are words for "nothing known"."""
    values = (value for s in profile.shapes for value in (s.low, s.high))
    return tuple(dict.fromkeys(v for v in values if v.strip().lower() in NA_WORDS))


def _shape(value: str) -> str:
    return re.sub(r"\d", "9", value)


def _proves(shape: str) -> Decimal | None:
    """The decimal sign that a pattern of digits leaves no doubt about."""
    found = _CORE.search(shape)
    core = found.group().rstrip() if found else ""
    points, commas = core.count("."), core.count(",")
    if points and commas:
        return "." if core.rindex(".") > core.rindex(",") else ","
    if points + commas == 0:
        return None
    sign: Decimal = "." if points else ","
    other: Decimal = "," if points else "."
    if points + commas > 1:
        return other
    return None if len(core) - core.index(sign) - 1 == MARK_GROUP else sign


def _could_be_groups(profile: Profile) -> bool:
    """Every value looks like 1.234: thousands of one country, thousandths of another."""
    values = [v for v in profile.samples if v] or [s.low for s in profile.shapes]
    return len(values) > 1 and all(_THREE.fullmatch(value.lstrip("+-")) for value in values)
