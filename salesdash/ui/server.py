"""The screens as an ASGI application, beside the routes and the door of others."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from salesdash.ui import rehearsal

APP = Path(__file__).resolve().parents[2] / "app.py"


def application(routes: Sequence[BaseRoute] = (), middleware: Sequence[Middleware] = ()) -> st.App:
    """The whole app: screens, the given routes in front of them, the given middleware around all.

    Which homes and settings it uses is taken from the environment (`ui.process`).
    """
    return st.App(
        APP,
        routes=list(routes),
        middleware=list(middleware),
        lifespan=_lifespan,
    )


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up before the first visitor, close the homes after the last."""
    rehearsal.warm()
    try:
        yield None
    finally:
        rehearsal.close()
