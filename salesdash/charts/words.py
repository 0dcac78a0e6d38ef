"""Words: the language, currency and names a chart speaks with."""

from dataclasses import dataclass, field

from salesdash import formats, texts
from salesdash.analysis.answers import Number
from salesdash.datasets import EXTRA_PREFIX
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar, Grain, Period


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

    def change(self, ratio: float) -> str:
        """A relative change: −7.9 %."""
        return formats.change(ratio, self.lang)

    def points(self, difference: float) -> str:
        """A change of a share: +0.6 percentage points."""
        return formats.points(difference, self.lang)
