"""Which imports show how the rows of a dataset were at a moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from salesdash.imports.speeches import SPEAKING, standing
from salesdash.workspace import Event, EventKind

if TYPE_CHECKING:
    from salesdash.imports.home import Home


def moments(home: "Home", dataset: str) -> tuple[tuple[datetime, int], ...]:
    """The as-of moments of the imports that stand, each with its event.

    Left out where the rows after the event are not those of its moment: something newer was known
    before, or something stood then that was undone later.
    """
    return tuple(_showing(home.done(), dataset))


def _showing(events: Sequence[Event], dataset: str) -> Iterator[tuple[datetime, int]]:
    alive, unlike = standing(events), tuple(_unlike_now(events, dataset))
    newest: datetime | None = None
    for place, event in enumerate(events):
        if event.dataset != dataset or event.kind not in SPEAKING or not alive[event.id]:
            continue
        moment = event.as_of or event.at
        if newest is None or moment >= newest:
            newest = moment
            if not any(place in stretch for stretch in unlike):
                yield moment, event.id


def _unlike_now(events: Sequence[Event], dataset: str) -> Iterator[range]:
    """Stretches of the log in which something stood that stands no more, or the other way round."""
    steps: dict[int, list[tuple[int, bool]]] = {}
    for place, event in enumerate(events):
        if event.kind.brings_rows and event.dataset == dataset:
            steps[event.id] = [(place, True)]
        elif event.kind in (EventKind.UNDO, EventKind.REDO) and event.target in steps:
            steps[event.target].append((place, event.kind is EventKind.REDO))
    for turns in steps.values():
        for (first, stood), (after, _) in pairwise(turns):
            if stood is not turns[-1][1]:
                yield range(first, after)
