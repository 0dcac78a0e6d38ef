"""Figures: what a question about metrics answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from salesdash.periods import Period

Number = Decimal | int | float
Members = tuple[str | None, ...]

OTHER = "\x00other"
"""The member that stands for all beyond `top`."""


@dataclass(frozen=True)
class Figure:
    """One number, exact: Decimal for money, int for counts, float for ratios (fractions).

    `reason` is a text key with `values`: why it is blank, or, beside a value, what to know
    about it ("40 lines without customer are left out").
    """

    value: Number | None
    reason: str | None = None
    values: tuple[tuple[str, object], ...] = ()


NO_ROWS = Figure(None, "metrics.reason.no_rows")


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
    keyed by its start, and only its days inside the window count.
    """

    ids: tuple[str, ...]
    windows: tuple[Period | None, ...]
    by: tuple[str, ...] = ()
    buckets: tuple[tuple[Period, ...], ...] = ()
    rows: Mapping[Key, Mapping[str, Figure]] = field(default_factory=dict)

    def figure(
        self, metric: str, window: int = 0, bucket: date | None = None, members: Members = ()
    ) -> Figure:
        """One figure; blank with "no rows" where nothing was found."""
        return self.rows.get(Key(window, bucket, members), {}).get(metric, NO_ROWS)

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
