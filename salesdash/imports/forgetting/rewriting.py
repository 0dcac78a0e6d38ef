"""Rewriting the kept files of imports: clean rows, rejects, and the originals where that can be."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from salesdash.datasets import EXTRA_PREFIX
from salesdash.engine import Engine, Transaction, identifier
from salesdash.imports.disk import CHUNK
from salesdash.imports.forgetting.subject import SPOKEN, Kind, Subject
from salesdash.imports.rows import column_names, quoted

DISTINCT = """
select distinct
    {column} as value
from read_parquet({path}) as r
where {condition}
"""

SUBJECT = """
select
    count(*)
from read_parquet({path}) as r
where {subject}
"""

REWRITE = """
copy (
    select
        {columns}
    from read_parquet({path}, file_row_number = true) as r
    {joins}
    order by r.file_row_number
) to {target} (format parquet, compression zstd, compression_level 1)
"""

JOIN = """left join stands as {alias}
        on {alias}.field = '{field}'
       and {alias}.value = r.{column}"""

CONTACTS = ("lead_name",)
"""Names of people, in rows of a customer who is forgotten."""


@dataclass(frozen=True)
class Columns:
    """What the mapping of an import says of its columns.

    `private`: extra columns that hold e-mails, phones, addresses and the like. `places`: number of
    a column -> its field; `hidden`: numbers of private ones; `headers`: header -> field.
    """

    private: tuple[str, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    count: int = 0


def columns_of(mapping: Mapping[str, Any] | None) -> Columns:
    """Read the mapping that the log keeps."""
    known = (mapping or {}).get("columns") or []
    private = tuple(str(c["extra"]) for c in known if c.get("extra") and not c.get("filter", True))
    places = {int(c["index"]): str(c["field"]) for c in known if c.get("field")}
    hidden = frozenset(int(c["index"]) for c in known if not c.get("filter", True))
    return Columns(private, places, hidden, max((int(c["index"]) for c in known), default=-1) + 1)


def rows(engine: Engine, path: Path, subject: Subject, known: Columns, target: Path) -> int:
    """Write the clean rows anew to `target`; how many spoke of the subject (0: none is written)."""
    with engine.session() as session:
        return _rows(session, path, subject, known, target)


def _rows(session: Transaction, path: Path, subject: Subject, known: Columns, target: Path) -> int:
    names = column_names(path)
    ours = [name for name in subject.fields if name in names]
    is_subject = _is_subject(subject, ours)
    count = int(session.rows(SUBJECT.format(path=quoted(path), subject=is_subject))[0][0])
    stands = [(field, old, new) for field in ours for old, new in subject.values.items()]
    texts = [
        n for n in sorted(names) if (n in SPOKEN or n.startswith(EXTRA_PREFIX)) and n not in ours
    ]
    spoken = list(_spoken(session, path, subject, texts))
    if not count and not spoken:
        return 0
    session.register("stands", _table([*stands, *spoken]))
    joined = [*ours, *dict.fromkeys(field for field, _, _ in spoken)]
    hidden = {*(c for c in known.private if c in names)} if count else set()
    hidden |= set(CONTACTS) & names if subject.kind is Kind.CUSTOMER else set()
    selects = [_column(name, subject, (joined, hidden, is_subject)) for name in _ordered(path)]
    joins = "\n    ".join(
        JOIN.format(alias=f"s{joined.index(field)}", field=field, column=identifier(field))
        for field in joined
    )
    listed = ",\n        ".join(selects)
    session.run(
        REWRITE.format(columns=listed, path=quoted(path), joins=joins, target=quoted(target))
    )
    return count or len(spoken)


def _is_subject(subject: Subject, ours: Iterable[str]) -> str:
    """Whether a row is theirs: by its key, else by its name."""
    columns = [f"r.{identifier(name)}" for name in ours]
    if not columns:
        return "false"
    listed = ", ".join(_literal(value) for value in subject.values)
    if subject.kind is Kind.CUSTOMER:
        return f"coalesce({', '.join(columns)}) in ({listed})"
    return " or ".join(f"coalesce({column} in ({listed}), false)" for column in columns)


def _column(name: str, subject: Subject, how: tuple[list[str], set[str], str]) -> str:
    """One column of the new file."""
    joined, hidden, is_subject = how
    column = f"r.{identifier(name)}"
    value = f"coalesce(s{joined.index(name)}.token, {column})" if name in joined else column
    mine = f"coalesce({is_subject}, false) and {column} is not null"
    if name == "customer_name" and subject.kind is Kind.CUSTOMER:
        fallback = f"coalesce(s{joined.index(name)}.token, {_literal(subject.token)})"
        value = f"case when {mine} then {fallback} else {column} end"
    elif name in CONTACTS and name in hidden:
        value = f"case when {mine} then {_literal(subject.token)} else {value} end"
    elif name in hidden:
        value = f"case when {mine} then null else {value} end"
    return value if value == column else f"{value} as {identifier(name)}"


def _spoken(
    session: Transaction, path: Path, subject: Subject, texts: list[str]
) -> Iterator[tuple[str, str, str]]:
    """Texts in which a name stands, with what they become."""
    needles = [name.lower() for name in subject.names]
    for name in texts if needles else ():
        column = f"r.{identifier(name)}"
        condition = " or ".join(f"contains(lower({column}), {_literal(n)})" for n in needles)
        sql = DISTINCT.format(column=column, path=quoted(path), condition=condition)
        for (value,) in session.rows(sql):
            said = subject.text(str(value))
            if said != value:
                yield name, str(value), said


def _table(stands: list[tuple[str, str, str]]) -> pa.Table:
    fields, values, tokens = zip(*stands, strict=True)
    return pa.table({"field": list(fields), "value": list(values), "token": list(tokens)})


def _ordered(path: Path) -> list[str]:
    return list(pq.read_schema(path).names)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rejects(path: Path, subject: Subject, mapping: Mapping[str, Any] | None, target: Path) -> int:
    """Write rejects anew to `target`; how many changed. 0: nothing is written."""
    table = pq.read_table(path)
    known = (mapping or {}).get("columns") or []
    fields = {str(c["header"]): str(c["field"]) for c in known if c.get("field")}
    hidden = {str(c["header"]) for c in known if not c.get("filter", True)}
    changed, lines = 0, []
    for line in table.to_pylist():
        new = _reject(line, subject, fields, hidden)
        changed += new != line
        lines.append(new)
    if changed:
        pq.write_table(pa.Table.from_pylist(lines, schema=table.schema), target, compression="zstd")
    return changed


def _reject(
    line: dict[str, object], subject: Subject, fields: Mapping[str, str], hidden: set[str]
) -> dict[str, object]:
    raw = json.loads(str(line.get("raw") or "{}"))
    theirs = any(
        subject.is_(raw.get(header)) for header, field in fields.items() if field in subject.fields
    )
    if theirs:
        raw = {header: "" if header in hidden else cell for header, cell in raw.items()}
    new = {"raw": json.dumps(subject.within(raw), ensure_ascii=False)}
    if line.get("raw") is None or json.loads(new["raw"]) == json.loads(str(line["raw"])):
        new = {"raw": line.get("raw")}  # type: ignore[dict-item]  # it may be null
    value = line.get("value")
    return {**line, **new, "value": subject.within(value)}


class Impossible(Exception):
    """A file in which names cannot be replaced without harm to the rest."""


@dataclass(frozen=True)
class Writing:
    """How the text of an original is written; None: it is not delimited text."""

    encoding: str | None
    delimiter: str | None
    columns: Columns


def original(path: Path, target: Path, subject: Subject, how: Writing) -> bool:
    """Write the text of an original anew to `target`, both zstd; False: it speaks of nobody.

    Raises Impossible where it is no delimited text, a line cannot be cut into its cells, or does
    not fit the encoding any more.
    """
    encoding, delimiter, known = how.encoding, how.delimiter, how.columns
    if encoding is None or delimiter is None:
        raise Impossible
    changed = False
    try:
        with (
            pa.CompressedInputStream(str(path), "zstd") as stream,
            pa.CompressedOutputStream(str(target), "zstd") as sink,
            io.TextIOWrapper(io.BufferedReader(stream), encoding, newline="") as text,  # type: ignore[type-var]
        ):
            for line in text:
                new = _line(line, subject, delimiter, known)
                changed |= new != line
                sink.write(new.encode(encoding))
    except (UnicodeError, LookupError, csv.Error) as error:
        raise Impossible from error
    return changed


def _line(line: str, subject: Subject, delimiter: str, known: Columns) -> str:
    if not subject.is_in(line) and not any(value in line for value in subject.values):
        return line
    body = line.rstrip("\r\n")
    cells = next(csv.reader([body], delimiter=delimiter), [])
    if len(cells) != known.count or body.count('"') % 2:
        if any(value in line for value in subject.values):
            raise Impossible
        return subject.text(line)
    places = known.places
    theirs = any(subject.is_(cells[n]) for n, f in places.items() if f in subject.fields)
    new = [_cell(n, cell, subject, (theirs, known)) for n, cell in enumerate(cells)]
    if new == cells:
        return line
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line[len(body) :]).writerow(new)
    return out.getvalue()


def _cell(place: int, cell: str, subject: Subject, row: tuple[bool, Columns]) -> str:
    theirs, known = row
    field = known.places.get(place, "")
    if field in subject.fields:
        named = field == "customer_name" and theirs and cell
        return subject.values.get(cell, subject.token) if named else subject.cell(cell)
    if theirs and field in CONTACTS and cell and subject.kind is Kind.CUSTOMER:
        return subject.token
    if theirs and place in known.hidden:
        return ""
    return subject.text(cell)


def mentions(path: Path, subject: Subject, scratch: Path) -> bool:
    """Whether a kept original of some other format speaks of the subject by name."""
    with pa.CompressedInputStream(str(path), "zstd") as stream, scratch.open("wb") as out:
        while chunk := stream.read(CHUNK):
            out.write(chunk)
    needles = [n for name in subject.names for n in (name.encode(), name.encode("utf-16-le"))]
    return any(needle in part for part in _parts(scratch) for needle in needles)


def _parts(path: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield archive.read(name)
