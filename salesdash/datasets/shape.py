"""What a dataset is: fields with their kinds, a key, date roles, dimensions.

A `Field` name is a column of the clean rows and of the projection. Labels are words under
``fields.<name>`` in the locales; the headers that files use for a field live in
`ingest/profiles`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds; decides how a text becomes a value."""

    TEXT = "text"  # a name or a word: matched on NFKC + trimmed text, the original is shown
    CODE = "code"  # an id: text, leading zeros and 18 digits survive
    DATE = "date"
    MOMENT = "moment"  # a date with a time of day, naive in the company's zone
    MONEY = "money"
    RATE = "rate"  # a price or an exchange rate
    NUMBER = "number"
    SHARE = "share"  # a fraction; "15 %" and, where the column says so, 15 become 0.15


SQL_TYPES: dict[Kind, str] = {
    Kind.TEXT: "varchar",
    Kind.CODE: "varchar",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.MONEY: "decimal(18,4)",
    Kind.RATE: "decimal(18,6)",
    Kind.NUMBER: "decimal(18,4)",
    Kind.SHARE: "decimal(18,6)",
}


@dataclass(frozen=True)
class Field:
    """One column of a dataset. `dimension` offers it for filters and breakdowns."""

    name: str
    kind: Kind
    dimension: bool = False

    @property
    def sql_type(self) -> str:
        """Its type in the projection and in the kept Parquet."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Told:
    """What rows of another dataset tell of a row: `fields` that no file has and metrics may read.

    `links`: pairs of an own field and one of theirs; a row belongs to those that share either. Each
    field is the least of the column of the same place in `sources`, among rows that fit `where`.
    """

    dataset: str
    links: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    sources: tuple[str, ...]
    where: str = "true"

    @property
    def names(self) -> frozenset[str]:
        """Names of the fields."""
        return frozenset(field.name for field in self.fields)


@dataclass(frozen=True)
class Dataset:
    """A kind of rows.

    `unit` names the field whose rows are replaced together (None: rows have no key);
    `date` is the date role used by default (None: rows of a reference set have none); `required`
    lists groups of alternatives, each a tuple of field sets of which one must be mapped.
    `reference`: looked up by its unit from the rows of other datasets, never counted by day.
    `told`: what another dataset knows of the rows.
    """

    name: str
    fields: tuple[Field, ...]
    unit: str | None
    date: str | None
    required: tuple[tuple[frozenset[str], ...], ...]
    reference: bool = False
    told: Told | None = None

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """All field names, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(name, SQL type) of all fields, in order."""
        return tuple((field.name, field.sql_type) for field in self.fields)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Fields offered for filters and breakdowns (extra columns come on top)."""
        return tuple(field.name for field in self.fields if field.dimension)

    @property
    def roles(self) -> tuple[str, ...]:
        """Date roles: the fields, also told ones, that a metric may be dated by."""
        dated, told = (Kind.DATE, Kind.MOMENT), self.told.fields if self.told else ()
        return tuple(field.name for field in (*self.fields, *told) if field.kind in dated)

    def is_told(self, name: str) -> bool:
        """Whether only another dataset knows the field."""
        return self.told is not None and name in self.told.names


def text(name: str) -> Field:
    """A name or a word that is offered for filters and breakdowns."""
    return Field(name, Kind.TEXT, dimension=True)
