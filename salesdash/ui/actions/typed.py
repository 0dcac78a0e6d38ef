"""What the fields of an action hold: the promise they mean, or what of one they change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from salesdash.analysis import aiming
from salesdash.analysis.aiming import Wanted
from salesdash.analysis.asking import Question
from salesdash.errors import UsageError
from salesdash.metrics import Metric
from salesdash.selection import Selection
from salesdash.ui import context, state
from salesdash.ui.goals import scoping
from salesdash.ui.training.asking import meant
from salesdash.workspace import Priority, Promise

QUICK = ("what", "owner", "due")
MORE = ("priority", "metric", "expected", "check")
AIM = frozenset(("metric", "scope", "expected"))
"""Change together: an effect is of a metric within a scope."""

LEAST_DAYS = 7
"""Per cent are never of less."""

BLANK = Promise("")


@dataclass(frozen=True)
class Typed:
    """Fields under keys that end with `place`; `base` is what they begin with.

    `stands`: the base is written down already, so that only what differs is saved.
    """

    place: str
    base: Promise = BLANK
    stands: bool = False

    def key(self, name: str) -> str:
        """The key of a field."""
        return f"w.{name}-{self.place}"

    def get(self, name: str) -> Any:  # noqa: ANN401 - a widget holds whatever its options hold
        """What a field holds."""
        return state.widget(self.key(name))

    @property
    def more(self) -> "state.Slot[bool]":
        """Whether the fields beyond the first row are open."""
        return state.Slot(f"more.{self.place}", default=False)

    def promise(self) -> Promise:
        """What the fields mean. Raises UsageError for an effect the metric cannot have."""
        text, owner, due = (self.get(name) for name in QUICK)
        whose = str(owner or "")
        if whose != self.base.owner:
            whose = meant(whose)
        quick = replace(self.base, text=str(text or ""), owner=whose, due=due)
        if not self.more.get():
            return quick if self.stands else replace(quick, check=self._check(quick))
        aimed = replace(
            quick,
            priority=self.get("priority") or Priority.NORMAL,
            metric=self.metric,
            scope=self.scope,
            expected=self._expected(),
        )
        return replace(aimed, check=self._check(aimed))

    def part(self) -> Mapping[str, Any]:
        """What of the base they change."""
        new = self.promise()
        names = ("text", "owner", "due", "priority", *sorted(AIM), "check")
        changed = {name for name in names if getattr(new, name) != getattr(self.base, name)}
        if changed & AIM:
            changed |= AIM
        return {name: getattr(new, name) for name in changed}

    @property
    def metric(self) -> str | None:
        """The chosen metric."""
        return self.get("metric") if self.more.get() else self.base.metric

    @property
    def scope(self) -> tuple[Any, ...]:
        """The chosen members of that metric."""
        if not self.more.get():
            return self.base.scope
        return scoping.chosen(self.key("aim"), self.metric) if self.metric else ()

    def wanted(self) -> Wanted | None:
        """The change that is expected, as typed; None while nothing is. Raises UsageError."""
        metric, text = self.metric, str(self.get("expected") or "").strip()
        if metric is None or not text:
            return None
        context.metrics().get(metric)
        asked = Question(
            context.warehouse(),
            context.settings(),
            Selection(None, filters=self.scope),
            context.today(),
        ).about(metric)
        key = ("aim", metric, self.scope, text, self.days)
        return context.remembered(key, lambda: aiming.wanted(text, asked, self.days))

    @property
    def proposed(self) -> date | None:
        """The day of the check that suits the metric and the due day."""
        metric = self.definition
        if metric is None:
            return None
        return aiming.judged(metric, self._start, context.settings().metrics)

    @property
    def definition(self) -> Metric | None:
        """The chosen metric as it is defined."""
        return context.settings().metrics.get(self.metric or "")

    @property
    def check(self) -> date | None:
        """The day of the check: as chosen, else as proposed for the due day that is typed now."""
        chosen = self.get("check") if self.more.get() else self.base.check
        if chosen is None or chosen == self.last_proposed.get():
            return self.proposed
        return chosen if self.metric else None

    @property
    def last_proposed(self) -> "state.Slot[date | None]":
        """What was put into the field for the check, which is nobody's choice."""
        return state.Slot(f"proposed.{self.place}", None)

    @property
    def days(self) -> int:
        """From the due day to the check."""
        check = self.check
        return LEAST_DAYS if check is None else max((check - self._start).days, LEAST_DAYS)

    @property
    def _start(self) -> date:
        due = self.get("due")
        return due if isinstance(due, date) else context.today()

    def _expected(self) -> Any:  # noqa: ANN401 - an exact amount
        """The change in the metric's unit; one left as it stood keeps all its places."""
        text, metric = str(self.get("expected") or "").strip(), self.definition
        if metric is not None and text == aiming.typed(self.base.expected, metric.unit):
            return self.base.expected
        found = self.wanted()
        return None if found is None else found.change

    def _check(self, promise: Promise) -> date | None:
        check = self.check if promise.metric else None
        if check is not None and promise.due is not None and check < promise.due:
            raise UsageError("action.early_check", day=check)
        return check
