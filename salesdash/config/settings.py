"""Settings: what config.yaml says, frozen, in the terms of the rooms that use it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from salesdash.errors import Problem
from salesdash.metrics import Metric, Words
from salesdash.periods import Comparison, FiscalCalendar, Grain, WorkCalendar

LineKind = Literal[
    "figures",
    "goals",
    "attention",
    "actions",
    "training",
    "restated",
    "movement",
    "verdicts",
    "text",
]
"""What a line of an agenda fills itself with."""


@dataclass(frozen=True)
class Company:
    """Name in both languages, ISO currency, IANA zone, first language of the pages."""

    name: Words
    currency: str
    timezone: str
    language: Literal["auto", "en", "zh"]


@dataclass(frozen=True)
class Alert:
    """Attention when `metric` is worse than the comparison by more than `worse_by`.

    A fraction of the compared figure; for shares the difference itself.
    """

    metric: str
    compare: Comparison
    worse_by: Decimal
    judgement: Literal["warning", "bad"]


Preset = Literal["auto", "b2b", "b2c"]
"""Tiles of a business that sells by deals or by orders; auto: by deals where there are any."""


@dataclass(frozen=True)
class Overview:
    """The first screen: metrics of tiles and chart, dimensions of the sentence, attention.

    `preset` picks the tiles by what was imported, `tiles` are named one by one otherwise.
    `at_risk`: what customers at risk must have bought in a year to need attention; None: none do.
    """

    tiles: tuple[str, ...]
    trend: str
    movers: tuple[str, ...]
    stale_days: int
    alerts: tuple[Alert, ...]
    preset: Preset | None = None
    at_risk: Decimal | None = None


@dataclass(frozen=True)
class Statuses:
    """More words for states, folded: those of documents that count and that don't."""

    counts: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Limits:
    """Sizes in megabytes (10^6 bytes), times in seconds."""

    upload_mb: int
    unpacked_mb: int
    reading_memory_mb: int
    reading_seconds: int


@dataclass(frozen=True)
class Item(Words):
    """An item of a checklist: its words, when it is due, how long its tick counts (None: ever).

    `after_days`: days after a person's first day; None: with the course.
    """

    after_days: int | None = None
    renew_months: int | None = None


@dataclass(frozen=True)
class Required:
    """Who must finish a course: roles and teams as people are listed with them, or everybody.

    `within_days` of becoming so; of those only who `started_within_days`, where that is said.
    """

    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    everybody: bool = False
    within_days: int = 30
    started_within_days: int | None = None


@dataclass(frozen=True)
class Course:
    """A training: its checklist by id, days until due, months until renewal (None: never).

    `remind_days` before a tick lapses it is told. `levers`: metrics that it trains.
    """

    id: str
    name: Words
    description: Words
    due_days: int
    renew_months: int | None
    items: Mapping[str, Item]
    remind_days: int = 30
    required: Required | None = None
    levers: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgendaLine:
    """One point of an agenda; `tiles` are metrics of a line of figures, `minutes` are planned."""

    id: str
    kind: LineKind
    title: Words
    hint: Words
    tiles: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True)
class Meeting:
    """A kind of meeting: it comes back `every` week or month and looks at the one before.

    A `one_to_one` is held with one person at a time. One that is held `once` does not come back,
    and looks at a period of choice whatever `every` says.
    """

    id: str
    name: Words
    every: Grain
    compare: Comparison
    prepare: tuple[Words, ...]
    agenda: tuple[AgendaLine, ...]
    one_to_one: bool = False
    once: bool = False


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Settings:
    """All of config.yaml. Equal, and of the same `hash`, when they say the same.

    `problems` lists faults that leave the rest usable: metrics with a fault are missing from
    `metrics`, names of metrics that don't exist from the overview and from agendas. `rates`: month
    (2026-01) -> currency -> what one unit of it is worth in the company's.
    `review`: how often a goal is reviewed that does not say it itself.
    `keep_originals_days`: so long imported files are kept as they came; None: for good.
    `discount_rate`: of a year, by which what customers bring later is worth less today.
    """

    company: Company
    fiscal: FiscalCalendar
    work: WorkCalendar
    window_months: int
    overview: Overview
    headers: Mapping[str, Mapping[str, tuple[str, ...]]]
    statuses: Mapping[str, Statuses]
    limits: Limits
    metrics: Mapping[str, Metric]
    hash: str
    problems: tuple[Problem, ...] = field(default=())
    training: Mapping[str, Course] = field(default_factory=_none)
    meetings: Mapping[str, Meeting] = field(default_factory=_none)
    keep_originals_days: int | None = None
    review: Literal["week", "month", "never"] = "week"
    rates: Mapping[str, Mapping[str, Decimal]] = field(default_factory=_none)
    discount_rate: Decimal = Decimal("0.1")

    @property
    def tiles(self) -> tuple[str, ...]:
        """Metrics of the overview's tiles."""
        return self.overview.tiles

    @cached_property
    def offered(self) -> tuple[Metric, ...]:
        """Metrics to choose from, in the order of the file."""
        return tuple(metric for metric in self.metrics.values() if not metric.hidden)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)
