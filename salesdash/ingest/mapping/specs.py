"""What the user said of a column: `field`, `dataset.field`, `costs.amount@channel=tv`, or `-`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process

from salesdash.datasets import DATASETS, Dataset
from salesdash.errors import UsageError
from salesdash.ingest.headers import fold, plain
from salesdash.ingest.mapping.plan import COMPUTED, Overrides, Treatment
from salesdash.ingest.reading import Table

KEEP = "-"
"""The answer "keep this column as it is"."""

WORDS = "words"
"""`cost@words=blank`: the words in a column of numbers mean that it is empty."""

LISTED = 60

_SPEC = re.compile(
    r"(?:(?P<dataset>\w+)\.)?(?P<field>\w+|-)(?:@(?P<by>\w+)=(?P<member>[^,]*))?", re.UNICODE
)


@dataclass(frozen=True)
class Spec:
    """A column fills a field of one dataset (None: of any).

    `by`, `member`: of a wide table. `words`: what becomes of words where numbers belong.
    """

    index: int
    dataset: str | None
    field: str
    by: str | None = None
    member: str | None = None
    words: Treatment | None = None

    def concerns(self, dataset: Dataset) -> bool:
        """Whether it was said of this dataset."""
        return self.dataset in (None, dataset.name)


def specs(table: Table, said: Overrides) -> tuple[Spec, ...]:
    """All that was said of the columns of a table; UsageError for a field that does not exist."""
    found = []
    for header, text in (said.columns or {}).items():
        index = position(table, header)
        if index is not None:
            found += [_spec(index, part) for part in text.split(",")]
    return tuple(found)


def require_headers(tables: Sequence[Table], said: Overrides) -> None:
    """UsageError for a header that was named and that none of the tables has."""
    named = [*(said.columns or {}), *({said.amount} - {None, COMPUTED})]
    for header in named:
        if all(position(table, str(header)) is None for table in tables):
            raise UsageError("mapping.no_such_column", column=header, columns=listed(*tables))


def _spec(index: int, text: str) -> Spec:
    found = _SPEC.fullmatch(text.strip())
    if found is None:
        raise _no_such_field(text)
    dataset = found["dataset"]
    if dataset is not None and dataset not in DATASETS:
        raise UsageError("dataset.unknown", dataset=dataset, known=", ".join(DATASETS))
    words: Treatment | None = "blank" if found["member"] == "blank" else "reject"
    treated = found["by"] == WORDS and found["member"] in ("blank", "reject")
    for field in (found["field"], None if treated else found["by"]):
        if field not in (KEEP, None) and not holders(field, dataset):
            raise _no_such_field(field, dataset)
    if treated:
        return Spec(index, dataset, found["field"], words=words)
    return Spec(index, dataset, found["field"], found["by"], found["member"])


def holders(field: str, dataset: str | None = None) -> tuple[str, ...]:
    """The datasets that have such a field; of one dataset, that one or none."""
    names = DATASETS if dataset is None else (dataset,)
    return tuple(name for name in names if field in DATASETS[name].names)


def require(found: tuple[Spec, ...], said: Overrides, dataset: Dataset) -> None:
    """UsageError when a field without its dataset named is none of this dataset."""
    fields = [spec.field for spec in found if spec.dataset is None and spec.field != KEEP]
    for field in (*fields, *(said.values or {})):
        if field not in dataset.names:
            raise _no_such_field(field, dataset.name)


def _no_such_field(field: str, dataset: str | None = None) -> UsageError:
    names = DATASETS[dataset].names if dataset else {n for d in DATASETS.values() for n in d.names}
    near = process.extractOne(field, sorted(names))
    return UsageError("mapping.no_such_field", field=field, near=near[0])


def position(table: Table, header: str) -> int | None:
    """The number of the column with this header, written a little differently at worst."""
    wanted = plain(header).lower()
    exact = [i for i, column in enumerate(table.columns) if column.lower() == wanted]
    loose = [i for i, column in enumerate(table.columns) if fold(column) == fold(header)]
    return next(iter(exact or loose), None)


def listed(*tables: Table) -> str:
    """The headers of tables in a sentence."""
    headers = dict.fromkeys(column for table in tables for column in table.columns)
    return ", ".join([*headers][:LISTED])
