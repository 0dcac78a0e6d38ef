"""What somebody asks to import, and what staging found out about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from salesdash.datasets import DATASETS, SALES, Dataset
from salesdash.imports.fold import Changes
from salesdash.imports.speeches import Mode, modes
from salesdash.ingest import (
    Candidate,
    Cleaned,
    Counts,
    Mapping,
    Outcome,
    Overrides,
    Question,
    Reading,
    ReadOptions,
)
from salesdash.periods import Period
from salesdash.warehouse import Warehouse

if TYPE_CHECKING:
    from salesdash.imports.home import Home
    from salesdash.imports.picture import Picture

AsOfSource = Literal["given", "content", "name", "file", "now"]


@dataclass(frozen=True)
class Request:
    """A file to import and what the user decided about it; None lets salesdash decide.

    `name`: what the user calls the file. `dataset`: None imports whatever the file holds.
    `mapping`: header -> field (`-`: keep as it is). `stages`: stage -> outcome. `values`: field ->
    what it is in every row without a value. `mode` is for all datasets that it fits; `modes`, by
    dataset, comes before it. `as_of`: the moment the export shows. `force`: it wins over newer
    moments, and over doubts about its size. `confirmed`: ids of questions answered with yes.
    `modified`: the file's time, where it is not that of `path`.
    """

    path: Path
    name: str
    dataset: str | None = None
    profile: str | None = None
    mapping: dict[str, str] | None = None
    stages: dict[str, Outcome] | None = None
    values: dict[str, str] | None = None
    mode: Mode | None = None
    modes: dict[str, Mode] | None = None
    sheet: str | None = None
    dates: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    currency: str | None = None
    as_of: datetime | None = None
    force: bool = False
    amount: str | None = None
    basis: Literal["incl", "excl", "unknown"] | None = None
    year: int | None = None
    confirmed: tuple[str, ...] = ()
    modified: datetime | None = None

    @property
    def read_options(self) -> ReadOptions:
        """What reading needs to know."""
        return ReadOptions(
            sheet=self.sheet,
            encoding=self.encoding,
            delimiter=self.delimiter,
            header_line=self.header_line,
        )

    @property
    def overrides(self) -> Overrides:
        """What mapping needs to know."""
        return Overrides(
            columns=self.mapping,
            stages=self.stages,
            values=self.values,
            profile=self.profile,
            sheet=self.sheet,
            dates=self.dates,
            decimal=self.decimal,
            amount=self.amount,
            basis=self.basis,
            currency=self.currency,
            year=self.year,
        )

    def options(self) -> dict[str, object]:
        """The decisions, as the log keeps them."""
        left_out = {"path", "name", "dataset", "as_of", "modified", "force"}
        said = {key: value for key, value in vars(self).items() if key not in left_out}
        kept = {key: value for key, value in said.items() if value not in (None, "", (), {})}
        return {key: list(v) if isinstance(v, tuple) else v for key, v in kept.items()}


@dataclass(frozen=True)
class Delta:
    """The change as files: identities of stored rows that go, whole rows that come.

    `event`: the number it would get; `number`: different for every count.
    """

    ended: Path | None
    added: Path
    extras: tuple[str, ...]
    event: int
    number: int


@dataclass(frozen=True)
class Staged:
    """An import of one dataset on the doorstep: everything is known, nothing is stored.

    A file that feeds several datasets has the first here, and the `others`, which are committed
    with it; `questions` are those of all.

    `redacted`: name of the kept original when somebody who was forgotten was taken out of it, ""
    when it had to go.

    `received`: the moment of staging. With `questions` or `duplicate_of` it cannot be committed.
    `base` is the version of the warehouse that `changes` was counted against; commit counts anew
    when it moved on. `picture`: what `pictured` saw of its rows, None before.
    """

    home: "Home" = field(repr=False, compare=False)
    folder: Path
    request: Request
    sha256: str
    size: int
    received: datetime
    reading: Reading | None = None
    mapping: Mapping | None = None
    cleaned: Cleaned | None = None
    questions: tuple[Question, ...] = ()
    duplicate_of: int | None = None
    as_of: datetime | None = None
    as_of_source: AsOfSource = "now"
    changes: Changes = field(default_factory=Changes)
    base: int = 0
    repairs: int | None = None
    delta: Delta | None = field(default=None, repr=False)
    others: tuple["Staged", ...] = ()
    redacted: str | None = None
    picture: "Picture | None" = None

    @property
    def dataset(self) -> Dataset:
        """What its rows are."""
        name = self.mapping.dataset if self.mapping else self.request.dataset
        return DATASETS[name] if name is not None else SALES

    @property
    def parts(self) -> tuple["Staged", ...]:
        """This one and the others: one a dataset, most important first."""
        return (self, *self.others)

    @property
    def mode(self) -> Mode:
        """How the rows will be applied."""
        said = (self.request.modes or {}).get(self.dataset.name, self.request.mode)
        return said if said is not None and said in modes(self.dataset) else Mode.UPDATE

    @property
    def is_ready(self) -> bool:
        """Whether it can be committed."""
        return self.cleaned is not None and not self.questions and self.duplicate_of is None

    @property
    def original(self) -> Path:
        """The compressed original."""
        return self.folder / "original.zst"

    @property
    def rows_file(self) -> Path:
        """The clean rows."""
        return Path(self.cleaned.rows_file) if self.cleaned else self.folder / "rows.parquet"

    @property
    def rejects_file(self) -> Path | None:
        """The rejects, None when there are none."""
        found = self.cleaned.rejects_file if self.cleaned else None
        return Path(found) if found else None

    @property
    def counts(self) -> Counts | None:
        """The books of the file, None before it was cleaned."""
        return self.cleaned.counts if self.cleaned else None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The columns that could be the amount, with their sums."""
        return self.cleaned.candidates if self.cleaned else ()

    @property
    def period(self) -> Period | None:
        """The days that the rows cover."""
        done = self.cleaned
        if done is None or done.first_day is None or done.last_day is None:
            return None
        return Period.through(done.first_day, done.last_day)

    @contextmanager
    def with_change(self) -> Iterator[Warehouse]:
        """The warehouse as it would be; the stored one is not touched."""
        from salesdash.imports.preflight import changed_warehouse

        yield changed_warehouse(self)

    def discard(self) -> None:
        """Remove its files; it will not be committed."""
        self.home.disk.remove(self.folder)
