"""The command `run`: what the terminal hands to the one who starts the app."""

from collections.abc import Callable
from dataclasses import dataclass

from salesdash.commands.office import Options


@dataclass(frozen=True)
class Start:
    """How the app is to be started; `say` gets its lines."""

    options: Options
    port: int | None
    share: bool
    say: Callable[[str], None]


Starter = Callable[[Start], int]
"""Runs the app until it is stopped; the exit code."""
