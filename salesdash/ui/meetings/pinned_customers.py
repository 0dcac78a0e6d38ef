"""A card of Customers that was put on the agenda, drawn again at the meeting's cut."""

from collections.abc import Callable, Mapping

from salesdash import charts
from salesdash.analysis import acquisition, customers, pulse, rfm, worth
from salesdash.analysis import cohorts as cohorting
from salesdash.analysis.cohorts import Heat
from salesdash.analysis.rfm import Rfm
from salesdash.charts import Words
from salesdash.ui import cards, trends
from salesdash.ui.customers import acquisition as costs
from salesdash.ui.customers import cohorts, flows, value
from salesdash.ui.meetings.asked import CARD, Asked, Drawing


def drawing(asked: Asked, words: Words) -> Drawing | None:
    """The chart of a view; one without a chart of its own leads there."""
    drawer = DRAWERS.get(asked.codes.get("view", ""))
    return drawer(asked, words) if drawer is not None else None


def _flows(asked: Asked, words: Words) -> Drawing | None:
    """Who came and went, how many stayed, or the largest."""
    watch = flows.read(asked.codes)
    found = asked.remembered(lambda: customers.build(*asked.known, watch))
    card = asked.codes.get(CARD)
    if card == "retention":
        answer = found.retention
        if answer is None or not trends.has_points(answer):
            return None
        title, note = words.metric(answer.metric), cards.legend(answer, words)
        return Drawing(title, note, charts.trend, answer)
    if card == "customers-top":
        title = flows.largest_title(found, words)
        return Drawing(title, "", charts.ranking, found.buyers.breakdown)
    note = words.say("customers.flows.note", count=found.months)
    return Drawing(words.say("customers.flows.title"), note, charts.flows, found.flows)


def _cohorts(asked: Asked, words: Words) -> Drawing | None:
    """The heatmap."""
    choice = cohorts.read(asked.codes)
    if (choice.by or "") != asked.codes.get("by", ""):
        return None
    found = asked.remembered(
        lambda: cohorting.build(asked.question, choice.grain, choice.by), choice
    )
    heat = Heat(found, choice.measure)
    if not heat.places:
        return None
    return Drawing(*cohorts.named(heat, words), charts.cohorts, heat)


def _segments(asked: Asked, words: Words) -> Drawing | None:
    def make() -> Rfm:
        return rfm.build(asked.question, rfm.earlier(asked.question))

    found = asked.remembered(make)
    if found.reason is not None:
        return None
    title, note = words.tell(found.headline), words.say("rfm.segments.note")
    return Drawing(title, note, charts.tally, charts.segment_bars(found))


def _acquisition(asked: Asked, words: Words) -> Drawing | None:
    by = asked.codes.get("by", "")
    if by not in costs.dimensions():
        return None
    found = asked.remembered(lambda: acquisition.build(asked.question, by))
    bars = charts.acquisition_bars(found)
    if not bars.bars:
        return None
    title, note = words.tell(found.headline), words.say("cohorts.acquisition.note")
    return Drawing(title, note, charts.tally, bars)


def _value(asked: Asked, words: Words) -> Drawing | None:
    """Who still is a customer, or the back-test."""
    months, by = value.read(asked.codes)
    found = asked.remembered(lambda: worth.build(asked.question, months, by), months, by)
    if asked.codes.get(CARD) == "tracking" and found.tested is not None:
        return Drawing(*value.tested_title(found.tested, words), charts.tracking, found.tested)
    if asked.codes.get(CARD, "pulse") != "pulse" or found.people is None:
        return None
    title, note = words.say("worth.alive.title"), words.say("worth.alive.note")
    return Drawing(title, note, charts.pulse, pulse.build(found.people))


DRAWERS: Mapping[str, Callable[[Asked, Words], Drawing | None]] = {
    "": _flows,
    "cohorts": _cohorts,
    "segments": _segments,
    "value": _value,
    "acquisition": _acquisition,
}
"""The views that are drawn, by their codes."""
