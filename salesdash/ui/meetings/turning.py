"""Which screen of a meeting is shown: none of them, or one by its number, as the address says."""

from salesdash.selection import numbered
from salesdash.ui import state


def chosen() -> int | None:
    """The number of the screen, from 1; None while the meeting is not presented."""
    return numbered(state.display.get())


def turn(to: int) -> None:
    """Show a screen; for `on_click`."""
    state.display.set(str(to))
    state.touched.set(value=True)


def leave() -> None:
    """Back to the sheet of the meeting; for `on_click`."""
    if chosen() is not None:
        state.display.clear()
        state.touched.set(value=True)
