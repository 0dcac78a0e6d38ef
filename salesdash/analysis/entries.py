"""What was typed into the grid of targets means: edits, faults by cell, clashes with others."""

from dataclasses import dataclass, replace
from functools import cached_property

from salesdash.analysis.grid import Cell, Sheet
from salesdash.analysis.planning import check_sides
from salesdash.errors import UsageError
from salesdash.workspace import Edit, Goal, Terms
from salesdash.workspace.terms import Key


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be saved as it is, and why."""

    cell: Cell
    why: UsageError


@dataclass(frozen=True)
class Clash:
    """A cell in which somebody else's goal stands now; `theirs` None: it was taken back."""

    cell: Cell
    mine: str
    theirs: Goal | None


@dataclass(frozen=True)
class Entries:
    """The cells of a sheet that say something else than what stands there."""

    sheet: Sheet

    @cached_property
    def changed(self) -> tuple[Cell, ...]:
        """The cells whose text says something else than the goal that stands there."""
        return tuple(cell for cell in self.sheet.drafts if self._is_changed(cell))

    def _is_changed(self, cell: Cell) -> bool:
        try:
            return self.sheet.read(self.sheet.drafts[cell]) != self.sheet.figure(
                self.sheet.standing.get(cell)
            )
        except UsageError:
            return True

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The changed cells that cannot be saved, in the order of the grid."""
        found = []
        for cell in self.changed:
            try:
                self._terms(cell)
            except UsageError as error:
                found.append(Fault(cell, error))
        return tuple(sorted(found, key=lambda fault: self.sheet.place(fault.cell)))

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """The changed cells in which something else stands than their editor saw."""
        found = []
        for cell in self.changed:
            typed, now = self.sheet.drafts[cell], self.sheet.standing.get(cell)
            if _version(typed.read) != _version(now):
                found.append(Clash(cell, typed.text, now))
        return tuple(sorted(found, key=lambda clash: self.sheet.place(clash.cell)))

    @cached_property
    def gone(self) -> tuple[Cell, ...]:
        """The emptied cells: their goals would be taken back."""
        return tuple(
            cell
            for cell in self.changed
            if self.sheet.frame.bound == "target" and not self.sheet.drafts[cell].text.strip()
        )

    def edits(self) -> tuple[Edit, ...]:
        """What saving writes. Raises UsageError for a cell that cannot be saved."""
        found = []
        for cell in sorted(self.changed, key=self.sheet.place):
            read = self.sheet.drafts[cell].read
            hand = read if read is not None and read.number else None
            found.append(Edit(hand, self._terms(cell), self._under(cell)))
        return tuple(found)

    def _under(self, cell: Cell) -> Key | None:
        """The goal above a cell: the company's of the same unit, or that of the whole year."""
        member, unit = cell
        if not self.sheet.adds_up:
            return None
        if member is not None and self.sheet.value((None, unit)) is not None:
            return self.sheet.frame.metric, (), unit
        year = self.sheet.years.get(member)
        return year.terms.key if year is not None and year.number else None

    def _terms(self, cell: Cell) -> Terms | None:
        """The terms a changed cell means, None: its goal is taken back."""
        member, unit = cell
        typed = self.sheet.drafts[cell]
        value, old = self.sheet.read(typed), typed.read.terms if typed.read else None
        if self.sheet.frame.bound != "target":
            if old is None:
                raise UsageError("targets.no_target")
            is_floor = self.sheet.frame.bound == "floor"
            return self._sound(
                replace(old, floor=value) if is_floor else replace(old, stretch=value)
            )
        if value is None:
            if typed.read is not None and not typed.read.number:
                raise UsageError("targets.of_a_file")
            return None
        if value <= 0:
            raise UsageError("targets.not_positive", value=typed.text.strip())
        if typed.made is not None:
            return self._sound(typed.made.beside(old) if old is not None else typed.made)
        if old is not None:
            return self._sound(replace(old, target=value, basis=None))
        owner = member if self.sheet.frame.by == "person" and member else ""
        return Terms(
            self.sheet.frame.metric, unit, value, self.sheet.frame.scope(member), owner=owner
        )

    def _sound(self, terms: Terms) -> Terms:
        """The terms, once floor and stretch stand on the two sides of the target."""
        check_sides(terms, self.sheet.kind.better)
        return terms


def _version(goal: Goal | None) -> object:
    """What tells one revision from another; of a file's target its figure."""
    return None if goal is None else (goal.number, goal.version, goal.number or goal.terms.target)
