"""The event log, mapping memory, "I am" names, settings."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0001"
down_revision = None

FROZEN = (
    *("id", "kind", "dataset", "target", "file_name", "file_sha256", "file_size", "original"),
    *("rows_file", "rejects_file", "mapping", "mode", "as_of", "forced", "first_date"),
    *("last_date", "counts", "options", "warnings", "who", "at"),
)
"""Columns of an event that never change once it is written."""


def upgrade() -> None:
    """Make the four tables and the triggers that keep the log append-only."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("dataset", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("target", sa.Integer, sa.ForeignKey("events.id")),
        sa.Column("file_name", sa.String),
        sa.Column("file_sha256", sa.String),
        sa.Column("file_size", sa.Integer().with_variant(sa.BigInteger(), "postgresql")),
        sa.Column("original", sa.String),
        sa.Column("rows_file", sa.String),
        sa.Column("rejects_file", sa.String),
        sa.Column("mapping", sa.JSON),
        sa.Column("mode", sa.String),
        sa.Column("as_of", sa.DateTime),
        sa.Column("forced", sa.Boolean, nullable=False),
        sa.Column("first_date", sa.Date),
        sa.Column("last_date", sa.Date),
        sa.Column("counts", sa.JSON),
        sa.Column("options", sa.JSON),
        sa.Column("warnings", sa.JSON),
        *_written(),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "mappings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dataset", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("mapping", sa.JSON, nullable=False),
        *_written(),
        sa.UniqueConstraint("dataset", "fingerprint"),
    )
    op.create_table(
        "names",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("browser", sa.String, nullable=False, unique=True),
        *_written(),
    )
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("value", sa.JSON),
        *_written(),
    )
    guards.append_only(op.get_bind(), "events", FROZEN)


def _written() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
