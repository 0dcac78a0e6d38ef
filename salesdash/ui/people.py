"""Who sits before this browser: asked once, at the first write; not verified."""

import re
from html import escape
from secrets import token_hex

import streamlit as st

from salesdash import texts
from salesdash.ui import context, process, state
from salesdash.workspace import Stamp

COOKIE = "salesdash_browser"
FIELD, DRAWER_FIELD, AGENDA_FIELD, STAFF_FIELD = FIELDS = (
    "who",
    "who-drawer",
    "who-agenda",
    "who-staff",
)
_asked: state.Slot[tuple[str, ...]] = state.Slot("who-asked", ())
"""Keys of the fields beyond `FIELDS`: a list may have one in each row."""

_TOKEN = re.compile(r"[0-9a-f]{32}")


def who() -> str:
    """The name stated in this browser, "" before that."""
    if not state.who.get():
        browser = str(st.context.cookies.get(COOKIE, ""))
        known = context.home().workspace.names.of(browser) if _TOKEN.fullmatch(browser) else None
        state.who.set(known or process_name())
    return state.who.get()


def process_name() -> str:
    """The name given when the app was started with --as, else ""."""
    return process.shared().options.who or ""


def ask(key: str = FIELD) -> None:
    """A field for the name while it is not known; then the name, and a way to change it.

    `key` keeps two such fields on one page apart; see `FIELDS`, others are remembered.
    """
    if key not in (*FIELDS, *_asked.get()):
        _asked.set((*_asked.get(), key))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        if who() and not state.renaming.get():
            _known(key)
        else:
            _field(key)


def _known(key: str) -> None:
    lang = context.lang()
    told = escape(texts.t("ui.who.as", lang, name=who()))
    st.html(f'<span class="sd-note">{told}</span>', width="content")
    st.button(
        texts.t("ui.who.change", lang),
        key=f"rename-{key}",
        type="tertiary",
        on_click=state.renaming.set,
        args=(True,),
    )


def _field(key: str) -> None:
    lang = context.lang()
    st.text_input(
        texts.t("ui.who.label", lang),
        placeholder=texts.t("ui.who.placeholder", lang),
        icon=":material/person:",
        label_visibility="collapsed",
        key=key,
        help=texts.t("ui.who.help", lang),
        max_chars=60,
        width=260,
        on_change="ignore",  # it comes with the click on what is to be done; nothing moves before
        autocomplete="name",
    )


def stated() -> str:
    """The name, also one that is still being typed; "" while there is none."""
    keep()
    return who()


def keep() -> None:
    """Keep the name being typed: in this session, and in the workspace under a token."""
    typed = next((text for text in map(state.widget, (*FIELDS, *_asked.get())) if text), "")
    name = " ".join(str(typed).split())
    if not name:
        return
    browser = str(st.context.cookies.get(COOKIE, ""))
    if not _TOKEN.fullmatch(browser):
        browser = token_hex(16)
        state.cookie.set(browser)
    context.home().workspace.names.state(browser, Stamp(name, context.now()))
    state.who.set(name)
    state.renaming.set(value=False)


def remember() -> None:
    """Leave the token in the browser, once after a name was stated."""
    token = state.cookie.get()
    if token:
        state.cookie.clear()
        crumbs = f"{COOKIE}={token}; path=/; max-age=63072000; samesite=lax"
        st.html(f"<script>document.cookie={crumbs!r}</script>", unsafe_allow_javascript=True)
