"""What comes next: evenly spaced figures and the forecast of the periods after them.

Pure. `histories` asks the figures of a metric, `tabled` takes those of a file.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from salesdash.analysis.answers import Reason
from salesdash.analysis.spacing import Spaced
from salesdash.forecasting import Forecast, forecast
from salesdash.periods import Grain, Period

NAMED = 6
"""So many periods are named in a note."""

SEASONS_KNOWN = 3
"""A season needs so many to be told from chance."""

HALF, WIDE = 0.5, 0.8


@dataclass(frozen=True)
class Past:
    """A period of the history; `value` None: unknown, or so odd that it was left out."""

    period: Period
    name: str
    value: float | None


@dataclass(frozen=True)
class Step:
    """A period to come: its mean, and the lowest and highest figure of its intervals."""

    period: Period
    name: str
    mean: float
    low_50: float
    high_50: float
    low_80: float
    high_80: float


@dataclass(frozen=True)
class Foresight:
    """A history, what is to be expected after it, and what a reader should know."""

    grain: Grain
    season: int
    history: tuple[Past, ...]
    steps: tuple[Step, ...]
    forecast: Forecast
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class History:
    """Evenly spaced figures, and what was done to them."""

    row: Spaced
    notes: tuple[Reason, ...] = ()


def foresee(past: History, horizon: int) -> Foresight:
    """The forecast of the next periods; DataRefused ``forecasting...`` where none can be made.

    Periods at the end without a figure are forecast, too, and come before the others.
    """
    row = _trimmed(past.row)
    values = [math.nan if value is None else value for value in row.values]
    made = forecast(values, row.season, horizon)
    bands = {band.level: zip(band.low, band.high, strict=True) for band in made.bands}
    steps = tuple(
        Step(unit, row.named(unit), mean, *half, *wide)
        for unit, mean, half, wide in zip(
            row.ahead(horizon), made.mean, bands[HALF], bands[WIDE], strict=True
        )
    )
    history = tuple(
        Past(unit, row.named(unit), value)
        for unit, value in zip(row.units, row.values, strict=True)
    )
    notes = (*past.notes, *_notes(row, made, ends_early=row.units[-1:] != past.row.units[-1:]))
    return Foresight(row.grain, row.season, history, steps, made, notes)


def listed(row: Spaced, units: Sequence[Period]) -> tuple[tuple[str, object], ...]:
    """Values of a note about periods: how many, and the names of the first."""
    names = [row.named(unit) for unit in units[:NAMED]]
    if len(units) > NAMED:
        names.append("…")
    return ("count", len(units)), ("periods", tuple(names))


def _trimmed(row: Spaced) -> Spaced:
    """Without periods before the first figure and after the last."""
    known = [place for place, value in enumerate(row.values) if value is not None]
    if not known:
        return replace(row, units=(), values=())
    part = slice(known[0], known[-1] + 1)
    return replace(row, units=row.units[part], values=row.values[part])


def _notes(row: Spaced, made: Forecast, *, ends_early: bool) -> Iterator[Reason]:
    if ends_early:
        yield Reason("foresight.note.ends", (("period", row.named(row.units[-1])),))
    if made.filled:
        yield Reason("foresight.note.filled", listed(row, [row.units[at] for at in made.filled]))
    if made.outliers:
        odd = [row.units[at] for at in made.outliers]
        yield Reason("foresight.note.outliers", listed(row, odd))
    if row.values and row.season > 1 and len(row.values) < SEASONS_KNOWN * row.season:
        years = ("seasons", SEASONS_KNOWN), ("season", row.season)
        yield Reason(f"foresight.note.short_{'week' if row.grain is Grain.DAY else 'year'}", years)
    if made.coverage is None:
        yield Reason("foresight.note.untested")
