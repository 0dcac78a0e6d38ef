"""A bridge: where each lever's bar lies, beginning where the one before ended, and its table."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from salesdash.analysis import bridge as bridges
from salesdash.analysis.answers import Number
from salesdash.analysis.bridge import Bridge, Step
from salesdash.analysis.levers import Dropped
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

COLUMNS = ("then", "now", "part", "share")


def way(answer: Bridge) -> Iterator[tuple[Step, float, float]]:
    """Each step with the left end and the width of its bar, as parts of the line."""
    level, ends = Decimal(0), []
    for step in answer.steps:
        ends.append((level, level + step.part))
        level += step.part
    heights = [height for pair in ends for height in pair] or [Decimal(0)]
    low, reach = min(heights), (max(heights) - min(heights)) or Decimal(1)
    for step, (before, after) in zip(answer.steps, ends, strict=True):
        left = (min(before, after) - low) / reach
        yield step, float(left), float(abs(after - before) / reach)


def left_out(dropped: Iterable[Dropped], words: Words) -> str:
    """Which figures no lever could be made of, each with the reason; empty where there are all."""
    names = [
        words.say(
            "levers.dropped_one",
            name=words.say(f"levers.name.{each.code}"),
            reason=words.tell(each.reason).rstrip(".。"),
        )
        for each in dropped
    ]
    if not names:
        return ""
    return words.say("levers.dropped", names=words.say("ui.list_comma").join(names))


@table.register
def _bridge(answer: Bridge, words: Words) -> Table:
    head = words.say("bridge.column.lever")
    columns = [Column(head, figures=False)]
    columns += [Column(words.say(f"bridge.column.{name}")) for name in COLUMNS]
    total = sum((step.part for step in answer.steps), Decimal(0))
    shown, rows = [], []
    for step in answer.steps:
        name = words.tell(bridges.name(step.code))
        share = float(step.part / total) if total else None
        values = [words.value(value, step.unit) for value in (step.then, step.now)]
        part = words.value(step.part, answer.unit, "exact")
        shown.append((name, *values, part, words.value(share, Unit.SHARE)))
        rows.append((name, step.then, step.now, step.part, share))
    whole = words.say("bridge.total")
    exact = (words.value(each, answer.unit, "exact") for each in (answer.start, _now(answer)))
    shown.append((whole, *exact, words.value(total, answer.unit, "exact"), ""))
    rows.append((whole, answer.start, _now(answer), total, 1.0 if total else None))
    return Table(tuple(columns), tuple(shown), tuple(rows))


def _now(answer: Bridge) -> Number | None:
    return answer.change.now.value
