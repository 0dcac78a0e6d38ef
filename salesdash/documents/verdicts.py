"""Verdicts as blocks: what each action was to move, what became of it, what was said."""

from collections.abc import Iterator

from salesdash.analysis.agenda.verdicts import Awaited
from salesdash.analysis.answers import Judgement
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.charts import Words
from salesdash.documents.blocks import Block, Bullets, Item
from salesdash.workspace import Verdict

_JUDGED: dict[Verdict, Judgement] = {Verdict.WORKED: "good", Verdict.DID_NOT: "bad"}


def blocks(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """All that a line of this kind shows."""
    if line.verdicts:
        yield Bullets(tuple(_item(each, words) for each in line.verdicts))


def _item(awaited: Awaited, words: Words) -> Item:
    effect = awaited.effect
    rule = words.say(f"effect.verdict.{effect.verdict.value}")
    about = words.say("effect.minutes.about", text=awaited.text, about=words.tell(effect.title))
    told = [words.tell(each) for each in effect.told[:2]]
    told += [
        words.say("effect.minutes.rule", word=rule),
        words.tell(effect.why),
        *_said(awaited, words),
    ]
    judgement = _JUDGED.get(awaited.word or effect.verdict)
    return Item(about, words.say("effect.minutes.join").join(told), judgement=judgement)


def _said(awaited: Awaited, words: Words) -> Iterator[str]:
    if awaited.word is None:
        yield words.say("effect.meeting.not_said")
        return
    word = words.say(f"effect.verdict.{awaited.word.value}")
    key = "effect.minutes.noted" if awaited.note else "effect.minutes.said"
    yield words.say(key, who=awaited.who, word=word, note=awaited.note)
