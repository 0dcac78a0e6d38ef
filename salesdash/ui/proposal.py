"""An action that only wants a yes, proposed beside a figure; all of it may still be changed."""

import streamlit as st

from salesdash.analysis.progress import Progress
from salesdash.ui import context, filters, people, state, url, writing
from salesdash.ui.actions.fields import Form
from salesdash.workspace import Promise, Source


def offer(place: str, promise: Promise) -> None:
    """A button that opens the proposal; one more click writes it down under Actions."""
    words, fields = context.words(), Form(place, promise)
    popover = st.popover(
        words.say("team.actions.propose"),
        type="tertiary",
        icon=":material/add_task:",
        key=f"propose-{place}",
        on_change="rerun",
    )
    if not popover.open:
        return
    with popover:
        fields.quick(words)
        fields.rest(words)
        fields.switch(words)
        if not people.who():
            people.ask(f"{people.AGENDA_FIELD}-{place}")
        st.button(
            words.say("team.actions.promise"),
            key=f"promise-{place}",
            type="primary",
            on_click=_make,
            args=(fields,),
        )
        writing.told(place)


def of_figure(place: str, metric: str, page: str, asked: url.Query) -> None:
    """An action of a figure as it is filtered on this screen, to which `page` and `asked` lead."""
    scope = filters.current().filters
    origin = Source("metric", metric)
    offer(place, Promise("", page=page, query=asked, origin=origin, metric=metric, scope=scope))


def of_goal(place: str, goal: Progress) -> None:
    """An action that serves a goal: its metric, its scope, its owner."""
    terms, code = goal.goal.terms, goal.goal.code
    promise = Promise(
        "",
        terms.owner,
        page="goals",
        query={"goal": [code]},
        origin=Source("goal", code),
        metric=terms.metric,
        scope=terms.scope,
    )
    offer(place, promise)


def _make(fields: Form) -> None:
    store = context.home().workspace.actions
    if writing.save(fields.place, lambda stamp: store.make(fields.promise(), stamp)):
        fields.forget()
        state.put(f"propose-{fields.place}", value=False)
        st.toast(context.words().say("team.actions.proposed"), icon=":material/check:")
