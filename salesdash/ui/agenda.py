"""Put on the agenda: a line with the exact filters of a screen goes into the next meeting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesdash import formats, texts
from salesdash.analysis import occasions, plans
from salesdash.analysis.answers import Member, Name, Reason, When
from salesdash.analysis.occasions import Taker
from salesdash.charts import Words
from salesdash.periods import Period, Window, against_code, code
from salesdash.selection import Selection
from salesdash.ui import context, filters, people, proposal, state, url, writing
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


def tool(
    key: str, page: str, title: Reason, changed: Mapping[str, str] | None = None
) -> Callable[[], None]:
    """The same among the tools of a card: draws the button when it is called."""
    return lambda: _tool(key, page, title, changed or {})


def _tool(key: str, page: str, title: Reason, changed: Mapping[str, str]) -> None:
    _offer(page, title, key, query(page, changed), f"{people.AGENDA_FIELD}-{key}")
    writing.told(f"agenda-{key}")


def _corner(key: str) -> DeltaGenerator:
    return st.container(horizontal=True, horizontal_alignment="right", key=f"offer-{key}")


def _offer(page: str, title: Reason, key: str, asked: url.Query, field: str) -> None:
    label, put = context.words().say("team.agenda.put"), _Put(page, title, f"agenda-{key}", asked)
    if people.who():
        _button(key, label, put)
        return
    with st.popover(label, type="tertiary", icon=ICON, help=label, key=f"ask-{key}"):
        people.ask(field)
        _button(key, label, put)


@dataclass(frozen=True)
class _Put:
    """A line about to be put on an agenda: what it is called, and the screen it leads to."""

    page: str
    title: Reason
    place: str
    query: url.Query


def _button(key: str, label: str, put: _Put) -> None:
    """One click where one kind of meeting may take it; a choice of several, the first due first."""
    found, name = takers(), f"put-{key}"
    if len(found) <= 1:
        args = (found[0] if found else None, put)
        st.button(label, key=name, type="tertiary", icon=ICON, on_click=_put, args=args)
        return
    st.menu_button(
        label,
        range(len(found)),
        format_func=lambda place: texts.markdown_safe(_named(found[place])),
        key=name,
        type="tertiary",
        icon=ICON,
        on_click=_choose,
        args=(name, found, put),
    )


def _choose(name: str, found: Sequence[Taker], put: _Put) -> None:
    place = state.widget(name)
    if place is not None:
        _put(found[place], put)


def takers() -> tuple[Taker, ...]:
    """The meetings that may take a line."""
    workspace = context.home().workspace
    kinds = plans.offered(context.settings(), workspace.templates.all())
    held = workspace.meetings.all()
    return occasions.takers(kinds, held, context.today(), context.fiscal())


def _named(taker: Taker) -> str:
    """Weekly sales meeting, about 16–22 Nov."""
    lang = context.lang()
    meeting = plans.title(taker.plan, taker.occasion)[lang]
    return texts.t("team.agenda.taker", lang, meeting=meeting, days=_days(taker.occasion, lang))


def topic(what: str | Reason, selection: Selection) -> Reason:
    """What a line is called, after a metric or a card: Sales · Q4 2026 · North."""
    metric = Name("metric", what) if isinstance(what, str) else what
    window = selection.window
    when: object = Reason("analysis.when.all") if window is None else When(window, bare=True)
    values: tuple[tuple[str, object], ...] = (("metric", metric), ("when", when))
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
    exact = {"period": pinned(selection.window), "compare": against_code(selection.comparison)}
    found = url.query(page, {**exact, **changed}, where)
    return {name: codes for name, codes in found.items() if name not in READERS}


def _put(taker: Taker | None, put: _Put) -> None:
    """Write the line down; for `on_click`."""
    lang, store = context.lang(), context.home().workspace.meetings
    if taker is None:
        st.toast(texts.t("team.agenda.none", lang), icon=":material/error:")
        return
    title = {each: _in(each).tell(put.title) for each in texts.LANGUAGES}
    point = Point(TOPIC, title, {}, page=put.page, query=put.query)
    occasion = taker.occasion

    def written(stamp: Stamp) -> None:
        store.put(store.plan(occasion, stamp).id, point, stamp)

    if writing.save(put.place, written):
        meeting = plans.title(taker.plan, occasion)[lang]
        told = texts.t("team.agenda.done", lang, meeting=meeting, days=_days(occasion, lang))
        st.toast(texts.markdown_safe(told), icon=":material/check:")


def _days(occasion: Occasion, lang: str) -> str:
    period = Period.through(occasion.first_day, occasion.last_day)
    return formats.date_range(period, lang, this_year=context.today().year)


def _in(lang: str) -> Words:
    """The words of the other language too: a line is read in both."""
    known = context.settings().metrics
    names = tuple((name, metric.name[lang]) for name, metric in known.items())
    return replace(context.words(), lang=lang, names=names)
