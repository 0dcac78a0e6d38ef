"""The SQL of a simple or stock metric: exactly one aggregate over the fields of one dataset."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from salesdash.engine import Expression, parse_expression
from salesdash.errors import UsageError


class Merge(StrEnum):
    """How the answers for neighbouring stretches of time become the answer for both."""

    ADD = "add"  # sum, count
    LEAST = "least"  # min
    GREATEST = "greatest"  # max
    KEYS = "keys"  # count(distinct x): the keys must be united, counts don't add up
    VALUES = "values"  # median: rows are counted by value


@dataclass(frozen=True)
class Aggregate:
    """One aggregate: its `merge`, the SQL `argument` inside the brackets, the columns it reads.

    `needs`: columns that must hold something in the rows, else the figure is blank. `where`: the
    condition that picks its rows; `sql` and `argument` hold it already.
    """

    sql: str
    merge: Merge
    argument: str
    columns: frozenset[str]
    needs: tuple[str, ...] = ()
    where: str | None = None

    @property
    def stated(self) -> str:
        """SQL that counts the rows which state what is aggregated."""
        return f"count({self.argument})"

    @property
    def chosen(self) -> str:
        """SQL that counts the rows which the condition picks."""
        return "count(*)" if self.where is None else f"count(case when {self.where} then 1 end)"

    def picking(self, where: str | None) -> "Aggregate":
        """The same aggregate over the rows that a condition picks."""
        if where is None:
            return self
        inner = "1" if self.argument == "*" else self.argument
        argument = f"case when {where} then {inner} end"
        head = self.sql[: self.sql.index("(") + 1]
        distinct = "distinct " if self.merge is Merge.KEYS else ""
        columns = self.columns | parse_expression(where).columns
        sql = f"{head}{distinct}{argument})"
        return replace(self, sql=sql, argument=argument, columns=columns, where=where)


_CALL = re.compile(
    r"\A\s*(?P<name>sum|count|min|max|median)\s*\(\s*(?P<distinct>distinct\b)?(?P<argument>.*)\)\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_MERGES = {
    "sum": Merge.ADD,
    "count": Merge.ADD,
    "min": Merge.LEAST,
    "max": Merge.GREATEST,
    "median": Merge.VALUES,
}
_INTEGER_DIVISION = frozenset({"//", "%", "mod", "divide", "fmod"})
_COMMENT = re.compile(r"--|/\*")
_SAFE_DIVISOR = re.compile(
    r"/\s*(?:cast\s*\(\s*)?(?:nullif\s*\(|[1-9]|0?\.\d*[1-9])", re.IGNORECASE
)
_UNSTEADY = frozenset({"random", "now", "today", "current_date", "current_timestamp", "uuid"})


@lru_cache(maxsize=1024)
def read_aggregate(sql: str) -> Aggregate:
    """Read the SQL of a metric.

    Raises UsageError for anything but one of sum, count, count(distinct), min, max or median over
    one expression of fields: subqueries, windows, table functions, several aggregates, averages
    (a ratio of two metrics divides last), integer division, clocks.
    """
    if _COMMENT.search(sql):
        # A comment would swallow what the compiler writes behind it.
        raise UsageError("config.metric.comment")
    _refuse(parse_expression(sql).functions)
    if sql.count("/") > len(_SAFE_DIVISOR.findall(sql)):
        # x / 0 is infinite in DuckDB and would spoil every total.
        raise UsageError("config.metric.divisor")
    found = _CALL.match(sql)
    if found is None:
        raise UsageError("config.metric.one_aggregate", sql=sql.strip())
    argument = found["argument"].strip()
    name = found["name"].lower()
    if argument == "*" and name == "count" and not found["distinct"]:
        return Aggregate(sql.strip(), Merge.ADD, argument, frozenset())
    inner = _argument(argument, sql)
    if found["distinct"] and name != "count":
        raise UsageError("config.metric.one_aggregate", sql=sql.strip())
    merge = Merge.KEYS if found["distinct"] else _MERGES[name]
    return Aggregate(sql.strip(), merge, argument, inner)


def read_condition(sql: str) -> Expression:
    """Read the SQL of a condition or a day: one expression of fields, without aggregates.

    Raises UsageError for anything else, and for what `read_aggregate` refuses.
    """
    if _COMMENT.search(sql):
        raise UsageError("config.metric.comment")
    found = parse_expression(sql)
    _refuse(found.functions)
    if found.aggregates:
        raise UsageError("config.metric.no_aggregate", sql=sql.strip())
    return found


def _argument(argument: str, sql: str) -> frozenset[str]:
    """Columns of what stands inside the brackets: one expression without an aggregate."""
    try:
        inner = parse_expression(argument)
    except UsageError as error:
        # ``sum(a) - sum(b)`` opens and closes with a bracket too; its inside is no expression.
        raise UsageError("config.metric.one_aggregate", sql=sql.strip()) from error
    if inner.aggregates:
        raise UsageError("config.metric.one_aggregate", sql=sql.strip())
    return inner.columns


def _refuse(functions: frozenset[str]) -> None:
    """Refuse functions that break other metrics or answer differently each time."""
    if functions & _INTEGER_DIVISION:
        # DuckDB 2 raises on x // 0 and x % 0, which would take the other metrics down with it.
        raise UsageError("config.metric.integer_division")
    unsteady = functions & _UNSTEADY
    if unsteady:
        raise UsageError("config.metric.unsteady", name=min(unsteady))
    if "avg" in functions or "mean" in functions:
        raise UsageError("config.metric.average")
