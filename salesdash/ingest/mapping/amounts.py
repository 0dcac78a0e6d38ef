"""The amount is understood, not assumed: candidates by name, one rule, the reason said.

The order: what a profile knows; what was paid, where unpaid orders are void; a net amount; a named
line total; what was paid; a total that may hold tax; price x quantity x (1 - discount) last.
A cost of goods is no net amount, whatever it adds up to, and the total of a document is none of
its lines: where several lines of a document repeat it, it is the amount only if the user says so.
"""

from collections.abc import Set
from decimal import Decimal, InvalidOperation

from salesdash.ingest.headers import fold, plain
from salesdash.ingest.mapping.plan import COMPUTED, AmountRule, Basis, Candidate
from salesdash.ingest.mapping.profiles import Names
from salesdash.ingest.reading import Table

ROLES = ("net", "line", "paid", "gross")
CHECKED_SHARE = 0.95
CENT = Decimal("0.02")
DOCUMENTS = 3
"""So many documents of several lines show whether a column holds their totals."""

_INCLUDING = ("incl", "inctax", "incvat", "含税", "价税合计", "税込")
_EXCLUDING = ("excl", "extax", "exvat", "不含税", "未税", "无税", "税抜", "税别", "공급가액")


def find(columns: tuple[str, ...], known: tuple[Names, ...]) -> dict[int, str]:
    """Column number -> role, of every column named like an amount; best names first."""
    folded = [fold(column) for column in columns]
    found: dict[int, str] = {}
    for names in known:
        for role in ROLES:
            for name in names.amounts.get(role, ()):
                for index, header in enumerate(folded):
                    if header == name and index not in found:
                        found[index] = role
    return found


def of_documents(table: Table, roles: dict[int, str], document: int | None) -> set[int]:
    """The candidates that hold the total of a document, by the first rows.

    On all lines of several documents they say the same, or the first line alone says it.
    """
    if document is None:
        return set()
    lines: dict[str, list[tuple[str, ...]]] = {}
    for row in table.head:
        if row[document].strip():
            lines.setdefault(plain(row[document]), []).append(row)
    several = [rows for rows in lines.values() if len(rows) > 1]
    if len(several) < DOCUMENTS:
        return set()
    return {index for index in roles if _says_once(several, index)}


def _says_once(documents: list[list[tuple[str, ...]]], index: int) -> bool:
    """Whether a column has one value a document, and not the same one in all."""
    found = [{plain(row[index]) for row in rows} - {""} for rows in documents]
    return all(len(each) == 1 for each in found) and len(set().union(*found)) > 1


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


def _values(table: Table, index: int) -> list[str]:
    return [plain(row[index]) for row in table.head]


def _numbers(row: tuple[str, ...], places: tuple[int, ...]) -> tuple[Decimal, ...] | None:
    try:
        return tuple(Decimal(row[place]) for place in places)
    except InvalidOperation:
        return None
