"""A file on its way in, with everything a person said about it; nothing of it is stored yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from salesdash.imports import Mode, Request, Staged, again, pictured, stage
from salesdash.ingest import Outcome
from salesdash.ui import context, jobs, state
from salesdash.ui.jobs import Job

SAID = (
    "dataset",
    "profile",
    "sheet",
    "dates",
    "decimal",
    "encoding",
    "delimiter",
    "currency",
    "amount",
    "basis",
    "mode",
    "year",
)
"""What is answered by one of a few codes."""

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}
"""Delimiters that can be chosen, by code."""


@dataclass(frozen=True)
class Draft:
    """A dropped file, its copy on the disk, and what was said about it; None lets it be decided.

    `parked`: it lies in the inbox and stays there until it is in.
    """

    path: str
    name: str
    size: int
    columns: tuple[tuple[str, str], ...] = ()
    dataset: str | None = None
    profile: str | None = None
    sheet: str | None = None
    dates: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    currency: str | None = None
    amount: str | None = None
    basis: str | None = None
    mode: Mode | None = None
    year: int | None = None
    modes: tuple[tuple[str, Mode], ...] = ()
    stages: tuple[tuple[str, Outcome], ...] = ()
    as_of: datetime | None = None
    force: bool = False
    confirmed: tuple[str, ...] = ()
    parked: bool = False

    @property
    def token(self) -> str:
        """Stands for this file in the keys of its widgets."""
        path = Path(self.path)
        return token(path) if self.parked else path.parent.name

    def says(self, name: str, value: str | None) -> "Draft":
        """The same with one thing said: an option by its name, or `field:<name>` by its header."""
        if name.startswith("field:") and value is not None:
            return self.maps(value, name.removeprefix("field:"))
        if name.startswith("mode:") and value is not None:
            dataset = name.removeprefix("mode:")
            return replace(self, modes=(*self.modes, (dataset, Mode(value))))
        if name not in SAID:
            return replace(self, confirmed=(*self.confirmed, name))
        made = {"mode": Mode, "year": int}.get(name, str)
        said: dict[str, Any] = {name: made(value) if value else value}
        return replace(self, **said)

    def maps(self, header: str, field: str) -> "Draft":
        """The same with a column set to a field (`-`: kept as it is).

        `dataset.field` says so for one of the datasets that a file feeds.
        """
        of = field.partition(".")[0] if "." in field else ""
        others = tuple(
            (known, said)
            for known, said in self.columns
            if known != header or (of and said.partition(".")[0] != of)
        )
        return replace(self, columns=(*others, (header, field)))

    def _mapping(self) -> dict[str, str]:
        """Header -> what it fills; in several datasets with commas between."""
        said: dict[str, str] = {}
        for header, field in self.columns:
            said[header] = f"{said[header]},{field}" if header in said else field
        return said

    def means(self, stage: str, outcome: Outcome) -> "Draft":
        """The same with a stage of deals explained."""
        others = tuple(pair for pair in self.stages if pair[0] != stage)
        return replace(self, stages=(*others, (stage, outcome)))

    def at(self, moment: datetime | None) -> "Draft":
        """The same with its as-of moment said."""
        return replace(self, as_of=moment)

    def headed(self, line: int | None) -> "Draft":
        """The same with the line of its header said; 0: it has none."""
        return replace(self, header_line=line)

    def forced(self, *, force: bool) -> "Draft":
        """The same, winning over newer moments or not."""
        return replace(self, force=force)

    def request(self) -> Request:
        """What the way in is asked for."""
        said = {name: getattr(self, name) for name in SAID if getattr(self, name)}
        if self.delimiter:
            said["delimiter"] = DELIMITERS[self.delimiter]
        return Request(
            path=Path(self.path),
            name=self.name,
            mapping=self._mapping() or None,
            modes=dict(self.modes) or None,
            stages=dict(self.stages) or None,
            as_of=self.as_of,
            header_line=self.header_line,
            force=self.force,
            confirmed=self.confirmed,
            **said,
        )


def token(path: Path) -> str:
    """Stands for a file of the inbox in the keys of widgets."""
    return sha256(str(path).encode()).hexdigest()[:12]


waiting: state.Slot[tuple[Draft, ...]] = state.Slot("drafts", ())
_staging: state.Slot[tuple[Draft, Job[Staged]] | None] = state.Slot("staging", None)


def current() -> Draft | None:
    """The file that is looked at now."""
    drafts = waiting.get()
    return drafts[0] if drafts else None


def change(edit: Callable[[Draft], Draft]) -> None:
    """Something is said about the file that is looked at; what was said before stays said."""
    draft = current()
    if draft is not None:
        waiting.set((edit(draft), *waiting.get()[1:]))


def staged(draft: Draft, title: str) -> Staged:
    """How the file would go in; worked out once for what was said, with progress. May raise."""
    known = _staging.get()
    if known is None or known[0] != draft:
        known = (draft, Job(_work(draft, known)))
        _staging.set(known)
    return jobs.follow(known[1], context.words().say, title)


def _work(
    draft: Draft, before: tuple[Draft, Job[Staged]] | None
) -> Callable[[Job[Staged]], Staged]:
    """Stage the file, or stage it again where only what was said has changed."""
    home, now = context.home(), context.now()
    earlier = _finished(draft, before)

    def work(job: Job[Staged]) -> Staged:
        def progress(share: float, step: str) -> None:
            job.tick()
            job.tell(share, step)

        if earlier is not None:
            return pictured(again(earlier, draft.request(), progress))
        return pictured(stage(home, draft.request(), now, progress))

    return work


def _finished(draft: Draft, before: tuple[Draft, Job[Staged]] | None) -> Staged | None:
    """What was found out about the same file before; work that still runs is stopped."""
    if before is None:
        return None
    job = before[1]
    if not job.is_done or before[0].path != draft.path:
        job.stop()
        return None
    return None if job.failed else job.result()


def drop() -> None:
    """Let go of the file that is looked at; the next one comes up."""
    draft, known = current(), _staging.get()
    if known is not None:
        found = _finished(known[0], known)
        if found is not None:
            found.discard()
        _staging.clear()
    if draft is not None:
        if not draft.parked:
            Path(draft.path).unlink(missing_ok=True)
        waiting.set(waiting.get()[1:])
