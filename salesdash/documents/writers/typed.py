"""Words from outside as writers take them: visible characters, and the lists people type."""

import re
from collections.abc import Iterator

_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")


def line(text: str) -> str:
    """Words on one line, without characters that hide or turn others around."""
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(kept.split())


def lines(text: str) -> Iterator[tuple[str, str]]:
    """What people wrote, line by line: the mark of a list ("- ", "1. ", or none) and the words."""
    for each in text.strip().splitlines():
        bullet = _BULLET.match(each)
        kept = bullet[0] if bullet else ""
        yield kept, each[len(kept) :]
