"""In a process of its own (see `doomed`): an import or an undo that is killed at a named step.

`applying-2` is the second time that the step is reached: one part of two is in.
"""

import os
import signal
from collections import Counter
from pathlib import Path

from salesdash.datasets import COSTS
from salesdash.imports import commit, undo
from tests.imports.build import NOW, opened_home, row, staged


def main(folder: str, action: str, fatal: str) -> None:
    left = Counter({fatal.partition("-")[0]: int(fatal.partition("-")[2] or 1)})

    def on_step(step: str) -> None:
        left[step] -= 1
        if left[step] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    home = opened_home(Path(folder), on_step=on_step)
    if action == "import":
        found = staged(home, [row("A", 1, 2), row("B", 1, 4)], same_as=9000)
        commit(home, found, "Ana", NOW)
    elif action == "group":
        costs = {COSTS: [{"cost_date": "2026-01-01", "amount": 8}]}
        found = staged(home, [row("A", 1, 2), row("B", 1, 4)], beside=costs, same_as=9000)
        commit(home, found, "Ana", NOW)
    else:
        undo(home, 1, "Ana", NOW)
    home.close()
