"""The minutes of a meeting as a document: figures, notes, decisions, actions; no charts."""

from collections.abc import Iterator

from salesdash import formats
from salesdash.analysis.minutes import Entry, Minutes, Shown
from salesdash.charts import Words
from salesdash.documents import held, lines
from salesdash.documents.blocks import (
    Block,
    Document,
    Footnotes,
    Heading,
    Item,
    Label,
    OwnWords,
    Paragraph,
)
from salesdash.documents.speech import moment, spoken


def document(minutes: Minutes, lang: str) -> Document:
    """The whole of it; the same minutes give the same document."""
    words = spoken(minutes, lang)
    blocks = [*_head(minutes, words)]
    for number, line in enumerate(minutes.lines, start=1):
        blocks += _line(number, line, minutes, words)
    blocks += _foot(minutes, words)
    return Document(title(minutes, words), lang, tuple(blocks))


def title(minutes: Minutes, words: Words) -> str:
    """Weekly sales meeting · 16–22 Nov 2026."""
    days = formats.date_range(minutes.window.period, words.lang, "exact")
    return f"{minutes.name[words.lang]} · {days}"


def _head(minutes: Minutes, words: Words) -> Iterator[Block]:
    yield Heading(title(minutes, words), 1)
    marks = [words.say("team.minutes.cut", number=minutes.selection.cut or 0)]
    for key, mark in (("opened", minutes.opened), ("closed", minutes.closed)):
        if mark is not None:
            at = moment(mark.at, words.lang)
            marks.append(words.say(f"team.minutes.{key}", at=at, who=mark.who))
    yield Paragraph(" · ".join(marks), quiet=True)
    if minutes.present:
        people = words.say("ui.list_comma").join(minutes.present)
        yield Paragraph(words.say("team.minutes.present", people=people), quiet=True)
    yield from held.went(minutes, words)
    lead = words.tell(minutes.lead) if minutes.lead else ""
    yield Paragraph(lead, strong=words.tell(minutes.headline))


def _line(number: int, line: Shown, minutes: Minutes, words: Words) -> Iterator[Block]:
    yield Heading(line.title[words.lang], 2, number)
    blocks = [
        *held.line(line, minutes.closed, words),
        *lines.filled(line, minutes, words),
        *_text("note", line.note, words),
        *_text("decision", line.decision, words),
    ]
    if line.actions:
        blocks += [
            Label(words.say("team.minutes.actions")),
            *lines.promised(line.actions, minutes, words),
        ]
    yield from blocks or [Paragraph(words.say("team.minutes.nothing"), quiet=True)]


def _text(field: str, entry: Entry, words: Words) -> Iterator[Block]:
    if entry.text.strip():
        yield OwnWords(words.say(f"team.minutes.{field}"), entry.text)


def _foot(minutes: Minutes, words: Words) -> Iterator[Block]:
    """What people thought of it, and what the figures meant when they were made."""
    if minutes.ratings:
        yield Paragraph(held.rated(minutes.ratings, words))
    shown = dict.fromkeys(tile.metric for line in minutes.lines for tile in line.tiles)
    known = {metric.id: metric for metric in minutes.definitions}
    meanings = tuple(
        Item(f"{known[name].name[words.lang]}: {known[name].formula[words.lang]}")
        for name in shown
        if name in known
    )
    if meanings:
        yield Footnotes(words.say("team.minutes.definitions", hash=minutes.hash), meanings)
