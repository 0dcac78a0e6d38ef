"""How large an effect is, how sure that is, and which verdict the rule proposes. Pure.

"Worked" is proposed only where fewer than one case in thirteen without any action would look as
good, by the scatter of all placebos and by their count, and the same weeks of last year did not.
"Did not" is proposed only where what was hoped for is ruled out. Anything between is unclear, and
says why.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from salesdash.analysis.answers import Amount, Member, Name, Number, Reason
from salesdash.analysis.placebo import Contrast
from salesdash.metrics import Better, Unit
from salesdash.periods import Period
from salesdash.workspace import Verdict

SURE = 0.925
"""How much of what happens without an action lies below an effect that is called one."""

LEVEL = 0.8
"""Of the interval that is shown."""

AS_FAR = 0.1
"""Of the earlier moments at most so many may have moved as far by themselves."""

WORTH = 0.1
"""What an action is to move where nobody said how much: a tenth."""


@dataclass(frozen=True)
class Side:
    """A figure before and after; `change` is a ratio, of shares the difference in points."""

    before: Number | None
    after: Number | None
    change: float | None


@dataclass(frozen=True)
class Span:
    """A middle value with the bounds of its interval."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Week:
    """A week of both; sizes as parts of their mean before, shares as they are."""

    period: Period
    own: float | None
    rest: float | None


@dataclass(frozen=True)
class Effect:
    """Whether something helped, on a day.

    `scope`: what was to move, by the names of its members; `dimension`: the others in it are the
    rest. `begun`: from when on it was worked at, `done`: since when it is done (None: it is not),
    `check`: when it is judged. `before` and `after` have `weeks` weeks each. `change`: how far it
    moved more than the rest, as a ratio (of shares in points); `amount`: the same in the unit of
    the metric, over all weeks after. `counted`: the metric that says how much there was to judge
    by, `counts` its figures before and after. `earlier`, `as_far`, `members`, `last_year` (as
    `change`), `adjusted`: see `placebo.Contrast`. `adds`: amounts of several effects add
    up. `why` is the verdict in words.
    """

    metric: str
    unit: Unit
    better: Better
    begun: date
    check: date
    verdict: Verdict
    why: Reason
    done: date | None = None
    expected: Decimal | None = None
    scope: tuple[str, ...] = ()
    dimension: str | None = None
    weeks: int = 0
    before: Period | None = None
    after: Period | None = None
    own: Side | None = None
    rest: Side | None = None
    change: Span | None = None
    amount: Span | None = None
    counted: str | None = None
    counts: tuple[int, int] | None = None
    earlier: int = 0
    as_far: int = 0
    members: int = 0
    last_year: float | None = None
    adjusted: bool = False
    notes: tuple[Reason, ...] = ()
    series: tuple[Week, ...] = ()
    adds: bool = False

    @property
    def title(self) -> Reason:
        """Sales; Sales · North."""
        name = ("metric", Name("metric", self.metric))
        if not self.scope:
            return Reason("goals.whole", (name,))
        return Reason("goals.scoped", (name, ("scope", Member(" · ".join(self.scope)))))

    @property
    def told(self) -> tuple[Reason, ...]:
        """The effect in sentences: how far, how much, how sure, what it rests on."""
        return tuple(self._told())

    def _told(self) -> Iterator[Reason]:
        if self.change is None or self.amount is None or self.own is None:
            return
        alone = "" if self.rest else "_alone"
        span = tuple((n, self._change(getattr(self.change, n))) for n in ("low", "high"))
        sides = {"own": self.own, **({"rest": self.rest} if self.rest else {})}
        moved = tuple((n, self._change(each.change or 0)) for n, each in sides.items())
        change = ("change", self._change(self.change.middle))
        yield Reason(f"effect.moved{alone}", (*moved, change, *span))
        if self.unit is not Unit.SHARE:
            yield Reason(f"effect.amount{alone}", tuple(self._amounts(self.amount)))
        yield self._chance()
        if self.adjusted:
            yield Reason("effect.adjusted")
        elif self.last_year is not None:
            yield Reason("effect.last_year", (("change", self._change(self.last_year)),))
        if self.counted is not None and self.counts is not None:
            numbers = tuple(zip(("before", "after"), self.counts, strict=True))
            yield Reason("effect.counts", (*numbers, ("metric", Name("metric", self.counted))))

    def _amounts(self, amount: Span) -> Iterator[tuple[str, Amount]]:
        after = float(self.own.after or 0) if self.own else 0.0
        yield "after", Amount(after, self.unit)
        yield "hoped", Amount(after - amount.middle, self.unit)
        yield "amount", Amount(amount.middle, self.unit, "signed")
        yield "low", Amount(amount.low, self.unit, "signed")
        yield "high", Amount(amount.high, self.unit, "signed")

    def _chance(self) -> Reason:
        values = (("earlier", self.earlier), ("count", self.as_far))
        if not self.members:
            return Reason("effect.chance", values)
        return Reason("effect.chance_members", (*values, ("members", self.members)))

    def _change(self, change: float) -> Amount:
        """A change as it is said: in per cent, of shares in points."""
        if self.unit is Unit.SHARE:
            return Amount(change, Unit.SHARE, "signed")
        return Amount(change, self.unit, "change")


def spans(found: Contrast, after: Number, unit: Unit) -> tuple[Span, Span]:
    """The effect as a change and in the unit of the metric.

    Of sizes the contrast d is one of logarithms: it moved by e^d - 1 more than the rest, which is
    after (1 - e^-d) of what it came to. Of shares it is in points already.
    """
    middle = found.estimate
    low, high = found.distribution.interval(LEVEL)
    points = (middle, low, high)
    if unit is Unit.SHARE:
        return Span(*points), Span(*points)
    size = float(after)
    return (
        Span(*(math.expm1(each) for each in points)),
        Span(*(-size * math.expm1(-each) for each in points)),
    )


def ruled(effect: Effect, found: Contrast) -> tuple[Verdict, Reason]:
    """The verdict that the rule proposes for a measured effect that is due, and why."""
    sign = wanted(effect)
    if effect.rest is None:
        return Verdict.UNCLEAR, Reason("effect.why.alone")
    if _is_sure(found, sign):
        if _was_so_before(found, sign):
            return Verdict.UNCLEAR, Reason("effect.why.last_year")
        return Verdict.WORKED, _sized(effect, found, sign)
    high = max(sign * each for each in found.distribution.interval(LEVEL))
    if high < _hoped(effect, found):
        key = "worse" if high < 0 else "did_not" if effect.expected is None else "not_expected"
        return Verdict.DID_NOT, Reason(f"effect.why.{key}")
    return Verdict.UNCLEAR, Reason("effect.why.noise")


def wanted(effect: Effect) -> Literal[1, -1]:
    """Which way it was to move: as expected, else what is better for the metric."""
    if effect.expected:
        return 1 if effect.expected > 0 else -1
    return -1 if effect.better == "down" else 1


def _is_sure(found: Contrast, sign: int) -> bool:
    quantile = found.distribution.quantile(1 - SURE if sign > 0 else SURE)
    return sign * quantile > 0 and found.share_as_far <= AS_FAR


def _was_so_before(found: Contrast, sign: int) -> bool:
    """Whether the same weeks of last year moved as far, without the action."""
    if found.place.yearly or found.last_year is None:
        return False
    return sign * found.last_year >= sign * found.estimate


def _hoped(effect: Effect, found: Contrast) -> float:
    """What was hoped for, in the measure of the contrast, without its sign."""
    after = float(effect.own.after or 0) if effect.own else 0.0
    if effect.unit is Unit.SHARE:
        before = abs(after - found.estimate)
        return abs(float(effect.expected)) if effect.expected else WORTH * before
    base = after * math.exp(-found.estimate)
    share = abs(float(effect.expected)) / base if effect.expected and base > 0 else WORTH
    if wanted(effect) > 0:
        return math.log1p(share)
    return -math.log1p(-min(share, 0.99))


def _sized(effect: Effect, found: Contrast, sign: int) -> Reason:
    """That it worked, and whether as much as expected."""
    if effect.expected is None:
        return Reason("effect.why.worked")
    enough = sign * found.estimate >= _hoped(effect, found)
    return Reason("effect.why.worked_whole" if enough else "effect.why.worked_part")
