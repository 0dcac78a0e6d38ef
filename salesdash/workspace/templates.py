"""Templates: kinds of meetings that people made on the screen, beside those of config.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import RowMapping, select

from salesdash.errors import UsageError
from salesdash.workspace.agendas import Point
from salesdash.workspace.rows import Stamp, add, find, save
from salesdash.workspace.schema import meeting_templates

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

Rhythm = Literal["week", "month", "once"]
OWN = "own:"
"""Keys of own templates begin so; no id of config.yaml can."""

_POINT = ("kind", "title", "hint", "tiles", "minutes")


@dataclass(frozen=True)
class Template:
    """A kind of meeting before it is written. `name` by language; `every`: its rhythm.

    `compare` is the code of a comparison; a `one_to_one` is held with one person at a time.
    """

    name: dict[str, str]
    every: Rhythm
    compare: str
    agenda: tuple[Point, ...]
    one_to_one: bool = False


@dataclass(frozen=True, kw_only=True)
class Own(Template):
    """A template that stands in the workspace, or was withdrawn."""

    id: int
    withdrawn: bool
    who: str
    at: datetime
    version: int

    @property
    def key(self) -> str:
        """What its meetings have as their kind."""
        return f"{OWN}{self.id}"


class Templates:
    """Templates of a workspace; nothing is ever deleted."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self) -> tuple[Own, ...]:
        """Every template, withdrawn ones too, in the order they were made."""
        question = select(meeting_templates).order_by(meeting_templates.c.id)
        with self._workspace.reading() as connection:
            return tuple(map(_own, connection.execute(question).mappings()))

    def make(self, template: Template, stamp: Stamp) -> int:
        """Keep a new one; returns its number.

        Raises UsageError without a name, without lines, or for a line without a title.
        """
        values = {**_values(template), "withdrawn": False}
        with self._workspace.writing() as connection:
            return add(connection, meeting_templates, values, stamp)

    def edit(self, number: int, template: Template, stamp: Stamp, version: int | None) -> None:
        """Write it anew; meetings that were opened keep their agenda.

        `version`: the one read before. Raises Conflict when somebody else was faster; what was to
        be written is kept among the revisions all the same.
        """
        self._write(number, _values(template), stamp, version)

    def withdraw(self, number: int, stamp: Stamp, *, withdrawn: bool = True) -> None:
        """Offer it no more, or again; its meetings stay."""
        self._write(number, {"withdrawn": withdrawn}, stamp, None)

    def _write(
        self, number: int, values: dict[str, Any], stamp: Stamp, version: int | None
    ) -> None:
        row = ({"id": number}, values)
        with self._workspace.editing(meeting_templates, row, stamp) as connection:
            if find(connection, meeting_templates, row[0]) is None:
                raise UsageError("template.unknown", number=number)
            save(connection, meeting_templates, row, stamp, version)


def _values(template: Template) -> dict[str, Any]:
    """The columns of a template, tidy."""
    name = _tidy(template.name)
    if not name:
        raise UsageError("template.no_name")
    if not template.agenda:
        raise UsageError("template.no_lines")
    return {
        "name": name,
        "every": template.every,
        "compare": template.compare,
        "one_to_one": template.one_to_one,
        "agenda": [_row(number, point) for number, point in enumerate(template.agenda, 1)],
    }


def _row(number: int, point: Point) -> dict[str, Any]:
    title = _tidy(point.title)
    if not title:
        raise UsageError("template.no_title", line=number)
    values = {name: getattr(point, name) for name in _POINT}
    return {**values, "title": title, "hint": _tidy(point.hint), "tiles": list(point.tiles)}


def _tidy(words: Mapping[str, str]) -> dict[str, str]:
    """Words by language, those without any left out."""
    return {lang: text.strip() for lang, text in words.items() if text.strip()}


def _own(row: RowMapping) -> Own:
    values = {field.name: row[field.name] for field in fields(Own)}
    points = tuple(
        Point(**{**each, "tiles": tuple(each["tiles"])}, place=place)
        for place, each in enumerate(row["agenda"])
    )
    return Own(**{**values, "agenda": points})
