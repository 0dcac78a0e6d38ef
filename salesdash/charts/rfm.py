"""Customer segments as bars and tables: sizes, moves, the customers of a segment."""

from collections.abc import Iterable, Mapping

from salesdash import formats
from salesdash.analysis.answers import Reason
from salesdash.analysis.bars import Bar, Bars
from salesdash.analysis.bars import Column as Figure
from salesdash.analysis.rfm import GRID, Group, Move, Rfm, Scored, Segment
from salesdash.charts.tables import Column, Table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

FIGURES = ("customers", "share", "figure", "figure_share", "mean", "days", "orders", "then")


def segment_name(segment: Segment | None, words: Words) -> str:
    """What customers of a segment are called; of none, that they were no customers yet."""
    return words.say(f"rfm.name.{'nobody' if segment is None else segment.value}")


def segment_bars(found: Rfm) -> Bars:
    """Segments with a bar for their customers; all figures stand in the table."""
    units = (
        Unit.COUNT,
        Unit.SHARE,
        found.unit,
        Unit.SHARE,
        found.unit,
        Unit.DAYS,
        Unit.NUMBER,
        Unit.COUNT,
    )
    compared = found.then is not None
    columns = tuple(
        Figure(f"segment_{name}", unit) for name, unit in zip(FIGURES, units, strict=True)
    )
    whole = sum(float(group.figure) for group in found.groups)
    bars = tuple(_bar(group, found.customers, whole) for group in found.groups)
    if not compared:
        columns = columns[:-1]
        bars = tuple(Bar(bar.label, bar.figures[:-1]) for bar in bars)
    return Bars("segments", Reason("rfm.heading"), columns, bars, 0, (0, 2))


def _bar(group: Group, customers: int, whole: float) -> Bar:
    share = group.customers / customers if customers else None
    mean = float(group.figure) / group.customers if group.customers else None
    return Bar(
        Reason(f"rfm.name.{group.segment.value}"),
        (
            group.customers,
            share,
            group.figure,
            float(group.figure) / whole if whole > 0 else None,
            mean,
            group.days,
            group.orders,
            group.customers_then,
        ),
    )


def moves_table(found: Rfm, moves: Iterable[Move], words: Words) -> Table:
    """Who moved from where to where, and what they brought so far."""
    columns = [
        Column(words.say(f"rfm.moves.{name}"), figures=name == "customers")
        for name in ("then", "now", "customers")
    ]
    columns.append(Column(words.metric(found.metric)))
    shown, rows = [], []
    for move in moves:
        names = segment_name(move.then, words), segment_name(move.now, words)
        shown.append((*names, f"{move.customers:,}", words.value(move.figure, found.unit)))
        rows.append((*names, move.customers, move.figure))
    return Table(tuple(columns), tuple(shown), tuple(rows))


def scored_table(
    found: Rfm, listed: Iterable[Scored], names: Mapping[str, str], words: Words
) -> Table:
    """Customers one by one, with their scores and where they were before."""
    heads = ["customer", "last", "orders", "money", "recency", "frequency", "score"]
    titles = {"money": words.metric(found.metric), "score": words.say("rfm.list.money")}
    if found.then is not None:
        heads.append("before")
    columns = [
        Column(
            titles.get(name) or words.say(f"rfm.list.{name}"),
            figures=name not in ("customer", "before"),
        )
        for name in heads
    ]
    shown, rows = [], []
    for one in listed:
        name = names.get(one.customer, one.customer)
        ends = () if found.then is None else (segment_name(one.before, words),)
        marks = tuple(map(str, one.scores))
        day = formats.date(one.last, words.lang, "exact")
        money = words.value(one.figure, found.unit, "exact")
        shown.append((name, day, f"{one.orders:,}", money, *marks, *ends))
        rows.append((name, one.last.isoformat(), one.orders, one.figure, *one.scores, *ends))
    return Table(tuple(columns), tuple(shown), tuple(rows))


def grid_table(words: Words) -> Table:
    """Which recency and value make which segment."""
    columns = [Column("", figures=False)]
    columns += [Column(words.say("rfm.grid.value", score=n), figures=False) for n in range(1, 6)]
    rows = tuple(
        (
            words.say("rfm.grid.recency", score=recency),
            *(segment_name(segment, words) for segment in segments),
        )
        for recency, segments in GRID.items()
    )
    return Table(tuple(columns), rows, rows)
