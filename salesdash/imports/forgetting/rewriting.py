"""Clean rows and rejects without a name, as new files."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from salesdash.datasets import EXTRA_PREFIX
from salesdash.engine import Engine, Transaction, identifier
from salesdash.imports.forgetting.columns import CONTACTS, Columns
from salesdash.imports.forgetting.subject import SPOKEN, Kind, Subject
from salesdash.imports.rows import column_names, quoted
from salesdash.ingest.headers import plain

DISTINCT = """
select distinct
    {column} as value
from read_parquet({path}) as r
where {condition}
"""

NAMED = """
select
    count(*)
from read_parquet({path}) as r
where {named}
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


def rows(engine: Engine, path: Path, subject: Subject, known: Columns, target: Path) -> int:
    """Write the clean rows anew to `target`; how many spoke of the subject (0: none is written)."""
    with engine.session() as session:
        return _rows(session, path, subject, known, target)


def _rows(session: Transaction, path: Path, subject: Subject, known: Columns, target: Path) -> int:
    names = column_names(path)
    ours = [name for name in subject.fields if name in names]
    is_subject = _is_subject(subject, ours)
    named = " or ".join([is_subject, *(_holds(subject, name) for name in ours)])
    count = int(session.rows(NAMED.format(path=quoted(path), named=named))[0][0])
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
    """Whether a row is theirs, as `Subject.owns` says it."""
    columns = [f"r.{identifier(name)}" for name in ours]
    if not columns:
        return "false"
    if subject.kind is Kind.CUSTOMER:
        return f"coalesce({', '.join(columns)}) in ({_writings(subject)})"
    return " or ".join(_holds(subject, name) for name in ours)


def _holds(subject: Subject, name: str) -> str:
    """Whether a column holds the key or a name."""
    return f"coalesce(r.{identifier(name)} in ({_writings(subject)}), false)"


def _writings(subject: Subject) -> str:
    return ", ".join(_literal(value) for value in subject.values)


def _column(name: str, subject: Subject, how: tuple[list[str], set[str], str]) -> str:
    """One column of the new file."""
    joined, hidden, is_subject = how
    column = f"r.{identifier(name)}"
    value = f"coalesce(s{joined.index(name)}.token, {column})" if name in joined else column
    mine = f"coalesce({is_subject}, false) and {column} is not null"
    if name == "customer_name" and subject.kind is Kind.CUSTOMER:
        fallback = f"coalesce(s{joined.index(name)}.token, {_literal(subject.token)})"
        value = f"case when {mine} then {fallback} else {value} end"
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


def rejects(path: Path, subject: Subject, known: Columns, target: Path) -> int:
    """Write rejects anew to `target`; how many changed. 0: nothing is written."""
    table = pq.read_table(path)
    before = table.to_pylist()
    after = [_reject(line, subject, known) for line in before]
    changed = sum(new != old for new, old in zip(after, before, strict=True))
    if changed:
        pq.write_table(pa.Table.from_pylist(after, schema=table.schema), target, compression="zstd")
    return changed


def named(path: Path, subject_fields: tuple[str, ...], known: Columns) -> set[str]:
    """What stands in these fields in rejected rows."""
    raws = pq.read_table(path, columns=["raw"]).column("raw").to_pylist()
    headers = [header for header, name in known.fields.items() if name in subject_fields]
    cells = (json.loads(raw or "{}").get(header) for raw in raws for header in headers)
    return {plain(cell) for cell in cells if isinstance(cell, str) and cell}


def _reject(line: dict[str, Any], subject: Subject, known: Columns) -> dict[str, Any]:
    raw = json.loads(line.get("raw") or "{}")
    theirs = subject.owns({name: raw.get(header) for header, name in known.fields.items()})
    new = {
        header: "" if theirs and header in known.veiled else subject.within(cell)
        for header, cell in raw.items()
    }
    text = line.get("raw") if new == raw else json.dumps(new, ensure_ascii=False)
    return {**line, "raw": text, "value": subject.within(line.get("value"))}
