"""Profiles: what the exports of one kind call things, read from profiles/*.yaml.

A profile names the fields of several datasets. `fields` and `amounts` of its file mean `sales`,
`datasets` the others; the plain profile has a file for each in profiles/plain/.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from salesdash import texts
from salesdash.datasets import DATASETS, Field, Kind
from salesdash.datasets.keys import folded
from salesdash.errors import UsageError
from salesdash.ingest.headers import fold

PLAIN = "plain"
SALES = "sales"
ENOUGH = 3
"""So many headers of its signature make a file one of this kind."""

ABSENT = "!"
"""Marks a header that a table of an other kind must not have."""

GENERAL = (
    "modified_at",
    "currency",
    "customer",
    "customer_name",
    "product",
    "product_name",
    "category",
    "subcategory",
    "brand",
    "segment",
    "region",
    "country",
    "province",
    "city",
    "channel",
    "campaign",
    "team",
    "person",
    "manager",
    "payment_method",
    "status",
)
"""Fields that files of all datasets call the same; their names stand with `sales`."""

PERSONAL = frozenset(map(fold, ("first name", "last name", "full name", "contact name")))
"""Names of anybody: of leads, contacts, customers or staff."""

WORDED = ("stage", "outcome", "metric", "cost_type", "purpose")
"""Fields whose words decide something: all different values of their columns are read."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """What one kind of file calls the fields of one dataset: folded, in order of preference.

    `called`: words of a file or sheet name that say so. `stages`: folded stage -> outcome;
    `outcomes`: the same for a column of outcomes. `metrics`: folded name -> id of a metric.
    """

    fields: Mapping[str, Words] = field(default_factory=dict)
    amounts: Mapping[str, Words] = field(default_factory=dict)  # candidates, sales only
    called: Words = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, str] = field(default_factory=dict)
    signature: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()  # names given for this dataset, not for all
    unpaid_is_void: bool = False
    amount: str | None = None  # role that is the amount in this kind of file
    once: frozenset[str] = frozenset()  # stand in the first line of a document only
    off: Mapping[str, Words] = field(default_factory=dict)  # money off: see `plan.Off`
    metric: str | None = None  # what targets without a metric are of

    def score(self, headers: frozenset[str]) -> int:
        """How many headers of its kind the file has; 0 without any of those it must have."""
        return len(self.signature & headers) if self.needs & headers else 0


NONE = Names()


@dataclass(frozen=True)
class Profile:
    """One kind of export, and its names for each dataset it holds."""

    name: str
    title: dict[str, str]
    evidence: dict[str, str]
    level: str  # A vendor documentation .. D recalled
    names: Mapping[str, Names]
    void: Words = ()  # words of a status that say: does not count
    void_flags: Words = ()  # headers of columns in which yes says so
    life: Words = ()  # those of a record's own state, whatever its business state
    others: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)  # see `other_kind`
    language: str | None = None  # of names in common use in one language: see `languages`

    def of(self, dataset: str) -> Names:
        """Its names for a dataset; none if it does not hold that."""
        return self.names.get(dataset, NONE)


@cache
def profiles() -> dict[str, Profile]:
    """All profiles that come with salesdash, by name."""
    folder = resources.files("salesdash.ingest") / "profiles"
    files = sorted(_yaml_files(folder), key=lambda file: file.name)
    found = (_profile(_loaded(file), folder) for file in files)
    return {profile.name: profile for profile in found}


def plain_names(dataset: str) -> Names:
    """The names in common use for a dataset."""
    return profiles()[PLAIN].of(dataset)


def choose(headers: Iterable[str], name: str | None = None, dataset: str = SALES) -> Profile:
    """The profile the user named, else the one whose set of headers fits best, else the plain."""
    known = profiles()
    if name is not None:
        if name not in known:
            raise UsageError("mapping.no_such_profile", profile=name, known=", ".join(known))
        return known[name]
    folded = frozenset(fold(header) for header in headers)
    best = max(known.values(), key=lambda profile: profile.of(dataset).score(folded))
    return best if best.of(dataset).score(folded) >= ENOUGH else known[PLAIN]


def languages(headers: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles of languages that some header is surely of, the one with the most first.

    A file may mix them: `Quantity, Price per Unit, Remise (%)`.
    """
    folded = frozenset(fold(header) for header in headers)
    spoken = [
        (len(profile.of(SALES).needs & folded), profile)
        for profile in profiles().values()
        if profile.language is not None
    ]
    ranked = sorted(spoken, key=lambda each: -each[0])
    return tuple(profile for heard, profile in ranked if heard)


def other_kind(headers: Iterable[str]) -> str | None:
    """The kind of a table that is known to hold no dataset: contacts, quotes ...

    Told by headers that stand together, one of them perhaps missing; the longest list decides.
    """
    folded = {fold(header) for header in headers}
    fitting = [
        (len(names), kind)
        for profile in profiles().values()
        for kind, lists in profile.others.items()
        for names in lists
        if all((name.removeprefix(ABSENT) in folded) != name.startswith(ABSENT) for name in names)
    ]
    return max(fitting)[1] if fitting else None


@cache
def telling() -> Mapping[str, str]:
    """Header -> the one dataset that any profile gives this name for a field of its own."""
    pairs = {
        (name, dataset)
        for profile in profiles().values()
        for dataset, names in profile.names.items()
        for name in names.own
    }
    times = Counter(name for name, _ in pairs)
    general = {
        name
        for profile in profiles().values()
        for field in GENERAL
        for name in profile.of(SALES).fields.get(field, ())
    }
    vague = general | PERSONAL
    return {name: dataset for name, dataset in pairs if times[name] == 1 and name not in vague}


@cache
def _vocabulary() -> frozenset[str]:
    found = (names for p in profiles().values() for names in p.names.values())
    lists = [words for n in found for words in (*n.fields.values(), *n.amounts.values())]
    return frozenset(name for names in lists for name in names)


def is_known(header: str) -> bool:
    """Whether any profile knows a column of this name."""
    return fold(header) in _vocabulary()


@cache
def _worded() -> frozenset[str]:
    found = (names for p in profiles().values() for names in p.names.values())
    return frozenset(name for n in found for field in WORDED for name in n.fields.get(field, ()))


def is_worded(header: str) -> bool:
    """Whether a column of this name may hold words that decide something, like a stage."""
    return fold(header) in _worded()


@cache
def _measured() -> frozenset[str]:
    found = (pair for profile in profiles().values() for pair in profile.names.items())
    lists = [
        words
        for dataset, names in found
        for words in (
            *names.amounts.values(),
            *(w for f, w in names.fields.items() if _is_measure(DATASETS[dataset].field(f))),
        )
    ]
    return frozenset(name for words in lists for name in words)


def _is_measure(field: Field) -> bool:
    return field.kind not in (Kind.TEXT, Kind.CODE)


def is_measured(header: str) -> bool:
    """Whether a column of this name may hold dates or numbers, in whatever writing."""
    return fold(header) in _measured()


def _yaml_files(folder: Traversable) -> list[Traversable]:
    return [file for file in folder.iterdir() if file.name.endswith(".yaml")]


def _loaded(file: Traversable) -> dict[str, Any]:
    """Every child reads all of them: libyaml, where it is, does it ten times as fast."""
    fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), fastest)  # noqa: S506
    return data


def _profile(data: dict[str, Any], folder: Traversable) -> Profile:
    parts = {SALES: data, **data.get("datasets", {})}
    more = folder / data["name"]
    if more.is_dir():
        parts |= {file.name.removesuffix(".yaml"): _loaded(file) for file in _yaml_files(more)}
    general = _fields({name: data.get("fields", {}).get(name, ()) for name in GENERAL})
    names = {
        dataset: _names(parts[dataset], dataset, {} if dataset == SALES else general)
        for dataset in DATASETS
        if dataset in parts
    }
    if data["name"] == PLAIN:
        names = {dataset: _with_labels(each, dataset) for dataset, each in names.items()}
    return Profile(
        name=data["name"],
        title=data["title"],
        evidence=data["evidence"],
        level=data["level"],
        names=names,
        void=tuple(data.get("void", ())),
        void_flags=_folded(data.get("void_flags", ())),
        life=tuple(data.get("life", ())),
        language=data.get("language"),
        others={
            kind: tuple(tuple(_marked(str(name)) for name in names) for names in lists)
            for kind, lists in data.get("others", {}).items()
        },
    )


def _names(data: dict[str, Any], dataset: str, general: dict[str, Words]) -> Names:
    own = _fields(data.get("fields", {}))
    known = DATASETS[dataset].names
    fields = {name: (*own.get(name, ()), *general.get(name, ())) for name in (*own, *general)}
    amounts = _fields(data.get("amounts", {}))
    every = frozenset(name for words in (*own.values(), *amounts.values()) for name in words)
    needs = frozenset(_folded(data.get("signature_needs", ())))
    return Names(
        fields={name: words for name, words in fields.items() if words and name in known},
        amounts=amounts,
        called=_folded(data.get("called", ())),
        stages=_meanings(data.get("stages", {})),
        outcomes=_meanings(data.get("outcomes", {})),
        metrics=_meanings(data.get("metrics", {})),
        signature=frozenset(_folded(data["signature"])) if "signature" in data else every,
        needs=needs,
        ignore=frozenset(_folded(data.get("ignore", ()))),
        own=every,
        unpaid_is_void=bool(data.get("unpaid_is_void", False)),
        amount=data.get("amount"),
        metric=data.get("metric"),
        once=frozenset(_folded(data.get("once", ()))),
        off=_fields(data.get("money_off", {})),
    )


def _with_labels(names: Names, dataset: str) -> Names:
    """With our own words for the fields last, as templates and screens have them.

    The words of fields that no other dataset has tell the dataset.
    """
    fields, own = dict(names.fields), set(names.own)
    for name in DATASETS[dataset].names:
        if (dataset, name) == (SALES, "amount"):  # found by its own rules
            continue
        labels = _folded(texts.t(f"fields.{name}", lang) for lang in texts.LANGUAGES)
        fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *labels)))
        if sum(1 for other in DATASETS.values() if name in other.names) == 1:
            own.update(labels)
    return replace(names, fields=fields, own=frozenset(own))


def _fields(data: Mapping[str, Iterable[object]]) -> dict[str, Words]:
    return {name: _folded(names) for name, names in data.items()}


def _meanings(data: Mapping[str, Iterable[object]]) -> dict[str, str]:
    """Meaning -> its words, as folded word -> meaning."""
    return {folded(str(word)): meaning for meaning, words in data.items() for word in words}


def _marked(name: str) -> str:
    """A header of an other kind, folded behind its mark."""
    mark = ABSENT if name.startswith(ABSENT) else ""
    return mark + fold(name.removeprefix(ABSENT))


def _folded(names: Iterable[object]) -> Words:
    return tuple(fold(str(name)) for name in names)
