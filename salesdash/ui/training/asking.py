"""What the pieces of Training ask, and how they write days and keys."""

from datetime import date

import streamlit as st

from salesdash import formats
from salesdash.analysis import abilities, training
from salesdash.analysis import staff as staffing
from salesdash.analysis.abilities import Need
from salesdash.analysis.asking import Question
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Board, Book, Written
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import context, state

DAY_FORMAT = "YYYY-MM-DD"
PLACE = "training"
"""Where it is said what went wrong with a tick or a day."""

_news: state.Slot[str] = state.Slot("training-news", "")


def board(written: Written) -> Board:
    """Everybody's courses as they are written down now."""
    asked = context.settings().training, written, known(), context.today()
    return training.build(*asked, staff())


def written() -> Written:
    """What people wrote down, as it stands now."""
    return Written.read(context.home().workspace)


def book(found: Written) -> Book:
    """The same beside who works here, to be asked for one person."""
    return Book(found, staff(), context.today())


def staff() -> Staff:
    """Who works here, as the list of people says."""
    return context.remembered(("staff",), lambda: Staff.read(context.warehouse()))


def needs() -> dict[str, Need]:
    """Everybody's levers beside the team, by name."""

    def ask() -> dict[str, Need]:
        question = Question(
            context.warehouse(), context.settings(), Selection(None), context.today()
        )
        return {each.place.person: each for each in abilities.build(question, staff())}

    return context.remembered(("needs",), ask)


def tell(text: str) -> None:
    """Say at the next drawing that something was done; a callback that draws wipes the page."""
    _news.set(text)


def told() -> None:
    """Say it once."""
    if _news.get():
        st.toast(_news.get(), icon=":material/check:")
        _news.clear()


def everybody() -> list[str]:
    """The people of the data and those somebody typed, by name."""
    return sorted({*known(), *context.home().workspace.training.people()})


def meant(typed: str) -> str:
    """Who is meant by what was typed into a box that takes new names."""
    return staffing.meant(typed, everybody())


def known() -> tuple[str, ...]:
    """The salespeople of the data."""
    return context.remembered(("people",), lambda: training.people(context.warehouse()))


def day_words(day: date | None, words: Words) -> str:
    """A day, without the year when it is this one; empty for none."""
    return formats.date(day, words.lang, this_year=context.today().year) if day else ""


def name_key(name: str) -> str:
    """A name as part of an element's key."""
    return name.encode().hex()
