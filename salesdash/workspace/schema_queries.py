"""The tables of questions in SQL, as the newest migration leaves them."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, String, Table, Text

from salesdash.workspace.metadata import metadata

saved_queries = Table(
    "saved_queries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("description", String, nullable=False),
    Column("sql", Text, nullable=False),
    Column("chart", JSON, nullable=False),
    Column("owner", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

asked_queries = Table(
    "asked_queries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entries", JSON, nullable=False),
    Column("who", String, nullable=False, unique=True),
    Column("at", DateTime, nullable=False),
)
