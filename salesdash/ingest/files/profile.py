"""What all values of each column have in common, over the whole table, in one or two scans.

The first rows say what to expect of a column; one scan checks it on every value. Only columns that
break the expectation, or look like dates and numbers in another writing, are scanned for patterns.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice

from salesdash.engine import Engine
from salesdash.ingest.files import looks
from salesdash.ingest.mapping import numbers
from salesdash.ingest.mapping.profiles import is_measured, is_worded
from salesdash.ingest.reading import ColumnKind, Profile, Shape, Table
from salesdash.ingest.relation import csv_source, relation

SAMPLES = 12
SHAPES = 60
WORDS = 100
TYPED_SHARE = 0.3
FACTS = 6

BLANKS = " \t\r\n"

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?")

_BREAKS: dict[str, str] = {
    "number": "try_cast({c} as decimal(18,6)) is null",
    "date": "try_cast({c} as date) is null or strlen({c}) <> 10",
    "moment": "try_cast({c} as timestamp) is null or strlen({c}) < 16 or {zoned}",
}


_ZONED = "suffix({c}, 'Z') or contains({c}, '+') or contains(substr({c}, 11), '-')"
"""A moment of another zone is no naive moment: the date could be another."""


@dataclass(frozen=True)
class Scan:
    """The result of checking all columns at once."""

    records: int
    profiles: tuple[Profile, ...]


def scan(engine: Engine, table: Table, extra: str = "0", blanks: str = BLANKS) -> tuple[Scan, int]:
    """Check every column over all rows; `extra` is one more aggregate, whose value is returned.

    It is over c0, c1 ... and `first`, the first cell of a record that holds anything. `blanks`:
    those that cells may end with. Also proves that the table can be read from end to end: raises
    what the engine raises.
    """
    kinds = [_expected(column) for column in _columns(table)]
    worded = [index for index, header in enumerate(table.columns) if is_worded(header)]
    asked = ["count(*)", extra]
    for index, kind in enumerate(kinds):
        asked += [f"count(c{index})", _padded(f"c{index}", blanks), *_checks(f"c{index}", kind)]
    asked += [_words(f"c{index}") for index in worded]
    source = csv_source(table) if table.kind == "csv" else f"({relation(table)})"
    first = f"coalesce({', '.join(f'c{index}' for index in range(len(kinds)))})"
    rows = f"(select *, {first} as first from {source})"  # noqa: S608 - our own identifiers
    values = iter(engine.rows(f"select {', '.join(asked)} from {rows}")[0])  # noqa: S608
    records, found = next(values), next(values)
    profiles = []
    for index, kind in enumerate(kinds):
        facts = list(islice(values, FACTS))
        profiles.append(_profile(table, index, kind, facts))
    shaped = list(_with_shapes(engine, source, table.columns, profiles))
    for index, words in zip(worded, values, strict=True):
        if words is not None and len(words) <= WORDS:
            shaped[index] = replace(shaped[index], words=tuple(words))
    return Scan(records, tuple(shaped)), int(found or 0)


def _columns(table: Table) -> list[tuple[str, ...]]:
    if not table.head:
        return [()] * len(table.columns)
    return list(zip(*table.head, strict=True))


def _expected(cells: tuple[str, ...]) -> ColumnKind:
    """What the first rows let one expect of a column."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return "empty"
    for kind, pattern in (("number", _NUMBER), ("date", _DATE), ("moment", _MOMENT)):
        if all(pattern.fullmatch(cell) for cell in filled):
            return kind  # type: ignore[return-value]  # one of the literals above
    typed = sum(1 for cell in filled if looks.is_value(cell) or _NUMBER.fullmatch(cell))
    return "odd" if typed >= TYPED_SHARE * len(filled) else "text"


def _padded(column: str, blanks: str) -> str:
    """How many values begin or end with a blank; everything up to the space sorts before `!`."""
    ends = " or ".join(f"suffix({column}, '{blank}')" for blank in blanks)
    return f"count(*) filter ({column} < '!' or {ends})"


def _words(column: str) -> str:
    """All different values of a column whose words may decide something, if there are not more."""
    words = f"list_transform(list(distinct {column}), lambda word: nullif(trim(word), ''))"
    return f"list_sort(list_distinct({words}))[:{WORDS + 1}]"


def _checks(column: str, kind: ColumnKind) -> list[str]:
    """Aggregates for a column: values that break the expectation, low, high, not ending in .0."""
    breaks = _BREAKS.get(kind)
    wrong = "0"
    if breaks:
        broken = breaks.format(c=column, zoned=_ZONED.format(c=column))
        wrong = f"count(*) filter ({column} is not null and ({broken}))"
    if kind != "number":
        return [wrong, "null", "null", "0"]
    number = f"try_cast({column} as decimal(18,6))"
    return [
        wrong,
        f"min({number})",
        f"max({number})",
        f"count(*) filter (not suffix({column}, '.0'))",
    ]


def _profile(table: Table, index: int, kind: ColumnKind, facts: list[object]) -> Profile:
    filled, padded, wrong, low, high, fractions = facts
    count = int(str(filled))
    if not count:
        return Profile("empty", 0, padded=False)
    base = Profile(kind, count, _samples(table, index), padded=bool(padded))
    if kind == "empty" or wrong:
        return replace(base, kind="odd")
    if kind != "number":
        return base
    return replace(base, low=_plain(low), high=_plain(high), whole=not fractions)


def _plain(number: object) -> str:
    text = f"{number:f}" if hasattr(number, "as_tuple") else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _samples(table: Table, index: int) -> tuple[str, ...]:
    cells = (row[index].strip() for row in table.head)
    return tuple(islice(dict.fromkeys(cell[:80] for cell in cells if cell), SAMPLES))


_SHAPE_SQL = """
select
  shape,
  count(*) as n,
  min(v),
  max(v),
  max(a),
  max(b),
  count(*) filter (a <> b)
from (
  select
    v,
    regexp_replace(v, '[0-9０-９]', '9', 'g') as shape,
    try_cast(regexp_extract(v, '^[^0-9]*([0-9]{{1,4}})', 1) as integer) as a,
    try_cast(regexp_extract(v, '^[^0-9]*[0-9]+[^0-9]+([0-9]{{1,2}})', 1) as integer) as b
  from (select trim({column}) as v from {source} where {column} is not null)
)
where v <> ''
group by shape
order by n desc, shape
limit {limit}
"""


def _with_shapes(
    engine: Engine, source: str, columns: tuple[str, ...], profiles: list[Profile]
) -> tuple[Profile, ...]:
    """With the patterns of the columns that look odd, or whose name promises dates or numbers."""
    return tuple(
        _shaped(engine, profile, f"c{index}", source) if _is_odd(profile, header) else profile
        for index, (header, profile) in enumerate(zip(columns, profiles, strict=True))
    )


def _is_odd(profile: Profile, header: str) -> bool:
    if profile.kind == "number":
        return numbers.may_be_groups(profile.samples)
    return profile.kind == "odd" or (profile.kind == "text" and is_measured(header))


def _shaped(engine: Engine, profile: Profile, column: str, source: str) -> Profile:
    sql = _SHAPE_SQL.format(column=column, source=source, limit=SHAPES)
    rows = engine.rows(sql)
    shapes = tuple(Shape(*row) for row in rows)
    counted = sum(shape.count for shape in shapes)
    samples = profile.samples or tuple(shape.low[:80] for shape in shapes[:SAMPLES])
    others = max(0, profile.filled - counted)
    typed = sum(s.count for s in shapes if looks.is_value(s.low) or _NUMBER.fullmatch(s.low))
    kind: ColumnKind = "odd" if typed >= TYPED_SHARE * profile.filled else "text"
    kind = profile.kind if profile.kind == "number" else kind
    return replace(profile, kind=kind, samples=samples, shapes=shapes, others=others)
