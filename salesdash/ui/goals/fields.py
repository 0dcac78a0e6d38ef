"""The fields of a goal: what, when, where, how much."""

import streamlit as st

from salesdash.analysis.planning import BEFORE
from salesdash.charts import Words
from salesdash.periods import Comparison, Grain, Period
from salesdash.ui import context
from salesdash.ui.goals import asking, scoping
from salesdash.ui.goals.typed import AS_USUAL, ONCE, RELATIVE, STATED, Typed
from salesdash.workspace import Rhythm

REPEATS = (ONCE, Grain.MONTH.value, Grain.QUARTER.value)
LIVE = "400ms"
"""So long after the last key the check follows."""


class Form(Typed):
    """Draws the fields of which `Typed` reads what they hold."""

    def draw(self, words: Words) -> None:
        """Draw the fields."""
        self._what(words)
        self._when(words)
        scope = self.goal.terms.scope if self.goal else ()
        scoping.draw(self.key, self.metric, scope, words)
        self._how_much(words)
        self._more(words)

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
            live=LIVE,
        )

    def _relative(self, words: Words) -> None:
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.text_input(
                words.say("goals.form.plus"), value="5%", key=f"{self.key}-plus", live=LIVE
            )
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
        with st.container(horizontal=True, gap="small"):
            self._above(words)
            self._often(words)
        if terms is not None and terms.series is not None:
            st.checkbox(words.say("goals.form.later"), key=f"{self.key}-later")

    def _above(self, words: Words) -> None:
        """The goal that this one serves, among those that may stand above it."""
        own = self.goal.number if self.goal else 0
        chosen = (self.goal.terms.parent if self.goal else None) or 0
        goals = {goal.number: goal for goal in asking.above(own)}
        numbers = list(dict.fromkeys((0, *goals, chosen)))
        if len(numbers) == 1:
            return

        def say(number: int) -> str:
            if not number:
                return words.say("goals.form.no_parent")
            return asking.title(goals[number], words) if number in goals else str(number)

        label, key = words.say("goals.form.parent"), f"{self.key}-parent"
        st.selectbox(label, numbers, index=numbers.index(chosen), format_func=say, key=key)

    def _often(self, words: Words) -> None:
        """How often it is reviewed; left alone, as config.yaml says."""
        chosen = self.goal.terms.rhythm if self.goal else None
        usual = words.say(f"reviews.rhythm.{context.settings().review}")
        codes = [AS_USUAL, *(each.value for each in Rhythm)]

        def say(code: str) -> str:
            if code == AS_USUAL:
                return words.say("goals.form.usual", rhythm=usual)
            return words.say(f"reviews.rhythm.{code}")

        place = codes.index(chosen.value) if chosen else 0
        label, key = words.say("goals.form.review"), f"{self.key}-rhythm"
        st.selectbox(label, codes, index=place, format_func=say, key=key)
