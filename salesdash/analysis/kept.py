"""What a review keeps of a look, and the look that it kept."""

from salesdash.analysis import frozen
from salesdash.analysis.looks import Look
from salesdash.workspace import Review, Seen


def seen(look: Look) -> Seen:
    """What a review keeps of a look; the same look is the same text."""
    edge = look.progress.edge
    return Seen(look.today, edge, look.cut, look.hash, frozen.dumps(look))


def look(review: Review) -> Look:
    """What was seen when a goal was reviewed; nothing else is looked at."""
    found: Look = frozen.loads(review.seen.answers)
    return found
