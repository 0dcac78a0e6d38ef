"""What the columns that could be the amount add up to, while it is still asked which one it is."""

from contextlib import closing
from dataclasses import replace

from salesdash.datasets import DATASETS, SQL_TYPES, Kind
from salesdash.engine import Engine, child
from salesdash.errors import FileError, Place
from salesdash.ingest.cleaning import values
from salesdash.ingest.cleaning.clean import LIMITS
from salesdash.ingest.cleaning.statement import Statement
from salesdash.ingest.mapping import numbers
from salesdash.ingest.mapping.formats import scaled
from salesdash.ingest.mapping.plan import COMPUTED, ColumnMap, Mapping
from salesdash.ingest.reading import Reading, Table

ASKED = "amount"

_CHILD = "salesdash.ingest.cleaning.candidates:sums_here"


def summed(reading: Reading, mapping: Mapping, watch: child.Watch | None = None) -> Mapping:
    """The mapping; its question about the amount knows what each option adds up to.

    Rows that will not count are left out. While the decimal sign is asked, too, there are no sums:
    none of them would mean anything.
    """
    asked = {question.id: question for question in mapping.questions}
    if ASKED not in asked or "decimal" in asked:
        return mapping
    order = {
        "table": reading.tables[mapping.table].to_json(),
        "mapping": mapping.to_json(),
        "headers": list(asked[ASKED].options),
    }
    try:
        sums = tuple(child.run(_CHILD, order, LIMITS, watch))
    except FileError as error:
        raise FileError(error.key, place=Place(reading.file), **error.values) from error
    told = {**asked, ASKED: replace(asked[ASKED], sums=sums)}
    return replace(mapping, questions=tuple(told.values()))


def sums_here(
    table: dict[str, object], mapping: dict[str, object], headers: list[str]
) -> list[str]:
    """The child's side of `summed`."""
    read = Table.from_json(table)
    planned = replace(Mapping.from_json(mapping), joins=())  # flags of other sheets change no sum
    by_header = {column.header: column for column in planned.columns}
    cells = [
        _computed(planned, read)
        if header == COMPUTED
        else _amount(by_header[header], planned, read)
        for header in headers
    ]
    statement = Statement(read, planned, DATASETS[planned.dataset])
    with closing(Engine.open()) as engine:
        return [
            "" if total is None else str(total) for total in engine.rows(statement.sums(cells))[0]
        ]


def _computed(mapping: Mapping, table: Table) -> str:
    """Price x quantity of a row."""
    price, quantity = (mapping.column(name) for name in ("price", "quantity"))
    assert price is not None
    assert quantity is not None
    return values.line_amount(
        _amount(price, mapping, table), _amount(quantity, mapping, table), None
    )


def _amount(column: ColumnMap, mapping: Mapping, table: Table) -> str:
    """A cell as an amount, written as its column proves, else as the chosen amount is."""
    form = column.number
    if form is None:
        chosen = mapping.column(ASKED)
        sign = chosen.number.decimal if chosen is not None and chosen.number is not None else None
        decided = numbers.decide(table.profiles[column.index], None, sign)
        form = scaled(decided.format, column, Kind.MONEY, table)
    return values.number(f"c{column.index}", form, SQL_TYPES[Kind.MONEY], share=False)
