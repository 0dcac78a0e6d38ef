"""What works for us: verdicts added up by kind of action, and the actions behind them."""

from collections.abc import Callable, Iterator

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import works
from salesdash.analysis.works import By, Kind, One, Works
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.ui import cards, context, marks, state
from salesdash.ui.effects import told
from salesdash.ui.marks import Cell

LISTED = 30
VIEW = "works"
"""What the address calls this view of the actions."""


def show(switch: Callable[[], None]) -> None:
    """The sentence, kinds of actions with their verdicts, then each action that was judged.

    `switch` draws the way to the other views.
    """
    words, found = context.words(), _asked()
    st.html(marks.headline(words.tell(found.headline), words.tell(found.lead)))
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="works-choice"
    ):
        if found.kinds:
            _by(found.by, words)
        st.space("stretch")
        switch()
    if not found.kinds:
        return
    note = words.say("effect.works.note", few=works.FEW)
    with cards.card("works", words.say("effect.works.title"), note):
        st.html(marks.table(_header(words), [list(_kind(kind, words)) for kind in found.kinds]))
    with cards.card("judged", words.say("effect.works.judged"), words.say("effect.works.newest")):
        ones = sorted((o for kind in found.kinds for o in kind.ones), key=lambda o: -o.action)
        for one in ones[:LISTED]:
            _one(one, words)


def _by(by: By, words: Words) -> None:
    st.segmented_control(
        words.say("effect.works.by.label"),
        [each.value for each in By],
        format_func=lambda code: words.say(f"effect.works.by.{code}"),
        key=state.works_by.seed(by.value),
        on_change=state.works_by.take,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def _asked() -> Works:
    stores = context.home().workspace
    codes = [by.value for by in By]
    by = By(state.works_by.get()) if state.works_by.get() in codes else By.METRIC
    judged = context.remembered(("judged", stores.verdicts.state()), stores.verdicts.newest)
    return works.build(stores.actions.all(), judged, by)


def _header(words: Words) -> list[Cell]:
    names = ("judged", "worked", "did_not", "share", "sum")
    head = Cell(words.say("effect.works.kind"), "key")
    return [head, *(Cell(words.say(f"effect.works.heads.{name}"), "num") for name in names)]


def _kind(kind: Kind, words: Words) -> Iterator[Cell]:
    yield Cell(words.tell(kind.name), "key")
    for count in (kind.judged, kind.worked, kind.did_not):
        yield Cell(str(count), "num")
    share = words.say("effect.works.too_few")
    yield Cell(share if kind.share is None else formats.share(kind.share, words.lang), "num")
    yield Cell(_sum(kind, words), "num")


def _sum(kind: Kind, words: Words) -> str:
    if kind.sum is None:
        return formats.DASH
    values = {n: words.value(getattr(kind.sum, n), kind.unit, "signed") for n in ("low", "high")}
    middle = words.value(kind.sum.middle, kind.unit, "signed")
    return words.say("effect.works.sum", middle=middle, **values)


def _one(one: One, words: Words) -> None:
    """The action with its verdict and what was measured."""
    effect = one.effect
    parts = [words.tell(effect.title)]
    if effect.change is not None:
        share = effect.unit is Unit.SHARE
        change = effect.change.middle
        parts.append(words.points(change) if share else words.change(change))
    if one.owner:
        parts.insert(0, one.owner)
    chip = told.chip(one.word, words.say(f"effect.verdict.{one.word.value}"))
    about = marks.escape(" · ".join(parts))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            texts.markdown_safe(one.text),
            key=f"judged-{one.action}",
            type="tertiary",
            icon=":material/task_alt:",
            on_click=_look,
            args=(one.action,),
        )
        st.html(f'<span class="sd-note">{about}</span> {chip}', width="content")


def _look(number: int) -> None:
    """Show the page of an action; for `on_click`."""
    state.action.set(str(number))
    state.touched.set(value=True)
