"""The command `query`: figures by dimensions and time, compared, as a plain table."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from salesdash.analysis.asking import answered, edge, notes
from salesdash.charts import Words
from salesdash.commands.asked import Query
from salesdash.commands.defining import bound, definition, known
from salesdash.commands.office import Desk
from salesdash.commands.questions import Question, question, span
from salesdash.commands.replies import Reply, plain
from salesdash.commands.wording import words
from salesdash.metrics import Bound, Measured, Members, Number
from salesdash.periods import Comparison, Period, against_kind, are_alike, lengths
from salesdash.warehouse.questions import measure

NOW, THEN = 0, 1
"""Which window of a question is which."""

ADDED = ("_previous", "_change", "_change_ratio")
"""What --compare adds to the columns of each metric."""

Place = tuple[Period | None, Period | None, Members]
"""A row: its unit of time now and then (None: no grain, or no such unit), and its members."""


def query(desk: Desk, given: Query) -> Reply:
    """Figures as {columns, rows, total, period, comparison, cut, data_edge, definitions}.

    A row holds the first day of its unit of time (with a grain), its members (null: empty), and
    for each metric the exact figure or null; with a comparison also the figure then, the
    difference, and that difference as a fraction of it. Ratios are fractions. `total` is each
    metric asked without dimensions and grain, never a sum; `blank` says why it has no figure, or
    none in the rows; `notes` what to know about figures that are there. Biggest members come first.
    """
    definitions = bound(desk)
    described = {metric: definition(known(definitions, metric)) for metric in given.metrics}
    asked = question(desk, given, definitions)
    warehouse, windows = desk.home.warehouse, asked.windows
    whole = measure(warehouse, definitions, asked.ids, asked.selection, windows=windows)
    table = whole
    if asked.by or asked.grain:
        table = measure(
            warehouse,
            definitions,
            asked.ids,
            asked.selection,
            windows=windows,
            by=asked.by,
            grain=asked.grain,
        )
    cut, told = asked.selection.cut, words(desk)
    places = tuple(_places(desk, asked, table))
    document = {
        "columns": _columns(asked),
        "rows": [_row(asked, table, place) for place in places],
        "total": dict(
            zip(_metric_columns(asked), _figures(asked, whole, (None, None, ())), strict=True)
        ),
        "period": span(asked.selection.window),
        "comparison": _comparison(asked),
        **_per_day(desk, asked, whole, definitions),
        "filters": asked.selection.filters,
        "cut": warehouse.version if cut is None else cut,
        "blank": _blanks(told, whole, table),
        "notes": _notes(told, whole, table, places),
        "data_edge": edge(warehouse, desk.today, cut, definitions.datasets(*asked.ids)),
        "currency": desk.settings.company.currency,
        "definitions": described,
    }
    return Reply(plain(document))


def _notes(
    words: Words, whole: Measured, table: Measured, places: Sequence[Place]
) -> list[dict[str, object]]:
    """Each note once: {metric, note, rows}, `rows` by their time and members, none: the total.

    What the total says stands for the same kind of note of rows, which are named beside it.
    """
    found: dict[tuple[str, str], tuple[str, list[list[object]]]] = {}
    for metric in whole.ids:
        for note in notes(whole.figure(metric)):
            found[metric, note.key] = words.tell(note), []
        for place in places if table is not whole else ():
            for note in notes(table.figure(metric, NOW, _start(place[0]), place[2])):
                _, rows = found.setdefault((metric, note.key), (words.tell(note), []))
                rows.append(_lead(place))
    return [
        {"metric": metric, "note": text, "rows": rows}
        for (metric, _), (text, rows) in found.items()
    ]


def _lead(place: Place) -> list[object]:
    """The cells that say where a row stands: its first day, its members."""
    return [*([place[0].start] if place[0] else []), *place[2]]


def _blanks(words: Words, whole: Measured, table: Measured) -> dict[str, str]:
    """Why metrics are blank, in the language of the answer."""
    found = {}
    for metric in whole.ids:
        figure = table.blank.get(metric) or whole.figure(metric)
        reason = answered(figure).reason
        if reason is not None:
            found[metric] = words.tell(reason)
    return found


def _columns(asked: Question) -> list[str]:
    return [*([str(asked.grain)] if asked.grain else []), *asked.by, *_metric_columns(asked)]


def _metric_columns(asked: Question) -> list[str]:
    suffixes = ("", *ADDED) if asked.then else ("",)
    return [metric + suffix for metric in asked.ids for suffix in suffixes]


def _comparison(asked: Question) -> dict[str, object] | None:
    then = span(asked.then)
    return {"kind": against_kind(asked.selection.comparison), **then} if then else None


def _per_day(desk: Desk, asked: Question, whole: Measured, definitions: Bound) -> dict[str, object]:
    """How long the two periods are where chosen days are more or fewer; sums by their days.

    Days that the data do not reach yet are none.
    """
    now, then = asked.selection.window, asked.then
    chosen = isinstance(asked.selection.comparison, Period)
    if not chosen or now is None or then is None or are_alike(now, then):
        return {}
    datasets = definitions.datasets(*asked.ids)
    last = edge(desk.home.warehouse, desk.today, asked.selection.cut, datasets)
    first, end = now.period.start, now.period.last_day
    held = Period.through(first, end if last is None else max(first, min(end, last)))
    found = lengths(held, then.period, desk.settings.work)
    if not found.differ:
        return {}
    changes = {}
    for metric in asked.ids:
        pair = [whole.figure(metric, window).value for window in (NOW, THEN)]
        if definitions.is_additive(metric) and None not in pair:
            changes[metric] = found.per_day(*(float(value or 0) for value in pair))
    return {"lengths": asdict(found), "per_day": changes}


def _places(desk: Desk, asked: Question, table: Measured) -> Iterator[Place]:
    """The rows in order: by time, then biggest first."""
    members = table.members() if asked.by else ((),)
    if asked.grain is None:
        yield from ((None, None, each) for each in members)
        return
    for number, unit in enumerate(table.buckets[NOW]):
        then = _unit_then(desk, asked, table, unit, number)
        for each in _ranked(table, unit, then, members):
            yield unit, then, each


def _ranked(
    table: Measured, unit: Period, then: Period | None, members: tuple[Members, ...]
) -> list[Members]:
    """Members that have a figure in a unit of time, biggest first; without dimensions the unit."""
    metric = table.ids[0]
    if members == ((),):
        return [()]
    there = [each for each in members if _occurs(table, unit, then, each)]
    sizes = {each: table.figure(metric, NOW, unit.start, each).value for each in there}
    return sorted(there, key=lambda each: (sizes[each] is None, -float(sizes[each] or 0)))


def _occurs(table: Measured, unit: Period, then: Period | None, members: Members) -> bool:
    places = [(NOW, unit)] + ([(THEN, then)] if then else [])
    return any(
        table.figure(metric, window, each.start, members).value is not None
        for metric in table.ids
        for window, each in places
    )


def _unit_then(
    desk: Desk, asked: Question, table: Measured, unit: Period, number: int
) -> Period | None:
    """The unit of time a unit is compared with: a year ago, else the one at the same place."""
    if asked.then is None or asked.grain is None:
        return None
    if asked.selection.comparison is Comparison.LAST_YEAR:
        return desk.settings.fiscal.year_ago(asked.grain, unit)
    units = table.buckets[THEN]
    return units[number] if number < len(units) else None


def _row(asked: Question, table: Measured, place: Place) -> list[object]:
    return [*_lead(place), *_figures(asked, table, place)]


def _figures(asked: Question, table: Measured, place: Place) -> list[object]:
    unit, unit_then, members = place
    found: list[object] = []
    for metric in asked.ids:
        now = table.figure(metric, NOW, _start(unit), members).value
        found.append(now)
        if asked.then is None:
            continue
        missing = asked.grain is not None and unit is not None and unit_then is None
        then = None if missing else table.figure(metric, THEN, _start(unit_then), members).value
        found += [then, *_change(now, then)]
    return found


def _start(unit: Period | None) -> date | None:
    return unit.start if unit else None


def _change(now: Number | None, then: Number | None) -> tuple[Number | None, float | None]:
    """Difference and ratio; blank when a side is, the ratio also when there was nothing before."""
    if now is None or then is None:
        return None, None
    difference = Decimal(now) - Decimal(then) if _exact(now, then) else float(now) - float(then)
    if _exact(now, then) and isinstance(now, int) and isinstance(then, int):
        difference = now - then
    return difference, float(difference) / abs(float(then)) if then else None


def _exact(*numbers: Number) -> bool:
    return not any(isinstance(number, float) for number in numbers)
