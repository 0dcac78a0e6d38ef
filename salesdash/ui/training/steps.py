"""What was done to many at once: who gave or brought what, and the way back."""

import streamlit as st

from salesdash import formats
from salesdash.charts import Words
from salesdash.ui import context, marks, writing
from salesdash.ui.training import asking
from salesdash.ui.training.asking import PLACE
from salesdash.workspace import Step

SHOWN = 6


def popover(words: Words, *, ready: bool) -> None:
    """The newest steps, each with its undo."""
    found = context.home().workspace.learning.steps()
    if not found:
        return
    box = st.popover(
        words.say("learning.steps"),
        icon=":material/history:",
        key="steps-popover",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        for step in found[:SHOWN]:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"step-{step.id}"
            ):
                st.html(f'<div class="sd-body">{marks.escape(_told(step, words))}</div>')
                if not step.undone:
                    st.button(
                        words.say("learning.undo"),
                        key=f"undo-step-{step.id}",
                        type="tertiary",
                        icon=":material/undo:",
                        on_click=_undo,
                        args=(step.id,),
                        disabled=not ready,
                    )


def _told(step: Step, words: Words) -> str:
    day = formats.date(step.made_at.date(), words.lang, this_year=context.today().year)
    facts = {"count": len(step.changes), "who": step.made_by, "day": day, "file": step.file or ""}
    told = words.say(f"learning.step.{step.kind.value}", **facts)
    return words.say("learning.step.undone", step=told, who=step.who) if step.undone else told


def _undo(number: int) -> None:
    store, words = context.home().workspace.learning, context.words()
    changed: list[int] = []
    if writing.save(PLACE, lambda stamp: changed.append(store.undo(number, stamp))):
        asking.tell(words.say("learning.undone", count=changed[0]))
