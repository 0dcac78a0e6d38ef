"""What the two stretches of time of a comparison are called, in as few words as tell them apart."""

from typing import Protocol

from salesdash import formats
from salesdash.charts.words import Words
from salesdash.periods import Against, Comparison, Window


class Spanned(Protocol):
    """An answer about one stretch of time beside another."""

    @property
    def window(self) -> Window | None:
        """What is looked at; None: all dates."""

    @property
    def compared(self) -> Window | None:
        """What it is compared with, if anything."""

    @property
    def comparison(self) -> Against:
        """How the two belong together."""


def span_names(answer: Spanned, words: Words) -> tuple[str, str]:
    """Now and then: 2026 and 2025, Q4 2026 and Q3 2026, or their days."""
    window, compared = answer.window, answer.compared
    if window is None or compared is None:
        return words.say("charts.now"), words.say("charts.previous")
    if answer.comparison is Comparison.LAST_YEAR:
        years = _year(window), _year(compared)
        if None not in years and years[0] != years[1]:
            return str(years[0]), str(years[1])
    return span_name(window, words), span_name(compared, words)


def span_name(window: Window, words: Words) -> str:
    """A unit by its name, other days by theirs."""
    if window.grain is None or window.unit is None:
        return formats.date_range(window.period, words.lang, "exact")
    return words.period(window.grain, window.unit)


def _year(window: Window) -> int | None:
    """The calendar year all of a window lies in."""
    first, last = window.period.start, window.period.last_day
    return first.year if first.year == last.year else None
