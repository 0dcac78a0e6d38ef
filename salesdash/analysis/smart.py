"""SMART: five lines about a goal that is being set; they advise, and forbid nothing.

Everything that must be asked is in the `Record`; typing another target asks nothing again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from salesdash.analysis.achievable import best, held, named
from salesdash.analysis.answers import Amount, Judgement, Member, Reason
from salesdash.analysis.planning import occurrences, rounded
from salesdash.analysis.progress import named as period_name
from salesdash.analysis.record import Record
from salesdash.config import Settings
from salesdash.errors import SalesdashError, UsageError
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Rhythm, Terms
from salesdash.workspace.coherence import apart

LETTERS = ("specific", "measurable", "achievable", "relevant", "timely")
Letter = Literal["specific", "measurable", "achievable", "relevant", "timely"]

FAR_AHEAD = timedelta(days=2 * 366)
"""A goal that begins later than this is more likely a slip than a plan."""


@dataclass(frozen=True)
class Draft:
    """A goal as far as it is stated.

    `target`, or `percent` on top of the figure `of` last year or of the period before. `each`: the
    period is cut into such units. `rhythm` None: as config.yaml says. `number`: of a goal that is
    changed, 0 for a new one. `fault`: what was typed and cannot be read.
    """

    metric: str
    scope: tuple[Filter, ...] = ()
    period: Period | None = None
    each: Grain | None = None
    target: Decimal | None = None
    percent: Decimal | None = None
    of: str = Comparison.LAST_YEAR.value
    reason: str = ""
    parent: int | None = None
    rhythm: Rhythm | None = None
    number: int = 0
    fault: SalesdashError | None = None

    @classmethod
    def of_terms(cls, terms: Terms, number: int = 0) -> "Draft":
        """A goal that is stated in full."""
        return cls(
            terms.metric,
            terms.scope,
            terms.period,
            target=terms.target,
            reason=terms.reason,
            parent=terms.parent,
            rhythm=terms.rhythm,
            number=number,
        )


@dataclass(frozen=True)
class Line:
    """One of the five: how it is judged, as a word and as a sentence."""

    letter: Letter
    judgement: Judgement
    word: Reason
    text: Reason


@dataclass(frozen=True)
class Around:
    """What a goal stands among: the settings, the other goals, the day."""

    settings: Settings
    goals: Sequence[Goal]
    today: date

    @property
    def fiscal(self) -> FiscalCalendar:
        """Units of time."""
        return self.settings.fiscal


def asked(draft: Draft, around: Around) -> tuple[str, tuple[Filter, ...], Period] | None:
    """What the record is about: of several units the first that is not over; None without days."""
    if draft.period is None:
        return None
    units = _units(draft, around.fiscal)
    unit = next((each for each in units if each.end > around.today), units[-1])
    return draft.metric, Terms(draft.metric, unit, Decimal(0), draft.scope).scope, unit


def check(draft: Draft, record: Record | None, around: Around) -> tuple[Line, ...]:
    """The five lines; `record` is None while there are no days."""
    return (
        _specific(draft, record, around),
        _measurable(draft, record, around),
        _achievable(draft, record, around),
        _relevant(draft, around),
        _timely(draft, around),
    )


def target(draft: Draft, record: Record) -> Decimal | None:
    """The target stated, or worked out from the record."""
    if draft.percent is None:
        return draft.target
    base = record.before if draft.of == Comparison.PREVIOUS.value else record.last_year
    if base is None:
        return None
    return rounded(Decimal(str(base.value)) * (1 + draft.percent / 100), record.subject.unit)


def _line(
    letter: Letter, judged: tuple[Judgement, str], text: Reason | None = None, **values: object
) -> Line:
    judgement, case = judged
    said = text or Reason(f"smart.{letter}.{case}", tuple(values.items()))
    return Line(letter, judgement, Reason(f"smart.word.{case}"), said)


def _units(draft: Draft, fiscal: FiscalCalendar) -> tuple[Period, ...]:
    """The units a period is cut into; as it is where it isn't made of whole ones."""
    if draft.period is None:
        return ()
    try:
        return occurrences(draft.period, draft.each, fiscal)
    except UsageError:
        return (draft.period,)


def _specific(draft: Draft, record: Record | None, around: Around) -> Line:
    clash = _clash(draft, around)
    if clash is not None:
        return _line("specific", ("bad", "taken"), clash)
    if record is None:
        return _line("specific", ("warning", "undated"))
    if record.problem is not None:
        return _line("specific", ("bad", "unclear"), why=record.problem)
    title, rows = record.subject.title, _rows(record)
    if not record.size.rows:
        return _line("specific", ("bad", "empty"), goal=title)
    if record.size.customers is None:
        return _line("specific", ("good", "clear"), goal=title, rows=rows)
    customers = Reason("rows.customers", (("count", record.size.customers),))
    text = Reason(
        "smart.specific.clear_customers",
        (("goal", title), ("rows", rows), ("customers", customers)),
    )
    return _line("specific", ("good", "clear"), text)


def _rows(record: Record) -> Reason:
    return Reason(f"rows.{record.dataset}", (("count", record.size.rows),))


def _clash(draft: Draft, around: Around) -> Reason | None:
    """A goal that stands and is about the same, or overlaps in part."""
    for unit in _units(draft, around.fiscal):
        terms = Terms(draft.metric, unit, Decimal(0), draft.scope)
        for goal in around.goals:
            if goal.number in (0, draft.number) or goal.terms.key[:2] != terms.key[:2]:
                continue
            try:
                apart(goal, terms)
            except UsageError as error:
                return _told(error)
    return None


def _told(error: SalesdashError) -> Reason:
    """An error as a sentence among others."""
    values = tuple(
        (name, Member(value) if isinstance(value, str) else value)
        for name, value in error.values.items()
    )
    return Reason(f"errors.{error.key}", values)


def _measurable(draft: Draft, record: Record | None, around: Around) -> Line:
    metric = record.metric if record else around.settings.metrics.get(draft.metric)
    if metric is None:
        return _line("measurable", ("bad", "unmeasured"))
    if record is None:
        return _line("measurable", ("good", "defined"), formula=metric.formula)
    edge = record.edge
    if edge is None:
        return _line("measurable", ("bad", "no_data"), formula=metric.formula)
    if record.blank is not None:
        return _line("measurable", ("bad", "blank"), formula=metric.formula, why=record.blank)
    days = (around.today - edge).days
    is_old = days >= around.settings.overview.stale_days
    judged: tuple[Judgement, str] = ("warning", "old") if is_old else ("good", "measured")
    return _line("measurable", judged, formula=metric.formula, edge=edge, count=days)


def _achievable(draft: Draft, record: Record | None, around: Around) -> Line:
    if draft.fault is not None:
        return _line("achievable", ("bad", "unread"), _told(draft.fault))
    if record is None or record.metric is None:
        return _line("achievable", ("warning", "open"))
    wanted, fiscal = target(draft, record), around.fiscal
    if draft.percent is not None and wanted is None:
        return _line("achievable", ("warning", "no_base"))
    if wanted is None:
        return _unstated(record, fiscal)
    if wanted <= 0:
        error = UsageError("goal.not_positive", target=wanted)
        return _line("achievable", ("bad", "unread"), _told(error))
    found = held(wanted, record, fiscal)
    parts = found.parts
    if draft.percent is not None:
        worked = Reason("smart.achievable.is", (("target", Amount(wanted, record.subject.unit)),))
        parts = (worked, *parts)
    text = Reason("smart.sentence", (("parts", parts),))
    return _line("achievable", (found.judgement, found.case), text)


def _unstated(record: Record, fiscal: FiscalCalendar) -> Line:
    """Before there is a target: what the best one was."""
    if not record.units:
        return _line("achievable", ("warning", "open"))
    earlier = named(best(record), record.subject.unit, fiscal)
    text = Reason("smart.achievable.open_best", (("earlier", earlier),))
    return _line("achievable", ("warning", "open"), text)


def _relevant(draft: Draft, around: Around) -> Line:
    if draft.parent is not None:
        above = next((goal for goal in around.goals if goal.number == draft.parent), None)
        if above is None:
            error = UsageError("goal.parent", parent=draft.parent)
            return _line("relevant", ("bad", "orphan"), _told(error))
        return _line("relevant", ("good", "serves"), goal=_short(above, around.fiscal))
    if draft.reason:
        return _line("relevant", ("good", "reasoned"), reason=Member(draft.reason))
    return _line("relevant", ("warning", "why"))


def _short(goal: Goal, fiscal: FiscalCalendar) -> Reason:
    """Goal 3, Sales, 2026."""
    when = period_name(goal.terms.period, fiscal)
    return Reason("smart.goal", (("number", goal.number), ("when", when)))


def _timely(draft: Draft, around: Around) -> Line:
    if draft.period is None:
        return _line("timely", ("bad", "undated"))
    units, work = _units(draft, around.fiscal), around.settings.work
    period, today = draft.period, around.today
    rhythm = draft.rhythm or Rhythm(around.settings.review)
    passed = Period(period.start, today) if period.start < today else None
    values: tuple[tuple[str, object], ...] = (
        ("when", period_name(period, around.fiscal)),
        ("count", work.count(period)),
        ("passed", work.count(passed) if passed else 0),
        ("review", Reason(f"smart.review.{rhythm.value}")),
        ("each", Reason("smart.series", (("count", len(units)),))),
    )
    judged = _dated(period, rhythm, today)
    text = Reason(f"smart.timely.{judged[1]}", values)
    if len(units) > 1:
        text = Reason("smart.timely.series", (("text", text), *values[-1:]))
    return _line("timely", judged, text)


def _dated(period: Period, rhythm: Rhythm, today: date) -> tuple[Judgement, str]:
    if period.end <= today:
        return "bad", "over"
    if period.start - today > FAR_AHEAD:
        return "warning", "far"
    if period.start < today:
        return "warning", "running"
    if rhythm is Rhythm.NEVER:
        return "warning", "unreviewed"
    return "good", "dated"
