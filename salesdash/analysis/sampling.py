"""What a trial is judged by, asked of the data: windows within its scope, of the rest, of others.

Everything is measured in windows of as many whole weeks as have passed since, so figures that grow
with the days, like different customers, are compared alike. A longer time before is several such
windows: sums are averaged, ratios get numerator and denominator summed apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salesdash.analysis.asking import Question
from salesdash.analysis.past import accumulates
from salesdash.analysis.placebo import LONGER, Place, Row
from salesdash.analysis.ruling import Side, Week
from salesdash.analysis.trials import Setting
from salesdash.forecasting.arrays import Floats
from salesdash.metrics import OTHER, Kind, Measured, Metric, Unit
from salesdash.periods import Period

MEMBERS = 24
"""Others that are looked at one by one; the rest as a whole has them all."""

SHOWN = 13
"""Weeks before that a chart shows at least, where there are so many."""

COUNTED: Mapping[str, tuple[str, ...]] = {
    "sales": ("orders", "order_lines"),
    "deals": ("won_deals",),
    "leads": ("leads",),
    "activities": ("activities_done",),
}
"""What tells how much a figure of a dataset rests on."""


@dataclass(frozen=True)
class Sample:
    """The figures of a trial at its place in time. Raises UsageError for a scope without rows."""

    setting: Setting
    place: Place

    @property
    def question(self) -> Question:
        """The one that is asked, within the scope."""
        return self.setting.question

    @property
    def metric(self) -> Metric:
        """What is judged."""
        return self.setting.metric

    # --- what is asked ------------------------------------------------------------------------

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Numerator and denominator of a ratio whose parts add up over windows."""
        names = tuple(name for name in (self.metric.numerator, self.metric.denominator) if name)
        known = self.question.bound.metrics
        if self.metric.kind is not Kind.RATIO or not known.keys() >= {*names}:
            return ()
        return names if all(map(self._adds, names)) else ()

    @cached_property
    def counted(self) -> str | None:
        """The metric that tells how much a figure rests on; None: nothing does."""
        known = self.question.bound.metrics
        if self.metric.unit is Unit.COUNT:
            return self.metric.id
        below = known.get(self.metric.denominator or "")
        if below is not None and below.unit is Unit.COUNT:
            return below.id
        return next((name for name in COUNTED.get(self.metric.dataset, ()) if name in known), None)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All metrics that are asked at once."""
        names = (self.metric.id, *self.parts, *((self.counted,) if self.counted else ()))
        return tuple(dict.fromkeys(names))

    @cached_property
    def windows(self) -> tuple[Period, ...]:
        """As many weeks as have passed since, from each week on."""
        weeks = self.setting.weeks
        last = weeks[self.place.weeks - 1 :]
        return tuple(Period(one.start, other.end) for one, other in zip(weeks, last, strict=False))

    @cached_property
    def drawn(self) -> tuple[Period, ...]:
        """The single weeks of the chart."""
        first = self.place.begun - max(self.place.weeks * LONGER[-1], SHOWN)
        return self.setting.weeks[max(first, 0) : self.place.now + self.place.weeks]

    @cached_property
    def inside(self) -> Measured:
        """Windows, then single weeks, within the scope."""
        return self.question.measure(self.ids, (*self.windows, *self.drawn))

    @cached_property
    def outside(self) -> Measured | None:
        """The same of the rest."""
        rest = self.setting.rest
        return None if rest is None else rest.measure(self.ids, (*self.windows, *self.drawn))

    # --- rows ---------------------------------------------------------------------------------

    @cached_property
    def own(self) -> Row:
        """What was to move; of the whole company by working day: no rest has the same holidays."""
        row = self._row(self.inside)
        if self.setting.turned is not None or not self._adds(self.metric.id):
            return row
        days = [max(self.question.settings.work.count(window), 1) for window in self.windows]
        return Row(row.values / np.asarray(days, dtype=np.float64))

    @cached_property
    def rest(self) -> Row | None:
        """The rest as a whole."""
        return None if self.outside is None else self._row(self.outside)

    @cached_property
    def members(self) -> tuple[Row, ...]:
        """The others one by one; a rest of one member tells no more than the rest itself."""
        rest, turned = self.setting.rest, self.setting.turned
        if rest is None or turned is None:
            return ()
        measured = rest.measure(self.ids, self.windows, by=(turned.dimension,), top=MEMBERS)
        found = [each for each in measured.members() if each[0] != OTHER]
        return tuple(self._row(measured, each) for each in found) if len(found) > 1 else ()

    # --- what is shown ------------------------------------------------------------------------

    def counts(self, measured: Measured | None, place: Place) -> tuple[int, int] | None:
        """What figures before (in as many weeks) and after rest on."""
        if self.counted is None or measured is None:
            return None
        row = Row(np.nan_to_num(self._values(measured, self.counted, self._numbers)))
        before = row.mean(place.times, place.weeks)[place.now - place.lag]
        return round(float(before)), round(float(row.values[place.now]))

    def side(self, measured: Measured, place: Place) -> Side:
        """Before and after, as they are looked at."""
        row = self._row(measured)
        before = _known(row.mean(place.times, place.weeks)[place.now - place.lag])
        after = _known(row.values[place.now])
        if before is None or after is None:
            return Side(before, after, None)
        if not place.logarithmic:
            return Side(before, after, after - before)
        return Side(before, after, after / before - 1 if before > 0 else None)

    def before(self, place: Place) -> Period:
        """The weeks before, as they are looked at."""
        weeks, last = self.setting.weeks, place.now - place.lag
        first = last - (place.times - 1) * place.weeks
        return Period(weeks[first].start, weeks[last + place.weeks - 1].end)

    def series(self, place: Place) -> Iterator[Week]:
        """Week by week; sizes as parts of their mean before."""
        count, looked = len(self.windows), self.before(place)
        single = range(count, count + len(self.drawn))
        before = [looked.contains(week.start) for week in self.drawn]
        first = self.setting.weeks[max(place.begun - max(place.weeks * place.times, SHOWN), 0)]
        rows = []
        for measured in (self.inside, self.outside):
            values = np.full(len(self.drawn), np.nan)
            if measured is not None:
                values = self._values(measured, self.metric.id, single)
            rows.append(_sized(values, before) if place.logarithmic else values)
        for week, own, rest in zip(self.drawn, *rows, strict=True):
            if week.start >= first.start:
                yield Week(week, _known(own), _known(rest))

    @property
    def adds(self) -> bool:
        """Whether what one trial moved adds up with what others did: sums and counts of things."""
        return self.question.bound.is_additive(self.metric.id)

    # --- figures as numbers -------------------------------------------------------------------

    @property
    def _numbers(self) -> range:
        return range(len(self.windows))

    def _row(self, measured: Measured, members: tuple[str | None, ...] = ()) -> Row:
        names = (self.metric.id, *self.parts)
        values, *parts = (self._values(measured, n, self._numbers, members) for n in names)
        return Row(values, (parts[0], parts[1]) if parts else None)

    def _values(
        self,
        measured: Measured,
        name: str,
        windows: Iterable[int],
        members: tuple[str | None, ...] = (),
    ) -> Floats:
        """What adds up is 0 without rows, anything else then unknown."""
        nothing = 0.0 if self._adds(name) else np.nan
        figures = (measured.figure(name, number, None, members) for number in windows)
        return np.asarray([nothing if f.value is None else float(f.value) for f in figures])

    def _adds(self, name: str) -> bool:
        bound = self.question.bound
        return accumulates(bound, bound.metrics[name])


def _sized(values: Floats, before: list[bool]) -> Floats:
    """As parts of the mean before."""
    known = values[np.asarray(before) & np.isfinite(values)]
    base = float(known.mean()) if len(known) else 0.0
    return values / base if base > 0 else np.full(values.shape, np.nan)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
