"""The trail: filters, pages of a hundred by day, everything that was found as CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

import streamlit as st

from salesdash import documents, formats, periods
from salesdash.analysis import plans
from salesdash.analysis import trail as analysing
from salesdash.analysis.trail import KINDS, Line, kind_of
from salesdash.charts import Words
from salesdash.commands.tables import csv_text
from salesdash.selection import numbered
from salesdash.ui import cards, context, exports, marks, state, url
from salesdash.ui.marks import Cell
from salesdash.workspace import Wanted
from salesdash.workspace.trail import Page, tables

PAGE, AT_ONCE, ALL = "trail", 100, 1_000_000
EVERYTHING = ""
DAY_FORMAT = "YYYY-MM-DD"
SLOTS = (state.trail_who, state.trail_kind, state.trail_days, state.trail_text, state.trail_skip)


@dataclass(frozen=True)
class Found:
    """What is wanted, one page of it, and the first one passed over."""

    wanted: Wanted
    skip: int
    page: Page


def opening() -> None:
    """How much there is, and the last thing that happened."""
    words = context.words()
    newest = context.home().workspace.trail.page(Wanted(), count=1)
    if not newest.writes:
        st.html(marks.headline(words.say("trail.none"), words.say("trail.none_lead")))
        return
    last = newest.writes[0]
    at = documents.moment(last.at, words.lang)
    said = words.say("trail.headline", count=newest.total, who=last.who, at=at)
    st.html(marks.headline(said, words.say("trail.lead")))
    _filters(words)


def found() -> Found:
    """One page of what is wanted."""
    wanted = _wanted()
    skip = numbered(state.trail_skip.get()) or 0
    return Found(wanted, skip, context.home().workspace.trail.page(wanted, skip, AT_ONCE))


def listed(found: Found) -> None:
    """The page by day, the way to the others, and all of it as a file."""
    words, page = context.words(), found.page
    if not page.total:
        if found.wanted != Wanted():
            quiet = marks.escape(words.say("trail.nothing_found"))
            st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
        return
    lines = _lines(page)
    title, note = words.say("trail.title", count=page.total), _place(found, words)
    with cards.card("trail", title, note):
        header = [Cell(words.say(f"trail.{name}")) for name in ("when", "who", "what")]
        for day, of_day in groupby(lines, key=lambda line: line.at.date()):
            told = formats.date(day, words.lang, "exact")
            table = marks.table(header, [_row(line, words) for line in of_day])
            st.html(f'<div class="sd-trail">{marks.head(told, level=3)}{table}</div>')
        with cards.tools("trail"):
            _turn(found, words)
            name = exports.file_name("trail", "csv", found.wanted, page.total)
            cards.download("trail", words.say("trail.csv"), name, partial(_csv, found.wanted))


def _lines(page: Page) -> tuple[Line, ...]:
    known = context.settings()
    names = plans.names(known, context.home().workspace.templates.all())
    return analysing.build(page, known, names)


def _place(found: Found, words: Words) -> str:
    last = found.skip + len(found.page.writes)
    if last - found.skip == found.page.total:
        return ""
    return words.say("trail.between", first=found.skip + 1, last=last, count=found.page.total)


def _row(line: Line, words: Words) -> list[Cell]:
    told, changes = words.tell(line.told), _changes(line, words)
    if not line.kept:
        told = words.say("trail.aside", told=told)
    link = ""
    if line.link is not None:
        page, codes = line.link
        link = url.address(page, url.query(page, codes, ()))
    return [
        Cell(f"{line.at:%H:%M}", "then"),
        Cell(line.who, "key"),
        Cell(told, note=changes, link=link, tone=None if line.kept else "warning"),
    ]


def _changes(line: Line, words: Words) -> str:
    return words.say("trail.and").join(words.tell(turn) for turn in line.turns)


def _turn(found: Found, words: Words) -> None:
    """To newer and older ones."""
    for name, skip, more in (
        ("newer", found.skip - AT_ONCE, found.skip > 0),
        ("older", found.skip + AT_ONCE, found.skip + AT_ONCE < found.page.total),
    ):
        if more:
            st.button(
                words.say(f"trail.{name}"),
                key=f"trail-{name}",
                type="tertiary",
                icon=f":material/{'chevron_left' if name == 'newer' else 'chevron_right'}:",
                on_click=_go,
                args=(max(skip, 0),),
            )


def _go(skip: int) -> None:
    state.trail_skip.set(str(skip) if skip else "")
    state.touched.set(value=True)


def _filters(words: Words) -> None:
    """By person, kind, days and text; each choice begins at the newest again."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="trail-bar"):
        people = context.home().workspace.trail.people()
        everybody = words.say("trail.filter.everybody")
        st.selectbox(
            words.say("trail.filter.who"),
            (EVERYTHING, *people),
            format_func=lambda name: name or everybody,
            key=state.trail_who.seed(state.trail_who.get() if _known(people) else EVERYTHING),
            on_change=_took,
            args=(state.trail_who,),
            width=190,
        )
        st.selectbox(
            words.say("trail.filter.kind"),
            (EVERYTHING, *KINDS, "other"),
            format_func=lambda name: words.say(f"trail.kind.{name or 'all'}"),
            key=state.trail_kind.seed(_kind()),
            on_change=_took,
            args=(state.trail_kind,),
            width=150,
        )
        st.date_input(
            words.say("trail.filter.days"),
            value=list(_days()),
            format=DAY_FORMAT,
            key="w.trail-range",
            on_change=_took_days,
            width=240,
        )
        st.text_input(
            words.say("trail.filter.text"),
            placeholder=words.say("trail.filter.text_hint"),
            key=state.trail_text.seed(state.trail_text.get()),
            on_change=_took,
            args=(state.trail_text,),
            max_chars=80,
            width=220,
        )
        if any(slot.get() for slot in SLOTS[:-1]):
            st.button(words.say("trail.reset"), key="trail-reset", type="tertiary", on_click=_clear)


def _known(people: Sequence[str]) -> bool:
    return state.trail_who.get() in people


def _kind() -> str:
    return state.trail_kind.get() if state.trail_kind.get() in (*KINDS, "other") else EVERYTHING


def _took(slot: state.Slot[str]) -> None:
    slot.take()
    _go(0)


def _took_days() -> None:
    days = state.widget("w.trail-range") or ()
    if len(days) != 1:  # after the first click there is only a first day
        state.trail_days.set("..".join(day.isoformat() for day in days))
        _go(0)


def _clear() -> None:
    for slot in SLOTS:
        slot.clear()
    state.forget("w.trail-range")
    state.touched.set(value=True)


def _days() -> tuple[date, ...]:
    """The chosen days, none when they are no days."""
    try:
        found = [periods.day(text) for text in state.trail_days.get().split("..") if text]
    except ValueError:
        return ()
    return tuple(sorted(found))[:2]


def _wanted() -> Wanted:
    kind, days = _kind(), _days()
    chosen = None
    if kind:
        chosen = frozenset(t.name for t in tables() if kind_of(t.name) == kind)
    return Wanted(
        state.trail_who.get(),
        chosen,
        days[0] if days else None,
        days[-1] if days else None,
        state.trail_text.get().strip(),
    )


def _csv(wanted: Wanted) -> bytes:
    """Everything that is wanted, a line each."""
    words = context.words()
    names = [words.say(f"trail.{name}") for name in ("when", "who", "about", "what", "kept")]
    page = context.home().workspace.trail.page(wanted, count=ALL)
    return exports.encoded(csv_text(names, cells(_lines(page), words)))


def cells(lines: Iterable[Line], words: Words) -> Iterable[Sequence[object]]:
    """What a file says of each line: when, who, about what, what, and whether it was kept."""
    for line in lines:
        changes = _changes(line, words)
        told = words.tell(line.told)
        whole = words.say("trail.whole", told=told, changes=changes) if changes else told
        kept = words.say("trail.yes" if line.kept else "trail.put_aside")
        kind = words.say(f"trail.kind.{line.kind}")
        yield f"{line.at:%Y-%m-%d %H:%M:%S}", line.who, kind, whole, kept
