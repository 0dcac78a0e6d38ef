"""The one function through which every face asks figures: many metrics, windows and members.

All windows are cut into segments of time, so one scan answers the additive metrics of all of them
and one more each kind of distinct key. Totals are asked, never summed over members.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from salesdash.datasets import DATASETS, EXTRA_PREFIX
from salesdash.engine import identifier
from salesdash.errors import UsageError
from salesdash.metrics.assembly import Assembler
from salesdash.metrics.binding import Bound
from salesdash.metrics.figures import OTHER, Figure, Measured
from salesdash.metrics.slots import Asked, cut_time
from salesdash.periods import Grain, Period
from salesdash.selection import Selection
from salesdash.warehouse.asker import Asker
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.warehouse import Warehouse

__all__ = ["OTHER", "Figure", "Measured", "measure"]


def measure(  # noqa: PLR0913 - one question has a subject, a selection, and four ways to cut it
    warehouse: Warehouse,
    bound: Bound,
    ids: tuple[str, ...],
    selection: Selection,
    *,
    windows: Sequence[Asked] | None = None,
    by: tuple[str, ...] = (),
    grain: Grain | None = None,
    top: int | None = None,
) -> Measured:
    """Figures of metrics in windows, by dimensions and units of time.

    `windows`: as many as wanted, they may overlap; None among them: all dates; left out: the
    selection's own. `grain` cuts each window into units. `top` keeps the members of the first
    dimension with the largest figure of the first metric in the first window and asks the others
    together as `OTHER`. Raises UsageError for an unknown or broken metric or dimension.
    """
    asked = (selection.window,) if windows is None else tuple(windows)
    order = bound.order(ids)
    first = bound.get(ids[0])
    scope = warehouse.scope(first.dataset, selection)
    data = _data(warehouse, first.dataset, selection.cut)
    dimensions = tuple(_dimension(warehouse, first.dataset, name) for name in by)
    if top is not None and by:
        ranked = measure(warehouse, bound, ids[:1], selection, windows=asked[:1], by=by[:1])
        kept = [members[0] for members in ranked.members()[:top]]
        dimensions, params = _folded(dimensions, kept)
        scope = Scope(scope.sql, {**scope.params, **params})
    time = cut_time(asked, grain, bound.fiscal, data)
    asker = Asker(warehouse, bound, scope, dimensions, selection.cut)
    answers = asker.answers([bound.metrics[name] for name in order], time.slots, data)
    rows = Assembler(bound, answers).rows(ids, order, time.slots, whole=not by)
    return Measured(ids, time.periods, by, time.buckets, rows)


def _data(warehouse: Warehouse, dataset: str, cut: int | None) -> Period | None:
    first = warehouse.first_date(dataset, cut)
    last = warehouse.edge(dataset, date.max, cut)
    if first is None or last is None:
        return None
    return Period(first, last + timedelta(days=1))


def _dimension(warehouse: Warehouse, dataset: str, name: str) -> str:
    known = {*DATASETS[dataset].dimensions}
    known |= {c for c, _ in warehouse.columns(dataset) if c.startswith(EXTRA_PREFIX)}
    if name not in known:
        raise UsageError("dimension.unknown", dimension=name, known=sorted(known))
    return identifier(name)


def _folded(
    dimensions: tuple[str, ...], kept: Sequence[str | None]
) -> tuple[tuple[str, ...], dict[str, object]]:
    """The first dimension with all but the kept members as one, and the names as parameters."""
    sql, names = dimensions[0], [name for name in kept if name is not None]
    params: dict[str, object] = {f"top_{n}": name for n, name in enumerate(names)}
    marks = ", ".join(f"${mark}" for mark in params)
    tests = [f"{sql} in ({marks})"] if names else []
    if None in kept:
        tests.append(f"{sql} is null")
    chosen = " or ".join(tests) or "false"
    params["top_other"] = OTHER
    return (f"case when {chosen} then {sql} else $top_other end", *dimensions[1:]), params
