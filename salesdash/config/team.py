"""The shape of what a team works with: courses with their checklists, agendas of meetings."""

from typing import Literal

from pydantic import Field, model_validator

from salesdash.config.parts import Identifier, Part, Words

LineKind = Literal[
    "figures",
    "goals",
    "attention",
    "actions",
    "training",
    "restated",
    "movement",
    "verdicts",
    "text",
]


class Item(Words):
    """Something one can do afterwards; one plain text is enough."""

    after_days: int | None = Field(
        default=None, ge=0, le=730, description="Due so many days after a person's first day."
    )
    renew_months: int | None = Field(
        default=None, ge=1, le=60, description="Its tick counts for so long; else as the course's."
    )


class Required(Part):
    """Who must finish a course without anybody assigning it."""

    roles: tuple[str, ...] = Field(default=(), description="As the list of people names them.")
    teams: tuple[str, ...] = Field(default=(), description="As the list of people names them.")
    everybody: bool = Field(default=False, description="All salespeople.")
    within_days: int | None = Field(
        default=None,
        ge=0,
        le=730,
        description="Days from the first day in that role or team; left out: `due_days`.",
    )
    started_within_days: int | None = Field(
        default=None,
        ge=1,
        le=730,
        description="Only of those whose first day in the company is not longer ago.",
    )

    @model_validator(mode="after")
    def _of_somebody(self) -> "Required":
        if not (self.roles or self.teams or self.everybody):
            raise ValueError("required_of_nobody")
        return self


class Course(Part):
    """A training with its checklist."""

    name: Words
    description: Words = Words(en="", zh="")
    due_days: int = Field(default=30, ge=1, le=730, description="Days from assigning to due.")
    renew_months: int | None = Field(
        default=None, ge=1, le=60, description="Ticks count for so long; left out: for good."
    )
    remind_days: int = Field(
        default=30, ge=1, le=365, description="Days before a tick lapses that it is told."
    )
    required: Required | None = Field(default=None, description="Left out: of nobody.")
    levers: tuple[str, ...] = Field(
        default=(), description="Metrics it trains: whoever is weak there needs this course."
    )
    items: dict[Identifier, Item] = Field(
        min_length=1, description="What one can do afterwards. Ticks are kept by these ids."
    )


class AgendaLine(Part):
    """One point of an agenda: a heading, what it fills itself with, a hint for the talk."""

    title: Words
    hint: Words = Words(en="", zh="")
    kind: LineKind = Field(
        default="text",
        description="figures: tiles of the period; goals: those off pace; attention: what is out "
        "of line; actions: open and overdue ones; training: overdue courses; restated: what was "
        "shown before and is different now; movement: what moved in the pipeline since the "
        "meeting before; verdicts: actions whose effect is to be judged; text: only notes.",
    )
    tiles: tuple[str, ...] = Field(
        default=(), description="Metrics of a line of figures; left out: those of the overview."
    )

    minutes: int | None = Field(
        default=None, ge=1, le=480, description="Minutes planned for it; a clock shows them."
    )

    @model_validator(mode="after")
    def _fitting(self) -> "AgendaLine":
        if self.tiles and self.kind != "figures":
            raise ValueError("agenda_tiles")
        return self


class Meeting(Part):
    """A meeting that comes back every week or month and looks at the one before."""

    name: Words
    every: Literal["week", "month"]
    whom: Literal["person"] | None = Field(
        default=None,
        alias="with",
        description="person: a one-to-one; figures, goals, actions and trainings are that "
        "person's, and each has a series of their own.",
    )
    compare: Literal["previous", "last-year"] = "last-year"
    prepare: tuple[Words, ...] = Field(default=(), description="What to have ready beforehand.")
    agenda: dict[Identifier, AgendaLine] = Field(min_length=1)
