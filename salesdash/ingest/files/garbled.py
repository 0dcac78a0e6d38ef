"""Text that was decoded wrongly before it reached us: `Ã©` for é, `锟斤拷`, � for what was lost.

Every non-ASCII value of the first rows is tried; over the whole file, the few signs are looked for
that such text nearly always holds.
"""

import re
from collections.abc import Iterator

from salesdash.engine import Engine
from salesdash.errors import Problem
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import literal, relation

LOST = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")
"""What stands where characters are gone for good."""

SIGNS = ("Ã", "â€", "ï¿½", *LOST)

TOLD = 3
EXAMPLE = 40
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_ENOUGH = {"cp1252": 2, "latin-1": 2, "gb18030": 3}
"""Characters that must, read back, be text of UTF-8 to the last byte."""

_EASTERN = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef\x00-\x7f]+")
"""What Chinese characters stand for when they were read back wrongly; any other is chance."""

_KINDS = ("text", "odd")

BYTES = tuple(sign.encode() for sign in SIGNS)


def meant(text: str) -> str | None:
    """What a value was before UTF-8 was read as something else; None if it is what it seems."""
    for run in _RUN.findall(text):
        for encoding, enough in _ENOUGH.items():
            found = _back(run, encoding) if len(run) >= enough else None
            if found is not None:
                return text.replace(run, found)
    return None


def is_lost(text: str) -> bool:
    """Whether characters of a value are gone."""
    return any(sign in text for sign in LOST)


def notes(engine: Engine, table: Table, *, everywhere: bool) -> tuple[Problem, ...]:
    """A remark for each of the first few columns with such text; `everywhere`: not only above."""
    if table.ascii:
        return ()
    found = dict(_in_head(table))
    if everywhere:
        found = {**dict(_in_rows(engine, table)), **found}
    order = sorted(found, key=lambda place: (place is not None, place or 0))
    return tuple(_note(table, place, found[place]) for place in order[:TOLD])


def _back(run: str, encoding: str) -> str | None:
    try:
        text = run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return None
    is_likely = encoding != "gb18030" or _EASTERN.fullmatch(text) is not None
    return text if text.isprintable() and text != run and is_likely else None


def _in_head(table: Table) -> Iterator[tuple[int | None, str]]:
    """(place of the column, value); the labels have no place."""
    for label in table.columns:
        if meant(label) or is_lost(label):
            yield None, label
            break
    for place, column in enumerate(zip(*table.head, strict=True)):
        odd = (cell for cell in column if not cell.isascii() and (meant(cell) or is_lost(cell)))
        example = next(odd, None)
        if example is not None:
            yield place, example


def _in_rows(engine: Engine, table: Table) -> Iterator[tuple[int, str]]:
    source = relation(table, numbered=False)
    for place, profile in enumerate(table.profiles):
        if profile.kind not in _KINDS:
            continue
        signs = " or ".join(f"contains(c{place}, {literal(sign)})" for sign in SIGNS)
        rows = engine.rows(
            f"select c{place} from ({source}) where {signs} limit 20"  # noqa: S608 - own literals
        )
        odd = (value for (value,) in rows if is_lost(value) or meant(value))
        example = next(odd, None)
        if example is not None:
            yield place, example


def _note(table: Table, place: int | None, example: str) -> Problem:
    column = table.columns[place] if place is not None else example
    shown = _short(example)
    better = meant(example)
    if better is None:
        return Problem("reading.lost_characters", {"column": column, "example": shown})
    return Problem("reading.garbled", {"column": column, "example": shown, "meant": _short(better)})


def _short(text: str) -> str:
    return text if len(text) <= EXAMPLE else text[: EXAMPLE - 1] + "…"
