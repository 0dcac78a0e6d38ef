"""What people write, and the event log: `workspace.sqlite`, one file beside the projection."""

from salesdash.workspace.actions import Action, Actions, Priority, Promise, Source, Standing
from salesdash.workspace.agendas import TOPIC, Line, Meeting, Occasion, Point, State, Text
from salesdash.workspace.annotations import Annotation, Annotations, Noted
from salesdash.workspace.asked import Asked, Entry
from salesdash.workspace.attendance import Attendance
from salesdash.workspace.comments import Comment, Comments
from salesdash.workspace.goals import Goals
from salesdash.workspace.history import History, Revision
from salesdash.workspace.learning import (
    WHOLE,
    Completion,
    Evidence,
    Finished,
    Learning,
    Step,
    StepKind,
)
from salesdash.workspace.log import Draft, Event, EventKind, Log, Status, renamed
from salesdash.workspace.mappings import Mappings, Remembered
from salesdash.workspace.meetings import Meetings
from salesdash.workspace.names import Names
from salesdash.workspace.pen import Edit
from salesdash.workspace.queries import Queries, Query, Saved
from salesdash.workspace.ratings import Rating, Ratings
from salesdash.workspace.reopenings import Reopening, Reopenings
from salesdash.workspace.reviews import Review, Reviews, Said, Seen, Word
from salesdash.workspace.rows import Stamp
from salesdash.workspace.runs import Outcome, Run, Runs
from salesdash.workspace.settings import Setting, Settings
from salesdash.workspace.store import Workspace
from salesdash.workspace.templates import OWN, Own, Template, Templates
from salesdash.workspace.terms import Basis, Goal, Origin, Rhythm, Terms, period_of
from salesdash.workspace.trail import Trail, Wanted, Written
from salesdash.workspace.training import Assignment, Tick, Training, tidy
from salesdash.workspace.verdicts import Judged, Told, Verdict, Verdicts

__all__ = [
    "OWN",
    "TOPIC",
    "WHOLE",
    "Action",
    "Actions",
    "Annotation",
    "Annotations",
    "Asked",
    "Assignment",
    "Attendance",
    "Basis",
    "Comment",
    "Comments",
    "Completion",
    "Draft",
    "Edit",
    "Entry",
    "Event",
    "EventKind",
    "Evidence",
    "Finished",
    "Goal",
    "Goals",
    "History",
    "Judged",
    "Learning",
    "Line",
    "Log",
    "Mappings",
    "Meeting",
    "Meetings",
    "Names",
    "Noted",
    "Occasion",
    "Origin",
    "Outcome",
    "Own",
    "Point",
    "Priority",
    "Promise",
    "Queries",
    "Query",
    "Rating",
    "Ratings",
    "Remembered",
    "Reopening",
    "Reopenings",
    "Review",
    "Reviews",
    "Revision",
    "Rhythm",
    "Run",
    "Runs",
    "Said",
    "Saved",
    "Seen",
    "Setting",
    "Settings",
    "Source",
    "Stamp",
    "Standing",
    "State",
    "Status",
    "Step",
    "StepKind",
    "Template",
    "Templates",
    "Terms",
    "Text",
    "Tick",
    "Told",
    "Trail",
    "Training",
    "Verdict",
    "Verdicts",
    "Wanted",
    "Word",
    "Workspace",
    "Written",
    "period_of",
    "renamed",
    "tidy",
]
