"""Looks: a goal as it was seen on a day, with what its figures meant then; a review keeps one."""

from dataclasses import dataclass
from datetime import date

from salesdash.analysis.answers import Reason, Status
from salesdash.analysis.asking import bound
from salesdash.analysis.progress import Progress
from salesdash.config import Settings
from salesdash.metrics import Metric
from salesdash.periods import FiscalCalendar, Window
from salesdash.warehouse import Warehouse


@dataclass(frozen=True)
class Look:
    """The progress of a goal on a day, and the words that were said about it.

    `cut`: the event the figures rest on. `definitions`: its metric as it was defined, behind all
    that it is made of; none when it was gone. `hash`: of config.yaml.
    """

    progress: Progress
    word: Reason
    status: Status | None
    told: Reason | None
    window: Window
    today: date
    cut: int
    definitions: tuple[Metric, ...]
    currency: str
    fiscal: FiscalCalendar
    hash: str


def build(
    warehouse: Warehouse,
    settings: Settings,
    progress: Progress,
    when: date | tuple[date, int],
    currency: str,
) -> Look:
    """What is to be kept of a goal's progress: `when` is today, or a day with its cut."""
    today, cut = when if isinstance(when, tuple) else (when, warehouse.version)
    known, name = bound(warehouse, settings), progress.subject.metric
    parts = known.order((name,)) if name in known.metrics else ()
    return Look(
        progress=progress,
        word=progress.word,
        status=progress.status,
        told=progress.told,
        window=progress.window(settings.fiscal),
        today=today,
        cut=cut,
        definitions=tuple(known.metrics[part] for part in parts),
        currency=currency,
        fiscal=settings.fiscal,
        hash=settings.hash,
    )
