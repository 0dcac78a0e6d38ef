"""The SMART check by command: advice about a goal that stands, or one that might be set."""

from collections.abc import Sequence
from dataclasses import replace

from salesdash.analysis import record, smart
from salesdash.analysis.planning import Wish
from salesdash.analysis.record import Earlier, Record
from salesdash.analysis.smart import Around, Draft
from salesdash.charts import Words
from salesdash.commands.office import Desk
from salesdash.workspace import Goal, Terms


def of_goal(goal: Goal) -> Draft:
    """A goal that stands."""
    return Draft.of_terms(goal.terms, goal.number)


def of_wish(desk: Desk, wish: Wish, terms: Sequence[Terms]) -> Draft:
    """What is wished for, with the target worked out: of several the first that is not over."""
    first = next((each for each in terms if each.period.end > desk.today), terms[-1])
    number = next(
        (
            goal.number
            for goal in desk.home.workspace.goals.standing()
            if goal.terms.key == first.key
        ),
        0,
    )
    return replace(Draft.of_terms(first, number), period=wish.terms.period, each=wish.each)


def fact(desk: Desk, words: Words, draft: Draft) -> dict[str, object]:
    """The five lines, and the history the target was held against."""
    around = Around(desk.settings, desk.home.workspace.goals.standing(), desk.today)
    about = smart.asked(draft, around)
    found = about and record.build(desk.home.warehouse, desk.settings, about, desk.today)
    lines = [
        {
            "letter": line.letter,
            "judgement": line.judgement,
            "name": words.say(f"smart.letter.{line.letter}"),
            "word": words.tell(line.word),
            "text": words.tell(line.text),
        }
        for line in smart.check(draft, found, around)
    ]
    return {"check": lines, "history": _history(found)}


def _history(found: Record | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "units": [_unit(each) for each in found.units],
        "last_year": found.last_year and _unit(found.last_year),
        "before": found.before and _unit(found.before),
        "rows": found.size.rows,
        "customers": found.size.customers,
    }


def _unit(each: Earlier) -> dict[str, object]:
    return {"from": each.period.start, "to": each.period.last_day, "value": each.value}
