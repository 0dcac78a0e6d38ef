"""The board: the sentence, then each goal with its bar, riskiest first."""

from collections.abc import Callable, Sequence

import streamlit as st

from salesdash import formats
from salesdash.analysis import verdict
from salesdash.analysis.levers import CHAINS
from salesdash.analysis.progress import Progress, State
from salesdash.analysis.reviews import Due
from salesdash.charts import Words
from salesdash.periods import Comparison, code
from salesdash.selection import Selection
from salesdash.ui import against, agenda, bridging, cards, context, marks, proposal, state, url
from salesdash.ui.goals import drawer, lines
from salesdash.workspace import Origin

MOST = 4
"""Goals on the Overview."""

BEHIND = (State.OFF_PACE, State.AT_RISK)
"""What a meeting should talk about."""

GROUPS = ("running", "coming", "over", "due")


def opening(found: Sequence[Progress]) -> None:
    """The sentence that is the answer, and what the worst goal needs."""
    words = context.words()
    sentence, lead = verdict.build(found)
    st.html(marks.headline(words.tell(sentence), words.tell(lead) if lead else ""))


def rows(found: Sequence[Progress]) -> None:
    """All goals of the chosen group, one row each; or what to do when there are none."""
    words = context.words()
    if not found:
        empty(words)
        return
    groups = {name: [each for each in found if _belongs(each) == name] for name in GROUPS}
    due = context.due(found)
    groups["due"] = [each for each in found if each.goal.code in due]
    chosen = _chosen(groups, words)
    edge = max((each.edge for each in found if each.edge), default=None)
    day = formats.date(edge, words.lang, this_year=context.today().year) if edge else ""
    note = words.say(f"goals.board.{_paces(groups[chosen])}", day=day) if day else ""
    with cards.card("goals", words.say(f"goals.board.{chosen}"), note):
        st.html(_head(words))
        for number, each in enumerate(groups[chosen]):
            _row(number, each, words, due.get(each.goal.code))


def card(found: Sequence[Progress]) -> None:
    """The riskiest running goals, for the Overview."""
    words = context.words()
    running = [each for each in found if each.runs]
    with cards.card("goals", words.say("goals.card.title"), words.say("goals.card.note")):
        st.html("".join(lines.short(each, words) for each in running[:MOST]))
        with cards.tools("goals"):
            st.page_link(
                "pages/goals.py",
                label=words.say("goals.card.all", count=len(found)),
                icon=":material/flag:",
                query_params=url.query("goals"),
            )


def _paces(shown: Sequence[Progress]) -> str:
    """Which kinds of pace stand among the rows: learned, linear, both, or none at all."""
    kinds = {each.pace.kind for each in shown if each.expected is not None}
    return "mixed" if len(kinds) > 1 else next(iter(kinds), "no_pace")


def _belongs(each: Progress) -> str:
    if each.over:
        return "over"
    return "coming" if each.state is State.NOT_STARTED else "running"


def _chosen(groups: dict[str, list[Progress]], words: Words) -> str:
    """The group looked at: as chosen, else the first one that holds a goal."""
    filled = [name for name in GROUPS if groups[name]]
    chosen = state.goals_group.get() if state.goals_group.get() in filled else filled[0]
    if len(filled) > 1:
        st.segmented_control(
            words.say("goals.group.label"),
            filled,
            format_func=lambda name: words.say(f"goals.group.{name}", count=len(groups[name])),
            key=state.goals_group.seed(chosen),
            on_change=state.goals_group.take,
            required=True,
            label_visibility="collapsed",
        )
    return chosen


def empty(words: Words) -> None:
    """What a goal is, and the ways to the first ones."""
    st.info(
        words.say("goals.empty.body"), title=words.say("goals.empty.title"), icon=":material/flag:"
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="goal-ways"):
        st.button(
            words.say("goals.set"),
            key="goal-first",
            type="primary",
            icon=":material/add:",
            on_click=drawer.create,
        )
        st.button(
            words.say("goals.grid"),
            key="goal-grid",
            icon=":material/grid_on:",
            on_click=state.view.set,
            args=("targets",),
        )
        st.page_link(
            "pages/imports.py",
            label=words.say("goals.file"),
            icon=":material/upload:",
            query_params=url.query("imports"),
        )


def _head(words: Words) -> str:
    names = ("goal", "status", "bar", "actual", "target", "reached", "needed")
    cells = "".join(
        f'<span class="sd-g-{name}">{marks.escape(words.say(f"goals.column.{name}"))}</span>'
        for name in names
    )
    return f'<div class="sd-goal sd-goal-head" aria-hidden="true">{cells}</div>'


def _row(number: int, each: Progress, words: Words, due: Due | None) -> None:
    """Figures as one grid, then the ways on: change it, compare its metric and scope."""
    key = f"goal-{each.goal.number or f'file-{number}'}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.html(lines.line(each, words, _address(each), due), width="stretch")
        with st.container(horizontal=True, gap="xxsmall", width="content", key=f"ways-{key}"):
            st.page_link(
                "pages/goals.py",
                label=words.say("goals.single.open"),
                icon=":material/flag:",
                help=words.say("goals.single.open"),
                query_params=url.query("goals", {"goal": each.goal.code}),
            )
            ways(key, each, words)


def ways(key: str, each: Progress, words: Words, *, alone: bool = False) -> None:
    """What to do about a goal: change it, compare its metric and scope, put it on an agenda.

    `alone`: it has the page to itself, and the page is what is put there.
    """
    if each.goal.origin is Origin.HAND:
        st.button(
            words.say("goals.change"),
            key=f"change-{key}",
            type="tertiary",
            icon=":material/edit:",
            help=words.say("goals.change"),
            on_click=drawer.change,
            args=(each.goal,),
        )
    scope = tuple((f.dimension, f.values) for f in each.goal.terms.scope)
    window = each.window(context.fiscal())
    period = code(window, context.fiscal())
    changed = {"metric": each.subject.metric, "period": period, "side": ""}
    selection = Selection(window, filters=each.goal.terms.scope)
    st.page_link(
        "pages/comparison.py",
        label=words.say("goals.compare"),
        icon=":material/compare_arrows:",
        help=words.say("goals.compare"),
        query_params=url.query("comparison", changed, where=scope),
    )
    if alone and each.subject.metric in CHAINS:
        none = against.chosen() is Comparison.NONE  # a bridge needs what was before
        compare = {"compare": Comparison.LAST_YEAR.value} if none else {}
        st.page_link(
            "pages/comparison.py",
            label=words.say(f"bridge.link.{'behind' if each.state in BEHIND else 'stands'}"),
            icon=":material/stairs:",
            query_params=url.query(
                "comparison", {**changed, **compare, "start": bridging.TARGET}, where=scope
            ),
        )
    if not each.over:
        proposal.of_goal(f"action-{key}", each)
    if alone:
        tool("goal", each)()
    elif each.runs and each.state in BEHIND:
        agenda.offer_of(
            "comparison", agenda.topic(each.subject.metric, selection), key, changed, scope
        )


def tool(key: str, each: Progress) -> Callable[[], None]:
    """The page of a goal for discussion."""
    topic = agenda.topic(each.subject.title, Selection(each.window(context.fiscal())))
    return agenda.tool(key, "goals", topic, {"goal": each.goal.code})


def _address(each: Progress) -> str:
    return url.address("goals", url.query("goals", {"goal": each.goal.code}))
