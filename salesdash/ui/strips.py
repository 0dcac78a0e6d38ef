"""Months as a calendar: a row a year, darker where there are more rows, a hole where none.

Pure text in, text out; every value is escaped here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from salesdash.ui.marks import escape


@dataclass(frozen=True)
class Square:
    """One month: its short figure, the words under the pointer, and how dark it is (0 to 1).

    `empty`: it has no rows where there were some around.
    """

    text: str
    told: str
    part: float
    empty: bool = False


def calendar(
    heads: Sequence[str], years: Sequence[tuple[str, Sequence[Square | None]]], alt: str
) -> str:
    """A table with twelve `heads` and a row for each of `years`; None: outside the data."""
    first = '<th scope="col"></th>'
    top = first + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_square, squares))}</tr>'
        for name, squares in years
    )
    return (
        f'<table class="sd-calendar" aria-label="{escape(alt)}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _square(square: Square | None) -> str:
    if square is None:
        return "<td></td>"
    kind = "sd-hole" if square.empty else "sd-square"
    text = f"<span>{escape(square.text)}</span>"
    return (
        f'<td class="{kind}" style="--sd-part:{square.part:.0%}" title="{escape(square.told)}">'
        f"{text}</td>"
    )
