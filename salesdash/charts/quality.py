"""The quality of data as tables: for reading, and exact for a CSV."""

from collections.abc import Mapping

from salesdash import formats
from salesdash.analysis.health import Empty, Health
from salesdash.analysis.quality import Quality
from salesdash.charts.tables import Cell, Column, Table
from salesdash.charts.words import Words
from salesdash.formats import DASH
from salesdash.metrics import Unit
from salesdash.workspace import Event

NAMED = 3
"""So many metrics are named beside a field."""

Row = tuple[tuple[str, ...], tuple[Cell, ...]]
"""As shown, and exact."""


def datasets(answer: Quality, words: Words) -> Table:
    """A row for each kind of data: rows, until when, months, what to look at."""
    names = ("name", "rows", "until", "age", "months", "look")
    return _table(
        [words.say(f"quality.datasets.{name}") for name in names],
        (False, True, True, True, True, False),
        [_dataset(each, words) for each in answer.datasets],
    )


def _dataset(found: Health, words: Words) -> Row:
    fresh, covered = found.fresh, found.covered
    whole = len(covered.months)
    months = words.say("quality.datasets.of", count=whole - covered.empty, months=whole)
    look = words.say("ui.list_comma").join(looks(found, words))
    name = words.say(f"datasets.{found.dataset}")
    until = formats.date(fresh.until, words.lang, "exact")
    age = words.value(fresh.age, Unit.DAYS)
    shown = (name, f"{found.filled.rows:,}", until, age, months if whole else DASH)
    exact = (name, found.filled.rows, _iso(fresh.until), fresh.age, whole - covered.empty)
    return (*shown, look or words.say("quality.datasets.fine")), (*exact, look)


def looks(found: Health, words: Words) -> tuple[str, ...]:
    """What is to look at in one kind of data, shortly."""
    counts = {
        "months": found.covered.empty,
        "unknown": found.unknown,
        "rejected": found.rejected,
        "across": found.repeats.across,
        "ahead": found.filled.ahead if found.fresh.until is not None else 0,
        "early": found.filled.early,
    }
    told = [words.say("quality.look.old")] if found.fresh.stale else []
    told += [words.say(f"quality.look.{name}", count=n) for name, n in counts.items() if n]
    return tuple(told)


def months(found: Health, words: Words) -> Table:
    """Rows that count and their amounts by month, also months without any."""
    return _table(
        [words.say(f"quality.months.{name}") for name in ("month", "counted", "amount")],
        (False, True, True),
        [
            (
                (
                    words.month(month.start),
                    f"{month.counted:,}",
                    words.value(month.amount, Unit.MONEY, "exact"),
                ),
                (month.start.isoformat(), month.counted, month.amount),
            )
            for month in found.covered.months
        ],
    )


def fields(found: Health, words: Words) -> Table:
    """Fields with gaps and what is read from them."""
    names = ("field", "empty", "share", "metrics")
    rows: list[Row] = []
    for each in found.empty:
        name, share = words.say(f"fields.{each.field}"), words.value(each.share, Unit.SHARE)
        affected = tuple(words.metric(metric) for metric in each.metrics)
        shown = (name, f"{each.rows:,}", share, _affected(each, affected, words))
        exact = (name, each.rows, each.share, words.say("ui.list_comma").join(affected))
        rows.append((shown, exact))
    heads = [words.say(f"quality.fields.{name}") for name in names]
    return _table(heads, (False, True, True, False), rows)


def _affected(found: Empty, names: tuple[str, ...], words: Words) -> str:
    if not names:
        return words.say(f"quality.fields.{'members' if found.dimension else 'nothing'}")
    listed = words.say("ui.list_comma").join(names[:NAMED])
    if len(names) <= NAMED:
        return listed
    return words.say("quality.fields.more", list=listed, count=len(names) - NAMED)


def rejected(found: Health, words: Words) -> Table:
    """Rejected rows that wait, by import and reason."""
    names = ("reason", "column", "rows", "example", "event")
    rows: list[Row] = []
    for each in found.waiting:
        reason = words.say(each.reason)
        facts = (reason, each.column or DASH, f"{each.rows:,}", each.example or "")
        exact = (reason, each.column, each.rows, each.example, each.event)
        rows.append(((*facts, str(each.event)), exact))
    heads = [words.say(f"quality.rejected.{name}") for name in names]
    return _table(heads, (False, False, True, False, True), rows)


def restated(found: Health, events: Mapping[int, Event], words: Words) -> Table:
    """Months that later events changed: before, after, and by which."""
    names = ("month", "before", "after", "change", "by")
    rows: list[Row] = []
    for each in found.restated:
        month = words.month(each.month)
        change = each.after - each.before
        by = _by(each.event, events, words)
        sums = (words.value(value, Unit.MONEY) for value in (each.before, each.after))
        shown = (month, *sums, words.value(change, Unit.MONEY, "signed"), by)
        exact = (each.month.isoformat(), each.before, each.after, change, by)
        rows.append((shown, exact))
    heads = [words.say(f"quality.restated.{name}") for name in names]
    return _table(heads, (False, True, True, True, False), rows)


def _by(number: int, events: Mapping[int, Event], words: Words) -> str:
    """The event that changed a month: its file, or what it took back."""
    event = events.get(number)
    if event is None:
        return str(number)
    kind = f"imports_page.log.{event.kind.value}_of"
    what = event.file_name or words.say(kind, number=event.target)
    return words.say("quality.restated.event", event=number, file=what)


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _table(heads: list[str], figures: tuple[bool, ...], rows: list[Row]) -> Table:
    columns = tuple(Column(head, kind) for head, kind in zip(heads, figures, strict=True))
    return Table(columns, tuple(shown for shown, _ in rows), tuple(exact for _, exact in rows))
