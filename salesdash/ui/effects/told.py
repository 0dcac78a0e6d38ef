"""How an effect reads: the rule's word, both sides before and after, sentences about them."""

from salesdash import documents, formats
from salesdash.analysis.answers import Judgement
from salesdash.analysis.ruling import Effect, Side
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.ui import marks
from salesdash.ui.marks import Cell
from salesdash.workspace import Judged, Verdict

JUDGED: dict[Verdict, Judgement] = {Verdict.WORKED: "good", Verdict.DID_NOT: "bad"}
"""What is neither stays quiet."""


def chip(word: Verdict, told: str) -> str:
    """Words about a verdict, in its shape."""
    judgement = JUDGED.get(word)
    if judgement is None:
        return f'<span class="sd-chip sd-muted">{marks.escape(told)}</span>'
    return marks.chip(judgement, told)


def by(who: str, word: Verdict, words: Words) -> str:
    """Ana: worked."""
    return chip(word, words.say("effect.said", who=who, word=_word(word, words)))


def proposed(found: Effect, words: Words) -> str:
    """By the figures: worked. And why."""
    rule = chip(found.verdict, words.say("effect.rule", word=_word(found.verdict, words)))
    why = marks.escape(words.tell(found.why))
    return f'<div class="sd-body">{rule} {why}</div>'


def sides(found: Effect, words: Words) -> str:
    """What was to move and the rest, before and after; "" where nothing was measured."""
    if found.own is None or found.before is None or found.after is None:
        return ""
    heads = [_days(found, key, words) for key in ("before", "after")]
    heads.append(words.say("effect.sides.change"))
    header = [Cell("", "key"), *(Cell(head, "num") for head in heads)]
    name = " · ".join(found.scope) or words.say("effect.chart.whole")
    rows = [_side(name, found.own, found, words)]
    if found.rest is not None:
        rows.append(_side(words.say("effect.chart.rest"), found.rest, found, words))
    return marks.table(header, rows)


def sentences(found: Effect, words: Words) -> str:
    """How far, how much, how sure, and what else to know."""
    told = [*found.told, *found.notes]
    return "".join(f"<li>{marks.escape(words.tell(each))}</li>" for each in told)


def whole(found: Effect, words: Words) -> str:
    """All of it but the chart."""
    lines = sentences(found, words)
    listed = f'<ul class="sd-list sd-plain">{lines}</ul>' if lines else ""
    return f"{proposed(found, words)}{sides(found, words)}{listed}"


def said(judged: Judged, words: Words) -> str:
    """What somebody said, beside what the rule had proposed."""
    head = by(judged.who, judged.word, words)
    beside = ""
    if judged.proposal is not judged.word:
        rule = words.say("effect.rule", word=_word(judged.proposal, words))
        beside = f' <span class="sd-small">{marks.escape(rule)}</span>'
    at = marks.escape(documents.moment(judged.at, words.lang))
    note = marks.escape(judged.note)
    body = f'<div class="sd-body sd-written">{note}</div>' if note else ""
    return f'<div class="sd-body">{head}{beside} <span class="sd-small">{at}</span></div>{body}'


def _word(verdict: Verdict, words: Words) -> str:
    return words.say(f"effect.verdict.{verdict.value}")


def _days(found: Effect, key: str, words: Words) -> str:
    period = found.before if key == "before" else found.after
    days = formats.date_range(period, words.lang) if period else ""
    times = round(period.days / found.after.days) if period and found.after else 1
    name = "effect.sides.mean" if key == "before" and times > 1 else f"effect.sides.{key}"
    return words.say(name, days=days, count=found.weeks)


def _side(name: str, side: Side, found: Effect, words: Words) -> list[Cell]:
    shown = (words.value(value, found.unit) for value in (side.before, side.after))
    change = formats.DASH
    if side.change is not None:
        share = found.unit is Unit.SHARE
        change = words.points(side.change) if share else words.change(side.change)
    return [Cell(name, "key"), *(Cell(each, "num") for each in shown), Cell(change, "num")]
