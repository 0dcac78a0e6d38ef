"""What a typed statement may be: one question about known tables, as DuckDB's own parser reads it.

There are no lists of words that are looked for: whatever that parser does not know for a SELECT
over these tables is refused before anything of it is run. It may die of what it is given, so all
of this belongs into a child process.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import duckdb

from salesdash.engine import objections
from salesdash.errors import QueryError

LONGEST = 100_000
"""Characters of a statement."""

SERIALIZED = "select json_serialize_sql($sql::varchar, skip_null := true, skip_empty := true)"

MAKING_ROWS = frozenset(("range", "generate_series", "unnest", "repeat", "json_each", "json_tree"))
"""Table functions that read nothing but their arguments."""

TELLING = frozenset(("current_setting", "getvariable", "getenv", "write_log", "current_query"))
"""Functions that tell of the machine, or write beside the answer."""

SHOWN = frozenset(('"tables"', "__show_tables_expanded"))
"""What SHOW and DESCRIBE without a table may list: there is nothing there but these tables."""

KNOWN_NODES = frozenset(
    (
        *("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"),
        *("SUBQUERY", "JOIN", "EXPRESSION_LIST", "EMPTY", "PIVOT"),
        *("LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "ORDER_MODIFIER", "DISTINCT_MODIFIER"),
        *("ORDER_DEFAULT", "ASCENDING", "DESCENDING"),
    )
)
"""Parts of a question that read no table themselves; expressions have a class beside."""

OF_TYPES = "_TYPE_INFO"
"""How the names of parts end that say what type something has."""

WORD = re.compile(r"\s*([A-Za-z]+)")

Node = Mapping[str, Any]


def ensure_text(sql: str) -> None:
    """Raise QueryError for what no parser should see: nothing, too much, or broken characters."""
    if len(sql) > LONGEST:
        raise QueryError("sql.too_long", limit=LONGEST)
    if "\0" in sql or any("\ud800" <= sign <= "\udfff" for sign in sql):
        raise QueryError("sql.characters")
    if not sql.strip():
        raise QueryError("sql.empty")


def ensure_question(sql: str, tables: Iterable[str]) -> None:
    """Raise QueryError, with the reason, unless it is one SELECT that reads only these tables."""
    ensure_text(sql)
    with duckdb.connect(":memory:") as parser:
        parser.execute("set errors_as_json = true")
        try:
            _ensure_one(parser.extract_statements(sql), sql)
            answer = parser.execute(SERIALIZED, {"sql": sql}).fetchall()
        except duckdb.Error as error:
            raise objections.objection(error, sql) from error
        except ValueError as error:  # a kind of statement that Python has no name for
            raise _not_reading(sql, "?") from error
    told = json.loads(answer[0][0])
    if told["error"]:
        raise _not_reading(sql, "?")
    if len(told["statements"]) != 1:
        raise QueryError("sql.several", count=len(told["statements"]))
    _Check(frozenset(map(_folded, tables))).node(told["statements"][0]["node"], frozenset())


def _ensure_one(statements: list[duckdb.Statement], sql: str) -> None:
    """Raise QueryError unless there is one statement, and it is a SELECT."""
    kinds = [statement.type.name for statement in statements]
    if not kinds:
        raise QueryError("sql.empty")
    if "CREATE" in kinds and not statements[0].query.strip():
        raise QueryError("sql.pivot")  # its values would have to be looked up first
    other = next((kind for kind in kinds if kind != "SELECT"), None)
    if other is not None:
        raise _not_reading(sql if len(kinds) == 1 else "", other)
    if len(kinds) > 1:
        raise QueryError("sql.several", count=len(kinds))


def _not_reading(sql: str, kind: str) -> QueryError:
    """By the word that it begins with, else as the parser calls it."""
    word = WORD.match(sql)
    return QueryError("sql.not_reading", kind=word[1].upper() if word else kind)


def _folded(name: str) -> str:
    """Names are the same for DuckDB whatever the case of their letters."""
    return name.lower()


@dataclass(frozen=True)
class _Check:
    """Walks over a parsed question; `near` are the names of WITH that hold at a place."""

    tables: frozenset[str]

    def node(self, node: object, near: frozenset[str]) -> None:
        """Raise QueryError for the first part that is not allowed."""
        if isinstance(node, list):
            for each in node:
                self.node(each, near)
        if not isinstance(node, Mapping):
            return
        self._part(node, near)
        for name, query in self._with(node):
            self.node(query, near | {name} if _is_recursive(query) else near)
            near |= {name}
        if node.get("type") == "RECURSIVE_CTE_NODE":
            near |= {_folded(node["cte_name"])}
        for key, value in node.items():
            if key != "cte_map":
                self.node(value, near)

    def _part(self, node: Node, near: frozenset[str]) -> None:
        kind = node.get("type")
        if "class" in node:
            name = _folded(str(node.get("function_name", "")))
            if name in TELLING:
                raise QueryError("sql.telling", name=name)
        elif kind == "BASE_TABLE":
            self._table(node, near)
        elif kind == "TABLE_FUNCTION":
            self._function(node["function"])
        elif kind == "SHOW_REF":
            if "query" not in node and node.get("table_name") not in SHOWN:
                raise QueryError("sql.not_reading", kind="SHOW")
        elif isinstance(kind, str) and kind not in KNOWN_NODES and not kind.endswith(OF_TYPES):
            raise QueryError("sql.not_allowed", what=kind)

    def _table(self, node: Node, near: frozenset[str]) -> None:
        name = str(node["table_name"])
        path = [node[each] for each in ("catalog_name", "schema_name") if node.get(each)]
        known = {(): self.tables | near, ("main",): self.tables}.get(tuple(path), frozenset())
        if _folded(name) not in known:
            raise unknown_table(".".join((*path, name)), self.tables)

    def _function(self, function: Node) -> None:
        name = str(function.get("function_name", ""))
        if _folded(name) not in MAKING_ROWS:
            raise QueryError("sql.table_function", name=name)

    def _with(self, node: Node) -> Iterator[tuple[str, object]]:
        for each in node.get("cte_map", {}).get("map", ()):
            yield _folded(each["key"]), each["value"]


def _is_recursive(value: object) -> bool:
    query = value.get("query", {}) if isinstance(value, Mapping) else {}
    return bool(query.get("node", {}).get("type") == "RECURSIVE_CTE_NODE")


def unknown_table(name: str, tables: Iterable[str]) -> QueryError:
    """There is no such table, and which one may have been meant."""
    known = sorted(tables)
    close = get_close_matches(name.lower(), known, 1, 0.5)
    meant: dict[str, Any] = {"suggestion": close[0]} if close else {}
    return QueryError("sql.unknown_table", name=name, known=", ".join(known), **meant)
