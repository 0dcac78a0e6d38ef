"""In a process of its own (see `doomed`): a round through an inbox, killed at a named step.

`move` is the moment after the import, when the file has not left the inbox yet.
"""

import os
import signal
from pathlib import Path

from salesdash.engine import child
from salesdash.imports import Disk
from tests import inprocess
from tests.imports.build import opened_home
from tests.inbox.kit import went


class Fatal(Disk):
    """Kills the process when a file of the inbox would be moved."""

    def call(self, name, path):
        if name == "rename" and path.parent.parent.name == "inbox":
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, fatal: str) -> None:
    def on_step(step: str) -> None:
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    child.run = inprocess.run
    home = opened_home(Path(folder), on_step=on_step)
    if fatal == "move":
        home.disk = Fatal()
    went(home)
    home.close()
