"""How a meeting went, as blocks: who was missing, times, what became of its lines, ratings."""

from collections.abc import Iterator, Sequence

from salesdash import formats
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.charts import Words
from salesdash.documents.blocks import Block, OwnWords, Paragraph
from salesdash.periods import Period
from salesdash.workspace import TOPIC, Outcome, Rating

MINUTE = 60


def went(minutes: Minutes, words: Words) -> Iterator[Block]:
    """Who was invited and did not come, and how long it took."""
    if minutes.absent:
        people = words.say("ui.list_comma").join(minutes.absent)
        yield Paragraph(words.say("meeting.absent", people=people), quiet=True)
    if minutes.spent:
        told = words.say("meeting.clock.took", time=lasted(minutes.spent, words))
        if minutes.planned:
            told += words.say("meeting.clock.planned", minutes=minutes.planned)
        yield Paragraph(told, quiet=True)


def line(shown: Shown, closed: object, words: Words) -> Iterator[Block]:
    """Times of a line, what became of it, and what was said when it was carried over."""
    facts = []
    if shown.spent:
        facts.append(words.say("meeting.clock.spent", time=lasted(shown.spent, words)))
    outcome = ended(shown) if closed else shown.outcome
    if outcome is not None:
        facts.append(words.say(f"meeting.outcome.{outcome.value}"))
    if shown.carried:
        facts.append(words.say("team.minutes.carried", count=len(shown.carried)))
    if facts:
        yield Paragraph(" · ".join(facts), quiet=True)
    for each in shown.carried:
        days = formats.date_range(
            Period.through(each.first_day, each.last_day), words.lang, "exact"
        )
        source = words.say("meeting.carried.from", name=each.name[words.lang], days=days)
        for field, text in (("note", each.note), ("decision", each.decision)):
            if text.strip():
                yield OwnWords(f"{source} · {words.say(f'team.minutes.{field}')}", text)


def ended(shown: Shown) -> Outcome | None:
    """What became of a line when its meeting was closed: a topic that was not done goes on."""
    return Outcome.CARRY if shown.outcome is None and shown.kind == TOPIC else shown.outcome


def rated(ratings: Sequence[Rating], words: Words) -> str:
    """Rated 7.5 of 10 by 2 people: Ana 8 (short), Bo 7; empty without any."""
    if not ratings:
        return ""
    mean = sum(each.rating for each in ratings) / len(ratings)
    said = [
        words.say("meeting.rating.worded", person=each.person, rating=each.rating, word=each.word)
        if each.word
        else words.say("meeting.rating.by", person=each.person, rating=each.rating)
        for each in ratings
    ]
    people = words.say("ui.list_comma").join(said)
    return words.say("meeting.rating.all", count=len(ratings), mean=f"{mean:.1f}", people=people)


def lasted(seconds: int, words: Words) -> str:
    """So many minutes, rounded; at least one when any time was spent."""
    return words.say("meeting.clock.minutes", count=max(round(seconds / MINUTE), min(seconds, 1)))
