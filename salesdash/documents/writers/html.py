"""Documents as one HTML file that needs nothing beside itself: no script, no address outside.

It is read in a browser, light or dark, on a phone, in a mail, and printed on A4.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from html import escape
from itertools import groupby
from pathlib import Path

from salesdash.analysis.answers import Judgement
from salesdash.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Figure,
    Footnotes,
    Heading,
    Item,
    Label,
    OwnWords,
    Paragraph,
    Table,
    Tiles,
)
from salesdash.documents.writers import spark, typed

LANGUAGES = {"en": "en", "zh": "zh-CN"}
LOOK = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Whatever stands in the file, a browser fetches nothing for it."""


def write(document: Document) -> str:
    """The whole page; the same document gives the same one."""
    body = "\n".join(_block(block) for block in document.blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGES[document.lang]}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(document.title)}</title>\n"
        f"<style>\n{LOOK.read_text('utf-8')}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Words from outside on one line, as text."""
    return escape(typed.line(words))


@singledispatch
def _block(block: Block) -> str:
    """A block by its type."""
    raise TypeError(type(block))


@_block.register
def _heading(block: Heading) -> str:
    number = "" if block.number is None else f"<span>{block.number}.</span> "
    return f"<h{block.level}>{number}{text(block.text)}</h{block.level}>"


@_block.register
def _paragraph(block: Paragraph) -> str:
    strong = f"<strong>{text(block.strong)}</strong> " if block.strong else ""
    look = ' class="answer"' if block.strong else ' class="quiet"' if block.quiet else ""
    return f"<p{look}>{strong}{text(block.text)}</p>"


@_block.register
def _label(block: Label) -> str:
    return f'<p class="label">{text(block.text)}</p>'


@_block.register
def _facts(block: Facts) -> str:
    rows = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in block.rows)
    return f"<dl>{rows}</dl>"


@_block.register
def _listed(block: Bullets) -> str:
    boxed = ' class="boxes"' if any(item.box for item in block.items) else ""
    return f"<ul{boxed}>{''.join(map(_item, block.items))}</ul>"


@_block.register
def _table(block: Table) -> str:
    heads = "".join(f'<th scope="col"{_side(c)}>{text(c.name)}</th>' for c in block.columns)
    rows = "".join(f"<tr>{''.join(_cells(row, block.columns))}</tr>" for row in block.rows)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide">{table}</div>'


@_block.register
def _tiles(block: Tiles) -> str:
    return f'<div class="tiles">{"".join(map(_tile, block.figures))}</div>'


@_block.register
def _own_words(block: OwnWords) -> str:
    body = "".join(_runs(block.text))
    return f'{_label(Label(block.label))}\n<div class="words">{body}</div>'


@_block.register
def _footnotes(block: Footnotes) -> str:
    return f"<footer><p>{text(block.title)}</p>{_listed(Bullets(block.items))}</footer>"


def _item(item: Item) -> str:
    note = f' <span class="note">{text(item.note)}</span>' if item.note else ""
    box = f'<i class="box {item.box}"></i>' if item.box else ""
    return f"<li>{box}{_sign(item.judgement)}{text(item.text)}{note}</li>"


def _tile(figure: Figure) -> str:
    change = f"<span{_tone(figure.moved)}>{text(figure.change)}</span>"
    state = f"<span{_tone(figure.judgement)}>{_shape(figure.judgement)}{text(figure.state)}</span>"
    return (
        f'<div class="tile"><p>{text(figure.name)}</p><b>{text(figure.value)}</b>'
        f"<p>{change}</p>{f'<p>{state}</p>' if figure.state else ''}"
        f"{spark.drawn(figure.spark, figure.spark_before)}</div>"
    )


def _cells(row: Sequence[Cell], columns: Iterable[Column]) -> Iterator[str]:
    for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
        words = f"<span{_tone(cell.judgement)}>{_shape(cell.judgement)}{text(cell.text)}</span>"
        inner = _bar(cell.filled) + (words if cell.judgement else text(cell.text))
        name, scope = ("td", "") if place else ("th", ' scope="row"')
        yield f"<{name}{scope}{_side(column)}>{inner}</{name}>"


def _bar(filled: float | None) -> str:
    if filled is None:
        return ""
    return f'<span class="bar"><i style="width:{max(0.0, min(filled, 1.0)):.1%}"></i></span>'


def _runs(written: str) -> Iterator[str]:
    """Paragraphs and lists, as they follow one another."""
    for tag, run in groupby(typed.lines(written), key=lambda found: _tag(*found)):
        if tag == "p":
            yield f"<p>{'<br>'.join(text(words) for _, words in run)}</p>"
        elif tag:
            yield f"<{tag}>{''.join(_point(bullet, words) for bullet, words in run)}</{tag}>"


def _tag(bullet: str, words: str) -> str:
    """What a typed line is part of; an empty one parts paragraphs."""
    if not bullet:
        return "p" if words.strip() else ""
    return "ol" if bullet.strip()[0].isdigit() else "ul"


def _point(bullet: str, words: str) -> str:
    number = bullet.strip().rstrip(".)")
    value = f' value="{int(number)}"' if number.isdigit() else ""
    return f"<li{value}>{text(words)}</li>"


def _side(column: Column) -> str:
    return ' class="figures"' if column.figures else ""


def _sign(judgement: Judgement | None) -> str:
    return f"<span{_tone(judgement)}>{_shape(judgement)}</span>" if judgement else ""


def _tone(judgement: Judgement | None) -> str:
    return f' class="{judgement}"' if judgement else ""


def _shape(judgement: Judgement | None) -> str:
    return '<i class="shape"></i>' if judgement else ""
