"""A breakdown as a table and in words: the same cells for the screen and for its CSV."""

from salesdash.analysis.answers import Number
from salesdash.analysis.breakdown import Breakdown, Line, Order
from salesdash.analysis.customers import Buyers
from salesdash.analysis.versus import Versus
from salesdash.charts.bars import part_names
from salesdash.charts.describe import alt
from salesdash.charts.spans import span_names
from salesdash.charts.tables import Cell, Column, Table, table
from salesdash.charts.words import Words
from salesdash.metrics import Unit


def columns(answer: Breakdown) -> tuple[str, ...]:
    """Codes of the columns after the member's name: what this metric and comparison have."""
    compared, adds = answer.compared is not None, answer.apart is None
    found = ["now"]
    found += ["then", "change"] if compared else []
    found += ["part"] if compared and adds else []
    found += ["ratio"] if compared and answer.unit not in (Unit.SHARE, Unit.MULTIPLE) else []
    found += ["share"] if adds else []
    found += ["cumulative"] if adds and answer.order is Order.VALUE else []
    return (*found, "rank", *(("rank_then",) if compared else ()))


def heads(answer: Breakdown, words: Words) -> dict[str, str]:
    """What the columns are called."""
    now, then = span_names(answer, words)
    told = {"now": now, "then": then} if answer.compared is not None else {}
    return {
        name: told.get(name) or words.say(f"charts.breakdown.{name}") for name in columns(answer)
    }


def cell(answer: Breakdown, line: Line, column: str, words: Words) -> tuple[str, Cell]:
    """One cell for reading, and its exact figure; "—" and None where there is none."""
    found = _exact(answer, line, column)
    if column in ("now", "then"):
        return words.value(found, answer.unit), found
    if column == "change":
        return words.value(found, answer.unit, "signed"), found
    if found is None:
        return "—" if column in ("ratio", "share", "part") else "", None
    if column == "part":
        return words.points(float(found)), found
    if column == "ratio":
        return words.change(float(found)), found
    return (f"{found}" if "rank" in column else words.value(found, Unit.SHARE)), found


def _exact(answer: Breakdown, line: Line, column: str) -> Number | None:
    figures: dict[str, Number | None] = {
        "now": line.change.now.value,
        "then": line.change.then.value,
        "change": line.change.absolute if line.part is None else line.part,
        "part": growth(answer, line),
        "ratio": line.change.ratio,
        "share": line.share,
        "cumulative": line.cumulative,
        "rank": line.rank,
        "rank_then": line.rank_then,
    }
    return figures[column]


def growth(answer: Breakdown, line: Line) -> float | None:
    """The contribution to the total's growth: those of all lines sum to the total's change in %."""
    then = answer.total.change.then.value
    if line.part is None or then is None or then <= 0:
        return None
    return float(line.part) / float(then)


@table.register
def _breakdown(answer: Breakdown, words: Words) -> Table:
    named = heads(answer, words)
    titles = (
        Column(words.dimension(answer.dimension), figures=False),
        *(Column(named[name]) for name in named),
    )
    lines = (*answer.lines, answer.total)
    names = (*part_names(answer.lines, words), words.say("charts.breakdown.total"))
    cells = [[cell(answer, line, name, words) for name in named] for line in lines]
    return Table(
        titles,
        tuple((name, *(text for text, _ in row)) for name, row in zip(names, cells, strict=True)),
        tuple((name, *(value for _, value in row)) for name, row in zip(names, cells, strict=True)),
    )


@alt.register
def _alt(answer: Breakdown, words: Words) -> str:
    column = "change" if answer.movers is not None else "now"
    names = part_names(answer.lines, words)
    parts = (
        words.say("charts.alt.part", name=name, value=cell(answer, line, column, words)[0])
        for name, line in zip(names, answer.lines, strict=True)
    )
    return words.say(
        f"charts.alt.breakdown_{column}",
        metric=words.metric(answer.metric),
        dimension=words.dimension(answer.dimension),
        total=cell(answer, answer.total, column, words)[0],
        parts=words.say("charts.list").join(parts),
    )


@table.register
def _versus(answer: Versus, words: Words) -> Table:
    columns = (
        Column(words.say("trends.metric"), figures=False),
        *(Column(name) for name in answer.names),
        Column(words.say("comparison.versus.gap")),
        Column(words.say("comparison.versus.ratio")),
    )
    shown, rows = [], []
    for side in answer.sides:
        name, gap = words.metric(side.metric), side.gap
        figures = [figure.value for figure in (gap.now, gap.then)]
        told = "—" if gap.ratio is None else words.change(gap.ratio)
        signed = words.value(gap.absolute, side.unit, "signed")
        shown.append((name, *(words.value(f, side.unit) for f in figures), signed, told))
        rows.append((name, *figures, gap.absolute, gap.ratio))
    return Table(columns, tuple(shown), tuple(rows))


@table.register
def _buyers(answer: Buyers, words: Words) -> Table:
    """The breakdown with orders and last purchase, those of the total blank."""
    found = table(answer.breakdown, words)
    orders, days = (*answer.orders, None), (*answer.last, None)
    more = [Column(words.metric("orders")), Column(words.say("customers.top.last"))]
    told = [("" if n is None else f"{n:,}", "" if d is None else d.isoformat())
            for n, d in zip(orders, days, strict=True)]  # fmt: skip
    exact = [(n, None if d is None else d.isoformat()) for n, d in zip(orders, days, strict=True)]
    return Table(
        (*found.columns, *more),
        tuple((*row, *cells) for row, cells in zip(found.shown, told, strict=True)),
        tuple((*row, *cells) for row, cells in zip(found.rows, exact, strict=True)),
    )
