"""Which home is shown: the demo company, marked as such on every screen, or one's own data."""

from collections.abc import Callable

import streamlit as st

from salesdash import demo, texts
from salesdash.commands import homes
from salesdash.ui import context, jobs, marks, problems, process, state
from salesdash.ui.jobs import Job

KINDS = ("own", "demo")


def switch() -> None:
    """Own data or demo company, one click from each other."""
    lang = context.lang()
    st.segmented_control(
        texts.t("ui.home.label", lang),
        KINDS,
        format_func=lambda kind: texts.t(f"ui.home.{kind}", lang),
        key=state.home.seed(context.kind()),
        on_change=take,
        required=True,
        label_visibility="collapsed",
    )


def take() -> None:
    """Change homes: filters, cut and meeting of one mean nothing in the other."""
    state.home.take()
    state.filters.clear()
    state.cut.clear()
    state.meeting.clear()


def go_own() -> None:
    """To one's own home; for `on_click`."""
    state.home.set("own")
    state.filters.clear()
    state.cut.clear()
    state.meeting.clear()
    state.touched.set(value=True)


def ensure() -> bool:
    """The home of this session is there; False while the demo company is still being built."""
    if context.kind() == "own" or context.demo_is_ready():
        return True
    lang, shared = context.lang(), process.shared()
    job = shared.building(_builder(lang))
    with st.container(key="building"):
        st.html(
            marks.headline(
                texts.t("ui.demo.building", lang), texts.t("ui.demo.building_lead", lang)
            )
        )
        done = False
        with problems.kept():
            jobs.follow(job, lambda step: texts.t(step, lang))
            done = True
        if done:
            shared.built()
            st.rerun()
    shared.built()
    st.button(texts.t("ui.demo.retry", lang), key="retry-demo")
    return False


def _builder(lang: str) -> Callable[[Job[None]], None]:
    """Builds the demo company; it goes on when the tab is closed."""
    place, settings = process.shared().place("demo"), context.settings()
    today, now = context.today(), context.now()

    def build(job: Job[None]) -> None:
        homes.close(place)
        demo.build(place, lang=lang, today=today, now=now, settings=settings, progress=job.tell)

    return build


def marker() -> None:
    """In the demo home: says so, and leads to one's own data."""
    if context.kind() != "demo":
        return
    lang = context.lang()
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="demo-bar",
    ):
        st.html(f'<span class="sd-demo">{texts.t("ui.demo.marker", lang)}</span>', width="content")
        if st.button(
            texts.t("ui.demo.start", lang), key="start-own", type="tertiary", on_click=go_own
        ):
            st.switch_page("pages/imports.py")


def empty() -> None:
    """One's own home without figures: what to do next."""
    lang = context.lang()
    st.info(
        texts.t("ui.own.empty.body", lang),
        title=texts.t("ui.own.empty.title", lang),
        icon=":material/upload_file:",
    )
    with st.container(horizontal=True):
        if st.button(texts.t("ui.own.import", lang), type="primary", key="to-imports"):
            st.switch_page("pages/imports.py")
        st.button(texts.t("ui.own.look", lang), key="to-demo", on_click=_go_demo)


def _go_demo() -> None:
    state.home.set("demo")
    state.touched.set(value=True)
