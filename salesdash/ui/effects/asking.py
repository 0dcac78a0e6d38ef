"""The effect of an action as it is asked here, and the form that keeps a verdict on it."""

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from salesdash.analysis import judging, kept
from salesdash.analysis.asking import Question
from salesdash.analysis.judging import Case
from salesdash.analysis.ruling import Effect
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import context, people, state, writing
from salesdash.workspace import Judged, Stamp, Verdict

HEIGHT = 80


@dataclass(frozen=True)
class Asking:
    """An action asked about at a `place` of the screen; `question`: on which day and cut."""

    action: int
    place: str
    question: Question

    @classmethod
    def now(cls, action: int, place: str) -> "Asking":
        """With the newest data, today."""
        known = context.warehouse(), context.settings(), Selection(None), context.today()
        return cls(action, place, Question(*known))

    @cached_property
    def case(self) -> Case | None:
        """What is to be judged; None for an action that nothing can be said of."""
        asked = judging.trials(context.home().workspace.actions.all())
        return Case.of(self.question, self.action, asked) if self.action in asked else None

    @property
    def key(self) -> str:
        """Part of the keys of its widgets."""
        return f"{self.place}-{self.action}"

    def effect(self) -> Effect | None:
        """What is to be seen of it."""
        return None if self.case is None else context.remembered(self.case.key, self.case.effect)

    def verdicts(self) -> tuple[Judged, ...]:
        """What was said, the newest first."""
        return context.home().workspace.verdicts.of(self.action)

    def form(self, found: Effect, words: Words, last: Judged | None) -> None:
        """The verdict, a note, and a button that keeps both with what is seen."""
        version = last.version if last is not None else 0
        key = f"{self.key}-{version}"
        writing.told(self._written)
        st.segmented_control(
            words.say("effect.form.word"),
            [word.value for word in Verdict],
            default=(last.word if last is not None else found.verdict).value,
            format_func=lambda code: words.say(f"effect.verdict.{code}"),
            key=f"verdict-{key}",
            required=True,
        )
        st.text_area(
            words.say("effect.form.note"),
            value=last.note if last is not None else "",
            height=HEIGHT,
            placeholder=words.say("effect.form.note_hint"),
            key=f"verdict-note-{key}",
            max_chars=1000,
        )
        people.ask(f"who-verdict-{self.key}")
        st.button(
            words.say("effect.form.correct" if last is not None else "effect.form.save"),
            key=f"verdict-save-{key}",
            type="primary",
            on_click=self._save,
            args=(key, version),
        )

    @property
    def _written(self) -> str:
        return f"verdict-{self.key}"

    def _save(self, key: str, version: int) -> None:
        """Keep it; for `on_click`."""
        found, case = self.effect(), self.case
        word = state.widget(f"verdict-{key}")
        if found is None or case is None or not word:
            return
        note = str(state.widget(f"verdict-note-{key}") or "")
        seen = kept.proof(case.evidence(found, context.here().currency))
        said = (Verdict(word), found.verdict, note)
        store = context.home().workspace.verdicts

        def write(stamp: Stamp) -> None:
            store.give(self.action, seen, said, stamp, version)

        writing.save(self._written, write)
