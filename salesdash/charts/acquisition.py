"""What customers cost and are worth, as bars and as a table."""

from salesdash.analysis.acquisition import CAC, CLV, COST, NEW, RATIO, REVENUE, Acquisition, Line
from salesdash.analysis.answers import Figure, Member, Name
from salesdash.analysis.bars import Bar, Bars
from salesdash.analysis.bars import Column as Drawn
from salesdash.charts.tables import Column, Table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

UNITS = {
    COST: Unit.MONEY,
    NEW: Unit.COUNT,
    CAC: Unit.MONEY,
    CLV: Unit.MONEY,
    REVENUE: Unit.MONEY,
    RATIO: Unit.MULTIPLE,
}


def acquisition_bars(found: Acquisition) -> Bars:
    """A bar for the cost of a new customer of each member that won any; the ratio at its end."""
    columns = tuple(Drawn(f"acquisition_{name}", UNITS[name]) for name in (CAC, RATIO, NEW))
    bars = tuple(
        Bar(
            Member(line.member or ""),
            tuple(line.value(name) for name in (CAC, RATIO, NEW)),
            filters=(str(found.by), line.member),
        )
        for line in found.lines
        if line.value(CAC) is not None
    )
    return Bars(CAC, Name("dimension", str(found.by)), columns, bars, 0, (0, 1))


def acquisition_table(found: Acquisition, words: Words) -> Table:
    """Members and the total: cost, new customers, cost of one, worth, ratio, month of payback."""
    names = columns_of(found)
    first = words.dimension(found.by) if found.by else ""
    columns = [Column(first, figures=False), *(Column(words.metric(name)) for name in names)]
    columns.append(Column(words.say("cohorts.acquisition.payback")))
    lines = [(words.told(Member(line.member or "")), line) for line in found.lines]
    lines.append((words.say("cohorts.acquisition.total"), found.total))
    return Table(
        tuple(columns),
        tuple((name, *_shown(line, names, words)) for name, line in lines),
        tuple(
            (name, *(line.value(each) for each in names), line.payback.value)
            for name, line in lines
        ),
    )


def columns_of(found: Acquisition) -> tuple[str, ...]:
    """The metrics of the table: without any lifetime value its revenue stands in."""
    lines = (*found.lines, found.total)
    worth = CLV if any(line.value(CLV) is not None for line in lines) else REVENUE
    return (COST, NEW, CAC, worth, RATIO)


def _shown(line: Line, names: tuple[str, ...], words: Words) -> tuple[str, ...]:
    return (*(words.value(line.value(name), UNITS[name]) for name in names), _month(line, words))


def _month(line: Line, words: Words) -> str:
    payback: Figure = line.payback
    if payback.value is not None:
        return f"{payback.value:,}"
    months = dict(payback.reason.values).get("months") if payback.reason else None
    if months is None:
        return words.value(None, Unit.COUNT)
    return words.say("cohorts.acquisition.unpaid", months=months)
