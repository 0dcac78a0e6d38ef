"""Keys of facts against the lists of customers, products and people: what lacks is told."""

from collections.abc import Iterator
from dataclasses import replace

from salesdash.datasets import DATASETS, Dataset
from salesdash.datasets.keys import told, unmatched
from salesdash.errors import Problem
from salesdash.imports.request import Staged
from salesdash.imports.rows import kept

LISTS = {"customers": "customer", "products": "product", "people": "person"}
"""Reference set -> the field of facts that holds its key."""

NAMES = {"customers": "customer_name", "products": "product_name"}
"""Reference set -> the name by which facts may call its entries, too."""

MOST = 20_000
"""So many different keys are compared at most."""


def compared(staged: Staged) -> Staged:
    """The staged import; each part warns of keys that a list lacks, facts and lists alike."""
    first, *others = (_told(part, staged) for part in staged.parts)
    return replace(first, others=tuple(others))


def _told(part: Staged, whole: Staged) -> Staged:
    if part.cleaned is None:  # pragma: no cover - only clean rows come here
        return part
    found = part.dataset.reference and part.dataset.name in LISTS
    warnings = _of_list(part) if found else _of_facts(part, whole)
    cleaned = replace(part.cleaned, warnings=(*part.cleaned.warnings, *warnings))
    return replace(part, cleaned=cleaned)


def _of_facts(part: Staged, whole: Staged) -> Iterator[Problem]:
    """Keys of these rows that are in no list, where there is a list."""
    for reference, field in LISTS.items():
        if field not in part.dataset.names:
            continue
        known = {*_stored(part, DATASETS[reference], field)}
        for other in whole.parts:
            if other.dataset.name == reference:
                known |= {*_coming(other, field)}
        if known:
            yield from told(unmatched(_coming(part, field), sorted(known)), reference)


def _of_list(part: Staged) -> Iterator[Problem]:
    """Keys of stored facts that are neither in this list nor in what is stored of it."""
    field = LISTS[part.dataset.name]
    known = sorted({*_coming(part, field), *_stored(part, part.dataset, field)})
    facts = (d for d in DATASETS.values() if not d.reference and field in d.names)
    used = dict.fromkeys(key for dataset in facts for key in _stored(part, dataset, field))
    yield from told(unmatched(used, known), part.dataset.name)


def _coming(part: Staged, field: str) -> list[str]:
    return _keys(part, kept(part.rows_file, part.dataset.columns), part.dataset, field)


def _stored(part: Staged, dataset: Dataset, field: str) -> list[str]:
    return _keys(part, part.home.warehouse.relation(dataset.name), dataset, field)


def _keys(part: Staged, relation: str, dataset: Dataset, field: str) -> list[str]:
    """The different keys of rows; of a list also the names of its entries."""
    fields = [name for name in (field, NAMES.get(dataset.name)) if name is not None]
    found: list[str] = []
    for name in fields:
        rows = part.home.engine.rows(
            f"select distinct {name} as key from {relation} as r "  # noqa: S608 - our own names
            f"where {name} is not null order by key limit {MOST}"
        )
        found += [row[0] for row in rows]
    return found
