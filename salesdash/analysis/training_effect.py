"""Did a course help? A figure of those who finished it against peers who had not, in equal weeks.

Each trained person's weeks before and after the day of finishing are set beside the same weeks of
all who had not finished by their end. Who came or left meanwhile counts by the weeks they were
there, as their rows tell. What the trained changed beyond their peers is judged as `peers` says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from salesdash.analysis.answers import Amount, Name, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.classroom import LEAST_WEEKS, Classroom
from salesdash.analysis.past import has_past
from salesdash.analysis.peers import FEWEST, Schooled, as_ratio, schooled
from salesdash.analysis.ruling import WORTH, Span
from salesdash.analysis.training import Book
from salesdash.config import Course
from salesdash.errors import UsageError
from salesdash.metrics import Better, Unit
from salesdash.selection import Selection

SURE = 0.05
"""Chance alone may look as good in so many cases at most."""

MOST = 1.99
"""A symmetric change beyond it is from nothing, or to nothing."""

Word = Literal["helped", "did_not", "unclear", "too_few"]


@dataclass(frozen=True)
class Trained:
    """Somebody who finished: the figure before and after, and how far peers changed meanwhile.

    Changes are ratios, of shares in points. `peers`: how many there are.
    """

    person: str
    day: date
    weeks: int
    before: float | None
    after: float | None
    change: float | None
    peers_change: float | None
    peers: int


@dataclass(frozen=True)
class TrainingEffect:
    """What a course did for a figure: `change` beyond the peers, `chance` of as much by itself.

    `early`: people who finished too lately to be looked at.
    """

    course: str
    metric: str
    unit: Unit
    better: Better
    word: Word
    why: Reason
    people: tuple[Trained, ...] = ()
    early: int = 0
    count: int = 0
    change: Span | None = None
    chance: float | None = None

    @property
    def told(self) -> tuple[Reason, ...]:
        """How far, how sure."""
        if self.change is None or self.chance is None:
            return ()
        span = ((n, self.amount(getattr(self.change, n))) for n in ("middle", "low", "high"))
        peers = [each.peers for each in self.people if each.change is not None]
        about = (("metric", Name("metric", self.metric)), ("count", self.count))
        values = (*span, *about, ("fewest", min(peers)), ("most", max(peers)))
        chance = Amount(self.chance, Unit.SHARE, "percent")
        return (
            Reason("effect.course.moved", values),
            Reason("effect.course.chance", (("chance", chance),)),
        )

    def amount(self, change: float) -> Amount:
        """A change as it is said."""
        if self.unit is Unit.SHARE:
            return Amount(change, Unit.SHARE, "signed")
        return Amount(change, self.unit, "change")


def metrics(question: Question, course: Course) -> tuple[str, ...]:
    """The figures a course may be looked at by: those it trains first, then sales and deals won."""
    known = question.bound.metrics
    likely = (*course.levers, "sales", "won_amount", "win_rate")
    return tuple(name for name in dict.fromkeys(likely) if name in known)


def finished(course: Course, book: Book) -> dict[str, date]:
    """Who has done all items, and since when."""
    names = {each.person for each in book.written.ticks}
    names |= {each.person for each in book.written.completions}
    found = {name: book.done(course, name) for name in names}
    return {n: max(days.values()) for n, days in found.items() if len(days) == len(course.items)}


def build(
    question: Question, course: Course, metric: str, days: Mapping[str, date]
) -> TrainingEffect:
    """The effect of a course on a figure; `days`: who finished when."""
    definition = question.bound.metrics.get(metric)
    if definition is None:
        why = Reason("goals.reason.no_metric", (("name", metric),))
        return TrainingEffect(course.id, metric, Unit.NUMBER, "up", "too_few", why)
    empty = TrainingEffect(
        course.id,
        metric,
        definition.unit,
        definition.better,
        "too_few",
        _few(metric, 0),
    )
    if not has_past(question.bound, metric):
        return replace(empty, why=Reason("effect.why.metric"))
    asked = replace(question, selection=Selection(None, cut=question.selection.cut)).about(metric)
    try:
        return _judged(Classroom(asked, definition, days), empty)
    except UsageError:  # rows of this figure name no persons
        return replace(empty, why=Reason("effect.course.nobody"))


def _judged(room: Classroom, empty: TrainingEffect) -> TrainingEffect:
    early = sum(weeks < LEAST_WEEKS for weeks in room.windows.values())
    if not room.trained:
        return replace(empty, early=early)
    found = schooled(room.level, room.change, room.roles)
    told = replace(empty, people=tuple(_people(room)), early=early)
    if found is None:
        known = sum(each.change is not None for each in told.people)
        return replace(told, count=known, why=_few(empty.metric, known))
    is_share, down = room.metric.unit is Unit.SHARE, room.metric.better == "down"
    word, why = _ruled(room, found)
    return replace(
        told,
        word=word,
        why=why,
        count=found.count,
        change=Span(*(_said(each, is_share) for each in (found.middle, found.low, found.high))),
        chance=found.as_low if down else found.as_high,
    )


def _few(metric: str, count: int) -> Reason:
    name = ("metric", Name("metric", metric))
    return Reason("effect.course.few", (("count", count), ("least", FEWEST), name))


def _people(room: Classroom) -> Iterator[Trained]:
    is_share = room.metric.unit is Unit.SHARE
    for column, person in enumerate(room.trained):
        row = room.rows[person]
        others = room.change[room.roles.peers[:, column], column]
        known = others[np.isfinite(others)]
        change = float(room.change[row, column])
        yield Trained(
            person,
            room.days[person],
            room.windows[person],
            _known(room.sides[0][row, column]),
            _known(room.sides[1][row, column]),
            None if np.isnan(change) or not len(known) else _said(change, is_share),
            _said(float(known.mean()), is_share) if len(known) else None,
            len(known),
        )


def _said(change: float, is_share: bool) -> float:  # noqa: FBT001 - of a unit
    return change if is_share else as_ratio(max(min(change, MOST), -MOST))


def _ruled(room: Classroom, found: Schooled) -> tuple[Word, Reason]:
    down = room.metric.better == "down"
    chance = found.as_low if down else found.as_high
    if chance <= SURE:
        return "helped", Reason("effect.course.helped")
    best = -found.low if down else found.high
    if best < _worth(room):
        return "did_not", Reason("effect.course.did_not")
    return "unclear", Reason("effect.course.unclear")


def _worth(room: Classroom) -> float:
    """A tenth of where the trained stood."""
    if room.metric.unit is not Unit.SHARE:
        return 2 * WORTH / (2 + WORTH)
    trained = room.sides[0][room.roles.trained, np.arange(len(room.trained))]
    return WORTH * float(np.nanmean(np.abs(trained)))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def courses(known: Iterable[Course], book: Book) -> dict[str, dict[str, date]]:
    """Courses that somebody finished, with who did when."""
    found = {course.id: finished(course, book) for course in known}
    return {course: days for course, days in found.items() if days}
