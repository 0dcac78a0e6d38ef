"""Words under a time axis: which periods get one, and how short it is."""

from collections.abc import Sequence

from salesdash import formats
from salesdash.charts.frame import Label
from salesdash.charts.words import Words
from salesdash.periods import Grain, Period

_MOST = 14
"""So many words fit under a chart of full width; the browser leaves out every other if not."""

_STEPS = {Grain.MONTH: (3, 6, 12), Grain.QUARTER: (2, 4)}
_WEEK = 7
_SHORT = 45
"""A chart of days up to this long has a word a week, a longer one a word a month."""


def timeline(
    grain: Grain, periods: Sequence[Period], words: Words
) -> tuple[tuple[int, ...], tuple[Label, ...]]:
    """Places from 0 and the label at each; a list is a label of several lines.

    The year stands below the first label and each January, when more than one year is shown.
    """
    places = _places(grain, periods, words)
    years = [_year(grain, periods[place], words) for place in places]
    labels: list[Label] = []
    for n, place in enumerate(places):
        label = _label(grain, periods[place], words)
        fresh = n == 0 or years[n] != years[n - 1]
        tell = grain is not Grain.YEAR and len(set(years)) > 1 and fresh
        labels.append([label, str(years[n])] if tell else label)
    return tuple(places), tuple(labels)


def _places(grain: Grain, periods: Sequence[Period], words: Words) -> list[int]:
    count = len(periods)
    if count <= _MOST:
        return list(range(count))
    if grain is Grain.DAY and count <= _SHORT:
        return list(range(0, count, _WEEK))
    if grain in (Grain.DAY, Grain.WEEK):
        months = [(p.start.year, p.start.month) for p in periods]
        starts = [n for n in range(1, count) if months[n] != months[n - 1]]
        return starts[:: -(-len(starts) // _MOST)]
    return _rounded(grain, periods, words)


def _rounded(grain: Grain, periods: Sequence[Period], words: Words) -> list[int]:
    """Every third month and the like, counted from the first January (first quarter) on.

    When a narrow screen leaves out every other word, those that begin a year stay.
    """
    numbers = [words.fiscal.name(grain, period).number - 1 for period in periods]
    begin = numbers.index(0) if 0 in numbers else 0
    steps = _STEPS.get(grain, (1,))
    step = next((s for s in steps if len(periods) <= s * _MOST), steps[-1])
    places = [n for n in range(begin, len(periods)) if numbers[n] % step == 0]
    return places[:: -(-len(places) // _MOST)]


def _year(grain: Grain, period: Period, words: Words) -> int:
    if grain in (Grain.DAY, Grain.WEEK):
        return period.start.year
    return words.fiscal.name(grain, period).year


def _label(grain: Grain, period: Period, words: Words) -> str:
    if grain in (Grain.DAY, Grain.WEEK):
        return formats.date(period.start, words.lang)
    if grain is Grain.MONTH and words.fiscal.pattern is None:
        return formats.month_names(words.lang)[period.start.month - 1]
    year = words.fiscal.name(grain, period).year
    return formats.unit_label(grain, period, words.lang, words.fiscal, this_year=year)
