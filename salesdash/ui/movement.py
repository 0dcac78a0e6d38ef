"""Pipeline movement as tables that print: parts with floating bars, and their largest deals."""

import streamlit as st

from salesdash.analysis.moved import Movement
from salesdash.charts import Words
from salesdash.charts.roles import Role
from salesdash.charts.waterfall import DEALS, Step, deals_of, figure, reach, steps
from salesdash.metrics import Unit
from salesdash.ui import marks
from salesdash.ui.marks import Bar, Cell, Tone

_TONES: dict[Role, Tone] = {
    "good": "good",
    "bad": "bad",
    "warn": "warning",
    "reference": "muted",
    "current": "neutral",
}
_THICK = 0.012
"""Thickness of a level, as a part of the axis."""

_DEALS = ("part", "key", "opt", "num", "num opt", "num opt", "opt", "num opt", "then opt")
"""How the columns of deals look; a phone shows part, deal and amount."""


def show(answer: Movement, words: Words) -> None:
    """The sentence, the parts, the deals, and what is not known."""
    quiet = "" if answer.moved else " sd-muted"
    told = marks.escape(words.tell(answer.headline))
    st.html(f'<div class="sd-body{quiet}">{told}</div>')
    if answer.moved:
        st.html(parts(answer, words))
        st.html(deals(answer, words))
    notes(answer, words)


def parts(answer: Movement, words: Words) -> str:
    """Opening, parts and closing, each with its deals and a bar from where to where.

    Where no deal states an amount the deals are the figure, and stand there once.
    """
    found = steps(answer, words)
    low, high = reach(found)
    kinds = {"part": "key part", "deals": "num opt", "amount": "num"}
    if not answer.priced:
        kinds = {"part": "key part", "deals": "num"}
    header = [*(Cell(words.say(f"movement.tip.{name}"), kinds[name]) for name in kinds), Cell("")]
    rows = []
    for step in found:
        deals = [Cell(words.value(step.deals, Unit.COUNT, "exact"), "num opt")]
        rows.append(
            [
                Cell(step.name, "key part"),
                *(deals if answer.priced else ()),
                Cell(figure(answer, step, words), "num"),
                Cell("", "bare", bar=_bar(step, low, high)),
            ]
        )
    return marks.table(header, rows)


def deals(answer: Movement, words: Words) -> str:
    """The largest deals of each part; only its first row says which part it is.

    A file that showed all of them is said once, below.
    """
    heads = [words.say("movement.tip.part")]
    heads += [words.say(f"movement.deal.{name}") for name in DEALS]
    rows = []
    for part in answer.moved:
        name = words.say(f"movement.part.{part.kind}")
        for place, cells in enumerate(deals_of(answer, part.kind, words).shown):
            rows.append(("" if place else name, *cells))
    files = {row[-1] for row in rows}
    kinds = _DEALS if len(files) > 1 else _DEALS[:-1]
    header = [Cell(head, kind) for head, kind in zip(heads, kinds, strict=False)]
    body = [[Cell(text, kind) for text, kind in zip(row, kinds, strict=False)] for row in rows]
    source = words.say("movement.source", file=files.pop()) if len(files) == 1 else ""
    note = f'<div class="sd-note">{marks.escape(source)}</div>' if source else ""
    return marks.table(header, body) + note


def notes(answer: Movement, words: Words) -> None:
    """What is not known, or left out."""
    for note in answer.notes:
        st.html(f'<div class="sd-note">{marks.escape(words.tell(note))}</div>')


def _bar(step: Step, low: float, high: float) -> Bar:
    """From where to where on the axis; the line stands where the next step begins."""
    start, end = ((value - low) / (high - low) for value in (step.start, step.end))
    if step.is_end:
        return Bar(end - _THICK / 2, _THICK, end, _TONES[step.role])
    return Bar(min(start, end), abs(end - start), end, _TONES[step.role])
