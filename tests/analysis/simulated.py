"""Companies with a known future: seeded series, and goals of their months and quarters on days.

Each series has its own size, growth, season, week, drift and noise; some are smooth, some noisy,
some lumpy (few large deals), some counts, some with returns, some change their level one day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from salesdash.analysis.chance import Aim
from salesdash.analysis.equals import Equal, equals
from salesdash.analysis.pace import Past, Point
from salesdash.periods import FiscalCalendar, Grain, Period, WorkCalendar

FISCAL, WORK = FiscalCalendar(), WorkCalendar()
FIRST, LAST = date(2022, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
MONTH = np.array([day.month - 1 for day in DAYS])
WORKED = np.array([day.weekday() < 5 for day in DAYS])
LATE = np.array([day.day > 22 for day in DAYS])
MOMENTS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)
HISTORY = (15, 24, 36, 48)


@dataclass(frozen=True)
class GoalDay:
    """A goal on a day: what is known, and how it ended."""

    kind: str
    past: Past
    aim: Aim
    final: float

    @property
    def met(self) -> bool:
        better = self.final <= self.aim.target if self.aim.down else self.final >= self.aim.target
        return bool(better)


def goal_days(count: int, seed: int) -> list[GoalDay]:
    dice = np.random.default_rng(seed)
    found: list[GoalDay] = []
    while len(found) < count:
        found += list(_series(dice))
    return found[:count]


def _series(dice: Generator) -> Iterator[GoalDay]:
    """One series, one goal on it, two days of that goal."""
    kind = str(dice.choice([*KINDS]))
    cumulative = np.concatenate([[0.0], np.cumsum(KINDS[kind](dice))])

    def total(period: Period) -> float:
        first, end = ((day - FIRST).days for day in (period.start, period.end))
        return float(cumulative[end] - cumulative[first])

    grain = Grain.MONTH if dice.random() < 0.5 else Grain.QUARTER
    goal = FISCAL.unit(grain, date(2026, 1, 1) + timedelta(days=int(dice.integers(364))))
    months = int(dice.choice(HISTORY))
    begin = FISCAL.previous(Grain.MONTH, FISCAL.unit(Grain.MONTH, goal.start), months).start
    for moment in dice.choice(MOMENTS, 2, replace=False):
        days = WORK.count(goal)
        point = Point(max(1, round(moment * days)), days)
        known = WORK.reach(goal.start, point.done) + timedelta(days=1)
        past = _past(goal, point, (begin, known), total)
        if not len(past):
            continue
        # a target set from what was known: a year ago where there is one, and more or less
        year_ago = [n for n, place in enumerate(past.places) if place % past.equals.cycle == 0]
        target = past.final[year_ago[-1] if year_ago else -1] * dice.uniform(0.6, 1.5)
        if kind == "count":
            target = max(1.0, round(target))
        aim = Aim(
            made=total(Period(goal.start, known)),
            target=target,
            known=known.toordinal(),
            passed=point.done / days,
            left=(goal.end - known).days,
            step=30,
            down=bool(dice.random() < 0.2),
            counts=kind == "count",
            grows=kind == "count",
        )
        if target > 0:
            yield GoalDay(kind, past, aim, total(goal))


def _past(
    goal: Period, point: Point, span: tuple[date, date], total: Callable[[Period], float]
) -> Past:
    known = equals(goal, FISCAL)
    rows = [
        (each, *_held(each, point, total))
        for each in known.all
        if span[0] <= each.period.start and each.period.end <= span[1]
    ]
    while rows and not rows[0][-1]:
        rows.pop(0)
    return Past(
        known,
        tuple(each.period for each, *_ in rows),
        tuple(each.place for each, *_ in rows),
        tuple(until for _, until, *_ in rows),
        tuple(now for *_, now, _ in rows),
        tuple(final for *_, final in rows),
    )


def _held(each: Equal, point: Point, total: Callable[[Period], float]) -> tuple[date, float, float]:
    ends, start = point.ends(each.period, WORK), each.period.start
    now = sum(weight * total(Period(start, end)) for end, weight in ends if end > start)
    return ends[-1][0], now, total(each.period)


def _mean(dice: Generator) -> np.ndarray:
    """What each day is expected to bring."""
    years = np.arange(len(DAYS)) / 365.25
    season = np.exp(dice.normal(0, dice.choice([0, 0.1, 0.3]), 12))
    season[10:] *= dice.choice([1.0, 1.5])
    week = np.where(WORKED, 1.0, dice.choice([0, 0, 0.5, 1.2]))
    ends = 1 + dice.choice([0, 0, 1.0]) * LATE
    drift = np.cumsum(dice.normal(0, dice.choice([0, 0.02, 0.05]), 61))
    level = np.exp(drift[(np.arange(len(DAYS)) / 30.5).astype(int)])
    growth = (1 + dice.uniform(-0.15, 0.35)) ** years
    found: np.ndarray = 10 ** dice.uniform(1, 4) * growth * season[MONTH] * week * ends * level
    return found


def _noisy(spread: float) -> Callable[[Generator], np.ndarray]:
    def made(dice: Generator) -> np.ndarray:
        found: np.ndarray = _mean(dice) * dice.lognormal(0, spread, len(DAYS))
        return found

    return made


def _lumpy(dice: Generator) -> np.ndarray:
    mean = _mean(dice)
    deals = dice.poisson(dice.uniform(0.05, 0.5) * mean / mean.mean())
    return np.array([float(dice.lognormal(0, 0.9, count).sum()) for count in deals])


def _count(dice: Generator) -> np.ndarray:
    mean = _mean(dice)
    return np.asarray(dice.poisson(dice.uniform(0.1, 3) * mean / mean.mean()), dtype=float)


def _returns(dice: Generator) -> np.ndarray:
    sold = _mean(dice) * dice.lognormal(0, 0.5, len(DAYS))
    back = (dice.random(len(DAYS)) < 0.1) * dice.uniform(0, 3, len(DAYS))
    found: np.ndarray = sold * (1 - back)
    return found


def _shifted(dice: Generator) -> np.ndarray:
    found = _noisy(0.5)(dice)
    found[dice.integers(len(DAYS) // 3, len(DAYS)) :] *= dice.uniform(0.6, 1.6)
    return found


KINDS: dict[str, Callable[[Generator], np.ndarray]] = {
    "smooth": _noisy(0.4),
    "noisy": _noisy(1.0),
    "lumpy": _lumpy,
    "count": _count,
    "returns": _returns,
    "shifted": _shifted,
}
