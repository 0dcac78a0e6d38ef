"""The fields of an action: what, who, until when in one row; the rest once it is asked for."""

import streamlit as st

from salesdash import texts
from salesdash.analysis import aiming, scopes
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.ui import context, marks, state
from salesdash.ui.actions.typed import QUICK, Typed
from salesdash.ui.goals import asking, scoping
from salesdash.ui.training.asking import DAY_FORMAT, everybody
from salesdash.workspace import Priority

LIVE = "400ms"
"""So long after the last key the sentence follows."""

LONGEST_TEXT = 300


class Form(Typed):
    """Draws the fields of which `Typed` reads what they hold."""

    def quick(self, words: Words) -> None:
        """Text, owner, due day; nothing is sent before the button."""
        what, owner, due = (self.key(name) for name in QUICK)
        if state.widget(what) is None:
            state.put(what, self.base.text)
            state.put(owner, self.base.owner or None)
            state.put(due, self.base.due)
        st.text_input(
            words.say("team.actions.text"),
            key=what,
            on_change="ignore",
            placeholder=words.say("team.actions.what"),
            max_chars=LONGEST_TEXT,
        )
        known = everybody()
        st.selectbox(
            words.say("team.actions.owner"),
            sorted({*known, self.base.owner}) if self.base.owner else known,
            index=None,
            key=owner,
            accept_new_options=True,
            on_change="ignore",
            placeholder=words.say("team.actions.who"),
            width=190,
        )
        st.date_input(
            words.say("team.actions.due"),
            value=None,
            key=due,
            format=DAY_FORMAT,
            on_change="ignore",
            width=150,
        )

    def switch(self, words: Words) -> None:
        """The button that opens and closes the rest."""
        is_open = self.more.get()
        st.button(
            words.say("actions.form.less" if is_open else "actions.form.more"),
            key=f"more-{self.place}",
            type="tertiary",
            icon=":material/expand_less:" if is_open else ":material/expand_more:",
            on_click=self.more.set,
            args=(not is_open,),
        )

    def rest(self, words: Words) -> None:
        """Priority, and what it is to move: metric, where, by how much, when that is looked at."""
        if not self.more.get():
            self._told(words)
            return
        if self.get("priority") is None:
            self._seed()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.segmented_control(
                words.say("actions.field.priority"),
                tuple(Priority),
                format_func=lambda each: words.say(f"actions.priority.{each.value}"),
                key=self.key("priority"),
                required=True,
                width="content",
            )
            st.selectbox(
                words.say("actions.field.metric"),
                self._metrics(),
                index=None,
                format_func=words.metric,
                key=self.key("metric"),
                placeholder=words.say("actions.form.no_metric"),
            )
        if self.metric is not None:
            self._aim(self.metric, words)

    def forget(self) -> None:
        """Start afresh: the fields are empty and the rest is closed."""
        for name in (*QUICK, "priority", "metric", "expected", "check"):
            state.forget(self.key(name))
        for slot in (self.more, self.last_proposed):
            slot.clear()

    def _aim(self, metric: str, words: Words) -> None:
        scope = self.base.scope if metric == self.base.metric else ()
        scoping.draw(self.key("aim"), metric, scope, words)
        check, proposed = self.key("check"), self.proposed
        if self.get("check") in (None, self.last_proposed.get()):
            state.put(check, proposed)
            self.last_proposed.set(proposed)
        definition = self.definition
        share = "_share" if definition is not None and definition.unit is Unit.SHARE else ""
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(
                words.say("actions.field.expected"),
                key=self.key("expected"),
                placeholder=words.say(f"actions.form.expected{share}"),
                live=LIVE,
            )
            st.date_input(
                words.say("actions.field.check"),
                value=None,
                key=check,
                format=DAY_FORMAT,
                width=150,
            )
        self._told(words)

    def _seed(self) -> None:
        """The fields as the base has them."""
        unit = self._unit()
        state.put(self.key("priority"), self.base.priority)
        state.put(self.key("metric"), self.base.metric)
        state.put(self.key("expected"), aiming.typed(self.base.expected, unit))
        state.put(self.key("check"), self.base.check)

    def _unit(self) -> Unit:
        known = context.settings().metrics.get(self.base.metric or "")
        return Unit.NUMBER if known is None else known.unit

    def _metrics(self) -> list[str]:
        offered = [metric.id for metric in asking.offered()]
        own = self.base.metric
        return [own, *offered] if own is not None and own not in offered else offered

    def _told(self, words: Words) -> None:
        """What the fields mean, in a sentence; or what stands in the way."""
        metric = self.definition
        if metric is None:
            return
        try:
            found = self.wanted() if self.more.get() else self._standing()
        except UsageError as error:
            st.html(f'<div class="sd-note">{marks.escape(texts.error(error, words.lang))}</div>')
            return
        datasets = context.metrics().datasets(metric.id)
        names = scopes.names(context.warehouse(), self.scope, datasets)
        if found is None:
            about = words.tell(aiming.about(metric.id, names))
            told = words.say("actions.aim.looked_at", what=about, day=words.told(self.check))
        else:
            told = words.tell(aiming.meaning(metric, names, found, self.check))
            if aiming.worse(metric, found.change):
                told = words.say("actions.aim.worse", told=told)
        st.html(f'<div class="sd-note" aria-live="polite">{marks.escape(told)}</div>')

    def _standing(self) -> aiming.Wanted | None:
        return None if self.base.expected is None else aiming.Wanted(self.base.expected)
