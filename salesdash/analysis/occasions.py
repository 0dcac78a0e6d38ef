"""Occasions: which meetings come next, and where what people want to discuss goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from salesdash.analysis.answers import Reason, When
from salesdash.config import Meeting as Plan
from salesdash.periods import FiscalCalendar, Period, Window, code
from salesdash.workspace import Meeting, Occasion, Point, State


@dataclass(frozen=True)
class Next:
    """The meeting of a kind that is due: `held` is its row, None while nobody noted anything."""

    plan: Plan
    occasion: Occasion
    held: Meeting | None

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.held.state if self.held is not None else State.PLANNED


def occasion(plan: Plan, day: date, fiscal: FiscalCalendar) -> Occasion:
    """The meeting of a day: it looks at the week or month before the one the day is in."""
    unit = fiscal.previous(plan.every, fiscal.unit(plan.every, day))
    return _of(plan, unit, fiscal)


def upcoming(
    plans: Mapping[str, Plan], meetings: Iterable[Meeting], today: date, fiscal: FiscalCalendar
) -> tuple[Next, ...]:
    """This week's and this month's meeting of each kind, in the order of config.yaml."""
    held = {(meeting.kind, meeting.period): meeting for meeting in meetings}
    found = []
    for plan in plans.values():
        due = occasion(plan, today, fiscal)
        found.append(Next(plan, due, held.get((due.kind, due.period))))
    return tuple(found)


def taking(
    plan: Plan, meetings: Iterable[Meeting], today: date, fiscal: FiscalCalendar
) -> Occasion:
    """The meeting that takes a new line: an open one of the kind, else the next not yet closed."""
    held = {meeting.period: meeting for meeting in meetings if meeting.kind == plan.id}
    opened = [meeting for meeting in held.values() if meeting.state is State.OPEN]
    if opened:
        return max(opened, key=lambda meeting: meeting.last_day)
    due = occasion(plan, today, fiscal)
    if due.period in held and held[due.period].state is State.CLOSED:
        return _of(plan, fiscal.unit(plan.every, today), fiscal)
    return due


def agenda(plan: Plan) -> tuple[Point, ...]:
    """The lines of config.yaml as they are written down when a meeting opens."""
    return tuple(
        Point(line.kind, dict(line.title), dict(line.hint), line.tiles, place)
        for place, line in enumerate(plan.agenda)
    )


def sentence(nexts: Iterable[Next], counts: tuple[int, int]) -> tuple[Reason, Reason]:
    """What is to be held; `counts`: open and overdue actions."""
    still, overdue = counts
    lead = Reason("team.meetings.actions", (("count", still), ("overdue", overdue)))
    for state, key in ((State.OPEN, "open"), (State.PLANNED, "due")):
        for each in nexts:
            if each.state is state:
                period = Period.through(each.occasion.first_day, each.occasion.last_day)
                when = When(Window(period), bare=True)
                values = (("meeting", each.plan.name), ("when", when))
                return Reason(f"team.meetings.{key}", values), lead
    return Reason("team.meetings.held"), lead


def _of(plan: Plan, unit: Period, fiscal: FiscalCalendar) -> Occasion:
    window = Window(unit, plan.every, unit)
    return Occasion(plan.id, code(window, fiscal), unit.start, unit.last_day)
