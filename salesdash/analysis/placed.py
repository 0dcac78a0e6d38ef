"""The members of a plain sum, ranked where the rows lie: only those that are shown are brought."""

from collections.abc import Mapping
from dataclasses import replace

from salesdash.analysis import movers, standing
from salesdash.analysis.answers import Figure, Number
from salesdash.analysis.breakdown import Line, Listed, Listing, Order
from salesdash.analysis.changes import plus
from salesdash.analysis.standing import Concentration, Pareto
from salesdash.analysis.whole import Whole
from salesdash.metrics import Unit
from salesdash.warehouse.pairs import can_pair
from salesdash.warehouse.standings import TEN, Size, Standing, Standings


def listed(whole: Whole, listing: Listing) -> Listed | None:
    """The members in the order and length of a listing; None: they must be asked one by one."""
    question, metric = whole.question, whole.metric
    if not can_pair(question.bound, metric.id):
        return None
    size = _size(whole, listing.order)
    found = question.standings(metric.id, whole.by, size, listing.limit + 1)
    if found is None or found.sums != whole.pair:
        return None
    parts = movers.parts(question, metric.id, whole.by) if whole.compared else ()
    return Listed(
        by=whole.by,
        lines=_lines(whole, listing, found),
        total=whole.total(None),
        members=found.members,
        apart=None,
        pareto=_pareto(found.most_of_all, found.named),
        concentration=_concentration(found),
        movers=movers.of(metric, whole.by, parts),
    )


def _size(whole: Whole, order: Order) -> Size:
    """What comes first: nothing moved without a comparison, and shares move by points."""
    if order in (Order.NAME, Order.RANK):
        return Size.NONE if order is Order.NAME else Size.RANK
    if order is Order.VALUE or not whole.compared:
        return Size.VALUE
    points = whole.metric.unit in (Unit.SHARE, Unit.MULTIPLE)
    return Size.RATIO if order is Order.RATIO and not points else Size.CHANGE


def _lines(whole: Whole, listing: Listing, found: Standings) -> tuple[Line, ...]:
    """The first by their places, those that tie by name; then the others as one."""
    names = whole.question.warehouse.names(whole.metric.dataset, whole.by)

    def place(one: Standing) -> tuple[object, ...]:
        member = one.member or ""
        last = listing.order is Order.NAME and not member
        return one.place, last, (names.get(member) or member).casefold(), member

    ordered = sorted(found.first, key=place)
    room = listing.limit if found.members > listing.limit + 1 else found.members
    shown, tail = ordered[:room], ordered[room:]
    lines = tuple(_line(whole, one, names) for one in shown)
    if found.members == room:
        return lines
    now, then = found.beyond_now, found.beyond_then
    for one in tail:
        now, then = plus(now, one.now), plus(then, one.then)
    other = _sized(whole, now, then)
    return (*lines, replace(other, count=found.members - room))


def _line(whole: Whole, one: Standing, names: Mapping[str, str]) -> Line:
    member = one.member or ""
    return replace(
        _sized(whole, one.now, one.then),
        member=member,
        label=names.get(member),
        cumulative=standing.share(one.up_to, whole.change.now.value),
        rank=one.rank,
        rank_then=one.rank_then if whole.compared else None,
    )


def _sized(whole: Whole, now: Number, then: Number) -> Line:
    change = whole.made([Figure(now), Figure(then)])
    share = standing.share(now, whole.change.now.value)
    return Line(None, None, change, whole.part(change), share)


def _pareto(count: int | None, of: int) -> Pareto | None:
    return Pareto(count, of) if count is not None else None


def _concentration(found: Standings) -> Concentration:
    count = found.having
    return Concentration(
        customers=count,
        ten=standing.share(found.ten, found.had) if count > TEN else None,
        fifth=standing.share(found.fifth, found.had) if count else None,
        fifth_count=standing.fifth(count),
        most=_pareto(found.most_of_named, count),
    )
