"""The arguments of each command: frozen, made from what a terminal or a request said.

Names are those of the options, with `_` for `-`. Every face of the commands fills the same
classes, so a wrong name or type gets the same words everywhere.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import TypeVar, get_type_hints

from salesdash.commands.hints import near
from salesdash.errors import UsageError

A = TypeVar("A")

RENAMED = {"from": "since"}
"""Option names that Python keeps for itself."""


@dataclass(frozen=True)
class Nothing:
    """No arguments."""


@dataclass(frozen=True)
class Import:
    """FILE..., how to read and map them, and whether only to look (`dry_run`).

    `dataset` None: whatever the file holds. `mode`: of all datasets that it fits, or of one
    ("costs=append"), several with commas. `map` holds "Header=field" ("Header=-": keep it as it
    is; "tv_S=costs.amount@channel=tv": one of several columns of a field), `stage` "Quoted=open",
    `set` "purpose=acquisition" for rows that don't say. `yes` accepts fewer rows than are stored,
    `force` lets an older export win over a newer one.
    """

    files: tuple[str, ...]
    dataset: str | None = None
    profile: str | None = None
    map: tuple[str, ...] = ()
    mode: str | None = None
    sheet: str | None = None
    dates: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    currency: str | None = None
    amount: str | None = None
    basis: str | None = None
    year: int | None = None
    as_of: str | None = None
    stage: tuple[str, ...] = ()
    set: tuple[str, ...] = ()
    yes: bool = False
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Read:
    """FILE... to read, nothing is stored."""

    files: tuple[str, ...]
    sheet: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Watch:
    """`once`: one round only; else the terminal comes back for more until it is stopped."""

    once: bool = False


@dataclass(frozen=True)
class Event:
    """The number of an event of the log."""

    event: int


@dataclass(frozen=True)
class Rejects:
    """The rejects of one import, also as CSV; with `repair`, a mended file comes back for them."""

    event: int
    repair: str | None = None
    csv: bool = False


@dataclass(frozen=True)
class Quality:
    """One dataset to look into, or all; as things stood after an event."""

    dataset: str | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Forget:
    """NAME or KEY of whom to forget, what it is (customer, person), and whether only to look."""

    name: str
    kind: str | None = None
    dry_run: bool = False


GOAL_ACTIONS = (
    *("list", "set", "check", "split", "copy", "undo", "withdraw", "revisions"),
    *("review", "reviews", "levers", "import"),
)
"""What `goals` does; known without importing all that it takes to do it."""


@dataclass(frozen=True)
class Goals:
    """What to do (list, set, split, copy, review ...) and with what: metric, number, file.

    For `set`: `target`, or `plus` so many per cent on top of `of`; `each` cuts the period into
    units with a goal each. `reason`: why this goal; `why`: why it changes. For `import`: `mode`,
    what the file replaces, `year` of months without one. For `set`: `review`, how often it is
    reviewed. For `review`: `word`, a person's own judgement, with `note`, `decision`, `next` step;
    `correct`: the review that is said differently. For `split` and `copy`: `by` the members of a
    dimension, all or each `member` named, and `each` unit; `how` a split goes by, `newcomers` the
    share of each member without history, `step` what parts are multiples of; `of` "targets" or
    "actuals" a copy is; `dry_run`: only look.
    """

    action: str = "list"
    what: str | None = None
    target: str | None = None
    period: str | None = None
    where: tuple[str, ...] = ()
    each: str | None = None
    plus: str | None = None
    of: str | None = None
    floor: str | None = None
    stretch: str | None = None
    owner: str | None = None
    under: int | None = None
    reason: str | None = None
    why: str | None = None
    mode: str | None = None
    review: str | None = None
    word: str | None = None
    note: str | None = None
    decision: str | None = None
    next: str | None = None
    correct: int | None = None
    by: str | None = None
    member: tuple[str, ...] = ()
    how: str | None = None
    newcomers: str | None = None
    step: str | None = None
    year: int | None = None
    dry_run: bool = False


TRAINING_ACTIONS = ("list", "import", "undo")
"""What `training` does."""


@dataclass(frozen=True)
class Training:
    """What to do (list, import, undo), with which file or step.

    For `import`: `dates`, the order of day and month, `sheet`, `encoding`; `new_people` lets names
    come along that are like none known; `dry_run`: only look.
    """

    action: str = "list"
    what: str | None = None
    dates: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    new_people: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class File:
    """One file to write or to read."""

    file: str


@dataclass(frozen=True)
class Place:
    """Where the workspace is to be: an address like postgresql://..., "sqlite", or only asked."""

    place: str | None = None


@dataclass(frozen=True)
class Demo:
    """Language of the demo company's names, and its size."""

    lang: str | None = None
    scale: int = 1


PLAIN_TYPES: Mapping[object, tuple[type, ...]] = {
    str: (str,),
    str | None: (str, type(None)),
    int: (int,),
    int | None: (int, type(None)),
    bool: (bool,),
}


def make(kind: type[A], given: Mapping[str, object]) -> A:
    """Arguments of `kind` from names and values; UsageError for a wrong name, type or gap."""
    given = {RENAMED.get(name, name): value for name, value in given.items()}
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]  # kinds are dataclasses
    for name in given:
        if name not in known:
            raise UsageError("usage.argument", name=name, **near(name, known))
    types = get_type_hints(kind)
    missing = [
        name for name, each in known.items() if each.default is MISSING and name not in given
    ]
    if missing:
        raise UsageError("usage.missing", name=missing[0])
    return kind(**{name: _value(name, types[name], value) for name, value in given.items()})


def _value(name: str, wanted: object, value: object) -> object:
    if wanted == tuple[str, ...]:
        if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            return tuple(value)
    elif isinstance(value, PLAIN_TYPES[wanted]) and (wanted is bool or not isinstance(value, bool)):
        return value
    raise UsageError("usage.type", name=name, value=str(value))
