"""The log of what was imported: newest first, each can be taken back and brought back."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from salesdash import formats, texts
from salesdash import imports as way_in
from salesdash.charts import Words
from salesdash.errors import Problem, SalesdashError
from salesdash.imports.speeches import is_alive
from salesdash.ingest import rejects_csv
from salesdash.ui import cards, context, exports, marks, people, problems, state
from salesdash.ui.imports import committing
from salesdash.workspace import Event, EventKind, Status

SHOWN = 8
COUNTS = ("new", "changed", "unchanged", "older", "vanished", "rejected")

_all = state.Slot("log-all", default=False)
_opened: state.Slot[int] = state.Slot("log-opened", 0)


def events() -> None:
    """The newest events, all of them on request."""
    words, log = context.words(), context.home().workspace.log.events()
    if not log:
        return
    with cards.card("log", words.say("imports_page.log.title"), words.say("imports_page.log.note")):
        people.ask()
        heads = [event for event in log if event.group in (None, event.id)]
        shown = heads[::-1] if _all.get() else heads[: -SHOWN - 1 : -1]
        for event in shown:
            _row(event, log, words)
        if len(heads) > SHOWN:
            label = "imports_page.log.fewer" if _all.get() else "imports_page.log.all"
            st.button(
                words.say(label, count=len(heads)),
                key="log-toggle",
                type="tertiary",
                on_click=_all.set,
                args=(not _all.get(),),
            )
    _details(log)


def open_details(number: int) -> None:
    """Open the drawer of an event the next time the log is shown; for `on_click`."""
    _opened.set(number)
    state.go.set(value=True)


def interrupted() -> None:
    """Imports that were cut off before they were in: their files are kept, and offered again."""
    words = context.words()
    for event in way_in.offered(context.home()):
        name = texts.markdown_safe(event.file_name)
        with st.container(key=f"offered-{event.id}"):
            st.warning(
                words.say("imports_page.offered.body"),
                title=words.say("imports_page.offered.title", name=name),
                icon=":material/history:",
            )
            st.button(
                words.say("imports_page.offered.again"),
                key=f"again-{event.id}",
                on_click=_again,
                args=(event.id,),
            )


def _again(number: int) -> None:
    """Import an interrupted file with the decisions of then; for `on_click`."""
    words, who = context.words(), people.stated()
    if not who:
        st.toast(words.say("ui.who.needed"), icon=":material/person:")
        return
    try:
        staged = way_in.stage_offered(context.home(), number, context.now())
        done = way_in.commit(context.home(), staged, who, context.now())
    except SalesdashError as error:
        st.toast(texts.error(error, words.lang, markdown=True), icon=":material/error:")
        return
    state.just_in.set(committing.told(done))


def _row(event: Event, log: Sequence[Event], words: Words) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"event-{event.id}"
    ):
        st.html(_line(event, log, words), width="stretch")
        verb = _verb(event, log)
        if verb:
            st.button(
                words.say(f"imports_page.log.{verb}"),
                key=f"{verb}-{event.id}",
                type="tertiary",
                icon=f":material/{verb}:",
                on_click=_move,
                args=(verb, event.id),
            )
        if event.kind.brings_rows and event.status is Status.DONE:
            st.button(
                words.say("imports_page.log.more"),
                key=f"more-{event.id}",
                type="tertiary",
                icon=":material/more_horiz:",
                on_click=_opened.set,
                args=(event.id,),
            )


def _verb(event: Event, log: Sequence[Event]) -> str:
    """What can be done with an event: undo while its effect stands, redo an import taken back."""
    if event.status is not Status.DONE or event.kind is EventKind.FORGET:
        return ""
    if event.kind.brings_rows:
        return "undo" if is_alive(event.id, log) else "redo"
    stands = is_alive(int(event.target or 0), log) is (event.kind is EventKind.REDO)
    return "undo" if stands else ""


def _line(event: Event, log: Sequence[Event], words: Words) -> str:
    """Number, what it was, what it brought; who and when in grey."""
    what = event.file_name or words.say(
        f"imports_page.log.{event.kind.value}_of", number=event.target
    )
    mark = ""
    if event.kind.brings_rows and event.status is Status.DONE and not is_alive(event.id, log):
        undone = marks.escape(words.say("imports_page.log.undone"))
        mark = f' <span class="sd-chip sd-muted">{undone}</span>'
    if event.status is not Status.DONE:
        state_words = marks.escape(words.say(f"imports_page.log.{event.status.value}"))
        mark = f" {marks.chip('warning', state_words)}"
    day = formats.date(event.at.date(), words.lang, this_year=context.today().year)
    at = f"{day} {event.at:%H:%M}"
    by = words.say("imports_page.log.by", who=event.who, at=at)
    brought = [_brought(each, words) for each in way_in.together(event, log)]
    facts = marks.escape(" · ".join(part for part in (*brought, by) if part))
    return (
        f'<div class="sd-body"><span class="sd-muted">{event.id}</span>&ensp;'
        f'<b>{marks.escape(what)}</b>{mark}<div class="sd-note">{facts}</div></div>'
    )


def _brought(event: Event, words: Words) -> str:
    """Rows of what, and what became of them."""
    if not event.kind.brings_rows:
        return ""
    counts = [
        words.say(f"imports_page.balance.{name}", count=event.counts[name])
        for name in COUNTS
        if event.counts.get(name)
    ]
    if not counts:
        return ""
    dataset = words.say(f"datasets.{event.dataset}")
    listed = words.say("ui.list_comma").join(counts)
    return words.say("imports_page.log.brought", dataset=dataset, counts=listed)


def _move(verb: str, number: int) -> None:
    """Undo or redo; for `on_click`."""
    words, who = context.words(), people.stated()
    if not who:
        st.toast(words.say("ui.who.needed"), icon=":material/person:")
        return
    act = way_in.undo if verb == "undo" else way_in.redo
    try:
        event = act(context.home(), number, who, context.now())
    except SalesdashError as error:
        st.toast(texts.error(error, words.lang, markdown=True), icon=":material/error:")
        return
    st.toast(
        words.say(f"imports_page.log.{verb}_done", number=number, event=event.id),
        icon=":material/check:",
    )


def _details(log: Sequence[Event]) -> None:
    """The drawer of one event, when it was opened."""
    number = _opened.get()
    _opened.clear()
    event = next((each for each in log if each.id == number), None)
    if event is not None:
        title = context.words().say("imports_page.log.details", number=event.id)
        st.dialog(title, position="right", width="medium")(_drawer)(way_in.together(event, log))


def _drawer(parts: Sequence[Event]) -> None:
    """All that is known of an event, and of those that happened as one with it."""
    words = context.words()
    for each in parts:
        if len(parts) > 1:
            st.html(marks.head(words.say(f"datasets.{each.dataset}"), level=3))
        _part(each, words)
    event = parts[-1]
    st.button(
        words.say("imports_page.log.look"),
        key=f"cut-{event.id}",
        icon=":material/history:",
        on_click=_look,
        args=(event.id,),
    )
    if state.go.get():
        state.go.clear()
        st.switch_page("pages/overview.py")


def _part(event: Event, words: Words) -> None:
    st.html(marks.facts(_facts(event, words)))
    if event.rejects_file and event.counts.get("rejected"):
        _rejects(event, words)
    for warning in event.warnings:
        problem = Problem(str(warning["key"]), dict(warning.get("values") or {}))
        told = marks.escape(texts.error(problem, words.lang))
        st.html(f'<div class="sd-note">{told}</div>')


def _facts(event: Event, words: Words) -> list[tuple[str, str, str]]:
    rows = [(words.say("imports_page.log.file"), event.file_name or formats.DASH, "")]
    if event.mode:
        rows.append(
            (
                words.say("imports_page.option.mode"),
                words.say(f"imports_page.mode.{event.mode}"),
                "",
            )
        )
    if event.as_of:
        moment = f"{formats.date(event.as_of.date(), words.lang, 'exact')} {event.as_of:%H:%M}"
        rows.append((words.say("imports_page.fact.as_of"), moment, ""))
    rows += [
        (words.say(f"imports_page.books.{name}"), f"{count:,}", "")
        for name, count in event.counts.items()
        if count
    ]
    rows.append((words.say("imports_page.log.hash"), (event.file_sha256 or formats.DASH)[:16], ""))
    return rows


def _rejects(event: Event, words: Words) -> None:
    """The rejected rows of an import: download, mend, drop again."""
    st.html(marks.head(words.say("imports_page.rejected.title"), level=3))
    st.html(f'<div class="sd-note">{marks.escape(words.say("imports_page.repair.how"))}</div>')
    path = context.home().imports / str(event.rejects_file)
    cards.download(
        f"rejects-{event.id}",
        words.say("imports_page.rejected.download", count=event.counts["rejected"]),
        f"rejected-{event.id}-{(event.file_sha256 or '')[:8]}.csv",
        lambda: exports.encoded(rejects_csv(path, words.lang)),
    )
    key = f"repair-{event.id}"
    st.file_uploader(words.say("imports_page.repair.label"), key=key, label_visibility="collapsed")
    file = state.widget(key)
    if file is None:
        return
    people.ask(people.DRAWER_FIELD)
    if st.button(words.say("imports_page.repair.do"), key=f"{key}-do", type="primary"):
        if not people.stated():
            st.toast(words.say("ui.who.needed"), icon=":material/person:")
        else:
            with problems.kept(), tempfile.TemporaryDirectory(prefix="salesdash-") as folder:
                copy = Path(folder) / f"repair{Path(file.name).suffix.lower()[:10]}"
                copy.write_bytes(file.getbuffer())
                done = way_in.repair(context.home(), event.id, copy, people.who(), context.now())
                st.toast(
                    words.say("imports_page.repair.done", number=done.id), icon=":material/check:"
                )
                st.rerun()


def _look(number: int) -> None:
    """Show all figures as they stood after an event."""
    newest = context.home().warehouse.version
    state.cut.set("" if number >= newest else str(number))
    state.touched.set(value=True)
    state.go.set(value=True)
