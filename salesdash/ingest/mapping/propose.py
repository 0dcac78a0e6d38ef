"""The proposal: a plan for the table that fits the dataset, with the questions it leaves open."""

from dataclasses import replace

from salesdash.datasets import EXTRA_LIMIT, Dataset
from salesdash.errors import DataRefused, Place, Problem, UsageError
from salesdash.ingest.headers import fold, plain
from salesdash.ingest.mapping import amounts, columns, dates
from salesdash.ingest.mapping.draft import Draft, missing
from salesdash.ingest.mapping.formats import file_decimal, formatted, remembered
from salesdash.ingest.mapping.plan import (
    COMPUTED,
    AmountRule,
    ColumnMap,
    How,
    Mapping,
    Overrides,
    Question,
    StatusRule,
)
from salesdash.ingest.mapping.profiles import PLAIN, Profile, choose, profiles
from salesdash.ingest.mapping.questions import amount_questions, once, required_questions
from salesdash.ingest.reading import OWN_HEADERS, Reading, Table

UNUSED: tuple[str | None, How] = (None, "none")


def propose(
    reading: Reading,
    dataset: Dataset,
    memory: Mapping | None = None,
    overrides: Overrides | None = None,
) -> Mapping:
    """The mapping of a reading to a dataset.

    `memory` is the mapping kept under `Table.fingerprint` of an earlier file, if any. Raises
    DataRefused when nothing can become rows: no records, or no column for a required field and
    none that could be asked about; UsageError for an override that names nothing.
    """
    said = overrides or Overrides()
    drafts = [_draft(table, at, dataset, memory, said) for at, table in _tables(reading, said)]
    draft, rivals = _fitting(drafts, dataset, reading)
    mapping = _plan(draft, dataset, said)
    if not draft.table.books.rows and not draft.table.books.rejected:
        raise DataRefused("data.no_rows", place=Place(reading.file))
    questions = (*rivals, *mapping.questions)
    return replace(mapping, questions=questions)


def _tables(reading: Reading, said: Overrides) -> list[tuple[int, Table]]:
    tables = list(enumerate(reading.tables))
    if said.sheet is None or len(tables) == 1:
        return tables
    wanted = plain(said.sheet).lower()
    sheets = {s.index for s in reading.sheets if plain(s.name).lower() == wanted}
    chosen = [(at, table) for at, table in tables if sheets & set(table.sheets)]
    if not chosen:
        names = ", ".join(s.name for s in reading.sheets)
        raise UsageError("file.no_such_sheet", sheet=said.sheet, sheets=names)
    return chosen


def _draft(
    table: Table, number: int, dataset: Dataset, memory: Mapping | None, said: Overrides
) -> Draft:
    remembered = memory if memory and memory.fingerprint == table.fingerprint else None
    name = said.profile or (remembered.profile if remembered else None)
    profile = choose(table.columns, name)
    plain_one = profiles()[PLAIN]
    known = (profile,) if profile is plain_one else (profile, plain_one)
    fields = columns.assign(table, dataset, known, remembered, said)
    if not fields.keys() & {"order_date", "ordered_at"}:
        fields = _dated_by_values(table, fields)
    amount = _amount(table, profile, known, fields, said, remembered)
    if amount is not None and amount.name != COMPUTED:
        index = table.columns.index(amount.name)
        fields = {f: place for f, place in fields.items() if place[0] != index}
        how: How = "user" if said.amount else ("profile" if profile is not plain_one else "synonym")
        fields["amount"] = (index, how)
    return Draft(table, number, profile, fields, amount, remembered)


def _dated_by_values(table: Table, fields: columns.Fields) -> columns.Fields:
    """The only column that reads as dates is the date."""
    used = {index for index, _ in fields.values()}
    dated = [
        index
        for index, profile in enumerate(table.profiles)
        if index not in used
        and profile.kind in ("date", "moment", "odd")
        and dates.decide(profile, "dmy").read >= max(1, profile.filled) * amounts.CHECKED_SHARE
    ]
    return {**fields, "order_date": (dated[0], "values")} if len(dated) == 1 else fields


def _amount(  # noqa: PLR0913 - everything that decides is an argument
    table: Table,
    profile: Profile,
    known: tuple[Profile, ...],
    fields: columns.Fields,
    said: Overrides,
    remembered: Mapping | None,
) -> AmountRule | None:
    places = {field: index for field, (index, _) in fields.items()}
    roles = amounts.find(table.columns, known)
    taken = {i for f, (i, how) in fields.items() if how in ("user", "memory") and f != "amount"}
    roles = {i: role for i, role in roles.items() if i not in taken}
    given = said.amount or _mapped_amount(table, fields, "user")
    given = given or (remembered.amount.name if remembered else None)
    rule = amounts.decide(table.columns, roles, profile, places)
    if given is None:
        return rule
    return _given_amount(table, given, rule)


def _mapped_amount(table: Table, fields: columns.Fields, how: How) -> str | None:
    index, found = fields.get("amount", (0, "none"))
    return table.columns[index] if found == how else None


def _given_amount(table: Table, given: str, rule: AmountRule | None) -> AmountRule:
    others = rule.candidates if rule else ()
    same = next((c for c in others if c.name == given), None)
    if same is not None:
        return AmountRule(same.name, same.role, "amount.given", candidates=others)
    wanted = plain(given).lower()
    match = next((c for c in table.columns if c.lower() == wanted), None)
    if match is None:
        listed = ", ".join(table.columns[:60])
        raise UsageError("mapping.no_such_column", column=given, columns=listed)
    return AmountRule(match, "given", "amount.given", candidates=others)


def _fitting(
    drafts: list[Draft], dataset: Dataset, reading: Reading
) -> tuple[Draft, tuple[Question, ...]]:
    """The one table that has what the dataset requires; several are a question."""
    fitting = [draft for draft in drafts if not missing(draft, dataset)]
    if len(fitting) <= 1:
        rows = lambda d: (-len(missing(d, dataset)), d.table.books.rows)  # noqa: E731
        return fitting[0] if fitting else max(drafts, key=rows), ()
    names = {s.index: s.name for s in reading.sheets}
    options = tuple(names[draft.table.sheets[0]] for draft in fitting)
    question = Question("sheet", "question.sheet", {"file": reading.file}, options)
    return fitting[0], (question,)


def _plan(draft: Draft, dataset: Dataset, said: Overrides) -> Mapping:
    table = draft.table
    said = remembered(said, draft)
    decimal = said.decimal or file_decimal(table)
    used = {index: (field, how) for field, (index, how) in draft.fields.items()}
    extras = columns.extra_names(table, set(used))
    plain_one = profiles()[PLAIN]
    maps, questions = [], []
    for index, header in enumerate(table.columns):
        if header in OWN_HEADERS:
            continue
        field, how = used.get(index, UNUSED)
        similar = columns.suggestion(header, dataset, plain_one) if field is None else None
        similar = None if similar in draft.fields else similar
        kept = columns.is_filter(header, table.profiles[index].samples)
        column = ColumnMap(
            index,
            header,
            field,
            extras.get(index),
            how,
            filter=kept,
            suggestion=similar,
        )
        column, asked = formatted(column, dataset, table, said, decimal)
        maps.append(column)
        questions += asked
    questions += amount_questions(draft, said)
    questions += required_questions(draft, dataset)
    amount = draft.amount or AmountRule("", "given", "amount.none")
    tax = said.basis or amounts.basis(amount, table, draft.places) if draft.amount else "unknown"
    return Mapping(
        dataset=dataset.name,
        profile=draft.profile.name,
        evidence=draft.profile.evidence,
        level=draft.profile.level,
        table=draft.number,
        fingerprint=table.fingerprint,
        columns=tuple(maps),
        amount=replace(amount, basis=tax),
        status=_status(draft),
        currency=said.currency,
        questions=tuple(once(questions)),
        warnings=_warnings(table, extras),
    )


def _status(draft: Draft) -> StatusRule:
    names = set(draft.profile.fields.get("status", ())) | set(profiles()[PLAIN].fields["status"])
    found = tuple(i for i, c in enumerate(draft.table.columns) if fold(c) in names)
    mapped = tuple(i for i in (draft.places.get("status"),) if i is not None)
    words = (*profiles()[PLAIN].void, *draft.profile.void)
    unpaid = draft.profile.unpaid_is_void and "paid_at" in draft.fields
    return StatusRule(tuple(dict.fromkeys((*mapped, *found))), tuple(dict.fromkeys(words)), unpaid)


def _warnings(table: Table, extras: dict[int, str]) -> tuple[Problem, ...]:
    unnamed = len(table.columns) - len(extras)
    if len(extras) >= EXTRA_LIMIT and unnamed < len(table.columns):
        return (Problem("mapping.too_many_columns", {"limit": EXTRA_LIMIT}),)
    return ()
