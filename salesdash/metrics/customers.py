"""What customer metrics count: set algebra over who bought when (DESIGN section 4).

A customer bought on a day when a line of theirs has a positive amount. `months` is the window of
the config, 12 by default; windows end where the period ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salesdash.metrics.histories import Histories, Truth
from salesdash.metrics.segments import Span
from salesdash.periods import Period

FILE = "customers.sql"
"""The histories these counts are made of, in warehouse/sql."""


class Count(StrEnum):
    """The closed list of `counts` in config.yaml."""

    NEW = "new"
    REACTIVATED = "reactivated"
    LOST = "lost"  # bought in the window before the period, not in the one that ends with it
    BEFORE = "before"  # bought in the window before
    RETAINED = "retained"  # bought in the window before and in this one
    BUYERS = "buyers"  # bought in the window
    REPEATED = "repeated"  # two or more orders in the window


@dataclass(frozen=True)
class Question:
    """One period, and the windows of `months` that belong to it."""

    period: Period
    months: int

    @property
    def span(self) -> Span:
        """The period itself."""
        return Span(self.period.start, self.period.end)

    @property
    def past(self) -> Span:
        """Everything before the window that precedes the period."""
        return Span(None, months_before(self.period.start, self.months))

    @property
    def preceding(self) -> Span:
        """The window that ends where the period starts."""
        return Span(months_before(self.period.start, self.months), self.period.start)

    @property
    def window(self) -> Span:
        """The window that ends where the period ends."""
        return Span(months_before(self.period.end, self.months), self.period.end)

    @property
    def window_before(self) -> Span:
        """The window before that."""
        start = months_before(self.period.end, 2 * self.months)
        return Span(start, months_before(self.period.end, self.months))

    def spans(self, counts: Iterable[Count]) -> tuple[Span, ...]:
        """The stretches of time that have to be told apart."""
        found: dict[Span, None] = {}
        for count in counts:
            found.update(dict.fromkeys(self._spans(count)))
        return tuple(found)

    def _spans(self, count: Count) -> tuple[Span, ...]:
        match count:
            case Count.NEW:
                # Nothing bounds it: a customer may be stated as one long before the first sale.
                return (self.span, Span())
            case Count.REACTIVATED:
                return (self.past, self.preceding, self.span)
            case Count.LOST:
                return (self.preceding, self.window)
            case Count.BEFORE:
                return (self.window_before,)
            case Count.RETAINED:
                return (self.window_before, self.window)
            case Count.BUYERS | Count.REPEATED:
                return (self.window,)

    def needed_from(self, count: Count) -> date | None:
        """The day the data must go back to, else the figure would mislead and is blank."""
        match count:
            case Count.NEW | Count.REACTIVATED | Count.LOST:
                return self.preceding.start
            case Count.BEFORE | Count.RETAINED:
                return self.window_before.start
            case _:
                return None


def chosen(count: Count, ask: Question, histories: Histories) -> Truth:  # noqa: PLR0911 - one a count
    """The customers that a count means; REPEATED reads histories of orders."""
    seen = histories.seen
    match count:
        case Count.NEW:
            return histories.started(ask.span)
        case Count.REACTIVATED:
            return seen(ask.span) & seen(ask.past) & ~seen(ask.preceding)
        case Count.LOST:
            return seen(ask.preceding) & ~seen(ask.window)
        case Count.BEFORE:
            return seen(ask.window_before)
        case Count.RETAINED:
            return seen(ask.window_before) & seen(ask.window)
        case Count.BUYERS:
            return seen(ask.window)
        case Count.REPEATED:
            return histories.repeated(ask.window)


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` earlier; past a month's end the first of the next.

    For half-open windows: neighbours stay without gap and overlap.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
