"""The fields of a goal: what, when, where, how much; and what they mean as a wish."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from salesdash.analysis.planning import BEFORE, Wish, percent, target
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.periods import Comparison, Grain, Period
from salesdash.selection import Filter
from salesdash.ui import context, state
from salesdash.ui.goals import asking
from salesdash.workspace import Goal, Terms, period_of

ONCE = "once"
REPEATS = (ONCE, Grain.MONTH.value, Grain.QUARTER.value)
STATED, RELATIVE = "stated", "relative"
NOTHING_YET = Decimal(0)
"""Stands for a target that is still to be worked out."""


@dataclass(frozen=True)
class Form:
    """Widgets under keys that begin with `key`; `goal` None: a new one, else what it is now.

    What they hold is read when it is needed, so that a figure still being typed counts too.
    """

    key: str
    goal: Goal | None

    def draw(self, words: Words) -> None:
        """Draw the fields."""
        self._what(words)
        self._when(words)
        self._where(words)
        self._how_much(words)
        self._more(words)

    def wish(self) -> Wish:
        """What the fields mean. Raises UsageError for what is no number or has no days."""
        is_relative, each = self._get("kind") == RELATIVE, self._get("each") or ONCE
        terms = Terms(
            metric=self.metric,
            period=self._get("period") or self._days(),
            target=NOTHING_YET if is_relative else self._amount(self._typed("target")),
            scope=self.scope,
            floor=self._bound("floor"),
            stretch=self._bound("stretch"),
            reason=self._typed("reason"),
            owner=self._typed("owner"),
        )
        return Wish(
            terms,
            each=None if each == ONCE else Grain(each),
            percent=percent(self._typed("plus")) if is_relative else None,
            of=self._get("of") or Comparison.LAST_YEAR.value,
        )

    @property
    def metric(self) -> str:
        """The chosen metric."""
        return str(self._get("metric"))

    @property
    def scope(self) -> tuple[Filter, ...]:
        """The chosen members by dimension; a dimension without any narrows nothing."""
        names = self._get(f"scope-{self.metric}") or ()
        found = (Filter(name, tuple(self._get(f"members-{name}") or ())) for name in names)
        return tuple(each for each in found if each.values)

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
        return target(text, Unit.SHARE if self._is_share else Unit.NUMBER)

    def _bound(self, name: str) -> Decimal | None:
        text = self._typed(name)
        return self._amount(text) if text else None

    def _text(self, value: Decimal | None) -> str:
        """A figure as it is typed."""
        if value is None:
            return ""
        return f"{(value * 100).normalize():f}%" if self._is_share else f"{value.normalize():f}"

    # --- drawing --------------------------------------------------------------------------------

    def _what(self, words: Words) -> None:
        offered = [metric.id for metric in asking.offered()]
        chosen = asking.leading() if self.goal is None else self.goal.terms.metric
        if chosen not in offered:
            offered.insert(0, chosen)
        st.selectbox(
            words.say("goals.form.metric"),
            offered,
            index=offered.index(chosen),
            format_func=words.metric,
            key=f"{self.key}-metric",
            disabled=self.goal is not None,
        )

    def _when(self, words: Words) -> None:
        periods: list[Period | None] = [*asking.periods(), None]
        if self.goal is not None and self.goal.terms.period not in periods:
            periods.insert(0, self.goal.terms.period)

        def say(period: Period | None) -> str:
            custom = words.say("ui.filter.custom")
            return custom if period is None else asking.period_words(period, words)

        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.selectbox(
                words.say("goals.form.period"),
                periods,
                index=periods.index(self.goal.terms.period) if self.goal is not None else 0,
                format_func=say,
                key=f"{self.key}-period",
            )
            if self.goal is None:
                st.selectbox(
                    words.say("goals.form.each"),
                    REPEATS,
                    format_func=lambda code: words.say(f"goals.form.repeat.{code}"),
                    key=f"{self.key}-each",
                )
        if self._get("period") is None:
            first = asking.periods()[0]
            days = (first.start, first.last_day)
            st.date_input(words.say("ui.filter.range"), value=days, key=f"{self.key}-dates")

    def _where(self, words: Words) -> None:
        known = {f.dimension: f.values for f in self.goal.terms.scope} if self.goal else {}
        offered = [*asking.dimensions(self.metric)]
        dimensions = st.multiselect(
            words.say("goals.form.scope"),
            [*offered, *(name for name in known if name not in offered)],
            default=list(known),
            format_func=words.dimension,
            key=f"{self.key}-scope-{self.metric}",
            placeholder=words.say("goals.form.company"),
        )
        for name in dimensions:
            self._members(name, known.get(name, ()), words)

    def _members(self, name: str, chosen: tuple[str | None, ...], words: Words) -> None:
        is_known = self.metric in context.metrics().metrics
        names = asking.members(self.metric, name) if is_known else {}
        st.multiselect(
            words.dimension(name),
            [*names, *(value for value in chosen if value not in names)],
            default=list(chosen),
            format_func=lambda value: names.get(value or "", value or "—"),
            key=f"{self.key}-members-{name}",
            placeholder=words.say("ui.filter.any"),
        )

    def _how_much(self, words: Words) -> None:
        kind = st.segmented_control(
            words.say("goals.form.kind"),
            (STATED, RELATIVE),
            default=STATED,
            format_func=lambda code: words.say(f"goals.form.{code}"),
            key=f"{self.key}-kind",
            required=True,
            label_visibility="collapsed",
        )
        if kind == RELATIVE:
            self._relative(words)
            return
        share = "_share" if self._is_share else ""
        st.text_input(
            words.say(f"goals.form.target{share}"),
            value=self._text(self.goal.terms.target) if self.goal is not None else "",
            key=f"{self.key}-target",
            placeholder="35%" if share else "500000",
        )

    def _relative(self, words: Words) -> None:
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.text_input(words.say("goals.form.plus"), value="5%", key=f"{self.key}-plus")
            st.selectbox(
                words.say("goals.form.of"),
                BEFORE,
                index=BEFORE.index(Comparison.LAST_YEAR.value),
                format_func=lambda code: words.say(f"goals.form.{code}"),
                key=f"{self.key}-of",
            )

    def _more(self, words: Words) -> None:
        terms = self.goal.terms if self.goal is not None else None
        values = {
            "owner": terms.owner if terms else "",
            "reason": terms.reason if terms else "",
            "floor": self._text(terms.floor) if terms else "",
            "stretch": self._text(terms.stretch) if terms else "",
        }
        for names in (("owner", "reason"), ("floor", "stretch")):
            with st.container(horizontal=True, gap="small"):
                for name in names:
                    label, key = words.say(f"goals.form.{name}"), f"{self.key}-{name}"
                    st.text_input(label, value=values[name], key=key)
        if terms is not None and terms.series is not None:
            st.checkbox(words.say("goals.form.later"), key=f"{self.key}-later")
