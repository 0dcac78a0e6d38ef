"""What is likely to be looked at next: the Overview, and from there its other periods."""

from collections.abc import Iterator
from dataclasses import replace

from salesdash.periods import Comparison, parse, presets
from salesdash.selection import Selection
from salesdash.ui import context, filters, process
from salesdash.ui.context import Here
from salesdash.ui.idle import Question, Tick


def expect(screen: str) -> None:
    """At the end of a run: have the answers ready that the next choice may need."""
    idle = process.shared().idle
    if idle is None or context.is_empty() or filters.cut() is not None:
        return
    chosen = _next(filters.current(), screen)
    idle.expect({context.key("ahead", each): _overview(each) for each in chosen})


def _next(chosen: Selection, screen: str) -> Iterator[Selection]:
    """The Overview under the choices that hold; on it, each other choice of period or comparison.

    Filters are too many to guess.
    """
    yield chosen
    if screen != "overview":
        return
    edge, fiscal = context.edge(), context.fiscal()
    for code in presets():
        yield replace(chosen, window=parse(code, edge, fiscal))
    for comparison in Comparison:
        yield replace(chosen, comparison=comparison)


def _overview(selection: Selection) -> Question:
    here = context.here()

    def ask(tick: Tick) -> None:
        with context.looking(apart(here, tick)):
            context.overview(selection)

    return ask


def apart(here: Here, breathe: Tick) -> Here:
    """The same in a thread without a session, which what was chosen is handed to."""
    other = Here(breathe)
    other.lang, other.kind, other.currency = here.lang, here.kind, here.currency
    other.home = here.home  # a home that is closed meanwhile must not be opened again
    return other
