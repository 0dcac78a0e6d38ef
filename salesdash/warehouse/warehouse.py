"""Warehouse: the projection as questions see it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from sys import getsizeof
from typing import TypeVar

import pyarrow as pa

from salesdash.datasets import DATASETS, Dataset
from salesdash.engine import Asks, identifier
from salesdash.errors import UsageError
from salesdash.metrics.plans import Stated
from salesdash.periods import Period
from salesdash.selection import Organisation, Selection
from salesdash.warehouse import behind, edges, ledger, outcomes, references, scope, tables
from salesdash.warehouse import coverage as covering
from salesdash.warehouse import dimensions as dimensional
from salesdash.warehouse.coverage import Coverage
from salesdash.warehouse.dimensions import Dimension
from salesdash.warehouse.facts import Facts
from salesdash.warehouse.references import Known
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.shown import Moments, nearest

T = TypeVar("T")

VERSIONS = """(
    select
        {columns},
        cast(null as integer) as valid_to
    from {current} as r
    union all
    select
        {columns},
        r.valid_to
    from {past} as r
)"""

COUNT = "select count(*) from {relation} as r"

GAP = """
select
    1 as gap
from {relation} as r
where r.counts
  and r.{column} is null
limit 1
"""


class Warehouse:
    """Rows, history and cuts of all datasets.

    `views` replaces the current rows of a dataset by other SQL (a staged change); such a
    warehouse has no cuts. `by_hand`: the targets that people set, which are not rows.
    `moments`: when imports of a dataset showed its rows as they were. Safe to share between
    threads.
    """

    def __init__(
        self,
        engine: Asks,
        *,
        views: Mapping[str, str] | None = None,
        version: int | None = None,
        by_hand: Callable[[], tuple[Stated, ...]] = tuple,
        moments: Callable[[str], Moments] = lambda _: (),
    ) -> None:
        self.engine = engine
        self.by_hand = by_hand
        self.moments = moments
        self._views = dict(views or {})
        self._version = version
        self._facts = self._look()

    def _look(self) -> Facts:
        version = ledger.newest(self.engine) if self._version is None else self._version
        columns = {
            name: self.engine.describe(tables.EVERYTHING.format(relation=self._current(name)))
            for name in DATASETS
        }
        return Facts(version, columns)

    def refresh(self) -> None:
        """Forget what was known: an event was applied."""
        self._facts = self._look()

    def through(self, engine: Asks) -> "Warehouse":
        """The same warehouse asked in another way: watched, or inside one snapshot."""
        other = object.__new__(Warehouse)
        other.__dict__.update(self.__dict__, engine=engine)
        return other

    @property
    def version(self) -> int:
        """The newest applied event (0: none); part of every cache key. Staged: negative."""
        return self._facts.version

    def columns(self, dataset: str) -> tuple[tuple[str, str], ...]:
        """(name, SQL type) of a dataset's columns: fields, bookkeeping, extras."""
        return self._facts.columns[_known(dataset).name]

    def relation(self, dataset: str, cut: int | None = None) -> str:
        """SQL of the row set, to stand after `from`; trusted text. Give it an alias.

        `cut`: as after that event, the same rows forever; None: the newest.
        """
        name = _known(dataset).name
        if cut is None or name in self._views:
            return self._current(name)
        names = ",\n        ".join(identifier(column) for column, _ in self.columns(name))
        return (
            f"(\n    select\n        {names}\n    from {name}"
            f"\n    where valid_from <= {int(cut)}"
            f"\n    union all\n    select\n        {names}\n    from {tables.past(name)}"
            f"\n    where valid_from <= {int(cut)}\n      and valid_to > {int(cut)}\n)"
        )

    def versions(self, dataset: str, names: Iterable[str]) -> str:
        """SQL of these columns of all row versions there are, with `valid_to`; to follow `from`.

        `valid_to` is null while a version stands.
        """
        name = _known(dataset).name
        columns = ",\n        ".join(f"r.{identifier(each)}" for each in names)
        return VERSIONS.format(columns=columns, current=name, past=tables.past(name))

    def references(self, dataset: str, cut: int | None = None) -> tuple[Known, ...]:
        """What reference sets know of the rows of a dataset; none when nothing was imported."""
        return self._kept(("references", dataset, cut), lambda: self._look_up(_known(dataset), cut))

    def held(
        self,
        dataset: str,
        cut: int | None = None,
        needed: Iterable[str] | None = None,
        organisation: Organisation = Organisation.THEN,
    ) -> tuple[str, dict[str, object]]:
        """The rows with what reference sets tell of them, as SQL to stand after `from`.

        `needed`: only what these columns take; None: all. Also the parameters in the SQL. What
        another dataset tells of the rows is there only where it is needed by name.
        """
        relation, known = self.relation(dataset, cut), self.references(dataset, cut)
        columns, told = self.columns(dataset), _known(dataset).told
        if needed is not None:
            needed = frozenset(needed)
            if told is not None and outcomes.is_read(told, needed):
                relation = outcomes.joined(told, relation, self.relation(told.dataset, cut))
                columns += tuple((field.name, field.sql_type) for field in told.fields)
            wanted = {name for name in needed if self._has_gaps(dataset, cut, name)}
            used = [each for each in known if wanted & {*each.columns}]
            if any(each.link.key == "person" for each in used):
                used = [each for each in known if each in used or "person" in each.columns]
            known = tuple(used)
        if not known:
            return relation, {}
        return references.joined(relation, _known(dataset), columns, known, organisation)

    def scope(
        self,
        dataset: str,
        selection: Selection,
        needed: Iterable[str] | None = None,
        *,
        marked: bool = False,
    ) -> Scope:
        """The rows a selection looks at: filters and organisation applied, `counts` only.

        `needed`: columns of reference sets that the question reads beside those filtered by; None:
        all. `marked`: all rows, and in `fits` which of them these are. No date limits: windows are
        the question's own. Raises UsageError for an unknown filter.
        """
        if needed is not None:
            needed = {*needed, *(condition.dimension for condition in selection.filters)}
        relation, params = self.held(dataset, selection.cut, needed, selection.organisation)
        people = any(each.link.key == "person" for each in self.references(dataset, selection.cut))
        found = scope.compose(
            relation,
            _known(dataset),
            self.filterable(dataset),
            selection,
            people=people,
            marked=marked,
        )
        return Scope(found.sql, {**params, **found.params})

    def filterable(self, dataset: str) -> frozenset[str]:
        """What a filter may name: texts and codes of the rows and of reference sets."""
        own = scope.filterable(_known(dataset), self.columns(dataset))
        return own | {*self.added(dataset)}

    def added(self, dataset: str) -> tuple[str, ...]:
        """Columns that the rows have from reference sets alone."""
        own = tuple(name for name, _ in self.columns(dataset))
        return references.added(own, self.references(dataset))

    def rows(self, dataset: str) -> int:
        """How many current rows there are, whether they count or not."""
        sql = COUNT.format(relation=self.relation(dataset))
        return self._kept(("rows", dataset), lambda: int(self.engine.rows(sql)[0][0]))

    def edge(self, dataset: str, today: date, cut: int | None = None) -> date | None:
        """The data edge: the last day up to today on which something happened, None without data.

        Plans don't count: the expected close of an open deal is none.
        """
        relation = self.relation(dataset, cut)
        return self._kept(
            ("edge", dataset, today, cut),
            lambda: edges.edge(self.engine, _known(dataset), relation, today),
        )

    def shown(self, dataset: str, end: date, newest: int | None) -> int | None:
        """The event after which the rows stood as they were before the day `end` began.

        None where no import shows that; `newest`: no later event is looked at.
        """
        moments = self._kept(("moments", dataset), lambda: self.moments(dataset))
        return nearest(end, moments, newest)

    def ends(self, dataset: str, cut: int | None = None) -> tuple[date | None, date | None]:
        """First and last day on which something happened, also after today."""
        relation = self.relation(dataset, cut)
        return self._kept(
            ("ends", dataset, cut), lambda: edges.ends(self.engine, _known(dataset), relation)
        )

    def first_date(self, dataset: str, cut: int | None = None) -> date | None:
        """The first day on which something happened, None without data."""
        return self.ends(dataset, cut)[0]

    def span(self, dataset: str, role: str, cut: int | None = None) -> Period | None:
        """What "all dates" are for a date role: its days, and on to the end of the dataset.

        None when no row has the date.
        """
        known, day = _known(dataset), f"cast({identifier(role)} as date)"
        told = known.is_told(role)
        relation = self.held(dataset, cut, (role,))[0] if told else self.relation(dataset, cut)
        first, last = self._kept(
            ("span", dataset, role, cut), lambda: edges.role_ends(self.engine, day, relation)
        )
        if first is None or last is None:
            return None
        return Period.through(first, max(last, self.ends(dataset, cut)[1] or last))

    def coverage(self, dataset: str) -> Coverage:
        """First day, last day, rows, and rows by month."""
        facts, relation = self._facts, self.relation(dataset)
        return facts.once(
            ("coverage", dataset),
            lambda: covering.coverage(self.engine, _known(dataset), relation, facts.version),
        )

    def dimensions(self, dataset: str) -> tuple[Dimension, ...]:
        """Dimensions that hold values: canonical fields first, then extra columns."""

        def ask() -> tuple[Dimension, ...]:
            names = (*(name for name, _ in self.columns(dataset)), *self.added(dataset))
            return dimensional.dimensions(self.engine, _known(dataset), names, self.held(dataset))

        return self._kept(("dimensions", dataset), ask)

    def breadth(self, dataset: str, dimension: str) -> int | None:
        """How many members a dimension has, where somebody looked at the dimensions already."""
        known = self._facts.known(("dimensions", dataset))
        found = known if isinstance(known, tuple) else ()
        return next((each.members for each in found if each.name == dimension), None)

    def members(
        self, dataset: str, dimension: str, limit: int = 200, search: str | None = None
    ) -> tuple[tuple[str, int], ...]:
        """(value, rows) of a dimension, most rows first. Raises UsageError if there is none."""
        self.ensure_dimension(dataset, dimension)
        held = self.held(dataset, None, (dimension,))
        return dimensional.members(self.engine, held, dimension, limit, search)

    def ensure_dimension(self, dataset: str, dimension: str) -> None:
        """Raises UsageError, naming those there are, if a dataset has no such dimension."""
        allowed = self.filterable(dataset)
        if dimension not in allowed:
            raise UsageError("dimension.unknown", dimension=dimension, known=sorted(allowed))

    def names(self, dataset: str, dimension: str) -> dict[str, str]:
        """Display names where the dimension's values are keys; empty otherwise."""

        def ask() -> dict[str, str]:
            shown = dimensional.DISPLAY.get(dimension)
            held = self.held(dataset, None, (shown,) if shown else ())
            return dimensional.names(self.engine, _known(dataset), held, dimension)

        return self._kept(("names", dataset, dimension), ask)

    def rows_behind(
        self, dataset: str, selection: Selection, limit: int = 1000, role: str | None = None
    ) -> pa.Table:
        """The rows of a selection within its window, newest first, as Arrow.

        `role`: the date role, that of the dataset unless given. All columns, so that each row can
        be traced by event, sheet and record.
        """
        told = role is not None and _known(dataset).is_told(role)
        every = (*(name for name, _ in self.columns(dataset)), *self.added(dataset), role or "")
        found = self.scope(dataset, selection, every if told else None)
        asked = behind.newest(found, _known(dataset), selection.window, role)
        return self.engine.arrow(asked.sql, {**asked.params, "limit": limit})

    def recent(self, key: object, ask: Callable[[], T], weigh: Callable[[T], int] = getsizeof) -> T:
        """A large answer about this version of the data: the last ones are kept, by their bytes."""
        return self._facts.recently(key, ask, weigh)

    def _kept(self, key: object, ask: Callable[[], T]) -> T:
        """An answer about this version of the data, asked once."""
        return self._facts.once(key, ask)

    def _look_up(self, dataset: Dataset, cut: int | None) -> tuple[Known, ...]:
        if dataset.reference:
            return ()
        facts, found = self.relation(dataset.name, cut), []
        for link in references.LINKS:
            name = link.dataset.name
            if link.key in dataset.names:
                relation, columns = self.relation(name, cut), self.columns(name)
                found.append(references.look(self.engine, link, relation, columns, facts))
        return tuple(each for each in found if each is not None)

    def _has_gaps(self, dataset: str, cut: int | None, name: str) -> bool:
        """Some row leaves the column open, so that a reference set may fill it."""
        if name not in _known(dataset).names:
            return True
        sql = GAP.format(relation=self.relation(dataset, cut), column=identifier(name))
        return self._kept(("gap", dataset, cut, name), lambda: bool(self.engine.rows(sql)))

    def _current(self, dataset: str) -> str:
        return self._views.get(dataset, identifier(dataset))


def _known(dataset: str) -> Dataset:
    if dataset not in DATASETS:
        raise UsageError("dataset.unknown", dataset=dataset, known=sorted(DATASETS))
    return DATASETS[dataset]
