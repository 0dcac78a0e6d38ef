"""Evidence: an effect as it was seen on a day, and what its figures meant; a verdict keeps it."""

from dataclasses import dataclass
from datetime import date

from salesdash.analysis.ruling import Effect
from salesdash.metrics import Metric
from salesdash.periods import FiscalCalendar


@dataclass(frozen=True)
class Evidence:
    """An effect on a day; `edge`: last day of the data, `cut`: the event the figures rest on.

    `definitions`: its metric behind all it is made of; none when it was gone. `hash`: of
    config.yaml.
    """

    effect: Effect
    today: date
    edge: date | None
    cut: int
    definitions: tuple[Metric, ...]
    currency: str
    fiscal: FiscalCalendar
    hash: str
