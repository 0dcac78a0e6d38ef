"""The minutes of a meeting as Markdown: figures, notes, decisions, actions; no charts."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from salesdash import formats
from salesdash.analysis.actions import Row
from salesdash.analysis.agenda.aims import Aim
from salesdash.analysis.agenda.trainings import Late
from salesdash.analysis.answers import Notice, Tile
from salesdash.analysis.looks import Look
from salesdash.analysis.minutes import Entry, Minutes, Shown
from salesdash.charts import Words
from salesdash.workspace import Standing

_BOXES = {Standing.OPEN: "[ ]", Standing.DONE: "[x]", Standing.DROPPED: "[-]"}
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|^#|^[-+](?=\s)|(?:(?<=^\d)|(?<=^\d\d))[.)](?=\s)")


def spoken(kept: Minutes | Look, lang: str) -> Words:
    """The words of a meeting or review: money, calendar and names of metrics as they were then."""
    names = tuple((metric.id, metric.name[lang]) for metric in kept.definitions)
    return Words(lang, kept.currency, kept.fiscal, names)


def markdown(minutes: Minutes, lang: str) -> str:
    """The whole document; the same minutes give the same text."""
    words = spoken(minutes, lang)
    parts = [_head(minutes, words)]
    parts += [
        _line(number, line, minutes, words) for number, line in enumerate(minutes.lines, start=1)
    ]
    parts.append(_foot(minutes, words))
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(minutes: Minutes, words: Words) -> str:
    days = formats.date_range(minutes.window.period, words.lang, "exact")
    facts = [f"# {plain(minutes.name[words.lang])} · {days}"]
    marks = [words.say("team.minutes.cut", number=minutes.selection.cut or 0)]
    for key, mark in (("opened", minutes.opened), ("closed", minutes.closed)):
        if mark is not None:
            at, who = moment(mark.at, words.lang), plain(mark.who)
            marks.append(words.say(f"team.minutes.{key}", at=at, who=who))
    facts.append(" · ".join(marks))
    if minutes.present:
        people = words.say("ui.list_comma").join(map(plain, minutes.present))
        facts.append(words.say("team.minutes.present", people=people))
    lead = f" {plain(words.tell(minutes.lead))}" if minutes.lead else ""
    facts.append(f"**{plain(words.tell(minutes.headline))}**{lead}")
    return "\n\n".join(facts)


def _line(number: int, line: Shown, minutes: Minutes, words: Words) -> str:
    parts = [f"## {number}. {plain(line.title[words.lang])}"]
    parts += [
        _tiles(line.tiles, minutes, words),
        _aims(line.aims, words),
        plain(words.tell(line.due)) if line.due else "",
        _bullets(_notice(each, words) for each in line.notices),
        _actions(line.promises, words),
        _bullets(plain(late(each, words)) for each in line.trainings),
        _text("note", line.note, words),
        _text("decision", line.decision, words),
    ]
    if line.actions:
        parts.append(f"**{words.say('team.minutes.actions')}**")
        parts.append(_actions(line.actions, words))
    if len([part for part in parts if part]) == 1:
        parts.append(words.say("team.minutes.nothing"))
    return "\n\n".join(part for part in parts if part)


def _tiles(tiles: tuple[Tile, ...], minutes: Minutes, words: Words) -> str:
    if not tiles:
        return ""
    heads = ("metric", "value", "change", "state")
    rows = [
        (
            plain(words.metric(tile.metric)),
            words.value(tile.figure.value, tile.unit, "exact"),
            _change(tile, minutes, words),
            words.tell(tile.status) if tile.status else "",
        )
        for tile in tiles
    ]
    return _table([words.say(f"team.minutes.{name}") for name in heads], rows)


def _change(tile: Tile, minutes: Minutes, words: Words) -> str:
    """The change, or why there is none (yet), or why there is no figure."""
    if tile.figure.value is None:
        return words.tell(tile.figure.reason) if tile.figure.reason else ""
    if tile.change is None:
        return words.tell(tile.maturing) if tile.maturing else ""
    if tile.change.absolute is None:
        reason = tile.change.then.reason
        return words.tell(reason) if reason else ""
    moved = words.moved(tile.change, tile.unit)
    return f"{moved} {words.versus(minutes.selection.comparison)}"


def _aims(aims: tuple[Aim, ...], words: Words) -> str:
    if not aims:
        return ""
    heads = ("goal", "period", "reached", "state")
    rows = [
        (
            plain(words.tell(aim.title)),
            formats.date_range(aim.window.period, words.lang, "exact"),
            formats.share(aim.reached, words.lang),
            " · ".join(words.tell(each) for each in (aim.word, aim.told) if each),
        )
        for aim in aims
    ]
    return _table([words.say(f"team.minutes.{name}") for name in heads], rows)


def _notice(notice: Notice, words: Words) -> str:
    told = [notice.text, notice.detail]
    return plain(" · ".join(words.tell(each) for each in told if each))


def late(training: Late, words: Words) -> str:
    """Bo: Negotiation, overdue since 12 Nov 2026, 5 items left."""
    course = training.course[words.lang]
    told = [words.say("team.training.whose", person=training.person, course=course)]
    if training.due is not None:
        told.append(words.say("team.minutes.overdue", day=day(training.due, words.lang)))
    told.append(words.say("team.training.left", count=training.left))
    return words.say("ui.list_comma").join(told)


def _actions(rows: tuple[Row, ...], words: Words) -> str:
    return _bullets(f"{_BOXES[row.state]} {_action(row, words)}" for row in rows)


def _action(row: Row, words: Words) -> str:
    facts = [plain(row.owner)] if row.owner else []
    if row.due is not None:
        key = "overdue" if row.overdue else "until"
        facts.append(words.say(f"team.minutes.{key}", day=day(row.due, words.lang)))
    if row.carried:
        facts.append(words.say("team.minutes.carried", count=row.carried))
    return " — ".join([plain(row.text), *([", ".join(facts)] if facts else [])])


def _text(field: str, entry: Entry, words: Words) -> str:
    if not entry.text.strip():
        return ""
    head = words.say(f"team.minutes.{field}")
    return f"**{head}**\n\n{_own_words(entry.text)}"


def _own_words(text: str) -> str:
    """What people wrote: their line breaks and lists stay, nothing else becomes markup."""
    lines = []
    for line in text.strip().splitlines():
        bullet = _BULLET.match(line)
        kept = bullet[0] if bullet else ""
        lines.append(kept + plain(line[len(kept) :]))
    return "  \n".join(lines)


def _foot(minutes: Minutes, words: Words) -> str:
    """What the figures meant when they were made."""
    shown = dict.fromkeys(tile.metric for line in minutes.lines for tile in line.tiles)
    known = {metric.id: metric for metric in minutes.definitions}
    meanings = _bullets(
        f"{plain(known[name].name[words.lang])}: {plain(known[name].formula[words.lang])}"
        for name in shown
        if name in known
    )
    if not meanings:
        return ""
    title = words.say("team.minutes.definitions", hash=minutes.hash)
    return f"---\n\n{title}\n\n{meanings}"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    names = tuple(heads)
    lines = (names, ("---",) * len(names), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def plain(text: str) -> str:
    """Words from outside on one line: what would be markup shows as the characters it is.

    Less is escaped than on the screen: minutes are also read as they are, in a mail or an editor.
    """
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(kept.split()))


def day(day: date, lang: str) -> str:
    """A day with its year: minutes are read later."""
    return formats.date(day, lang, "exact")


def moment(at: datetime, lang: str) -> str:
    """A day and the time of it."""
    return f"{formats.date(at.date(), lang, 'exact')} {at:%H:%M}"
