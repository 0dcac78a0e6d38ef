"""Drivers: the few slices, over all dimensions and their pairs, that explain a change.

The search (`salesdash.driving`) names a slice only if it is off by more than chance makes of the
growth that all others had; what it names shares no rows, so drivers and rest sum to the change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from salesdash.analysis.answers import Amount, Member, Name, Reason, against
from salesdash.analysis.asking import Question
from salesdash.analysis.movers import narrowed
from salesdash.driving import Found, Left, Part, Slice, search, steady
from salesdash.metrics import Better, Kind, Unit
from salesdash.periods import Against, Comparison, Window
from salesdash.warehouse.cells import cells
from salesdash.warehouse.dimensions import DISPLAY
from salesdash.warehouse.pairs import can_pair

MOST_DIMENSIONS = 16
"""Dimensions that are searched, those with few members first: pairs grow with their square."""

FEWEST = 2
"""Members a dimension needs."""

NAMED = 3
"""So many slices stand in the sentence."""

LEVEL = 0.0005
"""Growth that is told as none."""

GROUPS = ("team", "manager")
"""Dimensions of which people are moved between members: a new team took its sales from others."""

NONE = Part(Decimal(0), Decimal(0))

Labels = Mapping[str, Mapping[str, str]]
"""Of dimensions whose members are keys, what these are called."""


@dataclass(frozen=True)
class Condition:
    """One member of a dimension (None: the empty one); `label`: what a key is called."""

    dimension: str
    member: str | None
    label: str | None = None

    @property
    def told(self) -> Member:
        """How it stands in a sentence."""
        return Member(self.label or self.member or "")


@dataclass(frozen=True)
class Driver:
    """A slice that stands out: its part of the change, and what it would be like all the rest.

    `share`: of the total change, None where that is 0. `growth`: own ratio, None from nothing.
    `remains`: the change that is left once this driver and those before it are taken out.
    `strength`: how many standard errors of chance it is off.
    """

    conditions: tuple[Condition, ...]
    before: Decimal
    after: Decimal
    change: Decimal
    share: float | None
    growth: float | None
    expected: Decimal
    excess: Decimal
    remains: Decimal
    strength: float


@dataclass(frozen=True)
class Driving:
    """What explains a change: drivers, the largest first, and the rest; they sum to the total.

    `usual`: how the rest grew, as a ratio. `silent`: nothing stands out, `headline` says why; it
    is the sentence otherwise. `why`: why the question cannot be asked; then nothing else holds.
    `searched`: dimensions, `slices` of them tried; `left`, `capped`: what was not looked at.
    """

    metric: str = ""
    unit: Unit = Unit.NUMBER
    better: Better = "none"
    window: Window | None = None
    compared: Window | None = None
    comparison: Against = Comparison.NONE
    total: Part = NONE
    drivers: tuple[Driver, ...] = ()
    rest: Part = NONE
    usual: float = 0.0
    headline: Reason | None = None
    why: Reason | None = None
    searched: tuple[str, ...] = ()
    slices: int = 0
    left: tuple[Left, ...] = ()
    capped: tuple[tuple[str, int], ...] = ()

    @property
    def silent(self) -> bool:
        """Whether nothing stands out."""
        return not self.drivers


def build(question: Question, metric: str) -> Driving:
    """What explains the change of a metric against what the selection is compared with.

    Raises UsageError for an unknown metric.
    """
    asked = question.about(metric)
    definition = asked.metric(metric)
    empty = Driving(
        metric=metric,
        unit=definition.unit,
        better=definition.better,
        window=asked.selection.window,
        compared=asked.compared if asked.is_compared else None,
        comparison=asked.selection.comparison,
    )
    if not can_pair(asked.bound, metric):
        return _refused(empty, _sums(asked, metric))
    if empty.window is None or empty.compared is None:
        return _refused(empty, Reason("errors.driving.why.compare"))
    by = _dimensions(asked)
    periods = empty.window.period, empty.compared.period
    table = None
    if by:
        table = cells(asked.warehouse, asked.bound, metric, asked.selection, periods, by)
    if table is None:
        return _refused(empty, Reason("errors.driving.why.dimensions"))
    names = {name: asked.warehouse.names(asked.dataset, name) for name in by}
    return told(empty, search(steady(table, GROUPS)), names)


def told(empty: Driving, found: Found, labels: Labels) -> Driving:
    """What a search found, as an answer."""
    drivers = tuple(_driver(each, found.total.change, labels) for each in found.slices)
    answer = replace(
        empty,
        total=found.total,
        drivers=drivers,
        rest=found.rest,
        usual=found.usual - 1,
        searched=found.searched,
        slices=found.tests,
        left=found.left,
        capped=found.capped,
    )
    return replace(answer, headline=_headline(answer, found.why))


def _refused(empty: Driving, why: Reason) -> Driving:
    return replace(empty, why=why)


def _dimensions(asked: Question) -> dict[str, int]:
    """Those that can be broken down by, not narrowed to one member, with how many they have.

    Names stand for nothing where there are keys: a member is called by its name anyway.
    """
    alone = narrowed(asked.selection)
    there = asked.warehouse.dimensions(asked.dataset)
    spoken = {DISPLAY[each.name] for each in there if each.name in DISPLAY}
    known = [
        each
        for each in there
        if each.offered and each.members >= FEWEST and each.name not in alone | spoken
    ]
    known.sort(key=lambda each: (each.extra, each.members))
    return {each.name: each.members for each in known[:MOST_DIMENSIONS]}


def _sums(asked: Question, metric: str) -> Reason:
    """That a metric is no sum of rows, and what to ask instead: its parts, else what there is."""
    definition = asked.metric(metric)
    parts: tuple[str | None, ...] = (definition.numerator, definition.denominator)
    if definition.kind is Kind.DERIVED:
        parts = tuple(asked.bound.formulas[metric].names)
    known = [name for name in parts if name is not None and can_pair(asked.bound, name)]
    if not known:
        known = [
            name
            for name, each in asked.bound.metrics.items()
            if each.dataset == definition.dataset
            and not each.hidden
            and can_pair(asked.bound, name)
        ]
    names = tuple(Name("metric", name) for name in known)
    return Reason("errors.driving.why.metric", (("name", Name("metric", metric)), ("known", names)))


def _driver(found: Slice, change: Decimal, labels: Labels) -> Driver:
    part = found.part
    conditions = tuple(
        Condition(name, member, labels.get(name, {}).get(member or ""))
        for name, member in found.conditions
    )
    return Driver(
        conditions=conditions,
        before=part.before,
        after=part.after,
        change=part.change,
        share=float(part.change / change) if change else None,
        growth=float(part.change / part.before) if part.before > 0 else None,
        expected=found.expected,
        excess=found.excess,
        remains=found.remains,
        strength=found.strength,
    )


def slice_name(driver: Driver) -> Reason:
    """What a slice is called: its member, or both."""
    members = tuple((f"member_{n}", each.told) for n, each in enumerate(driver.conditions))
    return Reason(f"driving.slice.{'single' if len(members) == 1 else 'pair'}", members)


def usual(answer: Driving) -> Reason:
    """What all the rest did: grew or fell by so much, or stayed."""
    side = "grew" if answer.usual > 0 else "fell"
    key = side if abs(answer.usual) >= LEVEL else "same"
    size = Amount(abs(answer.usual), Unit.SHARE)
    return Reason(f"driving.usual.{key}", (("ratio", size),))


def _headline(answer: Driving, why: str | None) -> Reason:
    """North −$80K, 80 % of the change; or why nothing is named."""
    if why is not None:
        return Reason(f"driving.silent.{why}", (("usual", usual(answer)),))
    first = answer.drivers[:NAMED]
    others = [each.change for each in answer.drivers[NAMED:]]
    values: tuple[tuple[str, object], ...] = (
        ("change", Amount(answer.total.change, answer.unit, "signed")),
        ("items", _listed([_item(each, answer.unit) for each in first])),
        ("count", len(others)),
        ("others", Amount(sum(others, Decimal(0)), answer.unit, "signed")),
        ("rest", Amount(answer.rest.change, answer.unit, "signed")),
    )
    kind = "more" if others else "all"
    if not answer.metric:
        return Reason(f"driving.headline.file.{kind}", values)
    named = (("name", Name("metric", answer.metric)), ("against", against(answer.comparison)))
    return Reason(f"driving.headline.metric.{kind}", (*named, *values))


def _item(driver: Driver, unit: Unit) -> Reason:
    part = Amount(driver.change, unit, "signed")
    return Reason("driving.headline.item", (("slice", slice_name(driver)), ("part", part)))


def _listed(items: list[Reason]) -> Reason:
    """One after the other: names from files begin as they are written."""
    first, *others = items
    for each in others:
        first = Reason("driving.headline.list", (("first", first), ("next", each)))
    return first
