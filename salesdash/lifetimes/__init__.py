"""Lifetimes: days and amounts of customers in; how often they will come and for how much, out.

Pure: no dates, no clock, no storage, no words; numpy, and scipy once something is fitted.
"""

from salesdash.lifetimes.frequency import FEWEST, Frequency
from salesdash.lifetimes.holdout import Holdout, holdout
from salesdash.lifetimes.ledger import Ledger
from salesdash.lifetimes.prospect import WEEK, Models, Prospect, fit, prospect
from salesdash.lifetimes.purchases import Purchases
from salesdash.lifetimes.spend import Spend

__all__ = [
    "FEWEST",
    "WEEK",
    "Frequency",
    "Holdout",
    "Ledger",
    "Models",
    "Prospect",
    "Purchases",
    "Spend",
    "fit",
    "holdout",
    "prospect",
]
