"""Annotations on Trends: their list under the chart, written and changed where they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis import annotated
from salesdash.analysis.answers import Trend
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.selection import Filter, Selection, numbered
from salesdash.ui import cards, context, filters, marks, state, writing
from salesdash.workspace import Annotation, Noted, Stamp
from salesdash.workspace.annotations import LONGEST

PLACE = "annotations"
NEW = 0
EVERY, THIS = "", "metric"
WHOLE, HERE, AS_IT_IS = "", "here", "kept"


def beside(answer: Trend, selection: Selection) -> Trend:
    """The trend with what people said of its days."""
    found = tuple(dict.fromkeys(f.dimension for each in _all() for f in each.scope))
    names = {dimension: context.names(dimension) for dimension in found}
    return annotated.beside(answer, _all(), selection.filters, context.fiscal(), names)


def state_of() -> int:
    """Changes with every annotation: part of the key of what is drawn beside them."""
    return context.home().workspace.annotations.state()


def card(answer: Trend, selection: Selection) -> None:
    """Those of the days shown, the newest last, and a way to add one."""
    words, span = context.words(), annotated.shown(answer, context.fiscal())
    if span is None:
        return
    known = {remark.number for remark in answer.remarks} | {_asked()}
    found = [each for each in _all() if each.id in known]
    title, note = words.say("annotations.title"), words.say("annotations.note")
    with cards.card(PLACE, title, note):
        if not found:
            st.html(f'<div class="sd-note">{marks.escape(words.say("annotations.none"))}</div>')
        for each in found:
            _one(each, answer, selection, words)
        with cards.tools(PLACE):
            day = min(span.last_day, context.today())
            _popover(_Form(None, answer.metric, selection, day), words)
        writing.told(f"{PLACE}-{NEW}")


def _all() -> tuple[Noted, ...]:
    store = context.home().workspace.annotations
    return context.remembered((PLACE, store.state()), store.all)


def _asked() -> int:
    """The annotation that the address names, 0 for none."""
    return numbered(state.remark.get()) or NEW


def _one(each: Noted, answer: Trend, selection: Selection, words: Words) -> None:
    """Its days and words, about what, who said so; and a way to change it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_told(each, words), width="stretch")
        _popover(_Form(each, answer.metric, selection, each.last), words)
    _conflict(each, words)


def _told(each: Noted, words: Words) -> str:
    """1 Mar 2026 · Price rise, with what it is about and who wrote it under it."""
    days = formats.date_range(each.period, words.lang, "exact")
    about = [words.metric(each.metric) if each.metric else words.say("annotations.every")]
    about += [filters.member_words(f.dimension, member) for f in each.scope for member in f.values]
    at = documents.moment(each.at, words.lang)
    parts = " · ".join((*about, words.say("annotations.by", who=each.who, at=at)))
    text = marks.escape(each.text)
    if each.id == _asked():
        text = f"<b>{text}</b>"
    return (
        f'<div class="sd-body">{marks.escape(days)} · {text}</div>'
        f'<div class="sd-note">{marks.escape(parts)}</div>'
    )


@dataclass(frozen=True)
class _Form:
    """What is written or changed: an annotation or none yet, on which screen, the day offered."""

    noted: Noted | None
    metric: str
    selection: Selection
    day: date

    @property
    def number(self) -> int:
        return NEW if self.noted is None else self.noted.id

    @property
    def place(self) -> str:
        return f"{PLACE}-{self.number}"

    def key(self, name: str) -> str:
        """Of a field; a new one each time something was saved."""
        version = 0 if self.noted is None else self.noted.version
        return f"w.{self.place}-{name}-{version}-{_saved.get()}"

    @property
    def metrics(self) -> tuple[str, ...]:
        """What it may be about: all metrics, the one shown, the one it is about."""
        own = (self.noted.metric,) if self.noted is not None and self.noted.metric else ()
        return tuple(dict.fromkeys((EVERY, self.metric, *own)))

    @property
    def scopes(self) -> dict[str, tuple[Filter, ...]]:
        """Whose days: the whole company's, those looked at, those it is about."""
        found: dict[str, tuple[Filter, ...]] = {WHOLE: ()}
        if self.noted is not None and self.noted.scope:
            found[AS_IT_IS] = self.noted.scope
        if self.selection.filters and self.selection.filters not in found.values():
            found[HERE] = self.selection.filters
        return found


_saved = state.Slot("annotations-saved", 0)


def _popover(form: _Form, words: Words) -> None:
    """The form behind a button; drawn only while it is open."""
    name = "add" if form.noted is None else "edit"
    icon = ":material/add_comment:" if form.noted is None else ":material/edit:"
    opened = st.popover(
        words.say(f"annotations.{name}"),
        type="tertiary",
        icon=icon,
        key=f"{form.place}-open-{_saved.get()}",
        on_change="rerun",
    )
    if opened.open:
        with opened:
            _fields(form, words)


def _fields(form: _Form, words: Words) -> None:
    noted = form.noted
    ready = writing.ready(f"who-{form.place}")
    st.text_input(
        words.say("annotations.text"),
        value=noted.text if noted else "",
        key=form.key("text"),
        max_chars=LONGEST,
        placeholder=words.say("annotations.hint"),
        on_change="ignore",
    )
    first, last = (noted.first, noted.last) if noted else (form.day, form.day)
    st.date_input(
        words.say("annotations.days"),
        value=(first, last),
        key=form.key("days"),
        on_change="ignore",
    )
    _about(form, words)
    with st.container(horizontal=True, gap="small"):
        st.button(
            words.say("annotations.save"),
            key=f"{form.place}-save",
            type="primary",
            disabled=not ready,
            on_click=_save,
            args=(form,),
        )
        if noted is not None:
            st.button(
                words.say("annotations.remove"),
                key=f"{form.place}-remove",
                type="tertiary",
                icon=":material/delete:",
                disabled=not ready,
                on_click=_withdraw,
                args=(noted.id, form.place),
            )
    if noted is not None and noted.version > 1:
        _wordings(noted, words)


def _about(form: _Form, words: Words) -> None:
    """Which metric, and whose days."""
    metrics, scopes = form.metrics, tuple(form.scopes)
    chosen = form.noted.metric or EVERY if form.noted else EVERY
    named = {m: words.metric(m) if m else words.say("annotations.every") for m in metrics}
    st.selectbox(
        words.say("annotations.metric"),
        metrics,
        index=metrics.index(chosen),
        format_func=named.__getitem__,
        key=form.key("metric"),
        on_change="ignore",
    )
    if len(scopes) > 1:
        kept = AS_IT_IS if AS_IT_IS in scopes else WHOLE
        called = {code: _scope_words(form.scopes[code], words) for code in scopes}
        st.selectbox(
            words.say("annotations.scope"),
            scopes,
            index=scopes.index(kept),
            format_func=called.__getitem__,
            key=form.key("scope"),
            on_change="ignore",
        )


def _scope_words(scope: tuple[Filter, ...], words: Words) -> str:
    if not scope:
        return words.say("annotations.whole")
    members = (filters.member_words(f.dimension, each) for f in scope for each in f.values)
    return words.say("ui.list_comma").join(members)


def _wordings(noted: Noted, words: Words) -> None:
    """How it was worded before, the newest first; what was put aside, too."""
    found = context.home().workspace.history.of(PLACE, noted.id)
    lines = (
        f"{documents.moment(each.at, words.lang)} · {each.who}: {each.content['text']}"
        for each in reversed(found)
        if "text" in each.content
    )
    told = "<br>".join(map(marks.escape, lines))
    head = marks.escape(words.say("annotations.before"))
    st.html(f'<div class="sd-note">{head}<br>{told}</div>')


def _typed(form: _Form) -> Annotation:
    """What the fields say. Raises UsageError while the last day is missing."""
    days = tuple(state.widget(form.key("days")) or ())
    if not days:
        raise UsageError("annotation.no_day")
    scope = form.scopes.get(str(state.widget(form.key("scope")) or WHOLE), ())
    if form.noted is not None and len(form.scopes) == 1:
        scope = form.noted.scope
    metric = str(state.widget(form.key("metric")) or EVERY)
    text = str(state.widget(form.key("text")) or "")
    return Annotation(text, days[0], days[-1], metric or None, scope)


def _save(form: _Form) -> None:
    """Write it; for `on_click`. What was typed stays until it stands."""
    store = context.home().workspace.annotations

    def write(stamp: Stamp) -> None:
        typed = _typed(form)
        _mine(form.place).set(typed)
        if form.noted is None:
            store.make(typed, stamp)
        else:
            store.edit(form.noted.id, typed, stamp, form.noted.version)

    _write(form.place, write)


def _withdraw(number: int, place: str) -> None:
    store = context.home().workspace.annotations
    _write(place, lambda stamp: store.withdraw(number, stamp))


def _write(place: str, write: Callable[[Stamp], object]) -> None:
    if writing.save(place, write):
        _saved.set(_saved.get() + 1)
        st.toast(context.words().say("annotations.saved"), icon=":material/check:")


def _conflict(each: Noted, words: Words) -> None:
    """Somebody was faster: theirs stands; mine is kept, and may be written over it."""
    place = f"{PLACE}-{each.id}"
    conflict, mine = writing.conflict(place), _mine(place).get()
    if conflict is None or mine is None:
        writing.told(place)
        return
    who = conflict.values["who"]
    told = words.say("annotations.conflict", who=who, mine=mine.text, theirs=each.text)
    st.html(f'<div class="sd-body">{marks.escape(told)}</div>')
    writing.choose(place, _insist, each, mine)


def _insist(each: Noted, mine: Annotation) -> None:
    store = context.home().workspace.annotations
    _write(f"{PLACE}-{each.id}", lambda stamp: store.edit(each.id, mine, stamp, each.version))


def _mine(place: str) -> "state.Slot[Annotation | None]":
    return state.Slot(f"mine.{place}", None)
