"""Pieces of Quality about one kind of data: months, facts, gaps, keys, history."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis.health import Health
from salesdash.charts import Words
from salesdash.charts import quality as tables
from salesdash.ingest import rejects_csv
from salesdash.metrics import Unit
from salesdash.ui import cards, context, exports, filters, marks, state, strips, unmatched
from salesdash.ui.imports import log
from salesdash.ui.strips import Square
from salesdash.warehouse import quality as asked
from salesdash.warehouse.coverage import Month
from salesdash.workspace import Event

YEARS, FIELDS, REASONS, MONTHS, MENDED = 8, 12, 10, 12, 3
"""So many are shown; files have all."""

ALL_ROWS = 100_000


def coverage(found: Health) -> None:
    """Rows by month beside the facts of the rows."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        _months(found)
    with right:
        _facts(found)


def _months(found: Health) -> None:
    words, months = context.words(), found.covered.months
    title = words.say("quality.months.title")
    with cards.card("quality-months", title, _months_note(found)):
        if not months:
            _quiet(words.say("quality.months.none"))
            return
        heads = formats.month_names(words.lang)
        st.html(strips.calendar(heads, _years(months, words), _months_alt(found, words)))
        with cards.tools("quality-months"):
            make = partial(tables.months, found, words)
            cards.files("quality-months", "months", make, title, found.dataset, filters.cut())


def _months_note(found: Health) -> str:
    words, months = context.words(), found.covered.months
    if not months:
        return ""
    earlier = months[-1].start.year - months[0].start.year + 1 - YEARS
    told = [words.say("quality.months.note")]
    told += [words.say("quality.months.earlier", count=earlier)] if earlier > 0 else []
    return " · ".join(told)


def _months_alt(found: Health, words: Words) -> str:
    first, last = (words.month(found.covered.months[place].start) for place in (0, -1))
    return words.say("quality.months.alt", first=first, last=last, empty=found.covered.empty)


def _years(months: Sequence[Month], words: Words) -> list[tuple[str, Sequence[Square | None]]]:
    """The last years, each with a square for its twelve months."""
    most = max(month.counted for month in months) or 1
    found: list[tuple[str, Sequence[Square | None]]] = []
    for year, of in groupby(months, key=lambda month: month.start.year):
        squares: list[Square | None] = [None] * 12
        for month in of:
            squares[month.start.month - 1] = _square(month, most, words)
        found.append((str(year), squares))
    return found[-YEARS:]


def _square(month: Month, most: int, words: Words) -> Square:
    rows = words.value(month.counted, Unit.COUNT, "exact")
    told = words.say("quality.months.cell", month=words.month(month.start), rows=rows)
    short = words.value(month.counted, Unit.COUNT)
    return Square(short, told, month.counted / most, not month.counted)


def _facts(found: Health) -> None:
    words = context.words()
    title = words.say("quality.facts.title", dataset=words.say(f"datasets.{found.dataset}"))
    with cards.card("quality-facts", title):
        st.html(marks.facts(facts(found, words)))
        if found.repeats.rows:
            with cards.tools("quality-repeats"):
                cards.download(
                    "quality-repeats-csv",
                    words.say("quality.facts.repeated"),
                    exports.file_name("repeated", "csv", found.dataset, filters.cut()),
                    lambda: _repeated(found.dataset),
                )


def facts(found: Health, words: Words) -> list[tuple[str, str, str]]:
    """Name, value and note of what is known of the rows."""
    filled, fresh, repeats = found.filled, found.fresh, found.repeats
    counting = words.say("quality.facts.counting", count=f"{filled.counted:,}")
    rows = [("rows", f"{filled.rows:,}", counting if filled.counted != filled.rows else "")]
    if fresh.until is not None:
        age = words.say("quality.facts.age", count=fresh.age)
        stale = words.say("quality.facts.stale") if fresh.stale else ""
        note = words.say("ui.list_comma").join(part for part in (age, stale) if part)
        rows.append(("until", formats.date(fresh.until, words.lang, "exact"), note))
    rows += _last_import(fresh.last, words)
    rows.append(("imports", f"{fresh.imports:,}", ""))
    rows += [
        (name, f"{count:,}", "")
        for name, count in (
            ("undated", filled.undated if found.covered.months else 0),
            ("ahead", filled.ahead if fresh.until is not None else 0),
            ("early", filled.early),
        )
        if count
    ]
    if repeats.rows:
        rows.append(("repeats", f"{repeats.rows:,}", _repeats_note(found, words)))
    return [(words.say(f"quality.facts.{name}"), value, note) for name, value, note in rows]


def _last_import(event: Event | None, words: Words) -> list[tuple[str, str, str]]:
    if event is None:
        return []
    number = words.say("imports_page.log.details", number=event.id)
    rows = [("last", f"{formats.date(event.at.date(), words.lang, 'exact')}", number)]
    rows += [("file", event.file_name, "")] if event.file_name else []
    if event.as_of is not None:
        rows.append(("as_of", formats.date(event.as_of.date(), words.lang, "exact"), ""))
    return rows


def _repeats_note(found: Health, words: Words) -> str:
    told = []
    if found.repeats.amount:
        amount = words.value(found.repeats.amount, Unit.MONEY)
        told.append(words.say("quality.facts.amount", amount=amount))
    if found.repeats.across:
        told.append(words.say("quality.facts.across", count=f"{found.repeats.across:,}"))
    return words.say("ui.list_comma").join(told)


def _repeated(dataset: str) -> bytes:
    """The rows that stand twice, with what finds them again."""
    rows = asked.of(context.warehouse(), dataset, context.today(), filters.cut())
    return exports.arrow_csv(rows.repeated(ALL_ROWS))


# --- gaps, keys, history -------------------------------------------------------------------------


def gaps(found: Health) -> None:
    """Fields with gaps, and what they make less sure."""
    if not found.empty:
        return
    words = context.words()
    title, note = words.say("quality.fields.title"), words.say("quality.fields.note")
    with cards.card("quality-fields", title, note):
        kinds = ("key", "num", "num", "")
        _listed("quality-fields", tables.fields(found, words), kinds, FIELDS, found)


def unknown(found: Health) -> None:
    """Keys that no list has, and the way to the lists."""
    if not found.lost:
        return
    unmatched.card("quality-keys", found.lost, found.dataset, filters.cut())
    with st.container(key="link-lists"):
        st.page_link(
            "pages/imports.py", label=context.words().say("quality.lists"), icon=":material/upload:"
        )


def history(found: Health) -> None:
    """Months that were restated beside rejected rows that wait."""
    if found.restated and found.waiting:
        left, right = st.columns([7, 5], gap="small")
        with left:
            _restated(found)
        with right:
            _rejected(found)
    elif found.restated:
        _restated(found)
    elif found.waiting:
        _rejected(found)


def _restated(found: Health) -> None:
    words = context.words()
    events = {event.id: event for event in context.home().done()}
    title, note = words.say("quality.restated.title"), words.say("quality.restated.note")
    with cards.card("quality-restated", title, note):
        kinds = ("", "num opt", "num", "num key", "then opt")
        answer = tables.restated(found, events, words)
        _listed("quality-restated", answer, kinds, MONTHS, found)


def _rejected(found: Health) -> None:
    words = context.words()
    note = words.say("quality.rejected.note", count=found.rejected)
    with cards.card("quality-rejected", words.say("quality.rejected.title"), note):
        kinds = ("", "key", "num", "opt", "num opt")
        _listed("quality-rejected", tables.rejected(found, words), kinds, REASONS, found)
        for number in list(dict.fromkeys(each.event for each in found.waiting))[:MENDED]:
            _mend(number, words)
    if state.go.get():
        state.go.clear()
        st.switch_page("pages/imports.py")


def _mend(number: int, words: Words) -> None:
    """The rejected rows of an import as a file, and the way to where it comes back."""
    home = context.home()
    event = home.workspace.log.event(number)
    path = home.imports / str(event.rejects_file)
    with st.container(horizontal=True, gap="medium", key=f"tools-mend-{number}"):
        cards.download(
            f"quality-rejects-{number}",
            words.say("imports_page.rejected.download", count=event.counts["rejected"]),
            f"rejected-{number}-{(event.file_sha256 or '')[:8]}.csv",
            lambda: exports.encoded(rejects_csv(path, words.lang)),
        )
        st.button(
            words.say("quality.rejected.mend", event=number),
            key=f"mend-{number}",
            type="tertiary",
            icon=":material/build:",
            on_click=log.open_details,
            args=(number,),
        )


def clean(found: Health) -> None:
    """What there is nothing of, in one line."""
    words = context.words()
    kinds = {
        "empty": found.empty,
        "lost": found.lost,
        "waiting": found.waiting,
        "restated": found.restated,
        "repeats": found.repeats.rows,
    }
    names = [words.say(f"quality.nothing.{name}") for name, held in kinds.items() if not held]
    if names:
        _quiet(words.say("quality.clean", list=words.say("ui.list_comma").join(names)))


def _listed(
    key: str, answer: charts.Table, kinds: Sequence[str], shown: int, found: Health
) -> None:
    cards.listed(key, answer, kinds, shown, found.dataset, filters.cut())


def _quiet(text: str) -> None:
    st.html(f'<div class="sd-body sd-muted">{marks.escape(text)}</div>')
