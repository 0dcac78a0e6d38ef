"""What was promised: the sentence of an action's page, its facts, and ways to change them."""

from collections.abc import Iterator

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis import actions as analysing
from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.ui import cards, context, filters, marks
from salesdash.ui.actions import origin
from salesdash.workspace import Action


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
        st.html(marks.facts(_rows(row, words)))
        with cards.tools("action"):
            origin.link(row, words.say("actions.single.origin"))


def of(action: Action) -> Row:
    """An action as it stands today."""
    held = context.home().workspace.meetings.all()
    return analysing.row(action, held, context.today())


def scope_words(row: Row) -> str:
    """The members it is about, by the names people know."""
    names = (
        " / ".join(filters.member_words(each.dimension, member) for member in each.values)
        for each in row.scope
    )
    return " · ".join(names)


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
            yield fact("scope", scope_words(row))
    metric = context.settings().metrics.get(row.metric or "")
    if row.expected is not None and metric is not None:
        yield fact("expected", words.value(row.expected, metric.unit, "signed"))
    if row.check is not None:
        yield fact("check", _day(row.check, words))
    made = f"{row.made_by}, {documents.moment(row.made, words.lang)}"
    yield fact("made", made)


def _day(day: object, words: Words) -> str:
    return words.told(day) if day is not None else formats.DASH
