"""Forecasting: evenly spaced values, a season and a horizon in, a frozen `Forecast` out.

Pure: no dates, no clock, no storage, no words; numpy and nothing else.
"""

from salesdash.forecasting.accuracy import Accuracy
from salesdash.forecasting.backtest import AVERAGE
from salesdash.forecasting.distribution import Distribution
from salesdash.forecasting.forecast import MOST_STEPS, Band, Forecast, Tried, forecast
from salesdash.forecasting.history import FEWEST, LONGEST
from salesdash.forecasting.models import MODELS
from salesdash.forecasting.spread import Spread

__all__ = [
    "AVERAGE",
    "FEWEST",
    "LONGEST",
    "MODELS",
    "MOST_STEPS",
    "Accuracy",
    "Band",
    "Distribution",
    "Forecast",
    "Spread",
    "Tried",
    "forecast",
]
