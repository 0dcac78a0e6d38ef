"""Figures: what a question about metrics answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from salesdash.periods import Period

Number = Decimal | int | float
Members = tuple[str | None, ...]

Values = tuple[tuple[str, object], ...]
Note = tuple[str, Values]
"""A text key and what fills it."""

OTHER = "\x00other"
"""The member that stands for all beyond `top`."""

MATURING = "metrics.note.maturing"
"""Key of the note on a figure that time alone will still raise."""


RECONSTRUCTED = "metrics.note.reconstructed"
"""Key of the note on a state of the past, worked out from what the rows say now."""


@dataclass(frozen=True)
class Figure:
    """One number, exact: Decimal for money, int for counts, float for ratios (fractions).

    `reason` is a text key with `values`: why it is blank, or, beside a value, what to know
    about it ("40 lines without customer are left out"). `more`: further notes beside a value.
    """

    value: Number | None
    reason: str | None = None
    values: Values = ()
    more: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to know about a figure that is there."""
        if self.value is None or self.reason is None:
            return ()
        return ((self.reason, self.values), *self.more)

    @property
    def is_maturing(self) -> bool:
        """Too young to be compared or judged."""
        return any(key == MATURING for key, _ in self.notes)

    def noted(self, *notes: Note) -> "Figure":
        """The same figure with more notes; of two that say the same the larger one stays."""
        told: dict[tuple[str, object], Note] = {}
        for key, values in (*self.notes, *notes):
            same = key, dict(values).get("field")
            if same not in told or _lines((key, values)) > _lines(told[same]):
                told[same] = key, values
        if self.value is None or not told:
            return self
        (reason, about), *more = told.values()
        return Figure(self.value, reason, about, tuple(more))


NO_ROWS = Figure(None, "metrics.reason.no_rows")


def _lines(note: Note) -> int:
    return int(str(dict(note[1]).get("lines", 0)))


@dataclass(frozen=True)
class Key:
    """Place of a row: number of the window, start of the bucket (None: no grain), members."""

    window: int = 0
    bucket: date | None = None
    members: Members = ()


@dataclass(frozen=True)
class Measured:
    """Figures by window, bucket, members and metric.

    `buckets` are, for each window, its whole units of time (without grain: none). Each bucket is
    keyed by its start, and only its days inside the window count. `blank`: metrics that this
    question cannot answer anywhere, with the reason.
    """

    ids: tuple[str, ...]
    windows: tuple[Period | None, ...]
    by: tuple[str, ...] = ()
    buckets: tuple[tuple[Period, ...], ...] = ()
    rows: Mapping[Key, Mapping[str, Figure]] = field(default_factory=dict)
    blank: Mapping[str, Figure] = field(default_factory=dict)

    def figure(
        self, metric: str, window: int = 0, bucket: date | None = None, members: Members = ()
    ) -> Figure:
        """One figure; blank with "no rows" where nothing was found."""
        missing = self.blank.get(metric, NO_ROWS)
        return self.rows.get(Key(window, bucket, members), {}).get(metric, missing)

    def members(self, metric: str | None = None, window: int = 0) -> tuple[Members, ...]:
        """All members found, largest figure of the metric first, "other" and blanks last."""
        asked = metric or self.ids[0]
        found = dict.fromkeys(key.members for key in self.rows)

        def rank(members: Members) -> tuple[bool, bool, float, tuple[tuple[bool, str], ...]]:
            value = self._sum(asked, window, members)
            texts = tuple((m is None, m or "") for m in members)
            return OTHER in members, value is None, -float(value or 0), texts

        return tuple(sorted(found, key=rank))

    def series(
        self, metric: str, window: int = 0, members: Members = ()
    ) -> tuple[tuple[Period, Figure], ...]:
        """(unit, figure) of each bucket of a window, in order."""
        return tuple(
            (unit, self.figure(metric, window, unit.start, members))
            for unit in self.buckets[window]
        )

    def _sum(self, metric: str, window: int, members: Members) -> Number | None:
        """A size to rank by: the figure, or with buckets the sum of them."""
        if not self.buckets:
            return self.figure(metric, window, None, members).value
        found = [float(f.value) for _, f in self.series(metric, window, members) if f.value]
        return sum(found) if found else None
