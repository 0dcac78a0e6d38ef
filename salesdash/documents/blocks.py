"""What a document is made of: a row of blocks, which each writer puts down in its own way.

Texts are as people wrote them, without markup: a writer escapes what it must. New content is
composed of these blocks once, and every kind of document has it.
"""

from dataclasses import dataclass
from typing import Literal

from salesdash.analysis.answers import Judgement

Box = Literal["open", "done", "dropped"]


@dataclass(frozen=True)
class Heading:
    """A title: level 1 is the document's, 2 a section's (numbered or not), 3 within a section."""

    text: str
    level: int = 2
    number: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """Sentences; those in `strong` stand before the others. `quiet`: beside the matter."""

    text: str
    strong: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Label:
    """A word or two over what follows, below the rank of a heading."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Names with their values, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """Words in a table; `filled` is the part of a bar before them, from 0 to 1."""

    text: str = ""
    judgement: Judgement | None = None
    filled: float | None = None


@dataclass(frozen=True)
class Column:
    """The head of a column; figures stand at its right edge."""

    name: str
    figures: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under columns; the first column names the row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Item:
    """One point of a list: its words, what is to know about it, a box when it is to be done."""

    text: str
    note: str = ""
    box: Box | None = None
    judgement: Judgement | None = None


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Figure:
    """A key figure: how it moved and was judged, its last periods over those a year earlier."""

    name: str
    value: str
    change: str = ""
    moved: Judgement | None = None
    state: str = ""
    judgement: Judgement | None = None
    spark: tuple[float | None, ...] = ()
    spark_before: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Tiles:
    """Key figures side by side. `heads` name what is said of each, where they stand in a table."""

    heads: tuple[str, str, str, str]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class OwnWords:
    """What people wrote, under a label: their line breaks and lists stay."""

    label: str
    text: str


@dataclass(frozen=True)
class Footnotes:
    """What belongs to the whole document, apart from its matter."""

    title: str
    items: tuple[Item, ...]


Block = Heading | Paragraph | Label | Facts | Table | Bullets | Tiles | OwnWords | Footnotes


@dataclass(frozen=True)
class Document:
    """A whole document in one language."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
