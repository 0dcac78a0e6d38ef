"""A process that writes until it is killed: `python writer.py PLACE FOLDER`.

It says each number on stdout only after the store has returned, so what was said was promised.
"""

import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from salesdash.periods import Period
from salesdash.workspace import (
    Occasion,
    Point,
    Promise,
    Said,
    Seen,
    Stamp,
    Terms,
    Word,
    Workspace,
)
from salesdash.workspace.databases import Postgresql, Sqlite

NOW = datetime(2026, 11, 23, 9, 0)


def main(place: str, folder: Path) -> None:
    database = Postgresql.of(place, folder) if "://" in place else Sqlite(Path(place))
    workspace = Workspace.open(database, NOW)
    stamp = Stamp("Ana", NOW)
    occasion = Occasion("weekly", "week:2026-W47", NOW.date(), NOW.date())
    agenda = [Point("text", {"en": "Next"}, {"en": ""}, place=0)]
    meeting = workspace.meetings.open(occasion, 1, agenda, stamp)
    (line,) = workspace.meetings.lines(meeting.id)
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    (goal,) = workspace.goals.add([Terms("sales", year, Decimal(9))], stamp)
    for number in range(1_000_000):
        workspace.training.tick(("Bo", "crm", f"item{number}"), stamp, done=True)
        workspace.meetings.write((line.id, "note"), f"note {number}", stamp, number)
        workspace.actions.make(Promise(f"action {number}"), stamp)
        seen = Seen(NOW.date(), None, number, "abc", f'{{"figure":{number}}}')
        workspace.reviews.add(goal, seen, Said(Word.AT_RISK, f"review {number}"), stamp, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
