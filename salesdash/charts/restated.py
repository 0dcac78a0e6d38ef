"""What was restated as tables: figures then and now, the rows behind them, by import."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salesdash import formats
from salesdash.analysis.answers import Number, When
from salesdash.analysis.changes import difference
from salesdash.analysis.restatement import (
    RestatedBy,
    RestatedEffect,
    RestatedField,
    RestatedFile,
    RestatedList,
    RestatedTotal,
    RestatedUnit,
    Restatement,
)
from salesdash.charts.tables import Cell, Column, Table
from salesdash.charts.words import Words
from salesdash.datasets import DATASETS, Kind
from salesdash.metrics import Unit

ARROW = " → "
OF_UNIT = ("dataset", "period", "key", "customer", "how")
CSV = (*OF_UNIT, "figure", "effect", "field", "then", "now", "event", "file", "who", "at")


def totals(answer: Restatement, words: Words) -> Table:
    """The figures that are different, period by period."""
    names = ("period", "figure", "then", "now", "difference")
    heads = _heads(names, ("then", "now", "difference"), words)
    shown, rows = [], []
    for place, each in enumerate(answer.totals):
        gap = _gap(each)
        again = place and each.window == answer.totals[place - 1].window
        name, when = words.metric(each.metric), "" if again else period(each.window, words)
        values = (each.then.value, each.now.value)
        texts = (words.value(value, each.unit, "exact") for value in values)
        shown.append((when, name, *texts, _signed(gap, each.unit, words)))
        rows.append((each.window.period.start.isoformat(), name, *values, gap))
    return Table(heads, tuple(shown), tuple(rows))


def notes(answer: Restatement, words: Words) -> tuple[str, ...]:
    """What there is to know about the differences: which have no parts, what rows leave over."""
    apart = dict.fromkeys(t.metric for t in answer.totals if t.moved is None)
    told = [
        words.say(
            "restated.rest",
            figure=words.metric(each.metric),
            period=period(each.window, words),
            value=_signed(each.rest, each.unit, words),
        )
        for each in answer.totals
        if each.rest is not None
    ]
    if apart:
        names = words.say("ui.list_comma").join(map(words.metric, apart))
        told.append(words.say("restated.not_additive", figures=names))
    return tuple(told)


def units(answer: RestatedList, words: Words) -> Table:
    """The rows that moved, the largest effects first; by which import where there are several."""
    several = len(answer.files) > 1
    effects = tuple(Column(words.metric(name)) for name, _ in answer.metrics)
    heads = _heads(("period", "key", "how"), (), words)
    columns = (*heads, *effects, *_heads(("by",) if several else (), (), words))
    known = dict(answer.metrics)
    shown = []
    for each in answer.units:
        values = {one.metric: one.value for one in each.effects}
        figures = (_signed(values.get(name), known[name], words) for name in known)
        what, last = happened(each, words), (by(each.by, words),) if several else ()
        shown.append((period(each.window, words), row(each, words), what, *figures, *last))
    return Table(columns, tuple(shown), ())


def others(answer: RestatedList, words: Words) -> str:
    """And 12 others: Sales +$1,234; nothing when all rows are told."""
    if not answer.others:
        return ""
    told = effects(answer.rest, answer.metrics, words)
    key = "restated.others" if told else "restated.others_alone"
    return words.say(key, count=answer.others, effects=told)


def files(answer: RestatedList, words: Words) -> tuple[str, ...]:
    """The imports behind it, and what each did: so many came late, so much more."""
    return tuple(
        words.say("restated.told_of", file=by(each.by, words), told=file(each, answer, words))
        for each in answer.files
    )


def file(each: RestatedFile, answer: RestatedList, words: Words) -> str:
    """12 came late, 3 with another amount: Sales +$3,210."""
    ways = [words.say(f"restated.counted.{how}", count=count) for how, count in each.ways]
    told = effects(each.effects, answer.metrics, words)
    return " · ".join(part for part in (words.say("ui.list_comma").join(ways), told) if part)


def effects(
    found: Iterable[RestatedEffect], metrics: Iterable[tuple[str, Unit]], words: Words
) -> str:
    """Sales +$1,234, Orders +2; what did not move is left out."""
    known = dict(metrics)
    told = [
        words.say(
            "restated.effect_of",
            metric=words.metric(each.metric),
            value=_signed(each.value, known[each.metric], words),
        )
        for each in found
        if each.value
    ]
    return words.say("ui.list_comma").join(told)


def everything(found: Iterable[tuple[str, RestatedUnit]], words: Words) -> Table:
    """All rows that moved for a file: a line for each field that differs, exact."""
    lines: list[tuple[Cell, ...]] = []
    for dataset, each in found:
        start = (
            words.say(f"datasets.{dataset}"),
            each.window.period.start.isoformat(),
            row(each, words),
            each.whose,
            way(each, words),
        )
        last = each.by[-1] if each.by else None
        end = (None,) * 4 if last is None else _caused(last)
        lines += [
            (*start, words.metric(one.metric), one.value, None, None, None, *end)
            for one in each.effects
        ]
        lines += [
            (*start, None, None, words.dimension(one.name), _exact(one.then), _exact(one.now), *end)
            for one in each.fields
        ]
    columns = tuple(Column(words.say(f"restated.csv.{name}"), figures=False) for name in CSV)
    return Table(columns, (), tuple(lines))


def row(each: RestatedUnit, words: Words) -> str:
    """The key and whose it is; a row without one by where it stands."""
    event, _, record = each.place
    if each.key is not None:
        name = each.key
    elif event is None:
        name = words.say("restated.nameless_gone", record=record)
    else:
        name = words.say("restated.nameless", record=record, event=event)
    return f"{name} · {each.whose}" if each.whose else name


def way(each: RestatedUnit, words: Words) -> str:
    """What happened to it, in two words."""
    return words.say(f"restated.ways.{each.how}")


def happened(each: RestatedUnit, words: Words) -> str:
    """Came late, order date 6 Nov, amount $950.57; what is there still says what differs."""
    told = fields(each, words)
    if each.how in ("late", "gone") or not told:
        told = (way(each, words), *told)
    said = words.say("ui.list_comma").join(told)
    return said[:1].upper() + said[1:]


def fields(each: RestatedUnit, words: Words) -> tuple[str, ...]:
    """Amount $100.00 → $150.00; of what came or went one side."""
    return tuple(_field(one, words) for one in each.fields)


def by(events: Iterable[RestatedBy], words: Words) -> str:
    """The import behind it: file, number, who, when."""
    return ARROW.join(_event(each, words) for each in events)


def period(window: object, words: Words) -> str:
    """A period by its name."""
    return words.told(When(window, bare=True))  # type: ignore[arg-type]


def _event(each: RestatedBy, words: Words) -> str:
    day = formats.date(each.at.date(), words.lang)
    facts = {"event": each.event, "who": each.who, "day": day, "file": each.file}
    if each.kind == "import":
        return words.say("restated.file", **facts)
    what = words.say(f"imports_page.log.{each.kind}_of", number=each.target)
    key = "restated.undo_file" if each.file else "restated.no_file"
    return words.say(key, what=what, **facts)


def _caused(each: RestatedBy) -> tuple[Cell, ...]:
    return each.event, each.file, each.who, each.at.isoformat(" ", "minutes")


def _field(one: RestatedField, words: Words) -> str:
    then, now = (_said(one.name, value, words) for value in (one.then, one.now))
    key = "from_to"
    if one.then is None:
        key = "is_now"
    elif one.now is None:
        key = "was"
    name = words.dimension(one.name)
    name = name[:1].lower() + name[1:] if words.lang == "en" else name
    return words.say(f"restated.{key}", field=name, then=then, now=now)


def _said(name: str, value: Decimal | date | str | None, words: Words) -> str:
    if isinstance(value, Decimal):
        return words.value(value, _UNITS.get(name, Unit.NUMBER), "exact")
    if isinstance(value, date):
        return formats.date(value, words.lang)
    return value or ""


_UNITS = {
    field.name: Unit.MONEY
    for dataset in DATASETS.values()
    for field in dataset.fields
    if field.kind is Kind.MONEY
}


def _exact(value: Decimal | date | str | None) -> Cell:
    return value.isoformat() if isinstance(value, date) else value


def _gap(total: RestatedTotal) -> Number | None:
    if total.then.value is None and total.now.value is None:
        return None
    return difference(total.now.value or 0, total.then.value or 0)


def _signed(value: Number | None, unit: Unit, words: Words) -> str:
    """+$1,234.50, to the cent; a difference of shares in points; nothing for nothing."""
    if not value:
        return ""
    if unit is Unit.SHARE:
        return words.value(value, unit, "signed")
    return f"{'+' if value > 0 else ''}{words.value(value, unit, 'exact')}"


def _heads(names: Iterable[str], figures: Iterable[str], words: Words) -> tuple[Column, ...]:
    right = frozenset(figures)
    return tuple(Column(words.say(f"restated.{name}"), name in right) for name in names)
