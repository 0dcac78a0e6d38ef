"""Beside a question: tables and columns, examples, saved questions, what one asked before."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from salesdash import documents, texts
from salesdash.analysis import examples
from salesdash.analysis.examples import Example
from salesdash.charts import Words
from salesdash.imports.copies import CopiedColumn, CopiedTable, Copy
from salesdash.ui import context, marks, people, state, url
from salesdash.ui.query import asking, editor, meanings, saving

HEIGHT = 420
LISTED = 30
"""Questions of the history that are shown."""

LONGEST_LINE = 90
"""Characters of a question in a list."""

COLUMNS_HEIGHT = 272

_clicks = state.Slot("clicks.query-columns", 0)


def copy() -> Copy | None:
    """The copy that questions read; None while there is nothing to ask about."""
    if context.is_empty() and not context.home().holds_import():
        return None
    found = context.home().copies.ready(state.breathe)
    return found if found.tables else None


def empty() -> None:
    """There are no rows yet, and where they come from."""
    words = context.words()
    st.html(marks.headline(words.say("sql.empty"), words.say("sql.empty_lead")))
    with st.container(key="link-imports"):
        st.page_link(
            "pages/imports.py",
            label=words.say("ui.page.imports"),
            icon=":material/upload:",
            query_params=url.query("imports"),
        )


def show(copy: Copy) -> None:
    """One of the four, as chosen."""
    words = context.words()
    code = state.query_panel.get()
    code = code if code in PANELS else "tables"
    with st.container(border=True, key="card-query-shelf"):
        st.segmented_control(
            words.say("sql.panel.label"),
            tuple(PANELS),
            format_func=lambda name: words.say(f"sql.panel.{name}"),
            key=state.query_panel.seed(code),
            on_change=state.query_panel.take,
            required=True,
            label_visibility="collapsed",
        )
        with st.container(height=HEIGHT - 84, border=False, gap="xsmall"):
            PANELS[code](copy, words)


def _tables(copy: Copy, words: Words) -> None:
    """The columns of a table: a click adds a name to the question."""
    known = {table.name: table for table in copy.tables}
    chosen = state.query_table.get()
    chosen = chosen if chosen in known else next(iter(known))
    st.selectbox(
        words.say("sql.table"),
        tuple(known),
        format_func=lambda name: _table_name(known[name], words),
        key=state.query_table.seed(chosen),
        on_change=state.query_table.take,
        label_visibility="collapsed",
    )
    _columns(known[chosen], words)


def _columns(table: CopiedTable, words: Words) -> None:
    """A row for each column; a click adds its name to the question."""
    st.html(f'<div class="sd-note">{marks.escape(words.say("sql.insert"))}</div>')
    heads = [words.say(f"sql.column.{name}") for name in ("name", "meaning", "examples")]
    rows = [
        (
            column.name,
            words.say("sql.typed", what=meanings.column(column, words), type=_kind(column, words)),
            ", ".join(column.samples),
        )
        for column in table.columns
    ]
    key = f"query-columns-{_clicks.get()}"
    st.dataframe(
        pd.DataFrame(rows, columns=heads),
        hide_index=True,
        height=COLUMNS_HEIGHT,
        key=key,
        on_select=lambda: _picked(table, key),
        selection_mode="single-row",
        column_config={
            heads[0]: st.column_config.TextColumn(width=116),
            heads[1]: st.column_config.TextColumn(width=150),
        },
        alt=words.say("sql.insert"),
    )


def _kind(column: CopiedColumn, words: Words) -> str:
    return words.say(f"sql.type.{meanings.kind(column)}")


def _picked(table: CopiedTable, key: str) -> None:
    """Add the chosen name; the next choice starts afresh."""
    event = state.widget(key)
    for place in event["selection"]["rows"] if event else ():
        editor.insert(table.columns[place].typed)
        _clicks.set(_clicks.get() + 1)


def _table_name(table: CopiedTable, words: Words) -> str:
    what = meanings.table(table, words)
    return words.say("sql.table_rows", table=table.name, what=what, rows=f"{table.rows:,}")


def _examples(copy: Copy, words: Words) -> None:
    """Questions that these rows answer; then the metrics of the screens as SQL."""
    found = examples.build(copy, context.metrics())
    for about_metric, title in ((False, "sql.examples.useful"), (True, "sql.examples.metrics")):
        listed = [each for each in found if each.is_metric is about_metric]
        if listed:
            st.html(marks.head(words.say(title), level=3))
        for place, each in enumerate(listed):
            _offer(f"example-{about_metric}-{place}", _named(each, words), editor.take, each.sql)


def _named(example: Example, words: Words) -> str:
    if example.name is None:
        return words.say(f"sql.example.{example.key}")
    return words.say("sql.examples.by_month", metric=example.name[words.lang])


def _saved(_copy: Copy, words: Words) -> None:
    """The team's questions, with who saved them; a link to each."""
    found = context.home().workspace.queries.all()
    if not found:
        st.html(f'<div class="sd-note">{marks.escape(words.say("sql.saved.none"))}</div>')
    for each in found:
        _offer(f"saved-{each.id}", each.name, asking.open_saved, each.id, icon="bookmark")
        told = " · ".join(part for part in (each.description, saving.about(each)) if part)
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')
    opened = asking.saved()
    if opened is not None and people.who():
        key = "restore" if opened.withdrawn else "withdraw"
        st.button(
            words.say(f"sql.saved.{key}", name=texts.markdown_safe(opened.name)),
            key="withdraw-query",
            type="tertiary",
            on_click=saving.withdraw,
            args=(opened.id,),
            kwargs={"withdrawn": not opened.withdrawn},
        )


def _history(_copy: Copy, words: Words) -> None:
    """What this person asked, the newest first."""
    who = people.who()
    if not who:
        people.ask(people.DRAWER_FIELD)
        st.html(f'<div class="sd-note">{marks.escape(words.say("sql.history.who"))}</div>')
        return
    found = context.home().workspace.asked.of(who)[:LISTED]
    if not found:
        st.html(f'<div class="sd-note">{marks.escape(words.say("sql.history.none"))}</div>')
    for place, each in enumerate(found):
        line = " ".join(each.sql.split())
        line = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
        _offer(f"asked-{place}", line, editor.take, each.sql, icon="history")
        at = documents.moment(each.at, words.lang)
        key = "sql.history.failed" if each.error else "sql.history.rows"
        told = words.say(key, at=at, count=each.rows or 0, seconds=f"{each.seconds or 0:.2f}")
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')


def _offer(key: str, label: str, act: Callable[..., None], what: object, icon: str = "") -> None:
    st.button(
        texts.markdown_safe(label),
        key=f"query-{key}",
        type="tertiary",
        icon=f":material/{icon or 'chevron_right'}:",
        on_click=act,
        args=(what,),
    )


PANELS: Mapping[str, Callable[[Copy, Words], None]] = {
    "tables": _tables,
    "examples": _examples,
    "saved": _saved,
    "history": _history,
}
