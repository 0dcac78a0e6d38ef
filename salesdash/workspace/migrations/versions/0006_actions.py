"""Actions say how urgent they are, where they come from and what they are to move; comments."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns, name the origin of what was promised in meetings, make the comments."""
    for column in (
        sa.Column("priority", sa.String, nullable=False, server_default="normal"),
        sa.Column("origin", sa.String),
        sa.Column("ref", sa.String),
        sa.Column("metric", sa.String),
        sa.Column("scope", sa.JSON),
        sa.Column("expected", sa.String),
        sa.Column("check", sa.Date),
    ):
        op.add_column("actions", column)
    op.execute(
        "update actions set origin = 'line', ref = cast(line as varchar) where line is not null"
    )
    op.create_table(
        "action_comments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("action", sa.Integer, sa.ForeignKey("actions.id"), nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("comments_of_an_action", "action_comments", ["action"])
    guards.append_only(op.get_bind(), "action_comments")
