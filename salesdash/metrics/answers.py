"""What the statements answered about metrics of the same rows, before figures are made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from salesdash.metrics.arithmetic import Number
from salesdash.metrics.figures import Members
from salesdash.metrics.segments import Span
from salesdash.metrics.slots import Slot


@dataclass(frozen=True)
class State:
    """A figure of picked rows: its value, how many rows they are, how many of them state it."""

    value: Number | None
    rows: int
    stated: int


@dataclass
class Answers:
    """Answers about one dataset and date role.

    `slots`: for each slot of the question the one of these rows; none where they have no dates.
    `values`: of simple, stock and customer metrics by slot, then members; `states` where rows are
    picked or leave a state. `lines`: how many were found in a span; `stated`: how many of them
    state a field, where not all rows do. `undated`: rows that a metric would count if they had a
    date; `dated`: those that have it, where what is expected is asked. `ripening`: for metrics that
    mature, the days that takes and the last day known.
    `shown`: answers about the end of a past slot, from the rows that an import showed then.
    `mapped`: does a field hold something anywhere (asked only when a blank needs it).
    `first`, `last`: days between which something happened in the dataset, whatever the date role.
    """

    slots: Mapping[Slot, Slot] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    values: dict[tuple[str, Slot], dict[Members, Number | None]] = field(default_factory=dict)
    states: dict[tuple[str, Slot], dict[Members, State]] = field(default_factory=dict)
    lines: dict[Span, dict[Members, int]] = field(default_factory=dict)
    stated: dict[tuple[str, Span], dict[Members, int]] = field(default_factory=dict)
    undated: dict[str, dict[Members, int]] = field(default_factory=dict)
    dated: dict[str, dict[Members, int]] = field(default_factory=dict)
    ripening: dict[str, tuple[int, date]] = field(default_factory=dict)
    shown: dict[Slot, "Answers"] = field(default_factory=dict)
    mapped: Callable[[], Mapping[str, bool]] = dict

    def members(self, slot: Slot) -> tuple[Members, ...]:
        """Everybody that was found in the slot or in the windows that belong to it."""
        own = self.slots.get(slot)
        if own is None:
            return ()
        found: dict[Members, None] = {}
        if own in self.shown:
            found.update(dict.fromkeys(self.shown[own].members(own)))
        for span in (own.span, own.until):
            found.update(dict.fromkeys(self.lines.get(span, ())))
        for (_, place), values in self.values.items():
            if place == own:
                found.update(dict.fromkeys(m for m, value in values.items() if value))
        for (_, place), states in self.states.items():
            if place == own:
                found.update(dict.fromkeys(m for m, state in states.items() if state.rows))
        return tuple(found)

    def is_future(self, slot: Slot) -> bool:
        """The period starts after the last day on which something happened."""
        return self.last is None or slot.period.start > self.last

    def is_past(self, slot: Slot) -> bool:
        """The period ends before that day."""
        return self.last is not None and slot.period.end <= self.last
