"""Who makes a goal, on its page: by team, by person, by whatever its scope is shared out by."""

from collections.abc import Sequence

import streamlit as st

from salesdash import formats
from salesdash.analysis import within
from salesdash.analysis.progress import Progress
from salesdash.analysis.within import Part, Within
from salesdash.charts import Words
from salesdash.periods import code
from salesdash.selection import Filter
from salesdash.ui import cards, context, marks, state, url
from salesdash.ui.marks import Cell

COLUMNS = {"member": "", "actual": "num", "share": "num"}
PROMISED = {"status": "", "target": "num opt", "reached": "num"}
MOST = 4
"""Dimensions on the switch."""

_by = state.Slot("goal-by", "")


def show(goal: Progress) -> None:
    """The card; nothing where no column of the data tells members."""
    offered = _offered(goal)
    if not offered:
        return
    words, chosen = context.words(), _by.get() if _by.get() in offered else offered[0]
    found = _found(goal, chosen)
    title = words.say("within.title", by=cards.inner(words.dimension(chosen), words))
    with cards.card("within", title, _note(found, words)):
        if len(offered) > 1:
            _switch(offered, chosen, words)
        st.html(_table(goal, found, words))
        with cards.tools("within"):
            st.page_link(
                "pages/comparison.py",
                label=words.say("goals.compare"),
                icon=":material/compare_arrows:",
                query_params=_comparison(goal, chosen, goal.goal.terms.scope),
            )


def _offered(goal: Progress) -> tuple[str, ...]:
    asked = (context.warehouse(), context.settings(), goal, context.goals(), context.today())
    key = ("goal-offered", goal.goal.code, context.goals_state())
    return context.remembered(key, lambda: within.offered(*asked))[:MOST]


def _found(goal: Progress, by: str) -> Within:
    asked = (context.warehouse(), context.settings(), goal, context.goals(), context.today(), by)
    key = ("goal-within", goal.goal.code, by, context.goals_state())
    return context.remembered(key, lambda: within.build(*asked))


def _switch(offered: Sequence[str], chosen: str, words: Words) -> None:
    st.segmented_control(
        words.say("within.by"),
        offered,
        format_func=words.dimension,
        key=_by.seed(chosen),
        on_change=_by.take,
        required=True,
        label_visibility="collapsed",
    )


def _note(found: Within, words: Words) -> str:
    """Of which days, and whether the parts make up the whole."""
    year = context.today().year
    days = formats.date_range(found.period, words.lang, this_year=year)
    parts = [days] if found.apart is None else [days, words.tell(found.apart)]
    return " · ".join(parts)


def _table(goal: Progress, found: Within, words: Words) -> str:
    """Members with what they made; what was promised of them only where anything was."""
    shown = {**COLUMNS, **(PROMISED if any(each.goal for each in found.parts) else {})}
    header = [Cell(words.say(f"within.column.{name}"), kind) for name, kind in shown.items()]
    rows = [_row(goal, each, found, words) for each in found.parts]
    return marks.table(header, [[row[name] for name in shown] for row in rows])


def _row(goal: Progress, part: Part, found: Within, words: Words) -> dict[str, Cell]:
    unit, own = goal.subject.unit, part.goal
    share = "" if part.share is None else formats.share(part.share, words.lang)
    target = "" if own is None else words.value(own.goal.terms.target, unit)
    reached = "" if own is None or own.reached is None else formats.share(own.reached, words.lang)
    bar = marks.bars([part.share or 0.0, 1.0], ("neutral", "neutral"))[0]
    return {
        "member": Cell(_name(part, words), "key", link=_link(goal, part, found)),
        "actual": Cell(words.value(part.actual, unit), "num key"),
        "share": Cell(share, "num", bar=bar if part.share is not None else None),
        "status": _status(own, words),
        "target": Cell(target, "num opt"),
        "reached": Cell(reached, "num"),
    }


def _status(own: Progress | None, words: Words) -> Cell:
    """Where the member's own goal stands, with its shape; nothing without one."""
    if own is None:
        return Cell("")
    word = words.tell(own.word)
    if own.status is None:
        return Cell(word, tone="muted")
    judgement = own.status.judgement
    return Cell(word, tone=judgement, shape=marks.SHAPES[judgement])


def _name(part: Part, words: Words) -> str:
    if part.member is None:
        return words.say("within.others", count=part.count)
    return part.label or part.member or words.say("charts.empty")


def _link(goal: Progress, part: Part, found: Within) -> str:
    """To the member's own goal, else to its figures on Comparison; others lead nowhere."""
    if part.goal is not None:
        return url.address("goals", url.query("goals", {"goal": part.goal.goal.code}))
    if part.member is None:
        return ""
    scope = (*goal.goal.terms.scope, Filter(found.by, (part.member or None,)))
    return url.address("comparison", _comparison(goal, "", scope))


def _comparison(goal: Progress, by: str, scope: tuple[Filter, ...]) -> url.Query:
    """Comparison of the goal's metric in its period, within a scope."""
    fiscal = context.fiscal()
    period = code(goal.window(fiscal), fiscal)
    changed = {"metric": goal.subject.metric, "period": period, "side": "", "by": by}
    return url.query("comparison", changed, tuple((f.dimension, f.values) for f in scope))
