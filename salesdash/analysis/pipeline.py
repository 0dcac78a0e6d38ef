"""The pipeline: what is open as it stands, what was won and lost in the period, and how fast.

Open deals are a state: those open in the data looked at (the newest, or a cut), on the day the
data reach to. Won and lost ones belong to the day they closed. What lacks a date or an amount is
outside the figures that need it, and counted in `notes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from salesdash.analysis import deals, durations, kpis, offered
from salesdash.analysis.answers import Amount, Name, Reason, Tile, When
from salesdash.analysis.bars import Bars
from salesdash.analysis.durations import Length
from salesdash.analysis.rows import Rows
from salesdash.config import Settings
from salesdash.datasets import DEALS
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.deals import CLOSED, OPEN, Closed, Deals, Facts, Lasted, Open, Which
from salesdash.warehouse.dimensions import DISPLAY
from salesdash.warehouse.pushed import pushes

YEAR = timedelta(days=365)
"""The usual cycle is that of deals won in the year up to the edge."""

LATE = 10
"""Overdue deals shown at once, the largest first."""

TILES = (
    "pipeline",
    "weighted_pipeline",
    "pipeline_coverage",
    "average_deal_size",
    "win_rate",
    "win_rate_amount",
    "win_rate_cohort",
    "sales_cycle_days",
)
"""Metrics of config.yaml shown as tiles, those of them that are there."""

PREFERRED = ("team", "person", "channel", "product", "region", "segment", "deal_type")
"""Dimensions a rate is first broken down by."""

SPOKEN_FOR = frozenset({"stage", "outcome", "status", "lost_reason", "competitor"})
"""What deals are is not who or what they come from."""


@dataclass(frozen=True)
class Late:
    """An open deal that was expected to be closed, and where its row came from.

    `pushed`: how often its expected close was put off, in all that exports showed.
    """

    deal: str | None
    customer: str | None
    person: str | None
    stage: str | None
    amount: Decimal | None
    expected: date
    days: int
    event: int
    sheet: int
    record: int
    pushed: int = 0


@dataclass(frozen=True)
class Standing:
    """All open deals together. Amounts are None where no deal states one."""

    deals: int
    amount: Decimal | None
    weighted: Decimal | None
    unweighted: int  # deals that state an amount and no probability
    expected: int  # deals that say when they should close
    overdue: int
    overdue_amount: Decimal | None


@dataclass(frozen=True)
class Pipeline:
    """The whole screen. `when`: the period in which deals were decided.

    `categories`: what the sellers themselves think of open deals; None where no deal says.
    `dimension` None: there is nothing to break conversion down by. `cycle_length`: of deals won in
    the period; `usual`: of those won in the year to the edge; `older`: open deals older than nine
    of ten of these took, None when too few tell.
    """

    edge: date
    when: When | Reason
    headline: Reason
    lead: Reason
    standing: Standing
    stages: Bars
    closed: Closed
    dimension: str | None
    conversion: Bars | None
    cycle: Bars
    cycle_length: Length
    ages: Bars
    usual: Length
    older: int | None
    late: tuple[Late, ...]
    reasons: Bars
    competitors: Bars
    categories: Bars | None
    notes: tuple[Reason, ...]


def holds_deals(warehouse: Warehouse) -> bool:
    """Whether there is anything to see."""
    return warehouse.coverage(DEALS.name).rows > 0


def dimensions(warehouse: Warehouse) -> tuple[str, ...]:
    """Dimensions to break conversion down by: the usual ones first, then by few members."""
    hidden = SPOKEN_FOR | set(DISPLAY.values()) | {"deal_name"}
    found = [
        one
        for one in warehouse.dimensions(DEALS.name)
        if one.offered and one.members > 1 and one.name not in hidden
    ]
    places = {name: place for place, name in enumerate(PREFERRED)}
    found.sort(key=lambda one: (places.get(one.name, len(places)), one.extra, one.members))
    return tuple(one.name for one in found)


def build(
    warehouse: Warehouse, selection: Selection, today: date, by: str | None = None
) -> Pipeline:
    """The pipeline of a selection; `by` breaks conversion down, None takes the first dimension."""
    narrowed, ignored = narrow(warehouse, selection)
    asked = Deals(warehouse, narrowed, today)
    edge = asked.edge or today
    facts, found = asked.facts(), asked.open_by("stage")
    closed, standing = _closed(asked), _standing(found)
    usual = durations.length(asked.won_since(edge - YEAR))
    took, ages = asked.won_in(), asked.open_since()
    known = dimensions(warehouse)
    dimension = by if by in known else next(iter(known), None)
    window, year = selection.window, today.year
    when = Reason("analysis.when.all") if window is None else When(window, year=year)
    return Pipeline(
        edge=edge,
        when=when,
        headline=_headline(standing),
        lead=_lead(closed, when),
        standing=standing,
        stages=deals.by_stage(found),
        closed=closed,
        dimension=dimension,
        conversion=_conversion(warehouse, asked, dimension),
        cycle=deals.lasted("cycle", took, "won", usual),
        cycle_length=durations.length(took),
        ages=deals.lasted("ages", ages, "open", usual),
        usual=usual,
        older=_older(ages, usual),
        late=_late(warehouse, narrowed, asked, edge),
        reasons=deals.reasons(asked.closed_by("lost_reason")),
        competitors=deals.competitors(asked.closed_by("competitor")),
        categories=_categories(warehouse, asked),
        notes=_notes(facts, standing, ignored),
    )


def tiles(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date
) -> tuple[Tile, ...]:
    """The key figures of deals, over the filters that deals have a value for."""
    names = [name for name in TILES if name in settings.metrics]
    return kpis.build(warehouse, settings, narrow(warehouse, selection)[0], today, names)


def rows(warehouse: Warehouse, selection: Selection, today: date, which: Which, limit: int) -> Rows:
    """The deals behind a figure of this selection, the largest first."""
    table = Deals(warehouse, narrow(warehouse, selection)[0], today).rows(which, limit + 1)
    return Rows(table.slice(0, limit), table.num_rows > limit)


def narrow(warehouse: Warehouse, selection: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The selection with the filters that deals have a value for, and the names of the others."""
    known = {one.name for one in warehouse.dimensions(DEALS.name)}
    kept = tuple(one for one in selection.filters if one.dimension in known)
    dropped = tuple(one.dimension for one in selection.filters if one.dimension not in known)
    return replace(selection, filters=kept), dropped


def _conversion(warehouse: Warehouse, asked: Deals, dimension: str | None) -> Bars | None:
    if dimension is None:
        return None
    names = offered.names(warehouse, dimension)
    return deals.conversion(
        asked.closed_by(dimension), dimension, lambda member: names.get(member, member)
    )


def _categories(warehouse: Warehouse, asked: Deals) -> Bars | None:
    """Open deals by forecast category; None where no deal has one."""
    if "forecast_category" not in {one.name for one in warehouse.dimensions(DEALS.name)}:
        return None
    return deals.by_category(asked.open_by("forecast_category"))


def _closed(asked: Deals) -> Closed:
    """Won and lost of the period."""
    found = {one.member: one for one in asked.closed_by("outcome")}
    nothing = Closed(None, 0, 0, None, None)
    won, lost = (found.get(outcome, nothing) for outcome in ("won", "lost"))
    return Closed(None, won.won, lost.lost, won.won_amount, lost.lost_amount)


def _standing(found: Sequence[Open]) -> Standing:
    return Standing(
        deals=sum(one.deals for one in found),
        amount=deals.total([one.amount for one in found if one.with_amount]),
        weighted=deals.total([one.weighted for one in found]),
        unweighted=sum(one.with_amount - one.with_weight for one in found),
        expected=sum(one.with_close for one in found),
        overdue=sum(one.overdue for one in found),
        overdue_amount=deals.total([one.overdue_amount for one in found if one.overdue]),
    )


def _headline(standing: Standing) -> Reason:
    """What is open, and how much of it should be closed by now."""
    if not standing.deals:
        return Reason("pipeline.headline.nothing")
    count = ("count", standing.deals)
    if standing.amount is None:
        first = Reason("pipeline.headline.deals", (count,))
    else:
        amount = ("amount", Amount(standing.amount, Unit.MONEY))
        first = Reason("pipeline.headline.open", (amount, count))
    late = Reason("pipeline.headline.overdue", (("count", standing.overdue),))
    if not standing.overdue:
        late = Reason(f"pipeline.headline.{'on_time' if standing.expected else 'undated'}")
    return Reason("pipeline.headline.both", (("first", first), ("late", late)))


def _lead(closed: Closed, when: When | Reason) -> Reason:
    """What was decided in the period."""
    decided = closed.won + closed.lost
    if not decided:
        return Reason("pipeline.lead.nothing", (("when", when),))
    won = Amount(closed.won_amount or 0, Unit.MONEY)
    values = (
        ("when", when),
        ("count", closed.won),
        ("decided", Amount(decided, Unit.COUNT, "exact")),
        ("rate", Amount(closed.won / decided, Unit.SHARE)),
        ("amount", won),
    )
    return Reason(f"pipeline.lead.{'counted' if closed.won_amount is None else 'won'}", values)


def _older(ages: Sequence[Lasted], usual: Length) -> int | None:
    if usual.deals < deals.FEW or usual.usual is None:
        return None
    return durations.longer(ages, usual.usual)


def _late(warehouse: Warehouse, selection: Selection, asked: Deals, edge: date) -> tuple[Late, ...]:
    table = asked.rows(Which(OPEN, overdue=True), LATE)
    numbers = [number for number in table["deal"].to_pylist() if number is not None]
    put_off = pushes(warehouse, numbers, selection.cut)
    return tuple(
        Late(
            deal=row["deal_name"] or row["deal"],
            customer=row["customer_name"] or row["customer"],
            person=row["person"],
            stage=row["stage"],
            amount=row["amount"] or None,
            expected=row["close_date"],
            days=(edge - row["close_date"]).days,
            event=row["event"],
            sheet=row["sheet"],
            record=row["record"],
            pushed=put_off[row["deal"]].pushed if row["deal"] in put_off else 0,
        )
        for row in table.to_pylist()
    )


def _notes(
    facts: Sequence[Facts], standing: Standing, ignored: Sequence[str]
) -> tuple[Reason, ...]:
    """What is left out, with counts; nothing is left out in silence."""
    by = {one.outcome: one for one in facts}
    opened = by.get("open")
    decided = [by[name] for name in CLOSED if name in by]
    known = [*decided, *([opened] if opened else [])]
    counts = [
        ("uncreated", sum(one.deals - one.with_created for one in known)),
        ("unclosed", sum(one.deals - one.with_close for one in decided)),
        ("unpriced", opened.deals - opened.with_amount if opened else 0),
        ("unweighted", 0 if standing.weighted is None else standing.unweighted),
        ("unexpected", opened.deals - opened.with_close if opened else 0),
        ("lost_unpriced", by["lost"].deals - by["lost"].with_amount if "lost" in by else 0),
        ("backwards", sum(one.backwards for one in decided)),
        ("undecided", sum(one.deals for one in facts if one.outcome not in (*CLOSED, *OPEN))),
    ]
    told = [Reason(f"pipeline.note.{key}", (("count", n),)) for key, n in counts if n]
    if ignored:
        names = tuple(Name("dimension", name) for name in ignored)
        told.insert(0, Reason("pipeline.note.filters", (("count", len(names)), ("names", names))))
    return tuple(told)
