"""Figures by something, as bars: one bar a member or range, other figures of it beside."""

from dataclasses import dataclass
from typing import Literal

from salesdash.analysis.answers import Member, Name, Number, Reason
from salesdash.metrics import Unit
from salesdash.warehouse.deals import Which
from salesdash.warehouse.passages import Seen
from salesdash.warehouse.pushed import PutOff

Behind = Which | Seen | PutOff
"""Which deals are behind a bar."""

Label = Member | Reason
"""What a bar is called: data as they are, or words of our own."""

BarRole = Literal["plain", "late", "faint"]
"""late: beyond what is usual. faint: little behind it, or not stated."""


@dataclass(frozen=True)
class Column:
    """A figure that each bar has: its head under `pipeline.column`, and how it is written."""

    key: str
    unit: Unit


@dataclass(frozen=True)
class Bar:
    """`figures`: one a column. `which`: the deals behind it; `besides`: others that tell of it.

    `filters`: the member that every screen can be narrowed to.
    """

    label: Label
    figures: tuple[Number | None, ...]
    which: Behind | None = None
    filters: tuple[str, str | None] | None = None
    role: BarRole = "plain"
    besides: tuple[tuple[str, Which], ...] = ()  # by their names under `pipeline.rows.view`
    remark: Reason | None = None  # stands where the figure that is drawn is blank


@dataclass(frozen=True)
class Bars:
    """Bars in their order, under the columns of their figures.

    `metric` names files and words. `drawn`: the column that gives bars their length; `beside`:
    those written at their ends. A chart draws the first `shown` bars and `rest`, the others as
    one; a table has them all. `level`: a line at the figure of all together.
    """

    metric: str
    heading: Name | Reason
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    drawn: int
    beside: tuple[int, ...]
    shown: int | None = None
    rest: Bar | None = None
    level: Number | None = None

    @property
    def chart(self) -> tuple[Bar, ...]:
        """The bars that are drawn."""
        rest = () if self.rest is None else (self.rest,)
        return (*self.bars[: self.shown], *rest)
