"""Stages become outcomes: what was said, what a profile knows, what the word says; else asked."""

import re
from collections.abc import Mapping as Words

from salesdash.datasets.keys import folded
from salesdash.ingest.headers import plain
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import Outcome, Overrides, Question, StageRule
from salesdash.ingest.mapping.profiles import plain_names

YES_NO = frozenset(("1", "0", "yes", "no", "y", "n", "true", "false", "是", "否"))

OUTCOMES: tuple[Outcome, ...] = ("open", "won", "lost")

_LOST = re.compile(r"\blost\b|\bdisqualified\b|输单|丢单|失单|流失|战败|无效|作废")
_WON = re.compile(r"\bwon\b|赢单|成交|签约|签单")
_NOT_YET = re.compile(
    r"\bnot\b|\bnearly\b|\balmost\b|\bexpected\b|\bpending\b|未|待|预|准备|即将|可能|拟|非"
)
"""Words that turn the meaning of another: nobody guesses then."""

_NOT_WON = re.compile(r"\bwon['’]t\b|\bno\b|\bcancel|不|没|无|失败|取消")
"""Words that undo a success; beside a loss they only say why (`Lost - no budget`)."""

_AROUND = re.compile(r"^\s*(?:[sS]?\d{1,2}\s*[.、:：)\-_]\s*)|\s*[(\[]?\s*\d{1,3}\s*%\s*[)\]]?\s*$")
"""What people put around a stage: its place before it, its probability behind it."""


def rule(draft: Draft, said: Overrides) -> StageRule:
    """What every known word means, and the words of the file that nobody explained."""
    known = {**_of(plain_names("deals").stages), **_of(draft.names.stages)}
    if draft.memory is not None and draft.memory.stages is not None:
        known |= draft.memory.stages.words
    known |= {folded(word): outcome for word, outcome in (said.stages or {}).items()}
    stages, outcomes = _words(draft, "stage"), _words(draft, "outcome")
    words = stages or outcomes
    for word in (word for word in words if folded(word) not in known):
        meaning = known.get(folded(_AROUND.sub("", plain(word)))) or by_word(word)
        known |= {folded(word): meaning} if meaning else {}
    codes = _of(draft.names.outcomes)
    if outcomes and {folded(word) for word in outcomes} <= YES_NO:
        codes |= _of(plain_names("deals").outcomes)
    said_by_outcome = {**known, **codes}
    if _is_full(draft, "outcome") and all(folded(word) in said_by_outcome for word in outcomes):
        return StageRule(known, codes, ())
    meant = known if stages else said_by_outcome
    asked = tuple(word for word in words if folded(word) not in meant)
    return StageRule(known, codes, asked)


def by_word(word: str) -> Outcome | None:
    """Won or lost, where the word says so and nothing in it turns that."""
    text = re.sub(r"[_\-]+", " ", plain(word).lower())
    if _NOT_YET.search(text):
        return None
    if _LOST.search(text):
        return "lost"
    return "won" if _WON.search(text) and not _NOT_WON.search(text) else None


def questions(found: StageRule, header: str) -> list[Question]:
    """One question for all stages that nobody explained."""
    if not found.asked:
        return []
    values = {"column": header, "stages": ", ".join(found.asked)}
    return [Question("stages", "question.stages", values, OUTCOMES, header, found.asked)]


def _words(draft: Draft, name: str) -> tuple[str, ...]:
    """All words of a column that decides the outcome; the first rows' where there are too many."""
    index = draft.places.get(name)
    if index is None:
        return ()
    profile = draft.table.profiles[index]
    values = profile.words or tuple(plain(row[index]) for row in draft.table.head)
    return tuple(dict.fromkeys(value for value in values if value))


def _is_full(draft: Draft, name: str) -> bool:
    """Whether a column says something in every row."""
    index = draft.places.get(name)
    return index is not None and draft.table.profiles[index].filled >= draft.table.books.rows


def _of(words: Words[str, str]) -> dict[str, Outcome]:
    return {word: outcome for word, outcome in words.items() if outcome in OUTCOMES}
