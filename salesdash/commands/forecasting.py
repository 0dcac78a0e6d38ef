"""The command `forecast`: what comes next in a file of dates and values, or of a metric."""

from datetime import timedelta
from typing import get_args

from salesdash.analysis import histories, tabled
from salesdash.analysis.asking import Question
from salesdash.analysis.foresight import HALF, WIDE, Foresight, Step, foresee
from salesdash.analysis.winnings import WON, to_come
from salesdash.charts import Words
from salesdash.commands.asked import Forecast
from salesdash.commands.defining import bound, definition, known
from salesdash.commands.office import Desk, Office
from salesdash.commands.questions import choice, filters
from salesdash.commands.replies import Reply, plain
from salesdash.commands.requests import Order, Point, one_of
from salesdash.commands.sources import is_file, reading
from salesdash.commands.wording import words
from salesdash.errors import DataRefused, Place, UsageError
from salesdash.forecasting import MOST_STEPS, Accuracy
from salesdash.ingest.dated import Ask, Dated, dated
from salesdash.periods import Comparison, Grain, Period
from salesdash.selection import Selection

HORIZONS = {Grain.DAY: 28, Grain.WEEK: 13, Grain.MONTH: 12, Grain.QUARTER: 4, Grain.YEAR: 3}
"""Periods forecast when nobody says how many."""

INTERVALS = ("low_50", "high_50", "low_80", "high_80")


def forecast(office: Office, given: Forecast) -> Reply:
    """Forecast as {file | metric, grain, season, model, points, error, coverage, tried, ...}.

    Each of `points` is a period with its mean and the lows and highs of its 50 and 80 % intervals.
    `error` is that of the model in the rolling back-test: sMAPE in per cent (0 to 200) and MASE.
    `coverage`: the share of its outcomes inside 80 % intervals made before, null if too few.
    `tried`: all models, the best first. `history`: what was forecast from; a null was filled in.
    `deals` (of won deals and their amount): the running period as `made` and what its deals still
    bring, `from_open` of those open today; `error`: mean, in parts of what was forecast for as many
    days at so many past `moments`.
    """
    grain = choice("grain", given.grain, Grain)
    if given.horizon is not None and not 1 <= given.horizon <= MOST_STEPS:
        raise UsageError("foresight.horizon", value=given.horizon, most=MOST_STEPS)
    if is_file(office, given.source):
        return _of_file(office, given, grain)
    with office.desk() as desk:
        return _of_metric(desk, given, grain or Grain.MONTH)


def _of_file(office: Office, given: Forecast, grain: Grain | None) -> Reply:
    if given.where:
        raise UsageError("foresight.where")
    table = _read(given)
    try:
        past = tabled.history(table, grain)
        found = foresee(past, given.horizon or HORIZONS[past.row.grain])
    except DataRefused as refused:  # what was refused knows nothing of the file
        place = table.place if refused.place == Place() else refused.place
        raise DataRefused(refused.key, place=place, **refused.values) from refused
    about = {"file": table.place.file, "date": table.date, "value": table.value}
    return Reply(plain({**about, **_document(found, Words(office.lang))}))


def _read(given: Forecast) -> Dated:
    """The dates and values of the file, or of the only one in an archive."""
    ask = Ask(
        given.value,
        given.date,
        one_of("dates", given.dates, get_args(Order)),
        one_of("decimal", given.decimal, get_args(Point)),
    )
    with reading(given.source, given.sheet, given.encoding) as found:
        return dated(found, ask)


def _of_metric(desk: Desk, given: Forecast, grain: Grain) -> Reply:
    definitions = bound(desk)
    metric = known(definitions, given.source)
    chosen = filters(desk, given.where, *definitions.datasets(metric.id))
    selection = Selection(None, Comparison.NONE, chosen, None)
    question = Question(desk.home.warehouse, desk.settings, selection, desk.today, (metric.id,))
    found = foresee(histories.history(question, grain), given.horizon or HORIZONS[grain])
    deals = _of_deals(question, found)
    about = {
        "metric": metric.id,
        "definition": definition(metric),
        "filters": chosen,
        "data_edge": question.edge,
        "currency": desk.settings.company.currency,
        "deals": deals,
    }
    return Reply(plain({**about, **_document(found, words(desk))}))


def _of_deals(question: Question, found: Foresight) -> dict[str, object] | None:
    """The running period as its deals will end it, where they tell; the next one on its eve."""
    (name,) = question.metrics
    what, edge = WON.get(name), question.edge
    if what is None or edge is None:
        return None
    whole = next((s for s in found.steps if s.period.contains(edge + timedelta(days=1))), None)
    come = None if whole is None else to_come(question, whole.period, what)
    if whole is None or come is None:
        return None
    made = 0.0
    if edge >= whole.period.start:
        past = Period(whole.period.start, come.period.start)
        made = float(question.measure((name,), (past,)).figure(name).value or 0)
    low_50, high_50 = come.total.interval(HALF)
    low_80, high_80 = come.total.interval(WIDE)
    return {
        "period": whole.name,
        "first_day": whole.period.start,
        "made": made,
        "mean": made + come.total.mean,
        **dict(zip(INTERVALS, (made + x for x in (low_50, high_50, low_80, high_80)), strict=True)),
        "from_open": come.from_open,
        "error": come.error,
        "coverage": come.coverage,
        "moments": come.moments,
        "tried": come.tried,
    }


def _document(found: Foresight, told: Words) -> dict[str, object]:
    return {
        "grain": found.grain,
        "season": found.season,
        "model": found.forecast.model,
        "points": [_point(step) for step in found.steps],
        "error": _errors(found.forecast.error),
        "coverage": found.forecast.coverage,
        "tried": [
            {"model": each.model, "weight": each.weight, **_errors(each.error)}
            for each in found.forecast.tried
        ],
        "history": [
            {"period": each.name, "first_day": each.period.start, "value": each.value}
            for each in found.history
        ],
        "notes": [told.tell(note) for note in found.notes],
    }


def _point(step: Step) -> dict[str, object]:
    intervals = {name: getattr(step, name) for name in INTERVALS}
    return {
        "period": step.name,
        "first_day": step.period.start,
        "mean": step.mean,
        **intervals,
    }


def _errors(error: Accuracy | None) -> dict[str, object]:
    return {
        "smape": error.smape if error else None,
        "mase": error.mase if error else None,
        "outcomes": error.count if error else 0,
    }
