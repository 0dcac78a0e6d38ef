"""Whether a 折扣 is what is taken off (0.2) or what is left to pay (0.8, 8 折, 95 %).

Told by price x quantity beside the amount of the line in the first rows; else by the values:
nothing off is 0 in one way and 1, 10 or 100 in the other, and few sell below half the price.
"""

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from salesdash.ingest.headers import PERCENT, fold, unit_of
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import ColumnMap
from salesdash.ingest.reading import Profile

WORD, TENTHS = "折扣", "折"
HALF, TEN = Decimal("0.5"), 10
CENT = Decimal("0.02")

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def settled(column: ColumnMap, draft: Draft) -> ColumnMap:
    """The column with what its numbers mean, where it is a 折扣 of order lines."""
    number = column.number
    if column.field != "discount" or number is None or not _is_chinese(column, draft):
        return column
    profile = draft.table.profiles[column.index]
    worded = any(TENTHS in shape.text for shape in profile.shapes)
    low, high = _ends(profile)
    scale = _scale(high, is_percent=unit_of(column.header) == PERCENT)
    told = _by_amounts(column.index, draft, scale)
    kept = worded or (told if told is not None else low * scale >= HALF)
    if not kept:
        return column
    return replace(column, number=replace(number, plain=False, kept=str(scale)))


def _is_chinese(column: ColumnMap, draft: Draft) -> bool:
    profile = draft.table.profiles[column.index]
    return WORD in fold(column.header) or any(TENTHS in s.text for s in profile.shapes)


def _ends(profile: Profile) -> tuple[Decimal, Decimal]:
    """The smallest and the largest number of a column, 0 and 0 without any."""
    ends = (profile.low, profile.high, *(end for s in profile.shapes for end in (s.low, s.high)))
    found = [Decimal(part[0]) for end in ends if end and (part := _NUMBER.search(end))]
    return (min(found), max(found)) if found else (Decimal(0), Decimal(0))


def _scale(high: Decimal, *, is_percent: bool) -> Decimal:
    """What a number of the column is multiplied by to be a share: 0.8, 8 or 80."""
    if high <= 1 and not is_percent:
        return Decimal(1)
    tenths = high <= TEN and not is_percent
    return Decimal("0.1") if tenths else Decimal("0.01")


def _by_amounts(discount: int, draft: Draft, scale: Decimal) -> bool | None:
    """Whether what is left gives the amounts of the first rows; None where nothing tells."""
    places = draft.places
    if not {"price", "quantity", "amount"} <= places.keys():
        return None
    left = off = 0
    for row in draft.table.head:
        try:
            cells = (row[places["price"]], row[places["quantity"]], row[places["amount"]])
            price, quantity, amount = (Decimal(cell.replace(",", "")) for cell in cells)
            share = Decimal(row[discount].strip(" %折")) * scale
        except InvalidOperation:
            continue
        left += abs(price * quantity * share - amount) <= CENT
        off += abs(price * quantity * (1 - share) - amount) <= CENT
    return None if left == off else left > off
