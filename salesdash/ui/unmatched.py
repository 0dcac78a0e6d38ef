"""Keys of facts that lists lack: which, in how many rows, and what may be meant."""

from collections.abc import Hashable, Iterable

import streamlit as st

from salesdash import formats
from salesdash.charts import Column, Table, Words
from salesdash.charts.tables import Cell as Exact
from salesdash.metrics import Unit
from salesdash.ui import cards, context, marks
from salesdash.warehouse.unmatched import Lost, LostKey

SHOWN = 12

KINDS = {"key": "key", "of": "opt", "rows": "num", "amount": "num opt", "meant": ""}
"""Columns and how they look."""


def card(key: str, found: tuple[Lost, ...], *question: Hashable) -> None:
    """The keys with most rows, all of them as CSV, and what can be done."""
    words = context.words()
    count, rows = sum(each.count for each in found), sum(each.rows for each in found)
    told = words.say("ui.metric.rows_all", count=rows)
    note = words.say("picture.keys.note", count=count, rows=told)
    answer = table(found, words)
    with cards.card(key, words.say("picture.keys.title"), note):
        st.html(f'<div class="sd-note">{marks.escape(words.say("picture.keys.how"))}</div>')
        cards.listed(key, answer, tuple(KINDS.values()), SHOWN, *question)


def table(found: tuple[Lost, ...], words: Words) -> Table:
    """All keys that are told, those with most rows first."""
    columns = tuple(
        Column(words.say(f"picture.keys.{name}"), figures=kind.startswith("num"))
        for name, kind in KINDS.items()
    )
    keys = sorted(_pairs(found), key=lambda pair: (-pair[1].rows, pair[1].key))
    return Table(
        columns,
        tuple(_shown(lost, key, words) for lost, key in keys),
        tuple(_exact(lost, key, words) for lost, key in keys),
    )


def _pairs(found: Iterable[Lost]) -> Iterable[tuple[Lost, LostKey]]:
    return ((lost, key) for lost in found for key in lost.keys)


def _shown(lost: Lost, key: LostKey, words: Words) -> tuple[str, ...]:
    amount = words.value(key.amount, Unit.MONEY)
    return (key.key, words.dimension(lost.field), f"{key.rows:,}", amount, meant(key, words))


def _exact(lost: Lost, key: LostKey, words: Words) -> tuple[Exact, ...]:
    return (key.key, words.dimension(lost.field), key.rows, key.amount, meant(key, words))


def meant(key: LostKey, words: Words) -> str:
    """The entry that a key counts for, or may have been meant; "—" where none is like it."""
    if key.nearest is None:
        return formats.DASH
    return words.say(f"picture.keys.{'same' if key.same else 'near'}", nearest=key.nearest)
