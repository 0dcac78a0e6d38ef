"""What a line of the agenda fills itself with: tiles, goals, what is out of line, promises."""

from collections.abc import Callable, Mapping

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis.agenda.aims import Aim
from salesdash.analysis.answers import Notice, When
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.charts import Words
from salesdash.periods import code
from salesdash.selection import Selection
from salesdash.ui import actions, context, marks, movement, shell, tiles, url
from salesdash.ui.effects import meeting as verdicts
from salesdash.ui.meetings import restated, topics
from salesdash.ui.sentences import Behind
from salesdash.workspace import TOPIC


def filled(line: Shown, found: Minutes, words: Words) -> None:
    """The evidence of a line, before what is said about it."""
    draw = DRAWERS.get(line.kind)
    if draw is not None:
        draw(line, found, words)


def _tiles(line: Shown, found: Minutes, words: Words) -> None:
    with st.grid(4, min_column_width=130, gap="small"):
        for tile in line.tiles:
            key = f"tile-{tile.metric}-{line.line}"
            with st.container(border=True, height="stretch", gap="xxsmall", key=key):
                label = marks.escape(words.metric(tile.metric))
                if tile.metric in context.metrics().metrics:
                    label = marks.led(words.metric(tile.metric), _rows(tile.metric, found))
                body = tiles.body(tile, found.selection.comparison, words)
                st.html(f'<div class="sd-delta">{label}</div>{body}')


def _aims(line: Shown, found: Minutes, words: Words) -> None:
    """Goals by risk: how far, how far expected, where it stands, who it is behind by."""
    if not line.aims:
        quiet(words.say("team.meetings.no_goals"))
        return
    rows = "".join(_aim(aim, found, words) for aim in line.aims)
    st.html(
        f'<div class="sd-wide" tabindex="0"><table class="sd-table"><tbody>{rows}</tbody>'
        "</table></div>"
    )
    for told in documents.shares(line.aims, words):
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')
    if line.due is not None:
        quiet(words.tell(line.due))


def _aim(aim: Aim, found: Minutes, words: Words) -> str:
    title, when = words.tell(aim.title), words.told(When(aim.window, bare=True))
    reached = "" if aim.reached is None else formats.share(aim.reached, words.lang)
    bar = "" if aim.reached is None else marks.meter(max(0, min(100, round(aim.reached * 100))))
    word = words.tell(aim.word)
    state = marks.chip(aim.status.judgement, word) if aim.status else marks.escape(word)
    told = marks.escape(words.tell(aim.told)) if aim.told else ""
    return (
        f'<tr><td class="sd-key">{marks.escape(title)} <span class="sd-small">'
        f"{marks.escape(when)}</span></td><td>{bar}{reached}</td>"
        f'<td>{state}</td><td class="sd-small">{told}{_behind(aim, found, words)}</td></tr>'
    )


def _behind(aim: Aim, found: Minutes, words: Words) -> str:
    """The members behind a goal, leading to the comparison they come from."""
    behind = aim.shortfall
    if behind is None:
        return ""
    asked = {"metric": behind.metric, "by": behind.dimension}
    link = _address("comparison", behind.selection, found, **asked)
    told = documents.behind(behind, words)
    return f'<br><a href="{marks.escape(link)}" target="_self">{marks.escape(told)}</a>'


def _rows(metric: str, found: Minutes) -> str:
    """Where a figure of the meeting is opened: definition, SQL and rows, on its trend."""
    asked = {"metric": metric, "rows": Behind(metric).code}
    return _address("trends", found.selection, found, **asked)


def _address(page: str, selection: Selection, found: Minutes, **codes: str) -> str:
    """Where a figure of the meeting is looked into: with its days, filters and cut."""
    asked = {"by": "", "side": "", "period": code(selection.window, found.fiscal), **codes}
    if selection.cut != context.warehouse().version:
        asked["cut"] = "" if selection.cut is None else str(selection.cut)
    return url.address(page, url.link(page, selection, **asked))


def _notices(line: Shown, found: Minutes, words: Words) -> None:
    """What is out of line; a figure leads to who moved it, or to its course."""
    if not line.notices:
        quiet(words.say("overview.attention.none"))
        return
    rows = "".join(f"<li>{_notice(notice, found, words)}</li>" for notice in line.notices)
    st.html(f'<ul class="sd-list sd-plain">{rows}</ul>')


def _notice(notice: Notice, found: Minutes, words: Words) -> str:
    told = marks.escape(words.tell(notice.text))
    if notice.selection is not None and notice.metric is not None:
        link = _address(notice.page, notice.selection, found, metric=notice.metric)
        told = f'<a href="{marks.escape(link)}" target="_self">{told}</a>'
    detail = marks.escape(words.tell(notice.detail)) if notice.detail else ""
    return f'{marks.sign(notice.judgement)}{told} <span class="sd-small">{detail}</span>'


def _promises(line: Shown, found: Minutes, words: Words) -> None:
    if not line.promises:
        quiet(words.say("team.meetings.no_promises"))
    elif found.closed is not None:
        st.html(actions.table(line.promises, words))
    else:
        ids = tuple(row.id for row in line.promises)
        st.fragment(actions.ticked, key=f"promises-{line.line}")(ids, f"line{line.line}")


def _trainings(line: Shown, _found: Minutes, words: Words) -> None:
    """Courses past their day, due soon or missing: whose, which, how far."""
    if not line.trainings:
        quiet(words.say("learning.nothing_due"))
        return
    signs = (marks.sign(documents.lateness(late)) for late in line.trainings)
    told = (marks.escape(documents.late(late, words)) for late in line.trainings)
    rows = "".join(f"<li>{sign}{text}</li>" for sign, text in zip(signs, told, strict=True))
    if line.due is not None:
        rows += f"<li>{marks.escape(words.tell(line.due))}</li>"
    st.html(f'<ul class="sd-list sd-plain">{rows}</ul>')


def _restated(line: Shown, found: Minutes, words: Words) -> None:
    if line.restated is not None:
        restated.show(f"line{line.line}", line.restated, found.selection, words)


def _movement(line: Shown, _found: Minutes, words: Words) -> None:
    if line.moved is None:
        quiet(words.say("movement.no_deals"))
    else:
        movement.show(line.moved, words)


def _topic(line: Shown, found: Minutes, words: Words) -> None:
    """Who put it there, and the way back to the screen it was put on from."""
    day = formats.date(line.by.at.date(), words.lang, this_year=context.today().year)
    told = words.say("team.meetings.put_by", who=line.by.who, day=day)
    st.html(f'<div class="sd-note">{marks.escape(told)}</div>')
    if line.page in {screen.name for screen in shell.SCREENS}:
        st.page_link(
            f"pages/{line.page}.py",
            label=words.say("team.meetings.look", page=words.say(f"ui.page.{line.page}")),
            icon=":material/open_in_new:",
            query_params={**url.reader(), **{key: list(values) for key, values in line.query}},
        )
    if found.closed is None:
        topics.take_off(line.line, words)


def quiet(text: str) -> None:
    """A sentence where there is nothing to show."""
    st.html(f'<div class="sd-body sd-muted">{marks.escape(text)}</div>')


DRAWERS: Mapping[str, Callable[[Shown, Minutes, Words], None]] = {
    "figures": _tiles,
    "goals": _aims,
    "attention": _notices,
    "actions": _promises,
    "training": _trainings,
    "restated": _restated,
    "movement": _movement,
    "verdicts": verdicts.show,
    TOPIC: _topic,
}
