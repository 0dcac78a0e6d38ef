"""The canonical datasets: their fields, keys, date roles and dimensions.

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
class Dataset:
    """A kind of rows.

    `unit` names the field whose rows are replaced together (None: rows have no key);
    `date` is the date role used by default; `required` lists groups of alternatives, each a tuple
    of field sets of which one must be mapped.
    """

    name: str
    fields: tuple[Field, ...]
    unit: str
    date: str
    required: tuple[tuple[frozenset[str], ...], ...]

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
    def dimensions(self) -> tuple[str, ...]:
        """Fields offered for filters and breakdowns (extra columns come on top)."""
        return tuple(field.name for field in self.fields if field.dimension)


EXTRA_PREFIX = "x_"
"""Unknown columns of a file are kept as text under this prefix and their folded header."""

EXTRA_LIMIT = 200
"""At most so many extra columns a dataset."""


def _text(name: str) -> Field:
    return Field(name, Kind.TEXT, dimension=True)


SALES = Dataset(
    name="sales",
    fields=(
        Field("order_date", Kind.DATE),
        Field("ordered_at", Kind.MOMENT),
        Field("document", Kind.CODE),  # order, invoice or receipt number
        Field("line", Kind.CODE),
        Field("amount", Kind.MONEY),  # line amount after line discounts, see DESIGN "sales"
        Field("quantity", Kind.NUMBER),
        Field("price", Kind.RATE),  # per unit, before discount
        Field("discount", Kind.SHARE),  # 0.15 = 15 % off
        Field("list_amount", Kind.MONEY),  # before discount
        Field("tax", Kind.MONEY),
        Field("refund", Kind.MONEY),  # stated beside the amount; never deducted by itself
        Field("cost", Kind.MONEY),  # of the whole line
        Field("profit", Kind.MONEY),
        Field("original_amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("paid_at", Kind.MOMENT),
        Field("modified_at", Kind.MOMENT),
        Field("customer_since", Kind.DATE),
        Field("customer", Kind.CODE, dimension=True),  # id where there is one, else the name
        _text("customer_name"),
        Field("product", Kind.CODE, dimension=True),
        _text("product_name"),
        _text("category"),
        _text("subcategory"),
        _text("brand"),
        _text("segment"),
        _text("region"),
        _text("country"),
        _text("province"),
        _text("city"),
        _text("channel"),
        _text("team"),
        _text("person"),  # salesperson
        _text("payment_method"),
        _text("status"),  # as the file says it
        _text("return_flag"),
    ),
    unit="document",
    date="order_date",
    required=(
        (frozenset({"order_date"}), frozenset({"ordered_at"})),
        (frozenset({"amount"}), frozenset({"price", "quantity"})),
    ),
)

DATASETS: dict[str, Dataset] = {SALES.name: SALES}

BOOKKEEPING = ("counts", "event", "sheet", "record")
"""Columns beside the fields in clean rows: does the row count (false: void, cancelled, in review);
the event that supplied it; number of the sheet (from 0) and of the record in it (from 1)."""
