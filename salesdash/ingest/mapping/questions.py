"""What only the user knows about the amount and the required fields."""

from salesdash.datasets import Dataset
from salesdash.errors import DataRefused
from salesdash.ingest.mapping import amounts, dates
from salesdash.ingest.mapping.draft import Draft, missing
from salesdash.ingest.mapping.plan import Overrides, Question


def amount_questions(draft: Draft, said: Overrides) -> list[Question]:
    """Which of several columns of one rank is the amount."""
    if draft.amount is None or said.amount or draft.amount.reason == "amount.given":
        return []
    others = amounts.rivals(draft.amount, draft.table.columns, draft.table)
    if not others:
        return []
    options = (draft.amount.name, *others)
    return [Question("amount", "question.amount", {"columns": ", ".join(options)}, options)]


def required_questions(draft: Draft, dataset: Dataset) -> list[Question]:
    """What is required and not found: asked if a column could be it, else refused."""
    asked = []
    for group in missing(draft, dataset):
        wants_date = dataset.date in group
        field = dataset.date if wants_date else "amount"
        options = could_be(draft, dated=wants_date)
        if not options:
            listed = ", ".join(draft.table.columns[:60])
            raise DataRefused("data.required_missing", field=field, columns=listed)
        values = {"columns": ", ".join(draft.table.columns[:60])}
        asked.append(Question(f"field:{field}", f"question.field.{field}", values, options))
    return asked


def could_be(draft: Draft, *, dated: bool) -> tuple[str, ...]:
    """Columns without a field whose values would do."""
    used = set(draft.places.values())
    found = []
    for index, profile in enumerate(draft.table.profiles):
        if index in used or not profile.filled:
            continue
        covered = dates.decide(profile, "dmy").read
        is_date = covered * 2 > profile.filled
        is_number = profile.kind in ("number", "odd") and not is_date
        if is_date if dated else is_number:
            found.append(draft.table.columns[index])
    return tuple(found)


def once(questions: list[Question]) -> list[Question]:
    """One question an id: the first column stands for all."""
    return list({question.id: question for question in reversed(questions)}.values())[::-1]
