"""What only the user knows about the amount and the required fields."""

from salesdash.datasets import SALES, Kind
from salesdash.errors import DataRefused
from salesdash.ingest.headers import names_no_amount
from salesdash.ingest.mapping import amounts, columns, dates, specs
from salesdash.ingest.mapping.draft import Draft, missing
from salesdash.ingest.mapping.formats import year_question
from salesdash.ingest.mapping.plan import COMPUTED, Overrides, Question

NEAR = (1, 0, -1)
"""Years around this one that targets may be of, the likeliest first."""

NUMBERS = ("amount", "target")
"""Required fields that hold a number."""


def amount_questions(draft: Draft, said: Overrides) -> list[Question]:
    """Which of several columns of one rank is the amount."""
    if draft.amount is None or said.amount or draft.amount.reason == "amount.given":
        return []
    if draft.amount.role == "total":
        return [_total_question(draft, draft.amount.name)]
    others = amounts.rivals(draft.amount, draft.table.columns, draft.table)
    if amounts.is_of_orders(draft.amount, draft.table, draft.places):
        others = [*others, COMPUTED]
    if not others:
        return []
    options = (draft.amount.name, *others)
    return [Question("amount", "question.amount", {"columns": ", ".join(options)}, options)]


def _total_question(draft: Draft, header: str) -> Question:
    """Which column is the amount of a line, where only totals of documents are named."""
    options = tuple(dict.fromkeys((*could_be(draft, "amount"), header)))
    return Question("amount", "question.amount_total", {"column": header}, options)


def required_questions(draft: Draft) -> list[Question]:
    """What is required and not found: asked if a column could be it, else refused."""
    asked = []
    for group in missing(draft):
        field = _wanted(draft, group)
        options = could_be(draft, field)
        listed = specs.listed(draft.table)
        if not options:
            raise DataRefused(_refusal(draft, field), field=field, columns=listed)
        values = {"columns": listed}
        asked.append(Question(f"field:{field}", f"question.field.{field}", values, options))
    return asked


def _refusal(draft: Draft, field: str) -> str:
    """What to say where no column could be a required field: of sales, what would help."""
    if draft.dataset is SALES and field in ("amount", draft.dataset.date):
        return f"data.sales_{field}_missing"
    return "data.required_missing"


def year_questions(draft: Draft, said: Overrides) -> list[Question]:
    """Of which year months are that are named without one."""
    spread = draft.spread
    if spread is None or spread.calendar is None or not spread.calendar.is_open:
        return []
    headers = ", ".join(draft.table.columns[index] for index in spread.members)
    return [year_question(headers, draft.table, said, NEAR)]


def _wanted(draft: Draft, group: frozenset[str]) -> str:
    """The field to ask for, of those that would do."""
    if draft.dataset.date in group:
        return str(draft.dataset.date)
    preferred = (*NUMBERS, "stage", draft.dataset.unit)
    return next((name for name in preferred if name in group), min(group))


def could_be(draft: Draft, field: str) -> tuple[str, ...]:
    """Columns without a field whose values would do; a price may be the amount of its line."""
    used = {place for name, place in draft.places.items() if (name, field) != ("price", "amount")}
    found = []
    for index, profile in enumerate(draft.table.profiles):
        if index in used or not profile.filled:
            continue
        covered = dates.decide(profile, "dmy").read
        is_date = covered * 2 > profile.filled
        is_number = profile.kind in ("number", "odd") and not is_date
        kind = "date" if is_date else "number" if is_number else "text"
        header = draft.table.columns[index]
        named = columns.is_identity(header, profile.samples) or names_no_amount(header)
        if kind == _kind_of(draft, field) and not (named and kind == "number"):
            found.append(draft.table.columns[index])
    return tuple(found)


def _kind_of(draft: Draft, field: str) -> str:
    """What the values of a field look like: a date, a number or a text."""
    kind = draft.dataset.field(field).kind
    if kind in (Kind.DATE, Kind.MOMENT):
        return "date"
    return "text" if kind in (Kind.TEXT, Kind.CODE) else "number"


def once(questions: list[Question]) -> list[Question]:
    """One question an id: the first column stands for all."""
    return list({question.id: question for question in reversed(questions)}.values())[::-1]
