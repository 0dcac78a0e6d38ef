"""The one way in: files become events of the log and rows of the projection.

home = Home.open(path, now=now)
staged = stage(home, Request(path, "orders.csv"), now)     # staged.questions, .changes ...
event = commit(home, staged, who, now)                      # undo(home, event.id, who, now)
"""

from salesdash.imports.archive import backup, restore
from salesdash.imports.commit import commit, redo, undo
from salesdash.imports.disk import Disk
from salesdash.imports.edit import edit
from salesdash.imports.fold import Changes
from salesdash.imports.home import Home, opened
from salesdash.imports.moving import Moved, move
from salesdash.imports.offered import offered, stage_offered
from salesdash.imports.picture import Gap, MonthChange, Picture, pictured
from salesdash.imports.recovery import rebuild
from salesdash.imports.rejects import Waiting, rejects, repair, waiting
from salesdash.imports.request import Request, Staged
from salesdash.imports.seat import is_taken
from salesdash.imports.speeches import Mode, is_alive, modes, together
from salesdash.imports.stage import Progress, again, stage, stage_repair
from salesdash.imports.suspicious import Sample, Suspicion

__all__ = [
    "Changes",
    "Disk",
    "Gap",
    "Home",
    "Mode",
    "MonthChange",
    "Moved",
    "Picture",
    "Progress",
    "Request",
    "Sample",
    "Staged",
    "Suspicion",
    "Waiting",
    "again",
    "backup",
    "commit",
    "edit",
    "is_alive",
    "is_taken",
    "modes",
    "move",
    "offered",
    "opened",
    "pictured",
    "rebuild",
    "redo",
    "rejects",
    "repair",
    "restore",
    "stage",
    "stage_offered",
    "stage_repair",
    "together",
    "undo",
    "waiting",
]
