"""The watched folder: files put into a home's `inbox/` go in by themselves, or say what they need.

    inbox/              what arrives; it is taken once it is complete
    inbox/done/         is in, or was in already
    inbox/questions/    waits for what only people know
    inbox/refused/      cannot go in as it is

Beside a file that did not simply go in stands NAME.why.json, which says why in words.
"""

from salesdash.inbox.arrivals import Lookout
from salesdash.inbox.intake import Outcome, Taken, Taker
from salesdash.inbox.keeper import Keeper
from salesdash.inbox.notes import Note
from salesdash.inbox.places import Place, Waiting, again, put_away, refused, waiting
from salesdash.inbox.rounds import rounds, tidy

__all__ = [
    "Keeper",
    "Lookout",
    "Note",
    "Outcome",
    "Place",
    "Taken",
    "Taker",
    "Waiting",
    "again",
    "put_away",
    "refused",
    "rounds",
    "tidy",
    "waiting",
]
