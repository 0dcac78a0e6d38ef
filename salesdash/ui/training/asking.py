"""What the pieces of Training ask, and how they write days and keys."""

from datetime import date

from salesdash import formats
from salesdash.analysis import training
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Board, Written
from salesdash.charts import Words
from salesdash.ui import context

DAY_FORMAT = "YYYY-MM-DD"


def board() -> Board:
    """Everybody's courses as they are written down now."""
    written = Written.read(context.home().workspace)
    asked = context.settings().training, written, _known(), context.today()
    return training.build(*asked, staff())


def staff() -> Staff:
    """Who works here, as the list of people says."""
    return context.remembered(("staff",), lambda: Staff.read(context.warehouse()))


def everybody() -> list[str]:
    """The people of the data and those somebody typed, by name."""
    return sorted({*_known(), *context.home().workspace.training.people()})


def day_words(day: date | None, words: Words) -> str:
    """A day, without the year when it is this one; empty for none."""
    return formats.date(day, words.lang, this_year=context.today().year) if day else ""


def name_key(name: str) -> str:
    """A name as part of an element's key."""
    return name.encode().hex()


def _known() -> tuple[str, ...]:
    return context.remembered(("people",), lambda: training.people(context.warehouse()))
