"""The SMART check under the fields of a goal: five lines that follow what is typed."""

import streamlit as st

from salesdash.analysis import record, smart
from salesdash.analysis.record import Record
from salesdash.analysis.smart import Around, Draft, Line
from salesdash.charts import Words
from salesdash.ui import context, marks
from salesdash.ui.goals import asking


def show(draft: Draft, words: Words) -> None:
    """The five lines; the data are asked when figure, scope or period change, for all at once."""
    around = Around(context.settings(), asking.store().standing(), context.today())
    lines = smart.check(draft, _record(draft, around), around)
    st.html(marks.head(words.say("smart.title"), words.say("smart.note"), level=3))
    body = "".join(_line(each, words) for each in lines)
    st.html(f'<dl class="sd-smart" aria-live="polite">{body}</dl>')


def _record(draft: Draft, around: Around) -> Record | None:
    about = smart.asked(draft, around)
    if about is None:
        return None

    def ask() -> Record:
        return record.build(context.warehouse(), context.settings(), about, context.today())

    return context.remembered(("smart", *about), ask)


def _line(line: Line, words: Words) -> str:
    name = marks.escape(words.say(f"smart.letter.{line.letter}"))
    chip = marks.chip(line.judgement, words.tell(line.word))
    text = marks.escape(words.tell(line.text))
    return f"<dt>{name}</dt><dd>{chip}<span>{text}</span></dd>"
