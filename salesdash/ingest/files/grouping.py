"""Headers of two rows: groups above, labels below (`2024 | | 2025 |` over `Sales | Orders | ...`).

A second row belongs to the header if it names what the first leaves without a name, beside a group,
and holds words where the rows below hold values; a row above does if the labels repeat. Both are
joined to one label: `2024 Sales`.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from salesdash.ingest.files import looks
from salesdash.ingest.headers import fold, unique

if TYPE_CHECKING:
    from salesdash.ingest.files.layout import Layout

ENOUGH = 2
"""One label above the others is a title, not a group."""

BELOW = 50

_NUMBERED = re.compile(r" \(\d+\)$")
"""What tells a column from another one of the same label."""


def joined(layout: "Layout", rows: list[list[str]]) -> "Layout":
    """The layout with a header of two rows, if it has one; `rows`: all records of the head."""
    at, width = layout.header, layout.width
    upper = [cell.strip() for cell in rows[at]]
    below = [row for row in rows[at + 1 : at + BELOW] if len(row) == width]
    lower = [cell.strip() for cell in below[0]] if below else []
    if lower and rows[at + 1] is below[0] and _completes(upper, lower, below[1:]):
        labels = tuple(lower)
        return replace(
            layout, header=at + 1, labels=labels, columns=_columns(upper, lower), depth=2
        )
    above = [cell.strip() for cell in rows[at - 1]] if at else []
    if len(above) == width == len(upper) and _groups(above, upper):
        return replace(layout, columns=_columns(above, upper), depth=2)
    return layout


def _completes(upper: list[str], lower: list[str], below: list[list[str]]) -> bool:
    """Whether `lower` names what `upper` leaves open beside a group, in words over values."""
    if any(looks.is_value(cell) for cell in lower) or len(upper) != len(lower):
        return False
    open_ = [i for i, cell in enumerate(upper) if not cell and any(upper[:i])]
    return (
        any(lower[i] for i in open_)
        and all(lower[i] or not any(row[i].strip() for row in below) for i in open_)
        and any(_holds_values(below, i) for i in open_ if lower[i])
    )


def _holds_values(rows: list[list[str]], column: int) -> bool:
    filled = [row[column] for row in rows if row[column].strip()]
    return bool(filled) and all(looks.is_value(cell) for cell in filled)


def _groups(above: list[str], labels: list[str]) -> bool:
    """Whether labels repeat that the row above tells apart."""
    named = [fold(label) for label in labels if label]
    if len(set(named)) == len(named) or sum(map(bool, above)) < ENOUGH:
        return False
    dates = [cell for cell in above if looks.is_date(cell) and not looks.is_month(cell)]
    return not dates and not all(above) and _tell_apart(above, labels)


def _tell_apart(groups: list[str], labels: list[str]) -> bool:
    """Whether no label repeats within its group; above such a one stands a title."""
    names = _columns(groups, labels)
    return len({fold(name) for name in names}) == len(names) and not any(map(_is_numbered, names))


def _is_numbered(name: str) -> bool:
    return _NUMBERED.search(name) is not None


def _columns(groups: list[str], labels: list[str]) -> tuple[str, ...]:
    """A label for each column: its group, then its own; a group reaches up to the next."""
    names, group = [], ""
    for above, label in zip(groups, labels, strict=True):
        group = above or group
        names.append(label if label == group else f"{group if label else above} {label}".strip())
    return unique(names)
