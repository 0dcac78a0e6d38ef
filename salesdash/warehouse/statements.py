"""The statements of questions: each a file in `sql`, with {places} for what differs."""

from functools import cache
from importlib.resources import files


@cache
def statement(file: str) -> str:
    """The text of a statement."""
    return (files("salesdash.warehouse") / "sql" / file).read_text(encoding="utf-8")
