"""The board: the sentence, then each goal with its bar, riskiest first."""

from collections.abc import Callable, Sequence

import streamlit as st

from salesdash import formats
from salesdash.analysis import verdict
from salesdash.analysis.levers import CHAINS
from salesdash.analysis.progress import Progress, State
from salesdash.analysis.prospects import in_percent
from salesdash.analysis.reviews import Due
from salesdash.charts import Words
from salesdash.periods import Comparison, code
from salesdash.selection import Selection
from salesdash.ui import against, agenda, bridging, cards, context, marks, proposal, state, url
from salesdash.ui.goals import drawer
from salesdash.ui.sentences import Behind
from salesdash.workspace import Origin

MOST = 4
"""Goals on the Overview."""

FARTHEST = 2.0
"""A stretch of more than so many times the target has no mark on the bar."""

BEHIND = (State.OFF_PACE, State.AT_RISK)
"""What a meeting should talk about."""

FIGURES = ("actual", "target", "reached", "needed")
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
        st.html("".join(_short(each, words) for each in running[:MOST]))
        with cards.tools("goals"):
            st.page_link(
                "pages/goals.py",
                label=words.say("goals.card.all", count=len(found)),
                icon=":material/flag:",
                query_params=url.query("goals"),
            )


def bar(each: Progress, words: Words) -> str:
    """The accent fill of what was reached, an ink mark where it should be by the edge."""
    reached = each.reached or 0.0
    mark = each.pace.share if each.expected is not None and not each.over else 1.0
    bounds = _bounds(each)
    scale = max(1.0, reached, *bounds)
    alt = words.say(
        "goals.bar",
        reached=formats.share(reached, words.lang),
        mark=formats.share(mark, words.lang),
    )
    thin = [*bounds, *([1.0] if bounds and scale > 1 else ())]
    return marks.goal_bar(reached / scale, mark / scale, alt, [each / scale for each in thin])


def _bounds(each: Progress) -> list[float]:
    """Floor and stretch as parts of the target; what lies far beyond it would flatten the bar."""
    terms = each.goal.terms
    if terms.target <= 0:
        return []
    parts = (float(b / terms.target) for b in (terms.floor, terms.stretch) if b is not None)
    return [part for part in parts if 0 <= part <= FARTHEST]


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
        st.html(line(each, words, _address(each), due), width="stretch")
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


def line(each: Progress, words: Words, link: str = "", due: Due | None = None) -> str:
    """Its figures as one grid; with `link` its name leads there; `due`: a review it waits for."""
    unit, terms = each.subject.unit, each.goal.terms
    told = words.tell(each.told) if each.told else ""
    needed = words.value(each.needed, unit) if each.needed is not None else ""
    reached = formats.share(each.reached, words.lang) if each.reached is not None else ""
    has_figure = each.actual.value is not None
    foot = f"<div>{_told(each, told)}{_chance(each, words)}</div>"
    middle = (bar(each, words) if has_figure else "") + foot
    cells = (
        ("goal", f"<b>{_title(each, link, words)}</b>{_under(each, words)}{_due(due, words)}"),
        ("status", _status(each, words)),
        ("bar", middle),
        ("actual", _figure(each.actual.value, each, words, link=_rows(each))),
        ("target", _figure(terms.target, each, words)),
        ("reached", marks.escape(reached)),
        ("needed", marks.escape(needed)),
    )
    inside = "".join(_cell(name, cell, words) for name, cell in cells)
    return f'<div class="sd-goal">{inside}</div>'


def _address(each: Progress) -> str:
    return url.address("goals", url.query("goals", {"goal": each.goal.code}))


def _title(each: Progress, link: str, words: Words) -> str:
    title = marks.escape(words.tell(each.subject.title))
    return f'<a href="{marks.escape(link)}" target="_self">{title}</a>' if link else title


def _cell(name: str, inside: str, words: Words) -> str:
    """One cell; figures say on a phone, where there is no head, what they are."""
    label = words.say(f"goals.column.{name}") if name in FIGURES else ""
    data = f' data-label="{marks.escape(label)}"' if label else ""
    return f'<span class="sd-g-{name}"{data}>{inside}</span>'


def _figure(value: object, each: Progress, words: Words, *, link: str | None = None) -> str:
    """A figure, exact on hover; with `link` the one that matters, which leads there."""
    short, exact = (words.value(value, each.subject.unit, s) for s in ("short", "exact"))  # type: ignore[arg-type]
    name = "i" if link is None else "b"
    return f'<{name} title="{marks.escape(exact)}">{marks.led(short, link or "")}</{name}>'


def _rows(each: Progress) -> str:
    """Where what was reached is opened: definition, SQL and rows, on its trend."""
    metric = each.subject.metric
    if metric not in context.metrics().metrics or each.actual.value is None:
        return ""
    scope = tuple((f.dimension, f.values) for f in each.goal.terms.scope)
    period = code(each.window(context.fiscal()), context.fiscal())
    asked = {"metric": metric, "period": period, "rows": Behind(metric).code}
    return url.address("trends", url.query("trends", asked, where=scope))


def about(each: Progress, words: Words) -> str:
    """Owner, period, that it came from a file, and what should be known about it."""
    period = words.tell(each.when(context.fiscal()))
    parts = [each.goal.terms.owner, period]
    if each.goal.origin is Origin.IMPORT:
        parts.append(words.say("goals.imported"))
    parts += [words.tell(note) for note in each.notes]
    return " · ".join(part for part in parts if part)


def _under(each: Progress, words: Words) -> str:
    return f"<small>{marks.escape(about(each, words))}</small>"


def _due(due: Due | None, words: Words) -> str:
    """A small chip on a goal that waits for its review."""
    if due is None:
        return ""
    title, word = marks.escape(words.tell(due.told)), marks.escape(words.say("reviews.due.short"))
    return f'<em class="sd-due" title="{title}">{word}</em>'


def _status(each: Progress, words: Words) -> str:
    word = words.tell(each.word)
    if each.status is None:
        return f'<span class="sd-chip sd-muted">{marks.escape(word)}</span>'
    return marks.chip(each.status.judgement, word)


def _told(each: Progress, told: str) -> str:
    """How far from the pace, with the shape of its judgement."""
    if each.status is None:
        return f'<small class="sd-muted">{marks.escape(told)}</small>'
    judgement = each.status.judgement
    mark = marks.shape(marks.SHAPES[judgement])
    return f'<small class="sd-{judgement}">{mark}{marks.escape(told)}</small>'


def _chance(each: Progress, words: Words) -> str:
    """The chance to reach it; why there is none stands behind the dash."""
    if each.prospect is not None:
        told = words.say("goals.chance.short", chance=words.tell(in_percent(each.prospect)))
        return f"<small>{marks.escape(told)}</small>"
    if each.unforeseen is None:
        return ""
    why, none = words.tell(each.unforeseen), words.say("goals.chance.short", chance=formats.DASH)
    return f'<small title="{marks.escape(why)}">{marks.escape(none)}</small>'


def _short(each: Progress, words: Words) -> str:
    """Name, actual of target, bar and words; without columns."""
    unit = each.subject.unit
    title = marks.escape(words.tell(each.subject.title))
    both = words.say(
        "goals.card.of",
        actual=words.value(each.actual.value, unit),
        target=words.value(each.goal.terms.target, unit),
    )
    told = words.tell(each.told) if each.told else ""
    facts = [words.tell(each.when(context.fiscal()))]
    if each.prospect is not None:
        told_chance = words.tell(in_percent(each.prospect))
        facts.append(words.say("goals.chance.short", chance=told_chance))
    elif each.reached is not None:
        facts.append(formats.share(each.reached, words.lang))
    drawn = bar(each, words) if each.actual.value is not None else ""
    return (
        f'<div class="sd-goal-short"><div><b>{title}</b><span>{marks.escape(both)}</span></div>'
        f"{drawn}<div>{_told(each, told)}"
        f"<small>{marks.escape(' · '.join(facts))}</small></div></div>"
    )
