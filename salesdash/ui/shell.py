"""The frame of every screen: navigation, language, demo or own, filter bar, errors, address."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from salesdash import texts
from salesdash.ui import (
    ahead,
    context,
    dialogs,
    filters,
    homes,
    news,
    people,
    problems,
    process,
    sharing,
    state,
    url,
)

ROOT = Path(__file__).resolve().parents[2]
LOOK = Path(__file__).with_name("look.css")
LOGO = Path(__file__).with_name("logo.svg")
BANNER_LINES = 3
SKELETON = 640
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
HTML_LANGUAGE = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True)
class Screen:
    """One entry of the menu; `filtered` screens show figures and get the filter bar."""

    name: str
    group: str
    icon: str
    filtered: bool = True

    @property
    def file(self) -> str:
        """The page file, from the root of the checkout."""
        return f"pages/{self.name}.py"


SCREENS = (
    Screen("overview", "results", ":material/monitoring:"),
    Screen("goals", "results", ":material/flag:", filtered=False),
    Screen("trends", "analysis", ":material/show_chart:"),
    Screen("comparison", "analysis", ":material/compare_arrows:"),
    Screen("customers", "analysis", ":material/groups:"),
    Screen("pipeline", "analysis", ":material/filter_alt:"),
    Screen("meetings", "team", ":material/groups:", filtered=False),
    Screen("actions", "team", ":material/task_alt:", filtered=False),
    Screen("training", "team", ":material/school:", filtered=False),
    Screen("people", "team", ":material/badge:", filtered=False),
    Screen("imports", "data", ":material/upload:", filtered=False),
    Screen("query", "data", ":material/terminal:", filtered=False),
    Screen("quality", "data", ":material/rule:", filtered=False),
    Screen("trail", "data", ":material/history:", filtered=False),
)


def configure() -> None:
    """What must come first in a run: page settings, warm process, choices from the address."""
    _page_settings()
    context.begin()
    url.adopt()


@contextmanager
def patience(question: str) -> Iterator[None]:
    """Room for what is being worked out, on the first visit of a page; later the old figures stay.

    `question` names what is asked, so that each has its first visit.
    """
    first = state.Slot(f"asked.{question}", default=False)
    place = st.empty()  # there at each visit, so that what follows keeps its place
    if first.get():
        yield
        return
    place.skeleton(height=SKELETON)
    try:
        yield
    finally:
        place.empty()
    first.set(value=True)


def _page_settings() -> None:
    st.set_page_config(page_title="salesdash", page_icon="📈", layout="wide")


def navigation() -> StreamlitPage:
    """The menu in groups; the chosen page comes back."""
    lang = context.lang()
    groups: dict[str, list[StreamlitPage]] = {}
    for screen in SCREENS:
        title = texts.t(f"ui.page.{screen.name}", lang)
        page = st.Page(
            ROOT / screen.file,
            title=title,
            icon=screen.icon,
            url_path=screen.name,
            default=screen is SCREENS[0],
        )
        groups.setdefault(texts.t(f"ui.group.{screen.group}", lang), []).append(page)
    return st.navigation(groups, expanded=True)  # Streamlit folds long menus, in English


def ensure_opened() -> None:
    """Hand over to app.py if Streamlit ran a page file on its own (its older pages/ mode)."""
    if not state.frame_is_open.get():
        _page_settings()  # else the browser looks for the menu icon on another host
        navigation()  # switches the older mode off for this process
        st.rerun()  # same address, now through app.py


@contextmanager
def opened(page: StreamlitPage) -> Iterator[bool]:
    """The frame around a page; False when there are no figures to show yet."""
    screen = next((s for s in SCREENS if s.name == page.url_path), SCREENS[0])
    state.frame_is_open.set(value=True)
    try:
        with problems.kept():
            news.hush()
            ready = _frame(screen)
            yield ready
            if ready:
                sharing.draw(screen.name, first=screen is SCREENS[0], filtered=screen.filtered)
                ahead.expect(screen.name)
            dialogs.draw()
            news.watch()
    finally:
        state.frame_is_open.set(value=False)
    url.write(screen.name)
    process.shared().settle()


def _frame(screen: Screen) -> bool:
    """Everything around a page; False: it cannot be shown, and why was said."""
    ready = False
    with problems.kept():
        _dress()
        _sidebar()
        ready = _top(screen)
    return ready  # noqa: RET504 - an error inside is said and swallowed


def _dress() -> None:
    """Stylesheet, logo, and the language of the document for screen readers."""
    st.logo(str(LOGO), size="medium")
    st.html(LOOK)
    st.html(_uploader_words())
    tag = json.dumps(HTML_LANGUAGE[context.lang()])
    st.html(f"<script>document.documentElement.lang={tag}</script>", unsafe_allow_javascript=True)


def _sidebar() -> None:
    lang = context.lang()
    with st.sidebar:
        st.segmented_control(
            texts.t("ui.language", lang),
            texts.LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            key=state.language.seed(lang),
            on_change=state.language.take,
            required=True,
            label_visibility="collapsed",
        )
        homes.switch()
        st.html(f'<span class="sd-note sd-theme">{texts.t("ui.theme", lang)}</span>')
        people.remember()


def _top(screen: Screen) -> bool:
    """Banners, then the filter bar where a page has one; False: nothing to look at yet."""
    if not homes.ensure():
        return False
    homes.marker()
    _config_banner()
    news.begin()
    if not screen.filtered:
        return True
    if context.is_empty():
        homes.empty()
        return False
    filters.bar()
    return True


def _config_banner() -> None:
    """A config.yaml in the middle of being written: its faults; the last good one is used."""
    watcher = process.shared().watcher
    if watcher.is_stale:
        lang = context.lang()
        shown = watcher.problems[:BANNER_LINES]
        lines = [f"- {texts.error(problem, lang, markdown=True)}" for problem in shown]
        if len(watcher.problems) > len(shown):
            lines.append(texts.t("ui.config.more", lang, count=len(watcher.problems) - len(shown)))
        st.warning(
            "\n".join(lines), title=texts.t("ui.config.title", lang), icon=":material/warning:"
        )


def _uploader_words() -> str:
    """Streamlit's uploader speaks English only: its words are drawn by the stylesheet instead."""
    lang = context.lang()
    words = {name: texts.t(f"imports_page.drop.{name}", lang) for name in ("choose", "here")}
    choose, here = (json.dumps(words[name], ensure_ascii=False) for name in ("choose", "here"))
    return f"<style>.stApp {{ --sd-choose: {choose}; --sd-here: {here}; }}</style>"
