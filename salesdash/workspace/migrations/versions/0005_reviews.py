"""Reviews of goals, which only grow, and how often a goal wants one."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table, the triggers that keep it append-only, and the column of the rhythm."""
    op.create_table(
        "goal_reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("review", sa.Integer, nullable=False),
        sa.Column("goal", sa.Integer, nullable=False),
        sa.Column("metric", sa.String, nullable=False),
        sa.Column("scope", sa.JSON, nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("edge", sa.Date),
        sa.Column("cut", sa.Integer, nullable=False),
        sa.Column("settings", sa.String, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("word", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("next_step", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("review", "version"),
        sqlite_autoincrement=True,
    )
    op.add_column("goal_revisions", sa.Column("rhythm", sa.String))
    guards.append_only(op.get_bind(), "goal_reviews")
