"""The command `workspace`: where what people write is kept, and how it moves elsewhere."""

from salesdash.commands.arguments import Place
from salesdash.commands.keeping import must_be_free
from salesdash.commands.office import Office
from salesdash.commands.replies import Reply, plain
from salesdash.imports import Home, Moved, move, seat


def workspace(office: Office, given: Place) -> Reply:
    """Say where it is, or move it there: {place, was, left, rows}.

    `rows`: how many of each table were moved, None when nothing was. `left`: where the old one
    still is.
    """
    if given.place is None:
        shown = seat.of(office.options.home).shown
        return Reply({"place": shown, "was": None, "left": None, "rows": None})
    must_be_free(office)
    return Reply(plain(moved(office, given.place)))


def moved(office: Office, place: str) -> Moved:
    """Move the workspace of a home that this process does not show."""
    home = Home.open(office.options.home, now=office.now, settings=office.settings)
    try:
        return move(home, place, office.now)
    finally:
        home.close()
