"""Names are kept in one spelling (NFKC, trimmed); how they were written stays findable.

ASCII text has only one spelling, and so has most Chinese text. Elsewhere one scan finds the
distinct values that hold a character which has another form (full width, odd blanks, ligatures) or
joins the one before it; only values that come out differently are replaced.
"""

from dataclasses import dataclass

import pyarrow as pa

from salesdash.engine import Engine
from salesdash.ingest.headers import plain
from salesdash.ingest.mapping.plan import Mapping
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import csv_source, literal, relation

SHOWN = 1000

OTHER_FORMS = (
    "["
    "\u00a0\u00a8\u00aa\u00af\u00b2-\u00b5\u00b8-\u00ba\u00bc-\u00be\u0132\u0133\u013f\u0140\u0149"
    "\u017f\u01c4-\u01cc\u01f1-\u01f3\u02b0-\u02e4\u0300-\u0387\u03d0-\u03f9\u0587\u0653-\u0655"
    "\u0675-\u0678\u0900-\u0fff\u102e\u10fc\u1160-\u11ff\u1b35\u1d2c-\u1dbf\u1e9a\u1e9b\u1f71-\u200f"
    "\u2011\u2017\u2024-\u2026\u202f\u2033-\u2037\u203c\u203e\u2047-\u209c\u20a8\u2100-\u218b"
    "\u222c-\u2230\u2329\u232a\u2460-\u24ea\u2a0c-\u2adc\u2c7c-\u2d6f\u2e80-\u2fdf\u3000\u3036-\u303a"
    "\u3099-\u309f\u30ff\u3131-\u318e\u3192-\u33ff\ua69c-\ua7ff\uab5c-\uab69\uf900-\ufaff"
    "\ufb00-\ufdff\ufe10-\uffef\U00010000-\U0001f2ff\U0001fbf0-\U0001fbf9\U0002f800-\U0002fa1f"
    "]"
)
"""One character of another form, or that joins the one before it (a superset, for a scan)."""


@dataclass(frozen=True)
class Spelled:
    """Replacements (written -> kept) and the columns in which they occur."""

    words: dict[str, str]
    columns: tuple[int, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The first (kept, written) pairs."""
        return tuple((kept, seen) for seen, kept in list(self.words.items())[:SHOWN])

    def replacements(self) -> pa.Table:
        """The replacements as a table `seen`, `spelled`."""
        seen, kept = list(self.words), list(self.words.values())
        return pa.table(
            {"seen": pa.array(seen, pa.string()), "spelled": pa.array(kept, pa.string())}
        )


def find(engine: Engine, table: Table, mapping: Mapping) -> Spelled:
    """All values of text columns that are kept in another spelling than they were written."""
    columns = [
        c.index
        for c in mapping.columns
        if (c.field or c.extra) and c.dates is None and c.number is None and c.member is None
    ]
    if table.ascii or table.one_form or not columns:
        return Spelled({}, ())
    source = csv_source(table) if table.kind == "csv" else f"({relation(table)})"
    numbers = ", ".join(str(i) for i in columns)
    cells = ", ".join(f"c{i}" for i in columns)
    found = engine.rows(
        "select distinct k, v from (\n"  # noqa: S608 - our own identifiers
        f"  select unnest([{numbers}]) as k, unnest([{cells}]) as v from {source}\n"
        f") where strlen(v) <> length(v) and regexp_matches(v, {literal(OTHER_FORMS)})"
    )
    other = [(k, v, plain(v)) for k, v in found]
    other = [(k, seen, kept) for k, seen, kept in other if kept != seen]
    words = {seen: kept for _, seen, kept in sorted(other, key=lambda item: item[1])}
    return Spelled(words, tuple(sorted({k for k, _, _ in other})))
