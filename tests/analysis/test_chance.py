"""The chance of a goal: calibrated over days with a known future, and plain on small cases."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from salesdash.analysis.candidates import Rows, levels, totals
from salesdash.analysis.chance import SURE, Aim, Prospect, ended, prospect
from salesdash.periods import FiscalCalendar, Period
from tests.analysis.simulated import goal_days
from tests.analysis.test_pace import past

FISCAL = FiscalCalendar()
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture(scope="module")
def judged():
    """(goal on a day, its prospect) of 3,000 days."""
    found = [(day, prospect(day.past, day.aim)) for day in goal_days(3000, seed=20261118)]
    return [(day, seen) for day, seen in found if seen is not None]


def test_of_the_goals_with_a_chance_of_so_many_per_cent_so_many_were_reached(judged):
    assert len(judged) >= 2_900
    chances = np.array([seen.chance for _, seen in judged])
    met = np.array([day.met for day, _ in judged])
    bins = np.minimum((chances * 10).astype(int), 9)
    told = np.array([chances[bins == n].mean() for n in range(10)])
    came = np.array([met[bins == n].mean() for n in range(10)])
    assert np.bincount(bins, minlength=10).min() >= 50
    assert np.abs(told - came).mean() <= 0.05


def test_half_of_the_goals_end_within_the_half_interval_and_four_of_five_within_the_wide(judged):
    half = np.mean([seen.half[0] <= day.final <= seen.half[1] for day, seen in judged])
    wide = np.mean([seen.wide[0] <= day.final <= seen.wide[1] for day, seen in judged])
    assert half == pytest.approx(0.5, abs=0.05)
    assert wide == pytest.approx(0.8, abs=0.05)


def test_what_is_certain_came_so(judged):
    certain = [(day, seen) for day, seen in judged if seen.certain]
    assert len(certain) > 50
    assert all(seen.chance == float(day.met) for day, seen in certain)
    assert all(SURE <= seen.chance <= 1 - SURE for _, seen in judged if not seen.certain)


def aim(made: float, target: float, **more) -> Aim:
    known = NOVEMBER.start.toordinal() + 15
    return replace(Aim(made, target, known, 0.5, 15, 30), **more)


def seen(rows, asked: Aim, **more) -> Prospect:
    found = prospect(past(rows, **more), asked)
    assert found is not None
    return found


STEADY = {place: (45 + place % 3 * 5, 100) for place in range(1, 11)}


def test_a_steady_company_ends_where_it_always_ends():
    found = seen(STEADY, aim(50, 100))
    assert found.mean == pytest.approx(100, abs=4)
    assert found.wide[0] < found.half[0] < found.mean < found.half[1] < found.wide[1]
    assert 0.3 < found.chance < 0.7
    assert found.tried is not None
    assert found.tried.periods == found.tried.inside == 6  # four are learned from before the first
    assert 0 <= found.tried.error < 0.1


def test_a_higher_target_has_a_lower_chance_and_less_is_better_turns_it_round():
    chances = [seen(STEADY, aim(50, target)).chance for target in (80, 95, 100, 105, 130)]
    assert chances == sorted(chances, reverse=True)
    below = seen(STEADY, aim(50, 105, down=True)).chance
    assert below == pytest.approx(1 - seen(STEADY, aim(50, 105)).chance)


def test_what_cannot_be_lost_again_is_certain_once_it_is_there():
    reached = seen(STEADY, aim(50, 50, grows=True))
    assert (reached.chance, reached.certain) == (1, True)
    broken = seen(STEADY, aim(50, 49, grows=True, down=True))
    assert (broken.chance, broken.certain) == (0, True)
    may_return = seen(STEADY, aim(50, 50))
    assert (may_return.chance, may_return.certain) == (1 - SURE, False)
    hopeless = seen(STEADY, aim(50, 10_000))
    assert (hopeless.chance, hopeless.certain) == (SURE, False)


def test_fewer_periods_make_it_wider():
    few = {place: STEADY[place] for place in (1, 2, 3)}
    narrow, wide = seen(STEADY, aim(50, 100)), seen(few, aim(50, 100))
    assert wide.wide[1] - wide.wide[0] > narrow.wide[1] - narrow.wide[0]


@pytest.mark.parametrize("rows", [{}, {1: (50, 100)}, {1: (50, 100), 2: (45, 100)}])
def test_too_few_periods_have_no_forecast(rows):
    assert prospect(past(rows), aim(50, 100)) is None


def test_nothing_at_all_has_no_forecast():
    assert prospect(past(dict.fromkeys(range(1, 9), (0, 0))), aim(0, 100)) is None


def test_before_anything_is_there_it_is_forecast_from_other_periods():
    rows = {place: (0, 100 + place % 2) for place in range(1, 11)}
    found = seen(rows, aim(0, 90, passed=0, left=30))
    assert found.mean == pytest.approx(100.5, abs=1)
    assert found.chance > 0.9


def test_a_level_is_forecast_too():
    rows = {place: (0.5, 0.6 + place % 2 / 100) for place in range(1, 13)}
    found = seen(rows, aim(0.5, 0.55), accumulates=False)
    assert found.mean == pytest.approx(0.605, abs=0.01)
    assert found.chance > 0.9
    assert not found.certain


def test_whole_things_need_no_half_of_one():
    rows = {place: (5 + place % 2, 10 + place % 3) for place in range(1, 13)}
    whole, any_number = (seen(rows, aim(5, 11, counts=c)).chance for c in (True, False))
    assert whole > any_number


def test_a_period_that_has_ended_is_as_it_is():
    assert ended(aim(100, 100)).chance == 1
    assert ended(aim(99, 100)).chance == 0
    assert ended(aim(99, 100, down=True)) == Prospect(99, (99, 99), (99, 99), 1.0, certain=True)


def test_a_row_is_answered_from_what_had_ended_by_its_own_moment():
    """Changing what came later changes no earlier answer, whatever the candidate."""
    rows = {place: (40.0 + place, 100.0 + 3 * place) for place in range(1, 25)}
    for answers in (totals, lambda found: levels(found, 0.5)):
        plain = answers(Rows.of(past(rows), 50, NOVEMBER.start.toordinal() + 15))
        later = {**rows, 1: (900.0, 990.0), 2: (7.0, 8.0)}
        moved = answers(Rows.of(past(later), 50, NOVEMBER.start.toordinal() + 15))
        for name in plain:
            np.testing.assert_allclose(plain[name][:-3], moved[name][:-3])


def test_last_year_and_its_growth_by_hand():
    # 10 % above the year before in each of the last twelve months: 121 a year ago become 133.1
    rows = dict.fromkeys(range(1, 12), (0.0, 110.0))
    rows |= dict.fromkeys(range(13, 24), (0.0, 100.0)) | {12: (0.0, 121.0), 24: (0.0, 110.0)}
    found = Rows.of(past(rows), 0, NOVEMBER.start.toordinal())
    assert found.season[-1] == pytest.approx(133.1)


def test_what_deals_let_expect_is_taken_where_it_was_right():
    """Ends that jump about, and deals that foretold each of them to within 1."""
    ends = {place: 60.0 + 37 * place % 50 for place in range(1, 19)}
    known = past({place: (10.0, end) for place, end in ends.items()})
    rests = [ends[place] - 10 + (-1) ** place for place in known.places]
    told = prospect(replace(known, rests=(*rests, 55.0)), aim(10, 60))
    assert told is not None
    assert told.tried is not None
    assert (told.tried.model, told.mean) == ("deals", 65)
    assert told.tried.error < 0.02
    assert told.chance > 0.6


def test_the_best_of_several_leans_on_the_errors_of_the_others():
    """Two rows that one candidate hit by chance do not make it sure."""
    rows = {place: (10.0 + place, 80.0 + 17 * place % 40) for place in range(1, 6)}
    found = seen(rows, aim(12, 100))
    assert found.tried is not None
    assert found.wide[1] - found.wide[0] > 4 * found.tried.error * found.mean
