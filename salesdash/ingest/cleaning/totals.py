"""The amounts of lines checked: against the totals of their documents, and price x quantity."""

from decimal import Decimal

from salesdash.datasets import SALES
from salesdash.engine import Engine
from salesdash.errors import Problem
from salesdash.ingest.cleaning import values
from salesdash.ingest.mapping.plan import COMPUTED, Mapping

NEAR = Decimal("0.005")
"""Sums that differ by less than this share agree; so do documents, a cent apart at most."""

_TOTALS = """
select
  count(*),
  count(*) filter (abs(total - lines) > greatest(0.02, {near} * abs(total))),
  coalesce(sum(total), 0),
  coalesce(sum(lines), 0)
from (
  select
    document,
    max({total}) as total,
    sum(amount) as lines
  from {rows}
  where counts and document is not null
  group by document
) as documents
where total is not null
"""

_COMPUTED = """
select
  count(*) filter (abs(amount - worth) > greatest(0.02, {near} * abs(amount))),
  count(*),
  coalesce(sum(amount), 0),
  coalesce(sum(worth), 0)
from (
  select
    amount,
    {worth} as worth
  from {rows}
  where counts
) as lines
where worth is not null
"""


def checked(
    engine: Engine, rows: str, mapping: Mapping, totals: dict[str, str]
) -> tuple[Problem, ...]:
    """What the checks found; `totals`: header of a total of the document -> its expression."""
    if mapping.dataset != SALES.name:
        return ()
    told = []
    for header, total in totals.items():
        sql = _TOTALS.format(near=NEAR, total=total, rows=rows)
        documents, apart, stated, added = engine.rows(sql)[0]
        facts: dict[str, object] = {"column": header, "documents": documents, "apart": apart}
        facts |= {"stated": plain(stated), "added": plain(added)}
        key = "cleaning.totals_differ" if apart else "cleaning.totals_agree"
        told += [Problem(key, facts)] if documents else []
    return (*told, *_worked_out(engine, rows, mapping))


def _worked_out(engine: Engine, rows: str, mapping: Mapping) -> tuple[Problem, ...]:
    """Whether a named amount is what price, quantity and discount give."""
    named = mapping.amount.name != COMPUTED
    if not named or mapping.column("price") is None or mapping.column("quantity") is None:
        return ()
    discount = "discount" if mapping.column("discount") is not None else None
    worth = values.line_amount("price", "quantity", discount)
    apart, count, amount, computed = engine.rows(
        _COMPUTED.format(near=NEAR, worth=worth, rows=rows)
    )[0]
    if not apart or abs(amount - computed) <= NEAR * abs(amount):
        return ()
    facts: dict[str, object] = {"column": mapping.amount.name, "apart": apart, "rows": count}
    return (
        Problem(
            "cleaning.computed_differs",
            {**facts, "amount": plain(amount), "computed": plain(computed)},
        ),
    )


def plain(number: Decimal) -> str:
    """A sum as a warning tells it."""
    return f"{number:,.2f}"
