"""The one door to DuckDB: connections, cursors, limits, errors, and untrusted work in a child.

Three facts shape this room. A connection shared by threads gives wrong rows without any error, so
every question has a cursor of its own, read to the end. A COMMIT after an error silently rolls
back, so every exception leaves the transaction. A full disk while checkpointing kills the whole
instance, so it is closed and opened again.
"""

from salesdash.engine.connection import Asks, Engine, Row, Transaction, identifier
from salesdash.engine.expression import Expression, parse_expression
from salesdash.engine.process import Limits
from salesdash.engine.watched import Watched

__all__ = [
    "Asks",
    "Engine",
    "Expression",
    "Limits",
    "Row",
    "Transaction",
    "Watched",
    "identifier",
    "parse_expression",
]
