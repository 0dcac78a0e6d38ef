"""Every command as a function with a JSON-able answer; screens, terminal and HTTP call the same.

A command that touches the home takes a `Desk`, one that does not takes the `Office`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from salesdash.commands import arguments as args
from salesdash.commands import asked as figures
from salesdash.commands import (
    defining,
    demonstration,
    forgetting,
    importing,
    keeping,
    logbook,
    moving,
    reading,
    watching,
)
from salesdash.commands.hints import near
from salesdash.commands.office import Desk, Office
from salesdash.commands.replies import Reply
from salesdash.errors import UsageError

__all__ = ["COMMANDS", "Command", "Desk", "Office", "Reply", "perform"]


@dataclass(frozen=True)
class Command:
    """The arguments a command takes, and the function that answers it."""

    arguments: type
    answer: Callable[[Any, Any], Reply]
    at_desk: bool = True


def _quality(desk: Desk, asked: args.Quality) -> Reply:
    from salesdash.commands import quality  # here and below: an import must not wait for Altair

    return quality.quality(desk, asked)


def _query(desk: Desk, asked: figures.Query) -> Reply:
    from salesdash.commands import querying

    return querying.query(desk, asked)


def _compare(desk: Desk, asked: figures.Compare) -> Reply:
    from salesdash.commands import comparing

    return comparing.compare(desk, asked)


def _sql(desk: Desk, asked: figures.Sql) -> Reply:
    from salesdash.commands import sql

    return sql.sql(desk, asked)


def _bridge(desk: Desk, asked: figures.Bridge) -> Reply:
    from salesdash.commands import bridging

    return bridging.bridge(desk, asked)


def _drivers(office: Office, asked: figures.Drivers) -> Reply:
    from salesdash.commands import driving

    return driving.drivers(office, asked)


def _cohorts(desk: Desk, asked: figures.Cohorts) -> Reply:
    from salesdash.commands import cohorts

    return cohorts.cohorts(desk, asked)


def _leaderboard(desk: Desk, asked: figures.Leaderboard) -> Reply:
    from salesdash.commands import leaderboard

    return leaderboard.leaderboard(desk, asked)


def _segments(desk: Desk, asked: figures.Segments) -> Reply:
    from salesdash.commands import segments

    return segments.segments(desk, asked)


def _clv(desk: Desk, asked: figures.Clv) -> Reply:
    from salesdash.commands import clv

    return clv.clv(desk, asked)


def _pipeline(desk: Desk, asked: figures.Pipeline) -> Reply:
    from salesdash.commands import movement

    return movement.pipeline(desk, asked)


def _goals(desk: Desk, asked: args.Goals) -> Reply:
    from salesdash.commands import goals

    return goals.goals(desk, asked)


def _training(desk: Desk, asked: args.Training) -> Reply:
    from salesdash.commands import training

    return training.trainings(desk, asked)


def _forecast(office: Office, asked: figures.Forecast) -> Reply:
    from salesdash.commands import forecasting

    return forecasting.forecast(office, asked)


COMMANDS: Mapping[str, Command] = {
    "demo": Command(args.Demo, demonstration.demo, at_desk=False),
    "import": Command(args.Import, importing.import_files),
    "read": Command(args.Read, reading.read, at_desk=False),
    "watch": Command(args.Watch, watching.watch),
    "imports": Command(args.Nothing, logbook.imports),
    "undo": Command(args.Event, logbook.undo),
    "redo": Command(args.Event, logbook.redo),
    "rebuild": Command(args.Nothing, logbook.rebuild),
    "rejects": Command(args.Rejects, logbook.rejects),
    "forget": Command(args.Forget, forgetting.forget_one),
    "metrics": Command(args.Nothing, defining.metrics),
    "check": Command(args.Nothing, defining.check, at_desk=False),
    "quality": Command(args.Quality, _quality),
    "query": Command(figures.Query, _query),
    "compare": Command(figures.Compare, _compare),
    "sql": Command(figures.Sql, _sql),
    "bridge": Command(figures.Bridge, _bridge),
    "drivers": Command(figures.Drivers, _drivers, at_desk=False),
    "cohorts": Command(figures.Cohorts, _cohorts),
    "leaderboard": Command(figures.Leaderboard, _leaderboard),
    "segments": Command(figures.Segments, _segments),
    "clv": Command(figures.Clv, _clv),
    "pipeline": Command(figures.Pipeline, _pipeline),
    "goals": Command(args.Goals, _goals),
    "training": Command(args.Training, _training),
    "forecast": Command(figures.Forecast, _forecast, at_desk=False),
    "backup": Command(args.File, keeping.backup),
    "restore": Command(args.File, keeping.restore, at_desk=False),
    "workspace": Command(args.Place, moving.workspace, at_desk=False),
}
"""In the order of a day's work; the terminal and /api know exactly these (and `run`)."""


def perform(name: str, office: Office, given: Mapping[str, object]) -> Reply:
    """Run a command by its name; raises the errors of the tree, UsageError for an unknown name."""
    command = COMMANDS.get(name)
    if command is None:
        raise UsageError("usage.command", name=name, **near(name, COMMANDS))
    made: object = args.make(command.arguments, given)
    if not command.at_desk:
        return command.answer(office, made)
    with office.desk() as desk:
        return command.answer(desk, made)
