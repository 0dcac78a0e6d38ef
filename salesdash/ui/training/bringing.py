"""Finished trainings of a file: drop it, see what it would bring, keep it in one step."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import streamlit as st

from salesdash import texts
from salesdash.analysis import finishing
from salesdash.analysis.finishing import Known, Plan
from salesdash.charts import Words
from salesdash.commands import training as command
from salesdash.commands.requests import Order
from salesdash.errors import SalesdashError
from salesdash.ingest import ReadOptions
from salesdash.ingest.finished import Listing
from salesdash.ui import cards, context, exports, marks, problems, state, writing
from salesdash.ui.marks import Cell
from salesdash.ui.training import asking

SHOWN = 10
BRINGING = "training-bring"


@dataclass(frozen=True)
class _Dropped:
    """A file that was dropped: its bytes, and what reading it gave."""

    name: str
    data: bytes
    listing: Listing | None
    error: SalesdashError | None


_open = state.Slot("bring-open", default=False)
_dropped: state.Slot[_Dropped | None] = state.Slot("bring-file", None)
_uploads = state.Slot("bring-uploads", 0)


def way(words: Words) -> None:
    """The button that opens the place to drop a file."""
    st.button(
        words.say("learning.bring.open"),
        key="bring-open",
        icon=":material/upload_file:",
        on_click=_open.set,
        args=(not _open.get(),),
    )


def draw(words: Words, *, ready: bool) -> None:
    """The card with the place to drop a file, then what it would bring."""
    if not _open.get():
        return
    with cards.card("bring", words.say("learning.bring.title"), words.say("learning.bring.note")):
        file = _dropped.get()
        if file is None:
            _place(words)
        else:
            _found(file, words, ready=ready)
        writing.told(BRINGING)


def _place(words: Words) -> None:
    key = f"bring-upload-{_uploads.get()}"
    st.file_uploader(
        words.say("learning.bring.title"),
        key=key,
        on_change=_take,
        args=(key,),
        label_visibility="collapsed",
    )
    with cards.tools("bring"):
        for code in sorted(texts.LANGUAGES, key=lambda each: each != words.lang):
            told = Words(code, words.currency, words.fiscal, words.names)
            cards.download(
                f"bring-template-{code}",
                words.say(f"learning.bring.template_{code}"),
                f"trainings-template-{code}.csv",
                partial(_template, told),
            )
        _away(words.say("learning.bring.close"), "bring-close", _close)


def _found(file: _Dropped, words: Words, *, ready: bool) -> None:
    """What the file would bring, or why it cannot be read."""
    st.html(f'<div class="sd-body"><b>{marks.escape(file.name)}</b></div>')
    if file.error is not None or file.listing is None:
        if file.error is not None:
            problems.show(file.error)
        if file.error is not None and file.error.key == "finished.which_order":
            _order(file, words)
        with cards.tools("bring"):
            _away(words.say("learning.bring.other"), "bring-other", _drop)
        return
    st.toggle(words.say("learning.bring.new_people"), key="bring-new-people")
    adding = bool(state.widget("bring-new-people"))
    planned = finishing.plan(file.listing, _known(), add_people=adding)
    _summary(planned, words)
    _refused(planned, words)
    with st.container(horizontal=True, gap="small", key="bring-do"):
        st.button(
            words.say("learning.bring.keep", count=len(planned.fresh)),
            key="bring-keep",
            type="primary",
            on_click=_keep,
            args=(planned,),
            disabled=not ready or not planned.fresh,
        )
        _away(words.say("learning.bring.other"), "bring-other", _drop)


def _summary(planned: Plan, words: Words) -> None:
    """How many would be finished, by whom; how many are history, known, refused."""
    figures = [
        (f"{len(planned.fresh):,}", words.say("learning.bring.fresh", count=planned.people), False),
        (f"{planned.lapsed:,}", words.say("learning.bring.lapsed"), False),
        (f"{planned.known:,}", words.say("learning.bring.known"), False),
        (f"{len(planned.refused):,}", words.say("learning.bring.refused"), bool(planned.refused)),
    ]
    st.html(marks.figures(figures))
    read = words.say("ui.list_comma").join(
        words.say("learning.bring.column", field=words.say(f"learning.field.{name}"), header=header)
        for name, header in planned.headers.items()
    )
    st.html(f'<div class="sd-note">{marks.escape(read)}</div>')
    if planned.newcomers:
        names = words.say("ui.list_comma").join(planned.newcomers)
        told = words.say("learning.newcomers", count=len(planned.newcomers), names=names)
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')


def _refused(planned: Plan, words: Words) -> None:
    """The first rows that cannot be taken with their reasons, and all of them as a file."""
    if not planned.refused:
        return
    names = ("line", "person", "course", "day", "reason")
    header = [Cell(words.say(f"learning.field.{name}")) for name in names]
    rows = [
        [
            Cell(str(each.line.line)),
            *(Cell(cell) for cell in cells[:3]),
            Cell(words.tell(each.reason)),
        ]
        for each, cells in finishing.table(planned.refused[:SHOWN])
    ]
    st.html(marks.table(header, rows))
    more = len(planned.refused) - SHOWN
    if more > 0:
        st.html(f'<div class="sd-note">{words.say("team.more", count=more)}</div>')
    with cards.tools("bring-refused"):
        cards.download(
            "bring-refused",
            words.say("learning.bring.download", count=len(planned.refused)),
            exports.file_name("refused", "csv", planned.file, len(planned.refused)),
            lambda: exports.encoded(command.refused_csv(planned.refused, words)),
        )


def _order(file: _Dropped, words: Words) -> None:
    """Day or month first, where nothing in the file says it."""
    st.segmented_control(
        words.say("learning.bring.order"),
        get_args(Order),
        key="bring-order",
        format_func=lambda code: words.say(f"learning.bring.orders.{code}"),
        on_change=_read,
        args=(file.name, file.data),
    )


def _away(label: str, key: str, do: Callable[[], None]) -> None:
    st.button(label, key=key, type="tertiary", on_click=do)


def _known() -> Known:
    """What rows are held against: everybody of the data, the list and what was typed."""
    store = context.home().workspace
    people = {*asking.everybody(), *asking.staff().entries}
    kept = store.learning.completions()
    courses = context.settings().training
    return Known(courses, tuple(sorted(people)), kept, context.today(), context.lang())


def _template(told: Words) -> bytes:
    return exports.encoded(command.template(told))


# --- what clicks do ---------------------------------------------------------------------------


def _take(key: str) -> None:
    file = state.widget(key)
    if file is not None:
        state.forget("bring-order")
        _read(file.name, bytes(file.getbuffer()))
        _uploads.set(_uploads.get() + 1)


def _read(name: str, data: bytes) -> None:
    """Read what was dropped, in the child process that reads every file."""
    order = state.widget("bring-order")
    with tempfile.TemporaryDirectory(prefix="salesdash-upload-") as folder:
        copy = Path(folder) / f"file{Path(name).suffix.lower()[:10]}"
        copy.write_bytes(data)
        try:
            _dropped.set(
                _Dropped(name, data, command.listing(copy, name, ReadOptions(), order), None)
            )
        except SalesdashError as error:
            _dropped.set(_Dropped(name, data, None, error))


def _keep(planned: Plan) -> None:
    store, words = context.home().workspace.learning, context.words()
    if writing.save(BRINGING, lambda stamp: store.finish(planned.fresh, planned.file, stamp)):
        asking.tell(words.say("learning.bring.kept", count=len(planned.fresh)))
        _close()


def _drop() -> None:
    _dropped.clear()


def _close() -> None:
    _dropped.clear()
    _open.set(value=False)
