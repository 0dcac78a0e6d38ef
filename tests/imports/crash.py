"""Run in a process of its own: an import or an undo that is killed at a named step."""

import os
import signal
import sys
from pathlib import Path

from salesdash.imports import commit, undo
from tests.imports.build import NOW, opened_home, row, staged


def main(folder: str, action: str, fatal: str) -> None:
    def on_step(step: str) -> None:
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    home = opened_home(Path(folder), on_step=on_step)
    if action == "import":
        found = staged(home, [row("A", 1, 2), row("B", 1, 4)], same_as=9000)
        commit(home, found, "Ana", NOW)
    else:
        undo(home, 1, "Ana", NOW)
    home.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
