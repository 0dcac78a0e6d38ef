"""How a text is cut into cells: decided once from its first lines, shown, and overridable.

Every pair of delimiter and quote is tried on the head of the file. A good pair gives many lines
the same number of cells and gives cells that look like values (numbers, dates, short words).
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from salesdash.ingest.files import looks
from salesdash.ingest.files.lexer import Lexer
from salesdash.ingest.reading import Dialect

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", ":", " ")
WEIGHTS = {":": 0.6, " ": 0.5}
"""Signs that stand inside values too must win clearly."""

HEADLESS = 0.5
"""A cut that leaves no header is rarely the right one."""

LONG_CELL = 60

CLEARLY = 3
ESCAPES = 2
"""Once is chance."""


@dataclass(frozen=True)
class Decision:
    """The dialect, the lines it was decided on that belong to it, and the width of its records."""

    dialect: Dialect
    width: int
    marked: bool = False  # a `sep=;` line says so


def decide(lines: list[str], delimiter: str | None = None, quote: str | None = None) -> Decision:
    """The dialect of these first lines. What the user gave is not questioned."""
    marked = separator_line(lines[0]) if lines else None
    delimiters = (delimiter or marked or "",) if delimiter or marked else DELIMITERS
    body = lines[1:] if marked else lines
    quotes = (quote,) if quote else _quotes(body)
    ways = [_refined(body, Dialect(cut, mark)) for cut in delimiters for mark in quotes]
    (score, width), best = _score(body, ways[0]), ways[0]
    for way in ways[1:]:
        other = _score(body, way, beaten=score)
        if other[0] > score:
            (score, width), best = other, way
    return Decision(best, width, marked is not None)


def separator_line(line: str) -> str | None:
    """The delimiter that a first line `sep=;` (as Excel understands it) names."""
    text = line.strip('\ufeff"\r\n ')
    if text.lower().startswith("sep=") and len(text) == len("sep=") + 1:
        return text[-1]
    return "\t" if line.lower().startswith("sep=\t") else None


def _quotes(lines: list[str]) -> tuple[str, ...]:
    """The sign that stands where quotes of cells stand; an apostrophe must do so far more often."""
    text = "\n".join(lines)
    return ("'",) if _borders(text, "'") > CLEARLY * _borders(text, '"') else ('"',)


def _borders(text: str, sign: str) -> int:
    """How many cells the sign may enclose: it must open as well as close them."""
    cuts = (",", ";", "\t", "|", " ", "\n")
    opened = sum(text.count(cut + sign) for cut in cuts)
    return min(opened, sum(text.count(sign + cut) for cut in cuts))


def _score(lines: list[str], dialect: Dialect, beaten: float = 0.0) -> tuple[float, int]:
    """(score, width of the table) of a dialect on these lines.

    One that cannot beat a score already reached gets 0 without a look at its cells.
    """
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    records = [record.cells for record in Lexer(dialect).records(filled)]
    widths = Counter(len(cells) for cells in records)
    if not widths:
        return 0.0, 1
    width = max(widths, key=lambda w: (widths[w] * (w > 1), widths[w]))
    if width == 1:
        return 0.01, 1
    rows = [cells for cells in records if len(cells) == width]
    share, spread = len(rows) / len(records), 1 - 1 / width
    weight = WEIGHTS.get(dialect.delimiter, 1.0)
    if not looks.are_labels([cell.strip() for cell in rows[0]]):
        weight *= HEADLESS
    if share * spread * weight <= beaten:
        return 0.0, width
    cells = [cell for row in rows for cell in row]
    typed = sum(1 for cell in cells if _is_clean(cell)) / len(cells)
    return share * spread * (0.3 + 0.7 * typed) * weight, width


@lru_cache(maxsize=looks.KNOWN)
def _is_clean(cell: str) -> bool:
    """A cell that could be a value by itself, not a piece of a line cut at the wrong sign."""
    text = cell.strip()
    if not text or looks.is_value(text):
        return True
    return len(text) <= LONG_CELL and not any(sign in text for sign in ";\t|^")


def _refined(lines: list[str], dialect: Dialect) -> Dialect:
    """With the finer points: blanks after the delimiter, backslash before quotes, no quotes."""
    quote, cut = dialect.quote, dialect.delimiter
    text = "\n".join(lines)
    if quote is None or quote not in text:
        return Dialect(cut, quote)
    escape = "\\" if _is_escaped(text, cut, quote) else None
    spaced = cut != " " and f"{cut} {quote}" in text
    doubled = '"' if quote == "'" and _is_doubled(text) else None
    return Dialect(cut, quote, escape, skip_spaces=spaced, doubled=doubled)


def _is_doubled(text: str) -> bool:
    """Whether double quotes stand in pairs only: a quoting that was replaced by another."""
    return '""' in text and '"' not in text.replace('""', "")


def _is_escaped(text: str, cut: str, quote: str) -> bool:
    r"""Whether `\"` stands inside cells: more often than it could end one by chance."""
    escaped = text.count("\\" + quote)
    ending = sum(text.count("\\" + quote + end) for end in (cut, "\n"))
    rest = text.replace("\\" + quote, "")
    doubled = rest.count(quote * 2) - sum(rest.count(cut + quote * 2 + end) for end in (cut, "\n"))
    return escaped - ending >= ESCAPES and doubled <= 0
