"""Definitions become SQL: the select lists that go into the statements of warehouse/sql.

Values are bound by whoever asks; names come from the columns of the projection.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salesdash.metrics.histories import MEMBER, NOT_STATED, TWICE, WORD
from salesdash.metrics.segments import Segments, Span

Parts = dict[str, str]
"""What fills the {places} of a statement."""

SUM_SEGMENTS = 200
"""Segments of one sums statement: a longer tree of comparisons costs more than a second scan."""

HISTORY_SEGMENTS = 240
"""Segments of one history statement: four words."""

INDENT = ",\n    "


@dataclass(frozen=True)
class Source:
    """Rows to ask: the day's SQL, and the SQL of each dimension of the breakdown."""

    day: str
    dimensions: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the members' columns."""
        return tuple(f"{MEMBER}{number}" for number in range(len(self.dimensions)))

    def common(self, segments: Segments, spans: Iterable[Span]) -> Parts:
        """Members and limits, which all statements have."""
        named = zip(self.dimensions, self.groups, strict=True)
        return {
            "day": self.day,
            "groups": _listed(self.groups),
            "members": _listed(f"{sql} as {name}" for sql, name in named),
            "limits": segments.sql_limits(spans, self.day),
        }


def sums(
    source: Source, segments: Segments, spans: Iterable[Span], figures: Sequence[str]
) -> Parts:
    """`sums.sql`: aggregates by segment."""
    named = [f",\n    {sql} as figure_{number}" for number, sql in enumerate(figures)]
    return {
        **source.common(segments, spans),
        "segment": segments.sql_number(source.day),
        "figures": "".join(named),
    }


def keys(source: Source, segments: Segments, spans: Iterable[Span], key: str) -> Parts:
    """`keys.sql`: histories of a distinct key."""
    return {**source.common(segments, spans), **_bits(source.day, segments), "key": f"({key})"}


def values(source: Source, segments: Segments, spans: Iterable[Span], value: str) -> Parts:
    """`values.sql`: rows counted by value."""
    return {
        **source.common(segments, spans),
        "segment": segments.sql_number(source.day),
        "value": f"({value})",
    }


def undated(source: Source, counted: Sequence[str]) -> Parts:
    """`undated.sql`: rows that would count if they had a day."""
    named = [f"{sql} as counted_{number}" for number, sql in enumerate(counted)]
    grouped = f"\ngroup by\n    {INDENT.join(source.groups)}" if source.groups else ""
    return {
        **source.common(Segments(()), (Span(),)),
        "counted": INDENT.join(named),
        "grouped": grouped,
    }


def ending(day: str, until: str) -> str:
    """SQL of the day on which a row leaves a state; never before the day it entered it."""
    return f"case when ({until}) < {day} then {day} when {day} is not null then ({until}) end"


def customers(source: Source, segments: Segments, spans: Iterable[Span], *, since: bool) -> Parts:
    """`customers.sql`: histories of customers; `since`: with the segment they started in.

    Without stated "customer since" dates the start is the first sale, which the history has.
    """
    bits = _bits(source.day, segments)
    first = "least(min(day), coalesce(min(customer_since), min(day)))"
    number = segments.sql_number("first_day") if since else str(NOT_STATED)
    return {
        **source.common(segments, spans),
        **bits,
        "inputs": _listed((f"{source.day} as day", "customer_since")) if since else "",
        "first_day": f"{first} as first_day," if since else "",
        "started": f"cast({number} as bigint)",
    }


def repeats(source: Source, segments: Segments, spans: Iterable[Span]) -> Parts:
    """`repeats.sql`: histories of customers by their orders.

    Unlimited backwards: an order belongs to the day of its first line, wherever that lies.
    """
    until = [Span(None, span.end) for span in spans]
    numbers = range(segments.words)
    return {
        **source.common(segments, until),
        **_bits("day", segments),
        "bits_named": _listed(f"bit_{n}" for n in numbers),
        "twice": _listed(f"{TWICE}{n}" for n in numbers),
        "twice_only": INDENT.join(f"{TWICE}{n}" for n in numbers),
        "collected_twice": _listed(
            f"bit_or(case when orders > 1 then bit_{n} else 0 end) as {TWICE}{n}" for n in numbers
        ),
    }


def _bits(day: str, segments: Segments) -> Parts:
    numbers = range(segments.words)
    return {
        "bits": _listed(f"{segments.sql_bit(day, n)} as bit_{n}" for n in numbers),
        "collected": _listed(f"bit_or(bit_{n}) as {WORD}{n}" for n in numbers),
        "words": _listed(f"{WORD}{n}" for n in numbers),
        "words_only": INDENT.join(f"{WORD}{n}" for n in numbers),
    }


def _listed(columns: Iterable[str]) -> str:
    """Columns for the middle of a list: each followed by a comma."""
    return "\n    ".join(f"{column}," for column in columns)
