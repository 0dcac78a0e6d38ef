"""The address of a screen: choices as codes, never as labels.

So a link shows a colleague the same screen, also in the other language. Streamlit drops the
query on a change of page, so it is written again at the end of every run; a query that we did not
write (a link, the Back button) is read at the start of the next one.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from salesdash.periods import against_code
from salesdash.selection import Selection
from salesdash.ui import state
from salesdash.ui.state import Filters, Slot

Query = dict[str, list[str]]

STAYING = ("lang", "home")
"""Codes a link without them leaves as they are: they belong to the reader, not to the screen."""

EVERYWHERE: dict[str, Slot[str]] = {
    "lang": state.language,
    "home": state.home,
    "period": state.period,
    "compare": state.comparison,
    "cut": state.cut,
}
OWN: dict[str, dict[str, Slot[str]]] = {
    "goals": {
        "goal": state.goal,
        "view": state.view,
        "group": state.goals_group,
        "metric": state.metric,
        "by": state.breakdown,
        "grain": state.grain,
        "year": state.year,
    },
    "trends": {
        "metric": state.metric,
        "grain": state.grain,
        "by": state.breakdown,
        "average": state.average,
        "show": state.display,
        "base": state.base,
        "note": state.remark,
        "lines": state.panels,
        "scale": state.scale,
    },
    "comparison": {
        "metric": state.metric,
        "by": state.breakdown,
        "side": state.side,
        "picture": state.picture,
        "scale": state.scale,
        "path": state.path,
        "start": state.start,
        "rows": state.behind,
        "sort": state.order,
        "top": state.listed,
        "a": state.first,
        "b": state.second,
    },
    "customers": {
        "view": state.view,
        "every": state.rhythm,
        "window": state.months,
        "top": state.listed,
        "shown": state.cohort_measure,
        "segment": state.segment,
        "ahead": state.ahead,
        "by": state.breakdown,
    },
    "pipeline": {
        "by": state.breakdown,
        "bars": state.measure,
        "since": state.since,
        "until": state.until,
        "due": state.due,
        "cover": state.covered_by,
        "rank": state.leaders_metric,
        "who": state.leaders_by,
        "fair": state.leaders_daily,
        "teams": state.leaders_organisation,
    },
    "meetings": {
        "meeting": state.meeting,
        "show": state.display,
        "list": state.meetings_view,
        "series": state.series,
        "subject": state.about,
        "find": state.sought,
    },
    "actions": {
        "whose": state.scope,
        "action": state.action,
        "view": state.view,
        "owner": state.action_owner,
        "priority": state.action_priority,
        "from": state.action_origin,
        "q": state.action_text,
        "order": state.action_order,
        "lanes": state.lanes,
        "kinds": state.works_by,
    },
    "quality": {"data": state.dataset},
    "people": {"on": state.people_day},
    "trail": {
        "by-whom": state.trail_who,
        "about": state.trail_kind,
        "days": state.trail_days,
        "says": state.trail_text,
        "after": state.trail_skip,
    },
    "query": {
        "saved": state.query_saved,
        "sql": state.query_sql,
        "panel": state.query_panel,
        "table": state.query_table,
        "drawn": state.query_chart,
        "x": state.query_x,
        "y": state.query_y,
    },
    "training": {"person": state.trainee, "course": state.course, "learned": state.learned},
}
"""What only one page says; pages may share a slot, and then its code."""

ALL = {**EVERYWHERE, **{code: slot for codes in OWN.values() for code, slot in codes.items()}}
WHERE = "where"


def adopt() -> None:
    """Take over the query, when it is not the one we wrote ourselves."""
    seen = _seen()
    fresh = seen != state.written.get() and bool(seen)
    if fresh and not state.touched.get():
        for name, slot in ALL.items():
            if name in seen:
                slot.set(seen[name][-1])
            elif name not in STAYING:
                slot.clear()
        state.filters.set(filters_from(seen.get(WHERE, [])))
    state.touched.set(value=False)


def write(page: str) -> None:
    """Put the choices into the address, as one change."""
    wanted = query(page)
    if wanted != _seen():
        st.query_params.from_dict(wanted)
    state.written.set(wanted)


def keep(page: str) -> None:
    """The same at the end of a fragment, whose widgets change the address on their own."""
    write(page)
    state.touched.set(value=False)


def query(
    page: str, changed: Mapping[str, str] | None = None, where: Filters | None = None
) -> Query:
    """The query of a page with today's choices, some of them changed; for links."""
    slots = {**EVERYWHERE, **OWN.get(page, {})}
    codes = {name: slot.get() for name, slot in slots.items() if slot.is_set}
    codes.update(changed or {})
    found: Query = {name: [code] for name, code in codes.items() if code}
    pairs = filters_to(state.filters.get() if where is None else where)
    return {**found, WHERE: pairs} if pairs else found


def link(page: str, selection: Selection | None, **codes: str) -> Query:
    """The query of a page that shows a selection made by us; today's choices without one.

    `codes` are choices of the page: a metric, a breakdown; "" is "not chosen".
    """
    if selection is None:
        return query(page, codes)
    where = tuple((each.dimension, each.values) for each in selection.filters)
    return query(page, {"compare": against_code(selection.comparison), **codes}, where)


def reader() -> Query:
    """The codes of the reader: with them a kept address is whole, and Back leads over it."""
    return {name: [EVERYWHERE[name].get()] for name in STAYING if EVERYWHERE[name].get()}


def address(page: str, asked: Query) -> str:
    """The address of a page with a query, from any other page."""
    return f"{page}?{urlencode(asked, doseq=True)}" if asked else page


def filters_from(pairs: list[str]) -> Filters:
    """`region:North` twice or more -> members by dimension; an empty member is None."""
    found: dict[str, list[str | None]] = {}
    for pair in pairs:
        dimension, colon, member = pair.partition(":")
        if dimension and colon:
            members = found.setdefault(dimension, [])
            if (member or None) not in members:
                members.append(member or None)
    return tuple((name, tuple(members)) for name, members in sorted(found.items()))


def filters_to(filters: Filters) -> list[str]:
    """Members by dimension as they stand in an address."""
    return [f"{name}:{member or ''}" for name, members in filters for member in members]


def _seen() -> Query:
    return {name: st.query_params.get_all(name) for name in st.query_params}
