"""What was typed into grids of targets: kept over reruns, new data, pages and languages."""

from collections.abc import Mapping
from dataclasses import replace

from salesdash.analysis import grid
from salesdash.analysis.answers import Reason
from salesdash.analysis.grid import Cell, Drafts, Frame, Kind, Sheet, Typed
from salesdash.periods import Period
from salesdash.ui import context, state
from salesdash.ui.goals import asking

_typed: state.Slot[dict[Frame, Drafts]] = state.Slot("targets-typed", {})
_notes: state.Slot[dict[Frame, tuple[Reason, ...]]] = state.Slot("targets-notes", {})
_count = state.Slot("targets-count", 0)


def sheet(frame: Frame) -> Sheet:
    """The grid as it stands now, with what was typed over it."""
    found, name = context.metrics(), frame.metric
    metric = context.settings().metrics.get(name)
    adds_up = name in found.metrics and found.is_additive(name)
    members = asking.members(name, frame.by) if frame.by else {}
    kind = Kind(metric.unit, adds_up, metric.better) if metric else Kind()
    goals = [each.goal for each in context.goals()]
    built = grid.build(frame, goals, tuple(members), kind, context.fiscal())
    return replace(built, drafts=_typed.get().get(frame, {}))


def key(shown: Sheet) -> str:
    """The key of the editor: another one for other rows, and whenever cells are filled for it."""
    return f"targets-{abs(hash((shown.frame, shown.members)))}-{_count.get()}"


def columns(shown: Sheet) -> dict[str, Period]:
    """The editor's names of the units: the same in every language."""
    return {f"u{number}": unit for number, unit in enumerate(shown.units)}


def collected(frame: Frame) -> Sheet:
    """The grid as it stands now, with all that its editor holds."""
    shown = sheet(frame)
    take(key(shown), shown)
    return sheet(frame)


def take(name: str, shown: Sheet) -> None:
    """Keep what the editor holds; for `on_change`. `shown`: what its editor saw."""
    edited, units = (state.widget(name) or {}).get("edited_rows", {}), columns(shown)
    if not edited:
        return
    cells: dict[Cell, Typed] = {}
    for place, row in edited.items():
        for column, text in row.items():
            if column in units and int(place) < len(shown.rows):
                cells[shown.rows[int(place)], units[column]] = Typed(str(text or ""))
    _keep(shown.frame, grid.over(_typed.get().get(shown.frame, {}), cells, shown))


def fill(shown: Sheet, cells: Mapping[Cell, Typed], notes: tuple[Reason, ...]) -> None:
    """Type cells for somebody, and say what they were worked out from."""
    _keep(shown.frame, grid.over(_typed.get().get(shown.frame, {}), cells, shown))
    _notes.set({**_notes.get(), shown.frame: notes})
    afresh()


def notes(frame: Frame) -> tuple[Reason, ...]:
    """What filled cells were worked out from."""
    return _notes.get().get(frame, ())


def settle(cell: Cell, shown: Sheet, *, mine: bool) -> None:
    """End a clash: what was typed lies over what stands now, or is dropped."""
    drafts = dict(shown.drafts)
    if mine:
        drafts[cell] = replace(drafts[cell], read=shown.standing.get(cell))
    else:
        drafts.pop(cell)
    _keep(shown.frame, drafts)
    afresh()


def restore(cells: tuple[Cell, ...], shown: Sheet) -> None:
    """Let cells be what stands there."""
    _keep(shown.frame, {c: t for c, t in shown.drafts.items() if c not in cells})
    afresh()


def drop(frame: Frame) -> None:
    """Forget what was typed."""
    _keep(frame, {})
    _notes.set({f: n for f, n in _notes.get().items() if f != frame})
    afresh()


def afresh() -> None:
    """Another editor: the old one would show what was typed into it."""
    _count.set(_count.get() + 1)


def _keep(frame: Frame, drafts: Drafts) -> None:
    _typed.set({**{f: d for f, d in _typed.get().items() if f != frame}, frame: drafts})
