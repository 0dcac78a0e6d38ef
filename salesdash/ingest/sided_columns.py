"""Which columns of a plain table are before and after, and which ones are dimensions."""

import re
from dataclasses import dataclass

from salesdash.errors import DataRefused, UsageError
from salesdash.ingest.headers import plain
from salesdash.ingest.mapping.plan import ColumnMap
from salesdash.ingest.number_columns import NumberColumns
from salesdash.ingest.reading import Profile
from salesdash.ingest.relation import relation

BEFORE = re.compile(
    r"(?<![a-z])(before|then|previous|prev|prior|past|last|old|earlier|baseline|base|pre|from|"
    r"first|start|control|reference|ly|py|p0|t0|expected)(?![a-z])"
    r"|(之前|以前|前期|上期|上年|去年|上月|上季|同期|基期|期初|改前|前$)",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?<![a-z])(after|now|current|curr|new|later|post|to|second|end|this|actual|cy|ty|treatment)"
    r"(?![a-z])|(之后|以后|后期|本期|今年|本年|当期|本月|本季|报告期|期末|改后|后$)",
    re.IGNORECASE,
)
"""Headers of the two sides; `before_sales`, `Sales (last year)`, `去年销售额`."""

NUMBERED = re.compile(r"\d+")
"""Headers that differ in their numbers only are in their order: 2023, 2024; Q1, Q2; t0, t1."""

MANY, MOSTLY = 20, 0.5
"""Numbers of more different values than that, and than this part of the rows, name no members."""


@dataclass(frozen=True)
class SidedColumns:
    """The question which columns of a table are which; `before`, `after`: what the user said."""

    figures: NumberColumns
    before: str | None
    after: str | None

    def sides(self) -> tuple[ColumnMap, ColumnMap]:
        """The columns of both sides, with how their numbers are read."""
        before = self._said(self.before, "before")
        after = self._said(self.after, "after")
        if before is None or after is None:
            before, after = self._likeliest(before, after)
        if before == after:
            name = self.figures.table.columns[before]
            raise UsageError("sides.same", name=name)
        for index in (before, after):
            self.figures.ensure_clear(index)
        return self.figures.as_numbers(before), self.figures.as_numbers(after)

    def dimensions(self, before: ColumnMap, after: ColumnMap) -> tuple[list[int], list[str]]:
        """The other columns that hold anything, and those of figures, which name no members."""
        table = self.figures.table
        others = [
            number
            for number, profile in enumerate(table.profiles)
            if number not in (before.index, after.index) and profile.filled
        ]
        left = [number for number in others if self._are_figures(number)]
        found = [number for number in others if number not in left]
        if not found:
            raise DataRefused("sides.no_dimension", place=self.figures.place)
        return found, [table.columns[number] for number in left]

    def _said(self, name: str | None, option: str) -> int | None:
        return None if name is None else self.figures.named(name, option)

    def _likeliest(self, before: int | None, after: int | None) -> tuple[int, int]:
        """The only columns that are called so, or the only two columns of numbers."""
        taken = {index for index in (before, after) if index is not None}
        headers = self.figures.table.columns
        every = [i for i in range(len(headers)) if i not in taken and self.figures.is_numeric(i)]
        early = [i for i in every if _called(BEFORE, AFTER, headers[i])]
        late = [i for i in every if _called(AFTER, BEFORE, headers[i])]
        first = before if before is not None else _only(early)
        second = after if after is not None else _only(late)
        if first is not None and second is not None:
            return first, second
        if len(every) + len(taken) == 2:  # noqa: PLR2004 - two sides
            if not taken and first is None and second is None:
                return _in_order(every[0], every[1], headers)
            (other,) = [i for i in every if i not in (first, second)] or every[-1:]
            return (first, other) if first is not None else (other, second or 0)
        key = "sides.which" if len(every) + len(taken) > 2 else "sides.none"  # noqa: PLR2004
        listed = self.figures.listed(every or range(len(headers)))
        raise DataRefused(key, place=self.figures.place, columns=listed)

    def _are_figures(self, index: int) -> bool:
        """Whether a column measures something, as quantities and prices do."""
        profile: Profile = self.figures.table.profiles[index]
        if profile.kind != "number":
            return False
        ((values, rows),) = self.figures.engine.rows(
            f"select count(distinct c{index}), count(*) from ({relation(self.figures.table)})"  # noqa: S608 - own
        )
        return int(values) > max(MANY, MOSTLY * int(rows))


def _called(names: re.Pattern[str], others: re.Pattern[str], header: str) -> bool:
    spaced = plain(re.sub(r"([a-z])([A-Z])", r"\1 \2", header))
    return names.search(spaced) is not None and others.search(spaced) is None


def _only(found: list[int]) -> int | None:
    return found[0] if len(found) == 1 else None


def _in_order(first: int, second: int, headers: tuple[str, ...]) -> tuple[int, int]:
    """As they stand, except where numbers in equal headers say otherwise."""
    texts = [NUMBERED.sub("#", headers[i]).strip().lower() for i in (first, second)]
    counts = [[int(n) for n in NUMBERED.findall(headers[i])] for i in (first, second)]
    if texts[0] == texts[1] and counts[0] > counts[1]:
        return second, first
    return first, second
