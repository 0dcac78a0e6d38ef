"""The command `compare`: a metric by the members of a dimension, now against then."""

from collections.abc import Iterator
from dataclasses import replace

from salesdash import charts
from salesdash.analysis import comparison, hierarchy
from salesdash.analysis.asking import Question
from salesdash.analysis.breakdown import Breakdown, Line, Listing, Order
from salesdash.charts import Words
from salesdash.charts.bars import part_names
from salesdash.commands.asked import Compare as Given
from salesdash.commands.asked import Query
from salesdash.commands.defining import bound, known
from salesdash.commands.office import Desk
from salesdash.commands.questions import about, choice, filters, question, recent, span
from salesdash.commands.replies import Document, Reply, plain
from salesdash.commands.wording import words
from salesdash.periods import against_kind
from salesdash.selection import Filter, Selection

ALL = 1_000_000
"""More members than a dimension has: each has a row of its own unless fewer are asked for."""


def compare(desk: Desk, given: Given) -> Reply:
    """{metric, by, next, period, comparison, levels, rows, total, members, apart, sentence ...}.

    Each row is {member, name, members, now, then, change, ratio, share, contribution, points, rank,
    rank_then}; `member` is null for all others as one, which `members` counts. Contributions sum to
    that of the total, which is asked, not summed; `apart` says why a metric has none. `levels` are
    the wholes above, from all down to `within`; `next` is the dimension a member opens by.
    """
    selection, steps = _selection(desk, given)
    asked = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    about = (desk.home.warehouse, desk.settings, selection, desk.today)
    listing = Listing(given.metric, _by(desk, given, asked, steps), *_listed(given))
    found, told = comparison.build(*about, listing), words(desk)
    document = {
        "metric": found.metric,
        "unit": found.unit,
        "by": found.dimension,
        "next": hierarchy.below(asked, found.metric, found.dimension),
        "period": span(found.window),
        "comparison": {"kind": against_kind(found.comparison), **(span(found.compared) or {})},
        "levels": list(_levels(desk, given.metric, selection, steps)),
        "rows": _rows(found, told),
        "total": _row(found, found.total, told.say("charts.breakdown.total")),
        "members": found.members,
        "apart": found.apart and told.tell(found.apart),
        "sentence": told.tell(found.headline),
        "words": _words(found, told),
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
    }
    return Reply(plain(document))


def _selection(desk: Desk, given: Given) -> tuple[Selection, tuple[Filter, ...]]:
    """What was typed, beside last year unless it says otherwise; the steps in their order."""
    definitions = bound(desk)
    known(definitions, given.metric)
    asked_for = about(given.metric, given, () if given.by is None else (given.by,), given.within)
    question(desk, asked_for, definitions)  # names what does not exist
    steps = filters(desk, given.within, *definitions.datasets(given.metric))
    return recent(desk, asked_for, definitions), steps


def _by(desk: Desk, given: Given, asked: Question, steps: tuple[Filter, ...]) -> str | None:
    """What was typed, else what lies within the last step; None: whatever tells most."""
    if given.by is not None:
        return question(desk, Query((given.metric,), by=(given.by,)), bound(desk)).by[0]
    return hierarchy.below(asked, given.metric, steps[-1].dimension) if steps else None


def _listed(given: Given) -> tuple[Order, int]:
    return choice("sort", given.sort, Order) or Order.CHANGE, given.top or ALL


def _levels(
    desk: Desk, metric: str, selection: Selection, steps: tuple[Filter, ...]
) -> Iterator[Document]:
    """All, then each step within those before; each one's change is a contribution above it."""
    for place in range(len(steps) + 1):
        left = steps[place:]
        kept = tuple(each for each in selection.filters if each not in left)
        chosen = replace(selection, filters=kept)
        about = (desk.home.warehouse, desk.settings, chosen, desk.today)
        line = comparison.level(*about, metric)
        step = steps[place - 1] if place else None
        yield {
            "dimension": step and step.dimension,
            "members": step and step.values,
            "now": line.change.now.value,
            "then": line.change.then.value,
            "change": line.change.absolute if line.part is None else line.part,
        }


def _rows(found: Breakdown, told: Words) -> list[Document]:
    names = part_names(found.lines, told)
    return [_row(found, line, name) for line, name in zip(found.lines, names, strict=True)]


def _row(found: Breakdown, line: Line, name: str) -> Document:
    return {
        "member": line.member,
        "name": name,
        "members": line.count,
        "now": line.change.now.value,
        "then": line.change.then.value,
        "change": line.change.absolute,
        "ratio": line.change.ratio,
        "share": line.share,
        "contribution": line.part,
        "points": charts.growth(found, line),
        "rank": line.rank,
        "rank_then": line.rank_then,
    }


def _words(found: Breakdown, told: Words) -> Document:
    """The table as people read it."""
    table = charts.table(found, told)
    return {
        "columns": [column.name for column in table.columns],
        "figures": [column.figures for column in table.columns],
        "rows": table.shown,
    }
