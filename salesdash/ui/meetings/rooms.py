"""Where the meetings of this home are held."""

from salesdash.analysis.room import Room
from salesdash.ui import context


def room() -> Room:
    """Figures are asked once a version of the data."""
    return Room(
        context.warehouse(),
        context.settings(),
        context.home().workspace,
        context.here().currency,
        context.remembered,
    )
