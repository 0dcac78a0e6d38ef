"""Reviews of goals by command: keep one, correct one, list those of a goal."""

from collections.abc import Callable, Sequence

from salesdash import documents
from salesdash.analysis import attainment, kept, looks, reviews
from salesdash.analysis.looks import Look
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.commands.arguments import Goals
from salesdash.commands.office import Desk
from salesdash.commands.questions import choice
from salesdash.commands.replies import Document, Reply, plain
from salesdash.errors import UsageError
from salesdash.workspace import Goal, Review, Said, Stamp, Word

Fact = Callable[[Desk, Words, Progress], dict[str, object]]
"""How a goal's progress stands in a document."""


def keep(desk: Desk, given: Goals, progress: Progress, fact: Fact) -> Reply:
    """Keep a review of a goal, or with `correct` say an older one differently; as `listed`."""
    store, stamp = desk.home.workspace.reviews, Stamp(desk.who, desk.now)
    known = store.of(progress.goal)
    if given.correct is None:
        currency = desk.settings.company.currency
        look = looks.build(desk.home.warehouse, desk.settings, progress, desk.today, currency)
        last = known[0].number if known else 0
        store.add(progress.goal, kept.seen(look), _said(given, None), stamp, last)
    else:
        old = next((each for each in known if each.number == given.correct), None)
        if old is None:
            raise UsageError("review.unknown", review=given.correct)
        store.correct(old, _said(given, old.said), stamp)
    return listed(desk, progress.goal, fact)


def listed(desk: Desk, goal: Goal, fact: Fact) -> Reply:
    """The reviews of a goal, newest first: {goal, reviews: [{review, word, figures ...}]}."""
    store = desk.home.workspace.reviews
    facts = [_fact(desk, each, fact) for each in store.of(goal)]
    return Reply(plain({"goal": goal.number or goal.code, "reviews": facts}))


def facts(desk: Desk, found: Sequence[Progress]) -> dict[str, dict[str, object]]:
    """By code: what it is, the target first set, when it was reviewed, since when it is due."""
    workspace = desk.home.workspace
    originals = workspace.goals.originals()
    written = reviews.Written.read(workspace.reviews.days(), originals)
    waiting = reviews.waiting(found, written, desk.settings, desk.today)
    told: dict[str, dict[str, object]] = {}
    for each in found:
        goal, due = each.goal, waiting.get(each.goal.code)
        first = originals.get(goal.number)
        told[goal.code] = {
            "code": goal.code,
            "original": None if first is None else _original(each, first),
            "review": reviews.rhythm(goal, desk.settings),
            "reviewed": written.last(goal),
            "review_due_since": None if due is None else due.since,
        }
    return told


def _original(progress: Progress, first: Goal) -> dict[str, object]:
    """The target as it was first set, and what was reached of it."""
    found = attainment.against(progress, first)
    return {
        "target": first.terms.target,
        "reached": found.reached,
        "comparable": found.comparable,
        "who": first.who,
        "at": first.at,
    }


def _said(given: Goals, old: Said | None) -> Said:
    """What was typed; what a correction leaves out stays."""
    typed = choice("word", given.word, Word)
    chosen = typed or (old.word if old else None)
    if chosen is None:
        raise UsageError("goal.missing", action=given.action, what="--word")
    before = old or Said(chosen)
    return Said(
        chosen,
        before.note if given.note is None else given.note,
        before.decision if given.decision is None else given.decision,
        before.next_step if given.next is None else given.next,
    )


def _fact(desk: Desk, review: Review, fact: Fact) -> dict[str, object]:
    look = kept.look(review)
    words = documents.spoken(look, desk.lang)
    return {
        "review": review.number,
        "version": review.version,
        "day": review.seen.day,
        "word": review.said.word,
        "note": review.said.note,
        "decision": review.said.decision,
        "next_step": review.said.next_step,
        "who": review.who,
        "at": review.at,
        "cut": review.seen.cut,
        "settings": review.seen.settings,
        "definition": _definition(look, desk.lang),
        "figures": fact(desk, words, look.progress),
    }


def _definition(look: Look, lang: str) -> Document:
    """The formula sentence of the metric as it was defined then."""
    return look.definitions[-1].formula[lang] if look.definitions else None
