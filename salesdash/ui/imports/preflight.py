"""Before anything is stored: what would change."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import kpis
from salesdash.analysis.answers import Tile
from salesdash.charts import Words
from salesdash.commands.importing import moved
from salesdash.imports import Staged
from salesdash.ingest import Counts, rejects_csv
from salesdash.periods import Comparison, Grain, Window, current
from salesdash.selection import Selection
from salesdash.ui import cards, context, exports, marks
from salesdash.ui.imports import committing, facts, options, picture
from salesdash.ui.imports.draft import Draft
from salesdash.ui.marks import Cell

FIGURES, FIGURES_SHOWN = ("sales", "orders", "gross_margin"), 3
"""Metrics that are shown first, where the file has their dataset."""

REASONS_SHOWN, WARNINGS_SHOWN = 8, 6

HERE = (*committing.OF_KEYS, "cleaning.repeats")
"""Warnings that have a table of their own here."""


def show(file: Draft, found: Staged) -> None:
    """Facts of the file beside what would change, and what can be said about both."""
    left, right = st.columns([5, 7], gap="small")
    with left:
        facts.show(file, found)
    with right:
        if found.is_ready:
            for part in found.parts:
                _changes_card(found, part)
        else:
            options.show(file, found)
    if found.is_ready:
        for part in found.parts:
            picture.show(found, part)
        options.show(file, found)
        for part in found.parts:
            _warnings(part)


def _changes_card(whole: Staged, found: Staged) -> None:
    """What becomes of the rows of one dataset; figures are of all datasets together."""
    words, counts = context.words(), found.counts
    note = words.say(
        "imports_page.mode.note", mode=words.say(f"imports_page.mode.{found.mode.value}")
    )
    name, title = "changes", words.say("imports_page.changes.title")
    if whole.others:
        dataset = words.say(f"datasets.{found.dataset.name}")
        title = words.say("imports_page.changes.title_of", dataset=dataset)
        name += "" if found is whole else f"-{found.dataset.name}"
    with cards.card(name, title, note):
        if counts is not None:
            st.html(marks.figures(_figures(found, counts, words)) + _balance(counts, words))
        figures = _before_after(whole, found, words)
        if figures:
            st.html(figures)


def _figures(found: Staged, counts: Counts, words: Words) -> list[tuple[str, str, bool]]:
    changes = found.changes
    rows = [
        (name, count, name in ("rejected", "vanished"))
        for name, count in (
            ("new", changes.new),
            ("changed", changes.changed),
            ("unchanged", changes.unchanged),
            ("older", changes.older),
            ("vanished", changes.vanished),
            ("rejected", counts.rejected),
            ("blank", counts.blank),
            ("totals", counts.totals),
            ("repeated_headers", counts.repeated_headers),
            ("outside", counts.outside),
        )
        if count or name in ("new", "changed", "unchanged")
    ]
    return [
        (f"{n:,}", words.say(f"imports_page.count.{name}", count=n), bad) for name, n, bad in rows
    ]


def _balance(counts: Counts, words: Words) -> str:
    """The books as a sentence: records = loaded + rejected + ..."""
    plus = " + "
    parts = plus.join(
        words.say(f"imports_page.balance.{name}", count=value)
        for name, value in vars(counts).items()
        if name != "records" and (value or name == "loaded")
    )
    told = words.say("imports_page.balance.records", count=counts.records, parts=parts)
    dot = f'<span class="sd-good">{marks.shape("dot")}</span>'
    return f'<div class="sd-balance sd-gap">{dot}{marks.escape(told)}</div>'


def _before_after(whole: Staged, found: Staged, words: Words) -> str:
    """Figures now and after the import; nothing of a dataset that no metric looks at."""
    metrics = context.metrics()
    names = moved(metrics, FIGURES, replace(found, others=()))[:FIGURES_SHOWN]
    if not names:
        return ""
    count = found.delta.number if found.delta is not None else 0
    window, before, after = context.remembered(
        ("before-after", count, names), lambda: _figures_of(whole, found, names)
    )
    rows = [_pair(was, will, words) for was, will in zip(before, after, strict=True)]
    return marks.table(_header(window, words), rows)


def _figures_of(
    whole: Staged, found: Staged, names: tuple[str, ...]
) -> tuple[Window, tuple[Tile, ...], tuple[Tile, ...]]:
    """The quarter up to the data edge with the import, without and with it."""
    settings, today = context.settings(), context.today()
    with whole.with_change() as changed:
        edge = changed.edge(found.dataset.name, today) or today
        window = current(Grain.QUARTER, edge, context.fiscal())
        selection = Selection(window, Comparison.NONE)
        after = kpis.build(changed, settings, selection, today, names)
        before = kpis.build(context.warehouse(), settings, selection, today, names)
    return window, before, after


def _header(window: Window, words: Words) -> list[Cell]:
    days = formats.date_range(window.period, words.lang, this_year=context.today().year)
    return [
        Cell(words.say("imports_page.figure", days=days)),
        Cell(words.say("imports_page.now"), "num"),
        Cell(words.say("imports_page.after"), "num"),
        Cell(words.say("ui.table.change"), "num"),
    ]


def _pair(was: Tile, will: Tile, words: Words) -> list[Cell]:
    gap = formats.DASH
    if was.figure.value is not None and will.figure.value is not None:
        difference = Decimal(str(will.figure.value)) - Decimal(str(was.figure.value))
        gap = words.value(difference, was.unit, "signed")
    return [
        Cell(words.metric(was.metric)),
        Cell(words.value(was.figure.value, was.unit), "num"),
        Cell(words.value(will.figure.value, will.unit), "num key"),
        Cell(gap, "num"),
    ]


def rejects(found: Staged) -> None:
    """Why rows would not be loaded, most frequent first."""
    groups = found.cleaned.rejects if found.cleaned else ()
    if not groups:
        return
    words = context.words()
    header = [
        Cell(words.say("imports_page.rejected.column")),
        Cell(words.say("imports_page.rejected.value")),
        Cell(words.say("imports_page.rejected.why")),
        Cell(words.say("imports_page.rejected.count"), "num"),
    ]
    rows = [
        [
            Cell(group.column or formats.DASH, "key"),
            Cell(group.example or words.say("imports_page.rejected.empty")),
            Cell(words.say(group.reason)),
            Cell(f"{group.count:,}", "num"),
        ]
        for group in groups[:REASONS_SHOWN]
    ]
    with cards.card(
        "rejected",
        words.say("imports_page.rejected.title"),
        words.say("imports_page.rejected.note"),
    ):
        st.html(marks.table(header, rows))


def rejects_download(found: Staged) -> None:
    """The rejected rows as a file that can be mended and dropped again."""
    path, counts = found.rejects_file, found.counts
    if path is None or counts is None or not counts.rejected:
        return
    words, lang = context.words(), context.lang()
    cards.download(
        "staged-rejects",
        words.say("imports_page.rejected.download", count=counts.rejected),
        f"rejected-{found.sha256[:8]}.csv",
        lambda: exports.encoded(rejects_csv(path, lang)),
    )


def _warnings(found: Staged) -> None:
    """What is worth knowing, but stops nothing."""
    told = found.cleaned or found.mapping  # the cleaning repeats what the mapping warned of
    noted = [
        *(found.reading.notes if found.reading else ()),
        *(told.warnings if told else ()),
    ]
    noted = [each for each in noted if not each.key.startswith(HERE)]
    if not noted:
        return
    lang = context.lang()
    lines = [f"- {texts.error(problem, lang, markdown=True)}" for problem in noted[:WARNINGS_SHOWN]]
    st.warning(
        "\n".join(lines), title=texts.t("imports_page.warnings", lang), icon=":material/info:"
    )
