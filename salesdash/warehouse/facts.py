"""What is known of one version of the data: its columns, and answers that are asked once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from sys import getsizeof
from threading import Lock
from typing import TypeVar, cast

MOST_BYTES = 256 << 20
"""Large answers that are kept together; the newest one whatever its size."""


T = TypeVar("T")


@dataclass
class Facts:
    """Columns (name, SQL type) by dataset, and answers; replaced as a whole by the next version."""

    version: int
    columns: Mapping[str, tuple[tuple[str, str], ...]]
    _answers: dict[object, object] = field(default_factory=dict)
    _recent: dict[object, tuple[object, int]] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def once(self, key: object, ask: Callable[[], T]) -> T:
        """An answer that is kept as long as the version."""
        if key not in self._answers:
            self._answers[key] = ask()
        return cast("T", self._answers[key])

    def known(self, key: object) -> object | None:
        """What `once` was told for this key, None as long as nobody asked."""
        return self._answers.get(key)

    def recently(
        self, key: object, ask: Callable[[], T], weigh: Callable[[T], int] = getsizeof
    ) -> T:
        """A large answer of so many bytes: the last ones are kept, as many as `MOST_BYTES` hold."""
        with self._guard:
            kept = self._recent.pop(key, None)
        if kept is None:
            answer = ask()
            kept = answer, weigh(answer)
        with self._guard:
            self._recent[key] = kept
            held = sum(size for _, size in self._recent.values())
            while held > MOST_BYTES and len(self._recent) > 1:
                _, size = self._recent.pop(next(iter(self._recent)))
                held -= size
        return cast("T", kept[0])
