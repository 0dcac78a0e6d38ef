"""Training whole: evidence, finished courses that files brought, and steps that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables; what was ticked and assigned before stays as it is."""
    op.create_table(
        "training_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("file", sa.String),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "completions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("course", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("score", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("stands", sa.Boolean, nullable=False),
        sa.Column("step", sa.Integer, sa.ForeignKey("training_steps.id"), nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("person", "course", "day"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("course", sa.String, nullable=False),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("witness", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("person", "course", "item"),
    )
