"""The command `leaderboard`: people or teams by a metric, each where it may stand."""

from salesdash.analysis import leading
from salesdash.analysis.asking import Question
from salesdash.analysis.leaders import Board, Leaders, Line, Who
from salesdash.charts import Words
from salesdash.commands.asked import Leaderboard
from salesdash.commands.defining import bound, known
from salesdash.commands.office import Desk
from salesdash.commands.questions import about, choice, recent, span
from salesdash.commands.replies import Document, Reply, plain
from salesdash.commands.wording import words
from salesdash.errors import UsageError
from salesdash.selection import Organisation


def leaderboard(desk: Desk, given: Leaderboard) -> Reply:
    """{metric, by, period, comparison, lines, total, working_days, base, sentence, notes ...}.

    Each line is {rank, member, value, then, rank_then, ranked, count, days, target, attained, left,
    why}; `ranked` is what the place goes by, `why` says why there is none.
    """
    definitions = bound(desk)
    known(definitions, given.metric)
    selection = recent(desk, about(given.metric, given), definitions)
    question = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    if given.per_day and not leading.can_be_daily(question, given.metric):
        raise UsageError("leaders.per_day", metric=given.metric)
    organisation = choice("teams", given.teams, Organisation) or Organisation.THEN
    board = Board(given.metric, _who(given.by), given.per_day, organisation)
    found, told = leading.build(question, board), words(desk)
    document = {
        "metric": found.metric,
        "unit": found.unit,
        "better": found.better,
        "by": board.by,
        "per_day": board.daily,
        "teams": board.organisation,
        "period": span(found.window),
        "comparison": span(found.compared),
        "working_days": found.days,
        "base": found.base,
        "total": found.total.value,
        "unnamed": found.unnamed.value,
        "lines": [_line(line, told) for line in found.lines],
        "sentence": told.tell(found.headline),
        "notes": [told.tell(note) for note in found.notes],
        "words": [_words(found, line, told) for line in found.lines],
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
    }
    return Reply(plain(document))


def _who(text: str | None) -> Who:
    for each in leading.PEOPLE:
        if text in (None, each):
            return each
    raise UsageError("usage.choice", name="by", value=text, choices=", ".join(leading.PEOPLE))


def _line(line: Line, told: Words) -> Document:
    return {
        "rank": line.rank,
        "member": line.member,
        "value": line.figure.value,
        "then": line.then.value,
        "rank_then": line.rank_then,
        "ranked": line.ranked,
        "count": line.count,
        "days": line.days,
        "target": line.target,
        "attained": line.attained,
        "left": line.place.left if line.place else None,
        "why": line.why and told.tell(line.why),
    }


def _words(found: Leaders, line: Line, told: Words) -> Document:
    """Figures as people read them."""
    return {
        "value": told.value(line.figure.value, found.unit),
        "then": told.value(line.then.value, found.unit),
        "ranked": told.value(line.ranked, found.unit),
    }
