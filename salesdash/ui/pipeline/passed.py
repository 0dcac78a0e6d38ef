"""How deals move on from stage to stage."""

from salesdash.analysis import passages
from salesdash.analysis.answers import Reason
from salesdash.analysis.deals import FEW
from salesdash.selection import Selection
from salesdash.ui import cards, context
from salesdash.ui.pipeline import parts


def draw(selection: Selection) -> None:
    """The share of deals that moved on from each stage, once two exports stand."""
    words, warehouse = context.words(), context.warehouse()
    title, note = words.say("passages.title"), words.say("passages.note")
    found = context.remembered(
        ("passages", selection), lambda: passages.build(warehouse, selection)
    )
    with cards.card("passages", title, note if found is not None else ""):
        if found is None:
            parts.quiet(words.say("passages.few"))
            return
        if any(bar.role == "faint" for bar in found.bars):
            parts.note(words.say("passages.faint", few=FEW))
        none, discuss = words.say("passages.none"), (Reason("passages.title"), dict[str, str]())
        parts.bars("passages", found, (title, note), none, selection, discuss=discuss)
