"""What becomes of a line of a meeting, and where it comes from when it was carried over."""

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis.minutes import Shown
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.ui import context, marks, state, writing
from salesdash.workspace import Outcome, Run

CHOICES = (Outcome.DONE.value, Outcome.CARRY.value)


def choose(meeting: int, line: int, *, ready: bool) -> None:
    """Done, or to be carried over; saved at once."""
    words, place = context.words(), f"outcome-{line}"
    run = context.home().workspace.runs.of(meeting).get(line, Run(line))
    slot: state.Slot[str | None] = state.Slot(place, None)
    st.segmented_control(
        words.say("meeting.outcome.label"),
        CHOICES,
        format_func=lambda code: words.say(f"meeting.outcome.{code}"),
        key=slot.seed(run.outcome.value if run.outcome else None),
        label_visibility="collapsed",
        width="content",
        on_change=_mark,
        args=(line, slot.key),
        disabled=not ready,
    )
    writing.told(place)
    clock = state.Slot(f"clock-ended-{line}", default=False)
    if clock.get():
        clock.clear()
        st.rerun()  # the bar with the clock stands outside this fragment


def came_from(line: Shown, words: Words) -> None:
    """The meetings a line was carried over from, with what was said there."""
    if not line.carried:
        return
    count = words.say("team.minutes.carried", count=len(line.carried))
    st.html(f'<div class="sd-note">{marks.escape(count)}</div>')
    for each in line.carried:
        days = formats.date_range(
            Period.through(each.first_day, each.last_day),
            words.lang,
            this_year=context.today().year,
        )
        with st.container(gap="xxsmall", key=f"carried-{line.line}-{each.line}"):
            st.page_link(
                "pages/meetings.py",
                label=words.say("meeting.carried.from", name=each.name[words.lang], days=days),
                icon=":material/history:",
                query_params={"meeting": str(each.meeting)},
            )
            for field, text in (("note", each.note), ("decision", each.decision)):
                if text.strip():
                    label = marks.escape(words.say(f"team.minutes.{field}"))
                    st.html(
                        f'<div class="sd-body sd-written"><span class="sd-note">{label}</span> '
                        f"{marks.escape(text)}</div>"
                    )


def told(line: Shown, words: Words) -> None:
    """What became of a line of a closed meeting."""
    outcome = documents.ended(line)
    if outcome is not None:
        said = marks.escape(words.say(f"meeting.outcome.{outcome.value}"))
        st.html(f'<div class="sd-note">{said}</div>')


def _mark(line: int, key: str) -> None:
    chosen = state.widget(key)
    workspace = context.home().workspace
    meeting = workspace.meetings.line(line).meeting
    ran = workspace.runs.of(meeting).get(line, Run(line)).started is not None
    wanted = Outcome(chosen) if chosen else None
    if writing.save(f"outcome-{line}", lambda stamp: workspace.runs.mark(line, wanted, stamp)):
        state.Slot(f"clock-ended-{line}", default=False).set(ran and wanted is not None)
