"""Who sits before which browser: stated once ("I am ..."), not verified."""

from typing import TYPE_CHECKING

from salesdash.workspace.rows import Stamp, find, save
from salesdash.workspace.schema import names

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class Names:
    """Stated names by browser token."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, browser: str) -> str | None:
        """The name stated in this browser, None before that."""
        with self._workspace.reading() as connection:
            row = find(connection, names, {"browser": browser})
        return None if row is None else str(row["who"])

    def state(self, browser: str, stamp: Stamp) -> None:
        """Keep the name stated in this browser; a later one replaces it."""
        with self._workspace.writing() as connection:
            save(connection, names, ({"browser": browser}, {}), stamp, None)
