"""The tables of the workspace, as the newest migration leaves them (a test compares the two)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from salesdash.workspace.metadata import metadata

LONG = Integer().with_variant(BigInteger(), "postgresql")
"""Integers beyond two thousand million; SQLite's are long anyway."""

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
    Column("file_size", LONG),
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
    Column("group", Integer),
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

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("kept", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Index("revisions_of_a_row", "source", "row_id"),
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("period", String, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("state", String, nullable=False),
    Column("cut", Integer),
    Column("opened_by", String),
    Column("opened_at", DateTime),
    Column("closed_by", String),
    Column("closed_at", DateTime),
    Column("answers", Text),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("series", Integer),
    Column("day", Date),
    UniqueConstraint("kind", "period"),
)

meeting_series = Table(
    "meeting_series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("kind", "person"),
)

meeting_templates = Table(
    "meeting_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", JSON, nullable=False),
    Column("every", String, nullable=False),
    Column("compare", String, nullable=False),
    Column("one_to_one", Boolean, nullable=False),
    Column("agenda", JSON, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

reopenings = Table(
    "reopenings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Integer, ForeignKey("meetings.id"), nullable=False),
    Column("cut", Integer),
    Column("closed_by", String),
    Column("closed_at", DateTime),
    Column("answers", Text, nullable=False),
    Column("reason", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("meeting", "version"),
    sqlite_autoincrement=True,
)

meeting_lines = Table(
    "meeting_lines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Integer, ForeignKey("meetings.id"), nullable=False),
    Column("place", Integer),
    Column("kind", String, nullable=False),
    Column("title", JSON, nullable=False),
    Column("hint", JSON, nullable=False),
    Column("tiles", JSON, nullable=False),
    Column("page", String),
    Column("query", JSON),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("minutes", Integer),
    Column("origin", Integer),
)

line_runs = Table(
    "line_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("line", Integer, ForeignKey("meeting_lines.id"), nullable=False),
    Column("outcome", String),
    Column("started", DateTime),
    Column("spent", Integer, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("line"),
)

meeting_texts = Table(
    "meeting_texts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("line", Integer, ForeignKey("meeting_lines.id"), nullable=False),
    Column("field", String, nullable=False),
    Column("text", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("line", "field"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Integer, ForeignKey("meetings.id"), nullable=False),
    Column("person", String, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("invited", Boolean),
    UniqueConstraint("meeting", "person"),
)

meeting_ratings = Table(
    "meeting_ratings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Integer, ForeignKey("meetings.id"), nullable=False),
    Column("person", String, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("word", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("meeting", "person"),
)

actions = Table(
    "actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("due", Date),
    Column("state", String, nullable=False),
    Column("line", Integer, ForeignKey("meeting_lines.id")),
    Column("page", String),
    Column("query", JSON),
    Column("made_by", String, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("settled_by", String),
    Column("settled_at", DateTime),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("priority", String, nullable=False, server_default="normal"),
    Column("origin", String),
    Column("ref", String),
    Column("metric", String),
    Column("scope", JSON),
    Column("expected", String),
    Column("check", Date),
)

action_comments = Table(
    "action_comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", Integer, ForeignKey("actions.id"), nullable=False),
    Column("text", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Index("comments_of_an_action", "action"),
)

action_verdicts = Table(
    "action_verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", Integer, ForeignKey("actions.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("word", String, nullable=False),
    Column("proposal", String, nullable=False),
    Column("note", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("edge", Date),
    Column("cut", Integer, nullable=False),
    Column("settings", String, nullable=False),
    Column("answers", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("action", "version"),
    sqlite_autoincrement=True,
)
