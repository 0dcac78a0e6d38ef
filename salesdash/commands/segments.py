"""The command `segments`: customers by how recently, how often and for how much they bought."""

from datetime import date, timedelta
from itertools import islice

from salesdash import charts
from salesdash.analysis import rfm
from salesdash.analysis.asking import Question, edge
from salesdash.analysis.cohorts import summed
from salesdash.analysis.rfm import Group, Move, Rfm, Scored, Segment
from salesdash.charts import Words
from salesdash.commands.asked import Query
from salesdash.commands.asked import Segments as Given
from salesdash.commands.defining import bound
from salesdash.commands.office import Desk, day
from salesdash.commands.questions import choice, question
from salesdash.commands.replies import Reply, plain
from salesdash.commands.wording import words
from salesdash.errors import UsageError
from salesdash.periods import same_date
from salesdash.selection import Selection


def segments(desk: Desk, given: Given) -> Reply:
    """{metric, unit, day, then, customers, segments, moves, list, sentence, why ...}.

    Each segment is {segment, name, customers, share, figure, figure_share, days, orders, then}.
    `moves` tells who was in which segment then (null: no customer yet) and now. `list`: the
    customers of the segment asked for, else of all, those who brought most first.
    """
    segment = choice("segment", given.segment, Segment)
    selection, then = _selection(desk, given)
    asked = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    found, told = rfm.build(asked, then), words(desk)
    whole = sum(float(group.figure) for group in found.groups)
    document = {
        "metric": found.metric,
        "unit": found.unit,
        "day": found.day,
        "then": found.then,
        "customers": found.customers,
        "segments": [_group(found, group, whole, told) for group in found.groups],
        "moves": [_move(move) for move in found.moves],
        "list": [_scored(one) for one in islice(found.listed(segment), given.top)],
        "segment": segment,
        "why": found.reason and told.tell(found.reason),
        "sentence": told.tell(found.headline),
        "words": {
            "figures": [told.value(group.figure, found.unit) for group in found.groups],
        },
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
    }
    return Reply(plain(document))


def _selection(desk: Desk, given: Given) -> tuple[Selection, date | None]:
    """The rows up to a day, and the day after the earlier one; None: nothing reaches back to it."""
    metric = summed(Question(desk.home.warehouse, desk.settings, Selection(None), desk.today))
    definitions, cut = bound(desk), given.as_of_cut
    dataset = definitions.datasets(metric)[0]
    last = day("to", given.to) or edge(desk.home.warehouse, desk.today, cut, (dataset,))
    if last is None:
        last = desk.today
    before = day("then", given.then)
    earlier = before or same_date(last, last.year - 1)
    if before is not None and before >= last:
        raise UsageError("usage.order", first=before, last=last)
    about = Query(
        (metric,), since=last.isoformat(), to=last.isoformat(), where=given.where, as_of_cut=cut
    )
    selection = question(desk, about, definitions).selection
    first = desk.home.warehouse.first_date(dataset, selection.cut)
    reached = first is not None and first <= earlier
    return selection, earlier + timedelta(days=1) if reached else None


def _group(found: Rfm, group: Group, whole: float, told: Words) -> dict[str, object]:
    return {
        "segment": group.segment,
        "name": charts.segment_name(group.segment, told),
        "customers": group.customers,
        "share": group.customers / found.customers if found.customers else None,
        "figure": group.figure,
        "figure_share": float(group.figure) / whole if whole > 0 else None,
        "days": group.days,
        "orders": group.orders,
        "then": group.customers_then,
    }


def _move(move: Move) -> dict[str, object]:
    return {
        "then": move.then,
        "now": move.now,
        "customers": move.customers,
        "figure": move.figure,
    }


def _scored(one: Scored) -> dict[str, object]:
    recency, frequency, money = one.scores
    return {
        "customer": one.customer,
        "segment": one.segment,
        "then": one.before,
        "last": one.last,
        "orders": one.orders,
        "figure": one.figure,
        "recency": recency,
        "frequency": frequency,
        "money": money,
    }
