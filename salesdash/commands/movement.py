"""The command `pipeline`: what moved between two moments, part by part, with its deals."""

from dataclasses import replace

from salesdash.analysis import passages, pushed
from salesdash.analysis import pipeline as pipelines
from salesdash.analysis.moments import ONE_DAY, AsOf, Moments
from salesdash.analysis.moved import MovedDeal, Movement, Open
from salesdash.analysis.movement import Asked
from salesdash.commands.asked import Pipeline
from salesdash.commands.office import Desk, day
from salesdash.commands.questions import ensure_cut, filters, span
from salesdash.commands.replies import Document, Reply, plain
from salesdash.commands.wording import words
from salesdash.datasets import DEALS
from salesdash.errors import DataRefused, UsageError
from salesdash.periods import Period, Window, between
from salesdash.selection import Selection, numbered

EVERY = 1_000_000_000
"""All deals of a part."""

BOTH = 2


def pipeline(desk: Desk, given: Pipeline) -> Reply:
    """{headline, between, opening, parts, closing, put_off, deals, conversion, pushes, notes ...}.

    Parts add up to closing minus opening. A moment is {day, as_of, event, file, reconstructed};
    `moments` are all that exports show, `cut` the event up to which the data are looked at.
    `conversion`: what became of the deals that exports in between showed in each stage; `pushes`:
    open deals by how often their expected close was put off; both null under two exports.
    Raises DataRefused without deals, UsageError for moments there are not.
    """
    warehouse, cut = desk.home.warehouse, ensure_cut(desk, given.as_of_cut)
    if not pipelines.holds_deals(warehouse):
        raise DataRefused("movement.no_deals")
    known = Moments(warehouse, desk.home.done(), cut)
    then, now = _ends(desk, known, given)
    selection = Selection(None, filters=filters(desk, given.where, DEALS.name), cut=cut)
    asked = Asked(warehouse, selection, known.events, then, now, _within(desk, given))
    found = asked.build(EVERY if given.top is None else given.top)
    told = words(desk)
    document = {
        "headline": told.tell(found.headline),
        "between": {"from": _moment(found.then), "to": _moment(found.now)},
        "period": span(found.within),
        "opening": _open(found.opening),
        "parts": [
            {
                "part": part.kind,
                "name": told.say(f"movement.part.{part.kind}"),
                "deals": part.deals,
                "amount": part.amount,
            }
            for part in found.parts
        ],
        "closing": _open(found.closing),
        "put_off": _open(found.put_off),
        "deals": _deals(found),
        "conversion": _conversion(asked),
        "pushes": _pushes(asked),
        "reconstructed": found.is_reconstructed,
        "notes": [told.tell(note) for note in found.notes],
        "moments": [_moment(each) for each in known.known()],
        "filters": selection.filters,
        "cut": warehouse.version if cut is None else cut,
        "currency": desk.settings.company.currency,
    }
    return Reply(plain(document))


def _ends(desk: Desk, known: Moments, given: Pipeline) -> tuple[AsOf, AsOf]:
    """The two moments that were typed; without them since last week."""
    if not given.between:
        newest = known.newest() or known.on(desk.today)
        return known.last_week(desk.today), newest
    if len(given.between) != BOTH:
        raise UsageError("movement.two", count=len(given.between))
    then, now = (_typed(desk, known, text) for text in given.between)
    if then.moment > now.moment:
        raise UsageError("movement.order", first=given.between[0], last=given.between[1])
    return then, now


def _typed(desk: Desk, known: Moments, text: str) -> AsOf:
    ensure_cut(desk, numbered(text))
    found = known.find(text)
    if found is None:
        raise UsageError("movement.unknown", value=text)
    return found


def _within(desk: Desk, given: Pipeline) -> Window | None:
    """The period in which deals are expected to close; None: whenever."""
    first, last = day("from", given.since), day("to", given.to)
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise UsageError("usage.missing", name="from" if first is None else "to")
    if last < first:
        raise UsageError("usage.order", first=first, last=last)
    return between(first, last, desk.settings.fiscal)


def _at(asked: Asked) -> Selection:
    """The filters of the movement, at its last moment."""
    cut = asked.selection.cut if asked.now.cut is None else asked.now.cut
    return replace(asked.selection, cut=cut)


def _conversion(asked: Asked) -> list[Document] | None:
    """Of the deals seen in each stage, how many went on; `gone` are those in the data no more."""
    days = Period(asked.then.end_day, asked.now.end_day + ONE_DAY)
    found = passages.told(asked.warehouse, replace(_at(asked), window=Window(days)))
    if found is None:
        return None
    return [
        {
            "stage": each.stage,
            "deals": each.deals,
            "moved_on": each.moved_on,
            "lost": each.lost,
            "open": each.stayed,
            "gone": each.deals - each.moved_on - each.lost - each.stayed,
            "share": each.moved_on / each.deals,
        }
        for each in found
    ]


def _pushes(asked: Asked) -> list[Document] | None:
    found = pushed.told(asked.warehouse, _at(asked))
    if found is None:
        return None
    return [{"times": each.times, "deals": each.deals, "amount": each.amount} for each in found]


def _moment(state: AsOf) -> dict[str, object]:
    return {
        "day": state.day,
        "as_of": state.at,
        "event": state.event,
        "file": state.file,
        "reconstructed": not state.is_shown,
    }


def _open(found: Open) -> dict[str, object]:
    return {"deals": found.deals, "amount": found.amount}


def _deals(found: Movement) -> list[Document]:
    return [_deal(part.kind, deal) for part in found.moved for deal in part.largest]


def _deal(kind: str, deal: MovedDeal) -> dict[str, object]:
    facts: dict[str, object] = {
        "part": kind,
        "deal": deal.deal,
        "name": deal.name,
        "customer": deal.customer,
        "owner": deal.owner,
        "amount": deal.amount,
    }
    for side, stood in (("then", deal.then), ("now", deal.now)):
        for field in ("amount", "expected", "stage"):
            facts[f"{field}_{side}"] = None if stood is None else getattr(stood, field)
    trace = {"file": deal.file, "event": deal.event, "record": deal.record}
    return {**facts, "pushed": deal.pushed, **trace}
