"""A file becomes clean rows: read as text, mapped to the fields of a dataset, cleaned.

    reading = read(path, "orders.csv", ReadOptions(), folder)
    mapping = propose(reading, datasets.SALES)      # mapping.questions: what only the user knows
    cleaned = clean(reading, mapping, folder)       # rows.parquet and rejects.parquet

Knows nothing of storage; everything it returns is a frozen value that can be written as JSON.
"""

from salesdash.engine.child import Watch
from salesdash.ingest.cleaning.clean import clean
from salesdash.ingest.cleaning.result import Cleaned, Counts, RejectGroup, StatusCount
from salesdash.ingest.files.reader import read
from salesdash.ingest.mapping.plan import (
    COMPUTED,
    AmountRule,
    Candidate,
    ColumnMap,
    DateFormat,
    Mapping,
    NumberFormat,
    Overrides,
    Question,
    StatusRule,
)
from salesdash.ingest.mapping.profiles import Profile, profiles
from salesdash.ingest.mapping.propose import propose
from salesdash.ingest.reading import (
    OWN_HEADERS,
    REASON_HEADER,
    RECORD_HEADER,
    BadLine,
    Books,
    Dialect,
    Reading,
    ReadOptions,
    Sheet,
    Table,
)
from salesdash.ingest.rejects import Reject, read_rejects, rejects_csv, safe_cell

__all__ = [
    "COMPUTED",
    "OWN_HEADERS",
    "REASON_HEADER",
    "RECORD_HEADER",
    "AmountRule",
    "BadLine",
    "Books",
    "Candidate",
    "Cleaned",
    "ColumnMap",
    "Counts",
    "DateFormat",
    "Dialect",
    "Mapping",
    "NumberFormat",
    "Overrides",
    "Profile",
    "Question",
    "ReadOptions",
    "Reading",
    "Reject",
    "RejectGroup",
    "Sheet",
    "StatusCount",
    "StatusRule",
    "Table",
    "Watch",
    "clean",
    "profiles",
    "propose",
    "read",
    "read_rejects",
    "rejects_csv",
    "safe_cell",
]
