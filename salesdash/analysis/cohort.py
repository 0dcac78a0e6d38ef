"""A cohort and its cells, and the measures they are seen by."""

from dataclasses import dataclass
from enum import StrEnum

from salesdash.analysis.answers import Number
from salesdash.metrics import Unit
from salesdash.periods import Period
from salesdash.warehouse.cohorts import Member


class Measure(StrEnum):
    """What a cell shows: of all customers of its cohort, those who bought, and their sum."""

    CUSTOMERS = "customers"
    SHARE = "share"
    AMOUNT = "amount"
    PER_CUSTOMER = "per-customer"  # the sum over all customers of the cohort, who bought or not


@dataclass(frozen=True)
class Cell:
    """What customers did in one period: `size` of them there were, so many bought, their sum.

    An average is over `cohorts` of them. `running`: the period is not over.
    """

    size: int
    customers: int
    figure: Number
    running: bool = False
    cohorts: int = 1

    def value(self, measure: Measure) -> Number | None:
        """The cell as a measure; numbers and sums of an average are those of a mean cohort."""
        if measure is Measure.SHARE:
            return self.customers / self.size if self.size else None
        if measure is Measure.PER_CUSTOMER:
            return float(self.figure) / self.size if self.size else None
        found = self.customers if measure is Measure.CUSTOMERS else self.figure
        return found if self.cohorts == 1 else float(found) / self.cohorts


@dataclass(frozen=True)
class Cohort:
    """A row: the period in which its customers first bought, or the member of their first purchase.

    `cells` by periods since; None: yet to come. `known`: nobody can have bought before the data.
    `others`: so many members together.
    """

    unit: Period | None
    member: Member
    size: int
    cells: tuple[Cell | None, ...]
    known: bool = True
    others: int = 0


@dataclass(frozen=True)
class Rest:
    """Sums that are in no cell, one a period; with them, cells add up to all sales of customers.

    Of customers who began before the first cohort, and of returns before or without a purchase.
    """

    customers: int
    earlier: tuple[Number, ...]
    returns: tuple[Number, ...]


def unit_of(measure: Measure, unit: Unit) -> Unit:
    """The unit of a measure; `unit`: of what is added up."""
    if measure is Measure.SHARE:
        return Unit.SHARE
    return Unit.COUNT if measure is Measure.CUSTOMERS else unit
