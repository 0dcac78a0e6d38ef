"""The command `sql`: a typed question about the rows, answered from a copy of them."""

from collections.abc import Callable

from salesdash.commands.asked import Sql
from salesdash.commands.office import Desk
from salesdash.commands.replies import Reply, plain
from salesdash.engine import sandbox
from salesdash.engine.sandbox import Answer
from salesdash.engine.statement import ensure_text
from salesdash.engine.turns import Turns
from salesdash.errors import QueryError
from salesdash.imports import Home

_turns = Turns()
"""Of all homes and faces together: they share one machine."""


def ask(home: Home, sql: str, who: str, tick: Callable[[], None] | None = None) -> Answer:
    """Answer a typed question in turn; `tick` may raise to give it up.

    Raises QueryError for what is refused, wrong, or too much; DiskFull where no copy finds room.
    """
    ensure_text(sql)
    with _turns.turn(who, tick):
        copy = home.copies.ready(tick)
        if not copy.tables:
            raise QueryError("sql.no_rows")
        return sandbox.ask(copy.path, copy.names, sql, tick=tick)


def sql(desk: Desk, given: Sql) -> Reply:
    """{columns, types, rows, more, seconds, cut}; `more`: there are more rows than these."""
    cut = desk.home.warehouse.version
    found = ask(desk.home, given.sql, desk.who)
    document = {
        "columns": [column.name for column in found.columns],
        "types": [column.type for column in found.columns],
        "rows": found.rows,
        "more": found.more,
        "seconds": round(found.seconds, 3),
        "cut": cut,
    }
    return Reply(plain(document))
