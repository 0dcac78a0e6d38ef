"""Did you mean: the nearest known name to what was typed."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def closest(typed: str, known: Iterable[str]) -> str | None:
    """The known name most like `typed`, None when nothing is near."""
    names = list(known)
    found = process.extractOne(
        typed, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return found[0] if found else None
