"""A weekly meeting on Monday 23 November 2026 about 16-22 November, by hand."""

from datetime import date, datetime

from salesdash.analysis import minutes
from salesdash.analysis.agenda import held as at_hand
from salesdash.analysis.agenda.held import Kept
from salesdash.analysis.asking import Question
from salesdash.analysis.minutes import Minutes
from salesdash.config import AgendaLine, Meeting, Settings
from salesdash.periods import Comparison, Grain
from salesdash.warehouse import Warehouse
from salesdash.workspace import TOPIC, Action, Goal, Line, Standing, State, Text
from salesdash.workspace import Meeting as Held
from tests.analysis.company import settings, words

MONDAY = datetime(2026, 11, 23, 9, 0)
LINES = (
    AgendaLine("results", "figures", words("Last week"), words("Why?"), ("sales", "orders")),
    AgendaLine("promises", "actions", words("Actions"), words("")),
    AgendaLine("goals", "goals", words("Goals"), words("")),
    AgendaLine("problems", "attention", words("Problems"), words("")),
    AgendaLine("plan", "text", words("Next week"), words("")),
)
PLAN = Meeting("weekly", words("Weekly"), Grain.WEEK, Comparison.PREVIOUS, (), LINES)


def held(number: int = 2, opened: datetime | None = MONDAY, cut: int | None = 1, **more) -> Held:
    """A meeting; about the week before the one it was opened in."""
    facts: dict[str, object] = {
        "kind": "weekly",
        "period": f"week:{number}",
        "first_day": date(2026, 11, 16),
        "last_day": date(2026, 11, 22),
        "state": State.OPEN,
        "opened_by": "Ana",
        "opened_at": opened,
        "closed_by": None,
        "closed_at": None,
        "answers": None,
        "version": 1,
    }
    return Held(id=number, cut=cut, **{**facts, **more})


def line(number: int, kind: str, place: int | None, **more) -> Line:
    title = {"en": more.pop("title", kind), "zh": more.pop("zh", kind)}
    facts = {"hint": {"en": "", "zh": ""}, "meeting": 2, "who": "Ana", "at": MONDAY, **more}
    return Line(id=number, kind=kind, title=title, place=place, **facts)


def agenda() -> tuple[Line, ...]:
    """The lines of the plan as rows 11 to 15, and a topic somebody put there."""
    rows = [
        line(11 + place, each.kind, place, title=each.title["en"], tiles=each.tiles)
        for place, each in enumerate(LINES)
    ]
    query = {"period": ["quarter:2026Q4"], "where": ["region:North"]}
    topic = line(20, TOPIC, None, title="North", zh="华北", page="trends", query=query, who="Bo")
    return (*rows, topic)


def text(at: int, field: str, what: str, version: int = 1) -> Text:
    return Text(at, field, what, "Bo", MONDAY, version, at)  # type: ignore[arg-type]


def action(number: int, what: str, **more) -> Action:
    facts: dict[str, object] = {
        "owner": "Bo",
        "due": None,
        "line": None,
        "meeting": None,
        "state": Standing.OPEN,
        "made_by": "Ana",
        "made_at": datetime(2026, 11, 16, 9, 30),
        "settled_by": None,
        "settled_at": None,
        "version": 1,
    }
    return Action(id=number, text=what, **{**facts, **more})


def built(
    warehouse: Warehouse,
    known: Settings | None = None,
    meeting: Held | None = None,
    goals: tuple[Goal, ...] = (),
    **more,
) -> Minutes:
    """The meeting as it stands, asked like the screen asks it."""
    found, open_one = known or settings(), meeting or held()
    question = Question(warehouse, found, at_hand.selection(open_one, PLAN), at_hand.day(open_one))
    lines = more.pop("lines", agenda())
    figures = at_hand.figures(question, [name for each in lines for name in each.tiles])
    facts = {"meetings": (open_one,), "texts": (), "present": (), "actions": (), **more}
    kept = Kept(meeting=open_one, lines=lines, goals=goals, **facts)
    return minutes.build(PLAN, at_hand.Held(question, kept, figures), "USD")
