"""The columns of the file and what they become: editable, what needs a decision first."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pandas as pd
import streamlit as st

from salesdash.charts import Words
from salesdash.datasets import SALES
from salesdash.imports import Staged
from salesdash.ingest import COMPUTED, Candidate, ColumnMap, DateFormat, Mapping, NumberFormat
from salesdash.ingest.reading import Profile
from salesdash.metrics import Unit
from salesdash.texts import markdown_safe
from salesdash.ui import cards, context, state
from salesdash.ui.imports import draft
from salesdash.ui.imports.draft import Draft

KEEP = "-"
ORDER = {"check": 0, "new": 1, "matched": 2, "unused": 3}
ROWS_SHOWN, TALL = 15, 520
"""Longer grids scroll inside so many px."""

_edits = state.Slot("mapping-edits", 0)


def show(file: Draft, found: Staged) -> None:
    """A grid for each dataset; an edit is taken at once and the file worked out anew."""
    for part in found.parts:
        _section(file, found, part)


def _section(file: Draft, whole: Staged, part: Staged) -> None:
    words = context.words()
    found = replace(part, questions=whole.questions)  # which are those of all
    several = len(whole.parts) > 1
    if found.mapping is None or found.reading is None:  # nothing was understood: nothing to map
        return
    rows = sorted(found.mapping.columns, key=lambda c: (ORDER[status(c, found)], c.index))
    asked = sum(1 for column in rows if status(column, found) == "check")
    note = words.say("imports_page.columns.note", count=asked) if asked else ""
    title = words.say("imports_page.columns.title")
    if several or found.dataset is not SALES:
        dataset = words.say(f"datasets.{found.dataset.name}")
        title = words.say("imports_page.columns.title_of", dataset=dataset)
    with cards.section(title, note or words.say("imports_page.columns.all")):
        profiles = found.reading.tables[found.mapping.table].profiles
        prefix = f"{found.dataset.name}." if several else ""
        _grid(file, found, [(row, profiles[row.index]) for row in rows], prefix)
        _amounts(file, found.mapping, found.candidates, words)


def status(column: ColumnMap, found: Staged) -> str:
    """check: needs an eye; new: kept as an own dimension; matched: fills a field."""
    asked = {question.column for question in found.questions}
    for question in found.questions:  # which column is it? any of these may be
        if question.id.partition(":")[0] in ("field", "amount"):
            asked.update(question.options)
    if column.suggestion or column.header in asked:
        return "check"
    if column.field is not None:
        return "matched"
    return "new" if column.extra else "unused"


def _grid(file: Draft, found: Staged, rows: list[tuple[ColumnMap, Profile]], prefix: str) -> None:
    """`prefix`: stands before the fields of one of several datasets."""
    words = context.words()
    frame = pd.DataFrame(
        [_row(column, found, profile, words) for column, profile in rows],
        columns=["status", "header", "becomes", "example", "read_as", "why"],
    )
    fields = [KEEP, *found.dataset.names]
    key = f"mapping-{found.dataset.name}-{_edits.get()}-{file.token}"
    label = {name: words.say(f"imports_page.columns.{name}") for name in frame.columns}
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=[name for name in frame.columns if name != "becomes"],
        height="content" if len(rows) <= ROWS_SHOWN else TALL,
        column_config={
            "status": st.column_config.TextColumn(label["status"], width="small"),
            "header": st.column_config.TextColumn(label["header"]),
            "becomes": st.column_config.SelectboxColumn(
                label["becomes"],
                options=fields,
                required=True,
                format_func=lambda name: becomes(str(name), words),
            ),
            "example": st.column_config.TextColumn(label["example"]),
            "read_as": st.column_config.TextColumn(label["read_as"]),
            "why": st.column_config.TextColumn(label["why"]),
        },
        on_change=_edited,
        args=([column.header for column, _ in rows], key, prefix),
        alt=words.say("imports_page.columns.title"),
    )


def _row(column: ColumnMap, found: Staged, profile: Profile, words: Words) -> list[str]:
    return [
        words.say(f"imports_page.status.{status(column, found)}"),
        column.header,
        column.field or KEEP,
        profile.samples[0] if profile.samples else "",
        " · ".join((_understood(column, found, profile, words), *_said(column, words))),
        words.say(f"cli.how.{column.how}") if column.field else "",
    ]


def _understood(column: ColumnMap, found: Staged, profile: Profile, words: Words) -> str:
    """How the values are read, unless just that is asked."""
    asked = {q.column for q in found.questions if q.id in ("dates", "decimal")}
    if column.header in asked:
        return words.say("imports_page.read_as.asked")
    return read_as(column, profile, words)


def _said(column: ColumnMap, words: Words) -> tuple[str, ...]:
    """What else is known of a column: of a wide table its member, else a field it may be."""
    if column.member is not None:
        return (column.member,)
    if column.suggestion is None:
        return ()
    return (words.say("imports_page.columns.maybe", field=becomes(column.suggestion, words)),)


def becomes(name: str, words: Words) -> str:
    """A field by its label; a column without one stays a dimension of its own."""
    return words.say("imports_page.columns.keep") if name == KEEP else words.say(f"fields.{name}")


def read_as(column: ColumnMap, profile: Profile, words: Words) -> str:
    """How the values of a column are understood."""
    if not profile.filled:
        return words.say("imports_page.read_as.empty")
    if column.dates is not None:
        return words.say(f"imports_page.read_as.{_dates(column.dates)}")
    if column.number is not None:
        return words.say(f"imports_page.read_as.{_number(column.number)}")
    return words.say("imports_page.read_as.text")


def _dates(dates: DateFormat) -> str:
    """The word for a way of writing dates."""
    first = dates.styles[0] if dates.styles else "unknown"
    if first in ("serial", "period", "unknown"):
        return first
    if first.startswith("epoch"):
        return "epoch"
    return f"{dates.order}_zoned" if dates.zoned else dates.order


def _number(number: NumberFormat) -> str:
    """The word for a way of writing numbers."""
    if number.percent:
        return "percent"
    if number.factor != 1:
        return "scaled"
    if number.plain:
        return "number"
    return "comma" if number.decimal == "," else "point"


def _edited(headers: list[str], key: str, prefix: str) -> None:
    """Take the edit, and give the grid a new key: its source changes with what was said."""
    for row, cells in state.widget(key)["edited_rows"].items():
        if cells.get("becomes"):
            header, field = headers[int(row)], prefix + str(cells["becomes"])
            draft.change(partial(_mapped, header=header, field=field))
    _edits.set(_edits.get() + 1)


def _mapped(file: Draft, *, header: str, field: str) -> Draft:
    return file.maps(header, field)


def _amounts(
    file: Draft, mapping: Mapping, candidates: tuple[Candidate, ...], words: Words
) -> None:
    """The columns that could be the amount with their sums; which one it is can be changed."""
    if len(candidates) <= 1:
        return
    names = [candidate.name for candidate in candidates]
    totals = {candidate.name: candidate.total for candidate in candidates}
    key = f"amount-{mapping.dataset}-{_edits.get()}-{file.token}"
    chosen = mapping.amount.name
    st.radio(
        words.say("imports_page.amount.label"),
        names,
        index=names.index(chosen) if chosen in names else None,
        format_func=lambda name: _candidate(name, totals[name], words),
        key=key,
        on_change=_choose_amount,
        args=(key,),
        help=words.say("imports_page.amount.why", why=words.say(mapping.amount.reason)),
    )


def _candidate(name: str, total: str | None, words: Words) -> str:
    computed = name == COMPUTED
    shown = words.say("imports_page.amount.computed") if computed else markdown_safe(name)
    if total is None:
        return shown
    return f"{shown}  ·  {markdown_safe(words.value(Decimal(total), Unit.MONEY, 'exact'))}"


def _choose_amount(key: str) -> None:
    draft.change(lambda file: file.says("amount", state.widget(key)))
