"""The clock of a meeting: the line that is talked about, how long, and how much is left.

The server keeps since when a line has been talked about; the browser only counts on from there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import streamlit as st

from salesdash import documents, texts
from salesdash.analysis.minutes import Shown
from salesdash.charts import Words
from salesdash.ui import context, marks, writing
from salesdash.workspace import Outcome, Run

PLACE = "clock"
MINUTE = 60


def show(meeting: int, lines: Sequence[Shown], *, ready: bool) -> None:
    """The bar that stays in sight; it is redrawn on its own."""
    st.fragment(_bar, key="clock")(meeting, tuple(lines), ready=ready)


def beside(meeting: int, lines: Sequence[Shown], line: Shown, *, ready: bool) -> None:
    """Beside a line that is presented: the clock, and a button that starts or pauses it for it."""
    st.fragment(_beside, key="clock")(meeting, tuple(lines), line, ready=ready)


def note(line: Shown, words: Words) -> str:
    """What stands beside the title of a line: minutes planned and, once it is over, spent."""
    parts = []
    if line.minutes:
        parts.append(words.say("meeting.clock.minutes", count=line.minutes))
    if line.spent:
        parts.append(words.say("meeting.clock.spent", time=documents.lasted(line.spent, words)))
    return " · ".join([*parts, *filter(None, [line.hint[words.lang]])])


def _beside(meeting: int, lines: tuple[Shown, ...], line: Shown, *, ready: bool) -> None:
    words, now = context.words(), context.now()
    runs = context.home().workspace.runs.of(meeting)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="clock-here"
    ):
        is_here = _runs(runs, line)
        current = next((each for each in lines if _runs(runs, each)), None)
        _face(current, lines, runs, now, is_titled=not is_here)
        st.button(
            words.say(f"meeting.clock.{'pause' if is_here else 'start'}"),
            key="clock-here-turn",
            icon=":material/pause:" if is_here else ":material/timer:",
            on_click=_stop if is_here else _start,
            args=(meeting if is_here else line.line,),
            disabled=not ready,
        )
    writing.told(PLACE)


def _bar(meeting: int, lines: tuple[Shown, ...], *, ready: bool) -> None:
    words, now = context.words(), context.now()
    runs = context.home().workspace.runs.of(meeting)
    current = next((line for line in lines if _runs(runs, line)), None)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
        key="clock-bar",
    ):
        _face(current, lines, runs, now)
        with st.container(horizontal=True, gap="xsmall", width="content", key="clock-ways"):
            _ways(meeting, lines, runs, ready=ready)
    writing.told(PLACE)
    if current is None and not any(run.spent for run in runs.values()):
        st.html(f'<div class="sd-note">{marks.escape(words.say("meeting.clock.hint"))}</div>')


def _face(
    current: Shown | None,
    lines: Sequence[Shown],
    runs: Mapping[int, Run],
    now: datetime,
    *,
    is_titled: bool = True,
) -> None:
    """The clock itself, which the browser keeps going; under its own title it needs none."""
    face = _drawn(current, lines, runs, now, is_titled=is_titled) + f"<script>{_script()}</script>"
    st.html(face, unsafe_allow_javascript=True, width="content")


def _drawn(
    current: Shown | None,
    lines: Sequence[Shown],
    runs: Mapping[int, Run],
    now: datetime,
    *,
    is_titled: bool,
) -> str:
    """What the clock shows, with all that the browser needs to go on counting."""
    words = context.words()
    planned = sum(line.minutes or 0 for line in lines)
    total = sum(run.seconds(now) for run in runs.values())
    run = runs[current.line] if current else Run(0)
    mine = run.seconds(now) if current else 0
    facts = {
        "key": f"{run.line}-{run.started}",
        "runs": "1" if current else "",
        "ran": str(mine - run.spent),
        "spent": str(run.spent),
        "others": str(total - mine),
        "planned": str((current.minutes if current else None) or ""),
    }
    data = "".join(f' data-{name}="{marks.escape(value)}"' for name, value in facts.items())
    title = ""
    if current is not None and is_titled:
        number = [line.line for line in lines].index(current.line) + 1
        title = f"<b>{number}. {marks.escape(current.title[words.lang])}</b> "
    of = words.say("meeting.clock.of", minutes=facts["planned"]) if facts["planned"] else ""
    over = marks.escape(words.say("meeting.clock.over"))
    total_of = words.say("meeting.clock.total_of", minutes=planned) if planned else ""
    all_minutes = f"<span data-all>{round(total / MINUTE)}</span> {marks.escape(total_of)}"
    told = marks.escape(words.say("meeting.clock.whole"))
    now_shown = f"{mine // MINUTE}:{mine % MINUTE:02}"
    hidden = "" if current else " hidden"
    return (
        f'<div id="sd-clock" class="sd-clock" role="timer"{data}>'
        f'<span{hidden}>{title}<span class="sd-clock-now" data-now>{now_shown}</span> '
        f'<span class="sd-small">{marks.escape(of)}</span> '
        f'<span class="sd-clock-over sd-chip sd-bad">{over}&nbsp;<span data-over></span></span>'
        f'</span><span class="sd-note">{told} {all_minutes}</span></div>'
    )


def _ways(meeting: int, lines: tuple[Shown, ...], runs: Mapping[int, Run], *, ready: bool) -> None:
    """On to the next line, a pause, any other line."""
    words = context.words()
    following = _following(lines, runs)
    running = any(run.started for run in runs.values())
    if following is not None:
        key = "next" if running else "start"
        st.button(
            words.say(f"meeting.clock.{key}"),
            key="clock-next",
            type="primary",
            icon=":material/skip_next:" if running else ":material/timer:",
            on_click=_start,
            args=(following.line,),
            disabled=not ready,
        )
    if running:
        st.button(
            words.say("meeting.clock.pause"),
            key="clock-pause",
            icon=":material/pause:",
            on_click=_stop,
            args=(meeting,),
            disabled=not ready,
        )
    with st.popover(words.say("meeting.clock.agenda"), type="tertiary", key="clock-agenda"):
        for number, line in enumerate(lines, start=1):
            _row(number, line, runs.get(line.line, Run(line.line)), ready=ready)


def _row(number: int, line: Shown, run: Run, *, ready: bool) -> None:
    """A line of the agenda with its time; a click talks about it."""
    words = context.words()
    parts = [f"{number}. {texts.markdown_safe(line.title[words.lang])}"]
    times = []
    if run.seconds(context.now()):
        times.append(documents.lasted(run.seconds(context.now()), words))
    if line.minutes:
        times.append(words.say("meeting.clock.of", minutes=line.minutes))
    if times:
        parts.append(" ".join(times))
    if run.outcome is not None:
        parts.append(words.say(f"meeting.outcome.{run.outcome.value}"))
    st.button(
        " · ".join(parts),
        key=f"clock-line-{line.line}",
        type="tertiary",
        icon=":material/timer:" if run.started else ":material/play_arrow:",
        on_click=_start,
        args=(line.line,),
        disabled=not ready,
    )


def _following(lines: Sequence[Shown], runs: Mapping[int, Run]) -> Shown | None:
    """The next line after the one that runs, or was talked about last, that is not done."""
    started = [place for place, line in enumerate(lines) if _runs(runs, line)]
    touched = [
        place for place, line in enumerate(lines) if line.line in runs and runs[line.line].spent
    ]
    after = (started or touched[-1:] or [-1])[0]
    if not started and touched and not _is_done(runs, lines[after]):
        return lines[after]  # a pause is over
    later = (line for line in lines[after + 1 :] if not _is_done(runs, line))
    return next(later, None)


def _runs(runs: Mapping[int, Run], line: Shown) -> bool:
    return line.line in runs and runs[line.line].started is not None


def _is_done(runs: Mapping[int, Run], line: Shown) -> bool:
    return line.line in runs and runs[line.line].outcome is Outcome.DONE


def _start(line: int) -> None:
    writing.save(PLACE, lambda stamp: context.home().workspace.runs.start(line, stamp))


def _stop(meeting: int) -> None:
    writing.save(PLACE, lambda stamp: context.home().workspace.runs.stop(meeting, stamp))


@cache
def _script() -> str:
    return Path(__file__).with_name("clock.js").read_text("utf-8")
