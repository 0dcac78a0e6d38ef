"""The last screen of a meeting: what was decided, who does what until when, and the end of it."""

import streamlit as st

from salesdash.analysis.minutes import Minutes, Shown
from salesdash.charts import Words
from salesdash.ui import actions, context, marks, people, writing
from salesdash.ui.marks import Cell
from salesdash.ui.meetings import sheet
from salesdash.workspace import Meeting

PLACE = "closing"


def draw(meeting: Meeting, found: Minutes, words: Words) -> None:
    """Decisions and actions as they stand now; those of a closed meeting as they were kept."""
    st.html(f'<h1 class="sd-headline">{marks.escape(words.say("present.closing.title"))}</h1>')
    _decisions(_decided(meeting, found), words)
    st.html(marks.head(words.say("present.closing.actions")))
    ready = found.closed is None and (bool(people.who()) or writing.ready())
    _promised(found, words)
    sheet.rated(meeting, found, words, ready=ready)
    writing.told(sheet.PLACE)
    sheet.foot(meeting, found, words, ready=ready)


def _decided(meeting: Meeting, found: Minutes) -> list[tuple[Shown, str]]:
    """Each decision with its line, in the order of the agenda."""
    if found.closed is not None:
        pairs = [(line, line.decision.text) for line in found.lines]
    else:
        store = context.home().workspace.meetings
        texts = {t.line: t.text for t in store.texts(meeting.id) if t.field == "decision"}
        pairs = [(line, texts.get(line.line, "")) for line in found.lines]
    return [(line, text) for line, text in pairs if text.strip()]


def _decisions(decided: list[tuple[Shown, str]], words: Words) -> None:
    if not decided:
        _quiet(words.say("present.closing.undecided"))
        return
    header = [Cell(words.say(f"present.closing.{name}"), "key") for name in ("line", "decision")]
    rows = [[Cell(line.title[words.lang], "key"), Cell(text, "lines")] for line, text in decided]
    st.html(marks.table(header, rows))


def _promised(found: Minutes, words: Words) -> None:
    """The actions of this meeting, to be ticked while it is open."""
    if found.closed is not None:
        rows = [row for line in found.lines for row in line.actions]
        ids: tuple[int, ...] = tuple(row.id for row in rows)
        if rows:
            st.html(actions.table(rows, words))
    else:
        mine = {line.line for line in found.lines}
        promised = context.home().workspace.actions.all()
        ids = tuple(each.id for each in promised if each.line in mine)
        if ids:
            st.fragment(actions.ticked, key=PLACE)(ids, PLACE)
    if not ids:
        _quiet(words.say("present.closing.unpromised"))


def _quiet(text: str) -> None:
    st.html(f'<div class="sd-body sd-muted">{marks.escape(text)}</div>')
