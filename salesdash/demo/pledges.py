"""Actions as the demo company's people write them down: what for, how urgent, and what they say."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from salesdash.selection import Filter
from salesdash.workspace import Priority, Promise


def promise(told: Mapping[str, Any], day: date, line: int | None) -> Promise:
    """An action of a meeting on that day; `due` and `check` count days from it."""
    aim = told.get("aim", {})
    expected, check = aim.get("expected"), aim.get("check")
    return Promise(
        told["text"],
        told["owner"],
        day + timedelta(days=told["due"]),
        line,
        priority=Priority(told.get("priority", Priority.NORMAL)),
        metric=aim.get("metric"),
        scope=tuple(Filter(name, (member,)) for name, member in aim.get("scope", {}).items()),
        expected=None if expected is None else Decimal(str(expected)),
        check=None if check is None else day + timedelta(days=check),
    )


def comments(told: Mapping[str, Any], day: date) -> Iterator[tuple[str, date, str]]:
    """Who said what of it on which day."""
    for each in told.get("comments", ()):
        yield each["who"], day + timedelta(days=each["day"]), each["text"]
