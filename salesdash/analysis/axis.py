"""The time axis of a trend: its places, and the unit each is compared with."""

from dataclasses import dataclass

from salesdash.analysis import spans
from salesdash.analysis.asking import Question
from salesdash.analysis.spans import Slot
from salesdash.periods import Grain, Period, Window


@dataclass(frozen=True)
class Axis:
    """The window shown, the grain, a slot a unit, and (where compared) the earlier units."""

    window: Window
    grain: Grain
    slots: tuple[Slot, ...]
    earlier: tuple[Period, ...]

    @classmethod
    def of(cls, question: Question, grain: Grain | None) -> "Axis":
        """Whole units that touch the window, up to the data edge; a running unit to its end."""
        window = question.selection.window
        shown = window or Window(Period(question.first or question.today, question.end))
        grain = grain or spans.fitting(window)
        whole = shown.unit if shown.to_date and shown.unit else shown.period
        fiscal, comparison = question.settings.fiscal, question.selection.comparison
        slots = spans.slots(grain, whole, question.end, fiscal)
        units = tuple(slot.unit for slot in slots)
        earlier = spans.earlier_units(grain, units, window, comparison, fiscal) if window else ()
        return cls(shown, grain, slots, earlier)

    @property
    def same_days(self) -> Period | None:
        """So many days of the earlier unit as the running one has; None when nothing runs."""
        place = next((n for n, slot in enumerate(self.slots) if slot.running), None)
        if place is None or place >= len(self.earlier):
            return None
        return spans.cut_alike(self.earlier[place], self.slots[place]).asked
