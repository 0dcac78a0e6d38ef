"""What a review keeps of a look and a verdict of its evidence, and what they kept."""

from salesdash.analysis import frozen
from salesdash.analysis.evidence import Evidence
from salesdash.analysis.looks import Look
from salesdash.workspace import Judged, Review, Seen


def seen(look: Look) -> Seen:
    """What a review keeps of a look; the same look is the same text."""
    edge = look.progress.edge
    return Seen(look.today, edge, look.cut, look.hash, frozen.dumps(look))


def look(review: Review) -> Look:
    """What was seen when a goal was reviewed; nothing else is looked at."""
    found: Look = frozen.loads(review.seen.answers)
    return found


def proof(found: Evidence) -> Seen:
    """What a verdict keeps of its evidence; the same evidence is the same text."""
    return Seen(found.today, found.edge, found.cut, found.hash, frozen.dumps(found))


def evidence(judged: Judged) -> Evidence:
    """What was seen when an action was judged; nothing else is looked at."""
    found: Evidence = frozen.loads(judged.seen.answers)
    return found
