"""A file becomes clean rows: read as text, mapped to the fields of a dataset, cleaned.

    reading = read(path, "orders.csv", ReadOptions(), folder)
    mappings = propose_all(reading)                 # one a dataset; .questions: only the user knows
    cleaned = clean(reading, mappings[0], folder)   # rows.parquet and rejects.parquet

Knows nothing of storage; everything it returns is a frozen value that can be written as JSON.
"""

from salesdash.engine.child import Watch
from salesdash.ingest.cleaning.candidates import summed
from salesdash.ingest.cleaning.clean import clean
from salesdash.ingest.cleaning.result import Cleaned, Counts, RejectGroup, StatusCount
from salesdash.ingest.files.archive import Part, parts
from salesdash.ingest.files.reader import read
from salesdash.ingest.mapping.drift import adapted
from salesdash.ingest.mapping.plan import (
    COMPUTED,
    AmountRule,
    Candidate,
    ColumnMap,
    DateFormat,
    Exchange,
    Join,
    Mapping,
    NumberFormat,
    Outcome,
    Overrides,
    Question,
    StageRule,
    StatusRule,
    Wide,
)
from salesdash.ingest.mapping.profiles import Profile, profiles
from salesdash.ingest.mapping.propose import propose, propose_all
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
    "Exchange",
    "Join",
    "Mapping",
    "NumberFormat",
    "Outcome",
    "Overrides",
    "Part",
    "Profile",
    "Question",
    "ReadOptions",
    "Reading",
    "Reject",
    "RejectGroup",
    "Sheet",
    "StageRule",
    "StatusCount",
    "StatusRule",
    "Table",
    "Watch",
    "Wide",
    "adapted",
    "clean",
    "parts",
    "profiles",
    "propose",
    "propose_all",
    "read",
    "read_rejects",
    "rejects_csv",
    "safe_cell",
    "summed",
]
