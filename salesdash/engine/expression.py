"""SQL expressions from a config file, looked at with DuckDB's own parser before any use."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from salesdash.engine.failures import translated
from salesdash.errors import UsageError

REFUSED = {
    "SUBQUERY": "expression.subquery",
    "WINDOW": "expression.window",
    "PARAMETER": "expression.parameter",
    "STAR": "expression.star",
    "LAMBDA": "expression.lambda",
}


@dataclass(frozen=True)
class Expression:
    """One SELECT expression: its text, the columns and functions it names."""

    sql: str
    columns: frozenset[str]
    functions: frozenset[str]
    aggregates: frozenset[str]


KEPT = 4096
"""Expressions remembered: more than any config file has."""


@functools.cache
def _parser() -> duckdb.DuckDBPyConnection:
    """An instance without data, for parsing alone: opening one takes longer than a parse."""
    return duckdb.connect(config={"threads": 1})


@functools.cache
def _known_functions() -> dict[str, frozenset[str]]:
    """Names of DuckDB's functions by type: scalar, aggregate, macro, table ..."""
    with translated():
        found = (
            _parser()
            .cursor()
            .execute("select function_type, function_name from duckdb_functions()")
        )
        kinds: dict[str, set[str]] = {}
        for kind, name in found.fetchall():
            kinds.setdefault(kind, set()).add(name)
    return {kind: frozenset(names) for kind, names in kinds.items()}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a parsed JSON tree
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            yield from _nodes(child)


@functools.lru_cache(maxsize=KEPT)
def parse_expression(sql: str) -> Expression:
    """Read one SELECT expression.

    Raises UsageError for anything that is not exactly one expression over the columns of one
    row set: other statements, subqueries, windows, parameters, table functions.
    """
    with translated():
        answer = (
            _parser()
            .cursor()
            .execute("select json_serialize_sql($sql)", {"sql": f"select {sql}\nfrom t"})
        )
        row = answer.fetchone()
    tree = json.loads(row[0] if row else "{}")
    if tree.get("error", True):
        raise UsageError("expression.syntax", detail=tree.get("error_message", ""))
    if len(tree["statements"]) != 1:
        raise UsageError("expression.one_only")
    node = tree["statements"][0]["node"]
    _check_shape(node)
    return _summary(sql, node["select_list"][0])


def _check_shape(node: dict[str, Any]) -> None:
    """Refuse whatever the text smuggled in around the expression (clauses, joins, columns)."""
    source = node.get("from_table", {})
    plain = source.get("type") == "BASE_TABLE" and source.get("table_name") == "t"
    clauses = ("where_clause", "group_expressions", "having", "qualify", "modifiers")
    if not plain or len(node.get("select_list", ())) != 1 or any(node.get(c) for c in clauses):
        raise UsageError("expression.one_only")


def _summary(sql: str, tree: dict[str, Any]) -> Expression:
    columns: set[str] = set()
    functions: set[str] = set()
    for node in _nodes(tree):
        kind = node.get("class")
        if kind in REFUSED:
            raise UsageError(REFUSED[kind])
        if kind == "COLUMN_REF":
            columns.add(node["column_names"][-1])
        elif kind == "FUNCTION":
            functions.add(node["function_name"].lower())
    known = _known_functions()
    tables = functions & (known.get("table", frozenset()) | {"unnest"})
    tables -= known["scalar"] | known["aggregate"]
    if tables:
        raise UsageError("expression.table_function", name=min(tables))
    return Expression(
        sql=sql.strip(),
        columns=frozenset(columns),
        functions=frozenset(functions),
        aggregates=frozenset(functions & known["aggregate"]),
    )
