"""What was restated between two cuts: figures that were shown, and unit by unit what moved them.

Each document, deal or other unit that moved is told with what it was, what it is, what that did to
each figure, and the import behind it. Where a figure adds up, its units sum to its difference
exactly; what they leave over comes from changed lists or definitions, and is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from salesdash.analysis.answers import Figure, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.changes import difference, plus
from salesdash.analysis.restatement import (
    RestatedBy,
    RestatedEffect,
    RestatedField,
    RestatedFile,
    RestatedList,
    RestatedTotal,
    RestatedUnit,
    Restatement,
)
from salesdash.metrics import Unit
from salesdash.periods import Window
from salesdash.selection import Selection
from salesdash.warehouse import restated
from salesdash.warehouse.questions import measure
from salesdash.warehouse.restated import ALL, Effects, How, Moved, Sum
from salesdash.warehouse.units import Between
from salesdash.workspace import Event

KEPT = 15
"""So many units of each kind of data are told one by one."""

FIELDS_OF_NEW = ("amount", "stage", "person")
"""What is told of a unit that was not there before, or is no longer, beside its days."""

BETTER = {"customer": "customer_name", "outcome": "stage", "cost": "amount", "profit": "amount"}
"""What need not be told beside what says more."""

Events = Mapping[int, Event]


@dataclass(frozen=True)
class Shown:
    """What had been shown: figures of periods at cut `since`, looked at again at cut `until`.

    `figures`: as they were shown, where that is known better than by asking again. `at`: when.
    """

    metrics: tuple[str, ...]
    windows: tuple[Window, ...]
    since: int
    until: int
    at: datetime | None = None
    figures: Mapping[tuple[str, Window], Figure] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Restatement) -> "Shown":
        """What an answer was about, to ask for all its rows."""
        return cls(answer.metrics, answer.windows, *answer.cuts, answer.since)


@dataclass(frozen=True)
class _Part:
    """What moved in one kind of data; `metrics`: those that add up."""

    dataset: str
    metrics: tuple[str, ...]
    rows: Sequence[Moved]
    sums: Sequence[Sum]

    @property
    def count(self) -> int:
        return sum(each.units for each in self.sums)


@dataclass(frozen=True)
class Restating:
    """Asks what moved; `question` gives data, settings and filters."""

    question: Question
    shown: Shown
    events: Events

    def build(self) -> Restatement:
        """Figures that are different, and the units that moved, the largest by themselves."""
        parts = [
            _Part(name, each.metrics, each.rows(KEPT), each.sums())
            for name, each in self._moved().items()
        ]
        totals = tuple(self._totals(parts))
        lists = tuple(self._listed(part) for part in parts if part.count)
        shown = self.shown
        return Restatement(
            headline=self._told(totals, lists),
            since=shown.at,
            cuts=(shown.since, shown.until),
            metrics=shown.metrics,
            windows=shown.windows,
            totals=totals,
            lists=lists,
        )

    def units(self) -> Iterator[tuple[str, RestatedUnit]]:
        """Every unit that moved with its dataset, however many."""
        for name, each in self._moved().items():
            for row in each.rows(ALL):
                yield name, self._unit(name, row)

    def _moved(self) -> dict[str, restated.Restated]:
        shown, question = self.shown, self.question
        spans = tuple(window.period for window in shown.windows)
        at = Between(shown.since, shown.until, spans, self._selection(None))
        return restated.of(question.warehouse, question.bound, self._known, at)

    @property
    def _known(self) -> tuple[str, ...]:
        """The metrics that still work."""
        return tuple(n for n in self.shown.metrics if n in self.question.bound.metrics)

    def _selection(self, cut: int | None) -> Selection:
        return replace(self.question.selection, window=None, cut=cut)

    def _listed(self, part: _Part) -> RestatedList:
        whole = _together(each.effects for each in part.sums)
        told = _together(each.effects for each in part.rows)
        rest = {metric: difference(whole[metric], told.get(metric, 0)) for metric in whole}
        others = part.count - len(part.rows)
        return RestatedList(
            dataset=part.dataset,
            metrics=tuple((name, self.question.metric(name).unit) for name in part.metrics),
            units=tuple(self._unit(part.dataset, row) for row in part.rows),
            others=others,
            rest=_effects(rest) if others else (),
            files=tuple(self._files(part.sums)),
        )

    def _files(self, sums: Sequence[Sum]) -> Iterator[RestatedFile]:
        """By the events, the newest first."""
        for pair in sorted({each.events for each in sums}, key=lambda p: (-p[1], -p[0])):
            own = [each for each in sums if each.events == pair]
            ways: dict[How, int] = {}
            for each in own:
                ways[each.how] = ways.get(each.how, 0) + each.units
            effects = _together(each.effects for each in own)
            yield RestatedFile(self._by(pair), tuple(ways.items()), _effects(effects))

    def _unit(self, name: str, row: Moved) -> RestatedUnit:
        return RestatedUnit(
            window=self.shown.windows[row.span],
            how=row.how,
            key=row.key,
            place=row.place,
            whose=_whose(row, self.question.warehouse.names(name, "customer")),
            fields=tuple(_fields(row)),
            effects=_effects(row.effects),
            by=self._by(row.events),
        )

    def _by(self, pair: tuple[int, int]) -> tuple[RestatedBy, ...]:
        first, last = pair
        numbers = (last,) if first == last else (first, last)
        return tuple(self._event(self.events[n]) for n in numbers if n in self.events)

    def _event(self, event: Event) -> RestatedBy:
        """An undo has the file that it took back, a repair the one that it mends."""
        target = self.events.get(event.target) if event.target is not None else None
        file = event.file_name or (target.file_name if target is not None else None) or ""
        return RestatedBy(event.id, event.kind.value, file, event.who, event.at, event.target)

    def _totals(self, parts: Sequence[_Part]) -> Iterator[RestatedTotal]:
        """Figures that are different, period after period."""
        shown, known = self.shown, self.question.settings.metrics
        then, now = (self._measured(cut) for cut in (shown.since, shown.until))
        effects = {name: _by_span(part, name) for part in parts for name in part.metrics}
        for place, window in enumerate(shown.windows):
            for name in shown.metrics:
                before = shown.figures.get((name, window), then.get((name, place), Figure(None)))
                after = now.get((name, place), Figure(None))
                if before.value == after.value:
                    continue
                unit = known[name].unit if name in known else Unit.NUMBER
                moved = effects[name].get(place, 0) if name in effects else None
                total = RestatedTotal(name, unit, window, before, after, moved)
                yield replace(total, rest=_rest(total))

    def _measured(self, cut: int) -> dict[tuple[str, int], Figure]:
        asked, windows = self.question, self.shown.windows
        found = measure(
            asked.warehouse, asked.bound, self._known, self._selection(cut), windows=windows
        )
        return {
            (name, place): answered(found.figure(name, place))
            for name in self._known
            for place in range(len(windows))
        }

    def _told(self, totals: Sequence[RestatedTotal], lists: Sequence[RestatedList]) -> Reason:
        """How many figures are different, by how many rows of how many files."""
        if self.shown.since == self.shown.until:
            return Reason("restated.no_import")
        moved = sum(each.count for each in lists)
        if not (totals or moved):
            return Reason("restated.nothing")
        files = {by.event for each in lists for file in each.files for by in file.by}
        changes = Reason("restated.changes", (("count", moved),))
        imports = Reason("restated.imports", (("count", len(files)),))
        values = (("count", len(totals)), ("changes", changes), ("imports", imports))
        return Reason("restated.told" if totals else "restated.level", values)


def _whose(row: Moved, names: Mapping[str, str]) -> str | None:
    """The customer, by name where one is known; the newest word counts."""
    for name in ("customer_name", "customer"):
        for value in reversed(row.fields.get(name, ())):
            if value is not None:
                return names.get(str(value), str(value))
    return None


def _fields(row: Moved) -> Iterator[RestatedField]:
    """What differs; of a unit that came or went what tells it from others."""
    told = {name: pair for name, pair in row.fields.items() if pair[0] != pair[1]}
    for name, (then, now) in told.items():
        is_day = isinstance(then, date) or isinstance(now, date)
        is_both = row.how not in ("late", "gone")
        if BETTER.get(name) not in told and (is_both or is_day or name in FIELDS_OF_NEW):
            yield RestatedField(name, then, now)


def _rest(total: RestatedTotal) -> Number | None:
    """What the units leave of the difference; None where nothing."""
    if total.moved is None:
        return None
    gap = difference(total.now.value or 0, total.then.value or 0)
    return difference(gap, total.moved) or None


def _by_span(part: _Part, metric: str) -> dict[int, Number]:
    found: dict[int, Number] = {}
    for each in part.sums:
        found[each.span] = plus(found.get(each.span, 0), each.effects[metric])
    return found


def _together(each: Iterable[Effects]) -> dict[str, Number]:
    effects: dict[str, Number] = {}
    for one in each:
        for name, value in one.items():
            effects[name] = plus(effects.get(name, 0), value)
    return effects


def _effects(found: Mapping[str, Number]) -> tuple[RestatedEffect, ...]:
    return tuple(RestatedEffect(name, value) for name, value in found.items())
