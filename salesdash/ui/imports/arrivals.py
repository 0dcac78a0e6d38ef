"""A file arrives: the place to drop it, and the way through questions to the import."""

import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from salesdash.commands.replies import rows_of
from salesdash.errors import SalesdashError
from salesdash.imports import Staged
from salesdash.ingest import ReadOptions, parts
from salesdash.ui import context, homes, marks, news, people, problems, state
from salesdash.ui.imports import (
    columns,
    committing,
    draft,
    inbox,
    options,
    preflight,
    questions,
    templates,
)
from salesdash.ui.imports.draft import Draft

MEGABYTE = 1_000_000
NEXT_SHOWN = 3

_uploads = state.Slot("uploads", 0)


def pending() -> bool:
    """Whether a file waits to be confirmed, or is being written."""
    return draft.current() is not None or committing.is_running()


def drop() -> None:
    """The place to drop files, what happens to them, and templates."""
    words = context.words()
    st.html(
        marks.headline(words.say("imports_page.drop.title"), words.say("imports_page.drop.lead"))
    )
    committing.celebrate()
    key = f"upload-{_uploads.get()}"
    st.file_uploader(
        words.say("imports_page.drop.label"),
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(key,),
        label_visibility="collapsed",
    )
    limit = context.settings().limits.upload_mb
    told = [words.say("imports_page.drop.limit", limit=limit), inbox.where()]
    if context.kind() == "demo":
        told = [words.say("imports_page.drop.demo")]
    st.html(f'<div class="sd-note">{"<br>".join(map(marks.escape, told))}</div>')
    templates.offer()


def review() -> None:
    """The file that waits: what is asked, how it is read, what would change, and the buttons."""
    news.hush()  # who is bringing data in is not told of others
    if committing.is_running():
        committing.follow()
        return
    file = draft.current()
    if file is None:
        return
    words = context.words()
    _others()
    try:
        found = draft.staged(file, words.say("imports_page.reading"))
    except SalesdashError as error:
        _refused(file, error)
        return
    _opening(found)
    if found.duplicate_of is not None:
        _back_button(words.say("imports_page.duplicate.back"))
        return
    with st.container():  # there with or without questions: what follows keeps its place
        questions.ask(file, found)
    preflight.show(file, found)
    columns.show(file, found)
    for part in found.parts:
        preflight.rejects(part)
    _buttons(found)


def _take(key: str) -> None:
    """Keep copies of what was dropped and empty the uploader, which holds files in memory."""
    files: list[UploadedFile] = state.widget(key) or []
    drafts: list[Draft] = []
    for file in files:
        folder = Path(tempfile.mkdtemp(prefix="salesdash-upload-"))
        copy = folder / f"file{Path(file.name).suffix.lower()[:10]}"
        copy.write_bytes(file.getbuffer())
        found = parts(copy, file.name, ReadOptions(), folder)
        drafts += [Draft(str(p.path), p.name, p.path.stat().st_size) for p in found]
        if found[0].path != copy:
            copy.unlink()
    draft.waiting.set((*draft.waiting.get(), *drafts))
    _uploads.set(_uploads.get() + 1)
    if context.kind() == "demo":
        homes.go_own()


def _others() -> None:
    """How many files wait behind this one, and which come next."""
    names = [file.name for file in draft.waiting.get()[1:]]
    if names:
        words = context.words()
        listed = words.say("ui.list_comma").join(names[:NEXT_SHOWN])
        more = " …" if len(names) > NEXT_SHOWN else ""
        told = words.say("imports_page.waiting", count=len(names), names=f"{listed}{more}")
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')


def _opening(found: Staged) -> None:
    """The sentence: a question, ready, or nothing to do."""
    words = context.words()
    if found.duplicate_of is not None:
        title = words.say("imports_page.duplicate.title", number=found.duplicate_of)
        lead = words.say("imports_page.duplicate.lead")
    elif found.questions:
        title = words.say("imports_page.asked.title", count=len(found.questions))
        lead = words.say("imports_page.asked.lead")
    elif found.counts is not None:
        rejected = sum(part.counts.rejected for part in found.parts if part.counts)
        looks = words.say("imports_page.ready.looks", count=rejected) if rejected else ""
        title = words.say("imports_page.ready.title", rows=_rows(found), looks=looks)
        lead = words.say("imports_page.ready.lead")
    else:
        title, lead = found.request.name, ""
    st.html(marks.headline(title, lead))


def _rows(found: Staged) -> str:
    """What would be loaded: how many rows of what."""
    counts = [(part.dataset.name, part.counts.loaded) for part in found.parts if part.counts]
    return rows_of(counts, context.lang())


def _refused(file: Draft, error: SalesdashError) -> None:
    """The file cannot be used like this: why, what can be said about it, another file."""
    words = context.words()
    st.html(marks.headline(words.say("imports_page.refused.title", name=file.name)))
    problems.show(error)
    options.show(file, None)
    _back_button(words.say("imports_page.refused.back"))


def _buttons(found: Staged) -> None:
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="import-buttons"
    ):
        for part in found.parts:
            preflight.rejects_download(part)
        st.space("stretch")
        if not found.questions:
            people.ask()
        _back_button(words.say("imports_page.cancel"))
        st.button(
            words.say("imports_page.commit", rows=_rows(found))
            if found.counts
            else words.say("imports_page.commit_later"),
            key="commit",
            type="primary",
            disabled=not found.is_ready,
            on_click=committing.start,
            args=(found,),
        )


def _back_button(label: str) -> None:
    st.button(label, key="cancel-import", on_click=draft.drop)
