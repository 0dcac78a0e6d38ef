"""``python -m bench.drivers [--companies N]``: what the driver search finds of what was planted.

Precision: of the slices it names, those that were planted; recall: of those planted, the ones it
names. A slice is right if it holds the same rows. A cause that moves its rows by less than five
standard errors of their noise cannot be told from chance among hundreds of slices; tables are
given for all causes and for those that can.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from bench.measure import table
from bench.planted import NOISES, Company, Plan, company
from salesdash.driving import Found, Leaves, coded, leaves, search, sums

PLANS = {
    "no cause": Plan(0, 1),
    "one member": Plan(1, 1),
    "one pair": Plan(1, 2),
    "two members": Plan(2, 1),
    "two pairs": Plan(2, 2),
}

VISIBLE = 5.0
"""Standard errors of noise from which on a cause can be told from chance."""


@dataclass(frozen=True)
class Outcome:
    """One company: what was planted, named, and right."""

    noise: str
    share: float
    signal: float
    planted: int
    named: int
    right: int
    seconds: float


def leaves_of(made: Company) -> Leaves:
    columns = [coded(name, members.tolist()) for name, members in made.dimensions.items()]
    return leaves(columns, sums(made.before, made.after))


def right(made: Company, found: Found) -> int:
    """How many planted causes are named, as the same rows."""
    named = []
    for each in found.slices:
        held = [made.dimensions[name] == member for name, member in each.conditions]
        named.append(np.logical_and.reduce(held))
    causes = [made.inside(cause) for cause in made.causes]
    return sum(any((rows == cause).all() for rows in named) for cause in causes)


def outcome(seed: int, plan: Plan) -> Outcome:
    made = company(seed, plan)
    begun = time.process_time()
    found = search(leaves_of(made))
    seconds = time.process_time() - begun
    planted = len(made.causes)
    counts = planted, len(found.slices), right(made, found)
    return Outcome(made.noise, made.share, made.signal, *counts, seconds)


def precision(outcomes: Iterable[Outcome]) -> float | None:
    many = list(outcomes)
    named = sum(each.named for each in many)
    return sum(each.right for each in many) / named if named else None


def recall(outcomes: Iterable[Outcome]) -> float | None:
    many = list(outcomes)
    planted = sum(each.planted for each in many)
    return sum(each.right for each in many) / planted if planted else None


def silent(outcomes: Iterable[Outcome]) -> float | None:
    many = list(outcomes)
    return sum(not each.named for each in many) / len(many) if many else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.drivers", description=__doc__)
    parser.add_argument("--companies", type=int, default=200, help="companies of each kind")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.companies)
    found = {name: [outcome(seed, plan) for seed in seeds] for name, plan in PLANS.items()}
    print(_whole(found))
    print(_by(found, "by noise", [(noise, _is_noise(noise)) for noise in NOISES]))
    print(_by(found, "by standard errors", [(name, _between(*ends)) for name, ends in SIGNALS]))
    print(_by(found, "by share of all that moved", [(n, _is_share(*e)) for n, e in SHARES]))
    return 0


SIGNALS = (
    ("to 3", (0.0, 3.0)),
    ("3 to 5", (3.0, 5.0)),
    ("5 to 8", (5.0, 8.0)),
    ("over 8", (8.0, np.inf)),
)
SHARES = (
    ("3 to 10 %", (0.0, 0.1)),
    ("10 to 30 %", (0.1, 0.3)),
    ("30 to 60 %", (0.3, 0.6)),
    ("over 60 %", (0.6, np.inf)),
)

Chosen = Callable[[Outcome], bool]


def _is_noise(noise: str) -> Chosen:
    return lambda each: each.noise == noise


def _between(low: float, high: float) -> Chosen:
    return lambda each: low <= each.signal < high


def _is_share(low: float, high: float) -> Chosen:
    return lambda each: each.signal >= VISIBLE and low <= each.share < high


def _whole(found: dict[str, list[Outcome]]) -> str:
    rows = []
    for name, outcomes in found.items():
        visible = [each for each in outcomes if each.signal >= VISIBLE]
        numbers = precision(visible), recall(visible), precision(outcomes), recall(outcomes)
        shown = ["" if name == "no cause" else _part(number) for number in numbers]
        quiet = _part(silent(outcomes)) if name == "no cause" else ""
        seconds = 1000 * sum(each.seconds for each in outcomes) / len(outcomes)
        rows.append([name, str(len(outcomes)), str(len(visible)), *shown, quiet, f"{seconds:.0f}"])
    head = ["planted", "companies", "visible", "precision", "recall", "of all", "recall of all"]
    return table("Planted causes", [*head, "silent", "ms"], rows, "")


def _by(found: dict[str, list[Outcome]], title: str, parts: list[tuple[str, Chosen]]) -> str:
    """Precision and recall of each plan, silence of companies without a cause."""
    rows = []
    for name, chosen in parts:
        row = [name]
        for plan, outcomes in found.items():
            some = [each for each in outcomes if chosen(each)]
            if plan == "no cause":
                row.append(_part(silent(some)) if title == "by noise" else "")
                continue
            row.append(f"{_part(precision(some))} {_part(recall(some))} ({len(some)})")
        rows.append(row)
    head = ["", "silent", *(f"{name}: precision recall" for name in PLANS if name != "no cause")]
    return table(f"Planted causes {title}", head, rows, "")


def _part(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}"


if __name__ == "__main__":
    sys.exit(main())
