"""Pipeline movement: from what was open then to what is open now, a floating bar for each part.

Between far larger totals steps would be invisible on an axis from zero. So the two ends are levels,
and the axis may start higher; then `waterfall_start` says where.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import altair as alt

from salesdash import formats
from salesdash.analysis.answers import Number
from salesdash.analysis.moved import MovedDeal, Movement
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import Role, by_role
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

ROW = 36
"""Height of a part with its air, px."""

ROLES: dict[str, Role] = {
    "new": "good",
    "pulled_in": "good",
    "reopened": "good",
    "taken_over": "reference",
    "grown": "good",
    "shrunk": "bad",
    "pushed_out": "warn",
    "handed_over": "reference",
    "removed": "reference",
    "lost": "bad",
    "won": "current",
}
"""What was won left the pipeline for the best; what changed hands is nobody's gain or loss."""

_FIGURES = 132
"""Room for figures at the right of the bars, px."""

_FROM_ZERO = 0.45
"""Where the lowest level is no more than this part of the highest, the axis starts at zero."""

_AIR, _THICK = 0.04, 0.006
"""Air below the lowest level, and half the thickness of a level, as parts of the axis."""


@dataclass(frozen=True)
class Step:
    """An end ("opening", "closing") or a part: its name, deals, what it adds, from where to where.

    Of an end `amount` is what there is.
    """

    kind: str
    name: str
    deals: int
    amount: Number
    start: float
    end: float
    role: Role

    @property
    def is_end(self) -> bool:
        """Whether it is a level."""
        return self.kind in ("opening", "closing")


def steps(answer: Movement, words: Words) -> tuple[Step, ...]:
    """Opening, the parts that any deal is in, closing."""
    return tuple(_steps(answer, words))


def _steps(answer: Movement, words: Words) -> Iterator[Step]:
    level = answer.level(answer.opening)
    opening, closing = answer.opening, answer.closing
    name = _end("opening", answer, words)
    yield Step("opening", name, opening.deals, level, 0.0, float(level), "reference")
    for part in answer.moved:
        step = answer.step(part)
        name = words.say(f"movement.part.{part.kind}")
        ends = float(level), float(level + step)
        yield Step(part.kind, name, part.deals, step, *ends, ROLES[part.kind])
        level += step
    name = _end("closing", answer, words)
    yield Step("closing", name, closing.deals, level, 0.0, float(level), "current")


def _end(name: str, answer: Movement, words: Words) -> str:
    state = answer.then if name == "opening" else answer.now
    day = formats.date(state.day, words.lang)
    return words.say("movement.end", name=words.say(f"movement.{name}"), day=day)


def figure(answer: Movement, step: Step, words: Words) -> str:
    """What a step adds, or an end is: money, or deals where nobody states any."""
    unit = Unit.MONEY if answer.priced else Unit.COUNT
    return words.value(step.amount, unit, "short" if step.is_end else "signed")


def _beside(answer: Movement, step: Step, words: Words) -> str:
    """At the end of a bar: +$60.0K · 52 deals."""
    told = figure(answer, step, words)
    counted = words.say("movement.deals", count=step.deals)
    return f"{told} · {counted}" if answer.priced else told


def reach(found: tuple[Step, ...]) -> tuple[float, float]:
    """Where the axis of the steps starts and ends; at zero where that hides nothing."""
    heights = [height for step in found for height in (step.start, step.end) if not step.is_end]
    heights += [step.end for step in found if step.is_end]
    low, high = min(heights), max(heights)
    if high <= low:
        return min(0.0, low), max(high, 1.0)
    if low <= _FROM_ZERO * high:
        return min(low, 0.0), high
    return low - _AIR * (high - low), high


def waterfall_start(answer: Movement, words: Words) -> str | None:
    """Where the axis starts, in words; None: at zero."""
    start = reach(steps(answer, words))[0]
    unit = Unit.MONEY if answer.priced else Unit.COUNT
    return words.value(start, unit) if start > 0 else None


def waterfall(answer: Movement, words: Words) -> Spec:
    """The Vega-Lite dict, in the order of the parts. The parameter `pick` carries `kind`."""
    found = steps(answer, words)
    low, high = reach(found)
    half = _THICK * (high - low)
    rows = [_row(answer, step, half, words) for step in found]
    parts = [row for row, step in zip(rows, found, strict=True) if not step.is_end]
    levels = [row for row, step in zip(rows, found, strict=True) if step.is_end]
    titles = tuple(words.say(f"movement.tip.{name}") for name in ("amount", "deals", "meaning"))
    spec = frame.filled(_template(titles), {"parts": parts, "levels": levels, "figures": rows})
    names = [row["name"] for row in rows]
    for layer in spec["layer"]:
        layer["encoding"]["y"]["scale"] = {"domain": names}
        layer["encoding"]["x"]["scale"]["domain"] = [low, high]
        layer["encoding"]["x"]["scale"]["range"] = [4, {"expr": f"max(width - {_FIGURES}, 40)"}]
    spec["height"] = max(len(rows), 3) * ROW + 8
    return spec


def _row(answer: Movement, step: Step, half: float, words: Words) -> Row:
    ends = (step.end - half, step.end + half) if step.is_end else (step.start, step.end)
    return {
        "name": step.name,
        "kind": step.kind,
        "from": ends[0],
        "to": ends[1],
        "at": max(ends),
        "role": step.role,
        "tone": "ink",
        "text": _beside(answer, step, words),
        "amount": words.value(
            step.amount, Unit.MONEY if answer.priced else Unit.COUNT, "exact"
        ),
        "deals": words.value(step.deals, Unit.COUNT, "exact"),
        "meaning": "" if step.is_end else words.say(f"movement.meaning.{step.kind}"),
    }  # fmt: skip


@cache
def _template(titles: tuple[str, ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["kind"], empty=False)
    fields = ("amount", "deals", "meaning")
    tips = [alt.Tooltip(field="name", type="nominal", title=" ")]
    tips += [
        alt.Tooltip(field=field, type="nominal", title=title)
        for field, title in zip(fields, titles, strict=True)
    ]
    axis = alt.Axis(title=None, grid=False, labelLimit=150, labelPadding=6, labelOverlap=False)
    y = alt.Y(field="name", type="nominal", sort=None, axis=axis)
    scale = alt.Scale(nice=False, zero=False)
    x = {
        field: alt.X(field=field, type="quantitative", scale=scale, axis=None)
        for field in ("from", "at")
    }
    parts = (
        alt.Chart(named("parts"), name="parts")
        .mark_bar(size=17, cornerRadius=1)
        .encode(
            x=x["from"],
            x2=alt.X2(field="to"),
            y=y,
            color=by_role(),
            opacity=alt.when(pick).then(alt.value(0.6)).otherwise(alt.value(1)),
            tooltip=tips,
        )
        .add_params(pick)
    )
    levels = (
        alt.Chart(named("levels"), name="levels")
        .mark_bar(size=26)
        .encode(x=x["from"], x2=alt.X2(field="to"), y=y, color=by_role(), tooltip=tips[:-1])
    )
    mark: Row = {"dx": 7, "align": "left", "baseline": "middle", "fontWeight": 600}
    figures = (
        alt.Chart(named("figures"), name="figures")
        .mark_text(tooltip=False, **mark)
        .encode(x=x["at"], y=y, text=alt.Text(field="text", type="nominal"), color=by_role("tone"))
    )
    return frame.dressed(alt.layer(levels, parts, figures), 3 * ROW)


@table.register
def _table(answer: Movement, words: Words) -> Table:
    """Opening, parts, closing; what each means at its end."""
    names = ("part", "deals", "amount")
    columns = (
        *(Column(words.say(f"movement.tip.{name}"), name != "part") for name in names),
        Column(words.say("movement.tip.meaning"), figures=False),
    )
    unit = Unit.MONEY if answer.priced else Unit.COUNT
    found = steps(answer, words)
    meanings = ["" if step.is_end else words.say(f"movement.meaning.{step.kind}") for step in found]
    return Table(
        columns,
        tuple(
            (step.name, words.value(step.deals, Unit.COUNT, "exact"),
             words.value(step.amount, unit, "exact"), meaning)
            for step, meaning in zip(found, meanings, strict=True)
        ),
        tuple(
            (step.name, step.deals, step.amount, meaning)
            for step, meaning in zip(found, meanings, strict=True)
        ),
    )  # fmt: skip


@described.register
def _alt(answer: Movement, words: Words) -> str:
    told = [
        words.say("charts.alt.part", name=step.name, value=figure(answer, step, words))
        for step in steps(answer, words)
    ]
    return words.say("movement.alt", parts=words.say("charts.list").join(told))


DEALS = ("deal", "owner", "amount", "then", "now", "stage", "pushed", "source")
"""What is told of a deal."""


def deals_of(answer: Movement, kind: str, words: Words) -> Table:
    """The largest deals of a part, as they were and are."""
    found = next((part.largest for part in answer.parts if part.kind == kind), ())
    columns = tuple(
        Column(words.say(f"movement.deal.{name}"), name in ("amount", "then", "now", "pushed"))
        for name in DEALS
    )
    return Table(
        columns,
        tuple(_deal(each, words) for each in found),
        tuple((each.deal, each.owner, each.amount, *_exact(each)) for each in found),
    )


def _deal(each: MovedDeal, words: Words) -> tuple[str, ...]:
    """The cells of a deal: what moved it reads "$3,440 → $4,920", what stayed stands alone."""
    then, now = each.then, each.now
    both = [
        [None if side is None else getattr(side, name) for side in (then, now)]
        for name in ("amount", "expected", "stage")
    ]
    expected = tuple(_day(day, words) for day in both[1])
    return (
        each.title,
        each.owner or formats.DASH,
        words.value(each.amount, Unit.MONEY, "signed"),
        *expected,
        _changed(*both[2]),
        words.say("movement.times", count=each.pushed) if each.pushed else "",
        _source(each, words),
    )


def _source(each: MovedDeal, words: Words) -> str:
    """The file that showed a deal as it is, or let it go."""
    return each.file or f"{words.say('ui.rows.event')} {each.event}"


def _exact(each: MovedDeal) -> tuple[str | int | None, ...]:
    sides = [None if side is None or side.expected is None else side.expected.isoformat()
             for side in (each.then, each.now)]  # fmt: skip
    stages = [None if side is None else side.stage for side in (each.then, each.now)]
    return (*sides, _changed(*stages), each.pushed, each.file)


def _changed(then: str | None, now: str | None) -> str:
    known = [text for text in (then, now) if text]
    return " → ".join(dict.fromkeys(known)) or formats.DASH


def _day(day: object, words: Words) -> str:
    return formats.DASH if day is None else words.told(day)
