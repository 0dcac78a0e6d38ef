"""What is still to be won in a period: from the deals as they stand, held against what came before.

The lives of deals (`winning`) answer, the same with the stages that earlier exports showed, where
there are any, and the pace of the last quarter. All are asked at past moments, too, for as many
days as are left now. Their average, each weighing 1 / error^2 by what was known at its moment, is
the answer; its errors there are its width.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from salesdash.analysis.asking import Question
from salesdash.analysis.winning import (
    NEVER,
    NO_STAGE,
    RECENT,
    Book,
    Floats,
    Ints,
    Snapshot,
    came,
    expected,
)
from salesdash.forecasting import Distribution
from salesdash.forecasting.spread import OVERLAP
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.warehouse.deals import Deals

What = Literal["deals", "amount"]
WON: Mapping[str, What] = {"won_deals": "deals", "won_amount": "amount"}
"""Metrics that deals foretell, and what of them it is."""

Row = tuple[int, int]
"""A moment and an end, as ordinals: what is won from the one up to, without, the other."""

SNAPSHOTS = 60
"""Exports that may tell what became of deals in a stage."""

MOMENTS, STEP = 24, 7
"""Tried at so many past moments at most, so many days apart."""

FEWEST = 4
"""Moments that say how wrong an answer may be."""

FEWEST_OUTCOMES = 8
"""Outcomes that a coverage needs."""

HISTORY = 180
"""Days of history before the first moment."""

LEAST_STATED = 0.5
"""With fewer amounts among the open deals, the mean of those won stands for each."""

SMALL = 0.3
"""An error is measured in what was forecast, but in no less than this part of what is usual."""

TESTED = 0.8


@dataclass(frozen=True)
class Tried:
    """A candidate: what it says now, its mean error in parts of what it said, its weight."""

    model: str
    mean: float
    error: float
    weight: float


@dataclass(frozen=True)
class ToCome:
    """What is still to be won in the days of `period`, which begins after the data edge.

    `error`: of the answer, as mean of the past moments, in parts of it. `from_open`: how many deals
    of those open now will be won. `coverage`: of past outcomes by 80 % intervals made before them;
    None where they are too few.
    """

    period: Period
    what: What
    total: Distribution
    error: float
    coverage: float | None
    moments: int
    from_open: float
    tried: tuple[Tried, ...]


def book(question: Question, until: date) -> Book | None:
    """The deals of the question's selection, with the days up to `until`; None without any."""
    deals = Deals(question.warehouse, question.selection, question.today)
    found = deals.lives(NEVER)
    if not found.num_rows:
        return None
    *columns, keys = found.columns
    created, closed, won, amounts = (column.to_numpy() for column in columns)
    told = np.isfinite(amounts[closed == NEVER])
    stated = len(told) > 0 and float(told.mean()) >= LEAST_STATED
    days = Period(date.fromordinal(int(created.min())), until)
    months = _months(days, question.settings.fiscal)
    return Book(created, closed, won, amounts, stated, months, _snapshots(deals, keys.to_pylist()))


def to_come(question: Question, period: Period, what: What) -> ToCome | None:
    """What is still to be won in a running period, or the one that begins next.

    None: the data reach to its end, or not to its beginning; too few deals were decided; the past
    is too short to try an answer on.
    """
    edge = Deals(question.warehouse, question.selection, question.today).edge
    if edge is None or not period.start <= edge + timedelta(days=1) < period.end:
        return None
    left = Period(edge + timedelta(days=1), period.end)
    found = book(question, period.end)
    rows = [] if found is None else _rows(found, left)
    if found is None or len(rows) <= FEWEST:
        return None
    now = expected(found, *rows[-1])
    if now is None:
        return None
    answers = {"pipeline": remaining(found, rows, what), "rate": _rate(found, rows, what)}
    if found.snapshots:
        answers["stages"] = remaining(found, rows, what, staged=True)
    outcome = np.array([getattr(came(found, *row), what) for row in rows[:-1]])
    return _judged(left, what, (answers, outcome), now.from_open)


def remaining(found: Book, rows: Sequence[Row], what: What, *, staged: bool = False) -> Floats:
    """By the lives of deals what each row holds, from what was known at its moment.

    `staged`: and by their stages. NaN where too few deals had been decided by then.
    """
    answers = (expected(found, *row, staged=staged) for row in rows)
    return np.array([np.nan if each is None else getattr(each, what) for each in answers])


def _snapshots(deals: Deals, keys: Sequence[str | None]) -> tuple[Snapshot, ...]:
    """Stages of the deals `keys` as exports showed them, a week or more apart."""
    places = {key: place for place, key in enumerate(keys) if key is not None}
    numbers: dict[str, int] = {}
    found = []
    for day, shown in deals.snapshots(STEP, SNAPSHOTS):
        stages = np.full(len(keys), NO_STAGE)
        for key, stage in shown.items():
            if key in places:
                stages[places[key]] = numbers.setdefault(stage, len(numbers))
        found.append(Snapshot(day, stages))
    return tuple(found)


def _rate(found: Book, rows: Sequence[Row], what: What) -> Floats:
    """As much a day as in the last quarter."""
    return np.array(
        [
            getattr(came(found, known - RECENT, known), what) / RECENT * (end - known)
            for known, end in rows
        ]
    )


def _rows(found: Book, left: Period) -> list[Row]:
    """Past moments with as many days ahead as are left, all of them known, and now."""
    known, days = left.start.toordinal(), left.days
    first = max(found.first + HISTORY, known - days - (MOMENTS - 1) * STEP)
    past = range(known - days, first - 1, -STEP)
    return [*((moment, moment + days) for moment in reversed(past)), (known, known + days)]


def _judged(
    left: Period, what: What, tried: tuple[Mapping[str, Floats], Floats], from_open: float
) -> ToCome | None:
    """The average of the answers, and how wrong it was; `tried`: answers by row, and outcomes."""
    answers, outcome = tried
    usual = float(outcome.mean())
    every = np.stack([*answers.values()])
    known = np.isfinite(every.sum(axis=0))
    if known[:-1].sum() < FEWEST or usual <= 0:
        return None
    every = every[:, known]
    outcome = outcome[known[:-1]]
    wrong = (outcome - every[:, :-1]) / np.maximum(every[:, :-1], SMALL * usual)
    lag = -(-left.days // STEP)  # the outcome of a moment is known so many moments later
    weights = np.stack([_weights(wrong[:, : max(n - lag + 1, 0)]) for n in range(every.shape[1])])
    weights[-1] = _weights(wrong)
    answer = np.einsum("rm,mr->r", weights, every)
    unit = np.maximum(answer, SMALL * usual)
    errors = (outcome - answer[:-1]) / unit[:-1]
    scale, freedom = _width(errors, lag)
    return ToCome(
        left,
        what,
        Distribution(float(answer[-1]), float(unit[-1]) * scale, freedom, 0.0),
        float(np.abs(errors).mean()),
        _coverage(errors, lag),
        len(errors),
        from_open,
        tuple(
            Tried(name, float(row[-1]), float(np.abs(off).mean()), float(weight))
            for name, row, off, weight in zip(answers, every, wrong, weights[-1], strict=True)
        ),
    )


def _weights(wrong: Floats) -> Floats:
    """Shares in proportion to 1 / error^2 (Bates and Granger 1969); equal without any error."""
    if not wrong.shape[1]:
        return np.full(len(wrong), 1 / len(wrong))
    size = np.maximum(np.abs(wrong).mean(axis=1), np.finfo(float).eps)
    shares = (size.min() / size) ** 2
    return np.asarray(shares / shares.sum())


def _width(errors: Floats, lag: int) -> tuple[float, float]:
    """Standard error and degrees of freedom; wider where the days of few moments overlap."""
    count = len(errors)
    return float(np.sqrt(np.square(errors).mean() * (1 + OVERLAP * lag / count))), float(count)


def _coverage(errors: Floats, lag: int) -> float | None:
    """The part of the errors inside the 80 % interval that those known at their moment made."""
    inside = []
    for number in range(lag + FEWEST - 1, len(errors)):
        scale, freedom = _width(errors[: number - lag + 1], lag)
        half = Distribution(0.0, scale, freedom).interval(TESTED)[1]
        inside.append(abs(float(errors[number])) <= half)
    return sum(inside) / len(inside) if len(inside) >= FEWEST_OUTCOMES else None


def _months(days: Period, fiscal: FiscalCalendar) -> Ints:
    """The month within its quarter, 0 to 2, of each day."""
    found: list[int] = []
    for quarter in fiscal.units(Grain.QUARTER, days):
        for number, month in enumerate(fiscal.units(Grain.MONTH, quarter)):
            inside = month.clip(days)
            found += [number] * (inside.days if inside else 0)
    return np.array(found)
