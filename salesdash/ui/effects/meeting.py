"""Verdicts in a meeting: what each action was to move, what became of it, and the question."""

from datetime import date

import streamlit as st

from salesdash.analysis.agenda.verdicts import Awaited
from salesdash.analysis.asking import Question
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.charts import Words
from salesdash.ui import context, marks, url
from salesdash.ui.effects import told
from salesdash.ui.effects.asking import Asking
from salesdash.ui.effects.section import chart
from salesdash.workspace import Judged


def show(line: Shown, found: Minutes, words: Words) -> None:
    """A part for each action; while the meeting is open each asks for its verdict by itself."""
    if not line.verdicts:
        quiet = marks.escape(words.say("effect.meeting.none"))
        st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
    for awaited in line.verdicts:
        if found.closed is not None or found.opened is None:
            st.html(_closed(awaited, words))
        else:
            key = f"verdict-{line.line}-{awaited.action}"
            st.fragment(_asked, key=key)(awaited, found, f"line{line.line}")


def _closed(awaited: Awaited, words: Words) -> str:
    """As it stood when the meeting was closed."""
    effect = told.whole(awaited.effect, words)
    if awaited.word is None:
        said = f'<div class="sd-body">{marks.escape(words.say("effect.meeting.not_said"))}</div>'
    else:
        chip = told.by(awaited.who, awaited.word, words)
        note = marks.escape(awaited.note)
        said = f'<div class="sd-body">{chip}</div><div class="sd-body sd-written">{note}</div>'
    return f"{_head(awaited, words)}{effect}{said}"


def _head(awaited: Awaited, words: Words) -> str:
    about = words.tell(awaited.effect.title)
    owner = f"{awaited.owner} · " if awaited.owner else ""
    return (
        f'<div class="sd-body"><b>{marks.escape(awaited.text)}</b> '
        f'<span class="sd-small">{marks.escape(owner + about)}</span></div>'
    )


def _asked(awaited: Awaited, found: Minutes, place: str) -> None:
    words, question = context.words(), _question(found)
    asking = Asking(awaited.action, place, question)
    effect = asking.effect() or awaited.effect  # somebody may have changed the action meanwhile
    st.html(_head(awaited, words) + told.whole(effect, words))
    chart(f"effect-{place}-{awaited.action}", effect, asking, words)
    said = _said(asking, found)
    if said is not None:
        st.html(told.said(said, words))
    verdicts = asking.verdicts()
    if said is None:
        asking.form(effect, words, verdicts[0] if verdicts else None)
    st.page_link(
        "pages/actions.py",
        label=words.say("effect.meeting.open"),
        icon=":material/open_in_new:",
        query_params=url.query("actions", {"action": str(awaited.action)}),
    )


def _question(found: Minutes) -> Question:
    """As the meeting asks: on the day it was opened, at its cut."""
    opened = found.opened
    day: date = opened.at.date() if opened is not None else context.today()
    return Question(context.warehouse(), context.settings(), found.selection, day)


def _said(asking: Asking, found: Minutes) -> Judged | None:
    """The verdict given since the meeting was opened."""
    verdicts, opened = asking.verdicts(), found.opened
    newest = verdicts[0] if verdicts else None
    return newest if newest is not None and opened is not None and newest.at >= opened.at else None
