"""Annotations: what people know about a day or a stretch of days, beside the figures."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, func, select

from salesdash.errors import UsageError
from salesdash.periods import Period
from salesdash.periods.codes import FIRST_YEAR, LAST_YEAR
from salesdash.selection import Filter
from salesdash.workspace.rows import Stamp, add, find, save
from salesdash.workspace.schema_annotations import annotations
from salesdash.workspace.terms import ordered, scope_of, scope_row

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

LONGEST = 200
"""So many characters: what is longer is no word beside a line."""


@dataclass(frozen=True)
class Annotation:
    """What somebody says of `first` to `last`, both included.

    `metric` None: it is about all of them. `scope`: filters, none for the whole company.
    """

    text: str
    first: date
    last: date
    metric: str | None = None
    scope: tuple[Filter, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "scope", ordered(self.scope))

    @property
    def period(self) -> Period:
        """Its days."""
        return Period.through(self.first, self.last)


@dataclass(frozen=True, kw_only=True)
class Noted(Annotation):
    """An annotation that stands, or was taken off; `owner` is who said it first."""

    id: int
    owner: str
    withdrawn: bool
    who: str
    at: datetime
    version: int


class Annotations:
    """Annotations of a workspace; nothing is ever deleted."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self, *, withdrawn: bool = False) -> tuple[Noted, ...]:
        """Those that stand (or those that were taken off), by their days."""
        wanted = annotations.c.withdrawn if withdrawn else ~annotations.c.withdrawn
        order = (annotations.c.first, annotations.c.last, annotations.c.id)
        with self._workspace.reading() as connection:
            rows = connection.execute(select(annotations).where(wanted).order_by(*order))
            return tuple(map(_noted, rows.mappings()))

    def get(self, number: int) -> Noted:
        """One of them, also one that was taken off. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            row = find(connection, annotations, {"id": number})
        if row is None:
            raise UsageError("annotation.unknown", number=number)
        return _noted(row)

    def state(self) -> int:
        """Changes with every write: part of what answers beside annotations depend on."""
        question = select(func.coalesce(func.sum(annotations.c.version), 0))
        with self._workspace.reading() as connection:
            return int(connection.execute(question).scalar_one())

    def make(self, annotation: Annotation, stamp: Stamp) -> int:
        """Keep a new one; returns its number.

        Raises UsageError without words or with too many, and for days that end before they begin.
        """
        values = {**_values(annotation), "owner": stamp.who, "withdrawn": False}
        with self._workspace.writing() as connection:
            return add(connection, annotations, values, stamp)

    def edit(self, number: int, annotation: Annotation, stamp: Stamp, version: int | None) -> None:
        """Say it differently. Raises UsageError as `make` does.

        `version`: the one read before. Raises Conflict when somebody else was faster; what was to
        be written is kept among the revisions all the same.
        """
        self._write(number, _values(annotation), stamp, version)

    def withdraw(self, number: int, stamp: Stamp, *, withdrawn: bool = True) -> None:
        """Take it off the charts, or put it back; its wordings stay."""
        self._write(number, {"withdrawn": withdrawn}, stamp, None)

    def _write(
        self, number: int, values: dict[str, Any], stamp: Stamp, version: int | None
    ) -> None:
        row = ({"id": number}, values)
        with self._workspace.editing(annotations, row, stamp) as connection:
            if find(connection, annotations, row[0]) is None:
                raise UsageError("annotation.unknown", number=number)
            save(connection, annotations, row, stamp, version)


def _values(annotation: Annotation) -> dict[str, Any]:
    """The columns of an annotation, tidy."""
    text = " ".join(annotation.text.split())
    if not text:
        raise UsageError("annotation.empty")
    if len(text) > LONGEST:
        raise UsageError("annotation.long", count=len(text), most=LONGEST)
    first, last = annotation.first, annotation.last
    if last < first:
        raise UsageError("annotation.order", first=first, last=last)
    if first.year < FIRST_YEAR or last.year >= LAST_YEAR:
        far = first if first.year < FIRST_YEAR else last
        raise UsageError("annotation.far", day=far, first=FIRST_YEAR, last=LAST_YEAR)
    return {
        "text": text,
        "first": first,
        "last": last,
        "metric": annotation.metric,
        "scope": scope_row(annotation.scope),
    }


def _noted(row: RowMapping) -> Noted:
    values = {field.name: row[field.name] for field in fields(Noted)}
    return Noted(**{**values, "scope": scope_of(row["scope"])})
