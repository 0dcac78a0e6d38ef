"""The command `drivers`: the few slices that explain a change, of a metric or of a file."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, get_args

from salesdash.analysis import driving
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.driving import Driver, Driving
from salesdash.charts import Words, driving_notes, pace
from salesdash.commands.asked import Drivers
from salesdash.commands.defining import bound, definition, known
from salesdash.commands.office import Desk, Office
from salesdash.commands.questions import about, recent, span
from salesdash.commands.replies import Reply, plain
from salesdash.commands.requests import Point, one_of
from salesdash.commands.sources import is_file, reading
from salesdash.commands.wording import words
from salesdash.driving import Part, leaves, search, sums
from salesdash.errors import DataRefused, UsageError
from salesdash.ingest.sided import Sides, sided
from salesdash.metrics import Unit
from salesdash.periods import against_kind

OF_FILES = ("before", "after", "sheet", "decimal", "encoding")
OF_METRICS = ("since", "to", "where", "compare", "against", "as_of_cut")

Names = Callable[[str], str]
"""What a dimension is called."""


def drivers(office: Office, given: Drivers) -> Reply:
    """{metric | file, total, drivers, rest, usual, silent, reason, searched ...}.

    Each driver is {conditions {dimension: member}, before, after, change, share, growth, expected,
    excess, remains, strength}; parts and rest sum to the total, shares are fractions of its change
    (null where that is 0). `usual`: by which fraction the rest grew. `silent`: nothing is named,
    and `reason` says why; it is the sentence otherwise.
    """
    if is_file(office, given.source):
        return _of_file(office, given)
    with office.desk() as desk:
        return _of_metric(desk, given)


def _of_file(office: Office, given: Drivers) -> Reply:
    _ensure_none(given, OF_METRICS, "driving.metric_options")
    ask = Sides(given.before, given.after, one_of("decimal", given.decimal, get_args(Point)))
    with reading(given.source, given.sheet, given.encoding) as read:
        table = sided(read, ask)
    found = search(leaves(table.columns, sums(*table.sums)))
    answer = driving.told(Driving(), found, {})
    about = {"file": table.place.file, "before": table.before, "after": table.after}
    told = Words(office.lang)
    document = _document(answer, told, str)
    notes = list(driving_notes(answer, told, str))
    if table.numbers:
        names = told.say("ui.list_comma").join(table.numbers)
        notes.append(told.say("driving.left.numbers", names=names))
    return Reply(plain({**about, **document, "notes": notes}))


def _of_metric(desk: Desk, given: Drivers) -> Reply:
    _ensure_none(given, OF_FILES, "driving.options")
    definitions = bound(desk)
    metric = known(definitions, given.source)
    selection = recent(desk, about(metric.id, given), definitions)
    asked = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    answer, told = driving.build(asked, metric.id), words(desk)
    if answer.why is not None:
        raise _refusal(answer.why, told)
    found = {
        "metric": metric.id,
        "definition": definition(metric),
        "period": span(answer.window),
        "comparison": {"kind": against_kind(answer.comparison), **(span(answer.compared) or {})},
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
        "currency": told.currency,
    }
    return Reply(plain({**found, **_document(answer, told, told.dimension)}))


def _refusal(why: Reason, told: Words) -> DataRefused | UsageError:
    """Why a metric has no drivers, as an error: its words are those of screens."""
    values: dict[str, Any] = {name: told.told(value) for name, value in why.values}
    key = why.key.removeprefix("errors.")
    return UsageError(key, **values) if key.endswith(".metric") else DataRefused(key, **values)


def _ensure_none(given: Drivers, names: tuple[str, ...], key: str) -> None:
    """UsageError for options that say nothing of such a source."""
    asked = [name for name in names if getattr(given, name) not in (None, ())]
    if asked:
        told = ("from" if name == "since" else name.replace("_", "-") for name in asked)
        raise UsageError(key, names=", ".join(f"--{name}" for name in told))


def _document(answer: Driving, told: Words, name: Names) -> dict[str, object]:
    rest, change = answer.rest, answer.total.change
    return {
        "unit": answer.unit,
        "total": _part(answer.total),
        "drivers": [_driver(each, answer, told) for each in answer.drivers],
        "rest": {**_part(rest), "share": float(rest.change / change) if change else None},
        "usual": answer.usual,
        "silent": answer.silent,
        "reason": told.tell(answer.headline) if answer.headline is not None else "",
        "searched": {
            "dimensions": answer.searched,
            "slices": answer.slices,
            "left": [{"dimension": x.name, "why": x.why, "of": x.of} for x in answer.left],
            "capped": [{"dimension": each, "members": count} for each, count in answer.capped],
        },
        "notes": list(driving_notes(answer, told, name)),
        "words": {
            "total": _said(answer.total, answer, told),
            "rest": _said(rest, answer, told),
            "drivers": [
                {
                    "slice": told.tell(driving.slice_name(each)),
                    **_said(Part(each.before, each.after), answer, told),
                    "share": told.value(each.share, Unit.SHARE),
                }
                for each in answer.drivers
            ],
        },
    }


def _part(part: Part) -> dict[str, object]:
    return {name: tidy(each) for name, each in _figures(part).items()}


def _said(part: Part, answer: Driving, told: Words) -> dict[str, str]:
    """Figures as people read them."""
    figures = _figures(part)
    shown = {name: told.value(figures[name], answer.unit) for name in ("before", "after")}
    return {**shown, "change": told.value(part.change, answer.unit, "signed")}


def _figures(part: Part) -> dict[str, Decimal]:
    return {"before": part.before, "after": part.after, "change": part.change}


def _driver(driver: Driver, answer: Driving, told: Words) -> dict[str, object]:
    labels = {each.dimension: each.label for each in driver.conditions if each.label}
    return {
        "conditions": {each.dimension: each.member for each in driver.conditions},
        "labels": labels,
        **_part(Part(driver.before, driver.after)),
        "share": driver.share,
        "growth": driver.growth,
        "expected": tidy(driver.expected),
        "excess": tidy(driver.excess),
        "remains": tidy(driver.remains),
        "strength": round(driver.strength, 2),
        "why": pace(driver, answer, told),
    }


def tidy(value: Decimal) -> Decimal:
    """Without the zeros that only say how exact it is."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
