"""Cleaning a table by its mapping, in a child process: rows.parquet, rejects.parquet, facts."""

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from salesdash.datasets import DATASETS
from salesdash.engine import Engine, Limits, Transaction, child
from salesdash.errors import DataRefused, FileError, Place
from salesdash.ingest.cleaning import facts, spelling
from salesdash.ingest.cleaning.result import Cleaned, Counts
from salesdash.ingest.cleaning.statement import Statement
from salesdash.ingest.mapping.plan import Mapping
from salesdash.ingest.reading import Reading, Table
from salesdash.ingest.relation import literal

LIMITS = Limits(memory_mib=8192, cpu_seconds=3600, wall_seconds=3600)
MEMORY, THREADS = "2GB", 4
"""Writing Parquet needs a few row groups in memory for every thread."""

ROWS, REJECTS = "rows.parquet", "rejects.parquet"

_CHILD = "salesdash.ingest.cleaning.clean:clean_here"
_PARQUET = "(format parquet, compression zstd, compression_level 1)"


def clean(
    reading: Reading, mapping: Mapping, folder: Path, watch: child.Watch | None = None
) -> Cleaned:
    """Clean the table that the mapping chose; files go into `folder`.

    Raises DataRefused("data.open_questions") while the mapping has questions, and
    DataRefused("data.nothing_loaded") when no row is left.
    """
    place = Place(reading.file)
    if mapping.questions:
        asked = ", ".join(question.id for question in mapping.questions)
        raise DataRefused("data.open_questions", place=place, questions=asked)
    folder.mkdir(parents=True, exist_ok=True)
    order = {
        "table": reading.tables[mapping.table].to_json(),
        "mapping": mapping.to_json(),
        "folder": str(folder.resolve()),
    }
    try:
        cleaned = Cleaned.from_json(child.run(_CHILD, order, LIMITS, watch))
    except FileError as error:
        raise FileError(error.key, place=place, **error.values) from error
    if not cleaned.counts.loaded:
        raise DataRefused("data.nothing_loaded", place=place, count=cleaned.counts.rejected)
    return cleaned


def clean_here(
    table: dict[str, object], mapping: dict[str, object], folder: str
) -> dict[str, object]:
    """The child's side of `clean`."""
    work = _Work(Table.from_json(table), Mapping.from_json(mapping), Path(folder))
    threads = min(THREADS, os.cpu_count() or 1)
    with closing(Engine.open(None, memory=MEMORY, threads=threads, temp=work.folder)) as engine:
        return work.done(engine).to_json()


@dataclass(frozen=True)
class _Work:
    table: Table
    mapping: Mapping
    folder: Path

    def done(self, engine: Engine) -> Cleaned:
        dataset = DATASETS[self.mapping.dataset]
        spelled = spelling.find(engine, self.table, self.mapping)
        child.progress(0.05, "step.cleaning")
        statement = Statement(self.table, self.mapping, dataset, frozenset(spelled.columns))
        rows = self.folder / ROWS
        with engine.session() as session:
            session.register("spelled", spelled.replacements())
            loaded = self._rows(session, statement, rows)
            rejects = self._rejects(session, statement, loaded)
        child.progress(0.9, "step.summing")
        found = facts.collect(engine, rows, rejects, self.mapping)
        books = self.table.books
        counts = Counts(
            books.records,
            loaded,
            books.rejected + books.rows - loaded,
            books.blank,
            books.totals,
            books.repeated_headers,
            books.outside,
        )
        return Cleaned(
            rows_file=str(rows),
            rejects_file=str(rejects) if rejects else None,
            counts=counts,
            spellings=spelled.pairs,
            is_repair=self.table.is_repair,
            **found,
        )

    def _rows(self, session: Transaction, statement: Statement, rows: Path) -> int:
        """Write the clean rows; how many.

        A CSV is cleaned by all processors in its own order; when no row was rejected, the place of
        a row is the number of its record. Otherwise the records are numbered while they are read.
        """
        if self.table.kind != "csv" or self.table.is_repair or statement.spelled:
            return _copied(session, statement.rows(), rows)
        draft = rows.with_suffix(".draft")
        loaded = _copied(session, statement.rows(numbered=False), draft)
        child.progress(0.65, "step.cleaning")
        if loaded == self.table.books.rows:
            source = f"read_parquet({literal(str(draft))}, file_row_number = true)"
            place = "* exclude (record, file_row_number), file_row_number + 1 as record"
            _copied(session, f"select {place} from {source}", rows)  # noqa: S608 - own literals
        else:
            loaded = _copied(session, statement.rows(), rows)
        draft.unlink()
        return loaded

    def _rejects(self, session: Transaction, statement: Statement, loaded: int) -> Path | None:
        """All rejects of the file: damaged lines and rows with bad values."""
        parts = []
        if self.table.bad_lines:
            lines = literal(self.table.bad_lines)
            parts.append(
                'select sheet, record, line, cast(null as varchar) as "column", '  # noqa: S608
                f"cast(null as varchar) as value, reason, raw from read_parquet({lines})"
            )
        if loaded < self.table.books.rows:
            parts.append(statement.rejects())
        if not parts:
            return None
        path = self.folder / REJECTS
        both = " union all ".join(f"({part})" for part in parts)
        _copied(session, f"select * from ({both}) order by sheet, record", path)  # noqa: S608
        return path


def _copied(session: Transaction, select: str, path: Path) -> int:
    """Write a SELECT as Parquet; how many rows."""
    return int(session.rows(f"copy ({select}) to {literal(str(path))} {_PARQUET}")[0][0])
