"""A draft becomes a mapping: formats of the columns, rules, questions, what is worth knowing."""

from dataclasses import replace

from salesdash.datasets import EXTRA_LIMIT, SALES
from salesdash.datasets.keys import folded
from salesdash.errors import Problem
from salesdash.ingest.headers import factor_in, fold
from salesdash.ingest.mapping import (
    acquisition,
    amounts,
    calendars,
    carrying,
    columns,
    discounts,
    drift,
    reductions,
    stages,
    wide,
    words,
)
from salesdash.ingest.mapping.acquisition import ACQUISITION
from salesdash.ingest.mapping.draft import Draft, are_rounded, currency
from salesdash.ingest.mapping.formats import file_decimal, formatted, remembered
from salesdash.ingest.mapping.plan import (
    AmountRule,
    ColumnMap,
    How,
    Mapping,
    Overrides,
    Question,
    StatusRule,
    Wide,
)
from salesdash.ingest.mapping.profiles import PLAIN, languages, plain_names, profiles
from salesdash.ingest.mapping.questions import (
    amount_questions,
    could_be,
    once,
    required_questions,
    year_questions,
)
from salesdash.ingest.reading import OWN_HEADERS

UNUSED: tuple[str | None, How] = (None, "none")

COUNTING = ("sales", "payments", "costs")
"""Datasets whose own status says whether a row counts: cancelled, unpaid ... Elsewhere a status is
part of the story, and only the state of the record itself (void, in review) counts it out."""

METRIC = "sales"
"""What a table of targets without a metric is about."""


def plan(draft: Draft, said: Overrides, *, bare: bool = False) -> Mapping:
    """The mapping of a draft.

    `bare`: columns without a field are not kept; another mapping of the same table keeps them.
    """
    table, dataset = draft.table, draft.dataset
    said = remembered(said, draft)
    maps, questions = _columns(draft, said, bare=bare)
    staged = stages.rule(draft, said) if dataset.name == "deals" else None
    if staged is not None:
        index = draft.places.get("stage", draft.places.get("outcome", 0))
        questions += stages.questions(staged, table.columns[index])
    questions += drift.amount_asked(draft, said) or amount_questions(draft, said)
    questions += [drift.renamed(question, draft) for question in required_questions(draft)]
    questions += year_questions(draft, said)
    amount = draft.amount or _only_amount(draft)
    tax = said.basis or amounts.basis(amount, table, draft.places) if draft.amount else "unknown"
    spread = draft.spread
    values, told = _values(draft)
    return Mapping(
        dataset=dataset.name,
        profile=draft.profile.name,
        evidence=draft.profile.evidence["en"],
        level=draft.profile.level,
        table=draft.number,
        fingerprint=table.fingerprint,
        columns=tuple(maps),
        amount=replace(amount, basis=tax),
        status=_status(draft, said),
        stages=staged,
        metrics=_metrics(said) if dataset.name == "targets" else {},
        wide=Wide(spread.field, spread.by, spread.year) if spread is not None else None,
        once=_once(draft),
        carried=carrying.columns(draft),
        off=reductions.off(draft),
        values=values,
        fiscal_start=said.fiscal_start,
        named_by=said.named_by,
        zone=said.zone,
        exchange=said.exchange,
        currency=said.currency or currency(draft),
        questions=tuple(once(questions)),
        warnings=(
            *drift.told(draft),
            *_warnings(maps),
            *told,
            *_titled(draft, maps),
            *_rounded(draft),
            *carrying.told(draft),
            *_planned(draft, said),
            *_worthless(draft),
        ),
    )


def _once(draft: Draft) -> tuple[int, ...]:
    """The columns that are filled in the first line of a document only."""
    if not draft.names.once or draft.dataset.unit not in draft.places:
        return ()
    headers = enumerate(draft.table.columns)
    return tuple(index for index, header in headers if fold(header) in draft.names.once)


def _columns(
    draft: Draft, said: Overrides, *, bare: bool
) -> tuple[list[ColumnMap], list[Question]]:
    table, dataset, spread = draft.table, draft.dataset, draft.spread
    decimal = said.decimal or file_decimal(table)
    used = {index: (field, how) for field, (index, how) in draft.fields.items()}
    members = spread.members if spread is not None else {}
    if spread is not None:
        used |= {index: (spread.field, _how(draft, index)) for index in members}
    year = {spread.year} if spread is not None and spread.year is not None else set()
    sums = spread.calendar.totals if spread is not None and spread.calendar is not None else {}
    left_out = {*used, *draft.elsewhere, *year, *sums}
    extras = {} if bare else columns.extra_names(table, left_out)
    common = plain_names(dataset.name)
    maps: list[ColumnMap] = []
    questions: list[Question] = []
    for index, header in enumerate(table.columns):
        if header in OWN_HEADERS:
            continue
        field, how = used.get(index, UNUSED)
        similar = None
        if index in extras:
            similar = columns.suggestion(header, dataset, common)
            similar = similar or columns.by_values(table.profiles[index], dataset)
        column = ColumnMap(
            index,
            header,
            field,
            extras.get(index),
            how,
            filter=columns.is_filter(header, table.profiles[index].samples),
            suggestion=None if similar in draft.fields else similar,
            member=members.get(index),
        )
        column, asked = formatted(column, dataset, table, said, decimal)
        column = discounts.settled(column, draft)
        column, unclear = words.settled(column, draft)
        maps.append(drift.suggested(column, draft))
        questions += (*asked, *unclear)
    return maps, questions


def _how(draft: Draft, index: int) -> How:
    """How one of the columns of a wide table was found."""
    if any(spec.index == index and spec.member for spec in draft.said):
        return "user"
    return "memory" if draft.memory is not None and draft.memory.wide is not None else "synonym"


def _only_amount(draft: Draft) -> AmountRule:
    """Of other datasets than sales: the one column of the amount, if there is any."""
    index = draft.places.get("amount")
    if index is None or draft.dataset is SALES:
        return AmountRule("", "given", "amount.none")
    given = draft.fields["amount"][1] == "user"
    reason = "amount.given" if given else "amount.only"
    return AmountRule(draft.table.columns[index], "line", reason)


def _values(draft: Draft) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """What holds for every row that says nothing else, and what of it should be known."""
    values, told = dict(draft.values), []
    if draft.dataset.name == "targets" and not {"metric"} & {*values, *draft.places}:
        values["metric"] = draft.names.metric or METRIC
        told.append(Problem("mapping.metric_assumed", {"metric": values["metric"]}))
    if draft.dataset.name == "costs":
        if values.get("purpose", ACQUISITION) != ACQUISITION:
            values["purpose"] = ""  # a cost is of acquisition, or says nothing
        told += acquisition.told(draft, values)
    return values, tuple(told)


def _rounded(draft: Draft) -> tuple[Problem, ...]:
    """Columns that were the numbers of documents before a spreadsheet rounded them."""
    free = [i for i in range(len(draft.table.columns)) if i not in draft.places.values()]
    found = [i for i in free if are_rounded(draft.table, "document", (i, "none"))]
    names = {name for known in draft.known for name in known.fields.get("document", ())}
    named = [i for i in found if fold(draft.table.columns[i]) in names]
    return tuple(
        Problem(
            "mapping.rounded_numbers",
            {"column": draft.table.columns[i], "example": draft.table.head[0][i]},
        )
        for i in named
    )


def _titled(draft: Draft, maps: list[ColumnMap]) -> tuple[Problem, ...]:
    """That amounts are in the unit that the title states."""
    unit = factor_in(draft.table.title)
    if unit is None or all(c.number is None or c.number.factor != unit[1] for c in maps):
        return ()
    return (Problem("mapping.title_unit", {"unit": unit[0], "factor": unit[1]}),)


def _planned(draft: Draft, said: Overrides) -> tuple[Problem, ...]:
    """What of figures by month should be known: the year, the totals."""
    if draft.dataset.name not in wide.MONTHS:
        return ()
    told = []
    calendar = draft.spread.calendar if draft.spread is not None else None
    if calendar is not None:
        if left := _beside(draft):
            told.append(Problem("mapping.periods_left", {"columns": ", ".join(left)}))
        if draft.dataset is SALES:
            told.append(Problem("mapping.sales_by_period", {"columns": _amount_name(draft)}))
        if calendar.told is not None and calendar.told[1] != "user":
            told.append(Problem(f"mapping.year_{calendar.told[1]}", {"year": calendar.told[0]}))
        told += calendars.told(draft.table, calendar, said.decimal or file_decimal(draft.table))
    return tuple(told)


def _worthless(draft: Draft) -> tuple[Problem, ...]:
    """That deals have no amount, though a column could be it."""
    if draft.dataset.name != "deals" or "amount" in draft.places:
        return ()
    columns = ", ".join(could_be(draft, "amount"))
    return (Problem("mapping.no_deal_amount", {"columns": columns}),) if columns else ()


def _beside(draft: Draft) -> list[str]:
    """Columns of numbers among those of months that are none of them, nor their totals."""
    spread, table = draft.spread, draft.table
    assert spread is not None
    assert spread.calendar is not None
    known = {*spread.members, *spread.calendar.totals, *draft.places.values(), spread.year}
    first = min(spread.members)
    return [
        header
        for index, header in enumerate(table.columns)
        if index > first and index not in known and table.profiles[index].kind == "number"
    ]


def _amount_name(draft: Draft) -> str:
    return draft.amount.name if draft.amount is not None else ""


def _metrics(said: Overrides) -> dict[str, str]:
    """Folded name -> id of every metric that the user's words or common ones name."""
    given = said.metrics or {}
    named = {folded(name): metric for name, metric in given.items()}
    return {**plain_names("targets").metrics, **named}


def _status(draft: Draft, said: Overrides) -> StatusRule:
    """The columns and words by which a row does not count."""
    dataset, common = draft.dataset, profiles()[PLAIN]
    names = {*draft.names.fields.get("status", ()), *plain_names(SALES.name).fields["status"]}
    taken = {index for field, index in draft.places.items() if field != "status"}
    found = tuple(
        i for i, c in enumerate(draft.table.columns) if fold(c) in names and i not in taken
    )
    mapped = tuple(i for i in (draft.places.get("status"),) if i is not None)
    counting = dataset.name in COUNTING
    heard = (common, draft.profile, *languages(draft.table.columns))
    words = tuple(word for each in heard for word in (each.void if counting else each.life))
    unpaid = draft.names.unpaid_is_void and "paid_at" in draft.fields
    never, always = (
        (given or {}).get(dataset.name, ()) for given in (said.excluded, said.counting)
    )
    return StatusRule(
        columns=tuple(dict.fromkeys((*mapped, *found))),
        words=tuple(dict.fromkeys(words)),
        excluded=never,
        counting=always,
        unpaid_is_void=unpaid,
        flags=tuple(i for i, c in enumerate(draft.table.columns) if fold(c) in common.void_flags),
    )


def _warnings(maps: list[ColumnMap]) -> tuple[Problem, ...]:
    extras = sum(1 for column in maps if column.extra is not None)
    free = sum(1 for column in maps if column.field is None)
    if extras >= EXTRA_LIMIT and free > extras:
        return (Problem("mapping.too_many_columns", {"limit": EXTRA_LIMIT}),)
    return ()
