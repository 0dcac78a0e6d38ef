"""What explains a change: the slices that stand out, each with its rows and an action of it."""

from collections.abc import Mapping

import streamlit as st

from salesdash import charts
from salesdash.analysis import driving
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.driving import Driver, Driving
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, dialogs, filters, marks, proposal
from salesdash.ui.state import Filters
from salesdash.workspace import Promise, Source

KEY = "drivers"
PAGE = "comparison"


def card(selection: Selection, metric: str) -> None:
    """The card below a comparison; nothing where there are not two periods to compare."""
    found = _ask(selection, metric)
    if found.window is None or found.compared is None:
        return
    words = context.words()
    with cards.card(KEY, words.say("driving.title"), words.say("driving.note")):
        told = found.why or found.headline
        if told is not None:
            muted = " sd-muted" if found.silent else ""
            st.html(f'<div class="sd-body{muted}">{marks.escape(words.tell(told))}</div>')
        if found.drivers:
            _drawn(found, selection, words)
        st.html(f'<div class="sd-note">{marks.escape(_foot(found, words))}</div>')


def _ask(selection: Selection, metric: str) -> Driving:
    question = Question(context.warehouse(), context.settings(), selection, context.today())
    return context.remembered(
        ("drivers", selection, metric), lambda: driving.build(question, metric)
    )


def _drawn(found: Driving, selection: Selection, words: Words) -> None:
    """A row a slice, then all of them as bars, or as a table."""
    for number, driver in enumerate(found.drivers):
        _row(found, driver, number, selection)

    def follow(pick: Mapping[str, object]) -> bool:
        number = pick.get("driver")
        if not isinstance(number, int):
            return False
        for dimension, members in _where(found.drivers[number]):
            filters.drill(dimension, members[0])
        return True

    title = words.say("driving.title"), words.metric(found.metric)
    topic = Reason("driving.topic", (("name", Name("metric", found.metric)),))
    more = agenda.tool(KEY, PAGE, topic, {"metric": found.metric})
    question = (selection, found.metric)
    cards.chart(KEY, charts.drivers, found, title, *question, follow=follow, more=more)


def _row(found: Driving, driver: Driver, number: int, selection: Selection) -> None:
    """The slice, which opens its rows; how it changed beside all the rest; an action of it."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"driver-{number}"
    ):
        st.button(
            words.tell(driving.slice_name(driver)),
            key=f"driver-open-{number}",
            type="tertiary",
            on_click=dialogs.open_metric,
            args=(found.metric, _where(driver)),
        )
        names = words.say("ui.list_comma").join(
            words.dimension(each.dimension) for each in driver.conditions
        )
        told = words.say("driving.row.of", names=names, pace=charts.pace(driver, found, words))
        part = marks.escape(words.value(driver.change, found.unit, "signed"))
        st.html(f'<div class="sd-driver"><b>{part}</b> {marks.escape(told)}</div>', width="stretch")
        proposal.offer(f"driver-{number}", _promise(found, driver, selection, words))


def _where(driver: Driver) -> Filters:
    return tuple((each.dimension, (each.member,)) for each in driver.conditions)


def _promise(found: Driving, driver: Driver, selection: Selection, words: Words) -> Promise:
    """The action a driver becomes: about its slice, with the way back to it."""
    narrowed = selection
    for dimension, members in _where(driver):
        narrowed = narrowed.where(dimension, *members)
    text = words.say(
        "driving.action",
        name=words.metric(found.metric),
        slice=words.tell(driving.slice_name(driver)),
        change=words.value(driver.change, found.unit, "signed"),
    )
    return Promise(
        text,
        page=PAGE,
        query=agenda.query(PAGE, {"metric": found.metric}, filters.pairs(narrowed)),
        origin=Source("metric", found.metric),
        metric=found.metric,
        scope=narrowed.filters,
    )


def _foot(found: Driving, words: Words) -> str:
    """How slices are found, and what was searched."""
    notes = charts.driving_notes(found, words, words.dimension)
    lead = [words.say("driving.lead")] if found.drivers else []
    return words.say("levers.space").join([*lead, *notes])
