"""Steps that tests of meetings share."""

import re

from playwright.sync_api import Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.conftest import idle

MEETING = "/meetings?home=own&meeting=1"
"""The one that `held_copy` has open."""


def place(page: Page) -> Locator:
    """How far a presentation is."""
    return page.locator(".sd-place")


def at(page: Page, number: int) -> None:
    """The screen of this number is there, and the address says so."""
    expect(place(page)).to_contain_text(re.compile(rf"^{number} /"))
    expect(page).to_have_url(re.compile(rf"show={number}(&|$)"))
    idle(page)


def count(page: Page) -> int:
    """How many screens there are."""
    return int(place(page).inner_text().split("/")[1])


def reruns(page: Page) -> list[str]:
    """What the browser asks to be run again: a fragment, or "" for the whole page.

    To be called before the page is opened. Looks for news, which go on by themselves, do not count.
    """
    found: list[str] = []

    def heard(payload: bytes | str) -> None:
        message = BackMsg.FromString(payload if isinstance(payload, bytes) else payload.encode())
        asked = message.rerun_script
        if message.HasField("rerun_script") and not asked.is_auto_rerun:
            found.append(asked.fragment_id)

    page.on("websocket", lambda socket: socket.on("framesent", heard))
    return found
