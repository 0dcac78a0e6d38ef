"""What deals tell of the end of a goal: what the open ones, and those to come, still bring."""

from dataclasses import replace
from datetime import date

from salesdash.analysis.asking import Question
from salesdash.analysis.pace import Past
from salesdash.analysis.winnings import WON, book, remaining
from salesdash.periods import Period


def with_deals(question: Question, metric: str, period: Period, known: date, past: Past) -> Past:
    """The past of a goal of won deals with what deals let expect at each moment, and now.

    `known`: the day without, up to which the goal is known. Any other past stays as it is.
    """
    what = WON.get(metric)
    found = None if what is None or not len(past) else book(question, period.end)
    if what is None or found is None:
        return past
    moments = zip((*past.known, known), (*past.periods, period), strict=True)
    rows = [(day.toordinal(), each.end.toordinal()) for day, each in moments]
    return replace(past, rests=tuple(remaining(found, rows, what, staged=True).tolist()))
