"""What the lines of an agenda fill themselves with, a module for each kind of line.

A filler takes a line and what is at hand, and answers with the fields of `minutes.Shown` that it
fills. A new kind: its module here, its name in `FILLERS`, in `DRAWERS` of `ui/meetings/lines.py`,
in `KINDS` of `documents/lines.py` and in `LineKind` of `config/team.py`; what it fills is a field
of `Shown` with a default, since closed meetings of before do not have it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from salesdash.analysis.agenda import (
    aims,
    figures,
    movements,
    promises,
    restated,
    trainings,
    verdicts,
)
from salesdash.analysis.agenda.held import Held
from salesdash.workspace import Line

FILLERS: Mapping[str, Callable[[Line, Held], dict[str, Any]]] = {
    "figures": figures.fill,
    "attention": figures.attention,
    "goals": aims.fill,
    "actions": promises.fill,
    "training": trainings.fill,
    "restated": restated.fill,
    "movement": movements.fill,
    "verdicts": verdicts.fill,
}


def filled(line: Line, held: Held) -> dict[str, Any]:
    """What a line fills itself with: of its kind, else the figures it names."""
    return FILLERS.get(line.kind, figures.named)(line, held)
