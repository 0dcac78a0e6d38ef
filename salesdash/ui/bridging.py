"""Why a figure changed, lever by lever: a way from then to now whose steps sum to the change."""

from dataclasses import replace
from functools import partial

import streamlit as st

from salesdash import charts
from salesdash.analysis import bridge as bridges
from salesdash.analysis import starting
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.bridge import Bridge, Step
from salesdash.analysis.levers import CHAINS
from salesdash.analysis.starting import Start
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, dialogs, marks, state
from salesdash.ui.sentences import Behind, Figures

KEY = "bridge-levers"
TARGET = "target"
STARTS = ("", TARGET)
WIDEST = 200
"""Members of a dimension that a mix is worked out by; of more it would say little."""


def card(selection: Selection, metric: str, by: str) -> None:
    """The card below a comparison, by its dimension; nothing for a metric without levers."""
    if metric not in CHAINS or selection.window is None:
        return
    words, mix = context.words(), _mix(metric, by)
    start = starting.promised(context.goals(selection.cut), metric, selection)
    chosen = start if state.start.get() == TARGET else None
    found = _ask(selection, metric, mix, chosen)
    if found.change.absolute is None:
        return
    title = words.say("bridge.title", metric=words.metric(metric))
    with cards.card(KEY, title, words.say("bridge.note")):
        if start is not None:
            _starts(found, start, words)
        if found.why is not None:
            st.html(f'<div class="sd-body sd-muted">{marks.escape(words.tell(found.why))}</div>')
            return
        if found.headline is not None:
            figures = Figures("comparison")
            told = figures.tell(found.headline, lambda *value: _behind(found, *value), words)
            st.html(figures.put(f'<div class="sd-body">{marks.escape(told)}</div>'))
        st.html(_head(words))
        for step, left, width in charts.way(found):
            _row(found, step, (left, width), words)
        st.html(_foot(found, words))
        with cards.tools(KEY):
            codes = {"metric": metric, "by": by, "start": TARGET if chosen else ""}
            topic = Reason("bridge.title", (("metric", Name("metric", metric)),))
            agenda.tool(KEY, "comparison", agenda.topic(topic, selection), codes)()
            make = partial(charts.table, found, words)
            cards.files(KEY, metric, make, title, selection, mix, chosen)


def _behind(found: Bridge, name: str, reason: Reason) -> Behind:
    """What is behind a figure of the sentence: of a lever its own, else what is split."""
    lever = dict(reason.values).get("lever")
    own = {bridges.name(step.code): step.metric for step in found.steps}
    metric = own.get(lever) if name == "part" and isinstance(lever, Reason) else None
    return Behind(metric or found.metric)


def _mix(metric: str, by: str) -> str | None:
    """The dimension, where the mix of its members can be told."""
    known = {each.name: each.members for each in context.dimensions()}
    few = known.get(by, WIDEST + 1) <= WIDEST
    return by if few and metric in bridges.COUNTED else None


def _ask(selection: Selection, metric: str, mix: str | None, start: Start | None) -> Bridge:
    question = Question(context.warehouse(), context.settings(), selection, context.today())

    def build() -> Bridge:
        if start is None:
            return bridges.build(question, metric, mix)
        return bridges.build(question, metric, mix, start.amount, paced=start.paced)

    return context.remembered(("bridge", selection, metric, mix, start), build)


def _starts(found: Bridge, start: Start, words: Words) -> None:
    """Where the way starts: an earlier period, or what a goal asked for."""
    kind = "pace" if start.paced else TARGET
    amount = words.value(start.amount, found.unit)
    names = {
        "": words.told(bridges.against(replace(found, target=None))),
        TARGET: words.say(f"bridge.start.{kind}", amount=amount),
    }
    st.segmented_control(
        words.say("bridge.start.label"),
        STARTS,
        format_func=lambda code: names[code][:1].upper() + names[code][1:],
        key=state.start.seed(state.start.get() if state.start.get() in STARTS else ""),
        on_change=state.start.take,
        required=True,
    )


def _row(found: Bridge, step: Step, place: tuple[float, float], words: Words) -> None:
    """The lever, which opens its definition and rows; then and now; its part as bar and figure."""
    name = words.tell(bridges.name(step.code))
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"bridge-{step.code}"
    ):
        if step.metric in context.metrics().metrics:
            st.button(
                name,
                key=f"bridge-open-{step.code}",
                type="tertiary",
                on_click=dialogs.open_metric,
                args=(step.metric,),
            )
        else:
            st.html(f'<span class="sd-way-name">{marks.escape(name)}</span>', width="content")
        st.html(_line(found, step, place, words), width="stretch")


def _line(found: Bridge, step: Step, place: tuple[float, float], words: Words) -> str:
    values = "".join(
        f"<span>{marks.escape('' if value is None else words.value(value, step.unit))}</span>"
        for value in (step.then, step.now)
    )
    left, width = place
    bar = f'<u class="sd-fill-{_tone(found, step)}" style="left:{left:.1%};width:{width:.1%}"></u>'
    part = marks.escape(words.value(step.part, found.unit, "signed"))
    exact = marks.escape(words.value(step.part, found.unit, "exact"))
    return (
        f'<div class="sd-way">{values}<div class="sd-way-bar">{bar}</div>'
        f'<b title="{exact}">{part}</b></div>'
    )


def _tone(found: Bridge, step: Step) -> str:
    """Good or bad by the direction of the figure that it moved."""
    if not step.part or found.better == "none":
        return "neutral"
    return "good" if (step.part > 0) == (found.better == "up") else "bad"


def _head(words: Words) -> str:
    names = ("then", "now", "", "part")
    cells = "".join(
        f"<span>{marks.escape(words.say(f'bridge.column.{name}')) if name else ''}</span>"
        for name in names
    )
    return f'<div class="sd-way sd-way-head" aria-hidden="true">{cells}</div>'


def _foot(found: Bridge, words: Words) -> str:
    """How parts are worked out, and what was left out and why."""
    told = [words.say("bridge.lead")]
    if found.by is not None:
        name = cards.inner(words.dimension(found.by), words)
        told.append(words.say("bridge.mix_lead", dimension=name))
    told.append(charts.left_out(found.dropped, words))
    text = words.say("levers.space").join(part for part in told if part)
    return f'<div class="sd-note">{marks.escape(text)}</div>'
