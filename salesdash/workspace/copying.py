"""Rows of one workspace copied into another one of the same schema, whatever databases they are."""

from sqlalchemy import Connection, Integer, MetaData, Table, func, insert, select, text

REVISION = "alembic_version"
"""The table of the schema's own number."""

AT_ONCE = 1000


def copy_rows(source: Connection, sink: Connection) -> dict[str, int]:
    """Copy all rows with their numbers; returns how many by table.

    Tables are taken as they stand in both, so that those of an earlier schema can be copied, too.
    """
    known, found = _tables(sink), {}
    for table in _tables(source).sorted_tables:
        if table.name == REVISION:
            continue
        target = known.tables[table.name]
        found[table.name] = _copy(source, sink, table, target)
        _count_on(sink, target)
    return found


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    tables = (table for table in _tables(connection).sorted_tables if table.name != REVISION)
    question = func.count()
    return {
        table.name: int(connection.execute(select(question).select_from(table)).scalar_one())
        for table in tables
    }


def _copy(source: Connection, sink: Connection, table: Table, target: Table) -> int:
    count = 0
    for rows in source.execute(select(table).order_by(table.c.id)).mappings().partitions(AT_ONCE):
        sink.execute(insert(target), [dict(row) for row in rows])
        count += len(rows)
    return count


def _tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def _count_on(sink: Connection, table: Table) -> None:
    """Numbers go on behind the newest; SQLite sees to that by itself."""
    if sink.dialect.name != "postgresql" or not isinstance(table.c.id.type, Integer):
        return
    newest = sink.execute(select(func.max(table.c.id))).scalar()
    sequence = sink.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar()
    if newest is not None and sequence is not None:
        sink.execute(
            text("select setval(:sequence, :newest)"), {"sequence": sequence, "newest": newest}
        )
