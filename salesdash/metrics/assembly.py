"""From answers to figures, place by place: parts first, ratios divided last."""

from collections.abc import Iterable, Mapping, Sequence

from salesdash.metrics.answers import Answers
from salesdash.metrics.arithmetic import Number, divide, finite
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.figures import Figure, Key, Members
from salesdash.metrics.own import Own
from salesdash.metrics.plans import Planned
from salesdash.metrics.slots import Slot


class Assembler:
    """Builds the figures of each place from its parts.

    `answers`: by metric, those of its dataset and date role. `planned`: figures of planned ones.
    `blank`: metrics that have no figure anywhere in this question, with the reason.
    """

    def __init__(
        self,
        bound: Bound,
        answers: Mapping[str, Answers],
        planned: Mapping[str, Planned],
        blank: Mapping[str, Figure],
    ) -> None:
        self._bound = bound
        self._sources = tuple({id(each): each for each in answers.values()}.values())
        self._planned = planned
        self._blank = blank
        self._own = {
            name: Own(bound.metrics[name], each, bound.aggregates.get(name), bound.months(name))
            for name, each in answers.items()
        }

    def rows(
        self, ids: Sequence[str], order: Sequence[str], slots: Iterable[Slot], *, whole: bool
    ) -> dict[Key, Mapping[str, Figure]]:
        """Figures of `ids`; `order` has their parts before them. `whole`: no breakdown."""
        found: dict[Key, Mapping[str, Figure]] = {}
        for slot in slots:
            members = ((),) if whole else self._members(slot)
            for each in members:
                figures: dict[str, Figure] = {}
                for name in order:
                    figures[name] = self._figure(self._bound.metrics[name], slot, each, figures)
                found[Key(slot.window, slot.bucket, each)] = {name: figures[name] for name in ids}
        return found

    def blanks(self, order: Iterable[str]) -> dict[str, Figure]:
        """Metrics without a figure in this question: themselves, or one of their parts."""
        found = dict(self._blank)
        for name in order:
            missing = [found[part] for part in self._bound.parts(name) if part in found]
            if missing and name not in found:
                found[name] = missing[0]
        return found

    def _members(self, slot: Slot) -> tuple[Members, ...]:
        """Everybody that any rows have, each once."""
        known: tuple[Answers | Planned, ...] = (*self._sources, *self._planned.values())
        return tuple(dict.fromkeys(m for each in known for m in each.members(slot)))

    def _figure(
        self, metric: Metric, slot: Slot, members: Members, parts: Mapping[str, Figure]
    ) -> Figure:
        if metric.id in self._blank:
            return self._blank[metric.id]
        match metric.kind:
            case Kind.RATIO:
                top, bottom = parts[str(metric.numerator)], parts[str(metric.denominator)]
                return _combined(divide(top.value, bottom.value), (top, bottom))
            case Kind.DERIVED:
                formula = self._bound.formulas[metric.id]
                used = {name: parts[name].value for name in formula.names}
                return _combined(formula.value(used), [parts[name] for name in formula.names])
            case Kind.PLANNED:
                return self._planned[metric.id].figure(slot, members)
            case _:
                return self._own[metric.id].figure(slot, members)


def _combined(value: Number | None, parts: Sequence[Figure]) -> Figure:
    """The figure with the notes of its parts; a divisor of 0 has no reason in them."""
    if value is None:
        blank = next((part for part in parts if part.value is None), None)
        return blank or Figure(None, "metrics.reason.divisor_zero")
    value = finite(value)
    if value is None:
        return Figure(None, "metrics.reason.not_finite")
    return Figure(value).noted(*(note for part in parts for note in part.notes))
