"""The figures that a chain of levers is made of, as exact fractions."""

from collections.abc import Iterable
from fractions import Fraction

from salesdash.analysis.answers import Reason
from salesdash.analysis.levers import LISTED, SALES, Part
from salesdash.analysis.progress import exact
from salesdash.metrics import Bound, Measured

LISTED_SALES = "sales_with_list"
"""Beside the sales at list price: what their lines were sold for."""


def missing(bound: Bound, part: Part) -> Reason | None:
    """Why the metric of a part cannot be asked at all; None when it can."""
    if part.metric in bound.broken:
        return Reason("analysis.reason.broken")
    if part.metric not in bound.metrics:
        return Reason("goals.reason.no_metric", (("name", part.metric),))
    return None


def volumes(
    measured: Measured, parts: Iterable[Part], window: int = 0, members: tuple[str | None, ...] = ()
) -> dict[str, Fraction]:
    """Figures by the code of their part; nothing found counts as 0.

    Sales at list price stand for all sales: lines without one are taken to have been sold at the
    discount of the others.
    """

    def figure(name: str) -> Fraction:
        return Fraction(exact(measured.figure(name, window, None, members).value or 0))

    found = {part.code: figure(part.metric) for part in parts}
    if LISTED.code in found:
        told = figure(LISTED_SALES)
        found[LISTED.code] *= figure(SALES.metric) / told if told > 0 else 0
    return found
