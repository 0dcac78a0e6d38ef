"""Coverage on its page: whether what is due can close what the target lacks, and whose does."""

import streamlit as st

from salesdash import formats
from salesdash.analysis import coverage
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.coverage import Coverage
from salesdash.analysis.pipeline import Pipeline
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import cards, context, deals, dialogs, marks, sentences, state
from salesdash.ui.pipeline import parts
from salesdash.ui.sentences import Behind
from salesdash.warehouse.deals import OPEN, Which

LARGE = ("coverage", "weighted_coverage", "quota_coverage")
NAMED = 5
"""So many members without a target are named."""


def draw(report: Pipeline, selection: Selection) -> None:
    """The card; nothing where config.yaml has no such metric."""
    words = context.words()
    if coverage.METRIC not in context.metrics().metrics:
        return
    title, note = words.metric(coverage.METRIC), words.say("coverage.note")
    found = ask(selection, state.covered_by.get())
    with cards.card("coverage", title, note):
        if found is None:
            parts.quiet(words.say("coverage.no_period"))
            return
        st.html(f'<div class="sd-body">{marks.escape(words.tell(found.headline))}</div>')
        if found.due is not None:
            _figures(found, words)
            _members(found, selection, words)
        _missing(found, report, words)
        with cards.tools("coverage-rows"):
            _openers(found, report, words)


def ask(selection: Selection, by: str) -> Coverage | None:
    """The answer, shared by all sessions that ask the same."""
    question = Question(context.warehouse(), context.settings(), selection, context.today())
    return context.remembered(
        ("coverage", selection, by, context.goals_state()),
        lambda: coverage.build(question, by or None),
    )


def title(found: Coverage, words: Words) -> str:
    """What the bars are called."""
    name = cards.inner(words.dimension(str(found.by)), words)
    return words.say("coverage.title", dimension=name)


def _figures(found: Coverage, words: Words) -> None:
    """The three coverages of the whole selection, those that are known; each opens its figure."""
    told, links = [], []
    for name in LARGE:
        value = found.figures[name].value if name in found.figures else None
        if value is not None:
            told.append((words.value(value, Unit.MULTIPLE), words.say(f"coverage.{name}"), False))
            links.append(sentences.opening("pipeline", Behind(coverage.FIGURES[name][0])))
    if told:
        st.html(marks.figures(told, links))


def _members(found: Coverage, selection: Selection, words: Words) -> None:
    if found.bars is None or found.by is None:
        parts.quiet(words.say("coverage.no_members"))
        return
    _dimension_box(found, words)
    about = Reason("coverage.title", (("dimension", Name("dimension", found.by)),))
    head = (title(found, words), words.say("coverage.line"))
    parts.note(words.say("coverage.line"))
    none = words.say("coverage.no_members")
    discuss = about, {"cover": found.by}
    parts.bars("coverage", found.bars, head, none, selection, found.by, discuss=discuss)


def _dimension_box(found: Coverage, words: Words) -> None:
    if len(found.dimensions) > 1:
        st.segmented_control(
            words.say("pipeline.conversion.by"),
            found.dimensions,
            format_func=words.dimension,
            key=state.covered_by.seed(str(found.by)),
            on_change=state.covered_by.take,
            required=True,
            label_visibility="collapsed",
        )


def _missing(found: Coverage, report: Pipeline, words: Words) -> None:
    """Who has no target, and which deals cannot count."""
    told = []
    if found.lacking:
        names = words.say("ui.list_comma").join(
            words.told(member) for member in found.lacking[:NAMED]
        )
        key = "coverage.lacking" if len(found.lacking) <= NAMED else "coverage.lacking_more"
        told.append(words.say(key, names=names, count=len(found.lacking)))
    whole = report.standing
    if whole.deals > whole.expected:
        told.append(words.say("coverage.undated", count=whole.deals - whole.expected))
    if whole.overdue:
        amount = words.value(whole.overdue_amount, Unit.MONEY)
        told.append(words.say("coverage.overdue", count=whole.overdue, amount=amount))
    for line in told:
        parts.note(line)


def _openers(found: Coverage, report: Pipeline, words: Words) -> None:
    """The deals behind the figures of the whole selection, and what the figure means."""
    icon, unit = ":material/table_rows:", found.unit.period
    last = formats.date(unit.last_day, words.lang, this_year=context.today().year)
    won = Which(("won",), within=(unit.start, unit.end))
    sets = [("won", words.say("coverage.show.won"), won)]
    if found.which is not None:
        sets.insert(0, ("due", words.say("coverage.show.due", count=found.deals), found.which))
    if report.standing.deals > report.standing.expected:
        sets.append(("undated", words.say("coverage.show.undated"), Which(OPEN, undated=True)))
    for name, label, which in sets:
        about = words.say(f"coverage.rows.{name}", day=last)
        st.button(
            label,
            key=f"coverage-{name}",
            type="tertiary",
            icon=icon,
            on_click=deals.show,
            args=(about, which),
        )
    st.button(
        words.say("ui.tools.definition"),
        key="coverage-definition",
        type="tertiary",
        icon=":material/help:",
        on_click=dialogs.open_metric,
        args=(coverage.METRIC,),
    )
