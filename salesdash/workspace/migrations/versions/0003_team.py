"""Training, meetings, actions, and the revisions of everything people write there."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables, and the triggers that keep revisions as they were written."""
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("revisions_of_a_row", "revisions", ["source", "row_id"])
    guards.append_only(op.get_bind(), "revisions")
    _training()
    _meetings()
    _actions()


def _training() -> None:
    op.create_table(
        "trainees",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String, nullable=False, unique=True),
        *_written(),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("course", sa.String, nullable=False),
        sa.Column("due", sa.Date),
        *_written(),
        sa.UniqueConstraint("person", "course"),
    )
    op.create_table(
        "ticks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("course", sa.String, nullable=False),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        *_written(),
        sa.UniqueConstraint("person", "course", "item"),
    )


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("cut", sa.Integer),
        sa.Column("opened_by", sa.String),
        sa.Column("opened_at", sa.DateTime),
        sa.Column("closed_by", sa.String),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("answers", sa.Text),
        *_written(),
        sa.UniqueConstraint("kind", "period"),
    )
    op.create_table(
        "meeting_lines",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("place", sa.Integer),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("hint", sa.JSON, nullable=False),
        sa.Column("tiles", sa.JSON, nullable=False),
        sa.Column("page", sa.String),
        sa.Column("query", sa.JSON),
        *_written(),
    )
    op.create_table(
        "meeting_texts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer, sa.ForeignKey("meeting_lines.id"), nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        *_written(),
        sa.UniqueConstraint("line", "field"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("present", sa.Boolean, nullable=False),
        *_written(),
        sa.UniqueConstraint("meeting", "person"),
    )


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("line", sa.Integer, sa.ForeignKey("meeting_lines.id")),
        sa.Column("page", sa.String),
        sa.Column("query", sa.JSON),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("settled_by", sa.String),
        sa.Column("settled_at", sa.DateTime),
        *_written(),
    )


def _written() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
