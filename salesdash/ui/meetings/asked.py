"""What a kept address asks at a meeting, and what is drawn of it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.config import Settings
from salesdash.selection import Selection
from salesdash.ui import cards, context
from salesdash.warehouse import Warehouse

T = TypeVar("T")
CARD = "card"
"""The code that says which card of a page a line is about."""


@dataclass(frozen=True)
class Asked:
    """What the address of a line asks: the codes of its page, and what they look at."""

    page: str
    codes: Mapping[str, str]
    selection: Selection
    metric: str
    day: date

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Tells this question from all others."""
        return (self.page, tuple(sorted(self.codes.items())), self.selection, self.day)

    @property
    def known(self) -> tuple[Warehouse, Settings, Selection, date]:
        """What every analysis is asked with: what it looks at, on the day of the meeting."""
        return context.warehouse(), context.settings(), self.selection, self.day

    @property
    def question(self) -> Question:
        """The same as a question."""
        return Question(*self.known)

    def remembered(self, make: Callable[[], T], *more: Hashable) -> T:
        """An answer to it, made once."""
        return context.remembered(("pinned", *self.key, *more), make)


@dataclass(frozen=True)
class Drawing:
    """An answer under its title and note, and how it is drawn."""

    title: str
    note: str
    draw: Callable[[Any, Words], dict[str, Any]]
    answer: cards.Drawn
