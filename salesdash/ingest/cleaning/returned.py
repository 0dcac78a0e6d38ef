"""What of returns and refunds should be known: nothing of them is deducted by a guess."""

from salesdash.datasets import SALES
from salesdash.engine import Engine, identifier
from salesdash.errors import Problem
from salesdash.ingest.headers import fold
from salesdash.ingest.mapping.plan import ColumnMap, Mapping
from salesdash.ingest.relation import literal

KINDS = (
    "类型",
    "类别",
    "状态",
    "性质",
    "业务",
    "type",
    "kind",
    "status",
    "区分",
    "구분",
    "유형",
    "상태",
)
"""How headers end of columns that say what a row is."""

WORDS = (
    r"退货|退款成功|已退|销退|冲销|红冲|返品|返金|반품|환불|\brefund|\breturn(ed)?\b|credit note"
)


def told(engine: Engine, rows: str, mapping: Mapping) -> tuple[Problem, ...]:
    """Rows that call themselves returns and have positive amounts, and refunds beside amounts."""
    if mapping.dataset != SALES.name:
        return ()
    found = [_called(engine, rows, column) for column in mapping.columns if _says_kind(column)]
    return (*(each for each in found if each), *_refunds(engine, rows, mapping))


def _says_kind(column: ColumnMap) -> bool:
    text = column.field in ("status", "return_flag", "segment") or column.extra is not None
    return text and column.field != "return_flag" and fold(column.header).endswith(KINDS)


def _called(engine: Engine, rows: str, column: ColumnMap) -> Problem | None:
    name = identifier(column.field or column.extra or "")
    ((count, total, word),) = engine.rows(
        f"select count(*), sum(amount), min({name}) from {rows} "  # noqa: S608 - own columns
        f"where counts and amount > 0 and regexp_matches(lower({name}), {literal(WORDS)})"
    )
    if not count:
        return None
    values = {"column": column.header, "word": word, "count": count, "total": f"{total:,.2f}"}
    return Problem("cleaning.returns_positive", values)


def _refunds(engine: Engine, rows: str, mapping: Mapping) -> tuple[Problem, ...]:
    column = mapping.column("refund")
    if column is None:
        return ()
    ((count, total),) = engine.rows(
        f"select count(*), sum(abs(refund)) from {rows} where counts and refund <> 0"  # noqa: S608
    )
    if not count:
        return ()
    values = {"column": column.header, "count": count, "total": f"{total:,.2f}"}
    return (Problem("cleaning.refunds", {**values, "amount": mapping.amount.name}),)
