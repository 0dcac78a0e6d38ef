"""How a file was read and understood, as facts with their reasons."""

import streamlit as st

from salesdash import formats
from salesdash.charts import Words
from salesdash.imports import Staged
from salesdash.ingest import COMPUTED, Reading, profiles
from salesdash.ui import cards, context, marks
from salesdash.ui.imports import firsthand
from salesdash.ui.imports.draft import DELIMITERS, Draft

MEGABYTE = 1_000_000
NAMES = {sign: code for code, sign in DELIMITERS.items()}


def show(file: Draft, found: Staged) -> None:
    """The card of the file: how it was read, what its columns are, for each dataset it feeds."""
    words = context.words()
    size = f"{file.size / MEGABYTE:.1f} MB" if file.size >= MEGABYTE / 10 else f"{file.size:,} B"
    with cards.card("facts", file.name, size):
        st.html(marks.facts(facts(found, words)))
        for part in found.others:
            st.html(marks.head(words.say(f"datasets.{part.dataset.name}"), level=3))
            st.html(marks.facts(_mapping_facts(part, words)))
        for part in found.parts:
            firsthand.show(part)


def facts(found: Staged, words: Words) -> list[tuple[str, str, str]]:
    """What reading and mapping decided: name, value, why."""
    number = found.mapping.table if found.mapping else 0
    rows = [] if found.reading is None else _reading_facts(found.reading, number, words)
    rows += _mapping_facts(found, words)
    if found.as_of is not None:
        moment = f"{formats.date(found.as_of.date(), words.lang, 'exact')} {found.as_of:%H:%M}"
        # a browser does not tell when a file was last written: its copy is as old as the upload
        whence = "now" if found.as_of_source == "file" else found.as_of_source
        source = words.say(f"imports_page.as_of.{whence}")
        rows.append((words.say("imports_page.fact.as_of"), moment, source))
    return rows


def _mapping_facts(found: Staged, words: Words) -> list[tuple[str, str, str]]:
    """What the rows of one dataset are made of."""
    rows, mapping = [], found.mapping
    if mapping is not None:
        known = sum(1 for column in mapping.columns if column.field)
        note = words.say("imports_page.fact.known", known=known, count=len(mapping.columns))
        profile = profiles()[mapping.profile]
        rows.append((words.say("imports_page.fact.kind"), profile.title[words.lang], note))
        rows.append((words.say("imports_page.fact.rests"), profile.evidence[words.lang], ""))
        rows.append(
            (words.say("imports_page.fact.data"), words.say(f"datasets.{mapping.dataset}"), "")
        )
    if mapping is not None and mapping.amount.name:
        basis = words.say(f"amount.basis.{mapping.amount.basis}")
        computed = mapping.amount.name == COMPUTED
        name = words.say("imports_page.amount.short") if computed else mapping.amount.name
        rows.append((words.say("imports_page.fact.amount"), name, basis))
    if found.period is not None:
        rows.append((words.say("imports_page.fact.covers"), _days(found, words), ""))
    return rows


def _reading_facts(reading: Reading, number: int, words: Words) -> list[tuple[str, str, str]]:
    """How the file was read, and the table of that number."""
    sheet = reading.sheets_of(reading.tables[number])[0]
    rows = [(words.say("imports_page.fact.format"), reading.format, "")]
    if reading.encoding:
        rows.append(
            (words.say("imports_page.fact.encoding"), reading.encoding, _why(reading, words))
        )
    if reading.delimiter:
        name = words.say("imports_page.delimiter." + NAMES.get(reading.delimiter, "other"))
        rows.append((words.say("imports_page.fact.delimiter"), name, ""))
    if sheet.name and (len(reading.sheets) > 1 or reading.unread):
        comma = words.say("ui.list_comma")
        names, left = comma.join(each.name for each in reading.sheets), comma.join(reading.unread)
        note = words.say("imports_page.sheet.unread", names=left) if left else ""
        rows.append((words.say("imports_page.fact.sheets"), names, note))
    if sheet.header_line:
        line = words.say("imports_page.fact.line", line=sheet.header_line)
        rows.append((words.say("imports_page.fact.header"), line, ""))
    return rows


def _why(reading: Reading, words: Words) -> str:
    return (
        words.say(f"imports_page.encoding.{reading.encoding_reason}")
        if reading.encoding_reason
        else ""
    )


def _days(found: Staged, words: Words) -> str:
    return formats.date_range(found.period, words.lang, "exact") if found.period else formats.DASH
