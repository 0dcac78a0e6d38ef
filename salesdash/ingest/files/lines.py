"""The lines of a delimited text, freed of what programs wrap around lines and cells.

A mark of the encoding within the file (files that were put together), cells written as formulas so
that a spreadsheet keeps their zeros (`="00123"`), and lines that were quoted as a whole.
"""

import codecs
import csv
import re
from collections.abc import Iterator

from salesdash.ingest.files.encoding import Text

PIECE = 1 << 20
SHARE = 0.9
"""So many lines must be quoted as a whole for all to be."""

SIGNS = (",", ";", "\t", "|")
_FORMULA = re.compile(r'(^|[,;\t|])="([^"]*)"(?=[,;\t|]|$)')
_QUOTED_FORMULA = re.compile(r'(^|[,;\t|])"=""([^"]*)"""(?=[,;\t|]|$)')


def of(text: Text, *, wrapped: bool = False) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends; a lone carriage return ends a line too."""
    for number, line in enumerate(_raw(text), start=1):
        found = line.decode("utf-8")
        if text.marks.odd:
            found = _FORMULA.sub(r'\1"\2"', _QUOTED_FORMULA.sub(r'\1"\2"', found.lstrip("\ufeff")))
        yield number, (unwrapped(found) or found) if wrapped else found


def _raw(text: Text) -> Iterator[bytes]:
    with text.path.open("rb") as file:
        if text.bom:
            file.read(len(codecs.BOM_UTF8))
        rest = b""
        while chunk := file.read(PIECE):
            chunk = (rest + chunk).replace(b"\x00", b"")
            found = chunk.splitlines(keepends=True)
            rest = found.pop() if found and chunk[-1:] != b"\n" else b""
            for line in found:
                yield line.rstrip(b"\r\n")
        yield from rest.splitlines()


def are_wrapped(lines: list[str]) -> bool:
    """Whether nearly all lines but the first are quoted as a whole, and cut like it once freed."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2:  # noqa: PLR2004 - a header and a row
        return False
    first = unwrapped(filled[0]) or filled[0]
    sign = max(SIGNS, key=first.count)
    width = _width(first, sign)
    freed = [unwrapped(line) for line in filled[1:]]
    fitting = sum(1 for line in freed if line is not None and _width(line, sign) == width)
    return width > 1 and fitting >= SHARE * len(freed)


def unwrapped(line: str) -> str | None:
    """The line that was quoted as a whole, None if it was not."""
    inner = line[1:-1]
    if len(line) < 2 or line[0] != '"' or line[-1] != '"':  # noqa: PLR2004 - both quotes
        return None
    return None if '"' in inner.replace('""', "") else inner.replace('""', '"')


def _width(line: str, sign: str) -> int:
    return len(next(csv.reader([line], delimiter=sign), []))
