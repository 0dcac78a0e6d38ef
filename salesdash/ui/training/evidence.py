"""Evidence: what shows that somebody can do it, who says so; words or a link, with their past."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from salesdash.analysis.training import Book
from salesdash.charts import Words
from salesdash.ui import context, marks, state, writing
from salesdash.ui.training.asking import PLACE, day_words, known, name_key
from salesdash.workspace import WHOLE

LINK = re.compile(r"https?://[^\s<>\"]+")
LONGEST = 500


@dataclass(frozen=True)
class Noted:
    """A note of evidence as it is shown; `version` is the one its editor reads."""

    course: str
    item: str
    note: str
    witness: str
    who: str
    day: str
    version: int


def of(book: Book, person: str, course: str | None) -> list[Noted]:
    """A person's notes, also emptied ones: of a course with its items, or (None) of whole courses.

    Where nobody wrote one for a whole course, what the newest file says of it stands there.
    """
    words = context.words()
    found = {
        (each.course, each.item): Noted(
            *(each.course, each.item, each.note, each.witness, each.who),
            day_words(each.at.date(), words),
            each.version,
        )
        for each in book.written.evidence
        if each.person == person
    }
    for said in book.written.completions:
        if said.person == person and said.note:
            key = said.course, WHOLE
            if key not in found or not found[key].version:
                day = day_words(said.day, words)
                found[key] = Noted(said.course, WHOLE, said.note, "", said.who, day, 0)
    if course is None:
        return [each for each in found.values() if each.item == WHOLE]
    return [each for each in found.values() if each.course == course]


def html(note: Noted, words: Words) -> str:
    """The note, then who says so and who wrote it when."""
    told = words.say("learning.written", who=note.who, day=note.day)
    if note.witness:
        told = words.say("learning.witnessed", witness=note.witness, told=told)
    return f'{text_html(note.note)} <span class="sd-note">{marks.escape(told)}</span>'


def text_html(text: str) -> str:
    """What people typed, escaped; addresses of the web can be followed."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        parts.append(marks.escape(text[end : found.start()]))
        parts.append(_link(found[0]))
        end = found.end()
    return "".join((*parts, marks.escape(text[end:])))


def popover(key: tuple[str, str, str], note: Noted | None, words: Words, *, ready: bool) -> None:
    """A way to write or change what shows an item, or a whole course."""
    person, course, item = key
    place = f"{course}-{item or 'whole'}-{name_key(person)}"
    box = st.popover(
        words.say(f"learning.evidence.{'change' if note and note.note else 'add'}"),
        type="tertiary",
        icon=":material/verified:",
        key=f"evidence-{place}",
        on_change="rerun",
        disabled=not ready,
    )
    if not box.open:
        return
    said, witness = f"evidence-note-{place}", f"evidence-who-{place}"
    if state.widget(said) is None:
        state.put(said, note.note if note else "")
        state.put(witness, note.witness if note and note.witness else None)
    with box:
        st.text_area(
            words.say("learning.evidence.note"),
            key=said,
            max_chars=LONGEST,
            placeholder=words.say("learning.evidence.placeholder"),
            on_change="ignore",
        )
        names = sorted({*known(), *([note.witness] if note and note.witness else [])})
        st.selectbox(
            words.say("learning.evidence.witness"),
            names,
            index=None,
            key=witness,
            accept_new_options=True,
            placeholder=words.say("team.training.type_name"),
            on_change="ignore",
        )
        st.button(
            words.say("team.actions.save"),
            key=f"evidence-save-{place}",
            type="primary",
            on_click=_save,
            args=(key, place, note.version if note else None),
        )
        _earlier(key, words)


def _earlier(key: tuple[str, str, str], words: Words) -> None:
    """What was written before, the newest first; what lost to somebody faster, too."""
    lines = []
    for each in reversed(context.home().workspace.learning.wordings(key)[:-1]):
        if each.content["note"]:
            day = day_words(each.at.date(), words)
            told = words.say("learning.written", who=each.who, day=day)
            lines.append(f"<li>{text_html(each.content['note'])} · {marks.escape(told)}</li>")
    if lines:
        head = marks.escape(words.say("learning.evidence.earlier"))
        st.html(f'<div class="sd-note">{head}<ul class="sd-list">{"".join(lines)}</ul></div>')


def _save(key: tuple[str, str, str], place: str, version: int | None) -> None:
    said, witness = f"evidence-note-{place}", f"evidence-who-{place}"
    written = str(state.widget(said) or ""), str(state.widget(witness) or "")
    store = context.home().workspace.learning
    if writing.save(PLACE, lambda stamp: store.state(key, written, stamp, version or 0)):
        state.forget(said)
        state.forget(witness)
        state.put(f"evidence-{place}", value=False)


def _link(address: str) -> str:
    """A link that is shown by its host, so that a long address does not fill the line."""
    shown = urlsplit(address)
    host = shown.hostname or address
    text = host if shown.path in ("", "/") else f"{host}/…"
    return (
        f'<a href="{marks.escape(address)}" target="_blank" rel="noopener noreferrer" '
        f'title="{marks.escape(address)}">{marks.escape(text)}</a>'
    )
