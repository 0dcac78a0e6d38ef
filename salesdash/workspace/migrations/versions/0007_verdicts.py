"""Verdicts on actions, which only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NO_DELETE = """
create trigger action_verdicts_only_grow before delete on action_verdicts
begin
    select raise(abort, 'verdicts only grow');
end
"""

NO_CHANGE = """
create trigger action_verdicts_do_not_change before update on action_verdicts
begin
    select raise(abort, 'a verdict does not change');
end
"""


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
    op.execute(NO_DELETE)
    op.execute(NO_CHANGE)
