"""The effect on the page of one action: figures, chart, the verdict asked for, those that stand."""

import streamlit as st

from salesdash import charts
from salesdash.analysis import judging
from salesdash.analysis.ruling import Effect
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.ui import cards, context, marks, shell
from salesdash.ui.effects import told
from salesdash.ui.effects.asking import Asking
from salesdash.workspace import Action, Judged


def show(action: Action) -> None:
    """The card; a verdict redraws it alone."""
    with st.container(border=True, key="card-effect"):
        st.fragment(_card, key="effect")(action)


def _card(action: Action) -> None:
    words, asking = context.words(), Asking.now(action.id, "action")
    with shell.patience("effect"):
        found = asking.effect()
    title = words.say("effect.title")
    if found is None:
        st.html(marks.head(title))
        quiet = marks.escape(words.say("effect.nothing"))
        st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
        return
    st.html(marks.head(title, words.tell(found.title)))
    st.html(told.whole(found, words))
    chart(f"effect-{action.id}", found, asking, words)
    _verdicts(action, found, asking, words)


def chart(key: str, found: Effect, asking: Asking, words: Words) -> None:
    """Both sides week by week, where there is something to see."""
    if found.own is None or asking.case is None:
        return
    note = words.say("effect.chart.note_share" if found.unit is Unit.SHARE else "effect.chart.note")
    title = (words.tell(found.title), note)
    st.html(f'<div class="sd-note">{marks.escape(note)}</div>')
    cards.chart(key, charts.effect, found, title, *asking.case.key)


def _verdicts(action: Action, found: Effect, asking: Asking, words: Words) -> None:
    """The form when the day has come, or once something was said; and all that was said."""
    verdicts = asking.verdicts()
    last = verdicts[0] if verdicts else None
    for judged in verdicts:
        st.html(told.said(judged, words))
    if context.today() < found.check:
        return
    if last is None or judging.waiting((action,), {action.id: last.told}, context.today()):
        asking.form(found, words, last)
    else:
        _correct(found, asking, words, last)


def _correct(found: Effect, asking: Asking, words: Words, last: Judged) -> None:
    """The way to say it differently, with what is seen today."""
    popover = st.popover(
        words.say("effect.form.again"),
        type="tertiary",
        icon=":material/edit:",
        key=f"verdict-again-{last.version}",
        on_change="rerun",
    )
    if popover.open:
        with popover:
            asking.form(found, words, last)
