"""What deals will bring: the open ones by age and stage, and those that are yet to be created.

Pure. Deals are looked at as lives: each day of its age an open deal is won or lost with a chance
(hazard) that earlier deals of that age had; who is still open counts as far as it has come
(Kaplan and Meier 1958; competing risks after Prentice and others 1978). Everything is worked out
from what was known on a day, so that the answer of any past day can be held against what came.

A stage raises or lowers that chance by what became of deals that earlier exports showed in it: the
part of them won within as many days as are asked for, by the part of all open ones. So a stage
tells how often its deals are won, and how soon.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BIN, BINS = 7, 104
"""Hazards are learned by weeks of age; older deals are like those of two years."""

PRIOR = 5.0
"""A week of age with few deals leans on the average hazard, and a month of the quarter on the whole
quarter: by so many expected decisions."""

MONTHS = 3
"""Of a quarter, whose end many deals are closed for: each has hazards of its own."""

RECENT, YEAR = 91, 365
"""Deals are created as in the last quarter, and as large as in the last year."""

FEWEST = 20
"""Decided deals that hazards can be learned from."""

NEVER = np.iinfo(np.int64).max

NO_STAGE = -1
"""Of a deal that was not open, not there, or in no stage."""


@dataclass(frozen=True)
class Snapshot:
    """Stages of the deals of a book as an export showed them before `day`; `NO_STAGE`: in none."""

    day: int
    stages: Ints


@dataclass(frozen=True)
class Book:
    """Deals as arrays, days as ordinals, and how the days lie in their quarters.

    `closed`: the day it was decided, `NEVER` while open. `amounts`: NaN where none is stated.
    `stated`: whether open deals state theirs; else every deal counts the mean of those won.
    `months`: of each day from the first creation on, as far as is asked, its month within its
    quarter: 0 to 2. `snapshots`: stages as exports showed them, the oldest first.
    """

    created: Ints
    closed: Ints
    won: NDArray[np.bool_]
    amounts: Floats
    stated: bool
    months: Ints
    snapshots: tuple[Snapshot, ...] = ()

    @cached_property
    def first(self) -> int:
        """The day the first deal was created."""
        return int(self.created.min())

    @cached_property
    def at_risk(self) -> Floats:
        """Deals that may be decided on a day (days, weeks of age)."""
        length = len(self.months)
        begun, until = self.created - self.first, np.minimum(self.closed - self.first + 1, length)
        change = np.zeros((length + 1, BINS))
        for week in range(BINS):
            start = begun + week * BIN
            end = np.minimum(until, start + BIN if week < BINS - 1 else length)
            lives = start < end
            change[:, week] += np.bincount(start[lives], minlength=length + 1)
            change[:, week] -= np.bincount(end[lives], minlength=length + 1)
        return change[:-1].cumsum(axis=0)

    def decided(self, *, won: bool) -> Floats:
        """Deals won, or lost, on a day (days, weeks of age)."""
        which = (self.closed < NEVER) & (self.won == won)
        days = self.closed[which] - self.first
        weeks = np.minimum((self.closed - self.created)[which] // BIN, BINS - 1)
        found = np.zeros((len(self.months), BINS))
        np.add.at(found, (days, weeks), 1.0)
        return found

    @cached_property
    def outcomes(self) -> tuple[Floats, Floats]:
        """Won and lost, see `decided`."""
        return self.decided(won=True), self.decided(won=False)


@dataclass(frozen=True)
class Winnings:
    """What is expected to be won: number and worth, and how many of them are open now."""

    deals: float
    amount: float
    from_open: float


def expected(book: Book, known: int, end: int, *, staged: bool = False) -> Winnings | None:
    """What will be won from the day `known` up to, without, `end`, by what was known before it.

    `staged`: by the stages of the open deals, too, as far as snapshots show them. None where too
    few deals had been decided by then.
    """
    seen = _Seen(book, known)
    if seen.decided < FEWEST:
        return None
    chances, created = seen.ahead(end)
    ages, sizes = seen.open()
    won = chances[ages]
    if staged:
        won = np.minimum(won * seen.by_stage(end - known), 1.0)
    old, new = float(won.sum()), seen.rate * created
    return Winnings(old + new, float(won @ sizes) + new * seen.size, old)


def came(book: Book, known: int, end: int) -> Winnings:
    """What was won in those days."""
    won = book.won & (book.closed >= known) & (book.closed < end)
    amount = float(np.nansum(book.amounts[won]))
    return Winnings(float(won.sum()), amount, float((won & (book.created < known)).sum()))


@dataclass(frozen=True)
class _Seen:
    """Deals as they were known on a day, before it began."""

    book: Book
    known: int

    @cached_property
    def _there(self) -> NDArray[np.bool_]:
        return self.book.created < self.known

    @cached_property
    def _over(self) -> NDArray[np.bool_]:
        return self._there & (self.book.closed < self.known)

    @property
    def decided(self) -> int:
        return int(self._over.sum())

    @cached_property
    def hazards(self) -> Floats:
        """Chances of a day to be won, and to be decided (months, 2, days of age)."""
        book, past = self.book, slice(0, self.known - self.book.first)
        months = [book.months[past] == month for month in range(MONTHS)]
        days = np.array([book.at_risk[past][month].sum(axis=0) for month in months])
        found = []
        for outcomes in book.outcomes:
            each = np.array([outcomes[past][month].sum(axis=0) for month in months])
            usual = each.sum() / max(days.sum(), 1.0)
            by_age = _leaning(each.sum(axis=0), days.sum(axis=0), usual)
            found.append(_leaning(each, days, by_age))
        won, lost = found
        both = np.minimum(won + lost, 1.0)
        return np.repeat(np.stack([won, both], axis=1), BIN, axis=2)

    @cached_property
    def rate(self) -> float:
        """Deals created a day, lately."""
        since = max(self.known - RECENT, self.book.first)
        return float((self.book.created[self._there] >= since).sum() / (self.known - since))

    @cached_property
    def size(self) -> float:
        """What a won deal was worth on average in the last year; 0 where none states it."""
        book = self.book
        won = self._over & book.won & np.isfinite(book.amounts)
        lately = won & (book.closed >= self.known - YEAR)
        sizes = book.amounts[lately if lately.any() else won]
        return float(sizes.mean()) if len(sizes) else 0.0

    @cached_property
    def shrinking(self) -> float:
        """What a won deal is worth beside what decided ones stated: large ones are lost oftener."""
        stated = self._over & (np.nan_to_num(self.book.amounts) > 0)
        mean = self.book.amounts[stated].mean() if stated.any() else 0.0
        return self.size / float(mean) if mean > 0 else 1.0

    @cached_property
    def _still(self) -> NDArray[np.bool_]:
        return self._there & ~self._over

    def open(self) -> tuple[Ints, Floats]:
        """Of each open deal its days of age, and what it is worth once won."""
        book, still = self.book, self._still
        ages = np.minimum(self.known - book.created[still], BIN * BINS - 1)
        sizes = np.full(len(ages), self.size)
        if book.stated:
            told = book.amounts[still]
            sizes = np.where(np.isfinite(told), told * self.shrinking, self.size)
        return ages, sizes

    def ahead(self, end: int) -> tuple[Floats, float]:
        """The chance to be won before `end` by days of age now, and summed over days to come.

        The sum is that of one deal created each day, known from the day after.
        """
        chances, created = np.zeros(BIN * BINS), 0.0
        for day in range(end - 1, self.known - 1, -1):
            created += float(chances[0])
            won, gone = self.hazards[self.book.months[day - self.book.first]]
            older = np.append(chances[1:], chances[-1])
            chances = won + (1 - gone) * older
        return chances, created

    def by_stage(self, days: int) -> Floats:
        """How much oftener than all each open deal is won within so many days, by its stage.

        The newest snapshot is some days old; so earlier ones are asked what became, as many days
        later, of deals that were still open. 1 where a stage is unknown or none is old enough.
        """
        still = np.ones(int(self._still.sum()))
        seen = [each for each in self.book.snapshots if each.day <= self.known]
        if not seen:
            return still
        count = 1 + max(int(each.stages.max(initial=NO_STAGE)) for each in seen)
        there, won = np.zeros(count), np.zeros(count)
        for each in seen:
            known = each.day + self.known - seen[-1].day
            if known + days <= self.known:
                held = (each.stages != NO_STAGE) & (self.book.closed >= known)
                soon = held & self.book.won & (self.book.closed < known + days)
                there += np.bincount(each.stages[held], minlength=count)
                won += np.bincount(each.stages[soon], minlength=count)
        if not won.sum():
            return still
        usual = won.sum() / there.sum()
        times = (won + PRIOR * usual) / (there + PRIOR) / usual
        stages = seen[-1].stages[self._still]
        return np.where(stages == NO_STAGE, still, times[stages])


def _leaning(decided: Floats, days: Floats, usual: "Floats | float") -> Floats:
    """Decisions a day, those of few deals leaning on what is usual."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (decided + PRIOR) / (days + PRIOR / np.asarray(usual))
    return np.nan_to_num(found)
