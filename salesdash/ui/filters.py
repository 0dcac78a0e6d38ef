"""The filter bar: period, comparison, dimensions; the data edge and the import at its right."""

from collections.abc import Mapping
from datetime import date
from html import escape

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis.asking import Question
from salesdash.errors import UsageError
from salesdash.periods import Window, parse, presets
from salesdash.selection import Filter, Selection, numbered
from salesdash.ui import against, context, state
from salesdash.ui.against import CUSTOM

DEFAULT_PERIOD = "qtd"
MEMBERS_OFFERED = 200


def current() -> Selection:
    """What is being looked at, from the choices of this session, checked against the data."""
    return Selection(
        window=_window(period_code()),
        comparison=against.chosen(),
        filters=tuple(Filter(name, members) for name, members in _known_filters()),
        cut=cut(),
    )


def asked(codes: Mapping[str, str], chosen: state.Filters, at: int | None) -> Selection:
    """What a kept address looks at, at a cut; a running period reaches to the edge of then.

    UsageError: a period or comparison that does not exist.
    """
    return Selection(
        window=parse(codes.get("period", DEFAULT_PERIOD), context.edge(at), context.fiscal()),
        comparison=against.read(codes.get("compare", ""), context.fiscal()),
        filters=tuple(Filter(name, members) for name, members in chosen),
        cut=at,
    )


def bar() -> None:
    """Draw the bar; values stay across pages and stand in the address."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        _period_box()
        against.box()
        _dimensions()
        st.space("stretch")
        edge_line()
    _custom_range()
    against.others(asked_about)
    against.lengths(asked_about)
    _chosen()


def period_code() -> str:
    """The chosen period as its code, the default where none or nonsense was chosen."""
    code = state.period.get()
    if not code or code == CUSTOM:
        return DEFAULT_PERIOD
    try:
        parse(code, context.edge(), context.fiscal())
    except UsageError:
        return DEFAULT_PERIOD
    return code


def cut() -> int | None:
    """The event number looked back to, None for the newest."""
    number = numbered(state.cut.get())
    newest = context.home().warehouse.version
    return number if number is not None and 0 < number < newest else None


def edge_words(edge: date, cut_number: int | None, lang: str) -> str:
    """Like "Data to 17 Nov · import 42"."""
    day = formats.date(edge, lang, this_year=context.today().year)
    if cut_number is None:
        last = context.home().warehouse.version
        return (
            texts.t("ui.edge.newest", lang, day=day, number=last)
            if last
            else texts.t("ui.edge.day", lang, day=day)
        )
    return texts.t("ui.edge.cut", lang, day=day, number=cut_number)


def clear() -> None:
    """Take all dimension filters off."""
    state.filters.set(())
    state.touched.set(value=True)


def drill(dimension: str, member: str | None) -> None:
    """Narrow every screen to one member of a dimension."""
    others = tuple(pair for pair in state.filters.get() if pair[0] != dimension)
    state.filters.set((*others, (dimension, (member,))))
    state.touched.set(value=True)


def days(code: str) -> Window | None:
    """The window of a code; the chosen one where it says none."""
    try:
        return _window(code)
    except UsageError:
        return _window(period_code())


def _window(code: str) -> Window | None:
    return parse(code, context.edge(cut()), context.fiscal())


def _known_filters() -> state.Filters:
    known = {dimension.name for dimension in context.dimensions()}
    return tuple(pair for pair in state.filters.get() if pair[0] in known and pair[1])


def _period_box() -> None:
    lang, chosen = context.lang(), period_code()
    codes = [*presets()]
    if chosen not in codes:
        codes.insert(0, chosen)
    codes.append(CUSTOM)
    labels = _period_labels(tuple(codes))
    st.selectbox(
        texts.t("ui.filter.period", lang),
        codes,
        format_func=labels.__getitem__,
        key=state.period.seed(CUSTOM if state.period.get() == CUSTOM else chosen),
        on_change=state.period.take,
        label_visibility="collapsed",
        width=290,
    )


def _period_labels(codes: tuple[str, ...]) -> dict[str, str]:
    """Like "Quarter to date · 1 Oct – 17 Nov" by code."""
    return context.remembered(
        ("periods", context.lang(), codes), lambda: {code: _period_label(code) for code in codes}
    )


def _period_label(code: str) -> str:
    lang = context.lang()
    if code == CUSTOM:
        return texts.t("ui.filter.custom", lang)
    window = _window(code)
    name = texts.t(f"periods.preset.{code}", lang) if code in presets() else ""
    if window is None:
        return name
    days = formats.date_range(window.period, lang, this_year=context.today().year)
    return f"{name} · {days}" if name else days


def _custom_range() -> None:
    """Two dates, shown while "other dates" is chosen."""
    if state.period.get() == CUSTOM:
        against.range_box("range", state.period, _window(DEFAULT_PERIOD))


def asked_about() -> Question:
    """What is looked at, as a question about the first key figure."""
    found = Question(context.home().warehouse, context.settings(), current(), context.today())
    return found.about(*context.tiles()[:1])


def _dimensions() -> None:
    """The popover; its boxes are drawn only while it is open."""
    lang, chosen = context.lang(), dict(_known_filters())
    label = texts.t("ui.filter.filters", lang)
    popover = st.popover(
        f"{label} · {len(chosen)}" if chosen else label,
        icon=":material/tune:",
        key="filter-popover",
        on_change="rerun",
    )
    if not popover.open:
        return
    with popover:
        for dimension in context.dimensions():
            _members_box(dimension.name, chosen.get(dimension.name, ()))
        if chosen:
            st.button(
                texts.t("ui.filter.clear", lang),
                key="clear-filters",
                type="tertiary",
                on_click=clear,
            )


def _members_box(dimension: str, chosen: tuple[str | None, ...]) -> None:
    words = context.words()
    known = dict(context.members(dimension, MEMBERS_OFFERED))
    options = [*known, *(value for value in chosen if value not in known)]
    slot = state.Slot[list[str | None]](f"filter.{dimension}", [])
    st.multiselect(
        words.dimension(dimension),
        options,
        format_func=lambda value: known.get(value) or member_words(dimension, value),
        key=slot.seed(list(chosen)),
        on_change=_take_members,
        args=(dimension, slot.key),
        placeholder=words.say("ui.filter.any"),
    )


def _take_members(dimension: str, key: str) -> None:
    chosen = tuple(state.widget(key) or ())
    others = tuple(pair for pair in state.filters.get() if pair[0] != dimension)
    state.filters.set((*others, (dimension, chosen)) if chosen else others)
    state.touched.set(value=True)


def edge_line() -> None:
    """Until when the data reach; looking back, the way to the newest."""
    lang, number = context.lang(), cut()
    words = escape(edge_words(context.edge(), number, lang))
    st.html(
        f'<span class="sd-edge">{f"<b>{words}</b>" if number else words}</span>', width="content"
    )
    if number is not None:
        st.button(
            texts.t("ui.edge.back", lang), key="back-to-newest", type="tertiary", on_click=_newest
        )


def _newest() -> None:
    state.cut.clear()
    state.touched.set(value=True)


def _chosen() -> None:
    """One quiet line that says what the figures are narrowed to."""
    chosen = _known_filters()
    if not chosen:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chosen"):
        st.html(f'<span class="sd-note">{escape(chosen_words())}</span>', width="content")
        st.button(
            context.words().say("ui.filter.clear"),
            key="clear-chosen",
            type="tertiary",
            on_click=clear,
        )


def pairs(selection: Selection) -> state.Filters:
    """The members a selection is narrowed to, as this session keeps them."""
    return tuple((each.dimension, each.values) for each in selection.filters)


def chosen_words() -> str:
    """Like "Region: North, South · Channel: Online": what the figures are narrowed to."""
    return words_of(_known_filters())


def words_of(chosen: state.Filters) -> str:
    """The same of any members."""
    words = context.words()
    parts = (
        words.say(
            "ui.filter.chosen",
            dimension=words.dimension(name),
            members=words.say("ui.list_comma").join(member_words(name, m) for m in members),
        )
        for name, members in chosen
    )
    return " · ".join(parts)


def member_words(dimension: str, member: str | None) -> str:
    """The name people know a member by."""
    if member is None:
        return context.words().say("ui.filter.empty_member")
    return context.names(dimension).get(member, member)


def period_words() -> str:
    """The chosen period without its dates: "quarter to date"."""
    code = period_code()
    lang = context.lang()
    if code in presets():
        return texts.t(f"periods.preset.{code}", lang).lower()
    window = _window(code)
    return formats.date_range(window.period, lang) if window else ""
