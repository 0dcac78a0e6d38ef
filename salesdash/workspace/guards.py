"""Guards: triggers that keep tables append-only, in SQLite and in PostgreSQL alike.

Migrations set them up: `guards.append_only(op.get_bind(), "goal_reviews")`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, text

SQLITE = """
create trigger {name} before {change} on {table}
begin
    select raise(abort, '{words}');
end
"""

POSTGRESQL = """
create trigger {name} before {change} on {table}
for each {each} execute function refuse('{words}')
"""

REFUSE = """
create or replace function refuse() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'restrict_violation', message = tg_argv[0];
end
$$
"""

WRITTEN = "select name, sql from sqlite_master where type = 'trigger'"

GUARDED = """
select distinct
    quote_ident(relname)
from pg_trigger
join pg_class on pg_class.oid = tgrelid
join pg_namespace on pg_namespace.oid = relnamespace
where not tgisinternal and nspname = current_schema()
"""


def append_only(connection: Connection, table: str, columns: Sequence[str] = ()) -> None:
    """Let rows of a table be neither deleted nor changed (or only these columns of them not)."""
    _guard(connection, f"{table}_only_grow", "delete", table, f"rows of {table} stay")
    fix(connection, table, columns)
    if connection.dialect.name == "postgresql":
        _guard(connection, f"{table}_not_emptied", "truncate", table, f"rows of {table} stay")


def fix(connection: Connection, table: str, columns: Sequence[str] = ()) -> None:
    """Let rows of a table not be changed, or only these columns of them not."""
    quote = connection.dialect.identifier_preparer.quote
    of = f" of {', '.join(map(quote, columns))}" if columns else ""
    words = f"rows of {table} do not change"
    _guard(connection, f"{table}_do_not_change", f"update{of}", table, words)


def unfix(connection: Connection, table: str) -> None:
    """Take back what `fix` did, for a migration that fixes more columns."""
    of = f" on {table}" if connection.dialect.name == "postgresql" else ""
    connection.exec_driver_sql(f"drop trigger {table}_do_not_change{of}")


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """All guards down while somebody is forgotten, within a transaction; up again afterwards."""
    if connection.dialect.name == "postgresql":
        tables = connection.execute(text(GUARDED)).scalars().all()
        before = [f"alter table {table} disable trigger user" for table in tables]
        after = [f"alter table {table} enable trigger user" for table in tables]
    else:
        written = connection.execute(text(WRITTEN)).all()
        before = [f"drop trigger {name}" for name, _ in written]
        after = [statement for _, statement in written]
    for statement in before:
        connection.exec_driver_sql(statement)
    yield
    for statement in after:
        connection.exec_driver_sql(statement)


def _guard(connection: Connection, name: str, change: str, table: str, words: str) -> None:
    template = SQLITE
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(REFUSE)
        template = POSTGRESQL
    each = "statement" if change == "truncate" else "row"
    connection.exec_driver_sql(
        template.format(name=name, change=change, table=table, words=words, each=each)
    )
