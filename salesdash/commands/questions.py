"""What `query` was asked, checked: metrics, dimensions, time, filters, comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from salesdash.analysis.asking import edge
from salesdash.commands.asked import Query
from salesdash.commands.hints import near
from salesdash.commands.office import Desk, day
from salesdash.datasets import EXTRA_PREFIX
from salesdash.errors import UsageError
from salesdash.metrics import Bound
from salesdash.periods import Against, Comparison, Grain, Window, against, between, compare, current
from salesdash.selection import Filter, Selection
from salesdash.warehouse.limits import dimensions

PAIR = re.compile(r"(?P<name>[^=!]+)(?P<sign>!?=)(?P<value>.*)", re.DOTALL)

NEEDS_NO_DATES = (Comparison.NONE, Comparison.PREVIOUS)
"""Without dates these look at all rows, or at none."""

Choice = TypeVar("Choice", bound=StrEnum)


class Dated(Protocol):
    """What commands that compare one metric are given alike."""

    @property
    def since(self) -> str | None:
        """The first day."""

    @property
    def to(self) -> str | None:
        """The last day."""

    @property
    def where(self) -> tuple[str, ...]:
        """Conditions like DIM=VALUE."""

    @property
    def compare(self) -> str | None:
        """A rule of comparison."""

    @property
    def against(self) -> str | None:
        """Days to compare with."""

    @property
    def as_of_cut(self) -> int | None:
        """The event after which the rows are seen."""


@dataclass(frozen=True)
class Question:
    """A checked query: ids, dimensions, grain, what is looked at, and the window compared with."""

    ids: tuple[str, ...]
    by: tuple[str, ...]
    grain: Grain | None
    selection: Selection
    then: Window | None

    @property
    def windows(self) -> tuple[Window | None, ...]:
        """The windows to ask for: now and, with a comparison, then."""
        now = self.selection.window
        return (now,) if self.then is None else (now, self.then)


def question(desk: Desk, given: Query, definitions: Bound) -> Question:
    """Check a query; UsageError names what does not exist, with the nearest that does."""
    comparison = compared(desk, given.compare, given.against)
    cut = ensure_cut(desk, given.as_of_cut)
    datasets = definitions.datasets(*given.metrics)
    window = _window(desk, given, (cut, datasets), whole=comparison not in NEEDS_NO_DATES)
    if comparison is Comparison.PREVIOUS and window is None:
        raise UsageError("usage.compare_dates")
    known = _known(desk, datasets)
    filters = _filters(given.where, known)
    then = None
    if window is not None:
        then = compare(window, comparison, desk.settings.fiscal, desk.settings.work)
    return Question(
        ids=tuple(dict.fromkeys(given.metrics)),
        by=tuple(dict.fromkeys(_dimension(name, known) for name in given.by)),
        grain=choice("grain", given.grain, Grain),
        selection=Selection(window, comparison, filters, cut),
        then=then,
    )


def compared(desk: Desk, rule: str | None, days: str | None) -> Against:
    """By a rule, or with days of one's own; UsageError for both at once."""
    if days is None:
        return choice("compare", rule, Comparison) or Comparison.NONE
    if rule is not None:
        raise UsageError("usage.compare_twice")
    found = against(days, desk.settings.fiscal)
    if isinstance(found, Comparison):
        raise UsageError("period.unknown", code=days, suggestion="2026-01-01..2026-03-31")
    return found


def about(
    metric: str, given: Dated, by: tuple[str, ...] = (), within: tuple[str, ...] = ()
) -> Query:
    """The query of one metric, beside last year unless it says otherwise."""
    return Query(
        (metric,),
        by=by,
        since=given.since,
        to=given.to,
        where=(*given.where, *within),
        compare=given.compare or (None if given.against else Comparison.LAST_YEAR.value),
        against=given.against,
        as_of_cut=given.as_of_cut,
    )


def recent(desk: Desk, given: Query, definitions: Bound) -> Selection:
    """What a query of one metric looks at; where no day was typed, its quarter to date."""
    if given.since is not None or given.to is not None:
        return question(desk, given, definitions).selection
    dataset = definitions.datasets(*given.metrics)[0]
    newest = edge(desk.home.warehouse, desk.today, given.as_of_cut, (dataset,)) or desk.today
    window = current(Grain.QUARTER, newest, desk.settings.fiscal)
    first, last = window.period.start.isoformat(), window.period.last_day.isoformat()
    selection = question(desk, replace(given, since=first, to=last), definitions).selection
    return replace(selection, window=window)


def choice(name: str, text: str | None, kind: type[Choice]) -> Choice | None:
    """The member of an enumeration that was typed; UsageError lists all when there is none."""
    if text is None:
        return None
    words = [str(member) for member in kind]
    if text not in words:
        choices = ", ".join(words)
        raise UsageError(
            "usage.choice", name=name, value=text, choices=choices, **near(text, words)
        )
    return kind(text)


def ensure_cut(desk: Desk, number: int | None) -> int | None:
    """The cut as it is; UsageError when the log has no such event."""
    newest = desk.home.warehouse.version
    if number is not None and not 0 <= number <= newest:
        raise UsageError("cut.unknown", cut=number, newest=newest)
    return number


def _window(
    desk: Desk, given: Query, rows: tuple[int | None, tuple[str, ...]], *, whole: bool
) -> Window | None:
    """The dates typed; an end left open is where the data begin, or the data edge.

    `rows`: the cut, and the datasets asked. Without dates all are meant; `whole` says them, so
    that they can be compared.
    """
    first, last = day("from", given.since), day("to", given.to)
    if first is None and last is None and not whole:
        return None
    warehouse, (cut, datasets) = desk.home.warehouse, rows
    begins = (warehouse.first_date(dataset, cut) for dataset in datasets)
    first = first or min((each for each in begins if each is not None), default=last)
    last = last or edge(warehouse, desk.today, cut, datasets)
    if first is None or last is None:
        raise UsageError("usage.no_data")
    if last < first:
        raise UsageError("usage.order", first=first, last=last)
    return between(first, last, desk.settings.fiscal)


def filters(desk: Desk, where: Sequence[str], *datasets: str) -> tuple[Filter, ...]:
    """What was typed as DIM=VALUE; UsageError for a dimension that no dataset has."""
    return _filters(where, _known(desk, datasets))


def _known(desk: Desk, datasets: Sequence[str]) -> tuple[str, ...]:
    """Dimensions of any of the datasets."""
    warehouse = desk.home.warehouse
    found = (name for dataset in datasets for name in dimensions(warehouse, dataset))
    return tuple(dict.fromkeys(found))


def _dimension(name: str, known: Sequence[str]) -> str:
    """The dimension of that name; an extra column also without its prefix."""
    for candidate in (name, EXTRA_PREFIX + name):
        if candidate in known:
            return candidate
    raise UsageError(
        "dimension.unknown", dimension=name, known=", ".join(known), **near(name, known)
    )


def _filters(where: Sequence[str], known: Sequence[str]) -> tuple[Filter, ...]:
    """One filter a dimension: values of the same dimension are alternatives; "D=" is empty."""
    values: dict[tuple[str, bool], list[str | None]] = {}
    for text in where:
        found = PAIR.fullmatch(text)
        if found is None:
            raise UsageError("usage.pair", name="where", value=text, example="region=North")
        key = _dimension(found["name"].strip(), known), found["sign"] == "!="
        values.setdefault(key, []).append(found["value"] or None)
    return tuple(Filter(name, tuple(each), exclude) for (name, exclude), each in values.items())


def span(window: Window | None) -> dict[str, date] | None:
    """A window as {from, to}, `to` the last day included; None for all dates."""
    return {"from": window.period.start, "to": window.period.last_day} if window else None
