"""The room a meeting is held in: its data, its settings, and what people write there."""

from dataclasses import dataclass, replace

from salesdash.analysis import frozen, minutes
from salesdash.analysis.agenda import held
from salesdash.analysis.agenda.held import Held, Kept, Remember, asked_anew
from salesdash.analysis.asking import Question
from salesdash.analysis.minutes import Mark, Minutes
from salesdash.analysis.reviews import Written as Reviewed
from salesdash.analysis.training import Written
from salesdash.config import Meeting as Plan
from salesdash.config import Settings
from salesdash.metrics import Words
from salesdash.periods import Comparison, Grain
from salesdash.warehouse import Warehouse
from salesdash.workspace import Meeting, Stamp, Status, Workspace

WEEK_DAYS = 7


@dataclass(frozen=True)
class Room:
    """Shows and closes meetings; `remember` may keep the answer of a question it has seen."""

    warehouse: Warehouse
    settings: Settings
    workspace: Workspace
    currency: str
    remember: Remember = asked_anew

    def current(self, number: int) -> Minutes:
        """An open meeting as it stands: its figures at its cut, everything else as it is now."""
        store = self.workspace.meetings
        meeting, lines = store.get(number), store.lines(number)
        plan = self.settings.meetings.get(meeting.kind) or gone(meeting)
        asked = held.selection(meeting, plan)
        question = Question(self.warehouse, self.settings, asked, held.day(meeting))
        names = tuple(name for line in lines for name in line.tiles)
        figures = self.remember(
            ("meeting", asked, question.today, names), lambda: held.figures(question, names)
        )
        kept = Kept(
            meeting=meeting,
            meetings=store.all(),
            lines=lines,
            texts=store.texts(number),
            present=store.present(number),
            actions=self.workspace.actions.all(),
            goals=self.workspace.goals.standing(),
            trainings=Written.read(self.workspace),
            reviewed=Reviewed.read(self.workspace.reviews.days(), self.workspace.goals.originals()),
            events=self.workspace.log.events(Status.DONE),
        )
        return minutes.build(plan, Held(question, kept, figures, self.remember), self.currency)

    def kept(self, number: int) -> Minutes:
        """What a closed meeting showed when it was closed; nothing else is looked at."""
        found: Minutes = frozen.loads(self.workspace.meetings.get(number).answers or "")
        return found

    def close(self, number: int, stamp: Stamp) -> Meeting:
        """Close a meeting and keep what it shows. Raises UsageError when it is not open."""
        mark = Mark(stamp.who, stamp.at)
        return self.workspace.meetings.close(
            number, lambda: frozen.dumps(replace(self.current(number), closed=mark)), stamp
        )


def gone(meeting: Meeting) -> Plan:
    """The plan of a kind that config.yaml no longer has: what is written down stays usable."""
    days = (meeting.last_day - meeting.first_day).days + 1
    every = Grain.WEEK if days <= WEEK_DAYS else Grain.MONTH
    name = Words(meeting.kind, meeting.kind)
    return Plan(meeting.kind, name, every, Comparison.LAST_YEAR, (), ())
