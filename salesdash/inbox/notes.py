"""Notes: why a file of the inbox did not simply go in, as a small JSON file beside it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from salesdash import texts
from salesdash.errors import Problem, SalesdashError
from salesdash.imports import Disk
from salesdash.inbox.arrivals import Look
from salesdash.ingest.frozen import Frozen

SUFFIX = ".why.json"


@dataclass(frozen=True)
class Note(Frozen):
    """About the file called `file`: `why` in each language, and what helps to know it again.

    `event`: the import that brought the same file in before. `fingerprints`: names of its sets of
    headers; `confirmed`: how often mappings of these had been confirmed by then.
    """

    file: str
    at: datetime
    why: dict[str, str]
    event: int | None = None
    sha256: str = ""
    fingerprints: tuple[str, ...] = field(default=())
    confirmed: int = 0
    size: int = 0
    modified: int = 0

    def is_of(self, path: Path) -> bool:
        """Whether the file is still the one that the note speaks of."""
        look = Look.at(path)
        return look is not None and (look.size, look.modified) == (self.size, self.modified)


def worded(say: Callable[[str], str]) -> dict[str, str]:
    """The same thing said in every language."""
    return {lang: say(lang) for lang in texts.LANGUAGES}


def refusal(error: BaseException) -> dict[str, str]:
    """Why a file was refused, in every language; which file it is stands beside it."""
    if not isinstance(error, SalesdashError):
        return worded(lambda lang: texts.error(error, lang))
    values = {"file": error.place.file, **error.values}
    bare = Problem(error.key, values, replace(error.place, file=None))
    return worded(lambda lang: texts.error(bare, lang))


def beside(path: Path) -> Path:
    """Where the note of a file stands."""
    return path.with_name(path.name + SUFFIX)


def write(disk: Disk, path: Path, note: Note) -> None:
    """Put a note beside a file, in the place of an older one."""
    target = beside(path)
    draft = target.with_name(f".{target.name}.draft")
    with disk.guarded("note", draft):
        draft.write_text(json.dumps(note.to_json(), ensure_ascii=False, indent=2), "utf-8")
    disk.publish(draft, target)


def read(path: Path) -> Note | None:
    """The note beside a file; None when there is none, or none that can be read."""
    try:
        return Note.from_json(json.loads(beside(path).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
