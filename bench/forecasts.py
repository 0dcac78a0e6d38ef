"""``python -m bench.forecasts [--series N]``: our forecasts of the M3 competition beside 24 others.

The series are read where they are (../shared/data/m3), never committed. Errors are those of the
competition: sMAPE in per cent; MASE by the seasonal naive error of the history.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from bench.measure import ROOT, table
from salesdash.forecasting import Forecast, forecast

FOLDER = ROOT.parent / "shared" / "data" / "m3"

FREQUENCIES = {"MONTHLY": (12, 18), "QUARTERLY": (4, 8), "YEARLY": (1, 6), "OTHER": (1, 8)}
"""Season and horizon of each part of the competition."""


@dataclass
class Score:
    """What came of the forecasts of many series; rows are series, columns steps."""

    smape: list[np.ndarray] = field(default_factory=list)
    mase: list[np.ndarray] = field(default_factory=list)
    inside: dict[float, list[np.ndarray]] = field(default_factory=lambda: {0.5: [], 0.8: []})
    sums: list[list[bool]] = field(default_factory=list)
    stated: list[float] = field(default_factory=list)
    chosen: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, found: Forecast, past: np.ndarray, came: np.ndarray, season: int) -> None:
        mean, lag = np.array(found.mean), season if len(past) > season else 1
        wrong = np.abs(mean - came)
        self.smape.append(200 * wrong / (np.abs(mean) + np.abs(came)))
        self.mase.append(wrong / np.abs(past[lag:] - past[:-lag]).mean())
        for band in found.bands:
            self.inside[band.level].append((band.low <= came) & (came <= band.high))
        totals = [found.total(steps).interval(0.8) for steps in range(1, len(came) + 1)]
        self.sums.append(
            [low <= total <= high for (low, high), total in zip(totals, came.cumsum(), strict=True)]
        )
        self.chosen[found.model] += 1
        if found.coverage is not None:
            self.stated.append(found.coverage)


def series(frequency: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(history, what came) of each series of a part."""
    found = pd.read_parquet(FOLDER / "m3.parquet")
    for _, each in found[found["period"] == frequency].sort_values("t").groupby("series"):
        values, tested = each["value"].to_numpy(), (each["part"] == "test").to_numpy()
        yield values[~tested], values[tested]


def score(frequency: str, every: int = 1) -> Score:
    """All series of a part, or each n-th, forecast and compared with what came."""
    season, horizon = FREQUENCIES[frequency]
    found = Score()
    for number, (past, came) in enumerate(series(frequency)):
        if number % every:
            continue
        begun = time.process_time()
        made = forecast(past.tolist(), season, horizon)
        found.seconds += time.process_time() - begun
        found.add(made, past, came, season)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.forecasts", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each n-th series")
    every = parser.parse_args().every
    if not FOLDER.is_dir():
        print(f"{FOLDER} is absent", file=sys.stderr)
        return 2
    scores = {frequency: score(frequency, every) for frequency in FREQUENCIES}
    print(_beside(scores))
    print(_intervals(scores))
    return 0


def _beside(scores: dict[str, Score]) -> str:
    """sMAPE and MASE in a table with the competition's methods, ours first, then by sMAPE."""
    others = pd.read_csv(FOLDER / "smape_mase_by_method.csv").sort_values("MONTHLY")
    own = ["salesdash"]
    for each in scores.values():
        own += [f"{np.mean(each.smape):.2f}", f"{np.mean(each.mase):.3f}"]
    rows = [own]
    for _, method in others.iterrows():
        rows.append([str(method["method"])])
        for frequency in scores:
            rows[-1] += [f"{method[frequency]:.2f}", f"{method[frequency + '_MASE']:.3f}"]
    head = ["method"]
    for frequency in scores:
        head += [f"{frequency.lower()} sMAPE", "MASE"]
    return table("Errors in the M3 competition", head, rows, "")


def _intervals(scores: dict[str, Score]) -> str:
    """How much the intervals cover, step by step, and what a forecast costs."""
    rows = []
    for frequency, each in scores.items():
        steps = np.mean(each.inside[0.8], axis=0)
        rows.append(
            [
                frequency.lower(),
                str(len(each.smape)),
                f"{np.mean(each.inside[0.8]):.1%}",
                f"{np.mean(each.inside[0.5]):.1%}",
                f"{np.mean(each.sums):.1%}",
                f"{np.mean(each.stated):.1%}",
                " ".join(f"{share:.0%}".rstrip("%") for share in steps),
                f"{1000 * each.seconds / len(each.smape):.1f}",
                ", ".join(f"{name} {count}" for name, count in each.chosen.most_common()),
            ]
        )
    head = ["part", "series", "80 %", "50 %", "sums 80 %", "as stated", "80 % by step", "ms"]
    return table("What the intervals cover", [*head, "chosen"], rows, "")


if __name__ == "__main__":
    sys.exit(main())
