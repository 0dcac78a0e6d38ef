"""The year at a glance: a row for each metric and scope, a square for each goal by its months."""

from collections.abc import Sequence

import streamlit as st

from salesdash import formats
from salesdash.analysis import yearly
from salesdash.analysis.progress import Progress, State
from salesdash.analysis.yearly import Row, Square, Year
from salesdash.charts import Words
from salesdash.periods import Grain, Period
from salesdash.selection import numbered
from salesdash.ui import cards, context, marks, state, url
from salesdash.ui.goals import board

MOST = 6
"""Years on the switch, the newest."""

PALE = (State.NOT_STARTED, State.NO_DATA)


def show(found: Sequence[Progress]) -> None:
    """The goals of the chosen year; or what to do when there are none."""
    words, fiscal = context.words(), context.fiscal()
    if not found:
        board.empty(words)
        return
    names = yearly.years(found, fiscal)
    chosen = _chosen(names)
    if len(names) > 1:
        _switch(names[-MOST:], chosen, words)
    year = yearly.build(found, fiscal, chosen)
    title = words.say("year.title", year=words.period(Grain.YEAR, fiscal.year(chosen)))
    with cards.card("year", title, words.say("year.note")):
        st.html(_table(year, words))


def _chosen(names: Sequence[int]) -> int:
    """As the address says; else this year, else the newest that has begun, else the first."""
    asked = numbered(state.year.get())
    if asked is not None and asked in names:
        return asked
    this = context.fiscal().name(Grain.YEAR, context.fiscal().unit(Grain.YEAR, context.today()))
    return max((name for name in names if name <= this.year), default=names[0])


def _switch(names: Sequence[int], chosen: int, words: Words) -> None:
    fiscal = context.fiscal()
    st.segmented_control(
        words.say("year.which"),
        [str(name) for name in names],
        format_func=lambda name: words.period(Grain.YEAR, fiscal.year(int(name))),
        key=state.year.seed(str(chosen)),
        on_change=state.year.take,
        required=True,
        label_visibility="collapsed",
    )


def _table(year: Year, words: Words) -> str:
    """Months as columns; a goal spans those it lasts."""
    heads = "".join(
        f'<th scope="col"{_now(month.contains(context.today()))}>'
        f"{marks.escape(_month(month, words))}</th>"
        for month in year.months
    )
    first = f'<th scope="col">{marks.escape(words.say("year.goal"))}</th>'
    body = "".join(_row(row, len(year.months), words) for row in year.rows)
    return (
        f'<div class="sd-wide" tabindex="0"><table class="sd-year"><thead><tr>{first}{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _month(month: Period, words: Words) -> str:
    """A month by its name alone: the year stands above."""
    fiscal, year = context.fiscal(), month.start.year
    return formats.unit_label(Grain.MONTH, month, words.lang, fiscal, this_year=year)


def _now(is_now: bool) -> str:  # noqa: FBT001 - one yes or no
    return ' class="sd-now"' if is_now else ""


def _row(row: Row, months: int, words: Words) -> str:
    lengths = (words.say(f"year.grain.{grain.value if grain else 'days'}") for grain in row.grains)
    kind = words.say("year.by", grains=words.say("ui.list_comma").join(lengths))
    title = f"<b>{marks.escape(words.tell(row.title))}</b><small>{marks.escape(kind)}</small>"
    cells, at = [], 0
    for square in row.squares:
        cells += ["<td></td>"] * (square.first - at)
        cells.append(_cell(square, words))
        at = square.after
    cells += ["<td></td>"] * (months - at)
    return f'<tr><th scope="row">{title}</th>{"".join(cells)}</tr>'


def _cell(square: Square, words: Words) -> str:
    """Figure and word of a goal, tinted as it is judged; it leads to the goal's own page."""
    goal = square.goal
    link = url.address("goals", url.query("goals", {"goal": goal.goal.code, "view": ""}))
    word, unit = words.tell(goal.word), goal.subject.unit
    target = words.value(goal.goal.terms.target, unit)
    told = words.say(
        "year.told",
        goal=words.tell(goal.subject.title),
        when=words.tell(goal.when(context.fiscal())),
        actual=words.value(goal.actual.value, unit),
        target=target,
        word=word,
    )
    if goal.state in PALE:
        figure, tone = (target if goal.state is State.NOT_STARTED else formats.DASH), "pale"
    else:
        figure, tone = _percent(goal), goal.status.judgement if goal.status else "pale"
    shape = marks.shape(marks.SHAPES[goal.status.judgement]) if goal.status else ""
    running = " sd-runs" if goal.runs else ""
    return (
        f'<td colspan="{square.months}"><a class="sd-square sd-{tone}{running}" '
        f'href="{marks.escape(link)}" target="_self" title="{marks.escape(told)}">'
        f"<span>{shape}{marks.escape(figure)}</span><small>{marks.escape(word)}</small></a></td>"
    )


def _percent(goal: Progress) -> str:
    return f"{round((goal.reached or 0.0) * 100)}%"
