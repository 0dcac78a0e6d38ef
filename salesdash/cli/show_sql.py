"""The answer of a typed question as a table; figures with thousands separators, at the right."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from salesdash import formats
from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]

LONGEST_CELL = 60
"""Characters of a cell on a terminal."""

YEARS = range(1900, 2101)


def words(facts: Facts, lang: str) -> str:
    """The rows, how many there are, and whether there are more."""
    columns, rows = facts["columns"], facts["rows"]
    right = [_are_figures([row[place] for row in rows]) for place in range(len(columns))]
    years = [all(row[place] in (None, *YEARS) for row in rows) for place in range(len(columns))]
    body = [
        [
            _figure(cell, lang, plain=is_year) if is_figure else _text(cell)
            for cell, is_figure, is_year in zip(row, right, years, strict=True)
        ]
        for row in rows
    ]
    key = "sql.cli.more" if facts["more"] else "sql.rows"
    said = t(key, lang, count=len(rows), rows=formats.number(len(rows), lang, "exact"))
    took = t("sql.cli.took", lang, rows=said, seconds=f"{facts['seconds']:.2f}")
    return "\n".join([grid([_text(name) for name in columns], body, right), "", took])


def _are_figures(cells: list[object]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(
        isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in known
    )


def _figure(cell: Any, lang: str, *, plain: bool) -> str:  # noqa: ANN401 - a number of JSON
    if cell is None:
        return ""
    return str(cell) if plain else formats.number(cell, lang, "exact")


def _text(cell: object) -> str:
    """A cell in one line; nothing where there is nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    flat = " ".join(str(cell).split())
    return flat if len(flat) <= LONGEST_CELL else f"{flat[:LONGEST_CELL]}…"
