"""Events of one file, or taken back as one: each names the first of them."""

import sqlalchemy as sa
from alembic import op

from salesdash.workspace import guards

revision = "0004"
down_revision = "0003"

FROZEN = (
    *("id", "kind", "dataset", "target", "file_name", "file_sha256", "file_size", "original"),
    *("rows_file", "rejects_file", "mapping", "mode", "as_of", "forced", "first_date"),
    *("last_date", "counts", "options", "warnings", "who", "at", "group"),
)
"""Columns of an event that never change once it is written."""


def upgrade() -> None:
    """Add the column; it never changes either."""
    op.add_column("events", sa.Column("group", sa.Integer))
    guards.unfix(op.get_bind(), "events")
    guards.fix(op.get_bind(), "events", FROZEN)
