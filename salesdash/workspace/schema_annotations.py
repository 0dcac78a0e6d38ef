"""The table of annotations, as the newest migration leaves it."""

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, String, Table

from salesdash.workspace.metadata import metadata

annotations = Table(
    "annotations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("metric", String),
    Column("scope", JSON, nullable=False),
    Column("owner", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)
