"""How documents say what they say: they are read later, so every day has its year."""

import datetime as dt

from salesdash import formats
from salesdash.analysis.looks import Look
from salesdash.analysis.minutes import Minutes
from salesdash.charts import Words


def spoken(kept: Minutes | Look, lang: str) -> Words:
    """The words of a meeting or review: money, calendar and names of metrics as they were then."""
    names = tuple((metric.id, metric.name[lang]) for metric in kept.definitions)
    return Words(lang, kept.currency, kept.fiscal, names)


def day(day: dt.date, lang: str) -> str:
    """A day with its year."""
    return formats.date(day, lang, "exact")


def moment(at: dt.datetime, lang: str) -> str:
    """A day and the time of it."""
    return f"{day(at.date(), lang)} {at:%H:%M}"
