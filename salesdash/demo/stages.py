"""How the demo company's deals stood on a day: stage, amount, expected close, last change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.deals import Deals
from salesdash.demo.timeline import Rota

ENTERED = (0.0, 0.2, 0.48, 0.74)
"""Each open stage is entered after this share of the time to the decision."""

PROPOSED = 2
"""From this stage on the amount is the final one."""

PATIENCE = 9
PUSH = 30
"""An expected close that has passed by more than PATIENCE days is put off by PUSH days."""


@dataclass(frozen=True)
class Standing:
    """Columns beside the deals as the CRM knew them at the end of a day.

    `stage` is a position in the open stages, then won, then lost; `close` the day of the decision,
    of open deals the expected one; `changed` the day of the last change.
    """

    stage: NDArray[np.int64]
    decided: NDArray[np.bool_]
    amount: NDArray[np.int64]
    close: NDArray[np.int32]
    changed: NDArray[np.int32]


def standing(deals: Deals, known: int, rota: Rota) -> Standing:
    """The deals on day `known`; all of them had been created by then."""
    course = (deals.closed - deals.created)[:, None] * np.asarray(ENTERED)
    entered = rota.snap(deals.created[:, None] + course.astype(np.int64))
    entered = np.maximum(entered, deals.created[:, None])
    stage = np.minimum((entered <= known).sum(axis=1) - 1, deals.reach)
    decided = deals.told <= known
    due = deals.created + deals.plan
    pushes = np.clip(-((due + PATIENCE - known) // PUSH), 0, deals.pushes)
    pushed = np.where(pushes > 0, due + PATIENCE + (pushes - 1) * PUSH + 1, 0)
    expected = rota.snap(due + pushes * PUSH)
    changed = np.maximum(entered[np.arange(len(deals)), stage], np.minimum(pushed, known))
    last = len(ENTERED)
    return Standing(
        stage=np.where(decided, np.where(deals.won, last, last + 1), stage),
        decided=decided,
        amount=np.where(decided | (stage >= PROPOSED), deals.amount, deals.guess),
        close=np.where(decided, deals.closed, np.maximum(expected, deals.created)),
        changed=np.where(decided, deals.told, changed).astype(np.int32),
    )
