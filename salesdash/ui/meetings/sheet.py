"""The sheet of one meeting: its period in one sentence, the agenda filled, minutes, closing."""

from dataclasses import replace

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis import frozen, restated
from salesdash.analysis import minutes as building
from salesdash.analysis.asking import Question
from salesdash.analysis.minutes import Figures, Kept, Mark, Minutes
from salesdash.analysis.restated import Restated
from salesdash.charts import Words
from salesdash.config import Meeting as Plan
from salesdash.metrics import Words as Named
from salesdash.periods import Comparison, Grain
from salesdash.ui import cards, context, exports, marks, people, writing
from salesdash.ui.marks import Cell
from salesdash.ui.meetings import calendar, lines, record
from salesdash.workspace import Meeting, Stamp, State

PLACE = "meeting"


def show(meeting: Meeting) -> None:
    """All of it: as kept when closed, else worked out at its cut."""
    found = kept(meeting.id) if meeting.state is State.CLOSED else current(meeting.id)
    words = documents.spoken(found, context.lang())
    st.button(
        words.say("team.meetings.all"),
        key="all-meetings",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=calendar.leave,
    )
    _opening(found, words)
    ready = writing.ready() if found.closed is None else False
    writing.told(PLACE)
    _present(meeting, found, words, ready=ready)
    for number, line in enumerate(found.lines, start=1):
        title = f"{number}. {line.title[words.lang]}"
        with cards.card(f"line-{line.line}", title, line.hint[words.lang]):
            lines.filled(line, found, words)
            if found.closed is None:
                record.edit(meeting.id, line.line, ready=ready)
            else:
                record.read(line, words)
    _restated(found, words)
    _foot(meeting, found, words, ready=ready)


def kept(number: int) -> Minutes:
    """What a closed meeting showed when it was closed; nothing else is looked at."""
    answers = context.home().workspace.meetings.get(number).answers or ""
    found: Minutes = frozen.loads(answers)
    return found


def current(number: int) -> Minutes:
    """An open meeting as it stands now; its figures are asked once a version of the data."""
    known, workspace = context.settings(), context.home().workspace
    meeting = workspace.meetings.get(number)
    plan = known.meetings.get(meeting.kind) or _gone(meeting)
    agenda = workspace.meetings.lines(number)
    asked = building.selection(meeting, plan)
    question = Question(context.warehouse(), known, asked, building.day(meeting))
    names = tuple(name for line in agenda for name in line.tiles)

    def ask() -> Figures:
        return building.figures(question, names)

    figures = context.remembered(("meeting", asked, question.today, names), ask)
    everything = Kept(
        meeting=meeting,
        meetings=workspace.meetings.all(),
        lines=agenda,
        texts=workspace.meetings.texts(number),
        present=workspace.meetings.present(number),
        actions=workspace.actions.all(),
        goals=workspace.goals.standing(),
    )
    return building.build(question, plan, everything, figures, context.here().currency)


def _gone(meeting: Meeting) -> Plan:
    """A kind that config.yaml no longer has: what is written down stays usable."""
    days = (meeting.last_day - meeting.first_day).days
    every = Grain.WEEK if days < 7 else Grain.MONTH  # noqa: PLR2004 - the days of a week
    return Plan(
        meeting.kind, Named(meeting.kind, meeting.kind), every, Comparison.LAST_YEAR, (), ()
    )


def _opening(found: Minutes, words: Words) -> None:
    """The sentence about the period, and what kind of meeting looks at which figures."""
    lead = words.tell(found.lead) if found.lead else ""
    st.html(marks.headline(words.tell(found.headline), lead))
    st.html(f'<div class="sd-note">{marks.escape(_about(found, words))}</div>')


def _about(found: Minutes, words: Words) -> str:
    parts = [
        found.name[words.lang],
        formats.date_range(found.window.period, words.lang, "exact"),
        words.say("team.minutes.cut", number=found.selection.cut or 0),
    ]
    for key, mark in (("opened", found.opened), ("closed", found.closed)):
        if mark is not None:
            at = documents.moment(mark.at, words.lang)
            parts.append(words.say(f"team.minutes.{key}", at=at, who=mark.who))
    return " · ".join(parts)


def _present(meeting: Meeting, found: Minutes, words: Words, *, ready: bool) -> None:
    if found.closed is None:
        st.fragment(record.present, key="present")(meeting.id, ready=ready)
    elif found.present:
        told = words.say(
            "team.minutes.present", people=words.say("ui.list_comma").join(found.present)
        )
        st.html(f'<div class="sd-body">{marks.escape(told)}</div>')


def _restated(found: Minutes, words: Words) -> None:
    """Figures that are different today: late data, an undo, a definition."""
    known = context.settings()

    def ask() -> tuple[Restated, ...]:
        return restated.build(context.warehouse(), known, found, context.today())

    changed = context.remembered(("restated", found.selection, found.hash, found.lines), ask)
    if not changed:
        return
    note = words.say("team.restated.note", count=len(changed))
    with cards.card("restated", words.say("team.restated.title"), note):
        header = [Cell(words.say("team.minutes.metric"), "key")]
        header += [Cell(words.say(f"team.restated.{name}"), "num") for name in ("then", "now")]
        rows = [
            [
                Cell(words.metric(each.metric), "key"),
                Cell(words.value(each.then.value, each.unit, "exact"), "num then"),
                Cell(words.value(each.now.value, each.unit, "exact"), "num"),
            ]
            for each in changed
        ]
        st.html(marks.table(header, rows))


def _foot(meeting: Meeting, found: Minutes, words: Words, *, ready: bool) -> None:
    """Minutes to take away, and the end of the meeting."""
    lang = words.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if found.closed is None:
            _closing(meeting, words, ready=ready)
        cards.download(
            "minutes",
            words.say("team.meetings.download"),
            exports.file_name(f"{meeting.kind}-{meeting.last_day}", "md", meeting.id, lang),
            lambda: document(meeting.id, lang).encode(),
        )


def document(number: int, lang: str) -> str:
    """The minutes as Markdown: of the kept answers once the meeting is closed."""
    closed = context.home().workspace.meetings.get(number).state is State.CLOSED
    return documents.markdown(kept(number) if closed else current(number), lang)


def _closing(meeting: Meeting, words: Words, *, ready: bool) -> None:
    popover = st.popover(
        words.say("team.meetings.close"), icon=":material/lock:", key="close-popover"
    )
    with popover:
        st.html(f'<div class="sd-body">{words.say("team.meetings.close_help")}</div>')
        st.button(
            words.say("team.meetings.close_now"),
            key="close-meeting",
            type="primary",
            disabled=not ready,
            on_click=_close,
            args=(meeting.id,),
        )


def _close(number: int) -> None:
    """Keep what is shown, together with who closed it when."""
    store = context.home().workspace.meetings

    def close(stamp: Stamp) -> None:
        mark = Mark(stamp.who, stamp.at)
        store.close(number, lambda: frozen.dumps(replace(current(number), closed=mark)), stamp)

    if people.who() and writing.save(PLACE, close):
        words = context.words()
        st.toast(words.say("team.meetings.closed_now"), icon=":material/check:")
