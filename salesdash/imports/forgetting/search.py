"""Finding whom a name or key means, in the clean rows of all imports that were ever made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from salesdash.datasets.keys import folded, folded_sql
from salesdash.engine import identifier
from salesdash.errors import DataRefused, UsageError
from salesdash.imports.forgetting.subject import Kind, Secret, Subject, stand_ins
from salesdash.imports.home import Home
from salesdash.imports.rows import column_names, quoted
from salesdash.workspace import Event

PAIRS = """
select distinct
    {key} as key,
    {name} as name
from read_parquet({path}) as r
where {folded_key} in ({folds})
   or {folded_name} in ({folds})
"""

SHOWN = 8


@dataclass(frozen=True)
class _Pair:
    """A key and the name beside it, in some row of a dataset."""

    dataset: str
    key: str | None
    name: str | None


def find(home: Home, given: str, kind: Kind, secret: Secret) -> Subject:
    """The one customer or person of that name or key.

    Raises UsageError when nobody has it, DataRefused when a name belongs to several customers.
    """
    found = list(_pairs(home, {folded(given)}, kind))
    if kind is Kind.PERSON:
        return _person(given, found, secret)
    keys = _keys(given, found)
    meant = {folded(key) for key in keys} or {folded(given)}
    theirs = list(_pairs(home, meant, kind))
    names = {each.name for each in theirs if each.name and _is_theirs(each, meant)}
    called = {folded(name) for name in names}
    rows = list(_pairs(home, meant | called, kind))
    shared = {folded(r.name) for r in rows if r.name and not _is_theirs(r, meant | called)}
    own = sorted(name for name in names if folded(name) not in shared)
    return _customer(given, (keys, own), rows, secret)


def _is_theirs(row: _Pair, meant: set[str]) -> bool:
    """Whether a row is that of one of these keys; one without a key is that of its name."""
    return folded(row.key or row.name or "") in meant


def _person(given: str, found: list[_Pair], secret: Secret) -> Subject:
    wanted = folded(given)
    both = (value for each in found for value in (each.key, each.name))
    writings = sorted({value for value in both if value and folded(value) == wanted})
    if not writings:
        raise UsageError("forget.unknown.person", name=given)
    token = secret.token(Kind.PERSON, given)
    return Subject(Kind.PERSON, token, stand_ins(token, writings), tuple(writings))


def _keys(given: str, found: list[_Pair]) -> list[str]:
    """The writings of the one key that is meant; the name itself where rows have it for key."""
    if not found:
        raise UsageError("forget.unknown.customer", name=given)
    wanted = folded(given)
    keys = sorted(
        {e.key for e in found if e.key and wanted in (folded(e.key), folded(e.name or ""))}
    )
    others = [key for key in keys if folded(key) != wanted]
    if len({folded(key) for key in others}) > 1:
        raise DataRefused("forget.several", name=given, keys=", ".join(others[:SHOWN]))
    return keys


def _customer(
    given: str, known: tuple[list[str], list[str]], rows: list[_Pair], secret: Secret
) -> Subject:
    """One token for the key and the names; two where both stand as keys side by side."""
    keys, names = known
    main = next((key for key in keys if folded(key) != folded(given)), (keys or [given])[0])
    token = secret.token(Kind.CUSTOMER, main)
    called = {folded(name) for name in names}
    own = [key for key in keys if folded(key) not in called]
    by_name = {key for key in keys if folded(key) in called} | set(names)
    values = stand_ins(token, own)
    apart = own and any(_both(rows, set(own), by_name, name) for name in {r.dataset for r in rows})
    values |= stand_ins(f"{token}-2" if apart else token, sorted(by_name))
    texts = {*by_name, *(key for key in own if not names and _is_word(key))}
    return Subject(Kind.CUSTOMER, token, values, tuple(sorted(t for t in texts if len(t) > 1)))


def _both(rows: list[_Pair], own: set[str], by_name: set[str], dataset: str) -> bool:
    keys = {each.key for each in rows if each.dataset == dataset}
    return bool(keys & own) and bool(keys & by_name)


def _is_word(text: str) -> bool:
    """Whether a key reads like a name, so that texts may call somebody so."""
    return not any(sign.isdigit() for sign in text)


def _pairs(home: Home, folds: Iterable[str], kind: Kind) -> Iterator[_Pair]:
    """Keys and names of the rows that have one of these, whatever the writing."""
    listed = ", ".join("'" + each.replace("'", "''") + "'" for each in sorted(folds) if each)
    key, name = ("customer", "customer_name") if kind is Kind.CUSTOMER else ("person", "manager")
    for event, path in files(home):
        columns = column_names(path)
        if not listed or not columns & {key, name}:
            continue
        both = [
            f"r.{identifier(c)}" if c in columns else "cast(null as varchar)" for c in (key, name)
        ]
        sql = PAIRS.format(
            key=both[0],
            name=both[1],
            path=quoted(path),
            folds=listed,
            folded_key=folded_sql(both[0]),
            folded_name=folded_sql(both[1]),
        )
        for row in home.engine.rows(sql):
            yield _Pair(event.dataset, *row)


def files(home: Home) -> Iterator[tuple[Event, Path]]:
    """The clean rows of every import that was ever made, each file once."""
    seen: set[str] = set()
    for event in home.workspace.log.events():
        if event.rows_file and event.rows_file not in seen:
            seen.add(event.rows_file)
            if (home.imports / event.rows_file).exists():
                yield event, home.imports / event.rows_file
