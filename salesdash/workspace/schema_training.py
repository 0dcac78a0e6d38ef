"""The tables of training, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from salesdash.workspace.metadata import metadata

trainees = Table(
    "trainees",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String, nullable=False, unique=True),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("course", String, nullable=False),
    Column("due", Date),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("person", "course"),
)

ticks = Table(
    "ticks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("course", String, nullable=False),
    Column("item", String, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("person", "course", "item"),
)

training_steps = Table(
    "training_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("file", String),
    Column("changes", JSON, nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

completions = Table(
    "completions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("course", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("score", String, nullable=False),
    Column("note", String, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("step", Integer, ForeignKey("training_steps.id"), nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("person", "course", "day"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("course", String, nullable=False),
    Column("item", String, nullable=False),
    Column("note", String, nullable=False),
    Column("witness", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("person", "course", "item"),
)
