"""Contrasts and their placebos, by rows one can work out by eye."""

import math
from dataclasses import replace

import numpy as np
import pytest

from salesdash.analysis.placebo import YEAR, Place, Row, contrast


def row(*values: float) -> Row:
    return Row(np.asarray(values, dtype=float))


def swinging(weeks: int = 21) -> list[float]:
    """Up and down by a tenth, so that from week to week it always moves as far."""
    return [100.0 * math.exp(0.1 * (week % 2)) for week in range(weeks)]


PLACE = Place(weeks=2, lag=2, now=20, begun=20)
NEXT = replace(PLACE, lag=1)


def test_a_size_is_compared_by_its_ratio_with_the_rest():
    own, rest = [100.0] * 21, [50.0] * 21
    own[20], rest[20] = 130.0, 52.0
    found = contrast(row(*own), row(*rest), PLACE)
    # 130 / 100 over 52 / 50 is a quarter more; at the moments 2 to 18 nothing moved
    assert found.estimate == pytest.approx(math.log(1.30 / 1.04))
    assert (found.place.times, found.earlier, found.as_far, found.scale) == (1, 17, 0, 0)


def test_a_share_is_compared_by_points():
    own, rest = [0.2] * 21, [0.5, 0.52, 0.48] * 7
    own[20] = 0.3
    found = contrast(row(*own), row(*rest), replace(PLACE, logarithmic=False))
    assert found.estimate == pytest.approx(0.3 - 0.2 - (0.48 - 0.5))


def test_the_scale_is_what_earlier_moments_moved_by():
    found = contrast(row(*swinging()), None, NEXT)
    assert found.scale == pytest.approx(0.1)
    assert (found.earlier, found.freedom) == (18, 18 / 2)  # moments 1 to 18, two weeks each
    assert found.as_far == 9  # the last one is a fall, and so is every other one


def test_without_placebos_nothing_is_said():
    place = Place(weeks=4, lag=4, now=12, begun=12)
    assert contrast(row(*swinging(13)), None, place) is None  # 5 moments, 1.25 alone
    unknown = [*swinging(20), math.nan]
    assert contrast(row(*unknown), None, PLACE) is None


def test_what_is_zero_has_no_ratio_and_is_left_out():
    own = swinging()
    own[5] = 0.0
    found = contrast(row(*own), None, PLACE)
    assert found.earlier == 17 - 2  # as the later and as the earlier of two windows


def test_others_that_moved_more_than_usual_widen_the_scale_and_calm_ones_do_not():
    own, rest = row(*swinging()), row(*[100.0] * 21)
    alone = contrast(own, rest, NEXT)
    assert contrast(own, rest, NEXT, [own]).scale == pytest.approx(alone.scale)
    wild = swinging()
    wild[20] = 200.0
    strayed = contrast(own, rest, NEXT, [row(*wild)])
    # 18 moments are 9 that don't overlap; one member adds 4 at most
    assert strayed.scale / alone.scale == pytest.approx(math.sqrt((9 + 4) / 10))
    assert (strayed.members, strayed.freedom) == (1, 10)


def test_several_windows_before_are_averaged_and_ratios_summed_apart():
    values = row(*range(1, 9))
    assert values.mean(2, 3)[3:].tolist() == [2.5, 3.5, 4.5, 5.5, 6.5]  # (1 + 4) / 2 ...
    assert np.isnan(values.mean(2, 3)[:3]).all()
    over, under = np.asarray([1.0, 1, 9]), np.asarray([10.0, 10, 10])
    ratio = Row(over / under, (over, under))
    assert ratio.mean(2, 1)[1:].tolist() == [2 / 20, 10 / 20]


def test_a_longer_time_before_is_taken_where_it_calms():
    dice = np.random.default_rng(1)
    noise = row(*np.exp(dice.normal(0, 0.1, 90)))  # each week by itself: the mean of many is calmer
    found = contrast(noise, None, Place(weeks=1, lag=1, now=89, begun=89))
    assert found.place.times == 4
    walk = row(*np.exp(np.cumsum(dice.normal(0, 0.1, 90))))  # each week from the one before
    assert contrast(walk, None, Place(weeks=1, lag=1, now=89, begun=89)).place.times == 1


def test_last_year_is_taken_off_where_the_season_comes_back():
    dice = np.random.default_rng(2)
    weeks = np.arange(3 * YEAR)
    season = 0.5 * np.cos(2 * np.pi * weeks / YEAR) + dice.normal(0, 0.01, len(weeks))
    place = Place(weeks=4, lag=4, now=3 * YEAR - 1, begun=3 * YEAR - 1)
    found = contrast(row(*np.exp(season)), None, place)
    assert found.place.yearly
    assert abs(found.estimate) < 0.05
    assert found.last_year == pytest.approx(season[-1 - YEAR] - season[-5 - YEAR], abs=0.05)


def test_what_came_after_has_no_say_in_how_it_is_looked_at():
    dice = np.random.default_rng(3)
    values = np.exp(dice.normal(0, 0.1, 100))
    place = Place(weeks=4, lag=6, now=99, begun=97)
    before = contrast(row(*values), None, place)
    values[94:] *= 3  # windows that reach into the week it began, and later ones
    after = contrast(row(*values), None, place)
    assert after.place == before.place
    assert after.scale == before.scale
    assert after.estimate != before.estimate
