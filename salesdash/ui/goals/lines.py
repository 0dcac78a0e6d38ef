"""A goal in a line: its figures as one grid, its bar, and what is to know about it."""

from salesdash import formats
from salesdash.analysis.progress import Progress
from salesdash.analysis.prospects import in_percent
from salesdash.analysis.reviews import Due
from salesdash.charts import Words
from salesdash.periods import code
from salesdash.ui import context, marks, url
from salesdash.ui.sentences import Behind
from salesdash.workspace import Origin

FARTHEST = 2.0
"""A stretch of more than so many times the target has no mark on the bar."""

FIGURES = ("actual", "target", "reached", "needed")


def bar(each: Progress, words: Words) -> str:
    """The accent fill of what was reached, an ink mark where it should be by the edge."""
    reached = each.reached or 0.0
    mark = each.pace.share if each.expected is not None and not each.over else 1.0
    bounds = _bounds(each)
    scale = max(1.0, reached, *bounds)
    alt = words.say(
        "goals.bar",
        reached=formats.share(reached, words.lang),
        mark=formats.share(mark, words.lang),
    )
    thin = [*bounds, *([1.0] if bounds and scale > 1 else ())]
    return marks.goal_bar(reached / scale, mark / scale, alt, [each / scale for each in thin])


def _bounds(each: Progress) -> list[float]:
    """Floor and stretch as parts of the target; what lies far beyond it would flatten the bar."""
    terms = each.goal.terms
    if terms.target <= 0:
        return []
    parts = (float(b / terms.target) for b in (terms.floor, terms.stretch) if b is not None)
    return [part for part in parts if 0 <= part <= FARTHEST]


def line(each: Progress, words: Words, link: str = "", due: Due | None = None) -> str:
    """Its figures as one grid; with `link` its name leads there; `due`: a review it waits for."""
    unit, terms = each.subject.unit, each.goal.terms
    told = words.tell(each.told) if each.told else ""
    needed = words.value(each.needed, unit) if each.needed is not None else ""
    reached = formats.share(each.reached, words.lang) if each.reached is not None else ""
    has_figure = each.actual.value is not None
    foot = f"<div>{_told(each, told)}{_chance(each, words)}</div>"
    middle = (bar(each, words) if has_figure else "") + foot
    cells = (
        ("goal", f"<b>{_title(each, link, words)}</b>{_under(each, words)}{_due(due, words)}"),
        ("status", _status(each, words)),
        ("bar", middle),
        ("actual", _figure(each.actual.value, each, words, link=_rows(each))),
        ("target", _figure(terms.target, each, words)),
        ("reached", marks.escape(reached)),
        ("needed", marks.escape(needed)),
    )
    inside = "".join(_cell(name, cell, words) for name, cell in cells)
    return f'<div class="sd-goal">{inside}</div>'


def _title(each: Progress, link: str, words: Words) -> str:
    title = marks.escape(words.tell(each.subject.title))
    return f'<a href="{marks.escape(link)}" target="_self">{title}</a>' if link else title


def _cell(name: str, inside: str, words: Words) -> str:
    """One cell; figures say on a phone, where there is no head, what they are."""
    label = words.say(f"goals.column.{name}") if name in FIGURES else ""
    data = f' data-label="{marks.escape(label)}"' if label else ""
    return f'<span class="sd-g-{name}"{data}>{inside}</span>'


def _figure(value: object, each: Progress, words: Words, *, link: str | None = None) -> str:
    """A figure, exact on hover; with `link` the one that matters, which leads there."""
    short, exact = (words.value(value, each.subject.unit, s) for s in ("short", "exact"))  # type: ignore[arg-type]
    name = "i" if link is None else "b"
    return f'<{name} title="{marks.escape(exact)}">{marks.led(short, link or "")}</{name}>'


def _rows(each: Progress) -> str:
    """Where what was reached is opened: definition, SQL and rows, on its trend."""
    metric = each.subject.metric
    if metric not in context.metrics().metrics or each.actual.value is None:
        return ""
    scope = tuple((f.dimension, f.values) for f in each.goal.terms.scope)
    period = code(each.window(context.fiscal()), context.fiscal())
    asked = {"metric": metric, "period": period, "rows": Behind(metric).code}
    return url.address("trends", url.query("trends", asked, where=scope))


def about(each: Progress, words: Words) -> str:
    """Owner, period, that it came from a file, and what should be known about it."""
    period = words.tell(each.when(context.fiscal()))
    parts = [each.goal.terms.owner, period]
    if each.goal.origin is Origin.IMPORT:
        parts.append(words.say("goals.imported"))
    parts += [words.tell(note) for note in each.notes]
    return " · ".join(part for part in parts if part)


def _under(each: Progress, words: Words) -> str:
    return f"<small>{marks.escape(about(each, words))}</small>"


def _due(due: Due | None, words: Words) -> str:
    """A small chip on a goal that waits for its review."""
    if due is None:
        return ""
    title, word = marks.escape(words.tell(due.told)), marks.escape(words.say("reviews.due.short"))
    return f'<em class="sd-due" title="{title}">{word}</em>'


def _status(each: Progress, words: Words) -> str:
    word = words.tell(each.word)
    if each.status is None:
        return f'<span class="sd-chip sd-muted">{marks.escape(word)}</span>'
    return marks.chip(each.status.judgement, word)


def _told(each: Progress, told: str) -> str:
    """How far from the pace, with the shape of its judgement."""
    if each.status is None:
        return f'<small class="sd-muted">{marks.escape(told)}</small>'
    judgement = each.status.judgement
    mark = marks.shape(marks.SHAPES[judgement])
    return f'<small class="sd-{judgement}">{mark}{marks.escape(told)}</small>'


def _chance(each: Progress, words: Words) -> str:
    """The chance to reach it; why there is none stands behind the dash."""
    if each.prospect is not None:
        told = words.say("goals.chance.short", chance=words.tell(in_percent(each.prospect)))
        return f"<small>{marks.escape(told)}</small>"
    if each.unforeseen is None:
        return ""
    why, none = words.tell(each.unforeseen), words.say("goals.chance.short", chance=formats.DASH)
    return f'<small title="{marks.escape(why)}">{marks.escape(none)}</small>'


def short(each: Progress, words: Words) -> str:
    """Name, actual of target, bar and words; without columns."""
    unit = each.subject.unit
    title = marks.escape(words.tell(each.subject.title))
    both = words.say(
        "goals.card.of",
        actual=words.value(each.actual.value, unit),
        target=words.value(each.goal.terms.target, unit),
    )
    told = words.tell(each.told) if each.told else ""
    facts = [words.tell(each.when(context.fiscal()))]
    if each.prospect is not None:
        told_chance = words.tell(in_percent(each.prospect))
        facts.append(words.say("goals.chance.short", chance=told_chance))
    elif each.reached is not None:
        facts.append(formats.share(each.reached, words.lang))
    drawn = bar(each, words) if each.actual.value is not None else ""
    return (
        f'<div class="sd-goal-short"><div><b>{title}</b><span>{marks.escape(both)}</span></div>'
        f"{drawn}<div>{_told(each, told)}"
        f"<small>{marks.escape(' · '.join(facts))}</small></div></div>"
    )
