"""Open deals that should be closed by now, each with the file and record it came from."""

import streamlit as st

from salesdash import formats
from salesdash.analysis.answers import Reason
from salesdash.analysis.pipeline import Late, Pipeline
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, deals, marks
from salesdash.ui.marks import Cell
from salesdash.ui.pipeline import parts
from salesdash.warehouse.deals import OPEN, Which

_LATE = {
    "deal": "key",
    "customer": "opt",
    "person": "opt",
    "stage": "opt",
    "amount": "num",
    "expected": "num opt",
    "days": "num",
    "pushed": "num opt",
    "source": "then opt",
}
"""Columns of late deals and how they look; a phone shows deal, amount and days."""


def draw(answer: Pipeline, selection: Selection) -> None:
    """Open deals that should be closed by now, each with the file and record it came from."""
    words, whole = context.words(), answer.standing
    amount = words.value(whole.overdue_amount, Unit.MONEY)
    note = words.say("pipeline.late.note", count=whole.overdue, amount=amount)
    with cards.card("late", words.say("pipeline.late.title"), note if whole.overdue else ""):
        if not answer.late:
            parts.quiet(words.say(f"pipeline.late.{'none' if whole.expected else 'undated'}"))
            return
        st.html(marks.table(*_late_table(answer.late, words)))
        with cards.tools("late"):
            topic = agenda.topic(Reason("pipeline.late.title"), selection)
            agenda.tool("late", "pipeline", topic, {"card": "late"})()
            st.button(
                words.say("pipeline.late.all", count=whole.overdue),
                key="late-all",
                type="tertiary",
                icon=":material/table_rows:",
                on_click=deals.show,
                args=(words.say("pipeline.rows.late"), Which(OPEN, overdue=True)),
            )
            title = words.say("pipeline.rows.late")
            deals.download("late-csv", selection, Which(OPEN, overdue=True), title)


def _late_table(found: tuple[Late, ...], words: Words) -> tuple[list[Cell], list[list[Cell]]]:
    """The columns of `_LATE` that tell something: no customers where names have them, no pushes."""
    told = all(one.customer is None or one.customer in (one.deal or "") for one in found)
    left = {"customer"} if told else set[str]()
    if not any(one.pushed for one in found):
        left.add("pushed")
    kinds = {name: kind for name, kind in _LATE.items() if name not in left}
    files = {event.id: event.file_name for event in context.home().done()}
    rows = [_late_row(one, files, words) for one in found]
    header = [Cell(words.say(f"pipeline.late.{name}"), kind) for name, kind in kinds.items()]
    body = [[Cell(row[name] or formats.DASH, kind) for name, kind in kinds.items()] for row in rows]
    return header, body


def _late_row(one: Late, files: dict[int, str | None], words: Words) -> dict[str, str | None]:
    file = files.get(one.event) or f"{words.say('ui.rows.event')} {one.event}"
    return {
        "deal": one.deal,
        "customer": one.customer,
        "person": one.person,
        "stage": one.stage,
        "amount": words.value(one.amount, Unit.MONEY),
        "expected": formats.date(one.expected, words.lang, "exact"),
        "days": words.value(one.days, Unit.DAYS),
        "pushed": words.say("movement.times", count=one.pushed) if one.pushed else None,
        "source": words.say("pipeline.late.record", file=file, record=one.record),
    }
