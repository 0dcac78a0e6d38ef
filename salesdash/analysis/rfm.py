"""RFM: customers by how recently, how often and for how much they bought, and where they moved.

Each of the three is a score from 1 to 5: the fifth of all customers in which the middle of those
with the same value stands. So equal values never have different scores, and where all differ the
fifths are equal. Frequency and money together make the value of a customer, their mean, halves
rounded up. `GRID` names every pair of recency and value, so each customer has one segment.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from salesdash.analysis.answers import Amount, Name, Number, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.cohorts import blank, summed
from salesdash.analysis.spans import is_covered
from salesdash.metrics import Unit
from salesdash.warehouse.rfm import purchases

Codes = npt.NDArray[np.int64]

SCORES = 5
FEW = 25
"""Fewer customers than five a score say little."""


class Segment(StrEnum):
    """What customers are called; the best first."""

    CHAMPIONS = "champions"
    LOYAL = "loyal"
    PROMISING = "promising"
    NEW = "new"
    ATTENTION = "attention"
    COOLING = "cooling"
    CANNOT_LOSE = "cannot_lose"
    AT_RISK = "at_risk"
    DORMANT = "dormant"
    LOST = "lost"


GRID: Mapping[int, tuple[Segment, ...]] = {
    5: (
        Segment.NEW,
        Segment.PROMISING,
        Segment.PROMISING,
        Segment.CHAMPIONS,
        Segment.CHAMPIONS,
    ),
    4: (Segment.NEW, Segment.PROMISING, Segment.PROMISING, Segment.LOYAL, Segment.LOYAL),
    3: (Segment.COOLING, Segment.COOLING, Segment.ATTENTION, Segment.LOYAL, Segment.LOYAL),
    2: (
        Segment.DORMANT,
        Segment.DORMANT,
        Segment.AT_RISK,
        Segment.AT_RISK,
        Segment.CANNOT_LOSE,
    ),
    1: (Segment.LOST, Segment.LOST, Segment.AT_RISK, Segment.AT_RISK, Segment.CANNOT_LOSE),
}
"""The segments of each recency, by value from 1 to 5."""

BEST = (Segment.CHAMPIONS, Segment.LOYAL)
SLIPPED = (Segment.CANNOT_LOSE, Segment.AT_RISK, Segment.DORMANT, Segment.LOST)

NOBODY = -1
"""The code of who was no customer yet; others are places in `Segment`."""


@dataclass(frozen=True)
class Group:
    """A segment: its customers, what they brought so far, the same at the earlier day.

    `customers_then` is None without an earlier day. `days` since the last purchase and `orders`
    are means.
    """

    segment: Segment
    customers: int
    figure: Number
    days: float | None
    orders: float | None
    customers_then: int | None


@dataclass(frozen=True)
class Move:
    """So many customers who were in one segment (None: none yet) are in another now."""

    then: Segment | None
    now: Segment
    customers: int
    figure: Number


@dataclass(frozen=True)
class Scored:
    """One customer with what the scores are made of."""

    customer: str
    segment: Segment
    before: Segment | None
    last: date
    orders: int
    figure: Number
    scores: tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Rfm:
    """All segments, the moves between them, and the customers as columns.

    `day`: the last one that is looked at, `then`: the earlier one (None: none). `codes` are the
    segments of the rows of `table`, now and then. `reason`: why there is nothing.
    """

    metric: str
    unit: Unit
    day: date
    then: date | None = None
    groups: tuple[Group, ...] = ()
    moves: tuple[Move, ...] = ()
    table: pa.Table | None = None
    codes: tuple[Codes, Codes] | None = None
    scores: tuple[Codes, Codes, Codes] | None = None
    reason: Reason | None = None

    @cached_property
    def customers(self) -> int:
        """How many there are."""
        return sum(group.customers for group in self.groups)

    @property
    def slipped(self) -> tuple[Move, ...]:
        """Who was among the best and is so no more, in any of the segments one worries about."""
        return tuple(m for m in self.moves if m.then in BEST and m.now in SLIPPED)

    @property
    def headline(self) -> Reason:
        """How many of the best slipped away; without an earlier day who the best are."""
        if self.reason is not None:
            return self.reason
        if self.then is not None and any(move.then in BEST for move in self.moves):
            figure = _sum([move.figure for move in self.slipped])
            return Reason(
                "rfm.headline.slipped" if self.slipped else "rfm.headline.kept",
                (
                    ("count", sum(move.customers for move in self.slipped)),
                    ("best", sum(m.customers for m in self.moves if m.then in BEST)),
                    ("day", self.then),
                    ("figure", Amount(figure, self.unit)),
                    ("metric", Name("metric", self.metric)),
                ),
            )
        best = self.groups[0]
        whole = float(_sum([group.figure for group in self.groups]))
        share = float(best.figure) / whole if whole > 0 else 0.0
        return Reason(
            "rfm.headline.best",
            (
                ("count", best.customers),
                ("customers", Amount(self.customers)),
                ("share", Amount(share, Unit.SHARE)),
                ("metric", Name("metric", self.metric)),
            ),
        )

    def listed(self, segment: Segment | None) -> Iterator[Scored]:
        """The customers of a segment (None: all), those who brought most first."""
        if self.table is None or self.codes is None or self.scores is None:
            return
        now, then = self.codes
        chosen = np.arange(len(now)) if segment is None else np.flatnonzero(now == _code(segment))
        columns = self.table.select(["customer", "last_now", "orders_now", "figure_now"])
        rows: dict[str, list[Any]] = columns.take(chosen).to_pydict()
        names, lasts, orders, figures = rows.values()
        order = sorted(range(len(chosen)), key=lambda n: (-(figures[n] or 0), names[n]))
        for n in order:
            row = chosen[n]
            marks = tuple(int(each[row]) for each in self.scores)
            before = None if then[row] == NOBODY else _SEGMENTS[then[row]]
            yield Scored(
                names[n],
                _SEGMENTS[now[row]],
                before,
                lasts[n],
                int(orders[n]),
                figures[n] or 0,
                (marks[0], marks[1], marks[2]),
            )


_SEGMENTS = tuple(Segment)


def _code(segment: Segment) -> int:
    return _SEGMENTS.index(segment)


def earlier(question: Question) -> date | None:
    """The day after what is compared with; None without a comparison that the data reach."""
    question = question.about(summed(question))
    window = question.compared
    if window is None or not is_covered(window.period, question.first):
        return None
    return min(window.period.end, question.end)


def build(question: Question, then: date | None) -> Rfm:
    """Segments at the end of what is looked at, beside those before the day `then` began.

    Raises UsageError when no metric with a customer adds up.
    """
    metric = summed(question)
    question = question.about(metric)
    unit, end = question.metric(metric).unit, question.end
    last = date.fromordinal(end.toordinal() - 1)
    why = blank(question, metric, None)
    if why is not None:
        return Rfm(metric, unit, last, reason=why)
    table = purchases(
        question.warehouse,
        question.bound,
        metric,
        question.selection,
        end,
        date.min if then is None else then,
    )
    if not table.num_rows:
        return Rfm(metric, unit, last, reason=Reason("rfm.nobody"))
    scored = _scores(table, "now")
    codes = _codes(scored), _before(table)
    compared = then is not None
    return Rfm(
        metric,
        unit,
        last,
        None if then is None else date.fromordinal(then.toordinal() - 1),
        _groups(table, codes, end, compared=compared),
        _moves(table, codes) if compared else (),
        table,
        codes,
        scored,
    )


def _scores(table: pa.Table, when: str) -> tuple[Codes, Codes, Codes]:
    """Recency, frequency and money of each row."""
    last = table.column(f"last_{when}").cast(pa.int32()).to_numpy()
    orders = table.column(f"orders_{when}").to_numpy()
    figure = np.nan_to_num(table.column(f"figure_{when}").cast(pa.float64()).to_numpy())
    return score(last), score(orders), score(figure)


def score(values: npt.NDArray[Any]) -> Codes:
    """The fifth, 1 to 5, of the middle of all equal values; more is better."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    middles = 2 * np.cumsum(counts) - counts  # those below and those up to here, added
    found: Codes = (1 + SCORES * middles // (2 * max(len(values), 1)))[places]
    return found


def _codes(scores: tuple[Codes, Codes, Codes]) -> Codes:
    recency, frequency, money = scores
    value = (frequency + money + 1) // 2
    grid = np.array([[_code(name) for name in GRID[r]] for r in range(1, SCORES + 1)])
    found: Codes = grid[recency - 1, value - 1]
    return found


def _before(table: pa.Table) -> Codes:
    """The segments of then, among those who were customers then."""
    known = pc.is_valid(table.column("last_then"))
    found = np.full(table.num_rows, NOBODY, dtype=np.int64)
    before = table.filter(known)
    if before.num_rows:
        found[known.to_numpy()] = _codes(_scores(before, "then"))
    return found


def _groups(
    table: pa.Table, codes: tuple[Codes, Codes], end: date, *, compared: bool
) -> tuple[Group, ...]:
    now, then = codes
    days = end.toordinal() - 1 - (_EPOCH + table.column("last_now").cast(pa.int32()).to_numpy())
    orders = table.column("orders_now").to_numpy()
    found = []
    for segment in Segment:
        inside = now == _code(segment)
        count = int(inside.sum())
        figures = table.column("figure_now").filter(pa.array(inside))
        found.append(
            Group(
                segment,
                count,
                _total(figures),
                float(days[inside].mean()) if count else None,
                float(orders[inside].mean()) if count else None,
                int((then == _code(segment)).sum()) if compared else None,
            )
        )
    return tuple(found)


_EPOCH = date(1970, 1, 1).toordinal()


def _moves(table: pa.Table, codes: tuple[Codes, Codes]) -> tuple[Move, ...]:
    """All pairs of segments that anybody has, most customers first."""
    now, then = codes
    pairs, counts = np.unique(np.stack((then, now)), axis=1, return_counts=True)
    found = []
    for (before, after), count in zip(pairs.T, counts, strict=True):
        inside = pa.array((then == before) & (now == after))
        figure = _total(table.column("figure_now").filter(inside))
        was = None if before == NOBODY else _SEGMENTS[before]
        found.append(Move(was, _SEGMENTS[after], int(count), figure))
    return tuple(sorted(found, key=lambda move: -move.customers))


def _total(column: "pa.ChunkedArray[Any]") -> Number:
    total: Number | None = pc.sum(column).as_py()
    return total or 0


def _sum(values: list[Number]) -> Number:
    floats = any(isinstance(value, float) for value in values)
    return sum(map(float, values)) if floats else sum(values)
