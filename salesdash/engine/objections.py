"""Why DuckDB does not answer a typed question, with the place in it and what may have been meant.

Connections that meet such questions have `errors_as_json` on.
"""

import json
import re
from typing import Any

import duckdb

from salesdash.errors import QueryError

NEAR = 40
"""Characters of the question that are said back."""

OF_A_TABLE = re.compile(r'does not have a column named "(.*?)"(?:.*?"(.*?)")?', re.DOTALL)
"""How DuckDB says it of a column that is named with its table, with the first candidate."""

Facts = dict[str, Any]


def objection(error: duckdb.Error, sql: str) -> QueryError:
    """The error of ours that says what DuckDB objects to in a question."""
    facts = _facts(error)
    place = _place(facts, sql, in_bytes=not isinstance(error, duckdb.ParserException))
    subtype = str(facts.get("error_subtype", ""))
    if subtype in ("COLUMN_NOT_FOUND", "MISSING_ENTRY") and place:
        kind = "column" if subtype == "COLUMN_NOT_FOUND" else str(facts.get("type", "")).lower()
        key = {"column": "sql.no_column", "table": "sql.no_table"}.get(kind, "sql.no_function")
        return QueryError(key, name=facts["name"], **place, **_meant(facts))
    if subtype == "SYNTAX_ERROR" and place:
        return QueryError("sql.syntax", **place)
    if subtype == "NO_MATCHING_FUNCTION" and place:
        return QueryError("sql.no_match", call=facts["call"], **place)
    if isinstance(error, duckdb.PermissionException):
        return QueryError("sql.no_files")
    detail = " ".join(str(facts.get("exception_message", "")).split())
    return QueryError("sql.objection_at" if place else "sql.objection", detail=detail, **place)


def _facts(error: duckdb.Error) -> Facts:
    text = str(error)
    try:
        found = json.loads(text[text.index("{") :])
    except ValueError:
        return {"exception_message": text.partition("\n")[0]}
    other = OF_A_TABLE.search(str(found.get("exception_message", "")))
    if other is not None:
        column = {"error_subtype": "COLUMN_NOT_FOUND", "name": other[1]}
        found = {**found, **column, "candidates": other[2] or ""}
    return dict(found)


def _place(facts: Facts, sql: str, *, in_bytes: bool) -> Facts:
    """Line and column, from 1, and what stands there; nothing where nothing is said."""
    told = str(facts.get("position", ""))
    if not told.isdecimal():
        return {}
    at = int(told)
    if in_bytes:
        at = len(sql.encode()[:at].decode(errors="ignore"))
    before = sql[:at]
    near = sql[at:].partition("\n")[0].strip()
    return {
        "line": before.count("\n") + 1,
        "column": at - (before.rfind("\n") + 1) + 1,
        "near": near if len(near) <= NEAR else f"{near[:NEAR]}…",
    }


def _meant(facts: Facts) -> Facts:
    """The first candidate that DuckDB names."""
    first = str(facts.get("candidates", "")).partition(",")[0].strip()
    return {"suggestion": first} if first else {}
