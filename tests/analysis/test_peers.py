"""Trained people against peers: by hand, and how often chance is called help."""

import numpy as np
import pytest
from numpy.random import Generator

from salesdash.analysis import peers
from salesdash.analysis.peers import Roles, as_ratio, schooled, symmetric
from salesdash.analysis.training_effect import SURE

RUNS = 100
KINDS = ("steady", "few", "weakest", "weak")
"""Who is trained: anybody, anybody with few sales, the weakest of all, rather the weak."""


def test_a_symmetric_change_is_told_as_a_ratio():
    found = symmetric(np.asarray([80.0, 120.0, 0.0]), np.asarray([120.0, 80.0, 5.0]))
    assert found.tolist() == [0.4, -0.4, 2.0]
    assert (as_ratio(0.4), as_ratio(-0.4)) == (pytest.approx(0.5), pytest.approx(-1 / 3))


def test_the_surprise_is_what_peers_did_not_show():
    # three peers changed by 0.0, 0.1 and 0.2; three trained by 0.5, 0.6 and 0.7
    change = np.repeat(np.asarray([[0.5, 0.6, 0.7, 0.0, 0.1, 0.2]]).T, 3, axis=1)
    roles = Roles(np.arange(3), np.repeat([[False]] * 3 + [[True]] * 3, 3, axis=1))
    found = schooled(np.ones((6, 3)), change, roles)
    assert (found.count, found.middle) == (3, pytest.approx(0.6 - 0.1))
    # of the 20 ways to choose three of six none but this one is as high
    assert found.as_high == pytest.approx(1 / 20, abs=0.025)
    assert found.low < found.middle < found.high


def test_with_fewer_than_three_it_is_too_few_to_say():
    roles = Roles(np.arange(2), np.repeat([[False]] * 2 + [[True]] * 4, 2, axis=1))
    assert schooled(np.ones((6, 2)), np.random.default_rng(1).normal(size=(6, 2)), roles) is None
    roles = Roles(np.arange(4), np.repeat([[False]] * 4 + [[True]] * 2, 4, axis=1))
    assert schooled(np.ones((6, 4)), np.random.default_rng(1).normal(size=(6, 4)), roles) is None


def test_unknown_figures_are_left_out():
    dice = np.random.default_rng(1)
    change = np.repeat(dice.normal(size=(12, 1)), 4, axis=1)
    roles = Roles(np.arange(4), np.repeat([[False]] * 4 + [[True]] * 8, 4, axis=1))
    change[0] = np.nan  # one of the trained, and one peer
    change[11] = np.nan
    found = schooled(np.ones((12, 4)), change, roles)
    assert found.count == 3
    assert found.middle == pytest.approx(change[1:4, 0].mean() - change[4:11, 0].mean())


def helped(dice: Generator, kind: str, effect: float) -> bool:
    """A team of which some are trained, all in the same weeks; whether the rule says it helped."""
    people = int(dice.integers(10, 25))
    trained = int(dice.integers(3, people // 2))
    usual = np.exp(dice.normal(0, 0.4, people)) * (8 if kind == "few" else 40)
    before = dice.poisson(usual * np.exp(dice.normal(0, 0.15, people))).astype(float)
    order = dice.permutation(people)
    if kind in ("weakest", "weak"):
        doubt = 0.3 if kind == "weak" else 0.0
        order = np.argsort(before * np.exp(dice.normal(0, doubt, people)))
    chosen = order[:trained]
    lifted = np.ones(people)
    lifted[chosen] += effect
    after = dice.poisson(usual * 1.1 * lifted * np.exp(dice.normal(0, 0.15, people))).astype(float)
    free = np.ones((people, trained), dtype=np.bool_)
    free[chosen] = False
    level, change = (
        np.repeat(table[:, None], trained, axis=1)
        for table in (np.log1p(before), symmetric(before, after))
    )
    found = schooled(level, change, Roles(chosen, free))
    return found is not None and found.as_high <= SURE


def rate(kind: str, effect: float, monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(peers, "DRAWS", 200)
    dice = np.random.default_rng(11)
    return float(np.mean([helped(dice, kind, effect) for _ in range(RUNS)]))


def test_courses_without_effect_helped_in_at_most_a_tenth_of_runs(monkeypatch):
    rates = [rate(kind, 0.0, monkeypatch) for kind in KINDS]
    assert len(KINDS) * RUNS >= 400
    assert np.mean(rates) <= 0.10
    assert max(rates) <= 0.13  # a tenth, and the luck of a hundred runs


def test_a_course_that_lifts_a_half_is_found_in_most_runs(monkeypatch):
    assert rate("steady", 0.5, monkeypatch) >= 0.6
