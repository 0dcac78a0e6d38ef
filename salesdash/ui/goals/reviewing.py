"""Reviews on the page of a goal: what is due, what one says today, what was said before."""

from dataclasses import dataclass

import streamlit as st

from salesdash.analysis import kept, looks
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.ui import cards, context, marks, people, state, writing
from salesdash.ui.goals import reviewed, walking
from salesdash.workspace import Goal, Review, Said, Stamp, Word
from salesdash.workspace.reviews import Reviews

HEIGHT = 96


def show(each: Progress) -> None:
    """The card; it is redrawn alone when something is saved in it."""
    with st.container(border=True, key="card-reviews"):
        st.fragment(_card, key="reviews")(each)


def store() -> Reviews:
    """The reviews of this session's home."""
    return context.home().workspace.reviews


@dataclass(frozen=True)
class Form:
    """The fields of a review: of a new one, or of the one that is corrected."""

    goal: Goal
    old: Review | None = None

    @property
    def key(self) -> str:
        """Part of the keys of its widgets; a saved review makes new ones."""
        version = f"{self.old.number}-{self.old.version}" if self.old else str(_count.get())
        return f"review-{self.goal.code}-{version}"

    def said(self) -> Said:
        """What the fields hold. Raises UsageError without a judgement."""
        chosen = state.widget(f"{self.key}-word")
        if not chosen:
            raise UsageError("review.no_word")
        texts = (str(state.widget(f"{self.key}-{name}") or "").strip() for name in reviewed.TEXTS)
        return Said(Word(chosen), *texts)

    def draw(self, words: Words) -> None:
        """A judgement, a note, a decision, the next step."""
        said = self.old.said if self.old else None
        st.segmented_control(
            words.say("reviews.form.word"),
            [word.value for word in Word],
            default=said.word.value if said else None,
            format_func=lambda code: words.say(f"reviews.word.{code}"),
            key=f"{self.key}-word",
        )
        st.text_area(
            words.say("reviews.form.note"),
            value=said.note if said else "",
            height=HEIGHT,
            placeholder=words.say("reviews.form.note_hint"),
            key=f"{self.key}-note",
        )
        with st.container(horizontal=True, gap="small"):
            for name in reviewed.TEXTS[1:]:
                st.text_input(
                    words.say(f"reviews.form.{name}"),
                    value=getattr(said, name) if said else "",
                    key=f"{self.key}-{name}",
                )


_count = state.Slot("reviews-saved", 0)
_done = state.Slot("review-done", default=False)


def _card(each: Progress) -> None:
    words, goal = context.words(), each.goal
    if _done.get():  # said here: what a fragment's callback draws takes the place of the page's top
        _done.clear()
        st.toast(words.say("reviews.saved"), icon=":material/check:")
    found, due = store().of(goal), context.due((each,)).get(goal.code)
    note = words.tell(due.told) if due else _last(found, words)
    st.html(marks.head(words.say("reviews.title"), note))
    if due is not None and not _begun(goal).is_set:
        _begin(goal)
    with st.container(key="review-new"):
        if _begun(goal).is_set:
            _form(Form(goal), found, words)
        else:
            st.button(
                words.say("reviews.form.open"),
                key=f"review-open-{goal.code}",
                icon=":material/rate_review:",
                on_click=_begin,
                args=(goal,),
            )
    if due is None:
        walking.onward(words)
    if not found:
        quiet = marks.escape(words.say(_empty(goal)))
        st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
        return
    if len(found) > 1:
        st.html(reviewed.strip(found, words))
    for number, review in enumerate(found[: reviewed.SHOWN]):
        before = found[number + 1] if number + 1 < len(found) else None
        _past(goal, review, before, words)


def _begun(goal: Goal) -> "state.Slot[int]":
    """Set while somebody writes a review: the newest one that stood when they began, 0 for none.

    What is half written stays, whatever others keep meanwhile.
    """
    return state.Slot(f"review-begun.{goal.code}", 0)


def _begin(goal: Goal) -> None:
    found = store().of(goal)
    _begun(goal).set(found[0].number if found else 0)


def _last(found: tuple[Review, ...], words: Words) -> str:
    return words.say("reviews.count", count=len(found)) if found else ""


def _empty(goal: Goal) -> str:
    """A target of a file waits only once somebody has begun."""
    return "reviews.none" if goal.number else "reviews.none_imported"


def _form(form: Form, found: tuple[Review, ...], words: Words) -> None:
    form.draw(words)
    place = _place(form.goal)
    conflict = writing.conflict(place)
    if conflict is not None and found:
        theirs = found[0]
        word = words.say(f"reviews.word.{theirs.said.word.value}")
        told = words.say("reviews.form.clash", who=theirs.who, word=word)
        _begin(form.goal)
        st.html(f'<div class="sd-body sd-warning">{marks.escape(told)}</div>')
    else:
        writing.told(place)
    field = f"who-review-{form.goal.code}"
    people.ask(field)
    st.button(
        words.say("reviews.form.again" if conflict else "reviews.form.save"),
        key=f"review-save-{form.goal.code}",
        type="primary",
        on_click=_save,
        args=(form,),
    )


def _past(goal: Goal, review: Review, before: Review | None, words: Words) -> None:
    """A review as it was kept, and the way to say it differently."""
    st.html(reviewed.entry(review, before, words))
    with cards.tools(f"review-{review.number}"):
        if review.version > 1:
            _versions(review, words)
        popover = st.popover(
            words.say("reviews.correct"),
            type="tertiary",
            icon=":material/edit:",
            key=f"correct-{review.number}",
            on_change="rerun",
        )
    if not popover.open:
        return
    with popover:
        form = Form(goal, review)
        form.draw(words)
        writing.told(_place(goal, review))
        people.ask(f"who-correct-{review.number}")
        st.button(
            words.say("reviews.form.save"),
            key=f"correct-save-{review.number}",
            type="primary",
            on_click=_save,
            args=(form,),
        )


def _versions(review: Review, words: Words) -> None:
    """What was said first, one click away."""
    label = words.say("reviews.versions", count=review.version)
    key = f"review-versions-{review.number}"
    popover = st.popover(label, type="tertiary", key=key, on_change="rerun")
    if not popover.open:
        return
    with popover:
        for each in reversed(store().revisions(review.number)):
            st.html(reviewed.said(each, words))


def _place(goal: Goal, review: Review | None = None) -> str:
    return f"review-{goal.code}" if review is None else f"review-{review.number}"


def _save(form: Form) -> None:
    """Keep what was said with what is known now; for `on_click`."""
    last = _begun(form.goal).get()

    def write(stamp: Stamp) -> None:
        if form.old is not None:
            store().correct(form.old, form.said(), stamp)
            return
        said, progress = form.said(), _now(form.goal)
        look = looks.build(
            context.warehouse(),
            context.settings(),
            progress,
            context.today(),
            context.here().currency,
        )
        store().add(progress.goal, kept.seen(look), said, stamp, last)

    if writing.save(_place(form.goal, form.old), write):
        _count.set(_count.get() + 1)
        if form.old is None:
            _begun(form.goal).clear()
        _done.set(value=True)


def _now(goal: Goal) -> Progress:
    """The goal as it stands at this moment; UsageError when it was taken back."""
    found = next((each for each in context.goals() if each.goal.code == goal.code), None)
    if found is None:
        raise UsageError("goal.withdrawn", goal=goal.number)
    return found
