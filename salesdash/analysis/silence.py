"""Customers at risk: who used to buy and is silent for longer than ever, or buys far less.

Each is held against their own history only, so that it works for twenty customers as for a million,
and each line says in figures why it stands there. Who has been silent for the whole window of
retention is lost already, and counted apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from salesdash import lifetimes
from salesdash.analysis import rhythms
from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.asking import DATASET, Question
from salesdash.analysis.rhythms import SPAN, Floats, Halves, Rhythms, Truth
from salesdash.lifetimes import WEEK, Ledger, Models
from salesdash.metrics import Unit
from salesdash.metrics.customers import months_before
from salesdash.warehouse.purchases import day_of, number_of, purchases

Kind = Literal["silent", "fell", "doubted"]

LONGER = 1.5
"""Silence is unusual from so many times the longest pause ever."""

LEAST_PAUSES = 3
"""Fewer pauses make no rhythm."""

LEAST_DAYS = 60
"""Nor does a shorter time from the first purchase to the last."""

FALL = 0.5
"""Who buys for less than this part of the same months a year before, fell."""

LEAST_BOUGHT = 3
"""So many purchases in those months, else one large order would be a habit."""

DOUBT, TRUST, EARLIER = 0.5, 0.8, 91
"""The chance to be a customer still is below `DOUBT`, and was `TRUST` so many days ago."""

LISTED = 20


@dataclass(frozen=True)
class AtRisk:
    """A customer, why, and how much is at stake.

    `silence`: days since the last purchase; `rhythm`, `longest`: the median and the longest pause
    before, None of who bought once. `year`: sales of the 365 days that ended with the last
    purchase. `stake`: sales to expect of the next twelve months if they stayed, by the models
    where they can be fitted, else `year`; of who only fell, what is missing against a year before.
    `alive`: the chance that they are customers still, and `before`.
    """

    customer: str
    name: str
    kinds: tuple[Kind, ...]
    reasons: tuple[Reason, ...]
    last: date
    silence: int
    purchases: int
    rhythm: float | None
    longest: int | None
    year: float
    stake: float
    alive: float | None = None
    before: float | None = None


@dataclass(frozen=True)
class Silence:
    """Customers at risk, the most at stake first.

    `count`, `stake` and `year` are of all of them, listed or not, with at least `least` at stake.
    `lost`: customers silent for longer than `window` months. `modelled`: whether stakes are those
    of the models.
    """

    last: date
    window: int
    customers: int
    lost: int
    count: int
    stake: float
    year: float
    modelled: bool
    risks: tuple[AtRisk, ...]
    least: float = 0.0
    metric: str = "sales"


@dataclass(frozen=True, eq=False)
class _Chances:
    """By the models: the chance to be a customer now and before, sales of a year if they stay."""

    now: Floats
    before: Floats
    staying: Floats


def build(
    question: Question, limit: int = LISTED, models: Models | None = None, least: float = 0.0
) -> Silence:
    """The customers of a selection at risk at the end of what is looked at.

    `models`: those of `worth`, which say what is at stake. `least`: only with so much at stake.
    UsageError for an unknown filter.
    """
    question = question.about("sales")
    last = question.end - timedelta(days=1)
    end, window = number_of(last), question.settings.window_months
    found = purchases(question.warehouse, DATASET, question.selection)
    ledger = found.ledger.until(end)
    seen = _Seen(ledger, last, None if models is None else _chances(models, ledger, end))
    gone = seen.own.silence >= (last - months_before(last, window)).days
    stake = seen.stake()
    risky = seen.risky & ~gone & (stake > 0) & (stake >= least)
    order = np.lexsort((ledger.keys, -stake))
    chosen = order[risky[order]]
    names = [found.names[int(key)].as_py() for key in ledger.keys[chosen[:limit]]]
    shown = question.warehouse.names(DATASET, "customer")
    return Silence(
        last,
        window,
        ledger.customers,
        int(np.count_nonzero(gone)),
        len(chosen),
        float(stake[chosen].sum()),
        float(seen.own.year[chosen].sum()),
        seen.chances is not None,
        tuple(
            seen.line(int(place), (name, shown.get(name, name)), float(stake[place]))
            for place, name in zip(chosen[:limit], names, strict=True)
        ),
        least,
    )


class _Seen:
    """What is known of all customers, and which of them stand out by what."""

    def __init__(self, ledger: Ledger, last: date, chances: _Chances | None) -> None:
        self.ledger = ledger
        self.chances = chances
        self.own: Rhythms = rhythms.rhythms(ledger, number_of(last))
        self.halves: Halves | None = rhythms.halves(ledger, last)
        nobody = np.zeros(ledger.customers, dtype=np.bool_)
        long = ledger.last - ledger.first >= LEAST_DAYS
        enough = long & (ledger.times >= LEAST_PAUSES)
        self.kinds: dict[Kind, Truth] = {
            "silent": enough & (self.own.silence >= LONGER * self.own.longest),
            "fell": nobody if self.halves is None else _fell(self.halves),
            "doubted": nobody if chances is None else _doubted(chances),
        }

    @property
    def risky(self) -> Truth:
        """Who stands out by anything."""
        return self.kinds["silent"] | self.kinds["fell"] | self.kinds["doubted"]

    def stake(self) -> Floats:
        """What is at stake: of who only fell, what is missing."""
        usual = self.own.year if self.chances is None else self.chances.staying
        if self.halves is None:
            return usual
        missing = self.halves.then - self.halves.now
        only_fell = self.kinds["fell"] & ~self.kinds["silent"] & ~self.kinds["doubted"]
        return np.asarray(np.where(only_fell, missing, usual))

    def line(self, place: int, customer: tuple[str, str], stake: float) -> AtRisk:
        """One customer: what they are by, and what they are called."""
        own, chances = self.own, self.chances
        longest = int(own.longest[place]) or None
        return AtRisk(
            *customer,
            kinds=tuple(kind for kind, mask in self.kinds.items() if mask[place]),
            reasons=tuple(self._reasons(place)),
            last=day_of(int(self.ledger.last[place])),
            silence=int(own.silence[place]),
            purchases=int(self.ledger.times[place]) + 1,
            rhythm=float(own.middle[place]) if longest else None,
            longest=longest,
            year=float(own.year[place]),
            stake=stake,
            alive=None if chances is None else float(chances.now[place]),
            before=None if chances is None else _stated(chances.before[place]),
        )

    def _reasons(self, place: int) -> Iterator[Reason]:
        """Why, in figures of the customer's own history."""
        own = self.own
        if self.kinds["silent"][place]:
            times = own.silence[place] / own.longest[place]
            values: tuple[tuple[str, object], ...] = (
                ("count", round(float(own.middle[place]))),
                ("silence", int(own.silence[place])),
                ("times", f"{times:.1f}"),
            )
            yield Reason("risk.reason.silent", values)
        if self.halves is not None and self.kinds["fell"][place]:
            sums = (float(self.halves.now[place]), float(self.halves.then[place]))
            now, then = (Amount(max(each, 0.0), Unit.MONEY) for each in sums)
            key = "fell" if sums[0] > 0 else "nothing"
            yield Reason(f"risk.reason.{key}", (("now", now), ("then", then), ("months", SPAN)))
        if self.chances is not None and self.kinds["doubted"][place]:
            chances = (self.chances.before[place], self.chances.now[place])
            before, now = (Amount(float(each), Unit.SHARE, "percent") for each in chances)
            yield Reason("risk.reason.doubted", (("before", before), ("now", now)))


def _fell(halves: Halves) -> Truth:
    some = (halves.bought >= LEAST_BOUGHT) & (halves.then > 0)
    return np.asarray(some & (halves.now <= FALL * halves.then))


def _doubted(chances: _Chances) -> Truth:
    return np.asarray((chances.now < DOUBT) & (np.nan_to_num(chances.before) >= TRUST))


def _chances(models: Models, ledger: Ledger, end: int) -> _Chances:
    """What the models say of now and of a quarter ago."""
    found = lifetimes.prospect(models, ledger, end, 12, 0.0)
    earlier = end - EARLIER
    before = np.full(ledger.customers, np.nan)
    then = ledger.until(earlier)
    before[ledger.known_at(earlier)] = models.frequency.alive(then.purchases(earlier, WEEK))
    return _Chances(found.alive, before, found.staying)


def _stated(chance: float) -> float | None:
    """A chance, None of who was no customer yet."""
    return None if np.isnan(chance) else float(chance)
