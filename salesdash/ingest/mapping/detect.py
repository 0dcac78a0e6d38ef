"""Which dataset a table holds, from the set of its headers, its keys, and what it is called.

A header that any dataset knows is worth a point, one that only this dataset calls so three more, as
are a name of file or sheet that says so and a profile made for it. The best wins with a lead of
`MARGIN`; short of that it is asked. Order lines are the default: another dataset needs something
that only it would have.
"""

import re
from dataclasses import dataclass, replace

from salesdash.datasets import DATASETS, SALES, TARGETS, Dataset
from salesdash.ingest.headers import fold, plain
from salesdash.ingest.mapping import amounts, periods, profiles, specs, wide
from salesdash.ingest.mapping import draft as drafts
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import Mapping, Overrides
from salesdash.ingest.mapping.profiles import PLAIN, plain_names, telling
from salesdash.ingest.mapping.specs import KEEP, Spec
from salesdash.ingest.reading import Reading, Table

KNOWN, TELLING, MARGIN = 1, 3, 2
SURELY = 2
"""So many telling headers leave no doubt."""

LEAST = 2
"""A list of customers, products or people has at least so many columns that we know."""

_WORDS = re.compile(r"[a-z]+")
_PLANNED = re.compile(
    r"target|quota|goal|budget|plan|forecast|objecti|objetivo|ziel|soll|目标|任务|指标|预算|计划|预测"
)
_SOLD = re.compile(
    r"sales|sold|revenue|turnover|actual|invoiced|umsatz|ventes|ventas|vendas|vendite|fatturato"
    r"|omzet|sprzeda|销售|营收|营业额|业绩|收入|实际"
)


@dataclass(frozen=True)
class Fit:
    """How well a table fits a dataset; `telling`: points that only this dataset gets."""

    draft: Draft
    known: int
    telling: int

    @property
    def score(self) -> int:
        """All points."""
        return self.known + self.telling


@dataclass(frozen=True)
class Found:
    """What a table holds; `rivals`: datasets that fit nearly as well, best first."""

    draft: Draft
    rivals: tuple[str, ...] = ()
    beside: bool = False  # columns that feed a second dataset


def datasets_of(
    table: Table, number: int, reading: Reading, memory: tuple[Mapping, ...], said: Overrides
) -> tuple[Found, ...]:
    """The datasets that a table feeds; none if it holds nothing we know."""
    told = specs.specs(table, said)
    known = {m.dataset: m for m in memory if m.fingerprint == table.fingerprint}
    if other_kind(table, memory, said) is not None:
        return ()
    drafts_of = {
        name: drafts.begin(table, number, DATASETS[name], known.get(name), said)
        for name in _possible(told, said)
    }
    again = [draft for name, draft in drafts_of.items() if name in known]
    if again:
        if len(again) == 1:
            return (Found(again[0]),)
        return tuple(Found(_as_before(draft), beside=_stands_beside(draft)) for draft in again)
    names = _called(table, reading)
    all_fits = [_fit(draft, names) for draft in drafts_of.values()]
    fits = [fit for fit in all_fits if _is_whole(fit.draft)]
    if _is_another(all_fits, fits):
        return ()
    main = [fit for fit in fits if not _stands_beside(fit.draft)]
    first = _by_month(main, _title(table, reading)) or _best(main)
    beside = tuple(
        Found(fit.draft, beside=first is not None)
        for fit in fits
        if _stands_beside(fit.draft) and (first is None or _leaves_room(first.draft))
    )
    return (*((first,) if first is not None else ()), *beside)


def other_kind(table: Table, memory: tuple[Mapping, ...], said: Overrides) -> str | None:
    """The kind of a table that holds no dataset: contacts, quotes ...; None once anybody said."""
    if specs.specs(table, said) or any(m.fingerprint == table.fingerprint for m in memory):
        return None
    return profiles.other_kind(table.columns)


def _as_before(draft: Draft) -> Draft:
    """With the columns left to the other datasets of the table that were left to them before."""
    kept = draft.memory.columns if draft.memory is not None else ()
    left = {fold(c.header) for c in kept if c.field is None and c.extra is None}
    said = {spec.index for spec in draft.said if spec.concerns(draft.dataset)}
    columns = enumerate(draft.table.columns)
    others = {index for index, header in columns if fold(header) in left} - said
    return replace(draft, elsewhere=draft.elsewhere | others)


def _possible(told: tuple[Spec, ...], said: Overrides) -> list[str]:
    """The datasets that have all fields that were named without a dataset."""
    fields = {s.field for s in told if s.dataset is None and s.field != KEEP}
    fields |= set(said.values or {})
    given = {s.dataset for s in told if s.dataset is not None and s.field != KEEP}
    found = [name for name, dataset in DATASETS.items() if fields <= set(dataset.names)]
    if not found:  # each is of some dataset: the first says which
        found = [name for name in DATASETS if specs.holders(min(fields), name)]
    return [name for name in DATASETS if name in found or name in given]


def _is_whole(draft: Draft) -> bool:
    """Whether all required is there by name, and a list of keys names each once."""
    if drafts.missing(draft):
        return False
    if not draft.dataset.reference:
        return True
    if draft.dataset.name != "products" and _counts(draft.table):
        return False
    key = draft.places.get(str(draft.dataset.unit))
    if key is None or len(draft.fields) < LEAST:
        return False
    cells = [plain(row[key]) for row in draft.table.head if row[key].strip()]
    if draft.dataset.name == "people":  # those who moved have several entries
        return 2 * len(set(cells)) >= len(cells) and not _holds_sales(draft.table)
    return len(set(cells)) == len(cells)


def _holds_sales(table: Table) -> bool:
    """Whether figures of sales stand in a table: no list of people has them."""
    named = {*amounts.find(table.columns, (plain_names(SALES.name),))}
    named |= {i for i, header in enumerate(table.columns) if periods.month_of(header)}
    return any(table.profiles[index].kind in ("number", "odd") for index in named)


def _counts(table: Table) -> bool:
    """Whether rows have a quantity and a price: something happened, it is no list of keys."""
    headers = {fold(column) for column in table.columns}
    names = plain_names(SALES.name).fields
    return all(not headers.isdisjoint(names[field]) for field in ("quantity", "price"))


def _fit(draft: Draft, called: frozenset[str]) -> Fit:
    name = draft.dataset.name
    used = [fold(draft.table.columns[index]) for index in draft.places.values()]
    only = sum(1 for header in used if telling().get(header) == name)
    only += sum(1 for spec in draft.said if specs.holders(spec.field, spec.dataset) == (name,))
    only += sum(1 for _, how in draft.fields.values() if how == "config")
    only += 1 if called & set(plain_names(name).called) else 0
    only += 1 if draft.profile.name != PLAIN else 0
    only += 1 if draft.spread is not None else 0
    return Fit(draft, KNOWN * len(used), TELLING * only)


def _best(fits: list[Fit]) -> Found | None:
    ranked = sorted(
        fits, key=lambda fit: (-fit.score, list(DATASETS).index(fit.draft.dataset.name))
    )
    lines = next((fit for fit in ranked if fit.draft.dataset is SALES), None)
    ranked = [fit for fit in ranked if fit is lines or _is_likely(fit, lines)]
    if not ranked:
        return None
    first, *others = ranked
    near = [fit.draft.dataset.name for fit in others if first.score - fit.score < MARGIN]
    return Found(first.draft, tuple(near))


def _by_month(fits: list[Fit], called: str) -> Found | None:
    """Columns of months are what was sold or what is to be: words say which, else it is asked."""
    found = {
        fit.draft.dataset.name: fit.draft
        for fit in fits
        if fit.draft.spread is not None and fit.draft.spread.by in wide.BY_MONTH
    }
    planned, sold = found.get(TARGETS.name), found.get(SALES.name)
    if planned is None:
        return None
    text = " ".join((called, *planned.table.columns)).lower()
    is_told = "metric" in planned.fields or planned.profile.name != PLAIN
    if is_told or _PLANNED.search(text):
        return Found(planned)
    if sold is not None and _SOLD.search(text):
        return Found(sold)
    return Found(planned, (SALES.name,))


def _is_another(all_fits: list[Fit], whole: list[Fit]) -> bool:
    """Whether headers tell of a dataset that lacks what it requires: no other will do.

    Several of them do, or the number of an order where only a list of keys would be left.
    """
    if all(fit.draft.dataset.reference for fit in whole) and any(map(_names_documents, all_fits)):
        return True
    most = max(fit.telling for fit in all_fits)
    return most >= SURELY * TELLING and most > max((fit.telling for fit in whole), default=0)


def _names_documents(fit: Fit) -> bool:
    """Order lines by the number of their order: no list of keys has one."""
    return fit.draft.dataset is SALES and "document" in fit.draft.fields


def _is_likely(fit: Fit, lines: Fit | None) -> bool:
    """A date or a name alone is no lead yet; a list of keys will do where no order line is."""
    return fit.telling > 0 or (fit.draft.dataset.reference and lines is None)


def _stands_beside(draft: Draft) -> bool:
    return draft.spread is not None and draft.spread.asides


def _leaves_room(draft: Draft) -> bool:
    """Only rows without a number of their own share a table with the spend of their dates."""
    return draft.dataset is SALES and "document" not in draft.fields


def _called(table: Table, reading: Reading) -> frozenset[str]:
    """The words in the names of the file and of the table's sheets."""
    text = _title(table, reading)
    known = {word for name in DATASETS for word in plain_names(name).called}
    chinese = {word for word in known if not word.isascii() and word in text}
    return frozenset(_WORDS.findall(text)) | chinese


def _title(table: Table, reading: Reading) -> str:
    """What a table is called: its sheets, its title, and the file if it has no other tables."""
    names = [sheet.name for sheet in reading.sheets_of(table)]
    if len(reading.tables) == 1:
        names.append(reading.file.rpartition(".")[0])
    return " ".join(plain(name).lower() for name in (*names, table.title))


def guess(reading: Reading, said: Overrides) -> Dataset:
    """The dataset to ask about when no table has all that any of them requires."""
    best, points = None, -1
    for number, table in enumerate(reading.tables):
        for name in _possible(specs.specs(table, said), said):
            fit = _fit(drafts.begin(table, number, DATASETS[name], None, said), frozenset())
            is_no_list = not drafts.missing(fit.draft) and not _is_whole(fit.draft)
            if fit.telling > points and not is_no_list:
                best, points = DATASETS[name], fit.telling
    return best or SALES
