"""The leaderboard on its page: what is ranked and how, the bars, and the rows behind each."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from salesdash import charts
from salesdash.analysis import leading
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.leaders import Board, Leaders, Who
from salesdash.charts import Words
from salesdash.charts.leaders import drawn
from salesdash.selection import Organisation, Selection
from salesdash.ui import agenda, cards, context, dialogs, filters, marks, state
from salesdash.ui.pipeline import parts

DAILY = "day"
"""What the address says where figures are by working day in post."""

TODAY = Organisation.TODAY.value


def draw(selection: Selection) -> None:
    """The card; nothing where no metric is told by person or team."""
    board = chosen()
    if board is None:
        return
    words, found = context.words(), ask(selection, board)
    head = title(found, words), words.say("leaders.note.bars")
    with cards.card("leaders", *head):
        _controls(board, words)
        st.html(f'<div class="sd-body">{marks.escape(words.tell(found.headline))}</div>')
        if found.lines:
            cards.chart(
                "leaders",
                charts.leaders,
                found,
                head,
                selection,
                board,
                follow=lambda pick: _follow(found, pick),
                more=agenda.tool(
                    "leaders",
                    "pipeline",
                    _topic(found, selection),
                    {**codes(board), "card": "leaders"},
                ),
            )
        parts.note(words.say("levers.space").join(words.tell(note) for note in found.notes))


def chosen() -> Board | None:
    """What the choices of this session mean; None where nothing can be ranked."""
    slots = {
        "rank": state.leaders_metric,
        "who": state.leaders_by,
        "fair": state.leaders_daily,
        "teams": state.leaders_organisation,
    }
    return read({name: slot.get() for name, slot in slots.items()})


def read(asked: Mapping[str, str]) -> Board | None:
    """What the codes of an address mean; what does not fit the data gives way."""
    by: Who = "team" if asked.get("who") == "team" else "person"
    offered = metrics(by)
    if not offered and by == "person":
        by, offered = "team", metrics("team")
    if not offered:
        return None
    metric = asked.get("rank", "")
    metric = metric if metric in offered else offered[0]
    daily = asked.get("fair") == DAILY and leading.can_be_daily(_question(None), metric)
    today = by == "team" and asked.get("teams") == TODAY
    return Board(metric, by, daily, Organisation.TODAY if today else Organisation.THEN)


def metrics(by: str) -> tuple[str, ...]:
    """The metrics that people or teams can be ranked by."""
    bound = context.metrics()
    return tuple(
        name
        for name in leading.OFFERED
        if name in bound.metrics
        and any(each.name == by for each in context.dimensions(*bound.datasets(name)))
    )


def codes(board: Board) -> dict[str, str]:
    """The choices as the address says them."""
    return {
        "rank": board.metric,
        "who": board.by,
        "fair": DAILY if board.daily else "",
        "teams": TODAY if board.organisation is Organisation.TODAY else "",
    }


def ask(selection: Selection, board: Board) -> Leaders:
    """The answer, shared by all sessions that ask the same."""
    question = _question(selection)
    key = ("leaders", selection, board, context.goals_state())
    return context.remembered(key, lambda: leading.build(question, board))


def title(found: Leaders, words: Words) -> str:
    """What the card is called."""
    return words.say("leaders.title", metric=cards.inner(words.metric(found.metric), words))


def _question(selection: Selection | None) -> Question:
    asked = selection or filters.current()
    return Question(context.warehouse(), context.settings(), asked, context.today())


def _topic(found: Leaders, selection: Selection) -> Reason:
    name = Reason("leaders.title", (("metric", Name("metric", found.metric)),))
    return agenda.topic(name, selection)


def _follow(found: Leaders, pick: Mapping[str, object]) -> bool:
    """A bar opens the figure of its member: definition, SQL and rows."""
    line, board = drawn(found)[int(str(pick["place"]))], found.board
    dialogs.open_metric(board.metric, ((board.by, (line.member,)),), board.organisation)
    return True


def _controls(board: Board, words: Words) -> None:
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="leaders-choice"
    ):
        st.selectbox(
            words.say("trends.metric"),
            metrics(board.by),
            format_func=words.metric,
            key=state.leaders_metric.seed(board.metric),
            on_change=state.leaders_metric.take,
            width=190,
        )
        known = [by for by in leading.PEOPLE if metrics(by)]
        if len(known) > 1:
            _segments(state.leaders_by, known, board.by, words.dimension)
        own = codes(board)
        if leading.can_be_daily(_question(None), board.metric):
            named = {"": "leaders.fair.whole", DAILY: "leaders.fair.day"}
            _segments(state.leaders_daily, list(named), own["fair"], lambda c: words.say(named[c]))
        if board.by == "team":
            teams = {"": "leaders.teams.then", TODAY: "leaders.teams.today"}
            _segments(
                state.leaders_organisation,
                list(teams),
                own["teams"],
                lambda code: words.say(teams[code]),
            )


def _segments(
    slot: "state.Slot[str]",
    options: Sequence[str],
    chosen: str,
    named: Callable[[str], str],
) -> None:
    st.segmented_control(
        context.words().say("leaders.choice"),
        options,
        format_func=named,
        key=slot.seed(chosen),
        on_change=slot.take,
        required=True,
        label_visibility="collapsed",
    )
