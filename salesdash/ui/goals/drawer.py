"""The drawer of a goal: set or change it, take it back, see both versions when two edit at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from salesdash.charts import Words
from salesdash.errors import Conflict, SalesdashError
from salesdash.ui import context, people, problems, state
from salesdash.ui.goals import asking, checking, fields, history
from salesdash.workspace import Goal, Stamp, Terms


@dataclass(frozen=True)
class Opened:
    """What the drawer was opened for, and what happened in it since.

    `number` tells one opening from another. `goal` None: a new one. `theirs`: what somebody else
    wrote in the meantime. `fault`: why the last click could not be done.
    """

    number: int
    goal: Goal | None = None
    theirs: Goal | None = None
    fault: SalesdashError | None = None

    @property
    def form(self) -> fields.Form:
        """Its fields."""
        return fields.Form(f"goal-form-{self.number}", self.goal)

    @property
    def why(self) -> str:
        """Why the goal changes, as typed."""
        return str(state.widget(self.why_key) or "").strip()

    @property
    def why_key(self) -> str:
        """Key of the field for it."""
        return f"goal-form-{self.number}-why"

    @property
    def base(self) -> Goal | None:
        """The revision a change starts from: the one its editor has seen last."""
        return self.theirs or self.goal


_opened: state.Slot[Opened | None] = state.Slot("goal-opened", None)
_count = state.Slot("goal-openings", 0)
_done = state.Slot("goal-done", "")


def create() -> None:
    """Open the drawer for a new goal; for `on_click`."""
    change(None)


def change(goal: Goal | None) -> None:
    """Open the drawer for a goal; for `on_click`."""
    _count.set(_count.get() + 1)
    _opened.set(Opened(_count.get(), goal))


def draw() -> None:
    """Draw the drawer until it is done or dismissed; say what the last one did."""
    words, opened = context.words(), _opened.get()
    if _done.get():
        st.toast(_done.get(), icon=":material/check:")
        _done.clear()
    if opened is not None:
        title = words.say("goals.form.new" if opened.goal is None else "goals.form.change")
        drawn = st.dialog(title, position="right", width="medium", on_dismiss=_opened.clear)
        drawn(_form)()


def say(told: str) -> None:
    """What the page says once, when it is drawn again."""
    _done.set(told)


def _form() -> None:
    words, opened = context.words(), _opened.get()
    if opened is None:  # the last click was done: the page behind has changed
        st.rerun()
    opened.form.draw(words)
    checking.show(opened.form.draft(), words)
    if opened.goal is not None:
        st.text_input(words.say("goals.form.why"), key=opened.why_key)
    if opened.theirs is not None:
        _both(opened.theirs, words)
    if opened.fault is not None:
        problems.show(opened.fault)
    people.ask(people.DRAWER_FIELD)
    _buttons(opened, words)
    if opened.goal is not None:
        history.show(opened.goal, words)


def _buttons(opened: Opened, words: Words) -> None:
    save = "over" if opened.theirs else "save"
    with st.container(horizontal=True, gap="small", key="goal-buttons"):
        st.button(
            words.say(f"goals.form.{save}"),
            key="goal-save",
            type="primary",
            on_click=_try,
            args=(_save,),
        )
        if opened.theirs:
            label = words.say("goals.form.theirs")
            st.button(label, key="goal-theirs", on_click=_close, args=("kept",))
        if opened.goal is not None:
            label = words.say("goals.form.withdraw")
            st.button(label, key="goal-withdraw", on_click=_try, args=(_withdraw,))


def _both(theirs: Goal, words: Words) -> None:
    """What stands now, above what is still in the form."""
    st.warning(
        words.say(
            "goals.form.clash", target=history.target_words(theirs, words), why=theirs.why or "—"
        ),
        title=words.say("goals.form.clash_title", who=theirs.who),
        icon=":material/warning:",
    )


# --- what the buttons do --------------------------------------------------------------------------


def _try(action: Callable[[Opened, Stamp], None]) -> None:
    """Do it in the name of who sits here; what stands in the way is kept for the drawer."""
    words, who, opened = context.words(), people.stated(), _opened.get()
    if opened is None:
        return
    if not who:
        st.toast(words.say("ui.who.needed"), icon=":material/person:")
        return
    try:
        action(opened, Stamp(who, context.now()))
    except Conflict as conflict:
        theirs = conflict.values["theirs"]
        _opened.set(replace(opened, theirs=theirs if isinstance(theirs, Goal) else None))
    except SalesdashError as error:
        _opened.set(replace(opened, fault=error))


def _save(opened: Opened, stamp: Stamp) -> None:
    store, form, base = asking.store(), opened.form, opened.base
    terms = asking.plan().terms(form.wish())
    if base is None:
        store.add(terms, stamp, opened.why)
    else:
        changed = _kept(base.terms, terms[0])
        store.revise(base, changed, stamp, opened.why)
        if form.with_later:
            store.put(_later(base.terms, changed), stamp, opened.why)
    _close("saved", count=len(terms))


def _withdraw(opened: Opened, stamp: Stamp) -> None:
    if opened.base is not None:
        asking.store().withdraw(opened.base, stamp, opened.why)
        _close("withdrawn")


def _close(key: str, **values: object) -> None:
    _opened.clear()
    say(context.words().say(f"goals.form.{key}", **values))


def _kept(old: Terms, terms: Terms) -> Terms:
    """What the form does not ask stays; a target typed anew no longer has the old basis."""
    basis = terms.basis or (old.basis if terms.target == old.target else None)
    return replace(terms, series=old.series, baseline=old.baseline, basis=basis)


def _later(old: Terms, changed: Terms) -> list[Terms]:
    """The later goals of the same series, with the changed figures."""
    return [
        replace(changed, period=each.terms.period, basis=None)
        for each in asking.store().standing()
        if each.terms.series == old.series
        and each.terms.period.start > old.period.start
        and each.terms.key[:2] == changed.key[:2]
    ]
