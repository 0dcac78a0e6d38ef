"""The tables of the workspace, as the newest migration leaves them (a test compares the two)."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("dataset", String, nullable=False),
    Column("status", String, nullable=False),
    Column("target", Integer, ForeignKey("events.id")),
    Column("file_name", String),
    Column("file_sha256", String),
    Column("file_size", Integer),
    Column("original", String),
    Column("rows_file", String),
    Column("rejects_file", String),
    Column("mapping", JSON),
    Column("mode", String),
    Column("as_of", DateTime),
    Column("forced", Boolean, nullable=False),
    Column("first_date", Date),
    Column("last_date", Date),
    Column("counts", JSON),
    Column("options", JSON),
    Column("warnings", JSON),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

mappings = Table(
    "mappings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dataset", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("mapping", JSON, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("dataset", "fingerprint"),
)

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("browser", String, nullable=False, unique=True),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("value", JSON),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

goal_revisions = Table(
    "goal_revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("goal", Integer, nullable=False),
    Column("metric", String, nullable=False),
    Column("scope", JSON, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("target", String, nullable=False),
    Column("floor", String),
    Column("stretch", String),
    Column("baseline", String),
    Column("basis", JSON),
    Column("reason", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("parent", Integer),
    Column("series", Integer),
    Column("why", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("goal", "version"),
    sqlite_autoincrement=True,
)
