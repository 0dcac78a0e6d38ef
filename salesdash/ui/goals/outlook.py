"""The outlook on the page of a goal: the chart of its days, and whether it will be reached."""

from collections.abc import Iterator

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import outlook
from salesdash.analysis.answers import Number, Reason, When
from salesdash.analysis.outlook import Outlook
from salesdash.analysis.progress import Progress
from salesdash.analysis.prospects import in_percent, sentence
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Period, between
from salesdash.ui import cards, context, marks
from salesdash.ui.goals import board

NAMED = 3
"""So many periods that the pace was learned from are named."""

Fact = tuple[str, str, str]


def has_any(goal: Progress) -> bool:
    """Whether there is anything to look ahead from: the goal runs, and has a figure."""
    return goal.runs and goal.actual.value is not None


def show(goal: Progress) -> None:
    """Chart and figures side by side; nothing for a goal without a figure."""
    if not has_any(goal):
        return
    found = context.remembered(
        ("outlook", goal.goal.code, context.goals_state()),
        lambda: outlook.build(context.warehouse(), context.settings(), goal),
    )
    if found is None:
        return
    left, right = st.columns([8, 4], gap="small")
    with left:
        _chart(goal, found)
    with right:
        _chance(goal, found)


def _chart(goal: Progress, found: Outlook) -> None:
    words = context.words()
    title = words.say("goals.outlook.title", goal=words.tell(goal.subject.title))
    unit = words.say(
        f"ui.unit.{found.unit.value}", currency=formats.currency_symbol(words.currency)
    )
    parts = [words.say(f"goals.outlook.{'sum' if found.accumulates else 'level'}"), unit]
    if goal.prospect is not None and not goal.prospect.certain:
        parts.append(words.say("goals.outlook.bands"))
    note = words.say("ui.list_comma").join(part for part in parts if part)
    with cards.card("outlook", title, note):
        said = sentence(goal)
        if said is not None:
            st.html(f'<div class="sd-body">{marks.escape(words.tell(said))}</div>')
        question = (goal.goal.code, context.goals_state())
        put = board.tool("outlook", goal)
        cards.chart(
            "outlook",
            charts.outlook,
            found,
            (title, note),
            *question,
            follow=lambda _: False,
            more=put,
        )
        st.html(f'<div class="sd-note">{marks.escape(" ".join(_learned(goal, words)))}</div>')


def _chance(goal: Progress, found: Outlook) -> None:
    words = context.words()
    with cards.card("chance", words.say("goals.outlook.question")):
        seen = goal.prospect
        shown = formats.DASH if seen is None else words.tell(in_percent(seen))
        told = words.tell(goal.word)
        chip = "" if goal.status is None else marks.chip(goal.status.judgement, told)
        st.html(
            f'<div class="sd-outlook">{chip}<div class="sd-value">{marks.escape(shown)}</div>'
            f'<div class="sd-body sd-muted">{marks.escape(_of_what(goal, found, words))}</div>'
            f"{marks.facts(_facts(goal, found, words))}</div>"
        )


def _of_what(goal: Progress, found: Outlook, words: Words) -> str:
    """What the chance is one of, or why there is none."""
    if goal.unforeseen is not None:
        return words.tell(goal.unforeseen)
    side = "stay" if goal.subject.better == "down" else "reach"
    target = words.value(found.target, found.unit)
    return words.say(f"goals.outlook.chance_{side}", target=target)


def _facts(goal: Progress, found: Outlook, words: Words) -> Iterator[Fact]:
    """What is there, what is expected, and what the days that are left have to bring."""
    unit = found.unit

    def about(value: Number | None, style: formats.Style = "short") -> str:
        return words.value(outlook.whole(value, unit), unit, style)

    yield _fact(words, "made", words.value(found.made, unit))
    if goal.expected is not None:
        day = formats.date(found.edge, words.lang)
        yield _fact(words, "expected", about(goal.expected), day=day)
        yield _fact(words, "gap", about(goal.gap, "signed"))
    if goal.prospect is not None and not goal.prospect.certain:
        low, high = (about(end) for end in goal.prospect.wide)
        yield _fact(words, "forecast", about(goal.prospect.mean))
        yield _fact(words, "wide", words.say("charts.outlook.interval", low=low, high=high))
    for name in ("needed", "daily", "spare"):
        if getattr(goal, name) is not None:
            yield _fact(words, name, words.value(getattr(goal, name), unit))
    if found.soon is not None:
        yield _fact(words, "soon", about(found.soon[0]), days=found.soon[1])
    yield _fact(words, "left", words.value(goal.pace.left, Unit.COUNT))


def _fact(words: Words, name: str, value: str, **said: object) -> Fact:
    return words.say(f"goals.outlook.fact.{name}", **said), value, ""


def _learned(goal: Progress, words: Words) -> Iterator[str]:
    """What the pace was learned from, and how the forecast did when it was tried."""
    learned = goal.pace.learned
    if learned is not None:
        names = [_named(each, words) for each in learned.units[: -NAMED - 1 : -1]]
        if len(learned.units) > NAMED:
            names.append("…")
        listed = words.say("ui.list_comma").join(names)
        key = "season" if learned.season else "level" if learned.level else "kind"
        yield words.say(f"goals.outlook.pace.{key}", count=len(learned.units), periods=listed)
    elif goal.expected is not None:
        yield words.say("goals.outlook.pace.linear")
    else:
        yield words.say("goals.outlook.pace.none")
    tried = None if goal.prospect is None else goal.prospect.tried
    if tried is not None:
        grain = goal.window(words.fiscal).grain
        kind = words.say(
            f"goals.outlook.like.{'range' if grain is None else grain.value}", count=tried.periods
        )
        yield words.say(
            "goals.outlook.tried",
            model=words.say(f"goals.outlook.model.{tried.model}"),
            like=kind,
            error=formats.share(tried.error, words.lang),
            inside=tried.inside,
            count=tried.periods,
        )


def _named(period: Period, words: Words) -> str:
    window = between(period.start, period.last_day, words.fiscal)
    return words.tell(Reason("goals.when", (("when", When(window, bare=True)),)))
