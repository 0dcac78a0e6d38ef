"""What an action is to move: the expected change as people type it, and the day it is judged."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from salesdash.analysis.answers import Amount, Member, Name, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.planning import amount, percent, rounded
from salesdash.analysis.progress import exact
from salesdash.datasets import DEALS, LEADS, PAYMENTS
from salesdash.errors import UsageError
from salesdash.metrics import Kind, Metric, Unit
from salesdash.periods import Period

WEEKS: Mapping[str, int] = {PAYMENTS.name: 8, LEADS.name: 8, DEALS.name: 13}
"""So long after its due day an action shows in figures of these rows; of others after USUALLY."""

USUALLY, SLOW = 4, 13
"""Weeks; what counts customers by their history needs a quarter."""

LONGEST = Decimal(1)
"""No share moves by more."""

_ENDINGS: tuple[tuple[re.Pattern[str], Unit, str], ...] = (
    (
        re.compile(r"\s*(percentage points?|points?|pts?|pp|个?百分点|点)$", re.IGNORECASE),
        Unit.SHARE,
        "action.not_points",
    ),
    (re.compile(r"\s*(days?|天|日)$", re.IGNORECASE), Unit.DAYS, "action.not_days"),
    (re.compile(r"\s*(x|×|倍)$", re.IGNORECASE), Unit.MULTIPLE, "action.not_times"),
)
_WORD = re.compile(r"\w+")
_MONEY = re.compile(r"[$¥€£元]")


@dataclass(frozen=True)
class Wanted:
    """An expected change in the unit of its metric, signed.

    Typed as so many per cent, they are of what the last `days` days brought: `of`.
    """

    change: Decimal
    percent: Decimal | None = None
    of: Number | None = None
    days: int = 0


def judged(metric: Metric, due: date, known: Mapping[str, Metric]) -> date:
    """The day on which the effect of an action can be seen at the earliest, as a proposal.

    `known`: all metrics, among them those a ratio is made of.
    """
    usual = WEEKS.get(metric.dataset, USUALLY)
    return due + timedelta(weeks=SLOW if _is_slow(metric, known) else usual)


def wanted(text: str, question: Question, days: int) -> Wanted:
    """The change that was typed for the metric a question is about: +50k, 5 %, 3 points, -2 days.

    Without a sign it is a change for the better. Raises UsageError for another unit than the
    metric's, for no change at all, and for per cent of nothing.
    """
    metric = question.metric(question.metrics[0])
    body = _body(text, metric.unit)
    if metric.unit is Unit.SHARE:
        found = Wanted(percent(body) / 100)
    elif body.endswith("%"):
        found = _relative(percent(body), question, metric, days)
    else:
        found = Wanted(amount(body))
    if metric.better == "down" and body[0] not in "+-−":
        found = Wanted(-found.change, found.percent and -found.percent, found.of, found.days)
    if not found.change:
        raise UsageError("action.no_change")
    if metric.unit is Unit.SHARE and abs(found.change) > LONGEST:
        raise UsageError("action.too_far", value=text.strip())
    return found


def typed(change: Decimal | None, unit: Unit) -> str:
    """A change as it is typed: +50000, -3%."""
    if change is None:
        return ""
    if unit is Unit.SHARE:
        return f"{(change * 100).normalize():+f}%"
    return f"{change.normalize():+f}"


def about(metric: str, scope: tuple[str, ...]) -> Reason:
    """Sales; Sales of North."""
    name = ("metric", Name("metric", metric))
    if not scope:
        return Reason("actions.aim.whole", (name,))
    return Reason("actions.aim.scoped", (name, ("scope", Member(" · ".join(scope)))))


def meaning(metric: Metric, scope: tuple[str, ...], found: Wanted, check: date | None) -> Reason:
    """What is expected, in a sentence: Sales of North: +$50K until 12 Jan."""
    values: list[tuple[str, object]] = [
        ("what", about(metric.id, scope)),
        ("change", Amount(found.change, metric.unit, "signed")),
    ]
    key = "actions.aim.open"
    if check is not None:
        key, values = "actions.aim.until", [*values, ("day", check)]
    told = Reason(key, tuple(values))
    if found.of is None or found.percent is None:
        return told
    parts = (
        ("told", told),
        ("percent", Amount(float(found.percent) / 100, Unit.SHARE, "change")),
        ("of", Amount(found.of, metric.unit)),
        ("count", found.days),
    )
    return Reason("actions.aim.relative", parts)


def worse(metric: Metric, change: Decimal) -> bool:
    """Whether a change goes against the direction of its metric."""
    return metric.better != "none" and (change > 0) == (metric.better == "down")


def _is_slow(metric: Metric, known: Mapping[str, Metric]) -> bool:
    """Whether it counts customers by their history, itself or in a part of it."""
    parts = {metric.numerator, metric.denominator, *_WORD.findall(metric.expression or "")}
    return metric.kind is Kind.CUSTOMER or any(
        _is_slow(known[part], known) for part in parts if part in known
    )


def _body(text: str, unit: Unit) -> str:
    """The figure that was typed, without the word for its unit, which must be the metric's."""
    body = unicodedata.normalize("NFKC", text).strip()
    for ending, own, fault in _ENDINGS:
        cut = ending.sub("", body)
        if cut != body and unit is not own:
            raise UsageError(fault, value=text.strip())
        body = cut
    if unit is not Unit.MONEY and _MONEY.search(body):
        raise UsageError("action.not_money", value=text.strip())
    if not body:
        raise UsageError("goal.number", value=text.strip())
    return body


def _relative(part: Decimal, question: Question, metric: Metric, days: int) -> Wanted:
    """So many per cent of what as many days up to the data edge brought."""
    edge = question.edge
    if edge is None:
        raise UsageError("action.no_base")
    window = Period(edge - timedelta(days=days - 1), edge + timedelta(days=1))
    base = answered(question.measure((metric.id,), (window,)).figure(metric.id)).value
    if base is None:
        raise UsageError("action.no_base")
    return Wanted(rounded(exact(base) * part / 100, metric.unit), part, base, days)
