"""What was typed into the fields of a goal: as a wish, and as a draft that may be unfinished."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from salesdash.analysis.planning import Wish, percent, target
from salesdash.analysis.smart import Draft
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.periods import Comparison, Grain, Period
from salesdash.selection import Filter
from salesdash.ui import context, state
from salesdash.ui.goals import scoping
from salesdash.workspace import Goal, Rhythm, Terms, period_of

ONCE = "once"
AS_USUAL = "usual"
STATED, RELATIVE = "stated", "relative"
NOTHING_YET = Decimal(0)
"""Stands for a target that is still to be worked out."""


@dataclass(frozen=True)
class Typed:
    """Widgets under keys that begin with `key`; `goal` None: a new one, else what it is now.

    What they hold is read when it is needed, so that a figure still being typed counts too.
    """

    key: str
    goal: Goal | None

    def wish(self) -> Wish:
        """What the fields mean. Raises UsageError for what is no number or has no days."""
        is_relative = self._get("kind") == RELATIVE
        terms = Terms(
            metric=self.metric,
            period=self._get("period") or self._days(),
            target=NOTHING_YET if is_relative else self._amount(self._typed("target")),
            scope=self.scope,
            floor=self._bound("floor"),
            stretch=self._bound("stretch"),
            reason=self._typed("reason"),
            owner=self._typed("owner"),
            parent=self._get("parent") or None,
            rhythm=self._rhythm,
        )
        return Wish(
            terms,
            each=self._each,
            percent=percent(self._typed("plus")) if is_relative else None,
            of=self._get("of") or Comparison.LAST_YEAR.value,
        )

    def draft(self) -> Draft:
        """What the fields say so far, also half typed, for the check."""
        found = Draft(
            self.metric,
            self.scope,
            reason=self._typed("reason"),
            parent=self._get("parent") or None,
            rhythm=self._rhythm,
            number=self.goal.number if self.goal else 0,
        )
        if self._get("period") or len(self._get("dates") or ()) > 1:
            found = replace(found, each=self._each)
            try:
                found = replace(found, period=self._get("period") or self._days())
            except UsageError as error:
                return replace(found, fault=error)
        try:
            return replace(found, **self._wanted())
        except UsageError as error:
            return replace(found, fault=error)

    def _wanted(self) -> dict[str, Any]:
        """The target, or so many per cent on top of what; nothing while nothing is typed."""
        if self._get("kind") == RELATIVE:
            plus = self._typed("plus")
            return {"percent": percent(plus), "of": self._get("of")} if plus else {}
        text = self._typed("target")
        return {"target": self._amount(text)} if text else {}

    @property
    def _rhythm(self) -> Rhythm | None:
        code = self._get("rhythm") or AS_USUAL
        return None if code == AS_USUAL else Rhythm(code)

    @property
    def _each(self) -> Grain | None:
        each = self._get("each") or ONCE
        return None if each == ONCE else Grain(each)

    @property
    def metric(self) -> str:
        """The chosen metric."""
        return str(self._get("metric"))

    @property
    def scope(self) -> tuple[Filter, ...]:
        """The chosen members by dimension."""
        return scoping.chosen(self.key, self.metric)

    @property
    def with_later(self) -> bool:
        """Whether the later goals of the series change too."""
        return bool(self._get("later"))

    def _get(self, name: str) -> Any:  # noqa: ANN401 - a widget holds whatever its options hold
        return state.widget(f"{self.key}-{name}")

    def _typed(self, name: str) -> str:
        return str(self._get(name) or "").strip()

    def _days(self) -> Period:
        """The two dates; after the first click there is only a first day."""
        days: tuple[date, ...] = self._get("dates") or ()
        if days[1:] == ():
            raise UsageError("goal.no_days")
        return period_of(days[0], days[-1])

    @property
    def _is_share(self) -> bool:
        known = context.settings().metrics.get(self.metric)
        return known is not None and known.unit is Unit.SHARE

    def _amount(self, text: str) -> Decimal:
        if not text:
            raise UsageError("goal.no_target")
        return target(text, Unit.SHARE if self._is_share else Unit.NUMBER)

    def _bound(self, name: str) -> Decimal | None:
        text = self._typed(name)
        return self._amount(text) if text else None

    def _text(self, value: Decimal | None) -> str:
        """A figure as it is typed."""
        if value is None:
            return ""
        return f"{(value * 100).normalize():f}%" if self._is_share else f"{value.normalize():f}"
