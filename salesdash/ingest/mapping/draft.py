"""A table with its fields found, before the formats of values and the questions."""

from dataclasses import dataclass

from salesdash.datasets import Dataset
from salesdash.ingest.mapping import columns
from salesdash.ingest.mapping.plan import AmountRule, Mapping
from salesdash.ingest.mapping.profiles import Profile
from salesdash.ingest.reading import Table


@dataclass(frozen=True)
class Draft:
    """One table with its fields found, before formats and questions."""

    table: Table
    number: int
    profile: Profile
    fields: columns.Fields
    amount: AmountRule | None
    memory: Mapping | None = None

    @property
    def places(self) -> dict[str, int]:
        """Field -> column number."""
        return {field: index for field, (index, _) in self.fields.items()}


def missing(draft: Draft, dataset: Dataset) -> list[frozenset[str]]:
    """The required groups of which no alternative is mapped."""
    have = set(draft.fields)
    return [
        frozenset().union(*group)
        for group in dataset.required
        if not any(fields <= have for fields in group)
    ]
