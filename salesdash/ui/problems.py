"""Errors on the screen: what, where, remedy; never a trace, and never more than its own card."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

import streamlit as st

from salesdash import texts
from salesdash.errors import SalesdashError
from salesdash.ui import context

log = logging.getLogger("salesdash.ui")


@contextmanager
def kept() -> Iterator[None]:
    """Whatever fails inside is said here, and what stands beside it goes on."""
    try:
        yield
    except SalesdashError as error:
        show(error)
    except Exception as error:  # noqa: BLE001 - a bug in one card must not take the page with it
        surprise(error)


def show(error: SalesdashError) -> None:
    """An error we know: its words, with place and remedy."""
    lang = context.lang()
    st.error(
        texts.markdown_safe(texts.error(error, lang)),
        title=texts.t(f"ui.error.{error.turn}", lang),
        icon=":material/error:",
    )


def surprise(error: Exception) -> None:
    """A bug: a number for the reader, the trace for the log."""
    number = token_hex(3)
    log.error("screen error %s", number, exc_info=error)
    lang = context.lang()
    st.error(
        texts.t("ui.error.bug", lang, number=number),
        title=texts.t("ui.error.us", lang),
        icon=":material/error:",
    )
