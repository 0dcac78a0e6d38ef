"""Saving the grid of targets: what is wrong with a cell, who else wrote, all or none, and back."""

import streamlit as st

from salesdash import texts
from salesdash.analysis.entries import Clash, Entries
from salesdash.analysis.grid import Cell, Sheet
from salesdash.charts import Words
from salesdash.errors import Conflict
from salesdash.ui import context, marks, people, state, writing
from salesdash.ui.goals import asking, drafts, drawer
from salesdash.workspace import Goal, Stamp

PLACE = "targets"
SHOWN = 6
"""So many cells are told one by one."""

_asking = state.Slot("targets-asking", default=False)
_written: state.Slot[tuple[Goal, ...]] = state.Slot("targets-written", ())
_done = state.Slot("targets-done", default=False)


def is_done() -> bool:
    """Whether something was written since this was asked last: other parts of the page tell it."""
    done = _done.get()
    _done.clear()
    return done


def draw(sheet: Sheet, words: Words) -> None:
    """What stands in the way, then the buttons."""
    entries = Entries(sheet)
    _faults(entries, words)
    _clashes(entries, words)
    if _asking.get() and entries.gone:
        _ask(entries, words)
    writing.told(PLACE)
    count = len(entries.changed)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="targets-do"):
        st.button(
            words.say("targets.save", count=count) if count else words.say("targets.nothing"),
            key="targets-save",
            type="primary",
            icon=":material/save:",
            disabled=not count or bool(entries.faults or entries.clashes),
            on_click=_save,
            args=(sheet,),
        )
        if count:
            label = words.say("targets.drop")
            st.button(label, key="targets-drop", on_click=drafts.drop, args=(sheet.frame,))
        if _written.get():
            st.button(
                words.say("targets.undo", count=len(_written.get())),
                key="targets-undo",
                icon=":material/undo:",
                on_click=_undo,
            )
        people.ask("who-targets")


def _faults(entries: Entries, words: Words) -> None:
    for fault in entries.faults[:SHOWN]:
        place = _place(fault.cell, words)
        told = words.say("targets.fault", cell=place, why=texts.error(fault.why, words.lang))
        st.error(texts.markdown_safe(told), icon=":material/error:")
    if len(entries.faults) > SHOWN:
        _more(len(entries.faults), words)


def _clashes(entries: Entries, words: Words) -> None:
    """Both versions of each cell that somebody else wrote meanwhile, to choose from."""
    for number, clash in enumerate(entries.clashes[:SHOWN]):
        st.warning(
            texts.markdown_safe(_both(clash, entries.sheet, words)),
            title=texts.markdown_safe(_place(clash.cell, words)),
            icon=":material/warning:",
        )
        with st.container(horizontal=True, gap="small"):
            for name, mine in (("mine", True), ("theirs", False)):
                st.button(
                    words.say(f"targets.clash.{name}"),
                    key=f"clash-{name}-{number}",
                    on_click=drafts.settle,
                    args=(clash.cell, entries.sheet),
                    kwargs={"mine": mine},
                )
    if len(entries.clashes) > SHOWN:
        _more(len(entries.clashes), words)


def _more(count: int, words: Words) -> None:
    told = words.say("targets.more", count=count - SHOWN)
    st.html(f'<div class="sd-note">{marks.escape(told)}</div>')


def _both(clash: Clash, sheet: Sheet, words: Words) -> str:
    mine = clash.mine.strip() or words.say("targets.clash.empty")
    if clash.theirs is None:
        return words.say("targets.clash.gone", mine=mine)
    theirs = getattr(clash.theirs.terms, sheet.frame.bound)
    return words.say(
        "targets.clash.both",
        mine=mine,
        who=clash.theirs.who or words.say("goals.imported"),
        theirs=words.value(theirs, sheet.unit, "exact"),
        why=clash.theirs.why or "—",
    )


def _ask(entries: Entries, words: Words) -> None:
    """Emptied cells take goals back: not without a yes."""
    places = [_place(cell, words) for cell in entries.gone]
    comma = words.say("ui.list_comma")
    listed = comma.join(places[:SHOWN]) + ("…" if len(places) > SHOWN else "")
    st.warning(
        texts.markdown_safe(words.say("targets.gone.body", cells=listed)),
        title=words.say("targets.gone.title", count=len(places)),
        icon=":material/warning:",
    )
    with st.container(horizontal=True, gap="small"):
        label = words.say("targets.gone.yes")
        st.button(
            label, key="gone-yes", on_click=_save, args=(entries.sheet,), kwargs={"sure": True}
        )
        label = words.say("targets.gone.no")
        st.button(label, key="gone-no", on_click=_restore, args=(entries,))


def _place(cell: Cell, words: Words) -> str:
    """South, March 2027."""
    member, unit = cell
    name = words.say("goals.form.company") if member is None else member
    return words.say("targets.cell", member=name, when=asking.period_words(unit, words))


# --- what the buttons do --------------------------------------------------------------------------


def _save(shown: Sheet, *, sure: bool = False) -> None:
    """Write all changed cells together; for `on_click`."""
    words, entries = context.words(), Entries(drafts.sheet(shown.frame))
    if entries.gone and not sure:
        _asking.set(value=True)
        return
    if entries.faults or entries.clashes:  # somebody else was faster: the grid shows both versions
        return
    written: list[Goal] = []

    def write(stamp: Stamp) -> None:
        try:
            why = words.say("targets.why")
            written.extend(asking.store().settle(entries.edits(), stamp, why))
        except Conflict:
            drafts.afresh()  # the grid is drawn with both versions
            raise

    if writing.save(PLACE, write):
        drafts.drop(shown.frame)
        _asking.clear()
        _written.set(tuple(written))
        _told("targets.saved", len(written))


def _undo() -> None:
    """Take the last save back in one step; for `on_click`."""
    words, written = context.words(), _written.get()

    def write(stamp: Stamp) -> None:
        asking.store().take_back(written, stamp, words.say("targets.why_undo"))

    if writing.save(PLACE, write):
        _written.clear()
        drafts.afresh()
        _told("targets.undone", len(written))


def _restore(entries: Entries) -> None:
    _asking.clear()
    drafts.restore(entries.gone, entries.sheet)


def _told(key: str, count: int) -> None:
    """Say it once the whole page is drawn again."""
    _done.set(value=True)
    drawer.say(context.words().say(key, count=count))
