"""HTML of the small pieces Streamlit has no element for: shapes, chips, heads, tables, sparklines.

Pure text in, text out. Every value is escaped here, so what came from a file stays text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as escape
from itertools import chain, repeat
from typing import Literal
from urllib.parse import quote

from salesdash.analysis.answers import Judgement

Tone = Judgement | Literal["muted", "neutral"]

SHAPES: dict[Judgement, str] = {"good": "dot", "warning": "diamond", "bad": "down"}
"""The drawn mark of each judged state."""

_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_MARGIN = 120.0, 30.0, 2.0


@dataclass(frozen=True)
class Bar:
    """A bar within a cell; those of a column share a line at zero. Places are parts of 1."""

    start: float
    width: float
    zero: float
    tone: Tone


@dataclass(frozen=True)
class Cell:
    """A table cell: words, how they look, and a small grey note or chip after them.

    `shape` stands before the words; with `link` they lead to an address of ours.
    """

    text: str
    kind: str = ""  # class names without prefix: num, key, then, opt
    note: str = ""
    tone: Tone | None = None
    shape: str = ""
    link: str = ""
    bar: Bar | None = None


def shape(name: str) -> str:
    """A drawn mark: up, down, diamond, dot or flat."""
    return f'<i class="sd-shape sd-{name}" aria-hidden="true"></i>'


def chip(judgement: Judgement, word: str) -> str:
    """A judged state as shape, word and colour; only exceptions are filled (by the stylesheet)."""
    return f'<span class="sd-chip sd-{judgement}">{shape(SHAPES[judgement])}{escape(word)}</span>'


def sign(judgement: Judgement) -> str:
    """The shape of a judged state in its colour; words stand beside it."""
    return f'<span class="sd-{judgement}">{shape(SHAPES[judgement])}</span>'


def head(title: str, note: str = "", level: int = 2) -> str:
    """The first line of a card: what it shows, and units or legend at the right."""
    right = f'<span class="sd-note">{escape(note)}</span>' if note else ""
    return (
        f'<div class="sd-head"><span class="sd-title" role="heading" aria-level="{level}">'
        f"{escape(title)}</span>{right}</div>"
    )


def headline(sentence: str, lead: str = "") -> str:
    """The sentence that is the answer, and the muted line under it; clauses never break inside."""
    body = escape(sentence)
    if any(mark in sentence for mark in "，；："):
        body = "".join(f"<span>{escape(part)}</span>" for part in clauses(sentence))
    below = f'<p class="sd-lead">{escape(lead)}</p>' if lead else ""
    return f'<h1 class="sd-headline">{body}</h1>{below}'


def clauses(sentence: str) -> tuple[str, ...]:
    """A Chinese sentence cut behind its commas, so that a phone breaks there."""
    parts: list[str] = [""]
    for sign in sentence:
        parts[-1] += sign
        if sign in "，；：":
            parts.append("")
    return tuple(part for part in parts if part)


def goal_bar(filled: float, mark: float, alt: str, thin: Iterable[float] = ()) -> str:
    """Accent on a grey track up to what was reached, an ink mark where it should be; parts of 1.

    `thin`: marks of floor, target and stretch.
    """
    others = "".join(f'<u style="left:{each:.1%}"></u>' for each in thin)
    return (
        f'<div class="sd-goal-bar" role="img" aria-label="{escape(alt)}">'
        f'<i style="width:{max(filled, 0.0):.1%}"></i>{others}<b style="left:{mark:.1%}"></b></div>'
    )


def facts(rows: Iterable[tuple[str, str, str]]) -> str:
    """Name, value and a small note in two columns."""
    cells = (
        f"<span>{escape(name)}</span><span>{escape(value)}"
        + (f" <small>{escape(note)}</small>" if note else "")
        + "</span>"
        for name, value, note in rows
    )
    return f'<div class="sd-facts">{"".join(cells)}</div>'


def figures(rows: Iterable[tuple[str, str, bool]], links: Iterable[str] = ()) -> str:
    """Large figures with their names below; True marks one as bad. `links`: where each leads."""
    cells = (
        f'<span class="{"sd-bad" if bad else ""}"><b>{led(value, link)}</b>'
        f"<span>{shape('down') if bad else ''}{escape(name)}</span></span>"
        for (value, name, bad), link in zip(rows, chain(links, repeat("")), strict=False)
    )
    return f'<div class="sd-figures">{"".join(cells)}</div>'


def led(text: str, link: str) -> str:
    """A text that leads to an address of ours, if there is one."""
    if not link:
        return escape(text)
    return f'<a class="sd-figure" href="{escape(link)}" target="_self">{escape(text)}</a>'


def meter(percent: int) -> str:
    """A short bar, filled so far; the figure beside it says the same."""
    return f'<span class="sd-meter" aria-hidden="true"><i style="width:{percent}%"></i></span>'


def table(header: Sequence[Cell], rows: Iterable[Sequence[Cell]], total: bool = False) -> str:  # noqa: FBT001, FBT002 - reads as a word at every call
    """An HTML table that prints in full and scrolls inside itself on a phone.

    `total` sets the last row apart.
    """
    body = [_row(cells) for cells in rows]
    if total and body:
        body[-1] = body[-1].replace("<tr>", '<tr class="sd-total">', 1)
    heads = "".join(
        f'<th scope="col" class="{_classes(c.kind)}">{escape(c.text)}</th>' for c in header
    )
    return (
        f'<div class="sd-wide" tabindex="0"><table class="sd-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def spark(
    now: Sequence[float | None], then: Sequence[float | None], *, running: bool, alt: str
) -> str:
    """Twelve periods as a line over those of a year earlier; the last one has a ring.

    A running last period is a ring apart: a line to it would draw a fall that did not happen.
    """
    known = [value for value in (*now, *then) if value is not None]
    if not known:
        return '<div class="sd-spark"></div>'
    low, high = min(known), max(known)
    line = [*now[:-1], None] if running else list(now)
    marks = [
        _mask("then", _path(then, low, high), 1.25),
        _mask("now", _path(line, low, high), 1.75),
    ]
    if now and now[-1] is not None:
        top = _height(now[-1], low, high) / _SPARK_HEIGHT * 100
        marks.append(f'<b style="left:100%;top:{top:.1f}%"></b>')
    return f'<div class="sd-spark" role="img" aria-label="{escape(alt)}">{"".join(marks)}</div>'


def _row(cells: Sequence[Cell]) -> str:
    return "<tr>" + "".join(_cell(cell) for cell in cells) + "</tr>"


def bars(values: Sequence[float], tones: Sequence[Tone]) -> tuple[Bar, ...]:
    """Bars to both sides of one zero, the longest from edge to edge."""
    low, high = min(0.0, *values), max(0.0, *values)
    reach = (high - low) or 1.0
    zero = -low / reach
    return tuple(
        Bar(zero + min(value, 0.0) / reach, abs(value) / reach, zero, tone)
        for value, tone in zip(values, tones, strict=True)
    )


def _cell(cell: Cell) -> str:
    text = (shape(cell.shape) if cell.shape else "") + escape(cell.text)
    if cell.link:
        text = f'<a href="{escape(cell.link)}" target="_self">{text}</a>'
    if cell.tone in {"good", "bad", "warning"}:
        text = f'<span class="sd-{cell.tone}">{text}</span>'
    if cell.bar is not None:
        text = f"{_bar(cell.bar)}<span>{text}</span>"
    note = f' <span class="sd-small">{escape(cell.note)}</span>' if cell.note else ""
    return f'<td class="{_classes(cell.kind)}">{text}{note}</td>'


def _bar(bar: Bar) -> str:
    place = f"left:{bar.start * 100:.1f}%;width:{bar.width * 100:.1f}%"
    filled = f'<i class="sd-fill-{bar.tone}" style="{place}"></i>'
    zero = f'<b style="left:{bar.zero * 100:.1f}%"></b>'
    return f'<span class="sd-bar" aria-hidden="true">{filled}{zero}</span>'


def _classes(kind: str) -> str:
    return " ".join(f"sd-{name}" for name in kind.split())


def _height(value: float, low: float, high: float) -> float:
    room = _SPARK_HEIGHT - 2 * _SPARK_MARGIN
    share = 0.5 if high == low else (value - low) / (high - low)
    return _SPARK_MARGIN + room * (1 - share)


def _path(values: Sequence[float | None], low: float, high: float) -> str:
    """SVG path data; a blank period breaks the line."""
    step = _SPARK_WIDTH / max(len(values) - 1, 1)
    parts: list[str] = []
    pen_down = False
    for index, value in enumerate(values):
        if value is not None:
            letter = "L" if pen_down else "M"
            parts.append(f"{letter}{index * step:.1f} {_height(value, low, high):.1f}")
        pen_down = value is not None
    return "".join(parts)


def _mask(role: str, path: str, width: float) -> str:
    """A coloured sheet seen through the line: the sanitiser of st.html drops inline SVG."""
    if not path:
        return ""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_SPARK_WIDTH:g} {_SPARK_HEIGHT:g}' "
        f"preserveAspectRatio='none'><path d='{path}' fill='none' stroke='#000' "
        f"stroke-width='{width}' stroke-linejoin='round' vector-effect='non-scaling-stroke'/></svg>"
    )
    address = quote(svg, safe=chr(39) + " =:/#,").replace("#", "%23")
    uri = f"url(&quot;data:image/svg+xml,{address}&quot;)"
    return f'<i class="sd-{role}" style="-webkit-mask-image:{uri};mask-image:{uri}"></i>'
