"""Changing an action where it stands: its tick, its words, dropping it; each saved at once."""

import streamlit as st

from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.ui import context, state, writing
from salesdash.ui.actions.fields import field_keys, fields, typed
from salesdash.workspace import Standing


def popover(row: Row, place: str, words: Words, *, ready: bool) -> None:
    """A way to change or drop an action, beside it."""
    opened = st.popover(
        words.say("team.actions.edit"),
        type="tertiary",
        key=f"edit-{place}-{row.id}",
        on_change="rerun",
        disabled=not ready,
    )
    if not opened.open:
        return
    keys = field_keys(f"{place}-{row.id}")
    with opened:
        fields(keys, words, row)
        st.button(
            words.say("team.actions.save"),
            key=f"save-{place}-{row.id}",
            type="primary",
            on_click=_edit,
            args=(row.id, place, row.version),
        )
        if row.is_open:
            st.button(
                words.say("team.actions.drop"),
                key=f"drop-{place}-{row.id}",
                type="tertiary",
                on_click=_drop,
                args=(row.id, place, row.version),
            )
        elif row.state is Standing.DROPPED:
            st.button(
                words.say("team.actions.reopen"),
                key=f"reopen-{place}-{row.id}",
                type="tertiary",
                on_click=_reopen,
                args=(row.id, place, row.version),
            )


def _edit(number: int, place: str, version: int) -> None:
    keys, store = field_keys(f"{place}-{number}"), context.home().workspace.actions
    part = dict(zip(("text", "owner", "due"), typed(keys), strict=True))
    if writing.save(f"actions-{place}", lambda stamp: store.amend(number, part, stamp, version)):
        for key in keys:
            state.forget(key)


def settle(number: int, key: str, place: str, version: int) -> None:
    """What the tick says; for `on_change`."""
    standing = Standing.DONE if state.widget(key) else Standing.OPEN
    _stand(number, standing, place, version)


def _drop(number: int, place: str, version: int) -> None:
    _stand(number, Standing.DROPPED, place, version)


def _reopen(number: int, place: str, version: int) -> None:
    _stand(number, Standing.OPEN, place, version)


def _stand(number: int, standing: Standing, place: str, version: int) -> None:
    store = context.home().workspace.actions
    writing.save(f"actions-{place}", lambda stamp: store.settle(number, standing, stamp, version))
