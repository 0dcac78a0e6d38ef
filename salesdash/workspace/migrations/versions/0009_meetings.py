"""The life of meetings: one-to-ones, own templates, clocks, carry-over, ratings, reopenings."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables and columns, and the triggers that keep reopenings append-only."""
    _kinds()
    _held()
    op.add_column("meetings", sa.Column("series", sa.Integer))
    op.add_column("meetings", sa.Column("day", sa.Date))
    op.add_column("meeting_lines", sa.Column("minutes", sa.Integer))
    op.add_column("meeting_lines", sa.Column("origin", sa.Integer))
    op.add_column("attendance", sa.Column("invited", sa.Boolean))
    guards.append_only(op.get_bind(), "reopenings")


def _kinds() -> None:
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        *_written(),
        sa.UniqueConstraint("kind", "person"),
    )
    op.create_table(
        "meeting_templates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("every", sa.String, nullable=False),
        sa.Column("compare", sa.String, nullable=False),
        sa.Column("one_to_one", sa.Boolean, nullable=False),
        sa.Column("agenda", sa.JSON, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        *_written(),
    )


def _held() -> None:
    op.create_table(
        "line_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer, sa.ForeignKey("meeting_lines.id"), nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("started", sa.DateTime),
        sa.Column("spent", sa.Integer, nullable=False),
        *_written(),
        sa.UniqueConstraint("line"),
    )
    op.create_table(
        "meeting_ratings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("word", sa.String, nullable=False),
        *_written(),
        sa.UniqueConstraint("meeting", "person"),
    )
    op.create_table(
        "reopenings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("cut", sa.Integer),
        sa.Column("closed_by", sa.String),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        *_written(),
        sa.UniqueConstraint("meeting", "version"),
        sqlite_autoincrement=True,
    )


def _written() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
