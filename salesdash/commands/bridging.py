"""The command `bridge`: a change as the exact parts of its levers."""

from salesdash.analysis import bridge as bridges
from salesdash.analysis import planning
from salesdash.analysis.answers import Number
from salesdash.analysis.asking import Question
from salesdash.analysis.bridge import Bridge, Step
from salesdash.analysis.changes import difference
from salesdash.charts import Words
from salesdash.commands.asked import Bridge as Given
from salesdash.commands.defining import bound, known
from salesdash.commands.office import Desk
from salesdash.commands.questions import about, recent, span
from salesdash.commands.replies import Reply, plain
from salesdash.commands.wording import words
from salesdash.periods import against_kind
from salesdash.selection import Selection


def bridge(desk: Desk, given: Given) -> Reply:
    """{metric, period, comparison, start, now, change, parts, by, dropped, why, sentence ...}.

    Each part is {lever, name, metric, unit, then, now, part, share}; parts sum to the change to the
    cent, shares are fractions of it. `why` says why there are none.
    """
    selection = _selection(desk, given)
    asked = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    target = None if given.target is None else planning.amount(given.target)
    found = bridges.build(asked, given.metric, given.by, target)
    now, start = found.change.now.value, found.start
    change = None if now is None or start is None else difference(now, start)
    told = words(desk)
    document = {
        "metric": found.metric,
        "unit": found.unit,
        "period": span(found.window),
        "comparison": {"kind": against_kind(found.comparison), **(span(found.compared) or {})},
        "by": found.by,
        "target": found.target,
        "then": found.change.then.value,
        "start": start,
        "now": now,
        "change": change,
        "parts": [_part(step, change, told) for step in found.steps],
        "dropped": [
            {
                "part": each.code,
                "name": told.say(f"levers.name.{each.code}"),
                "reason": told.tell(each.reason),
            }
            for each in found.dropped
        ],
        "why": found.why and told.tell(found.why),
        "sentence": found.headline and told.tell(found.headline),
        "words": _words(found, change, told),
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
    }
    return Reply(plain(document))


def _selection(desk: Desk, given: Given) -> Selection:
    """What was typed, beside last year unless it says otherwise."""
    definitions = bound(desk)
    known(definitions, given.metric)
    return recent(desk, about(given.metric, given), definitions)


def _part(step: Step, change: Number | None, told: Words) -> dict[str, object]:
    return {
        "lever": step.code,
        "name": told.tell(bridges.name(step.code)),
        "metric": step.metric,
        "unit": step.unit,
        "then": step.then,
        "now": step.now,
        "part": step.part,
        "share": float(step.part) / float(change) if change else None,
    }


def _words(found: Bridge, change: Number | None, told: Words) -> dict[str, object]:
    """Figures as people read them."""
    return {
        "start": told.value(found.start, found.unit),
        "now": told.value(found.change.now.value, found.unit),
        "change": told.value(change, found.unit, "signed"),
        "parts": [
            {
                "then": told.value(step.then, step.unit),
                "now": told.value(step.now, step.unit),
                "part": told.value(step.part, found.unit, "signed"),
            }
            for step in found.steps
        ],
    }
