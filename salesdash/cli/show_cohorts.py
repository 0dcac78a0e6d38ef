"""Cohorts as a table: a row a cohort, its customers, and the periods since the first purchase."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]
COLUMNS = 13
"""So many periods fit beside each other; `--json` has all."""


def words(facts: Facts, lang: str) -> str:
    """The sentence and the table; or why there is none."""
    if facts["why"]:
        return str(facts["why"])
    periods = min(COLUMNS, max((_filled(row) for row in facts["words"]["rows"]), default=0))
    head = [t("cohorts.column.cohort", lang), t("cohorts.column.size", lang)]
    head += [str(place) for place in range(periods)]
    rows = [
        [told["name"], f"{row['size']:,}", *told["cells"][:periods]]
        for row, told in zip(facts["rows"], facts["words"]["rows"], strict=True)
    ]
    rows.append([t("cohorts.average", lang), "", *facts["words"]["average"][:periods]])
    lines = [facts["sentence"], "", grid(head, rows, [False, *[True] * (len(head) - 1)])]
    return "\n".join((*lines, t("cohorts.cli.note", lang)))


def _filled(row: Facts) -> int:
    return sum(1 for cell in row["cells"] if cell)
