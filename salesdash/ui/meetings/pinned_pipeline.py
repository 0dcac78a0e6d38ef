"""A card of Pipeline that was put on the agenda, drawn again at the meeting's cut."""

from collections.abc import Callable, Mapping

from salesdash import charts, formats
from salesdash.analysis import coverage, leading, passages, pushed
from salesdash.analysis import pipeline as pipelines
from salesdash.analysis.bars import Bars
from salesdash.analysis.moments import Moments
from salesdash.analysis.pipeline import Pipeline
from salesdash.charts import Words
from salesdash.ui import context
from salesdash.ui.meetings.asked import CARD, Asked, Drawing
from salesdash.ui.pipeline import covered, decided, leaderboard, moved, standing

FIRST = "stages"
"""What is drawn of a line that says no card."""

METRICS = {
    "conversion": "win_rate",
    "cycle": "sales_cycle_days",
    "reasons": "lost_deals",
    "competitors": "lost_deals",
    "coverage": coverage.METRIC,
}
"""The figure beside a card, where it is not the pipeline itself."""


def metric(codes: Mapping[str, str]) -> str:
    """The figure beside what is drawn; "" where that of the page will do."""
    return codes.get("rank", "") if codes.get(CARD) == "leaders" else METRICS.get(_card(codes), "")


def drawing(asked: Asked, words: Words) -> Drawing | None:
    """The card of a line; None where these data do not have it."""
    maker = MAKERS.get(_card(asked.codes))
    return None if maker is None else maker(asked, words)


def _card(codes: Mapping[str, str]) -> str:
    return codes.get(CARD) or FIRST


def _report(asked: Asked) -> Pipeline:
    by = asked.codes.get("by") or None
    warehouse, _, selection, day = asked.known
    return asked.remembered(lambda: pipelines.build(warehouse, selection, day, by), "report")


def _bars(title: str, note: str, found: Bars | None) -> Drawing | None:
    return Drawing(title, note, charts.tally, found) if found is not None and found.bars else None


def _plain(card: str, part: Callable[[Pipeline], Bars | None]) -> Callable[..., Drawing | None]:
    """A card whose title and note never change."""

    def make(asked: Asked, words: Words) -> Drawing | None:
        title, note = (words.say(f"pipeline.{card}.{name}") for name in ("title", "note"))
        return _bars(title, note, part(_report(asked)))

    return make


def _stages(asked: Asked, words: Words) -> Drawing | None:
    answer = _report(asked)
    if not answer.stages.bars:
        return None
    found, _ = standing.measured(answer.stages, asked.codes.get("bars", ""))
    day = formats.date(answer.edge, words.lang, this_year=asked.day.year)
    note = words.say("pipeline.stages.note", day=day)
    return _bars(words.say("pipeline.stages.title"), note, found)


def _conversion(asked: Asked, words: Words) -> Drawing | None:
    answer = _report(asked)
    if answer.dimension is None or asked.codes.get("by") not in (answer.dimension, "", None):
        return None
    return _bars(*decided.conversion_title(answer, words), answer.conversion)


def _passages(asked: Asked, words: Words) -> Drawing | None:
    warehouse, _, selection, _ = asked.known
    found = asked.remembered(lambda: passages.build(warehouse, selection))
    return _bars(words.say("passages.title"), words.say("passages.note"), found)


def _pushed(asked: Asked, words: Words) -> Drawing | None:
    warehouse, _, selection, _ = asked.known
    found = asked.remembered(lambda: pushed.build(warehouse, selection))
    return _bars(words.say("pushed.title"), words.say("pushed.note"), found)


def _coverage(asked: Asked, words: Words) -> Drawing | None:
    by = asked.codes.get("cover") or None
    state = context.goals_state()
    found = asked.remembered(lambda: coverage.build(asked.question, by), state)
    if found is None or found.bars is None or found.due is None or found.by != (by or found.by):
        return None
    return _bars(covered.title(found, words), words.say("coverage.line"), found.bars)


def _leaders(asked: Asked, words: Words) -> Drawing | None:
    board = leaderboard.read(asked.codes)
    if board is None or board.metric != asked.codes.get("rank"):
        return None
    state = context.goals_state()
    found = asked.remembered(lambda: leading.build(asked.question, board), state)
    if not found.lines:
        return None
    note = words.say("leaders.note.bars")
    return Drawing(leaderboard.title(found, words), note, charts.leaders, found)


def _movement(asked: Asked, words: Words) -> Drawing | None:
    warehouse, _, selection, day = asked.known
    known = Moments(warehouse, context.home().done(), selection.cut)
    between = moved.read(asked.codes, known, selection, day)
    found = None if between is None else asked.remembered(between.build)
    if found is None or not found.moved:
        return None
    return Drawing(words.tell(found.headline), "", charts.waterfall, found)


MAKERS: Mapping[str, Callable[[Asked, Words], Drawing | None]] = {
    FIRST: _stages,
    "ages": _plain("ages", lambda answer: answer.ages),
    "categories": _plain("categories", lambda answer: answer.categories),
    "conversion": _conversion,
    "cycle": _plain("cycle", lambda answer: answer.cycle),
    "reasons": _plain("reasons", lambda answer: answer.reasons),
    "competitors": _plain("competitors", lambda answer: answer.competitors),
    "passages": _passages,
    "pushed": _pushed,
    "coverage": _coverage,
    "leaders": _leaders,
    "movement": _movement,
}
"""The cards that are drawn; a line about another one leads to the page."""
