"""What was promised: the sentence of an action's page, its facts, and ways to change them."""

from collections.abc import Iterator

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis import actions as analysing
from salesdash.analysis import aiming
from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.ui import cards, context, filters, marks, people, state, writing
from salesdash.ui.actions import editing, origin, writes
from salesdash.ui.actions.fields import Form
from salesdash.workspace import Action, Standing

PLACE = "page"
"""What keeps its keys apart from those of rows."""


def opening(action: Action, words: Words) -> None:
    """The promise as the page's sentence, and where it stands under it."""
    row = of(action)
    parts = [words.say(f"actions.stands.{_standing(row)}", day=_day(row.due, words))]
    if row.carried:
        parts.append(words.say("team.minutes.carried", count=row.carried))
    parts.append(origin.told(row, words))
    lead = " · ".join(part for part in parts if part)
    st.html(marks.headline(row.text, lead))


def show(action: Action) -> None:
    """The card."""
    words, row = context.words(), of(action)
    with cards.card("action", words.say("actions.single.promised")):
        read = _changing(action).get()
        if read is not None:
            _form(read, words)
        else:
            st.html(marks.facts(_rows(row, words)))
            _tools(action, row, words)
        writes.told(action.id, _place(action), words)


def of(action: Action) -> Row:
    """An action as it stands today."""
    held = context.home().workspace.meetings.all()
    return analysing.row(action, held, context.today())


def aim(row: Row, words: Words) -> str:
    """What it is to move, in a sentence; "" for an action without a metric."""
    metric = context.settings().metrics.get(row.metric or "")
    if metric is None:
        return ""
    names = tuple(_members(row))
    if row.expected is None:
        return words.tell(aiming.about(metric.id, names))
    return words.tell(aiming.meaning(metric, names, aiming.Wanted(row.expected), row.check))


def _scope_words(row: Row) -> str:
    """The members it is about, by the names people know."""
    return " · ".join(_members(row))


def _members(row: Row) -> Iterator[str]:
    for each in row.scope:
        yield " / ".join(filters.member_words(each.dimension, member) for member in each.values)


def _tools(action: Action, row: Row, words: Words) -> None:
    """Done, change, drop; and the way to where it came from."""
    ready = bool(people.who())
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="action-tools"
    ):
        if row.is_open:
            st.button(
                words.say("actions.single.done"),
                key=f"done-{row.id}",
                type="primary",
                icon=":material/check:",
                disabled=not ready,
                on_click=writes.settle,
                args=(row.id, Standing.DONE, _place(action), row.version),
            )
        st.button(
            words.say("actions.single.change"),
            key=f"change-{row.id}",
            icon=":material/edit:",
            disabled=not ready,
            on_click=_begin,
            args=(action,),
        )
        if ready:
            editing.ends(row, PLACE, words)
        st.space("stretch")
        origin.link(row, words.say("actions.single.origin"))


def _form(action: Action, words: Words) -> None:
    """All that may be changed, saved together."""
    fields = Form(f"change-{action.id}", action, stands=True)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        fields.quick(words)
    fields.rest(words)
    with st.container(horizontal=True, gap="small"):
        st.button(
            words.say("team.actions.save"),
            key=f"save-{action.id}",
            type="primary",
            on_click=_save,
            args=(fields, action),
        )
        st.button(
            words.say("actions.single.leave"),
            key=f"leave-{action.id}",
            type="tertiary",
            on_click=_end,
            args=(fields, action),
        )
    writing.told(fields.place)


def _begin(action: Action) -> None:
    fields = Form(f"change-{action.id}", action, stands=True)
    fields.forget()
    fields.more.set(value=True)
    _changing(action).set(action)


def _save(fields: Form, action: Action) -> None:
    """What differs from what was read; an effect that cannot be is said, and the form stays."""
    try:
        part = fields.part()
    except UsageError as error:
        writing.fail(fields.place, error)
        return
    if part:
        writes.change(action.id, part, _place(action), action.version)
    _end(fields, action)


def _end(fields: Form, action: Action) -> None:
    fields.forget()
    _changing(action).clear()


def _changing(action: Action) -> "state.Slot[Action | None]":
    """The action as it was read when its form was opened."""
    return state.Slot(f"changing.{action.id}", None)


def _place(action: Action) -> str:
    return writes.place_of(PLACE, action.id)


def _standing(row: Row) -> str:
    if row.overdue:
        return "overdue"
    return row.state.value if not row.is_open else "open" if row.due else "some_day"


def _rows(row: Row, words: Words) -> Iterator[tuple[str, str, str]]:
    def fact(name: str, value: str, note: str = "") -> tuple[str, str, str]:
        return words.say(f"actions.field.{name}"), value, note

    yield fact("owner", row.owner or formats.DASH)
    yield fact("due", _day(row.due, words))
    yield fact("priority", words.say(f"actions.priority.{row.priority.value}"))
    if row.metric is not None:
        yield fact("metric", words.metric(row.metric))
        if row.scope:
            yield fact("scope", _scope_words(row))
    metric = context.settings().metrics.get(row.metric or "")
    if row.expected is not None and metric is not None:
        yield fact("expected", words.value(row.expected, metric.unit, "signed"))
    if row.check is not None:
        yield fact("check", _day(row.check, words))
    made = f"{row.made_by}, {documents.moment(row.made, words.lang)}"
    yield fact("made", made)


def _day(day: object, words: Words) -> str:
    return words.told(day) if day is not None else formats.DASH
