"""Questions in SQL: those that were saved for the team, and what each person asked last."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_queries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("description", sa.String, nullable=False),
        sa.Column("sql", sa.Text, nullable=False),
        sa.Column("chart", sa.JSON, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "asked_queries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("entries", sa.JSON, nullable=False),
        sa.Column("who", sa.String, nullable=False, unique=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
