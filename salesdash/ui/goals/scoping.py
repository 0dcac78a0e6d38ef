"""The fields of a scope: dimensions of a metric, and members of each; without any, the company."""

import streamlit as st

from salesdash.charts import Words
from salesdash.selection import Filter
from salesdash.ui import context, state
from salesdash.ui.goals import asking


def draw(key: str, metric: str, scope: tuple[Filter, ...], words: Words) -> None:
    """Draw the fields under keys that begin with `key`; `scope` is what they begin with."""
    known = {each.dimension: each.values for each in scope}
    offered = [*asking.dimensions(metric)]
    dimensions = st.multiselect(
        words.say("goals.form.scope"),
        [*offered, *(name for name in known if name not in offered)],
        default=list(known),
        format_func=words.dimension,
        key=f"{key}-scope-{metric}",
        placeholder=words.say("goals.form.company"),
    )
    for name in dimensions:
        _members(key, (metric, name), known.get(name, ()), words)


def chosen(key: str, metric: str) -> tuple[Filter, ...]:
    """The chosen members by dimension; a dimension without any narrows nothing."""
    names = state.widget(f"{key}-scope-{metric}") or ()
    found = (Filter(name, tuple(state.widget(f"{key}-members-{name}") or ())) for name in names)
    return tuple(each for each in found if each.values)


def _members(key: str, of: tuple[str, str], chosen: tuple[str | None, ...], words: Words) -> None:
    metric, name = of
    is_known = metric in context.metrics().metrics
    names = asking.members(metric, name) if is_known else {}
    st.multiselect(
        words.dimension(name),
        [*names, *(value for value in chosen if value not in names)],
        default=list(chosen),
        format_func=lambda value: names.get(value or "", value or "—"),
        key=f"{key}-members-{name}",
        placeholder=words.say("ui.filter.any"),
    )
