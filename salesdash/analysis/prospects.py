"""The forecast and the chance of a goal from its progress and its past, and how they are told."""

from dataclasses import replace
from datetime import timedelta

from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.chance import Aim, Prospect, ended, prospect
from salesdash.analysis.pace import Past
from salesdash.analysis.progress import Progress
from salesdash.metrics import Unit

ODDS = (
    *((1, 100), (1, 50), (1, 20), (1, 10), (1, 5), (1, 4), (3, 10), (1, 3), (2, 5), (1, 2)),
    *((3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (9, 10), (19, 20), (49, 50), (99, 100)),
)
"""What a chance is called in words: so many in so many."""

SLIGHT = 0.01
"""A chance nearer to nothing, or to certainty, is told as less, or more, than this."""


def foresee(found: Progress, past: Past | None, *, lasts: bool) -> Progress:
    """The goal with its forecast and chance, or why it has none; as it is when it doesn't run.

    `past` None: earlier periods of such a figure tell nothing. `lasts`: what is there cannot be
    lost again, as with different customers.
    """
    if not found.runs or found.actual.value is None or found.edge is None:
        return found
    if past is None:
        return replace(found, unforeseen=Reason("goals.chance.no_past"))
    aim = _aim(found, past, lasts=lasts)
    if not aim.left:
        return replace(found, prospect=ended(aim))
    if past.accumulates and len(past) and not any(past.final):
        return replace(found, unforeseen=Reason("goals.chance.nothing"))
    made = prospect(past, aim)
    if made is None:
        return replace(found, unforeseen=Reason("goals.chance.few", (("count", len(past)),)))
    return replace(found, prospect=made)


def sentence(found: Progress) -> Reason | None:
    """Where it will probably end, and the chance in words; None without a forecast."""
    seen = found.prospect
    if seen is None:
        return None
    if seen.certain:
        side = "met" if seen.chance else "lost"
        return Reason(f"goals.outlook.{side}")
    unit = found.subject.unit
    values = (
        ("mean", Amount(seen.mean, unit, "about")),
        ("part", Amount(seen.mean / float(found.goal.terms.target), Unit.SHARE, "percent")),
        ("odds", odds(seen)),
    )
    return Reason("goals.outlook.probably", values)


def odds(seen: Prospect) -> Reason:
    """A chance in words: about 7 in 10."""
    if seen.certain:
        return Reason(f"goals.odds.{'sure' if seen.chance else 'none'}")
    if seen.chance < SLIGHT:
        return Reason("goals.odds.slight")
    if seen.chance > 1 - SLIGHT:
        return Reason("goals.odds.nearly")
    count, of = min(ODDS, key=lambda each: abs(each[0] / each[1] - seen.chance))
    return Reason("goals.odds.about", (("part", count), ("of", of)))


def in_percent(seen: Prospect) -> Reason:
    """A chance as a figure: 42%; never 0% or 100% while something can change it."""
    if not seen.certain and not SLIGHT <= seen.chance <= 1 - SLIGHT:
        return Reason(f"goals.percent.{'under' if seen.chance < SLIGHT else 'over'}")
    return Reason("goals.percent.plain", (("chance", Amount(seen.chance, Unit.SHARE, "percent")),))


def _aim(found: Progress, past: Past, *, lasts: bool) -> Aim:
    period = found.goal.terms.period
    known = min((found.edge or period.start) + timedelta(days=1), period.end)
    return Aim(
        made=float(found.actual.value or 0),
        target=float(found.goal.terms.target),
        known=known.toordinal(),
        passed=found.pace.linear,
        left=(period.end - known).days,
        step=_step(past) or period.days,
        down=found.subject.better == "down",
        counts=found.subject.unit is Unit.COUNT,
        grows=lasts,
    )


def _step(past: Past) -> int:
    """Days from one earlier period to the next; 0 where there is one at most."""
    if len(past) <= 1:
        return 0
    days = (past.periods[-1].start - past.periods[0].start).days
    return days // max(past.places[0] - past.places[-1], 1)
