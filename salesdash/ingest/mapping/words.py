"""Words where numbers or dates belong (`Sin_Factura`, 待定): only the user knows what they mean.

A row with such a word is rejected where the field is needed. Elsewhere it is asked whether the
words mean "empty" or the rows are to be rejected; the answer is remembered with the mapping.
"""

import re
from dataclasses import replace

from salesdash.ingest import currencies
from salesdash.ingest.headers import fold
from salesdash.ingest.mapping.draft import Draft, missing
from salesdash.ingest.mapping.numbers import NA_WORDS
from salesdash.ingest.mapping.plan import ColumnMap, Question, Treatment
from salesdash.ingest.reading import Profile

TREATMENTS: tuple[Treatment, ...] = ("blank", "reject")
SHOWN = 12

_LETTER = re.compile(r"[^\W\d_]")
_MONEY = re.compile(currencies.PATTERN)


def of(profile: Profile) -> dict[str, int]:
    """The words of a column of numbers or dates, and how often each stands there."""
    return {
        shape.low: shape.count
        for shape in profile.shapes
        if "9" not in shape.text
        and shape.low.strip().lower() not in NA_WORDS
        and _LETTER.search(_MONEY.sub("", shape.low.upper()))
    }


def settled(column: ColumnMap, draft: Draft) -> tuple[ColumnMap, list[Question]]:
    """The column with what becomes of its words: as said, as remembered, else asked."""
    if column.field is None or column.member is not None:
        return column, []
    if column.number is None and column.dates is None:
        return column, []
    found = of(draft.table.profiles[column.index])
    if not found or _is_needed(column.field, draft):
        return column, []
    known = _known(column, draft)
    if known is None:
        return column, [_question(column, found, draft)]
    blanks = (*column.blanks, *found) if known == "blank" else column.blanks
    return replace(column, words=known, blanks=blanks), []


def _is_needed(name: str, draft: Draft) -> bool:
    """Whether a row without the field is no row of the dataset."""
    left = {field: place for field, place in draft.fields.items() if field != name}
    return len(missing(replace(draft, fields=left))) > len(missing(draft))


def _known(column: ColumnMap, draft: Draft) -> Treatment | None:
    kept = draft.memory.columns if draft.memory is not None else ()
    treated = [spec.words for spec in draft.said if spec.index == column.index]
    treated += [each.words for each in kept if fold(each.header) == fold(column.header)]
    return next((words for words in treated if words is not None), None)


def _question(column: ColumnMap, found: dict[str, int], draft: Draft) -> Question:
    listed = [f"{word} × {count}" for word, count in [*found.items()][:SHOWN]]
    values = {
        "column": column.header,
        "count": str(sum(found.values())),
        "field": f"{draft.dataset.name}.{column.field}",
    }
    return Question(
        f"words:{column.field}", "question.words", values, TREATMENTS, column.header, tuple(listed)
    )
