"""Occasions: which meetings come next, and where what people want to discuss goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


def occasion(plan: Plan, day: date, fiscal: FiscalCalendar, person: str = "") -> Occasion:
    """The meeting of a day: it looks at the week or month before the one the day is in."""
    unit = fiscal.previous(plan.every, fiscal.unit(plan.every, day))
    return _of(plan, unit, fiscal, person)


def once(plan: Plan, window: Window, day: date, fiscal: FiscalCalendar) -> Occasion:
    """A meeting of a kind that does not come back: on a day, about a period of choice.

    A period that still runs is kept by its dates, since its name means more days tomorrow.
    """
    window = Window(window.period) if window.to_date else window
    period = f"{code(window, fiscal)}@{day}"
    return Occasion(plan.id, period, window.period.start, window.period.last_day, day=day)


def upcoming(
    plans: Mapping[str, Plan], meetings: Iterable[Meeting], today: date, fiscal: FiscalCalendar
) -> tuple[Next, ...]:
    """This week's and this month's meeting of each kind, in the order of config.yaml.

    Of one-to-ones that of each person who had one before; of those without rhythm what is planned
    or open.
    """
    known = tuple(meetings)
    held = {(meeting.series, meeting.period): meeting for meeting in known}
    found = []
    for plan in plans.values():
        if plan.once:
            waiting = (each for each in known if each.kind == plan.id)
            found += [Next(plan, each, each) for each in waiting if each.state is not State.CLOSED]
            continue
        for person in _people(plan, known):
            due = occasion(plan, today, fiscal, person)
            found.append(Next(plan, due, held.get((due.series, due.period))))
    return tuple(found)


def _people(plan: Plan, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """With whom meetings of a kind are held; with nobody in particular for one of the team."""
    if not plan.one_to_one:
        return ("",)
    return tuple(sorted({each.person for each in meetings if each.kind == plan.id}))


def taking(
    plan: Plan,
    meetings: Iterable[Meeting],
    today: date,
    fiscal: FiscalCalendar,
    person: str = "",
) -> Occasion:
    """The meeting that takes a new line: an open one of the series, else the next not closed."""
    held = {each.period: each for each in meetings if each.series == (plan.id, person)}
    opened = [meeting for meeting in held.values() if meeting.state is State.OPEN]
    if opened:
        return max(opened, key=lambda meeting: meeting.last_day)
    due = occasion(plan, today, fiscal, person)
    if due.period in held and held[due.period].state is State.CLOSED:
        return _of(plan, fiscal.unit(plan.every, today), fiscal, person)
    return due


@dataclass(frozen=True)
class Taker:
    """A meeting that may take a new line."""

    plan: Plan
    occasion: Occasion


def takers(
    plans: Mapping[str, Plan], meetings: Iterable[Meeting], today: date, fiscal: FiscalCalendar
) -> tuple[Taker, ...]:
    """One of each series: those that are due in the order of their kinds, then those to come."""
    known, found = tuple(meetings), list[Taker]()
    for plan in plans.values():
        if plan.once:
            own = (each for each in known if each.kind == plan.id)
            found += [Taker(plan, each) for each in own if each.state is not State.CLOSED]
            continue
        for person in _people(plan, known):
            found.append(Taker(plan, taking(plan, known, today, fiscal, person)))
    return tuple(sorted(found, key=lambda each: each.occasion.last_day >= today))


def following(
    plans: Mapping[str, Plan],
    ending: Meeting,
    meetings: Iterable[Meeting],
    day: date,
    fiscal: FiscalCalendar,
) -> Occasion | None:
    """The meeting that goes on with what one leaves when it ends on a day.

    The next of its series; a kind that does not come back leaves it to the first one of the team
    that does. None where there is none.
    """
    plan = plans.get(ending.kind)
    if plan is None or plan.once:
        plan = first(plans)
    if plan is None:
        return None
    person = ending.person if plan.one_to_one else ""
    held = [
        replace(each, state=State.CLOSED) if _is_past(each, ending) else each for each in meetings
    ]
    return taking(plan, held, day, fiscal, person)


def first(plans: Mapping[str, Plan]) -> Plan | None:
    """The first kind of meeting of the whole team that comes back."""
    return next((each for each in plans.values() if not each.once and not each.one_to_one), None)


def _is_past(meeting: Meeting, ending: Meeting) -> bool:
    """Neither the meeting that ends nor an earlier one of its series takes what is left."""
    return meeting.series == ending.series and meeting.last_day <= ending.last_day


def agenda(plan: Plan) -> tuple[Point, ...]:
    """The lines of config.yaml as they are written down when a meeting opens."""
    return tuple(
        Point(
            line.kind,
            dict(line.title),
            dict(line.hint),
            line.tiles,
            place,
            minutes=line.minutes,
        )
        for place, line in enumerate(plan.agenda)
    )


def sentence(nexts: Iterable[Next], counts: tuple[int, int]) -> tuple[Reason, Reason]:
    """What the team is to hold; `counts`: open and overdue actions."""
    still, overdue = counts
    lead = Reason("team.meetings.actions", (("count", still), ("overdue", overdue)))
    for state, key in ((State.OPEN, "open"), (State.PLANNED, "due")):
        for each in nexts:
            if each.state is state and not each.plan.one_to_one:
                period = Period.through(each.occasion.first_day, each.occasion.last_day)
                when = When(Window(period), bare=True)
                values = (("meeting", each.plan.name), ("when", when))
                return Reason(f"team.meetings.{key}", values), lead
    return Reason("team.meetings.held"), lead


def _of(plan: Plan, unit: Period, fiscal: FiscalCalendar, person: str) -> Occasion:
    window = Window(unit, plan.every, unit)
    return Occasion(plan.id, code(window, fiscal), unit.start, unit.last_day, person)
