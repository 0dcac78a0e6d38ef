"""The one place of the terminal and the server that reads the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo


def now(zone: str | None) -> datetime:
    """The moment in the company's zone (None: this machine's), naive, to the second."""
    return datetime.now(ZoneInfo(zone) if zone else None).replace(tzinfo=None, microsecond=0)
