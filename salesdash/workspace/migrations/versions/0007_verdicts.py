"""Verdicts on actions, which only grow."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table, and the triggers that keep it append-only."""
    op.create_table(
        "action_verdicts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("action", sa.Integer, sa.ForeignKey("actions.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("word", sa.String, nullable=False),
        sa.Column("proposal", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("edge", sa.Date),
        sa.Column("cut", sa.Integer, nullable=False),
        sa.Column("settings", sa.String, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("action", "version"),
        sqlite_autoincrement=True,
    )
    guards.append_only(op.get_bind(), "action_verdicts")
