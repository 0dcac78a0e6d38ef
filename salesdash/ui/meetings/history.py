"""What was said and decided: search over all meetings, and the meetings of a series in a row."""

from collections.abc import Mapping

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import history
from salesdash.analysis.history import Asked, Hit, Past, Piece, Session
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.ui import cards, context, filters, marks, people, state, url
from salesdash.ui.marks import Cell
from salesdash.ui.meetings import rooms

HITS_SHOWN = 50
SEVERAL = 2
EVERY = ""
APART = "|"


def show() -> None:
    """The question, then what was found; without one, the series as it went."""
    words = context.words()
    st.button(
        words.say("team.meetings.all"),
        key="all-meetings",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=rooms.go,
        args=("",),
    )
    past = Past.read(context.home().workspace, context.settings(), people.who())
    asked = _asked(past)
    hits = history.search(past, asked, words.lang)
    _opening(asked, hits, words)
    _question(past, words)
    if not past.meetings:
        return
    looked_for = bool(asked.text or asked.about)
    if looked_for or asked.series is None:
        _hits(hits, words)
    if asked.series is not None and not looked_for:
        _series(history.sessions(past, asked.series), words)


def _opening(asked: Asked, hits: tuple[Hit, ...], words: Words) -> None:
    """What was found, in one sentence."""
    title = words.say("meeting.history.title")
    if asked.text:
        title = words.say("meeting.history.with", count=len(hits), what=asked.text)
    elif asked.about:
        title = words.say("meeting.history.on", count=len(hits), what=_member(asked.about, words))
    st.html(marks.headline(title, words.say("meeting.history.lead")))


def _question(past: Past, words: Words) -> None:
    series = {_coded(key): name for key, name in past.series.items()}
    abouts = {_coded(each): each for each in past.abouts()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            words.say("meeting.history.words"),
            key=state.sought.seed(state.sought.get()),
            placeholder=words.say("meeting.history.words_hint"),
            icon=":material/search:",
            on_change=state.sought.take,
            width=300,
        )
        st.selectbox(
            words.say("meeting.history.about"),
            (EVERY, *abouts),
            format_func=lambda code: _about(abouts[code], words) if code else _anything(words),
            key=state.about.seed(state.about.get() if state.about.get() in abouts else EVERY),
            on_change=state.about.take,
            width=260,
        )
        st.selectbox(
            words.say("meeting.history.series"),
            (EVERY, *series),
            format_func=lambda code: (
                series[code][words.lang] if code else words.say("meeting.history.all_series")
            ),
            key=state.series.seed(state.series.get() if state.series.get() in series else EVERY),
            on_change=state.series.take,
            width=260,
        )


def _hits(hits: tuple[Hit, ...], words: Words) -> None:
    """Each line with its meeting; a click leads there."""
    if not hits:
        st.html(f'<div class="sd-body">{marks.escape(words.say("meeting.history.none"))}</div>')
        return
    note = words.say("meeting.history.count", count=len(hits))
    with cards.card("hits", words.say("meeting.history.said"), note):
        for hit in hits[:HITS_SHOWN]:
            _hit(hit, words)
        if len(hits) > HITS_SHOWN:
            more = words.say("team.more", count=len(hits) - HITS_SHOWN)
            st.html(f'<div class="sd-note">{marks.escape(more)}</div>')


def _hit(hit: Hit, words: Words) -> None:
    title = hit.title[words.lang]
    where = f"{hit.name[words.lang]} · {_days(hit, words)}"
    if hit.planned:
        where = words.say("meeting.history.planned", meeting=where)
    body = "".join(_piece(piece, words) for piece in hit.pieces if piece.field != "title")
    with st.container(gap="xxsmall", key=f"event-hit-{hit.line}"):
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
        ):
            st.button(
                texts.markdown_safe(title),
                key=f"hit-{hit.line}",
                type="tertiary",
                icon=":material/description:",
                disabled=hit.planned,
                on_click=rooms.look,
                args=(hit.meeting, hit.line),
            )
            st.html(f'<span class="sd-note">{marks.escape(where)}</span>', width="content")
        if body:
            st.html(f'<div class="sd-found">{body}</div>')


def _piece(piece: Piece, words: Words) -> str:
    """What was decided, promised or noted, with what was looked for marked."""
    label = marks.escape(words.say(f"meeting.history.field.{piece.field}"))
    text, last = "", 0
    for start, stop in piece.found:
        text += marks.escape(piece.text[last:start])
        text += f"<mark>{marks.escape(piece.text[start:stop])}</mark>"
        last = stop
    text += marks.escape(piece.text[last:])
    return f'<div class="sd-body sd-written"><span class="sd-note">{label}</span> {text}</div>'


def _series(found: tuple[Session, ...], words: Words) -> None:
    """All meetings of a series in a row, and how they were rated."""
    if not found:
        st.html(f'<div class="sd-body">{marks.escape(words.say("meeting.history.empty"))}</div>')
        return
    note = words.say("team.meetings.count", count=len(found))
    with cards.card("series", words.say("meeting.history.row"), note):
        _course(found, words)
        heads = ("meeting", "there", "rating", "decisions", "actions")
        kinds = ("key day", "num", "num", "lines", "num")
        header = [
            Cell(words.say(f"meeting.history.column.{name}"), kind)
            for name, kind in zip(heads, kinds, strict=True)
        ]
        rows = [
            [
                Cell(text, kind, link=link)
                for (text, link), kind in zip(_row(one, words), kinds, strict=True)
            ]
            for one in found
        ]
        st.html(marks.table(header, rows))


def _row(one: Session, words: Words) -> tuple[tuple[str, str], ...]:
    """The texts of a row, each with where it leads."""
    address = url.address("meetings", url.query("meetings", {"meeting": str(one.meeting), **_BARE}))
    there = "–" if not one.invited else f"{one.present}/{one.invited}"
    rating = "–" if one.rating is None else f"{one.rating:.1f}"
    actions = words.say("meeting.history.open_of", open=one.open, count=one.actions)
    return (
        (_days(one, words), address),
        (there, ""),
        (rating, ""),
        ("\n".join(one.decisions) or "–", ""),
        (actions if one.actions else "–", ""),
    )


def _course(found: tuple[Session, ...], words: Words) -> None:
    """The ratings from meeting to meeting."""
    ratings = [one.rating for one in reversed(found)]
    known = [rating for rating in ratings if rating is not None]
    if len(known) < SEVERAL:
        return
    mean = sum(known) / len(known)
    told = words.say("meeting.history.course", mean=f"{mean:.1f}", last=f"{known[-1]:.1f}")
    drawn = marks.spark(ratings, (), running=False, alt=told)
    st.html(
        f'<div class="sd-course"><span class="sd-note">{marks.escape(told)}</span>{drawn}</div>'
    )


def _asked(past: Past) -> Asked:
    """As the address says; what is not known any more is left out."""
    series = {_coded(key): key for key in past.series}.get(state.series.get())
    about = {_coded(each): each for each in past.abouts()}.get(state.about.get())
    return Asked(state.sought.get().strip(), series, about)


def _about(about: tuple[str, str], words: Words) -> str:
    """Region: North; Figure: Sales; Goal: Sales of North."""
    kind = about[0]
    is_own = kind in (history.METRIC, history.GOAL)
    named = words.say(f"meeting.history.kind.{kind}") if is_own else words.dimension(kind)
    return words.say("meeting.history.of", kind=named, member=_member(about, words))


def _member(about: tuple[str, str], words: Words) -> str:
    """Its name alone."""
    kind, member = about
    if kind == history.METRIC:
        return words.metric(member)
    if kind == history.GOAL:
        named: Mapping[str, str] = {
            each.goal.code: words.tell(each.subject.title) for each in context.goals()
        }
        return named.get(member, member)
    return filters.member_words(kind, member)


def _anything(words: Words) -> str:
    return words.say("meeting.history.anything")


def _days(about: Hit | Session, words: Words) -> str:
    period = Period.through(about.first_day, about.last_day)
    return formats.date_range(period, words.lang, this_year=context.today().year)


def _coded(pair: tuple[str, str]) -> str:
    return APART.join(pair)


_BARE = {"list": "", "series": "", "subject": "", "find": ""}
