"""Who is in which team on a day, and who has left."""

from collections import Counter
from datetime import date

import streamlit as st

from salesdash import formats, periods
from salesdash.analysis import organisation
from salesdash.analysis.organisation import Organisation, Team
from salesdash.analysis.staff import Place, Staff
from salesdash.analysis.training import people as in_data
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, state, url
from salesdash.ui.marks import Cell

DAY_FORMAT = "YYYY-MM-DD"
KINDS = {"count": "num", "manager": "opt", "region": "opt"}
DAY_FIELD = "w.people-day"


def ready() -> bool:
    """Whether anything was imported; before that there is nobody to look at."""
    if context.home().done():
        return True
    words = context.words()
    st.html(marks.headline(words.say("people.none"), words.say("people.none_lead")))
    st.page_link("pages/imports.py", label=words.say("people.bring"), icon=":material/upload:")
    return False


def day() -> date:
    """The chosen day, else today."""
    try:
        return periods.day(state.people_day.get())
    except ValueError:
        return context.today()


def found(on: date) -> Organisation:
    """The organisation of that day."""

    def ask() -> Organisation:
        warehouse = context.warehouse()
        return organisation.on(Staff.read(warehouse), on, in_data(warehouse))

    return context.remembered(("organisation", on), ask)


def opening(found: Organisation, on: date) -> None:
    """How many there are, the day, and the teams."""
    words = context.words()
    st.html(marks.headline(words.tell(found.headline), words.tell(found.lead)))
    state.put(DAY_FIELD, on)
    st.date_input(
        words.say("people.on"), format=DAY_FORMAT, key=DAY_FIELD, width=190, on_change=_took
    )
    if not found.teams:
        return
    names = ("team", "count", "members", "manager", "region")
    header = [Cell(words.say(f"people.column.{name}"), KINDS.get(name, "")) for name in names]
    told = words.say("people.teams_note", day=formats.date(on, words.lang, "exact"))
    usual = _usual(found)
    table = marks.table(header, [_row(team, usual, words) for team in found.teams])
    with cards.card("teams", words.say("people.teams"), told):
        st.html(f'<div class="sd-teams">{table}</div>')


def gone(found: Organisation) -> None:
    """Who has left by then, and who is still to come."""
    words = context.words()
    if found.gone or found.coming:
        header = [Cell(words.say(f"people.column.{name}")) for name in ("person", "team", "day")]
        rows = [_away(place, words) for place in (*found.coming, *found.gone)]
        with cards.card("gone", words.say("people.gone"), words.say("people.gone_note")):
            st.html(marks.table(header, rows))


def _usual(found: Organisation) -> str | None:
    """The role that most have; it need not be said of each."""
    roles = Counter(place.role for team in found.teams for place in team.members)
    return roles.most_common(1)[0][0]


def _row(team: Team, usual: str | None, words: Words) -> list[Cell]:
    comma = words.say("ui.list_comma")
    members = comma.join(_named(place, usual, words) for place in team.members)
    return [
        Cell(team.name or words.say("people.no_team"), "key" if team.name else ""),
        Cell(str(len(team.members)), "num"),
        Cell(members),
        Cell(comma.join(team.managers) or formats.DASH, "opt"),
        Cell(comma.join(team.regions) or formats.DASH, "opt"),
    ]


def _named(place: Place, usual: str | None, words: Words) -> str:
    if place.role in (None, usual):
        return place.person
    return words.say("people.with_role", person=place.person, role=str(place.role))


def _away(place: Place, words: Words) -> list[Cell]:
    at = place.left or place.since
    day = formats.date(at, words.lang, "exact") if at else formats.DASH
    told = words.say("people.left_on" if place.left else "people.from", day=day)
    link = url.address("training", url.query("training", {"person": place.person}, ()))
    return [Cell(place.person, "key", link=link), Cell(place.team or formats.DASH), Cell(told)]


def _took() -> None:
    chosen = state.widget(DAY_FIELD)
    state.people_day.set(chosen.isoformat() if chosen and chosen != context.today() else "")
    state.touched.set(value=True)
