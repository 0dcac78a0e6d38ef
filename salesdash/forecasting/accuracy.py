"""How wrong forecasts were: sMAPE and MASE."""

from dataclasses import dataclass

import numpy as np

from salesdash.forecasting.arrays import Floats


@dataclass(frozen=True)
class Accuracy:
    """Errors of forecasts whose outcome is known; `count` of them.

    `smape`: symmetric mean absolute percentage error, 0 to 200 (%), as in the M3 competition
    (Makridakis and Hibon 2000). `mase`: mean absolute error by that of the seasonal naive forecast
    one season ahead (Hyndman and Koehler 2006); None where that one is never wrong.
    """

    smape: float
    mase: float | None
    count: int


def accuracy(paths: Floats, actual: Floats, scale: float) -> Accuracy | None:
    """The accuracy of paths where both they and what happened are known; None: nowhere.

    `scale`: see `naive_error`, in the unit of the values.
    """
    tested = np.isfinite(paths) & np.isfinite(actual)
    count = int(tested.sum())
    if not count:
        return None
    made, came = paths[tested], actual[tested]
    wrong, size = np.abs(made - came), np.abs(made) + np.abs(came)
    relative = np.divide(wrong, size, out=np.zeros(count), where=size > 0)
    mase = float(wrong.mean() / scale) if scale > 0 else None
    return Accuracy(float(200 * relative.mean()), mase, count)


def naive_error(values: Floats, season: int) -> float:
    """The mean absolute difference of values a season apart; of neighbours in a shorter history."""
    lag = season if len(values) > season else 1
    return float(np.abs(values[lag:] - values[:-lag]).mean())
