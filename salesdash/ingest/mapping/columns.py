"""Which column fills which field: what the user said, what was remembered, then names.

The company's own names (config.yaml) come before those of profiles.
"""

import re

from rapidfuzz import fuzz, process

from salesdash.datasets import EXTRA_LIMIT, EXTRA_PREFIX, Dataset
from salesdash.datasets.keys import folded
from salesdash.ingest import currencies
from salesdash.ingest.headers import column_name, fold, plain, words_of
from salesdash.ingest.mapping.plan import How, Mapping
from salesdash.ingest.mapping.profiles import NONE, Names, plain_names
from salesdash.ingest.mapping.specs import KEEP, Spec
from salesdash.ingest.reading import OWN_HEADERS, Profile, Table

SIMILAR = 85
TELLING = 4
"""So many letters at least are no end of a name by chance."""

_PRIVATE_NAMES = re.compile(
    r"mail|phone|mobile|tel|fax|address|street|zip|postal|passport|idcard|邮箱|邮件|电话|手机|传真|地址|邮编|身份证"
)
_PRIVATE_VALUES = re.compile(r"[^@\s]+@[^@\s]+\.\w+|\+?\d[\d\s()-]{9,}\d|[\w-]*\d{6,}[\w-]*")

_IDENTITY = re.compile(
    r"(?:\b|_)(?:id|no|nr|code|number|index|row|age|year)\.?$|(?:id|编号|编码|代码|序号|行号|单号|账号|"
    r"卡号|房号|楼栋|書號|书号|條碼|条码|番号|コード|번호|코드|年齡|年龄|年齢|나이|年份|排名)$"
)

_LONG = re.compile(r"\+?\d{11,}")
"""A number of a phone or a card; no amount of money has so many digits."""

Fields = dict[str, tuple[int, How]]
"""Field -> (column number, how it was found)."""


def assign(  # noqa: PLR0913 - everything that decides is an argument
    table: Table,
    dataset: Dataset,
    known: tuple[Names, ...],
    memory: Mapping | None,
    said: tuple[Spec, ...],
    own: Names = NONE,
) -> Fields:
    """The columns of the fields; `own`: the company's own names.

    A column fills one field at most, and a field has one column.
    """
    fields: Fields = {}
    kept = {spec.index for spec in said if spec.field != KEEP and not spec.concerns(dataset)}
    for spec in said:
        if spec.concerns(dataset):
            kept.add(spec.index)
            if spec.field != KEEP and spec.member is None:
                fields[spec.field] = (spec.index, "user")
    if memory is not None:
        _by_memory(table, memory, fields, kept)
    _by_name(table, own, frozenset(), "config", fields, kept)
    ignored = frozenset().union(*(names.ignore for names in known))
    common = plain_names(dataset.name)
    for position, names in enumerate(known):
        how: How = "profile" if position == 0 and names is not common else "synonym"
        _by_name(table, names, ignored, how, fields, kept)
    for code, name in (("customer", "customer_name"), ("product", "product_name")):
        if code not in fields and name in fields and code in dataset.names:
            fields[code] = fields.pop(name)
    return {name: fields[name] for name in dataset.names if name in fields}


def _by_memory(table: Table, memory: Mapping, fields: Fields, kept: set[int]) -> None:
    remembered = {fold(c.header): c for c in memory.columns}
    for index, column in enumerate(table.columns):
        known = remembered.get(fold(column))
        if known is None or index in kept:
            continue
        kept.add(index)
        if known.field is not None and known.member is None and known.field not in fields:
            fields[known.field] = (index, "memory")


def _by_name(  # noqa: PLR0913 - everything that decides is an argument
    table: Table,
    names: Names,
    ignored: frozenset[str],
    how: How,
    fields: Fields,
    kept: set[int],
) -> None:
    folded = folded_headers(table.columns)
    for field, words in names.fields.items():
        if field in fields:
            continue
        for name in words:
            index = folded.get(name)
            if index is not None and index not in kept and name not in ignored:
                fields[field] = (index, how)
                kept.add(index)
                break


def folded_headers(columns: tuple[str, ...]) -> dict[str, int]:
    """Folded header -> column number, the first of equals.

    A header that carries a currency is found without it too (`amount_usd`), where it is the only
    one of that name.
    """
    found = {fold(column): index for index, column in reversed(list(enumerate(columns)))}
    bare = [(fold(currencies.without_code(c)), i) for i, c in enumerate(columns)]
    names = [name for name, _ in bare]
    more = {name: i for name, i in bare if names.count(name) == 1 and name not in found}
    return {**more, **found}


def suggestion(header: str, dataset: Dataset, known: Names) -> str | None:
    """The field whose names are most like this header, if any is much like it.

    Else one whose name ends the header (`BillingCity`), or is ended by it (`name`).
    """
    names = {name: field for field, all_names in known.fields.items() for name in all_names}
    text, words = fold(header), words_of(header)
    found = process.extractOne(text, names.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR)
    ends = ("".join(words[at:]) for at in range(1, len(words)))
    near = [found[0]] if found else [end for end in ends if end in names]
    is_amount = any(text in amounts for amounts in known.amounts.values())
    if not near and len(text) >= TELLING and not is_amount:
        near = [name for name in names if name.endswith(text)]
    field = names[near[0]] if near and len(text) > 1 else None
    return field if field in dataset.names else None


def by_values(profile: Profile, dataset: Dataset) -> str | None:
    """The field that the first values of a column speak for: codes of currencies, stages, money."""
    values = [sample.strip().upper() for sample in profile.samples]
    if not values:
        return None
    if all(value in currencies.CODES for value in values):
        return "currency" if "currency" in dataset.names else None
    stages = plain_names(dataset.name).stages
    if stages and all(folded(value) in stages for value in values):
        return "stage"
    is_money = profile.kind == "odd" and all(currencies.found_in(value) for value in values)
    return "amount" if is_money and "amount" in dataset.names else None


def extra_names(table: Table, used: set[int]) -> dict[int, str]:
    """Column number -> name of the extra column it is kept as; at most 200."""
    names: dict[int, str] = {}
    for index, column in enumerate(table.columns):
        if index in used or column in OWN_HEADERS or len(names) >= EXTRA_LIMIT:
            continue
        name = f"{EXTRA_PREFIX}{column_name(column)}"
        taken = set(names.values())
        number = 2
        while name in taken:
            name, number = f"{EXTRA_PREFIX}{column_name(column)}_{number}", number + 1
        names[index] = name
    return names


def is_identity(header: str, samples: tuple[str, ...]) -> bool:
    """Whether numbers name somebody or something: ids, numbers of phones and cards, ages, years."""
    named = _IDENTITY.search(plain(header).lower()) or _PRIVATE_NAMES.search(fold(header))
    long = sum(1 for sample in samples if _LONG.fullmatch(sample))
    return named is not None or 2 * long > len(samples)


def is_filter(header: str, samples: tuple[str, ...]) -> bool:
    """Not of people's addresses, numbers and ids: those are kept but never offered as filter."""
    if _PRIVATE_NAMES.search(fold(header)):
        return False
    private = sum(1 for sample in samples if _PRIVATE_VALUES.fullmatch(sample))
    return 2 * private <= len(samples)
