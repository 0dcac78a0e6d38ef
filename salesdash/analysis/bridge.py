"""The bridge: how the change of a figure splits exactly into the levers that made it.

A figure is the product of its chain (`levers`): customers x orders each x units each x list price
x (1 - discount) = sales. Each lever's part is its Shapley value (`shapley`), so that all parts sum
to the change without rest. By a dimension, the levers of rates (win rate, price) are those of each
member, and what only moved between members is the part of the mix.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from salesdash.analysis import changes, shapley
from salesdash.analysis.answers import Amount, Change, Figure, Name, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.chained import APART, MIX, Chained, Pair, usable
from salesdash.analysis.levers import (
    AMOUNT,
    CHAINS,
    DECIDED,
    LINES,
    LISTED,
    SALES,
    UNITS,
    WON,
    Dropped,
    Link,
    Part,
    Volumes,
)
from salesdash.analysis.progress import exact
from salesdash.analysis.volumes import LISTED_SALES, missing, volumes
from salesdash.metrics import Better, Measured, Unit
from salesdash.periods import Against, Period, Window

PLANNED = "planned"
"""The part that a target asked for beyond what there was before."""

CENT = Decimal("0.01")

COUNTED: Mapping[str, tuple[Part, ...]] = {
    SALES.metric: (UNITS, LINES),
    AMOUNT.metric: (DECIDED, WON),
    WON.metric: (DECIDED,),
}
"""What adds up over the members of any dimension, and has rates behind it: the mix is its."""

NAMED = 3
"""So many parts stand in the sentence."""


@dataclass(frozen=True)
class Step:
    """A part of the change: of a lever with its values then and now, or one of those above.

    `metric`: the figure whose rows stand behind it.
    """

    code: str
    part: Decimal
    unit: Unit = Unit.NUMBER
    falls: bool = False
    then: Number | None = None
    now: Number | None = None
    metric: str | None = None


@dataclass(frozen=True)
class Bridge:
    """A change and its parts, in the order of the chain; they sum to it exactly.

    `why`: why there are none. `by`: the dimension of the mix. `target`: what the way starts from
    instead of the earlier figure; `paced`: it is only what was expected of a target by then.
    """

    metric: str
    unit: Unit
    better: Better
    window: Window | None
    compared: Window | None
    comparison: Against
    change: Change
    steps: tuple[Step, ...] = ()
    by: str | None = None
    target: Decimal | None = None
    paced: bool = False
    dropped: tuple[Dropped, ...] = ()
    why: Reason | None = None
    headline: Reason | None = None

    @property
    def start(self) -> Number | None:
        """Where the way begins."""
        return self.change.then.value if self.target is None else self.target


def build(
    question: Question,
    metric: str,
    by: str | None = None,
    target: Decimal | None = None,
    *,
    paced: bool = False,
) -> Bridge:
    """The bridge from the period that the selection is compared with, or from a target, to now.

    Raises UsageError for an unknown metric or dimension.
    """
    asked = question.about(metric)
    definition = asked.metric(metric)
    if by is not None:
        asked.warehouse.ensure_dimension(asked.dataset, by)
    nothing = Change(Figure(None), Figure(None), None, None, None)
    empty = Bridge(
        metric=metric,
        unit=definition.unit,
        better=definition.better,
        window=asked.selection.window,
        compared=asked.compared if asked.is_compared else None,
        comparison=asked.selection.comparison,
        change=nothing,
        target=target,
        paced=paced,
    )
    if metric not in CHAINS:
        return replace(empty, why=_known(asked))
    if asked.selection.window is None or asked.compared is None:
        return replace(empty, why=Reason("bridge.why.compare"))
    found = _Asked(asked, metric, by)
    then = asked.then(answered(found.whole.figure(metric, 1)))
    moved = changes.of(asked, metric, answered(found.whole.figure(metric, 0)), then)
    empty = replace(empty, change=moved)
    if moved.absolute is None:
        return replace(empty, why=moved.now.reason or moved.then.reason)
    if by is not None and not COUNTED.get(metric):
        return replace(empty, why=Reason("bridge.why.mix", (("metric", Name("metric", metric)),)))
    return _told(replace(empty, by=by if found.counted else None), found)


def name(code: str) -> Reason:
    """What a part is called."""
    room = "bridge" if code in (MIX, APART, PLANNED) else "levers"
    return Reason(f"{room}.name.{code}")


def _known(question: Question) -> Reason:
    """That a metric has no levers, and which ones have."""
    names = tuple(Name("metric", name) for name in CHAINS if name in question.bound.metrics)
    return Reason("levers.why.metric", (("known", names),))


def _told(empty: Bridge, found: "_Asked") -> Bridge:
    steps = found.steps()
    if empty.target is not None:
        then = exact(empty.change.then.value or 0)
        steps = (Step(PLANNED, then - empty.target, empty.unit), *steps)
    bridge = replace(empty, steps=steps, dropped=tuple(found.dropped()))
    return replace(bridge, headline=_headline(bridge))


def _headline(bridge: Bridge) -> Reason:
    """Sales −$583K against last year: customers −$402K, list price per unit −$190K ..."""
    now, start = bridge.change.now.value or 0, bridge.start or 0
    gap = exact(now) - exact(start)
    ordered = sorted((s for s in bridge.steps if s.part), key=lambda s: (-abs(s.part), s.code))
    items = tuple(
        Reason(
            "bridge.headline.step",
            (
                ("lever", name(step.code)),
                ("part", Amount(step.part, bridge.unit, "signed")),
            ),
        )
        for step in ordered[:NAMED]
    )
    values: tuple[tuple[str, object], ...] = (
        ("metric", Name("metric", bridge.metric)),
        ("change", Amount(gap, bridge.unit, "signed")),
        ("against", against(bridge)),
        ("items", items),
    )
    if not gap and not items:
        return Reason("bridge.headline.same", values)
    rest = gap - sum(step.part for step in ordered[:NAMED])
    if len(ordered) > NAMED:
        more = (("rest", Amount(rest, bridge.unit, "signed")), ("count", len(ordered) - NAMED))
        return Reason("bridge.headline.rest", (*values, *more))
    return Reason("bridge.headline.all", values)


def against(bridge: Bridge) -> Reason | Period:
    """What the way starts from, in a sentence."""
    if bridge.target is not None:
        return Reason(f"bridge.against.{'pace' if bridge.paced else 'target'}")
    if isinstance(bridge.comparison, Period):
        return bridge.comparison
    return Reason(f"bridge.against.{bridge.comparison.value}")


@dataclass(frozen=True)
class _Asked:
    """A metric now (window 0) and then (window 1), and by members."""

    question: Question
    metric: str
    by: str | None

    @cached_property
    def windows(self) -> tuple[Window | None, Window | None]:
        return self.question.selection.window, self.question.compared

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The metrics of the chain and those beside it, as far as they work here."""
        names = [part.metric for part in CHAINS[self.metric]]
        names += [LISTED_SALES] if LISTED in CHAINS[self.metric] else []
        return tuple(name for name in names if name in self.question.bound.metrics)

    @cached_property
    def whole(self) -> Measured:
        return self.question.measure(self.asked, self.windows)

    @cached_property
    def counted(self) -> Part | None:
        """What of the chain adds up over members; None without a breakdown."""
        if self.by is None:
            return None
        known = (part for part in COUNTED[self.metric] if all(p.get(part.code) for p in self.pair))
        return next(known, None)

    @cached_property
    def pair(self) -> Pair:
        """The figures of the whole, then and now."""
        return self._pair(self.whole, ())

    @cached_property
    def chained(self) -> Chained:
        members = {}
        if self.by is not None and self.counted is not None:
            found = self.question.measure(self._of_members, self.windows, by=(self.by,))
            members = {each[0]: self._pair(found, each) for each in found.members()}
        parts = usable(CHAINS[self.metric], self.pair, self.counted)
        return Chained(parts, self.pair, self.counted, members)

    @property
    def _of_members(self) -> tuple[str, ...]:
        """What is asked of each member: what is counted and what follows, not who came before."""
        parts = CHAINS[self.metric]
        place = 0 if self.counted is None else parts.index(self.counted)
        before = {part.metric for part in parts[:place]}
        return tuple(name for name in self.asked if name not in before)

    def _pair(self, measured: Measured, members: tuple[str | None, ...]) -> Pair:
        parts = CHAINS[self.metric]
        return volumes(measured, parts, 1, members), volumes(measured, parts, 0, members)

    def steps(self) -> tuple[Step, ...]:
        """The parts of the change, rounded so that they sum to it."""
        causes, known = self.chained.causes, {link.code: link for link in self.chained.links}
        then, now = (exact(self.whole.figure(self.metric, n).value or 0) for n in (1, 0))
        total = now - then
        step = Decimal(1).scaleb(min(int(total.normalize().as_tuple().exponent), 0))
        if self.question.metric(self.metric).unit is Unit.MONEY:
            step = min(step, CENT)
        parts = shapley.rounded(tuple(causes.values()), total, step)
        return tuple(
            self._step(known.get(code), code, part)
            for code, part in zip(causes, parts, strict=True)
        )

    def _step(self, link: Link | None, code: str, part: Decimal) -> Step:
        if link is None:
            return Step(code, part)
        then, now = (_shown(link, side) for side in self.pair)
        return Step(code, part, link.unit, link.falls, then, now, link.part.metric)

    def dropped(self) -> Iterator[Dropped]:
        """The parts of the chain that no lever could be made of."""
        for part in CHAINS[self.metric][:-1]:
            if part not in self.chained.parts and part is not LINES:
                yield Dropped(part.code, self._why(part))

    def _why(self, part: Part) -> Reason:
        found = missing(self.question.bound, part)
        if found is not None:
            return found
        if part is LISTED and all(side.get(part.code) for side in self.pair):
            return Reason("bridge.why.no_discount")
        figures = (answered(self.whole.figure(part.metric, window)) for window in (0, 1))
        return next((f.reason for f in figures if f.reason), Reason("bridge.why.zero"))


def _shown(link: Link, side: Volumes) -> Number | None:
    """A lever's value in one period, as people say it; None where it cannot be told."""
    factor = link.factor({code: value for code, value in side.items() if value})
    return None if factor is None else link.shown(factor)
