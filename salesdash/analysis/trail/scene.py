"""What is known around a write: the rows it refers to, and what things are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesdash.analysis.answers import Member, Name, Reason
from salesdash.analysis.progress import named
from salesdash.config import Settings
from salesdash.metrics import Words
from salesdash.periods import Period
from salesdash.workspace.trail import Row, Values

Link = tuple[str, Mapping[str, str]]
"""A page with its codes."""

NOBODY: Values = {}


@dataclass(frozen=True)
class Said:
    """A write in words: `fields` are told when they changed, in this order; None: all there are.

    `bare`: the one field needs no name. `notes` stand before them.
    """

    told: Reason
    fields: tuple[str, ...] | None = ()
    link: Link | None = None
    bare: bool = False
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Rows by table and number, settings, and what kinds of meetings are called."""

    rows: Mapping[Row, Values]
    settings: Settings
    meetings: Mapping[str, Words] = field(default_factory=dict)

    def row(self, table: str, number: object) -> Values:
        """A row as it stands, empty when it is not known."""
        return self.rows.get((table, int(str(number))), NOBODY) if number else NOBODY

    def meeting(self, number: object) -> Reason:
        """What a meeting is called, with the days it looks at."""
        row = self.row("meetings", number)
        if not row:
            return Reason("trail.nothing")
        series = self.row("meeting_series", row.get("series"))
        kind = str(series.get("kind") or row["kind"])
        name = self.meetings.get(kind, Member(kind))
        period = Period.through(row["first_day"], row["last_day"])
        days = ("days", named(period, self.settings.fiscal))
        if series.get("person"):
            who = ("who", Member(series["person"]))
            return Reason("trail.of.one_to_one", (("name", name), who, days))
        return Reason("trail.of.meeting", (("name", name), days))

    def line(self, number: object) -> Reason:
        """A line of an agenda, with its meeting."""
        row = self.row("meeting_lines", number)
        title = words_of(row.get("title"))
        return Reason(
            "trail.of.line", (("title", title), ("meeting", self.meeting(row.get("meeting"))))
        )

    def action(self, number: object) -> Reason:
        """An action by its text."""
        return Reason(
            "trail.of.action", (("text", short(self.row("actions", number).get("text"))),)
        )

    def metric(self, name: object) -> object:
        """A metric; one that config.yaml no longer has by its id."""
        return Name("metric", str(name)) if name in self.settings.metrics else Member(str(name))

    def course(self, name: object) -> object:
        """A course; one that config.yaml no longer has by its id."""
        known = self.settings.training.get(str(name))
        return known.name if known is not None else Member(str(name))

    def item(self, course: object, name: object) -> object:
        """An item of a course."""
        known = self.settings.training.get(str(course))
        found = known.items.get(str(name)) if known is not None else None
        return Words(found.en, found.zh) if found is not None else Member(str(name))


LONG = 140


def short(text: object) -> Member:
    """A text as it fits into a line."""
    flat = " ".join(str(text or "").split())
    return Member(flat if len(flat) <= LONG else f"{flat[:LONG]}…")


def words_of(said: object) -> object:
    """Words by language as they are kept; those of one language stand for both."""
    if not isinstance(said, Mapping):
        return short(said)
    known = [str(text) for text in said.values() if text]
    first = known[0] if known else ""
    return Words(str(said.get("en") or first), str(said.get("zh") or first))


def scope(rows: object) -> Member:
    """Members that a goal or action is about."""
    if not isinstance(rows, list):
        return Member("")
    return Member(" · ".join(" / ".join(m or "—" for m in values) for _, values, _ in rows))
