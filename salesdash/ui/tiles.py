"""KPI tiles: label, value, status, change and the shape of the last periods."""

from collections.abc import Hashable, Sequence

import streamlit as st

from salesdash.analysis import kpis
from salesdash.analysis.answers import Change, Number, Tile
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Against
from salesdash.selection import Selection
from salesdash.ui import context, dialogs, filters, marks

ARROWS = {1: "up", -1: "down", 0: "flat"}


def row(tiles: tuple[Tile, ...], selection: Selection, *question: Hashable) -> None:
    """The tiles four across, two on a phone; each label opens the definition of its figure.

    `question` is what else they depend on, beside the selection and which they are.
    """
    words = context.words()

    def bodies(each: tuple[Tile, ...], words: Words) -> tuple[str, ...]:
        return tuple(body(tile, selection.comparison, words) for tile in each)

    names = tuple(tile.metric for tile in tiles)
    drawn = context.drawn(bodies, tiles, selection, names, *question)
    with st.grid(4, min_column_width=165, gap="small"):
        for tile, html in zip(tiles, drawn, strict=True):
            with st.container(
                border=True, height="stretch", gap="xxsmall", key=f"tile-{tile.metric}"
            ):
                st.button(
                    words.metric(tile.metric),
                    key=f"define-{tile.metric}",
                    type="tertiary",
                    on_click=dialogs.open_metric,
                    args=(tile.metric,),
                )
                st.html(html)


def note(tiles: tuple[Tile, ...]) -> str:
    """What the lines are: "quarter to date; lines: 12 weeks, grey = a year earlier"."""
    if not tiles:
        return ""
    words, first = context.words(), tiles[0]
    spans = words.say(f"overview.spark.{first.spark_grain.value}", count=len(first.spark))
    return words.say("overview.tiles.note", period=filters.period_words(), spans=spans)


def body(tile: Tile, comparison: Against, words: Words) -> str:
    """The HTML under a tile's label."""
    return (
        f'<div class="sd-tile-top">{_value(tile, words)}{_status(tile, words)}</div>'
        f'<div class="sd-delta">{_delta(tile, comparison, words)}</div>'
        + marks.spark(
            _floats(tile.spark),
            _floats(tile.spark_last_year),
            running=tile.spark_running,
            alt=words.say("ui.tile.spark", name=words.metric(tile.metric), count=len(tile.spark)),
        )
    )


def change(found: Change, unit: Unit, words: Words) -> str:
    """A change as people say it: a ratio where there is one, else points, times, or its size."""
    return words.moved(found, unit)


def versus(comparison: Against, words: Words) -> str:
    """Like "vs last year", "环比": what a change is against."""
    return words.versus(comparison)


def _value(tile: Tile, words: Words) -> str:
    number = tile.figure.value
    short, exact = words.value(number, tile.unit), words.value(number, tile.unit, "exact")
    look = "sd-value sd-pale" if tile.maturing else "sd-value"
    return f'<span class="{look}" title="{marks.escape(exact)}">{marks.escape(short)}</span>'


def _status(tile: Tile, words: Words) -> str:
    if tile.status is None:
        return '<span class="sd-state"></span>'
    chip = marks.chip(tile.status.judgement, words.tell(tile.status))
    return f'<span class="sd-state">{chip}</span>'


def _delta(tile: Tile, comparison: Against, words: Words) -> str:
    """The change with its arrow; without a figure the reason it is blank, of a young one why."""
    found = tile.change
    if tile.figure.value is None:
        reason = tile.figure.reason
        return marks.escape(words.tell(reason)) if reason else ""
    if tile.maturing is not None:
        return marks.escape(words.tell(tile.maturing))
    if found is None:
        return ""
    if found.absolute is None:
        reason = found.then.reason
        return marks.escape(words.tell(reason)) if reason else ""
    arrow = ARROWS[(found.absolute > 0) - (found.absolute < 0)]
    tone, daily = found.judgement or "neutral", ""
    if found.per_day is not None:  # then that is what is judged
        text = words.say("ui.tile.per_day", change=words.change(found.per_day))
        tone, daily = "neutral", f' · <b class="sd-{tone}">{marks.escape(text)}</b>'
    moved = marks.escape(change(found, tile.unit, words))
    told = f'<b class="sd-{tone}">{marks.shape(arrow)}{moved}</b> '
    told += marks.escape(versus(comparison, words)) + daily
    return f'<span title="{marks.escape(_lengths(tile, words))}">{told}</span>'


def _lengths(tile: Tile, words: Words) -> str:
    """How long the two periods are, where not equally so."""
    return next((words.tell(note) for note in tile.notes if note.key == kpis.LENGTHS), "")


def _floats(values: Sequence[Number | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]
