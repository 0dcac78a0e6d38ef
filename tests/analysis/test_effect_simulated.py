"""Actions without effect, and planted ones, in companies of many kinds: what the rule says of them.

The rates of this seed stand in docs/effects.md.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from salesdash.analysis import placebo
from salesdash.analysis.answers import Reason
from salesdash.analysis.placebo import Contrast, Row
from salesdash.analysis.ruling import Effect, Side, ruled
from salesdash.metrics import Unit
from salesdash.workspace import Verdict
from tests.analysis.companies import KINDS, Acted, acted

RUNS = 100
CALM = ("steady", "seasonal", "trending", "unequal", "lumpy")
DAY = date(2026, 11, 23)
EMPTY = Effect("orders", Unit.COUNT, "up", DAY, DAY, Verdict.UNCLEAR, Reason("effect.why.no_data"))


def judged(case: Acted) -> tuple[Verdict, Contrast | None]:
    """The rule on one action."""
    windows = case.windows()
    own, others = windows[case.own], np.delete(windows, case.own, axis=0)
    rest = others.sum(axis=0)
    found = placebo.contrast(Row(own), Row(rest), case.place, [Row(each) for each in others])
    if found is None:
        return Verdict.UNCLEAR, None
    now, then = case.place.now, case.place.now - case.place.lag
    one, other = (Side(each[then], each[now], each[now] / each[then] - 1) for each in (own, rest))
    effect = replace(EMPTY, own=one, rest=other)
    return ruled(effect, found)[0], found


@cache
def rates(effect: float) -> Mapping[str, Counter[Verdict]]:
    """Verdicts on actions with an effect, by the kind of company."""
    dice = np.random.default_rng(2026)
    return {
        kind: Counter(judged(acted(dice, kind, effect))[0] for _ in range(RUNS)) for kind in KINDS
    }


def share(verdict: Verdict, effect: float, *kinds: str) -> float:
    found = [rates(effect)[kind][verdict] for kind in kinds or KINDS]
    return sum(found) / (RUNS * len(found))


def test_actions_without_effect_are_said_to_have_worked_in_at_most_a_tenth_of_runs():
    assert len(KINDS) * RUNS >= 400
    assert share(Verdict.WORKED, 0.0) <= 0.10


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_company_is_much_worse(kind):
    assert share(Verdict.WORKED, 0.0, kind) <= 0.13  # a tenth, and the luck of a hundred runs


def test_planted_effects_are_found_in_most_runs_where_weeks_are_no_wilder_than_the_effect():
    assert share(Verdict.WORKED, 0.3, "steady") >= 0.8
    assert share(Verdict.WORKED, 0.3, *CALM) >= 0.55
    assert share(Verdict.WORKED, 0.3) > 4 * share(Verdict.WORKED, 0.0)


def test_an_effect_is_not_denied():
    assert share(Verdict.DID_NOT, 0.3) <= 0.10


def test_harm_is_never_called_help():
    assert share(Verdict.WORKED, -0.3) <= 0.01


def test_eighty_of_a_hundred_intervals_hold_the_truth():
    dice = np.random.default_rng(7)
    held = []
    for number in range(450):
        effect = (0.0, 0.1, 0.3)[number % 3]
        _, found = judged(acted(dice, KINDS[number % len(KINDS)], effect))
        if found is not None:
            low, high = found.distribution.interval(0.8)
            held.append(low <= np.log1p(effect) <= high)
    assert 0.74 <= np.mean(held) <= 0.86
