"""What is known of one version of the data: its columns, and answers that are asked once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")

RECENT = 8
"""Large answers that are kept."""


@dataclass
class Facts:
    """Columns (name, SQL type) by dataset, and answers; replaced as a whole by the next version."""

    version: int
    columns: Mapping[str, tuple[tuple[str, str], ...]]
    _answers: dict[object, object] = field(default_factory=dict)
    _recent: dict[object, object] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def once(self, key: object, ask: Callable[[], T]) -> T:
        """An answer that is kept as long as the version."""
        if key not in self._answers:
            self._answers[key] = ask()
        return cast("T", self._answers[key])

    def recently(self, key: object, ask: Callable[[], T]) -> T:
        """A large answer: the last few are kept."""
        with self._guard:
            found = self._recent.pop(key, None)
        if found is None:
            found = ask()
        with self._guard:
            self._recent[key] = found
            while len(self._recent) > RECENT:
                del self._recent[next(iter(self._recent))]
        return cast("T", found)
