"""Covers: the dates that a replace or complete speaks of as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salesdash.engine import Transaction
from salesdash.imports.rows import Shape
from salesdash.imports.speeches import Mode, Speech

SPAN = """
select
    min({i.day}) as first,
    max({i.day}) as last
from {incoming} as i
"""

Dates = tuple[date | None, date | None]
"""First and last day, both included; None and None: no row has a date."""


@dataclass(frozen=True)
class Cover:
    """Dates that were spoken of, both included; None and None: all rows, dated or not."""

    first: date | None = None
    last: date | None = None

    @property
    def is_all(self) -> bool:
        """Whether rows without a date are covered too."""
        return self.first is None or self.last is None

    def condition(self, day: str) -> str:
        """Whether a date expression lies within; a row without a date lies within no dates."""
        return "true" if self.is_all else between(day, (self.first, self.last))


def between(day: str, dates: Dates) -> str:
    """Whether a date expression lies in dates, both included; false where it is blank."""
    return f"coalesce({day} between date '{dates[0]}' and date '{dates[1]}', false)"


def span(transaction: Transaction, incoming: str, shape: Shape) -> Dates:
    """First and last date of the rows of an import."""
    first, last = transaction.rows(SPAN.format(incoming=incoming, i=shape.keys("i")))[0]
    return first, last


def cover(speech: Speech, dates: Dates) -> Cover | None:
    """What an import with rows on these dates speaks of beside its own units; None: of no more."""
    if speech.mode is Mode.COMPLETE:
        return Cover()
    if speech.mode is Mode.REPLACE and dates[0] is not None:
        return Cover(*dates)
    return None


def newer_covers(speech: Speech, earlier: Sequence[tuple[Speech, Dates]]) -> tuple[Cover, ...]:
    """The dates that earlier imports of a newer moment have spoken of as a whole."""
    if speech.forced:
        return ()
    found = (cover(other, dates) for other, dates in earlier if other.as_of > speech.as_of)
    return tuple(each for each in found if each is not None)
