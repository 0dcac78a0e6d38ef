"""Definitions become SQL: the select lists that go into the statements of warehouse/sql.

Values are bound by whoever asks; names come from the columns of the projection.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salesdash.metrics.histories import MEMBER, WORD
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

    @property
    def members(self) -> Parts:
        """The day and the members, which all statements have."""
        named = zip(self.dimensions, self.groups, strict=True)
        return {
            "day": self.day,
            "groups": _listed(self.groups),
            "members": _listed(f"{sql} as {name}" for sql, name in named),
        }

    def common(self, segments: Segments, spans: Iterable[Span]) -> Parts:
        """The same with the limits of the days."""
        return {**self.members, "limits": segments.sql_limits(spans, self.day)}


def sums(
    source: Source, segments: Segments, spans: Iterable[Span], figures: Sequence[str]
) -> Parts:
    """`sums.sql`: aggregates by segment."""
    return {
        **source.common(segments, spans),
        "segment": segments.sql_number(source.day),
        "figures": _named(figures),
    }


def sums_by_day(source: Source, figures: Sequence[str]) -> Parts:
    """`sums_by_day.sql`: aggregates by day, without limits."""
    return {**source.members, "figures": _named(figures)}


def keys(source: Source, segments: Segments, spans: Iterable[Span], key: str) -> Parts:
    """`keys.sql`: histories of a distinct key."""
    return {**source.common(segments, spans), **_bits(source.day, segments), "key": f"({key})"}


def keys_by_day(source: Source, key: str) -> Parts:
    """`keys_by_day.sql` and `keys_of_days.sql`: days of a distinct key, without limits."""
    return {**source.members, "key": f"({key})"}


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


def customers(source: Source, *, since: bool) -> Parts:
    """`customers.sql`: days on which customers bought; `since`: and when each began to be one.

    Without stated "customer since" dates that is the first of these days.
    """
    began = "least(day, coalesce(min(customer_since), day))"
    return {
        **source.members,
        "inputs": _listed(("customer_since",)) if since else "",
        "started": began if since else "cast(null as date)",
    }


def repeats(source: Source) -> Parts:
    """`repeats.sql`: days on which customers ordered."""
    return source.members


def _named(figures: Sequence[str]) -> str:
    """Aggregates as numbered columns at the end of a list."""
    return "".join(f",\n    {sql} as figure_{number}" for number, sql in enumerate(figures))


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
