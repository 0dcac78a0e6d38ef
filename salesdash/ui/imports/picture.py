"""What a file looks like before it is stored: sums by month, odd values, keys in no list."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import sums
from salesdash.charts import Words
from salesdash.imports import Gap, Picture, Sample, Staged, Suspicion
from salesdash.metrics import Unit
from salesdash.periods import Period
from salesdash.ui import cards, context, marks, unmatched
from salesdash.ui.marks import Cell

GAPS_SHOWN, SAMPLES_SHOWN = 5, 3

MINUS, JOINER = "\u2212", "\u2060"
"""A sign and what holds it to its figure at the end of a line."""


def show(whole: Staged, part: Staged) -> None:
    """The months of one dataset beside what is worth a look, and the keys that lists lack."""
    found = part.picture
    if found is None:
        return
    name = _named(whole, part)
    if found.months:
        left, right = st.columns([7, 5], gap="small")
        with left:
            _months(part, found, name)
        with right:
            _odd(part, found, name)
    elif found.suspicions or found.repeats:
        _odd(part, found, name)
    if found.lost:
        unmatched.card(f"keys-{part.dataset.name}", found.lost, _question(part))


def _named(whole: Staged, part: Staged) -> str:
    """Which of several datasets; "" of a single one."""
    return context.words().say(f"datasets.{part.dataset.name}") if whole.others else ""


def _titled(title: str, name: str) -> str:
    return f"{title} · {name}" if name else title


# --- months --------------------------------------------------------------------------------------


def _months(part: Staged, found: Picture, name: str) -> None:
    words, dataset = context.words(), part.dataset.name
    answer = sums.of(found, dataset)
    restated = sum(1 for month in found.months if month.restated)
    kind = "restated" if restated else "title" if answer.unit is Unit.MONEY else "rows"
    title = _titled(words.say(f"picture.months.{kind}", count=restated), name)
    note = _note(answer, words, restated=bool(restated))
    key = f"sums-{dataset}"
    with cards.card(key, title, note):
        cards.chart(key, charts.sums, answer, (title, note), _question(part), follow=_nowhere)


def _question(part: Staged) -> int:
    """What tells this count of the file from all others."""
    return part.delta.number if part.delta is not None else 0


def _nowhere(_: Mapping[str, object]) -> bool:
    """Rows that are not stored can't be looked at by themselves."""
    return False


def _note(answer: sums.Sums, words: Words, *, restated: bool) -> str:
    parts = [words.say("picture.months.note")] if any(m.then for m in answer.months) else []
    parts += [words.say("picture.months.mark")] if restated else []
    if answer.earlier:
        parts.append(words.say("picture.months.earlier", count=answer.earlier))
    unit = formats.currency_symbol(words.currency) if answer.unit is Unit.MONEY else ""
    return words.say("ui.list_comma").join(part for part in (*parts, unit) if part)


# --- odd values ----------------------------------------------------------------------------------


def _odd(part: Staged, found: Picture, name: str) -> None:
    words = context.words()
    title = _titled(words.say("picture.odd.title"), name)
    with cards.card(f"odd-{part.dataset.name}", title, words.say("picture.odd.note")):
        rows = [_gap(gap, words) for gap in found.gaps[:GAPS_SHOWN]]
        rows += [_suspicion(each, words) for each in found.suspicions]
        if found.repeats:
            told = words.say("picture.what.repeats")
            rows.append([Cell(told), Cell(f"{found.repeats:,}", "num"), Cell("", "opt")])
        if not rows:
            none = marks.escape(words.say("picture.odd.none"))
            st.html(f'<div class="sd-body sd-muted">{none}</div>')
            return
        header = [
            Cell(words.say("picture.odd.what")),
            Cell(words.say("picture.odd.rows"), "num"),
            Cell(words.say("picture.odd.examples"), "opt"),
        ]
        st.html(marks.table(header, rows))
        if any(each.what == "outlier" for each in found.suspicions):
            rule = marks.escape(words.say("picture.odd.rule"))
            st.html(f'<div class="sd-note">{rule}</div>')


def _gap(gap: Gap, words: Words) -> list[Cell]:
    days = formats.date_range(Period.through(gap.first, gap.last), words.lang, "exact")
    count = (gap.last - gap.first).days + 1
    return [
        Cell(words.say(f"picture.what.gap_{gap.grain}", days=days)),
        Cell(words.say("picture.days", count=count), "num"),
        Cell("", "opt"),
    ]


def _suspicion(found: Suspicion, words: Words) -> list[Cell]:
    examples = words.say("ui.list_comma").join(
        _sample(found, each, words) for each in found.samples[:SAMPLES_SHOWN]
    )
    return [
        Cell(what(found, words)),
        Cell(f"{found.rows:,}", "num"),
        Cell(examples, "then opt"),
    ]


def what(found: Suspicion, words: Words) -> str:
    """What is odd about the values of a field."""
    values = {"field": words.say(f"fields.{found.field}")}
    unit = _unit(found)
    if found.limits is not None:
        low, high = found.limits
        values |= {"low": words.value(low, unit, "exact"), "high": words.value(high, unit)}
    values["total"] = words.value(found.total, unit)
    held = {name: text.replace(MINUS, f"{MINUS}{JOINER}") for name, text in values.items()}
    return words.say(f"picture.what.{found.what}", **held)


def _unit(found: Suspicion) -> Unit:
    if found.what == "share":
        return Unit.SHARE
    return Unit.MONEY if found.field == "amount" else Unit.NUMBER


def _sample(found: Suspicion, sample: Sample, words: Words) -> str:
    if isinstance(sample.value, date):
        value = formats.date(sample.value, words.lang, "exact")
    else:
        value = words.value(sample.value, _unit(found), "exact")
    key = "picture.record_of" if sample.sheet else "picture.record"
    return words.say(key, value=value, sheet=sample.sheet + 1, record=f"{sample.record:,}")
