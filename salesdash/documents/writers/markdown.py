"""Documents as Markdown, to be read as they are, in a mail or an editor, as much as rendered."""

import re
from collections.abc import Iterable
from functools import singledispatch

from salesdash.documents.blocks import (
    Block,
    Box,
    Bullets,
    Document,
    Facts,
    Footnotes,
    Heading,
    Item,
    Label,
    OwnWords,
    Paragraph,
    Table,
    Tiles,
)
from salesdash.documents.writers import typed

_BOXES: dict[Box, str] = {"open": "[ ] ", "done": "[x] ", "dropped": "[-] "}
_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|^#|^[-+](?=\s)|(?:(?<=^\d)|(?<=^\d\d))[.)](?=\s)")


def write(document: Document) -> str:
    """The whole text; the same document gives the same one."""
    return "\n\n".join(_block(block) for block in document.blocks) + "\n"


def plain(text: str) -> str:
    """Words from outside on one line: what would be markup shows as the characters it is.

    Less is escaped than on the screen, so that the text is also read well as it is.
    """
    return _MARKUP.sub(lambda found: f"\\{found[0]}", typed.line(text))


@singledispatch
def _block(block: Block) -> str:
    """A block by its type."""
    raise TypeError(type(block))


@_block.register
def _heading(block: Heading) -> str:
    number = "" if block.number is None else f"{block.number}. "
    return f"{'#' * block.level} {number}{plain(block.text)}"


@_block.register
def _paragraph(block: Paragraph) -> str:
    parts = [f"**{plain(block.strong)}**"] if block.strong else []
    return " ".join([*parts, *([plain(block.text)] if block.text else [])])


@_block.register
def _label(block: Label) -> str:
    return f"**{plain(block.text)}**"


@_block.register
def _facts(block: Facts) -> str:
    return _bullets(f"{plain(name)}: {plain(value)}" for name, value in block.rows)


@_block.register
def _listed(block: Bullets) -> str:
    return _bullets(_item(item) for item in block.items)


@_block.register
def _grid(block: Table) -> str:
    rows = [[cell.text for cell in row] for row in block.rows]
    return _table([column.name for column in block.columns], rows)


@_block.register
def _tiles(block: Tiles) -> str:
    rows = [(each.name, each.value, each.change, each.state) for each in block.figures]
    return _table(block.heads, rows)


@_block.register
def _own_words(block: OwnWords) -> str:
    """Two spaces at the end of a line keep it a line."""
    body = "  \n".join(bullet + plain(words) for bullet, words in typed.lines(block.text))
    return f"{_label(Label(block.label))}\n\n{body}"


@_block.register
def _footnotes(block: Footnotes) -> str:
    return f"---\n\n{plain(block.title)}\n\n{_listed(Bullets(block.items))}"


def _item(item: Item) -> str:
    words = " — ".join(plain(each) for each in (item.text, item.note) if each)
    return f"{_BOXES[item.box] if item.box else ''}{words}"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = [plain(head) for head in heads]
    lines = (names, ["---"] * len(names), *([plain(cell) for cell in row] for row in rows))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
