"""What only the person knows: one radio a question; an answer is taken at once."""

import streamlit as st

from salesdash import texts
from salesdash.commands.importing import question_text
from salesdash.datasets import DATASETS
from salesdash.imports import Staged
from salesdash.ingest import Question
from salesdash.metrics import Unit
from salesdash.ui import cards, context, state
from salesdash.ui.imports import draft
from salesdash.ui.imports.draft import Draft

CODES = ("dmy", "mdy", "ymd", "open", "won", "lost", "yes", "blank", "reject")
WORDED = {**dict(zip(CODES, CODES, strict=True)), ".": "point", ",": "comma"}
"""Options that are codes, and their text keys under `question.option`; others are headers."""


def ask(file: Draft, found: Staged) -> None:
    """All open questions of a file."""
    if not found.questions:
        return
    words = context.words()
    with cards.card("questions", words.say("imports_page.asked.card")):
        for number, question in enumerate(found.questions):
            _ask(file, question, number)


def _ask(file: Draft, question: Question, number: int) -> None:
    lang = context.lang()
    if question.id == "stages":
        _ask_stages(file, question)
        return
    key = f"question-{question.id}-{number}-{file.token}"
    values = {name: texts.markdown_safe(value) for name, value in question.values.items()}
    st.radio(
        question_text(question, lang, **values),
        question.options,
        index=None,
        format_func=lambda code: option(code, lang),
        key=key,
        on_change=_answer,
        args=(question, key),
        captions=_sums(question),
    )
    if question.samples:
        samples = "  ·  ".join(texts.markdown_safe(sample) for sample in question.samples[:5])
        st.markdown(f":small[:gray[{texts.t('imports_page.asked.samples', lang)} {samples}]]")


def _sums(question: Question) -> list[str] | None:
    """What the columns to choose from add up to."""
    words = context.words()
    totals = [words.value(total, Unit.MONEY, "exact") for total in question.totals]
    said = [words.say("imports_page.asked.sum", total=texts.markdown_safe(t)) for t in totals]
    return said or None


def _ask_stages(file: Draft, question: Question) -> None:
    """What each stage means: still open, won or lost; those answered stay as answered."""
    lang = context.lang()
    values = {name: texts.markdown_safe(value) for name, value in question.values.items()}
    st.markdown(question_text(question, lang, **values))
    for number, stage in enumerate(question.samples):
        key = f"stage-{number}-{len(file.stages)}-{file.token}"
        st.segmented_control(
            texts.markdown_safe(stage),
            question.options,
            format_func=lambda code: option(code, lang),
            key=key,
            on_change=_explain,
            args=(stage, key),
        )


def option(code: str, lang: str) -> str:
    """An answer in words; a header as it stands in the file."""
    if code in WORDED:
        return texts.t(f"question.option.{WORDED[code]}", lang)
    if code in DATASETS:
        return texts.t(f"datasets.{code}", lang)
    key = f"imports_page.mode.{code}"
    return texts.t(key, lang) if key in texts.catalog(lang) else texts.markdown_safe(code)


def _explain(stage: str, key: str) -> None:
    outcome = state.widget(key)
    if outcome is not None:
        draft.change(lambda file: file.means(stage, outcome))


def _answer(question: Question, key: str) -> None:
    answer = state.widget(key)
    if question.id.startswith("words:") and answer is not None:
        header, field = question.column or "", f"{question.values['field']}@words={answer}"
        draft.change(lambda file: file.maps(header, field))
        return
    draft.change(lambda file: file.says(question.id, answer))
