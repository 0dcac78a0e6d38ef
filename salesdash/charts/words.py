"""Words: the language, currency and names a chart speaks with."""

from dataclasses import dataclass, field
from datetime import date
from functools import singledispatchmethod

from salesdash import formats, texts
from salesdash.analysis.answers import (
    Amount,
    Change,
    Member,
    Name,
    Number,
    Point,
    Reason,
    Status,
    When,
)
from salesdash.datasets import EXTRA_PREFIX
from salesdash.metrics import Unit
from salesdash.metrics import Words as Named
from salesdash.periods import Against, FiscalCalendar, Grain, Period, between


@dataclass(frozen=True)
class Words:
    """How figures are written here. `names` are metric ids with their names in `lang`."""

    lang: str = "en"
    currency: str = "USD"
    fiscal: FiscalCalendar = field(default_factory=FiscalCalendar)
    names: tuple[tuple[str, str], ...] = ()

    def say(self, key: str, **values: object) -> str:
        """The words of a text key."""
        return texts.t(key, self.lang, **values)

    def metric(self, name: str) -> str:
        """What a metric is called; its id where nobody named it."""
        return dict(self.names).get(name, name)

    def dimension(self, name: str) -> str:
        """What a dimension is called; an extra column by its own header."""
        if name.startswith(EXTRA_PREFIX):
            return name.removeprefix(EXTRA_PREFIX).replace("_", " ")
        return self.say(f"fields.{name}")

    def value(self, number: Number | None, unit: Unit, style: formats.Style = "short") -> str:
        """A figure; "—" for None."""
        return formats.value(number, unit, self.currency, self.lang, style)

    def axis(self, number: float, unit: Unit) -> str:
        """A figure beside an axis: short, without the currency."""
        return formats.value(number, unit, self.currency, self.lang, "axis")

    def period(self, grain: Grain, period: Period, *, running: bool = False) -> str:
        """A unit by its name; a running one by its days."""
        if running:
            return formats.date_range(period, self.lang)
        return formats.unit_label(grain, period, self.lang, self.fiscal)

    def point(self, grain: Grain, point: Point) -> str:
        """The period of a point of a trend; of one that still matures it is said."""
        when = self.period(grain, point.period, running=point.running)
        return self.say("charts.maturing", when=when) if point.maturing else when

    def month(self, start: date) -> str:
        """A calendar month by its name, whatever the fiscal year."""
        period = FiscalCalendar().unit(Grain.MONTH, start)
        return formats.unit_label(Grain.MONTH, period, self.lang)

    def change(self, ratio: float) -> str:
        """A relative change: −7.9 %."""
        return formats.change(ratio, self.lang)

    def points(self, difference: float) -> str:
        """A change of a share: +0.6 percentage points."""
        return formats.points(difference, self.lang)

    def moved(self, found: Change, unit: Unit) -> str:
        """A change as people say it: a ratio where there is one, else points, times, its size."""
        if found.ratio is not None:
            return self.change(found.ratio)
        return self.value(found.absolute, unit, "signed")

    def days(self, period: Period) -> str:
        """Days that were chosen: a month, quarter or year by its name, others by their dates."""
        window = between(period.start, period.last_day, self.fiscal)
        if window.grain is None:
            return formats.date_range(period, self.lang, "exact")
        return self.period(window.grain, period)

    def versus(self, comparison: Against) -> str:
        """Like "vs last year", "vs Mar 2024", "环比": what a change is against."""
        if isinstance(comparison, Period):
            return self.say("ui.versus.days", days=self.days(comparison))
        return self.say(f"ui.versus.{comparison.value}")

    def beside(self, found: Change, unit: Unit, comparison: Against) -> str:
        """A change with what it is against, and by the day where the two are not equally long."""
        told = f"{self.moved(found, unit)} {self.versus(comparison)}"
        if found.per_day is None:
            return told
        return self.say("ui.versus.per_day", change=told, daily=self.change(found.per_day))

    def tell(self, reason: Reason | Status) -> str:
        """A finished sentence: the words of a reason or status with its values written out.

        English has a form for metrics that read as a plural ("Sales are"), chosen by `count`.
        """
        values = {name: self._written(value) for name, value in reason.values}
        metric = dict(reason.values).get("metric")
        if isinstance(metric, Name) and "count" not in values:
            values["count"] = 2 if _is_plural(self.metric(metric.value)) else 1
        return self.say(reason.key, **values)

    def told(self, value: object) -> str:
        """What a sentence may hold, by itself: a name, a member, a time, a reason."""
        return str(self._written(value))

    @singledispatchmethod
    def _written(self, value: object) -> object:
        """Text and numbers stand as they are."""
        return value

    @_written.register
    def _name(self, value: Name) -> str:
        if value.kind == "metric":
            return self.metric(value.value)
        if value.kind == "dimension":
            return self.dimension(value.value)
        if value.kind == "dataset":
            return self.say(f"datasets.{value.value}")
        return self.say(f"analysis.{value.kind}.{value.value}")

    @_written.register
    def _named(self, value: Named) -> str:
        return value[self.lang]

    @_written.register
    def _member(self, value: Member) -> str:
        return value.value or self.say("charts.empty")

    @_written.register
    def _day(self, value: date) -> str:
        return formats.date(value, self.lang, "exact")

    @_written.register
    def _chosen(self, value: Period) -> str:
        return self.days(value)

    @_written.register
    def _reason(self, value: Reason) -> str:
        return self.tell(value)

    @_written.register(tuple)
    def _listed(self, value: tuple[object, ...]) -> str:
        told: list[str] = []
        for one in value:
            text = str(self._written(one))
            told.append(_inner(text) if told and isinstance(one, Reason) else text)
        return self.say("analysis.list").join(told)

    @_written.register
    def _amount(self, amount: Amount) -> str:
        if amount.style == "change":
            return formats.change(amount.value, self.lang)
        if amount.style == "points":
            return formats.points(abs(float(amount.value)), self.lang).lstrip("+")
        if amount.style == "percent":
            return f"{round(amount.value * 100)}%"
        return self.value(amount.value, amount.unit, amount.style)

    @_written.register
    def _when(self, when: When) -> str:
        window = when.window
        if window.grain is None or window.unit is None:
            days = formats.date_range(window.period, self.lang, this_year=when.year)
            return days if when.bare else self.say("analysis.when.days", days=days)
        if when.now:
            return self.say(f"analysis.when.{window.grain.value}")
        unit = formats.unit_label(
            window.grain, window.unit, self.lang, self.fiscal, this_year=when.year
        )
        return unit if when.bare else self.say("analysis.when.unit", unit=unit)


def _is_plural(name: str) -> bool:
    """True for an English name that reads as a plural: Sales, New customers, but not Gross."""
    return name.endswith("s") and not name.endswith("ss")


def _inner(clause: str) -> str:
    """A clause after the first begins small, unless it begins with an abbreviation."""
    return clause if clause[1:2].isupper() else clause[:1].lower() + clause[1:]
