"""Questions about the rows themselves: what is filled, what stands twice, what was restated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa

from salesdash.datasets import BOOKKEEPING, DATASETS, Dataset
from salesdash.engine import identifier
from salesdash.warehouse import coverage as covering
from salesdash.warehouse import tables
from salesdash.warehouse.coverage import EARLIEST, Coverage
from salesdash.warehouse.statements import statement
from salesdash.warehouse.unmatched import Lost, links, lost
from salesdash.warehouse.warehouse import Warehouse

YEAR = timedelta(days=365)

MOVES = """
    select
        r.{event} as event,
        r.{day} as day,
        {sign} coalesce(r.amount, 0) as amount,
        {sign} 1 as rows_found,
        {came} as came
    from {table} as r
    where r.counts
      and r.{day} is not null
      and {within}
"""

ALIKE = """
    join (
        select k.{key} as key
        from {relation} as k
        where k.counts
        group by k.{key}
        having count(*) > 1
    ) as shared on shared.key is not distinct from r.{key}"""

DOCUMENT = "document"
"""A key that the lines of a document share, so that it says little of a single row."""


@dataclass(frozen=True)
class Filled:
    """Rows, those that count, and of these: without a day, after today, too early to be true.

    `columns`: how many of the counting rows hold something, by field.
    """

    rows: int
    counted: int
    undated: int
    ahead: int
    early: int
    columns: Mapping[str, int]


@dataclass(frozen=True)
class Repeats:
    """Rows that say the same as another one: beyond the first of each, what they sum to.

    `across`: those of which another import brought the first.
    """

    rows: int
    amount: Decimal | None
    across: int


@dataclass(frozen=True)
class Restated:
    """A month whose covered days sum to something else since an event."""

    event: int
    month: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Rows:
    """The rows of one dataset, as after an event (None: the newest), seen on a day."""

    warehouse: Warehouse
    dataset: Dataset
    today: date
    cut: int | None = None

    @property
    def relation(self) -> str:
        """SQL to stand after `from`."""
        return self.warehouse.relation(self.dataset.name, self.cut)

    @property
    def edge(self) -> date | None:
        """The last day up to today on which something happened."""
        return self.warehouse.edge(self.dataset.name, self.today, self.cut)

    def filled(self) -> Filled:
        """What the rows hold, in one scan."""
        names = self.dataset.names
        counts = (f"count(r.{identifier(name)})" for name in names)
        sql = statement("filled.sql").format(
            day=_day(self.dataset),
            earliest=EARLIEST,
            filled=",\n    ".join(counts),
            relation=self.relation,
        )
        (row,) = self.warehouse.engine.rows(sql, {"today": self.today})
        rows, counted, undated, ahead, early, *columns = row
        held = dict(zip(names, columns, strict=True))
        return Filled(rows, counted, undated, ahead, early, held)

    def coverage(self) -> Coverage:
        """Rows by month."""
        version = self.warehouse.version
        return covering.coverage(self.warehouse.engine, self.dataset, self.relation, version)

    def pause(self) -> int:
        """The usual pause between days with rows in the year up to the edge, at most, in days.

        19 of 20 pauses are no longer.
        """
        edge = self.edge
        if edge is None or self.dataset.date is None:
            return 0
        sql = statement("pause.sql").format(day=_day(self.dataset), relation=self.relation)
        (found,) = self.warehouse.engine.rows(sql, {"since": edge - YEAR, "until": edge})
        return int(found[0] or 0)

    def repeats(self, filled: Filled) -> Repeats:
        """How many rows say the same as another one."""
        if not filled.counted:
            return Repeats(0, None, 0)
        amount = "r.amount" if "amount" in self.dataset.names else "cast(null as decimal(18, 4))"
        sql = statement("same_rows.sql").format(
            content=self._content(filled),
            amount=amount,
            alike=self._alike(),
            relation=self.relation,
        )
        rows, total, across = self.warehouse.engine.rows(sql)[0]
        return Repeats(int(rows), total, int(across))

    def repeated(self, limit: int) -> pa.Table:
        """The rows that say the same as another one, with what finds them again."""
        sql = statement("repeated.sql").format(content=self._content(), relation=self.relation)
        return self.warehouse.engine.arrow(sql, {"limit": limit})

    def _alike(self) -> str:
        """A join that leaves the rows that may say the same as another one."""
        if self.dataset.unit in (None, DOCUMENT):
            return ""
        return ALIKE.format(key=identifier(str(self.dataset.unit)), relation=self.relation)

    def _content(self, filled: Filled | None = None) -> str:
        """All columns but the bookkeeping, extra ones too; without those known to be empty."""
        left_out = {*BOOKKEEPING, "valid_from"}
        if filled is not None:
            left_out |= {name for name, count in filled.columns.items() if not count}
        columns = self.warehouse.columns(self.dataset.name)
        return ", ".join(f"r.{identifier(name)}" for name, _ in columns if name not in left_out)

    def restated(self) -> tuple[Restated, ...]:
        """Months that later events changed, the newest event first; none without amounts."""
        if self.dataset.date is None or "amount" not in self.dataset.names:
            return ()
        sql = statement("restated.sql").format(moves="    union all".join(self._moves()))
        rows = self.warehouse.engine.rows(sql, {"today": self.today})
        return tuple(Restated(*row) for row in rows)

    def _moves(self) -> tuple[str, ...]:
        day, name = identifier(str(self.dataset.date)), self.dataset.name
        within = "true" if self.cut is None else f"r.{{event}} <= {int(self.cut)}"
        current, past = identifier(name), identifier(tables.past(name))
        return tuple(
            MOVES.format(
                event=event,
                day=day,
                sign=sign,
                came=int(not sign),
                table=table,
                within=within.format(event=event),
            )
            for event, sign, table in (
                ("valid_from", "", current),
                ("valid_from", "", past),
                ("valid_to", "-", past),
            )
        )

    def lost(self) -> tuple[Lost, ...]:
        """Keys that reference sets lack, a set each."""
        asks, references = self.warehouse.engine, self.warehouse.relation
        found = (
            lost(asks, self.dataset, link, self.relation, references(link.dataset.name, self.cut))
            for link in links(self.dataset)
        )
        return tuple(each for each in found if each is not None)


def of(warehouse: Warehouse, name: str, today: date, cut: int | None = None) -> Rows:
    """The rows of a dataset."""
    return Rows(warehouse, DATASETS[name], today, cut)


def _day(dataset: Dataset) -> str:
    return "cast(null as date)" if dataset.date is None else f"r.{identifier(dataset.date)}"
