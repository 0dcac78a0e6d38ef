"""Did you mean: the nearest known name to what was typed."""

from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz, process


def closest(typed: str, known: Iterable[str]) -> str | None:
    """The known name most like `typed`, None when nothing is near."""
    found = process.extractOne(
        typed, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return found[0] if found else None


def near(typed: str, known: Iterable[str]) -> dict[str, Any]:
    """The value `suggestion` of an error about `typed`; nothing when nothing is near."""
    found = closest(typed, known)
    return {"suggestion": found} if found else {}
