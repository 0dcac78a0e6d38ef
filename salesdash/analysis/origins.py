"""Where a line of a meeting comes from: those it was carried over from, and what was said there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from salesdash.analysis import plans
from salesdash.config import Settings
from salesdash.metrics import Words
from salesdash.workspace import Line, Own, Text, Workspace


@dataclass(frozen=True)
class Carried:
    """A line as it stood in an earlier meeting: which one, the days it was about, what was said."""

    meeting: int
    line: int
    name: Words
    first_day: date
    last_day: date
    note: str
    decision: str


def read(
    workspace: Workspace, settings: Settings, lines: Sequence[Line], own: Sequence[Own]
) -> dict[int, tuple[Carried, ...]]:
    """For each line that was carried over, the earlier ones, the latest first."""
    if not any(line.origin for line in lines):
        return {}
    known = {line.id: line for line in workspace.meetings.all_lines()}
    found: dict[int, tuple[Carried, ...]] = {}
    for line in lines:
        chain = tuple(_chain(line, known))
        if chain:
            found[line.id] = tuple(_carried(each, workspace, settings, own) for each in chain)
    return found


def _chain(line: Line, known: Mapping[int, Line]) -> Iterator[Line]:
    """The lines before, each the origin of the next."""
    while line.origin is not None and line.origin in known:
        line = known[line.origin]
        yield line


def _carried(line: Line, workspace: Workspace, settings: Settings, own: Sequence[Own]) -> Carried:
    meeting = workspace.meetings.get(line.meeting)
    texts = {each.field: each for each in workspace.meetings.texts(meeting.id) if _is(each, line)}
    said = {field: texts[field].text if field in texts else "" for field in ("note", "decision")}
    return Carried(
        meeting=meeting.id,
        line=line.id,
        name=plans.title(plans.of(meeting, settings, own), meeting),
        first_day=meeting.first_day,
        last_day=meeting.last_day,
        note=said["note"],
        decision=said["decision"],
    )


def _is(text: Text, line: Line) -> bool:
    return text.line == line.id
