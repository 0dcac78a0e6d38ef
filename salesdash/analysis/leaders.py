"""The view model of a leaderboard: people or teams by a metric, each where it may stand."""

from dataclasses import dataclass
from typing import Literal

from salesdash.analysis.answers import Figure, Number, Reason
from salesdash.analysis.staff import Place
from salesdash.metrics import Better, Unit
from salesdash.periods import Against, Window
from salesdash.selection import Organisation

Who = Literal["person", "team"]


@dataclass(frozen=True)
class Board:
    """What is ranked: a metric, by people or teams, as it is or `daily`: by working day in post."""

    metric: str
    by: Who = "person"
    daily: bool = False
    organisation: Organisation = Organisation.THEN


@dataclass(frozen=True)
class Line:
    """One member. `figure` and `then` are the metric's; `ranked`: what the place goes by.

    `rank` None: `why` says so. `count`: what a ratio rests on; `days`: working days in post (None:
    nobody says), `since` and `left` where the list does; `target`: of just this member and the
    whole unit, `attained` the part of it that is there.
    """

    member: str
    name: str
    figure: Figure
    then: Figure
    ranked: Number | None
    ranked_then: Number | None
    rank: int | None = None
    rank_then: int | None = None
    why: Reason | None = None
    count: int | None = None
    days: int | None = None
    place: Place | None = None
    target: Number | None = None
    attained: float | None = None


@dataclass(frozen=True)
class Leaders:
    """A leaderboard: those with a place, the first first, then those without one.

    `days`: the working days of the window; `base`: the metric that counts what a ratio rests on.
    `unnamed`: what nobody stands for. `knows_days`: whether a list says since when people are here.
    """

    board: Board
    unit: Unit
    better: Better
    window: Window | None
    compared: Window | None
    comparison: Against
    days: int | None
    base: str | None
    lines: tuple[Line, ...]
    total: Figure
    unnamed: Figure
    knows_days: bool
    headline: Reason
    notes: tuple[Reason, ...]

    @property
    def metric(self) -> str:
        """What it is about; names the files of its downloads."""
        return self.board.metric

    @property
    def placed(self) -> tuple[Line, ...]:
        """Those with a place."""
        return tuple(line for line in self.lines if line.rank is not None)

    @property
    def apart(self) -> tuple[Line, ...]:
        """Those without one."""
        return tuple(line for line in self.lines if line.rank is None)
