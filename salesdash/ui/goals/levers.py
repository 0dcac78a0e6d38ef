"""The lever board on the page of a goal: what each lever alone would have to be to reach it."""

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import leverage
from salesdash.analysis.answers import Judgement
from salesdash.analysis.leverage import Leverage
from salesdash.analysis.levers import Lever, Standing
from salesdash.analysis.planning import rounded
from salesdash.analysis.progress import Progress, exact
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, proposal
from salesdash.ui.goals import track
from salesdash.workspace import Promise, Source

COLUMNS = ("lever", "now", "needed", "track", "range", "best", "standing")
NAMED = ("now", "needed", "range", "best")
"""Cells that say on a phone, where there is no head, what they are."""

JUDGED: dict[Standing, Judgement] = {
    Standing.HOLDS: "good",
    Standing.BEFORE: "good",
    Standing.NEVER: "warning",
    Standing.NOT_ALONE: "bad",
}


def show(goal: Progress) -> None:
    """The card; a line instead where there are no levers; nothing once it is over."""
    words = context.words()
    if goal.over:
        return
    found = context.remembered(
        ("levers", goal.goal.code, context.goals_state()),
        lambda: leverage.build(context.warehouse(), context.settings(), goal, context.today()),
    )
    if found.why is not None:
        st.html(f'<div class="sd-note">{marks.escape(words.tell(found.why))}</div>')
        return
    title = words.say("levers.title_holds" if found.times <= 1 else "levers.title")
    with cards.card("levers", title, _legend(found, words)):
        st.html(f'<div class="sd-body sd-muted">{marks.escape(_lead(found, words))}</div>')
        st.html(_head(found, words))
        for lever in found.levers:
            _row(goal, lever, found, words)
        st.html(f'<div class="sd-note">{marks.escape(_foot(found, words))}</div>')


def _legend(found: Leverage, words: Words) -> str:
    """What the marks of a track mean."""
    ranged = any(lever.range for lever in found.levers)
    names = (
        *(("range",) if ranged else ()),
        "now",
        "needed",
        *(("best",) if _has_best(found) else ()),
        "better",
    )
    return " · ".join(words.say(f"levers.legend.{name}", by=_by(found, words)) for name in names)


def _lead(found: Leverage, words: Words) -> str:
    """What is still to be made, and what the last days made."""
    year = context.today().year
    past = formats.date_range(found.past, words.lang, this_year=year) if found.past else ""
    made, missing = (words.value(each, found.unit) for each in (found.made, found.missing))
    return words.say("levers.lead", count=found.days, missing=missing, made=made, past=past)


def _foot(found: Leverage, words: Words) -> str:
    """Where the range and the best come from, and what is left out and why."""
    parts = []
    if found.since is not None and any(lever.range for lever in found.levers):
        since = formats.date(found.since, words.lang, this_year=context.today().year)
        parts.append(words.say("levers.range_note", since=since))
    if _has_best(found):
        parts.append(words.say("levers.best_note", by=_by(found, words)))
    parts.append(charts.left_out(found.dropped, words))
    return words.say("levers.space").join(part for part in parts if part)


def _has_best(found: Leverage) -> bool:
    return any(lever.best for lever in found.levers)


def _by(found: Leverage, words: Words) -> str:
    return cards.inner(words.dimension(found.by), words) if found.by else ""


def _head(found: Leverage, words: Words) -> str:
    cells = (
        f'<span class="sd-l-{name}">'
        f"{marks.escape(words.say(f'levers.column.{name}', by=_by(found, words)))}</span>"
        for name in COLUMNS
    )
    return f'<div class="sd-lever sd-lever-head" aria-hidden="true">{"".join(cells)}</div>'


def _row(goal: Progress, lever: Lever, found: Leverage, words: Words) -> None:
    """Figures as one grid, then the way to make an action of it."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"lever-{lever.code}"
    ):
        st.html(_line(lever, found, words), width="stretch")
        with st.container(width="content", key=f"pull-{lever.code}"):
            if lever.needed is not None and lever.standing is not Standing.HOLDS:
                proposal.offer(f"lever-{lever.code}", _promise(goal, lever, found, words))
            else:
                st.space("xsmall")


def _line(lever: Lever, found: Leverage, words: Words) -> str:
    cells = {
        "lever": _name(lever, words),
        "now": _value(lever, lever.now, words),
        "needed": f"<b>{_value(lever, lever.needed, words)}</b>",
        "track": track.drawn(lever, _alt(lever, words)),
        "range": _range(lever, words),
        "best": _best(lever, words),
        "standing": _standing(lever, words),
    }
    inside = "".join(_cell(name, cells[name], found, words) for name in COLUMNS)
    return f'<div class="sd-lever">{inside}</div>'


def _cell(name: str, inside: str, found: Leverage, words: Words) -> str:
    label = words.say(f"levers.column.{name}", by=_by(found, words)) if name in NAMED else ""
    data = f' data-label="{marks.escape(label)}"' if label else ""
    return f'<span class="sd-l-{name}"{data}>{inside}</span>'


def _name(lever: Lever, words: Words) -> str:
    name = marks.escape(words.say(f"levers.name.{lever.code}"))
    notes = [words.say("levers.cycle_note")] if lever.code == "cycle" else []
    notes += [words.tell(lever.note)] if lever.note else []
    small = f"<small>{marks.escape('; '.join(notes))}</small>" if notes else ""
    return f"<b>{name}</b>{small}"


def _value(lever: Lever, value: object, words: Words) -> str:
    short, exact = (marks.escape(words.value(value, lever.unit, s)) for s in ("short", "exact"))  # type: ignore[arg-type]
    return f'<i title="{exact}">{short}</i>'


def _range(lever: Lever, words: Words) -> str:
    return marks.escape(" – ".join(words.value(each, lever.unit) for each in lever.range))


def _best(lever: Lever, words: Words) -> str:
    if lever.best is None:
        return ""
    value = marks.escape(words.value(lever.best.value, lever.unit))
    return f"{value} <small>{marks.escape(lever.best.label)}</small>"


def _standing(lever: Lever, words: Words) -> str:
    """Whether what is needed was reached before, and how often."""
    word, judgement = words.say(f"levers.standing.{lever.standing}"), JUDGED.get(lever.standing)
    told = (
        marks.chip(judgement, word)
        if judgement
        else f'<span class="sd-chip sd-muted">{marks.escape(word)}</span>'
    )
    if lever.standing is not Standing.BEFORE:
        return told
    often = words.say("levers.often", count=lever.of, often=lever.often)
    return f"{told}<small>{marks.escape(often)}</small>"


def _alt(lever: Lever, words: Words) -> str:
    now, needed = (words.value(each, lever.unit) for each in (lever.now, lever.needed))
    if not lever.range:
        return words.say("levers.alt_short", now=now, needed=needed)
    low, high = (words.value(each, lever.unit) for each in lever.range)
    return words.say("levers.alt", now=now, needed=needed, low=low, high=high)


def _promise(goal: Progress, lever: Lever, found: Leverage, words: Words) -> Promise:
    """The action a lever becomes: what, whose, until when, and the way back to the goal.

    It is to bring what the days left would miss, if they brought as much as the last ones.
    """
    terms = goal.goal.terms
    due = max(terms.period.last_day, context.today())
    now, needed = (words.value(each, lever.unit) for each in (lever.now, lever.needed))
    text = words.say(
        f"levers.action.{'lower' if lever.falls else 'raise'}",
        lever=cards.inner(words.say(f"levers.name.{lever.code}"), words),
        now=now,
        needed=needed,
        day=formats.date(due, words.lang, this_year=context.today().year),
        goal=words.tell(goal.subject.title),
    )
    return Promise(
        text,
        terms.owner,
        due,
        page="goals",
        query={"goal": [goal.goal.code]},
        origin=Source("lever", f"{goal.goal.code}:{lever.code}"),
        metric=terms.metric,
        scope=terms.scope,
        expected=rounded(exact(found.missing) - exact(found.made), found.unit),
    )
