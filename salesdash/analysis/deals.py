"""Deals as bars: stages, ranges of days, conversion, reasons; each bar knows its deals."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import sqrt

from salesdash.analysis import durations, stages
from salesdash.analysis.answers import Member, Name, Number, Reason
from salesdash.analysis.bars import Bar, Bars, Column
from salesdash.analysis.durations import Length, Range
from salesdash.metrics import Unit
from salesdash.warehouse.deals import CLOSED, OPEN, Closed, Lasted, Open, Outcome, Which

FEW = 20
"""Fewer closed deals than this say little about a rate."""

MOST = 8
"""Members, reasons or competitors drawn one by one; the others stand together."""

SUREST = {
    name: place
    for place, names in enumerate(
        (
            ("closed", "已成交"),
            ("commit", "承诺"),
            ("mostlikely", "很可能"),
            ("bestcase", "最好情况", "最佳情况"),
            ("pipeline", "管道", "进行中"),
            ("omitted", "忽略", "不计入"),
        )
    )
    for name in names
}
"""The forecast categories of CRM systems by their folded names, the surest first."""

CERTAIN = 1.96
"""Standard errors on both sides that hold 95 % of what chance does."""

DEALS = Column("deals", Unit.COUNT)
AMOUNT = Column("amount", Unit.MONEY)

STAGES = (
    AMOUNT,
    DEALS,
    Column("weighted", Unit.MONEY),
    Column("overdue", Unit.COUNT),
    Column("age", Unit.DAYS),
)
CONVERSION = (
    Column("win_rate", Unit.SHARE),
    Column("closed", Unit.COUNT),
    Column("won", Unit.COUNT),
    Column("lost", Unit.COUNT),
    Column("won_amount", Unit.MONEY),
    Column("low", Unit.SHARE),
    Column("high", Unit.SHARE),
)
REASONS = (Column("lost", Unit.COUNT), Column("lost_amount", Unit.MONEY))
COMPETITORS = (*REASONS, Column("won", Unit.COUNT), Column("win_rate", Unit.SHARE))
LASTED = (DEALS, AMOUNT)


def by_stage(found: Sequence[Open]) -> Bars:
    """Open deals by stage, in the order of the stages; by amount when any states one."""
    ordered = stages.ordered(
        found, lambda one: one.member, _probability, lambda one: _mean(one.age_sum, one)
    )
    return _standing("pipeline", "stage", ordered)


def by_category(found: Sequence[Open]) -> Bars:
    """Open deals by forecast category, the surest first; others by amount, then those without."""

    def place(one: Open) -> tuple[bool, int, Decimal, str]:
        sure = SUREST.get(stages.folded(one.member or ""), len(SUREST))
        return one.member is None, sure, -(one.amount or Decimal(0)), one.member or ""

    return _standing("forecast_category", "forecast_category", sorted(found, key=place))


def _standing(metric: str, dimension: str, ordered: Sequence[Open]) -> Bars:
    """Open deals by member in the order given; by amount when any states one."""
    bars = tuple(
        Bar(
            label=_named(one.member),
            figures=(
                one.amount if one.with_amount else None,
                one.deals,
                one.weighted,
                one.overdue if one.with_close else None,
                _mean(one.age_sum, one),
            ),
            which=Which(OPEN, (dimension, one.member)),
        )
        for one in ordered
    )
    priced = any(one.with_amount for one in ordered)
    beside = (0, 1) if priced else (1,)
    return Bars(metric, Name("dimension", dimension), STAGES, bars, beside[0], beside)


def conversion(found: Sequence[Closed], dimension: str, named: Callable[[str], str]) -> Bars:
    """Won of all decided deals by member, the best first; members with few deals follow, pale.

    Bounds: Wilson's score interval at 95 % (Wilson 1927), right for small numbers too.
    """
    told = [one for one in found if one.won + one.lost]
    bars = [_rated(one, dimension, named) for one in told]
    first = sorted(bars[:MOST], key=lambda bar: (bar.role == "faint", -float(bar.figures[0] or 0)))
    return Bars(
        metric="conversion",
        heading=Name("dimension", dimension),
        columns=CONVERSION,
        bars=(*first, *bars[MOST:]),
        drawn=0,
        beside=(0, 1),
        shown=MOST,
        rest=_rest(told, MOST, _rates, Which(CLOSED, dated=True, beyond=_beyond(told, dimension))),
        level=_rate(_together(told)) if len(told) > 1 else None,
    )


def reasons(found: Sequence[Closed]) -> Bars:
    """Lost deals by the reason stated; those without one stand last and are shown, too."""
    return _lost("lost_reason", found, REASONS)


def competitors(found: Sequence[Closed]) -> Bars:
    """Lost deals by competitor, and how many were won against each."""
    return _lost("competitor", found, COMPETITORS)


def lasted(metric: str, found: Sequence[Lasted], outcome: Outcome, usual: Length) -> Bars:
    """Deals by ranges of days; ranges that begin beyond the usual time are marked late."""
    late = None if outcome != "open" or usual.deals < FEW else usual.usual
    bars = tuple(
        Bar(
            label=_days(one),
            figures=(one.deals, one.amount),
            which=Which((outcome,), days=(one.low, one.high), dated=outcome != "open"),
            role="late" if late is not None and (one.low or 0) > late else "plain",
        )
        for one in durations.ranges(found)
    )
    return Bars(metric, Reason("pipeline.days"), LASTED, bars, 0, (0,))


def wilson(won: int, decided: int) -> tuple[float, float]:
    """Between which rates the true one lies in 95 of 100 cases."""
    share, spread = won / decided, CERTAIN**2 / decided
    middle = share + spread / 2
    reach = CERTAIN * sqrt(share * (1 - share) / decided + spread / decided / 4)
    low, high = ((middle + sign * reach) / (1 + spread) for sign in (-1, 1))
    return max(low, 0.0), min(high, 1.0)


def _lost(dimension: str, found: Sequence[Closed], columns: tuple[Column, ...]) -> Bars:
    def figures(one: Closed) -> tuple[Number | None, ...]:
        return (one.lost, one.lost_amount, one.won, _rate(one))[: len(columns)]

    stated = sorted(
        (one for one in found if one.member is not None and one.won + one.lost),
        key=lambda one: (-one.lost, -one.won, str(one.member)),
    )
    bars = [
        Bar(_named(one.member), figures(one), Which(("lost",), (dimension, one.member), dated=True))
        for one in stated
    ]
    silent = next((one for one in found if one.member is None and one.lost), None)
    if silent is not None:
        # a deal won without a word about competitors was not won against anybody
        told = (silent.lost, silent.lost_amount, None, None)[: len(columns)]
        which = Which(("lost",), (dimension, None), dated=True)
        bars.insert(MOST, Bar(_named(None), told, which, role="faint"))
    return Bars(
        metric=dimension,
        heading=Name("dimension", dimension),
        columns=columns,
        bars=tuple(bars),
        drawn=0,
        beside=(0, 1),
        shown=MOST + (silent is not None),
        rest=_rest(
            stated,
            MOST,
            figures,
            Which(("lost",), dated=True, beyond=_beyond(stated, dimension, None)),
        ),
    )


def _beyond(
    found: Sequence[Closed], dimension: str, *known: None
) -> tuple[str, tuple[str | None, ...]]:
    """The members that stand by themselves, beside whom the others are one bar."""
    return dimension, (*(one.member for one in found[:MOST]), *known)


def _rest(
    found: Sequence[Closed],
    shown: int,
    figures: Callable[[Closed], tuple[Number | None, ...]],
    which: Which,
) -> Bar | None:
    """What comes after the members shown, as one bar."""
    others = found[shown:]
    if not others:
        return None
    label = Reason("charts.others", (("count", len(others)),))
    return Bar(label, figures(_together(others)), which=which, role="faint")


def _rated(one: Closed, dimension: str, named: Callable[[str], str]) -> Bar:
    return Bar(
        label=_named(one.member, named),
        figures=_rates(one),
        which=Which(CLOSED, (dimension, one.member), dated=True),
        filters=(dimension, one.member),
        role="plain" if one.won + one.lost >= FEW else "faint",
    )


def _rates(one: Closed) -> tuple[Number | None, ...]:
    decided = one.won + one.lost
    bounds = wilson(one.won, decided)
    return _rate(one), decided, one.won, one.lost, one.won_amount, *bounds


def _rate(one: Closed) -> float | None:
    decided = one.won + one.lost
    return one.won / decided if decided else None


def _together(found: Sequence[Closed]) -> Closed:
    """Decided deals of several members as one."""
    return Closed(
        None,
        sum(one.won for one in found),
        sum(one.lost for one in found),
        total([one.won_amount for one in found]),
        total([one.lost_amount for one in found]),
    )


def total(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is stated; None when nothing is."""
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated, Decimal(0)) if stated else None


def _probability(one: Open) -> float | None:
    """The mean chance of winning that the deals of a stage state."""
    if one.probability_sum is None or not one.with_probability:
        return None
    return one.probability_sum / one.with_probability


def _mean(days: int | None, one: Open) -> float | None:
    return None if days is None or not one.with_created else days / one.with_created


def _named(member: str | None, named: Callable[[str], str] = str) -> Member | Reason:
    return Reason("pipeline.not_stated") if member is None else Member(named(member))


def _days(one: Range) -> Reason:
    if one.low is None:
        return Reason("pipeline.range.to", (("high", one.high),))
    if one.high is None:
        return Reason("pipeline.range.over", (("low", one.low - 1),))
    return Reason("pipeline.range.between", (("low", one.low), ("high", one.high)))
