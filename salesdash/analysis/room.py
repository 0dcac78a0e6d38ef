"""The room a meeting is held in: its data, its settings, and what people write there."""

from dataclasses import dataclass, replace
from functools import partial

from salesdash.analysis import actions, frozen, minutes, occasions, origins, plans
from salesdash.analysis.agenda import held
from salesdash.analysis.agenda.held import Held, Kept, Remember, asked_anew
from salesdash.analysis.asking import Question
from salesdash.analysis.minutes import Mark, Minutes
from salesdash.analysis.reviews import Written as Reviewed
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Written
from salesdash.config import Meeting as Plan
from salesdash.config import Settings
from salesdash.warehouse import Warehouse
from salesdash.workspace import Meeting, Occasion, Stamp, State, Status, Workspace

TEAM = 20
"""More people than this are not all asked to one meeting."""


@dataclass(frozen=True)
class Room:
    """Shows and closes meetings; `remember` may keep the answer of a question it has seen."""

    warehouse: Warehouse
    settings: Settings
    workspace: Workspace
    currency: str
    remember: Remember = asked_anew

    @property
    def kinds(self) -> dict[str, Plan]:
        """The kinds of meetings on offer."""
        return plans.offered(self.settings, self.workspace.templates.all())

    def open(self, plan: Plan, occasion: Occasion, cut: int, stamp: Stamp) -> Meeting:
        """Open a meeting and invite those who belong there; one that was opened comes back.

        To a one-to-one its two people; else those who were invited to the last one or came. To the
        first one whoever works here that day, as long as that is a team.
        """
        store = self.workspace.meetings
        meeting = store.open(occasion, cut, occasions.agenda(plan), stamp)
        if meeting.state is State.OPEN and not store.attendance(meeting.id).invited:
            invited = {meeting.person, stamp.who} if meeting.person else self._regulars(meeting)
            store.invite(meeting.id, invited, stamp)
        return meeting

    def _regulars(self, meeting: Meeting) -> set[str]:
        store = self.workspace.meetings
        before = actions.previous(meeting, store.all())
        if before is not None:
            found = store.attendance(before.id)
            return {*found.invited, *found.present}
        staff, day = Staff.read(self.warehouse, meeting.cut), held.day(meeting)
        here = {name for name in staff.entries if staff.here(name, day)}
        return here if len(here) <= TEAM else set()

    def current(self, number: int) -> Minutes:
        """An open meeting as it stands: its figures at its cut, everything else as it is now."""
        store = self.workspace.meetings
        meeting, lines = store.get(number), store.lines(number)
        own = self.workspace.templates.all()
        plan = plans.of(meeting, self.settings, own)
        asked = held.selection(meeting, plan, self._members(meeting.person))
        question = Question(self.warehouse, self.settings, asked, held.day(meeting))
        names = tuple(name for line in lines for name in line.tiles)
        figures = self.remember(
            ("meeting", asked, question.today, names), lambda: held.figures(question, names)
        )
        attendance = store.attendance(number)
        kept = Kept(
            meeting=meeting,
            meetings=store.all(),
            lines=lines,
            texts=store.texts(number),
            present=attendance.present,
            absent=attendance.absent,
            ratings=self.workspace.ratings.of(number),
            runs=self.workspace.runs.of(number),
            carried=origins.read(self.workspace, self.settings, lines, own),
            actions=self.workspace.actions.all(),
            goals=self.workspace.goals.standing(),
            trainings=Written.read(self.workspace),
            reviewed=Reviewed.read(self.workspace.reviews.days(), self.workspace.goals.originals()),
            events=self.workspace.log.events(Status.DONE),
            verdicts=self.workspace.verdicts.newest(),
        )
        return minutes.build(plan, Held(question, kept, figures, self.remember), self.currency)

    def kept(self, number: int) -> Minutes:
        """What a closed meeting showed when it was closed; nothing else is looked at."""
        found: Minutes = frozen.loads(self.workspace.meetings.get(number).answers or "")
        return found

    def earlier(self, number: int, version: int) -> Minutes:
        """What it had kept at a closing that was reopened since."""
        found: Minutes = frozen.loads(self.workspace.reopenings.answers(number, version))
        return found

    def close(self, number: int, stamp: Stamp) -> Meeting:
        """Close a meeting and keep what it shows; what is left goes to the next one.

        Raises UsageError when it is not open.
        """
        mark, store = Mark(stamp.who, stamp.at), self.workspace.meetings
        ending, day, fiscal = store.get(number), stamp.at.date(), self.settings.fiscal
        following = occasions.following(self.kinds, ending, store.all(), day, fiscal)
        return store.close(
            number,
            lambda: frozen.dumps(replace(self.current(number), closed=mark)),
            stamp,
            following,
        )

    def _members(self, person: str) -> tuple[str, ...]:
        if not person:
            return ()
        ask = partial(held.members, self.warehouse, person)
        found: tuple[str, ...] = self.remember(("members alike", person), ask)
        return found
