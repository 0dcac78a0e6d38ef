"""Any metric by any dimension: value, share, rank, and each member's exact part in the change.

The total is asked without the dimension, never summed. Where the parts of a metric add up, they
sum to the total to the cent, "other" and the empty member among them; where they don't (ratios,
distinct counts, members that state nothing) there are no contributions, and the answer says why.
"""

from datetime import date

from salesdash.analysis import headline, movers, split
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.breakdown import Breakdown, Line, Listed, Listing
from salesdash.analysis.changes import difference
from salesdash.analysis.contributions import leading, tells
from salesdash.analysis.whole import Whole
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.metrics import Metric
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, listing: Listing
) -> Breakdown:
    """The breakdown of a listing over the selection's window.

    Raises UsageError: an unknown metric or dimension; data without any dimension.
    """
    question = Question(warehouse, settings, selection, today).about(listing.metric)
    by = listing.by or telling(question, listing.metric)
    return told(question, listing, split.listed(question, listing, by))


def level(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, metric: str
) -> Line:
    """A metric over all that is looked at: its `part` is what those one level down add up to.

    Raises UsageError: an unknown metric.
    """
    question = Question(warehouse, settings, selection, today).about(metric)
    whole = Whole.of(question, metric, "")
    return whole.total(None) if whole.sums else Line(None, None, whole.change)


def told(question: Question, listing: Listing, listed: Listed) -> Breakdown:
    """What was listed, with what is said about it."""
    metric = question.metric(listing.metric)
    return Breakdown(
        metric=metric.id,
        unit=metric.unit,
        better=metric.better,
        dimension=listed.by,
        window=question.selection.window,
        compared=question.compared if question.is_compared else None,
        comparison=question.selection.comparison,
        order=listing.order,
        lines=listed.lines,
        total=listed.total,
        members=listed.members,
        apart=listed.apart,
        pareto=listed.pareto,
        movers=listed.movers,
        headline=_headline(question, metric, listed),
    )


def dimensions(question: Question, metric: str) -> tuple[str, ...]:
    """What a metric can be broken down by: all that is offered and has two members or more."""
    found = question.warehouse.dimensions(question.metric(metric).dataset)
    known = tuple(one.name for one in found if one.offered and one.members >= movers.FEWEST)
    alone = movers.narrowed(question.selection)
    return tuple(name for name in known if name not in alone) or known


def telling(question: Question, metric: str) -> str:
    """The dimension that tells most of a change, else the first of those in config.yaml.

    Raises UsageError where the data have none.
    """
    whole = (question.warehouse, question.settings, question.selection, question.today)
    found = movers.build(*whole, Choice(metric))
    if found is not None:
        return found.dimension
    likely = (*movers.candidates(question, metric), *dimensions(question, metric))
    if not likely:
        raise UsageError("comparison.undivided", metric=metric)
    return likely[0]


def _headline(question: Question, metric: Metric, listed: Listed) -> Reason:
    """Who moved it, when one member stands out; else the figure, as on every screen."""
    moved, selection = listed.movers, question.selection
    largest = leading(moved) if moved is not None and tells(moved) else None
    if moved is None or largest is None or listed.members < movers.FEWEST:
        subject = (metric.id, metric.unit)
        return headline.sentence(selection, question.today, subject, listed.total.change)
    rest = difference(moved.change, largest.change)
    return headline.led(moved, largest, rest, listed.members - 1)
