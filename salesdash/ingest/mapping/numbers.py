"""How the numbers of one column are written, decided from the patterns of all its values."""

import re
from dataclasses import dataclass
from typing import Literal

from salesdash.ingest.files import looks
from salesdash.ingest.mapping.plan import NumberFormat
from salesdash.ingest.reading import Profile

Decimal = Literal[".", ","]

_WORDS = """
na n/a n.a. null none nan nil - -- --- — – . / ? #n/a #value! #ref! #div/0!
-none- (none) (blank) unknown (空白) 空白
无 空 暂无 未知 不详 不适用
"""
NA_WORDS = frozenset(_WORDS.split())
"""Words of a number or date column that mean that nothing is known."""

_NO_DAY = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?: 0{1,2}:00(?::00)?)?|1900[-/]0?1[-/]0?0")
"""Dates that databases and spreadsheets write where there is none."""

_CORE = re.compile(r"9[9.,'’\s]*")
_DOUBLED = re.compile(r"[.,]{2}")
_THREE = re.compile(r"[^\d.,]*[1-9]\d{0,2}([.,])\d{3}[^\d.,]*")
_SHORT = re.compile(r"[^\d.,]*\d{1,3}[^\d.,]*")
MARK_GROUP = 3
SEMICOLON = ";"
"""What separates cells where the comma is taken: a comma in a number is likely its decimal sign."""


@dataclass(frozen=True)
class NumberDecision:
    """The format; or `ambiguous`: 1.234 could be either; and the words that stand for nothing."""

    format: NumberFormat
    ambiguous: bool = False
    blanks: tuple[str, ...] = ()


def evidence(profile: Profile) -> Decimal | None:
    """The decimal sign that this column alone proves, None if it proves none or both."""
    numeric = [shape for shape in profile.shapes if not looks.is_date(shape.low)]
    signs = {sign for s in numeric if (sign := _proves(s.text)) is not None}
    if profile.kind == "number" and any(_proves(_shape(v)) == "." for v in profile.samples):
        signs.add(".")
    return signs.pop() if len(signs) == 1 else None


def decide(
    profile: Profile, given: Decimal | None, file: Decimal | None, delimiter: str | None = None
) -> NumberDecision:
    """The number format of a column: what the user said, what it proves, what the file proves.

    1.234 alone could be either and is asked. 1,234 alone is over a thousand, except in a file whose
    cells are separated by semicolons: there it is asked, too.
    """
    own = evidence(profile)
    decimal = given or own or file
    sign = _only_groups(profile) if decimal is None else None
    ambiguous = sign == "." or (sign == "," and delimiter == SEMICOLON)
    decimal = decimal or "."
    plain = profile.kind == "number" and decimal == "."
    return NumberDecision(NumberFormat(decimal, plain), ambiguous, blank_words(profile))


def contradicts(profile: Profile) -> bool:
    """Whether the column holds both 1.234,5 and 1,234.5."""
    return len({_proves(s.text) for s in profile.shapes} - {None}) > 1


def blank_words(profile: Profile) -> tuple[str, ...]:
    """The values of a column that are words for "nothing known"."""
    values = (value for s in profile.shapes for value in (s.low, s.high))
    return tuple(dict.fromkeys(v for v in values if _is_nothing(v.strip().lower())))


def _is_nothing(value: str) -> bool:
    return value in NA_WORDS or _NO_DAY.fullmatch(value) is not None


def _shape(value: str) -> str:
    return re.sub(r"\d", "9", value)


def _proves(shape: str) -> Decimal | None:
    """The decimal sign that a pattern of digits leaves no doubt about."""
    found = _CORE.search(shape)
    core = found.group().rstrip() if found else ""
    if _DOUBLED.search(core):
        return None
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


def _only_groups(profile: Profile) -> str | None:
    """The sign of a column whose every value looks like 1.234 or is short; None of any other."""
    low_high = [value for s in profile.shapes for value in (s.low, s.high)]
    values = low_high or list(profile.samples)
    return _group_sign(values) if len(values) > 1 else None


def may_be_groups(samples: tuple[str, ...]) -> bool:
    """Whether the first values of a column leave open if their points are of thousands."""
    return _group_sign(list(samples)) is not None


def _group_sign(values: list[str]) -> str | None:
    """The one sign before three digits, where no value has another sign or none is long."""
    known = [value for value in values if value.strip().lower() not in NA_WORDS]
    grouped = [found for value in known if (found := _THREE.fullmatch(value.strip()))]
    short = sum(1 for value in known if _SHORT.fullmatch(value.strip()))
    signs = {found.group(1) for found in grouped}
    return signs.pop() if len(signs) == 1 and len(grouped) + short == len(known) else None
