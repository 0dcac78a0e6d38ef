"""Forecasts as a whole: what goes in, what is refused, what an interval may never be."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesdash.errors import DataRefused
from salesdash.forecasting import AVERAGE, MODELS, forecast
from salesdash.forecasting.history import LONGEST, history
from salesdash.texts import LANGUAGES, error

NAN = math.nan
SEASON = np.array([0.7, 0.8, 1.0, 1.1, 1.2, 1.3, 0.9, 0.8, 1.0, 1.1, 1.3, 0.8])


def months(count, noise=0.05, seed=1):
    rng = np.random.default_rng(seed)
    times = np.arange(count)
    return (200 + 2 * times) * SEASON[times % 12] * (1 + noise * rng.normal(size=count))


def ensure_sound(found, horizon):
    assert len(found.mean) == horizon
    for band in found.bands:
        for low, mean, high in zip(band.low, found.mean, band.high, strict=True):
            assert math.isfinite(low)
            assert math.isfinite(high)
            assert low <= mean <= high
    half, wide = found.bands
    assert (half.level, wide.level) == (0.5, 0.8)
    assert all(low <= inner for low, inner in zip(wide.low, half.low, strict=True))
    assert all(high >= inner for high, inner in zip(wide.high, half.high, strict=True))


def test_a_trend_with_a_season():
    found = forecast(months(72), 12, 12)
    times = np.arange(72, 84)
    assert np.array(found.mean) == pytest.approx((200 + 2 * times) * SEASON, rel=0.12)
    assert found.error.smape < 8
    assert found.error.mase < 1
    assert 0.6 <= found.coverage <= 1
    assert {each.model for each in found.tried} == {*MODELS, AVERAGE}
    assert sum(each.weight for each in found.tried if each.model != AVERAGE) == pytest.approx(1)
    ensure_sound(found, 12)


def test_a_forecast_that_was_never_wrong_needs_no_average():
    found = forecast(list(SEASON) * 5, 12, 12)
    assert found.model == "seasonal_naive"
    assert found.mean == pytest.approx(SEASON)
    assert (found.error.smape, found.error.mase) == (0, None)


@pytest.mark.parametrize("value", [0, 5, -3, 1e90, 1e-90])
def test_constants_stay(value):
    found = forecast([value] * 30, 12, 5)
    assert found.mean == pytest.approx([value] * 5)
    assert found.bands[1].low == pytest.approx([value] * 5)
    assert found.bands[1].high == pytest.approx([value] * 5)
    assert found.coverage == 1
    assert found.total(3).chance(3 * value) in (0, 1)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([], "too_short"),
        ([5], "too_short"),
        ([5, NAN, NAN, 6, 7], "too_short"),
        ([1, 2, 3, 4, NAN], "open_end"),
        ([1, 2, 3, math.inf], "too_large"),
        ([1, 2, 3, -1e200], "too_large"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_refused_is_said(values, key, lang):
    with pytest.raises(DataRefused) as caught:
        forecast(values, 12, 3)
    assert caught.value.key == f"forecasting.{key}"
    assert "{" not in error(caught.value, lang)
    assert "forecasting." not in error(caught.value, lang)


@pytest.mark.parametrize(("season", "horizon"), [(0, 3), (1000, 3), (12, 0), (12, 5000)])
def test_sizes_that_cannot_be(season, horizon):
    with pytest.raises(ValueError, match="out of range"):
        forecast([1, 2, 3, 4], season, horizon)


def test_gaps_are_filled_along_the_season():
    values = months(60, noise=0)
    holes = values.copy()
    holes[[0, 30, 31]] = NAN  # the first one is left out
    found = history(holes, 12)
    assert found.filled == (30, 31)
    assert len(found.values) == 59
    assert found.values[[29, 30]] * found.unit == pytest.approx(values[[30, 31]], rel=0.03)
    assert forecast(holes, 12, 6).mean == pytest.approx(forecast(values, 12, 6).mean, rel=0.05)


def test_what_filled_a_gap_is_no_outcome():
    values = months(40)
    holes = values.copy()
    holes[35] = NAN
    tested = forecast(values, 12, 3).error.count
    assert forecast(holes, 12, 3).error.count == tested - 3  # from three origins


def test_without_a_season_a_gap_is_filled_in_the_middle():
    assert history([1, 2, NAN, 4, 5], 1).values * 5 == pytest.approx([1, 2, 3, 4, 5])


def test_old_values_are_let_go():
    found = history([NAN, *range(1, LONGEST + 1), NAN, 7.0], 7)
    assert len(found.values) == LONGEST
    assert found.filled == (LONGEST + 1,)


def test_an_order_of_a_lifetime_does_not_carry_on():
    values = months(60)
    values[50] *= 20
    usual = forecast(months(60), 12, 6)
    assert max(forecast(values, 12, 6).mean) < 2.5 * max(usual.mean)


def test_a_fall_to_nothing_is_never_negative():
    found = forecast([100, 80, 60, 40, 20, 10, 5, 1], 1, 12)
    assert min(found.mean) >= 0
    assert min(found.bands[1].low) == 0
    assert found.total(12).quantile(0.01) >= 0


def test_losses_may_stay_losses():
    found = forecast([-5, -4, -6, -5, -4, -7, -5, -6], 1, 3)
    assert max(found.mean) < 0
    ensure_sound(found, 3)


def test_another_unit_is_the_same_forecast():
    values = months(60)
    one, thousand = forecast(values, 12, 6), forecast(values * 1000, 12, 6)
    assert thousand.mean == pytest.approx([1000 * each for each in one.mean])
    assert thousand.bands[1].low == pytest.approx([1000 * each for each in one.bands[1].low])
    assert (thousand.model, thousand.error.mase) == (one.model, pytest.approx(one.error.mase))
    assert thousand.total(6).scale == pytest.approx(1000 * one.total(6).scale)


def test_the_total_adds_up():
    found = forecast(months(60), 12, 6)
    assert found.total(6).mean == pytest.approx(sum(found.mean))
    assert found.total(1) == found.step(1)
    assert found.bands[1].high[4] == pytest.approx(found.step(5).interval(0.8)[1])
    steps = [found.step(number).scale for number in range(1, 7)]
    apart, together = math.sqrt(sum(each**2 for each in steps)), sum(steps)
    assert 0.8 * apart <= found.total(6).scale <= 1.3 * together
    assert found.total(6).chance(sum(found.mean)) == pytest.approx(0.5)


def test_noise_around_a_level_is_covered():
    """Known truth: 80 % bands of independent normal values hold 80 % of what comes, and sums do."""
    rng = np.random.default_rng(3)
    inside, sums, stated = [], [], []
    for _ in range(60):
        values = rng.normal(100, 10, 72)
        found = forecast(values[:60], 12, 12)
        band = found.bands[1]
        inside += [
            low <= value <= high
            for low, value, high in zip(band.low, values[60:], band.high, strict=True)
        ]
        low, high = found.total(12).interval(0.8)
        sums.append(low <= values[60:].sum() <= high)
        stated.append(found.coverage)
    assert np.mean(inside) == pytest.approx(0.8, abs=0.06)
    assert np.mean(sums) == pytest.approx(0.8, abs=0.13)
    assert np.mean(stated) == pytest.approx(0.8, abs=0.06)
    assert NormalDist(100, 10).stdev > 0


values = st.lists(
    st.one_of(
        st.just(NAN),
        st.just(0.0),
        st.floats(-1e6, 1e6),
        st.integers(0, 9).map(float),
        st.floats(1e-12, 1e12),
    ),
    min_size=0,
    max_size=45,
)


@settings(max_examples=60)
@example(values=[6e-307, NAN, NAN, NAN, 0.0, 0.0, 85.0], season=1, horizon=1)
@given(values=values, season=st.sampled_from([1, 4, 7, 12]), horizon=st.integers(1, 40))
def test_whatever_comes_is_forecast_or_refused(values, season, horizon):
    try:
        found = forecast(values, season, horizon)
    except DataRefused as refused:
        assert refused.key.startswith("forecasting.")  # noqa: PT017 - both ends are right
        return
    ensure_sound(found, horizon)
    known = [each for each in values if not math.isnan(each)]
    if min(known) >= 0:
        assert min(found.mean) >= 0
        assert min(found.bands[1].low) >= 0
    total = found.total(horizon)
    assert 0 <= total.chance(total.mean * 1.1 + 1) <= 1
    assert found.coverage is None or 0 <= found.coverage <= 1
