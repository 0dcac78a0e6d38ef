"""Cleaning a table by its mapping, in a child process: rows.parquet, rejects.parquet, facts."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from salesdash.datasets import DATASETS
from salesdash.engine import Engine, Limits, Transaction, child
from salesdash.errors import DataRefused, FileError, Place, Problem
from salesdash.ingest.cleaning import exchange, facts, idle, spelling, sums
from salesdash.ingest.cleaning.result import Cleaned, Counts, Joined
from salesdash.ingest.cleaning.statement import Statement
from salesdash.ingest.cleaning.widening import empty_cells, wide_columns
from salesdash.ingest.mapping.plan import Mapping
from salesdash.ingest.reading import Books, Reading, Table
from salesdash.ingest.relation import PARQUET, cleaned, literal

LIMITS = Limits(memory_mib=8192, cpu_seconds=3600, wall_seconds=3600)
MEMORY, THREADS = "2GB", 4
"""Writing Parquet needs a few row groups in memory for every thread."""

ROWS, REJECTS = "rows.parquet", "rejects.parquet"

ONCE = "set disabled_optimizers = 'filter_pushdown'"
"""Conditions on parsed cells, pushed below the parsing, would parse each cell again."""

_CHILD = "salesdash.ingest.cleaning.clean:clean_here"


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
        "joined": [reading.tables[join.table].to_json() for join in mapping.joins],
    }
    try:
        done = Cleaned.from_json(child.run(_CHILD, order, LIMITS, watch))
    except FileError as error:
        raise FileError(error.key, place=place, **error.values) from error
    if not done.counts.loaded:
        raise DataRefused("data.nothing_loaded", place=place, count=done.counts.rejected)
    return done


def clean_here(
    table: dict[str, object],
    mapping: dict[str, object],
    folder: str,
    joined: Sequence[dict[str, object]] = (),
) -> dict[str, object]:
    """The child's side of `clean`; `joined`: the tables of the mapping's joins."""
    lists = tuple(Table.from_json(each) for each in joined)
    work = _Work(Table.from_json(table), Mapping.from_json(mapping), Path(folder), lists)
    threads = min(THREADS, os.cpu_count() or 1)
    with closing(Engine.open(None, memory=MEMORY, threads=threads, temp=work.folder)) as engine:
        return work.done(engine).to_json()


@dataclass(frozen=True)
class _Work:
    table: Table
    mapping: Mapping
    folder: Path
    joined: tuple[Table, ...] = ()

    def done(self, engine: Engine) -> Cleaned:
        dataset = DATASETS[self.mapping.dataset]
        spelled = spelling.find(engine, self.table, self.mapping)
        child.progress(0.05, "step.cleaning")
        columns = frozenset(spelled.columns)
        statement = Statement(self.table, self.mapping, dataset, columns, self.joined)
        rows = self.folder / ROWS
        with engine.session() as session:
            session.run(ONCE)
            if spelled.words:
                session.register("spelled", spelled.replacements())
            raw = statement.raw(numbered=True)
            statement.left_out = sums.of_others(session, raw, self.mapping, self.table)
            converted = _converted(session, statement)
            books = self._books(session, statement)
            loaded = self._rows(session, statement, rows)
            clean = cleaned(str(rows), statement.fields, dataset)
            unknown = idle.zeros_made_unknown(session, rows, clean, dataset)
            rejects = self._rejects(session, statement, books.rows - loaded)
        child.progress(0.9, "step.summing")
        found = facts.collect(engine, clean, rejects, self.mapping)
        joined = facts.joined(engine, clean, self.mapping, self.joined)
        told = (*self._told(books, unknown, joined), *_sums_left(statement), *converted)
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
            joined=joined,
            **{**found, "warnings": (*found["warnings"], *told)},
        )

    def _books(self, session: Transaction, statement: Statement) -> Books:
        """The books of the table; of a wide one each cell is a record."""
        books = self.table.books
        if self.mapping.wide is None:
            return books
        left = len(statement.left_out)
        books = replace(books, rows=books.rows - left, totals=books.totals + left)
        cells = Books(*(n * len(wide_columns(self.mapping)) for n in books.values()))
        empty = session.rows(empty_cells(statement.raw(numbered=True), self.mapping))[0][0]
        return replace(cells, rows=cells.rows - empty, blank=cells.blank + empty)

    def _told(self, books: Books, unknown: int, joined: tuple[Joined, ...]) -> tuple[Problem, ...]:
        """What this cleaning did that the books alone don't say."""
        told = []
        if self.mapping.wide is not None:
            columns = wide_columns(self.mapping)
            rows = books.rows + books.blank - self.table.books.blank * len(columns)
            values = {
                "records": rows // len(columns),
                "columns": ", ".join(column.header for column in columns),
                "count": rows,
                "blank": books.blank - self.table.books.blank * len(columns),
            }
            told.append(Problem("cleaning.wide", values))
        if unknown:
            told.append(Problem("cleaning.zero_is_unknown", {"count": unknown}))
        told += [Problem("cleaning.joined", vars(each)) for each in joined]
        return tuple(told)

    def _rows(self, session: Transaction, statement: Statement, rows: Path) -> int:
        """Write the clean rows; how many.

        A CSV is cleaned by all processors in its own order; when no row was rejected, the place of
        a row is the number of its record. Otherwise the records are numbered while they are read.
        """
        mapping = self.mapping
        simple = self.table.kind == "csv" and mapping.wide is None and not self.joined
        simple = simple and not mapping.once and not mapping.carried and mapping.off is None
        if simple and not self.table.is_repair and not statement.spelled:
            loaded = _copied(session, statement.rows(numbered=False), rows)
            if loaded == self.table.books.rows:
                return loaded
            child.progress(0.65, "step.cleaning")
        return _copied(session, statement.rows(), rows)

    def _rejects(self, session: Transaction, statement: Statement, bad: int) -> Path | None:
        """All rejects of the file: damaged lines and rows with bad values."""
        parts = []
        if self.table.bad_lines:
            lines = literal(self.table.bad_lines)
            parts.append(
                'select sheet, record, line, cast(null as varchar) as "column", '  # noqa: S608
                f"cast(null as varchar) as value, reason, raw from read_parquet({lines})"
            )
        if bad:
            parts.append(statement.rejects())
        if not parts:
            return None
        path = self.folder / REJECTS
        both = " union all ".join(f"({part})" for part in parts)
        _copied(session, f"select * from ({both}) order by sheet, record", path)  # noqa: S608
        return path


def _sums_left(statement: Statement) -> tuple[Problem, ...]:
    """That rows without a name were left out as the sums of all others."""
    records = [record for _, record in statement.left_out]
    listed = ", ".join(map(str, records))
    return (Problem("cleaning.sums_left", {"records": listed}),) if records else ()


def _converted(session: Transaction, statement: Statement) -> tuple[Problem, ...]:
    """Turn foreign money of a statement into the company's; what should be known of that."""
    if not exchange.is_of_money(statement.dataset) or "currency" not in statement.fields:
        return ()
    decided = exchange.decide(session, statement)
    if decided is None:
        return ()
    exchange.convert(statement, decided)
    return decided.warnings


def _copied(session: Transaction, select: str, path: Path) -> int:
    """Write a SELECT as Parquet; how many rows."""
    return int(session.rows(f"copy ({select}) to {literal(str(path))} {PARQUET}")[0][0])
