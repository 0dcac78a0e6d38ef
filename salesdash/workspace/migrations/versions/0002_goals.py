"""Goals as revisions that only grow."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table and the triggers that keep it append-only."""
    op.create_table(
        "goal_revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("goal", sa.Integer, nullable=False),
        sa.Column("metric", sa.String, nullable=False),
        sa.Column("scope", sa.JSON, nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("floor", sa.String),
        sa.Column("stretch", sa.String),
        sa.Column("baseline", sa.String),
        sa.Column("basis", sa.JSON),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("parent", sa.Integer),
        sa.Column("series", sa.Integer),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("goal", "version"),
        sqlite_autoincrement=True,
    )
    guards.append_only(op.get_bind(), "goal_revisions")
