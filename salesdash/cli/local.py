"""Opens the files itself, when no app runs; waits a little for another command to finish."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from salesdash import config
from salesdash.cli import client, clock, progress
from salesdash.commands import perform
from salesdash.commands.office import Office, Options
from salesdash.commands.replies import Reply
from salesdash.config import Settings
from salesdash.errors import HomeBusy
from salesdash.imports.home import Home

PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.1

Pause = Callable[[float], None]


def answer(
    options: Options, command: str, arguments: Mapping[str, object], pause: Pause = time.sleep
) -> Reply:
    """The reply of a running app, else of this process; HomeBusy when another one keeps the home.

    A home that is busy belongs to another command, which is soon done, or to an app that is just
    starting, which can soon be asked: both are waited for.
    """
    office = _office(options)  # one for all attempts: the settings are read once
    waited = 0.0
    while True:
        told = client.ask(options, command, arguments)
        if told is not None:
            return told
        try:
            with progress.shown(progress.here, options.lang):
                return perform(command, office, arguments)
        except HomeBusy:
            if waited >= PATIENCE_SECONDS:
                raise
            pause(PAUSE_SECONDS)
            waited += PAUSE_SECONDS


def _office(options: Options) -> Office:
    def settings() -> Settings:
        return config.load(options.config)

    @contextmanager
    def opened() -> Iterator[Home]:
        home = Home.open(options.home, now=office.now, settings=office.settings)
        try:
            yield home
        finally:
            home.close()

    office = Office(options, lambda: clock.now(office.settings.company.timezone), opened, settings)
    return office
