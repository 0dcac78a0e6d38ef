"""The screens as an ASGI application, beside the routes and the door of others."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from salesdash.ui import rehearsal
from salesdash.ui.shell import SCREENS

APP = Path(__file__).resolve().parents[2] / "app.py"


def application(routes: Sequence[BaseRoute] = (), middleware: Sequence[Middleware] = ()) -> st.App:
    """The whole app: screens, the given routes in front of them, the given middleware around all.

    Which homes and settings it uses is taken from the environment (`ui.process`).
    """
    return st.App(
        APP,
        routes=[*routes, Route(f"/{SCREENS[0].name}", _first_screen)],
        middleware=list(middleware),
        lifespan=_lifespan,
    )


async def _first_screen(request: Request) -> Response:
    """To the root: Streamlit's default page has no address of its own, but people type its name."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up before the first visitor, close the homes after the last."""
    rehearsal.warm()
    try:
        yield None
    finally:
        rehearsal.close()
