"""How reviews look: the figures of their day, what was said, judgements over time."""

from collections.abc import Iterator, Sequence

from salesdash import documents, formats
from salesdash.analysis import kept, reviews
from salesdash.analysis.answers import Judgement, Reason
from salesdash.analysis.looks import Look
from salesdash.analysis.prospects import in_percent
from salesdash.charts import Words
from salesdash.ui import marks
from salesdash.workspace import Review, Word

SHOWN = 12
"""So many reviews stand on the page, and in the line of judgements."""

TEXTS = ("note", "decision", "next_step")
JUDGED: dict[Word, Judgement] = {
    Word.ON_TRACK: "good",
    Word.AT_RISK: "warning",
    Word.OFF_TRACK: "bad",
}


def entry(review: Review, before: Review | None, words: Words) -> str:
    """One review: day, both judgements, figures, what moved since the one before, what was said."""
    look = kept.look(review)
    spoken = documents.spoken(look, words.lang)
    day = formats.date(review.seen.day, words.lang, "exact")
    facts = " · ".join(_facts(look, before, spoken))
    return (
        f'<div class="sd-review"><div class="sd-review-head"><b>{marks.escape(day)}</b>'
        f"{_rule(look, spoken)}{_word(review, words)}</div>"
        f'<div class="sd-small">{marks.escape(facts)}</div>{said(review, words)}</div>'
    )


def said(review: Review, words: Words) -> str:
    """Note, decision, next step, and who said it when."""
    parts = [
        f'<div class="sd-body sd-written">{_named(name, words)}{marks.escape(text)}</div>'
        for name in TEXTS
        if (text := getattr(review.said, name))
    ]
    at = documents.moment(review.at, words.lang)
    by = words.say("reviews.by", who=review.who, at=at)
    return f'{"".join(parts)}<div class="sd-note">{marks.escape(by)}</div>'


def strip(found: Sequence[Review], words: Words) -> str:
    """Judgements over time, the oldest first: by rule above, by people below."""
    shown = list(reversed(found[:SHOWN]))
    looks = [kept.look(review) for review in shown]
    days = [formats.date(review.seen.day, words.lang) for review in shown]
    rule = [
        _mark(look.status.judgement if look.status else None, f"{day}: {words.tell(look.word)}")
        for look, day in zip(looks, days, strict=True)
    ]
    people = [
        _mark(JUDGED[review.said.word], f"{day}: {_say(review.said.word, words)}")
        for review, day in zip(shown, days, strict=True)
    ]
    rows = (("reviews.strip.rule", rule), ("reviews.strip.people", people))
    cells = "".join(f"<span>{words.say(key)}</span>{''.join(row)}" for key, row in rows)
    ends = "".join(f"<small>{marks.escape(day)}</small>" for day in days)
    columns = f"--sd-columns:{len(shown)}"
    return f'<div class="sd-judged" style="{columns}">{cells}<span></span>{ends}</div>'


def _facts(look: Look, before: Review | None, words: Words) -> Iterator[str]:
    """Actual of target, how far, how far from the pace, what moved since."""
    progress, unit = look.progress, look.progress.subject.unit
    target = words.value(progress.goal.terms.target, unit)
    if progress.actual.value is None:
        yield words.say("reviews.no_figure", target=target)
    else:
        actual = words.value(progress.actual.value, unit)
        yield words.say("goals.card.of", actual=actual, target=target)
    if progress.reached is not None:
        yield formats.share(progress.reached, words.lang)
    if look.told is not None:
        yield words.tell(look.told)
    if progress.prospect is not None:
        chance = words.tell(in_percent(progress.prospect))
        yield words.say("goals.chance.short", chance=chance)
    if before is not None:
        yield from map(words.tell, _moved(look, kept.look(before)))
    if progress.edge is not None:
        edge = formats.date(progress.edge, words.lang, this_year=look.today.year)
        yield words.say("reviews.edge", day=edge)


def _moved(now: Look, then: Look) -> Iterator[Reason]:
    for told in (reviews.since(now, then), reviews.retargeted(now, then)):
        if told is not None:
            yield told


def _rule(look: Look, words: Words) -> str:
    """The state by rule; quiet where there was nothing to judge."""
    word = words.say("reviews.strip.rule_is", state=words.tell(look.word))
    if look.status is None:
        return f'<span class="sd-chip sd-muted">{marks.escape(word)}</span>'
    return marks.chip(look.status.judgement, word)


def _word(review: Review, words: Words) -> str:
    word = words.say("reviews.strip.said", who=review.who, word=_say(review.said.word, words))
    return marks.chip(JUDGED[review.said.word], word)


def _say(word: Word, words: Words) -> str:
    return words.say(f"reviews.word.{word.value}")


def _named(name: str, words: Words) -> str:
    """A note needs no name; a decision and a next step do."""
    return "" if name == "note" else f"<b>{marks.escape(words.say(f'reviews.form.{name}'))}</b> "


def _mark(judgement: Judgement | None, alt: str) -> str:
    shape = marks.sign(judgement) if judgement else marks.shape("flat")
    title = marks.escape(alt)
    return f'<i title="{title}" role="img" aria-label="{title}">{shape}</i>'
