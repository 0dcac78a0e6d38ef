"""Put on the agenda: a line with the exact filters of a screen goes into the next meeting."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesdash import formats, texts
from salesdash.analysis import occasions
from salesdash.analysis.answers import Member, Name, Reason, When
from salesdash.charts import Words
from salesdash.periods import Period, Window, code
from salesdash.selection import Selection
from salesdash.ui import context, filters, people, proposal, url, writing
from salesdash.ui.state import Filters
from salesdash.workspace import TOPIC, Occasion, Point, Stamp

ICON = ":material/playlist_add:"
READERS = url.STAYING
"""Codes of an address that belong to its reader, not to what is discussed."""


def offer(
    page: str,
    title: Reason,
    key: str,
    changed: Mapping[str, str] | None = None,
    field: str = people.AGENDA_FIELD,
) -> None:
    """A button that puts this screen, as it is filtered now, on the agenda of the next meeting.

    `changed`: codes of the address that differ from today's choices; with a metric among them it
    may become an action, too. `field`: where a name is asked for while it is not known.
    """
    codes = changed or {}
    asked = query(page, codes)
    with _corner(key):
        if "metric" in codes:
            proposal.of_figure(f"figure-{key}", codes["metric"], page, asked)
        _offer(page, title, key, asked, field)
    writing.told(f"agenda-{key}")


def offer_of(
    page: str, title: Reason, key: str, changed: Mapping[str, str], where: Filters
) -> None:
    """The same for a screen with other filters than today's, in a row of several."""
    with _corner(key):
        _offer(page, title, key, query(page, changed, where), f"{people.AGENDA_FIELD}-{key}")
    writing.told(f"agenda-{key}")


def _corner(key: str) -> DeltaGenerator:
    return st.container(horizontal=True, horizontal_alignment="right", key=f"offer-{key}")


def _offer(page: str, title: Reason, key: str, asked: url.Query, field: str) -> None:
    label, place = context.words().say("team.agenda.put"), f"agenda-{key}"
    if people.who():
        _button(key, label, (page, title, place, asked))
        return
    with st.popover(label, type="tertiary", icon=ICON, help=label, key=f"ask-{key}"):
        people.ask(field)
        _button(key, label, (page, title, place, asked))


def _button(key: str, label: str, args: tuple[str, Reason, str, url.Query]) -> None:
    st.button(
        label, key=f"put-{key}", type="tertiary", icon=ICON, help=label, on_click=_put, args=args
    )


def topic(metric: str, selection: Selection) -> Reason:
    """What a figure's line is called: Sales · Q4 2026 · North."""
    window = selection.window
    when: object = Reason("analysis.when.all") if window is None else When(window, bare=True)
    values: tuple[tuple[str, object], ...] = (("metric", Name("metric", metric)), ("when", when))
    members = tuple(
        Member(filters.member_words(each.dimension, member))
        for each in selection.filters
        for member in each.values
    )
    if not members:
        return Reason("team.agenda.topic", values)
    return Reason("team.agenda.topic_of", (*values, ("members", members)))


def pinned(window: Window | None) -> str:
    """The code of a window that means the same days next week: a running unit by its name."""
    fiscal = context.fiscal()
    if window is not None and window.to_date and window.unit is not None:
        return code(Window(window.unit, window.grain, window.unit), fiscal)
    return code(window, fiscal)


def query(page: str, changed: Mapping[str, str], where: Filters | None = None) -> url.Query:
    """The address of a screen with nothing in it that moves with time or belongs to a reader."""
    selection = filters.current()
    exact = {"period": pinned(selection.window), "compare": selection.comparison.value}
    found = url.query(page, {**exact, **changed}, where)
    return {name: codes for name, codes in found.items() if name not in READERS}


def _put(page: str, title: Reason, place: str, asked: url.Query) -> None:
    plans, lang = context.settings().meetings, context.lang()
    if not plans:
        st.toast(texts.t("team.agenda.none", lang), icon=":material/error:")
        return
    plan, store = next(iter(plans.values())), context.home().workspace.meetings
    occasion = occasions.taking(plan, store.all(), context.today(), context.fiscal())
    point = Point(
        TOPIC,
        {each: _in(each).tell(title) for each in texts.LANGUAGES},
        {},
        page=page,
        query=asked,
    )

    def put(stamp: Stamp) -> None:
        store.put(store.plan(occasion, stamp).id, point, stamp)

    if writing.save(place, put):
        told = texts.t(
            "team.agenda.done", lang, meeting=plan.name[lang], days=_days(occasion, lang)
        )
        st.toast(texts.markdown_safe(told), icon=":material/check:")


def _days(occasion: Occasion, lang: str) -> str:
    period = Period.through(occasion.first_day, occasion.last_day)
    return formats.date_range(period, lang, this_year=context.today().year)


def _in(lang: str) -> Words:
    """The words of the other language too: a line is read in both."""
    known = context.settings().metrics
    names = tuple((name, metric.name[lang]) for name, metric in known.items())
    return replace(context.words(), lang=lang, names=names)
