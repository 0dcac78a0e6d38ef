"""The amount is understood, not assumed: candidates by name, one rule, the reason said.

The order: what a profile knows; what was paid, where unpaid orders are void; a net amount; a named
line total; what was paid; a total that may hold tax; price x quantity x (1 - discount) last.
A cost of goods is no net amount, whatever it adds up to, and the total of a document is none of
its lines: where several lines of a document repeat it, it is the amount only if the user says so.
A subtotal from which a discount in money is still to be taken stands behind the total without it.
"""

import re
from collections.abc import Set
from decimal import Decimal, InvalidOperation

from salesdash.ingest import currencies
from salesdash.ingest.headers import fold, once_named, plain
from salesdash.ingest.mapping.columns import folded_headers
from salesdash.ingest.mapping.plan import COMPUTED, AmountRule, Basis, Candidate
from salesdash.ingest.mapping.profiles import Names
from salesdash.ingest.reading import Table

ROLES = ("net", "line", "paid", "gross")
OFF = "discount"
"""Beside the roles: names of discounts in money."""

CHECKED_SHARE = 0.95
WHOLE = 100
"""Per cent of all."""

CENT = Decimal("0.02")
DOCUMENTS = 3
"""So many documents of several lines show whether a column holds their totals.

One does, whose lines differ in price x quantity and not in the column, or whose column is called
the total of an order.
"""

_ORDERED = re.compile(r"order|invoice|receipt|bill|grand|订单|发票|单据")
_INCLUDING = ("incl", "inctax", "incvat", "含税", "价税合计", "税込")
_EXCLUDING = ("excl", "extax", "exvat", "不含税", "未税", "无税", "税抜", "税别", "공급가액")


def find(columns: tuple[str, ...], known: tuple[Names, ...]) -> dict[int, str]:
    """Column number -> role, of every column named like an amount; best names first."""
    folded = [fold(once_named(column, columns)) for column in columns]
    bare = folded_headers(columns)
    found: dict[int, str] = {}
    for names in known:
        for role in ROLES:
            for name in names.amounts.get(role, ()):
                same = [index for index, header in enumerate(folded) if header == name]
                for index in same or ([bare[name]] if name in bare else []):
                    found.setdefault(index, role)
    return found


def of_documents(table: Table, roles: dict[int, str], fields: dict[str, int]) -> set[int]:
    """The candidates that hold the total of a document, by the first rows.

    On all lines of several documents they say the same, or the first line alone says it.
    """
    document = fields.get("document")
    if document is None:
        return set()
    lines: dict[str, list[tuple[str, ...]]] = {}
    for row in dict.fromkeys(table.head):  # a row that stands twice tells nothing
        if row[document].strip():
            lines.setdefault(plain(row[document]), []).append(row)
    several = [rows for rows in lines.values() if len(rows) > 1]
    once = {index for index in roles if _says_once(several, index)} if several else set()
    if len(several) >= DOCUMENTS:
        return {index for index in once if _is_told_apart(several, index)}
    worths = [_worths(rows, fields) for rows in several]
    if any(len(set(found)) > 1 for found in worths):
        return once
    return {index for index in once if _ORDERED.search(fold(table.columns[index]))}


def _says_once(documents: list[list[tuple[str, ...]]], index: int) -> bool:
    """Whether a column has one value a document."""
    return all(len({plain(row[index]) for row in rows} - {""}) == 1 for rows in documents)


def _is_told_apart(documents: list[list[tuple[str, ...]]], index: int) -> bool:
    """Whether it is not the same value in all documents."""
    return len({plain(row[index]) for rows in documents for row in rows} - {""}) > 1


def _worths(rows: list[tuple[str, ...]], fields: dict[str, int]) -> list[Decimal]:
    """Price x quantity of each line; none unless all have them."""
    if not {"price", "quantity"} <= fields.keys():
        return []
    pairs = [_numbers(row, (fields["price"], fields["quantity"])) for row in rows]
    return [price * quantity for price, quantity in filter(None, pairs)]


def after_discounts(
    table: Table, roles: dict[int, str], known: tuple[Names, ...]
) -> dict[int, str]:
    """The roles; a line amount changes its with the total that it is without the discount.

    That is so where total = amount - discount in the first rows, and there are discounts in money
    at all.
    """
    folded = [fold(column) for column in table.columns]
    names = {name for each in known for name in each.amounts.get(OFF, ())}
    offs = [i for i, name in enumerate(folded) if name in names and i not in roles]
    for before in (index for index, role in roles.items() if role == "line"):
        for after in (index for index, role in roles.items() if role in ("paid", "gross")):
            if any(_is_without(table, (before, after, off)) for off in offs):
                return {**roles, before: roles[after], after: "line"}
    return roles


def _is_without(table: Table, places: tuple[int, int, int]) -> bool:
    """Whether the second column is the first without the third, and that is money somewhere."""
    rows = [_numbers(row, places, empty=places[2]) for row in table.head]
    known = [row for row in rows if row is not None]
    fitting = [row for row in known if abs(row[0] - row[1] - row[2]) <= CENT]
    proved = any(row[2] for row in fitting) or is_money_off(table, places[2])
    return proved and bool(known) and len(fitting) >= CHECKED_SHARE * len(known)


def is_money_off(table: Table, index: int) -> bool:
    """Whether a discount is money, by its values: above 100, or with the sign of a currency."""
    profile = table.profiles[index]
    if any(currencies.found_in(shape.text) for shape in profile.shapes):
        return True
    ends = [profile.low, profile.high, *(end for s in profile.shapes for end in (s.low, s.high))]
    return any(_is_above(end, WHOLE) for end in ends)


def _is_above(text: str | None, limit: int) -> bool:
    try:
        return abs(Decimal((text or "").replace(",", ""))) > limit
    except InvalidOperation:
        return False


def decide(
    columns: tuple[str, ...],
    roles: dict[int, str],
    names: Names,
    fields: dict[str, int],
    totals: Set[int] = frozenset(),
) -> AmountRule | None:
    """The amount among the candidates; None when nothing can be the amount."""
    known = {i: "total" if i in totals else role for i, role in roles.items()}
    candidates = [Candidate(columns[i], role) for i, role in known.items()]  # type: ignore[arg-type]  # one of ROLES
    if "price" in fields and "quantity" in fields and fields["price"] not in roles:
        candidates.append(Candidate(COMPUTED, "computed"))
    if not candidates:
        return None
    for role, reason in _preferences(names, fields):
        for candidate in candidates:
            if candidate.role == role:
                return AmountRule(candidate.name, role, reason, candidates=tuple(candidates))
    return None


def _preferences(names: Names, fields: dict[str, int]) -> list[tuple[str, str]]:
    order = [
        ("net", "amount.net"),
        ("line", "amount.line"),
        ("paid", "amount.paid"),
        ("gross", "amount.gross"),
        ("computed", "amount.computed"),
        ("total", "amount.total"),
    ]
    if names.amount:
        return [(names.amount, "amount.profile"), *order]
    if "paid_at" in fields:
        return [("paid", "amount.paid_shop"), *order]
    return order


def rivals(rule: AmountRule, columns: tuple[str, ...], table: Table) -> list[str]:
    """Other columns of the same rank whose values differ: only the user knows which one."""
    same = [c.name for c in rule.candidates if c.role == rule.role and c.name != rule.name]
    mine = _values(table, columns.index(rule.name)) if rule.name in columns else []
    return [name for name in same if _values(table, columns.index(name)) != mine]


def basis(rule: AmountRule, table: Table, fields: dict[str, int]) -> Basis:
    """Whether tax is in the amount: by its name, else by the first rows (price, quantity, tax)."""
    name = fold(rule.name)
    if name.startswith("net") or any(word in name for word in _EXCLUDING):
        return "excl"
    if name.startswith("gross") or any(word in name for word in _INCLUDING):
        return "incl"
    needed = ("price", "quantity", "tax")
    if rule.name == COMPUTED or not all(field in fields for field in needed):
        return "unknown"
    amount = table.columns.index(rule.name)
    rows = [_numbers(row, (amount, *(fields[f] for f in needed))) for row in table.head]
    known = [row for row in rows if row is not None and row[3]]
    without = sum(1 for a, p, q, _ in known if abs(a - p * q) <= CENT)
    including = sum(1 for a, p, q, t in known if abs(a - p * q - t) <= CENT)
    enough = CHECKED_SHARE * len(known)
    if known and including >= enough:
        return "incl"
    return "excl" if known and without >= enough else "unknown"


def is_of_orders(rule: AmountRule, table: Table, fields: dict[str, int]) -> bool:
    """Whether the amount is called the total of an order, and price x quantity says otherwise.

    By the first rows; what tax or a discount explains does not ask anybody.
    """
    offered = any(each.name == COMPUTED for each in rule.candidates)
    if rule.role != "gross" or not offered or "discount" in fields:
        return False
    if not _ORDERED.search(fold(rule.name)) or basis(rule, table, fields) != "unknown":
        return False
    places = (table.columns.index(rule.name), fields["price"], fields["quantity"])
    rows = [row for cells in table.head if (row := _numbers(cells, places)) is not None]
    equal = sum(1 for total, price, count in rows if abs(total - price * count) <= CENT)
    return equal < CHECKED_SHARE * len(rows)


def _values(table: Table, index: int) -> list[str]:
    return [plain(row[index]) for row in table.head]


def _numbers(
    row: tuple[str, ...], places: tuple[int, ...], empty: int | None = None
) -> tuple[Decimal, ...] | None:
    """The cells as numbers, None unless all are; nothing in the place `empty` is 0."""
    cells = [row[place] or ("0" if place == empty else "") for place in places]
    try:
        return tuple(Decimal(cell.replace(",", "").lstrip("¥￥$")) for cell in cells)
    except InvalidOperation:
        return None
