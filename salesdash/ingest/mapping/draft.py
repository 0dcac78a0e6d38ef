"""A table with its fields found, before the formats of values and the questions."""

import re
from dataclasses import dataclass, field, replace

from salesdash.datasets import SALES, Dataset
from salesdash.ingest import currencies
from salesdash.ingest.headers import fold
from salesdash.ingest.mapping import amounts, columns, dates, periods, specs, wide
from salesdash.ingest.mapping.plan import COMPUTED, AmountRule, How, Mapping, Overrides
from salesdash.ingest.mapping.profiles import PLAIN, Names, Profile, choose, languages, profiles
from salesdash.ingest.mapping.specs import Spec
from salesdash.ingest.mapping.wide import Spread
from salesdash.ingest.reading import Table

SURE = ("user", "memory", "config")
"""Ways of finding a field that no guess about the amount may overrule."""


PLACES = ("region", "province", "city")
_PLACE = re.compile(r"(?=.*[^\W\d_])[^\d*]{1,40}")
"""A name, and no number of a house."""


_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")


@dataclass(frozen=True)
class Draft:
    """One table with its fields found, before formats and questions.

    `spread`: the columns of a wide table. `elsewhere`: columns that feed another dataset.
    """

    table: Table
    number: int
    dataset: Dataset
    profile: Profile
    fields: columns.Fields
    amount: AmountRule | None = None
    spread: Spread | None = None
    memory: Mapping | None = None
    said: tuple[Spec, ...] = ()
    elsewhere: frozenset[int] = frozenset()
    values: dict[str, str] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, int]:
        """Field -> column number."""
        return {field: index for field, (index, _) in self.fields.items()}

    @property
    def names(self) -> Names:
        """What its profile calls the fields of its dataset."""
        return self.profile.of(self.dataset.name)

    @property
    def known(self) -> tuple[Names, ...]:
        """The names that are looked for, best first: the profile's, then those in common use.

        Last those of other languages that a header speaks.
        """
        common = profiles()[PLAIN].of(self.dataset.name)
        first = () if self.profile.name == PLAIN else (self.names,)
        spoken = (each for each in languages(self.table.columns) if each is not self.profile)
        return (*first, common, *(each.of(self.dataset.name) for each in spoken))


def missing(draft: Draft) -> list[frozenset[str]]:
    """The required groups of which no alternative is mapped."""
    have = {*draft.fields, *draft.values}
    if draft.spread is not None:
        have |= {draft.spread.field, draft.spread.by}
    return [
        frozenset().union(*group)
        for group in draft.dataset.required
        if not any(fields <= have for fields in group)
    ]


def begin(
    table: Table, number: int, dataset: Dataset, memory: Mapping | None, said: Overrides
) -> Draft:
    """The fields that headers, memory and the user name; nothing is taken from values yet."""
    known = memory if memory and memory.fingerprint == table.fingerprint else None
    name = said.profile or (known.profile if known else None)
    profile = choose(table.columns, name, dataset.name)
    told = specs.specs(table, said)
    elsewhere = {s.index for s in told if s.field != specs.KEEP and not s.concerns(dataset)}
    elsewhere -= {spec.index for spec in told if spec.concerns(dataset)}
    draft = Draft(
        table=table,
        number=number,
        dataset=dataset,
        profile=profile,
        fields={},
        memory=known,
        said=told,
        elsewhere=frozenset(elsewhere),
        values={f: v for f, v in (said.values or {}).items() if f in dataset.names},
    )
    own = Names({f: _folded(names) for f, names in _own_headers(dataset, said).items()})
    found = columns.assign(table, dataset, draft.known, known, told, own)
    wrong = (_is_no_share, _is_no_place, are_rounded)
    found = {n: place for n, place in found.items() if not any(w(table, n, place) for w in wrong)}
    draft = _with_amount(replace(draft, fields=_dated(found, dataset)), said)
    draft = _of_one_currency(draft)
    used = set(draft.places.values())
    if dataset is SALES and str(dataset.date) in draft.fields:  # each row has its day
        return draft
    spread = wide.find(table, dataset, used, told, known, said.year)
    return draft if spread is None else _spread_out(draft, spread)


def _dated(found: columns.Fields, dataset: Dataset) -> columns.Fields:
    """The fields; an order of which only the payment has a day is of that day."""
    if dataset is not SALES or "paid_at" not in found or "ordered_at" in found:
        return found
    if SALES.date in found:
        return found
    place = found["paid_at"]
    return {str(SALES.date): place, **{f: p for f, p in found.items() if f != "paid_at"}}


def _is_no_place(table: Table, name: str, place: tuple[int, How]) -> bool:
    """Whether a province or city is an address, by its values, or hidden by signs."""
    index, how = place
    samples = table.profiles[index].samples
    if name not in PLACES or how in SURE or not samples:
        return False
    named = [each for each in samples if _PLACE.fullmatch(each.strip())]
    return 2 * len(named) < len(samples)


def are_rounded(table: Table, name: str, place: tuple[int, How]) -> bool:
    """Whether a spreadsheet wrote the numbers of documents as 2.40E+17: they are lost."""
    index, how = place
    cells = [row[index].strip() for row in table.head if row[index].strip()]
    rounded = sum(1 for cell in cells if _ROUNDED.fullmatch(cell))
    return name == "document" and how not in SURE and 2 * rounded > len(cells)


def _is_no_share(table: Table, name: str, place: tuple[int, How]) -> bool:
    """Whether a discount is money off, by its values: above 100, or with the sign of a currency."""
    index, how = place
    return name == "discount" and how not in SURE and amounts.is_money_off(table, index)


def _own_headers(dataset: Dataset, said: Overrides) -> dict[str, tuple[str, ...]]:
    return (said.headers or {}).get(dataset.name, {})


def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(name) for name in names)


def _spread_out(draft: Draft, spread: Spread) -> Draft:
    """Its fields without those that the wide columns fill."""
    taken = {spread.field, spread.by}
    if spread.by in wide.BY_MONTH:  # a floor of the year is none of its months
        taken |= {"period_end", "floor", "stretch"}
    fields = {
        name: place
        for name, place in draft.fields.items()
        if name not in taken and place[0] not in spread.members
    }
    amount = _of_periods(draft.table, spread) if draft.dataset is SALES else draft.amount
    values = {**spread.values, **draft.values}
    return replace(draft, fields=fields, amount=amount, spread=spread, values=values)


def _of_periods(table: Table, spread: Spread) -> AmountRule:
    """The amount of a table with a column for each month."""
    headers = [table.columns[index] for index in sorted(spread.members)]
    return AmountRule(f"{headers[0]} … {headers[-1]}", "line", "amount.periods")


def completed(draft: Draft) -> Draft:
    """With the only column of dates as the date, where a date is required and none is named.

    Without any, the only column of periods (`Apr-18`), else that of the years.
    """
    wanted = draft.dataset.date
    if not any(wanted in group for group in missing(draft)):
        return draft
    used = set(draft.places.values())
    dated = [
        index
        for index, profile in enumerate(draft.table.profiles)
        if index not in used
        and profile.kind in ("date", "moment", "odd")
        and dates.decide(profile, "dmy").read >= max(1, profile.filled) * amounts.CHECKED_SHARE
    ]
    if not dated:
        dated = _of_periods_alone(draft, used)
    if len(dated) != 1:
        return draft
    return replace(draft, fields={**draft.fields, str(wanted): (dated[0], "values")})


def currency(draft: Draft) -> str | None:
    """The currency that the header of the amount carries: `amount_usd`."""
    index = draft.places.get("amount")
    return None if index is None else currencies.named_in(draft.table.columns[index])


def _of_one_currency(draft: Draft) -> Draft:
    """Without a column of currencies where the amount has its own: that is of another amount."""
    is_sure = draft.fields.get("currency", (0, "none"))[1] in SURE
    if is_sure or currency(draft) is None:
        return draft
    return replace(draft, fields={n: p for n, p in draft.fields.items() if n != "currency"})


def _of_periods_alone(draft: Draft, used: set[int]) -> list[int]:
    """The columns of months or quarters with their year; without any, that of years."""
    free = [i for i in range(len(draft.table.columns)) if i not in used]
    named = [i for i in free if fold(draft.table.columns[i]) in periods.YEAR]
    written = [i for i in free if i not in named and periods.are_dated(draft.table.profiles[i])]
    return written or [i for i in named if periods.are_periods(draft.table.profiles[i])]


def _with_amount(draft: Draft, said: Overrides) -> Draft:
    """Of sales, the amount among its candidates; elsewhere it is a field like others."""
    if draft.dataset is not SALES:
        return draft
    amount = _amount(draft, said)
    if amount is None or amount.name == COMPUTED:
        return replace(draft, amount=amount)
    index = draft.table.columns.index(amount.name)
    fields = {name: place for name, place in draft.fields.items() if place[0] != index}
    fields["amount"] = (index, _named(draft, amount, said))
    return replace(draft, fields=fields, amount=amount)


def _named(draft: Draft, amount: AmountRule, said: Overrides) -> How:
    """How the column of the amount was found."""
    if said.amount:
        return "user"
    found = draft.fields.get("amount")
    if draft.memory is not None and draft.memory.amount.name == amount.name:
        return found[1] if found is not None and found[1] in SURE else "memory"
    return "synonym" if draft.profile.name == PLAIN else "profile"


def _amount(draft: Draft, said: Overrides) -> AmountRule | None:
    roles = amounts.find(draft.table.columns, draft.known)
    taken = {i for f, (i, how) in draft.fields.items() if how in SURE and f != "amount"}
    taken |= draft.elsewhere
    roles = {i: role for i, role in roles.items() if i not in taken}
    filled = {i: role for i, role in roles.items() if draft.table.profiles[i].filled}
    if filled or {"price", "quantity"} <= draft.places.keys():
        roles = filled  # formulas that nobody worked out are no amounts
    index, how = draft.fields.get("amount", (0, "none"))
    given = said.amount or (draft.table.columns[index] if how in ("user", "config") else None)
    given = given or (draft.memory.amount.name if draft.memory else None)
    totals = amounts.of_documents(draft.table, roles, draft.places)
    roles = amounts.after_discounts(draft.table, roles, draft.known)
    rule = amounts.decide(draft.table.columns, roles, draft.names, draft.places, totals)
    return rule if given is None else _given_amount(draft.table, given, rule)


def _given_amount(table: Table, given: str, rule: AmountRule | None) -> AmountRule | None:
    """The amount as it was named; of a table that has no such column, the rule without that."""
    others = rule.candidates if rule else ()
    same = next((c for c in others if c.name == given), None)
    if same is not None:
        return AmountRule(same.name, same.role, "amount.given", candidates=others)
    index = specs.position(table, given)
    if index is None:
        return rule
    return AmountRule(table.columns[index], "given", "amount.given", candidates=others)
