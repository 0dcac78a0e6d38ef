"""Effects asked of a real warehouse: small companies, and pandas as a second opinion."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy as np
import pandas as pd
import pytest

from salesdash.analysis import effect, frozen
from salesdash.analysis.asking import Question
from salesdash.analysis.trials import Trial
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.texts import LANGUAGES
from salesdash.workspace import Verdict
from tests.analysis.company import sale, settings, warehouse

FIRST = date(2025, 11, 3)  # a Monday
BEGUN, CHECK = date(2026, 9, 7), date(2026, 10, 4)  # a Monday, and a Sunday four weeks later
WEEKS = (CHECK - FIRST).days // 7 + 1
NORTH = (Filter("region", ("North",)),)
SIZES = {"North": 100.0, "South": 300.0, "East": 60.0, "West": 150.0}


def week(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def company(lift: float = 1.0, *, since: date = BEGUN, weeks: int = WEEKS) -> pd.DataFrame:
    """Five orders a region and week, of noisy amounts; from then on `lift` times in the North."""
    dice = np.random.default_rng(5)
    rows = []
    for number in range(weeks):
        season = 1 + 0.3 * np.sin(number / 8)
        for region, size in SIZES.items():
            for weekday in range(5):
                day = week(number) + timedelta(days=weekday)
                amount = size * season * dice.uniform(0.9, 1.1)
                amount *= lift if region == "North" and day >= since else 1
                rows.append(
                    (day, region, round(amount, 2), round(amount * dice.uniform(0.6, 0.8), 2))
                )
    return pd.DataFrame(rows, columns=["day", "region", "amount", "cost"])


def house(frame: pd.DataFrame):
    """The warehouse of these rows."""
    rows = []
    for row in frame.to_dict("records"):
        told = {str(name): str(value) for name, value in row.items()}
        rows.append(sale(told.pop("day"), told.pop("amount"), **told))
    return warehouse(rows)


@cache
def built(lift: float):
    """The warehouse of a company, once."""
    return house(company(lift))


def asked(rows: pd.DataFrame | float, trial: Trial, *others: Trial, today=date(2026, 10, 6)):
    """The effect in a company of these rows, or in one with this lift."""
    known = built(rows) if isinstance(rows, float) else house(rows)
    return effect.build(Question(known, settings(), Selection(None), today), trial, others)


def trial(metric: str = "sales", scope=NORTH, **more) -> Trial:
    return Trial(metric, more.pop("begun", BEGUN), more.pop("check", CHECK), scope, **more)


@pytest.fixture(scope="module")
def lifted():
    return asked(1.4, trial(done=BEGUN))


def summed(frame: pd.DataFrame, period: Period, column: str = "amount") -> float:
    inside = (frame.day >= period.start) & (frame.day < period.end)
    return float(frame[inside][column].sum())


def test_the_change_is_that_of_the_slice_by_that_of_the_rest(lifted):
    frame = company(1.4)
    north, rest = frame[frame.region == "North"], frame[frame.region != "North"]
    assert lifted.after == Period(BEGUN, date(2026, 10, 5))
    assert lifted.before.end == BEGUN
    times = lifted.before.days / lifted.after.days
    moved = [summed(f, lifted.after) * times / summed(f, lifted.before) for f in (north, rest)]
    assert lifted.own.change == pytest.approx(moved[0] - 1)
    assert lifted.rest.change == pytest.approx(moved[1] - 1)
    assert lifted.change.middle == pytest.approx(moved[0] / moved[1] - 1)
    hoped = summed(north, lifted.before) / times * moved[1]
    assert lifted.amount.middle == pytest.approx(summed(north, lifted.after) - hoped)
    assert lifted.counts == (20, 20)  # five orders in each of four weeks


def test_the_interval_is_learned_from_earlier_weeks(lifted):
    frame = company(1.4)
    frame["week"] = [(day - FIRST).days // 7 for day in frame.day]
    own = frame[frame.region == "North"].groupby("week").amount.sum().rolling(4).sum()
    rest = frame[frame.region != "North"].groupby("week").amount.sum().rolling(4).sum()
    times = round(lifted.before.days / 28)
    before = [sum(s.shift(4 * n) for n in range(1, times + 1)) / times for s in (own, rest)]
    moved = np.log(own / before[0]) - np.log(rest / before[1])
    start = (BEGUN - FIRST).days // 7
    earlier = moved[moved.index < start].dropna()
    assert lifted.earlier == len(earlier)
    assert lifted.as_far == int((earlier >= moved.iloc[-1]).sum()) == 0
    # 80 % of Student's t; what three other regions did at the same time may only widen it
    scale = np.sqrt((earlier**2).mean())
    width = np.log1p(lifted.change.high) - np.log1p(lifted.change.low)
    assert 2 * 1.28 * scale <= width <= 2 * 1.9 * scale


def test_a_planted_effect_worked_and_its_absence_did_not(lifted):
    assert (lifted.verdict, lifted.why.key) == (Verdict.WORKED, "effect.why.worked")
    assert lifted.change.low < 0.4 < lifted.change.high
    nothing = asked(1.0, trial(done=BEGUN))
    assert nothing.verdict is Verdict.DID_NOT
    assert asked(0.6, trial(done=BEGUN)).why.key == "effect.why.worse"


def test_what_was_expected_is_told_apart():
    frame = company(1.4)
    north = summed(frame[frame.region == "North"], Period(date(2026, 8, 10), BEGUN))
    part, whole = (trial(done=BEGUN, expected=Decimal(round(north * x))) for x in (0.8, 0.2))
    assert asked(1.4, part).why.key == "effect.why.worked_part"
    assert asked(1.4, whole).why.key == "effect.why.worked_whole"
    less = trial(done=BEGUN, expected=Decimal(-200))
    assert asked(1.4, less).why.key == "effect.why.worse"  # it was to fall, and rose


def test_cost_is_better_when_it_falls():
    fallen = asked(0.6, trial("cost", done=BEGUN))
    assert (fallen.better, fallen.verdict) == ("down", Verdict.WORKED)


def test_a_ratio_has_numerator_and_denominator_summed_apart():
    frame = company()
    frame.loc[(frame.region == "North") & (frame.day >= BEGUN), "cost"] *= 0.5
    found = asked(frame, trial("margin", done=BEGUN))
    north = frame[frame.region == "North"]
    share = [
        1 - summed(north, days, "cost") / summed(north, days)
        for days in (found.before, found.after)
    ]
    assert (found.own.before, found.own.after) == pytest.approx(share)
    assert found.own.change == pytest.approx(share[1] - share[0])  # points
    assert found.change.middle == pytest.approx(found.own.change - found.rest.change)
    assert found.verdict is Verdict.WORKED


def test_the_weeks_it_was_worked_at_belong_to_neither_side():
    found = asked(1.4, trial(begun=date(2026, 8, 19), done=date(2026, 9, 2)))
    assert found.before.end == date(2026, 8, 17)  # the Monday of the week it began in
    assert found.after.start == date(2026, 9, 7)  # the first Monday after it was done


@pytest.mark.parametrize(
    ("more", "today", "key"),
    [
        ({"check": date(2026, 10, 8)}, date(2026, 10, 6), "early_check"),
        ({"check": date(2026, 11, 15)}, date(2026, 11, 16), "early_edge"),
        ({"done": date(2026, 9, 24)}, date(2026, 10, 6), "early_weeks"),
    ],
)
def test_too_early_is_said_with_its_reason(more, today, key):
    found = asked(1.4, trial(**more), today=today)
    assert (found.verdict, found.why.key) == (Verdict.TOO_EARLY, f"effect.why.{key}")


def test_before_the_check_day_there_is_a_figure_but_no_verdict():
    found = asked(1.4, trial(check=date(2026, 10, 11)), today=date(2026, 10, 6))
    assert (found.verdict, found.weeks) == (Verdict.TOO_EARLY, 4)
    assert found.change.middle > 0.3


def test_too_little_data_is_said_with_its_number():
    frame = company(1.4)
    few = frame[(frame.region != "North") | (frame.day.map(date.weekday) < 2)]
    found = asked(few, trial(done=BEGUN))
    assert (found.verdict, found.why.key) == (Verdict.UNCLEAR, "effect.why.few")
    assert dict(found.why.values)["count"] == 8  # two orders in each of four weeks
    lonely = frame[frame.region == "North"]
    assert asked(lonely, trial(done=BEGUN)).why.key == "effect.why.few_rest"


def test_a_short_past_is_said():
    frame = company(1.4)
    young = frame[frame.day >= date(2026, 7, 13)]
    found = asked(young, trial(done=BEGUN))
    assert (found.why.key, found.own.change > 0.3) == ("effect.why.history", True)
    younger = frame[frame.day >= date(2026, 8, 24)]
    assert asked(younger, trial(done=BEGUN)).own is None


def test_the_whole_company_has_no_rest_and_no_verdict_by_rule():
    frame = company()
    frame.loc[frame.day >= BEGUN, "amount"] *= 2
    found = asked(frame, trial(scope=(), done=BEGUN))
    assert (found.verdict, found.why.key) == (Verdict.UNCLEAR, "effect.why.alone")
    assert found.rest is None
    assert found.change.middle > 0.5


def test_other_actions_leave_the_rest_or_are_said_to_blend():
    frame = company(1.4)
    frame["channel"] = ["Web" if n % 2 else "Shop" for n in range(len(frame))]
    south = trial(scope=(Filter("region", ("South",)),))
    web = trial(scope=(Filter("channel", ("Web",)),))
    past = trial(
        scope=(Filter("region", ("East",)),), begun=date(2026, 2, 2), check=date(2026, 3, 1)
    )
    other = trial("cost", scope=(Filter("region", ("West",)),))
    found = asked(frame, trial(done=BEGUN), south, web, past, other)
    rest = frame[frame.region.isin(["East", "West"])]
    assert found.rest.after == pytest.approx(summed(rest, found.after))
    assert [note.key for note in found.notes] == ["effect.note.left_out", "effect.note.blended"]
    assert dict(found.notes[1].values) == {"count": 1}


def test_another_action_that_is_to_move_the_same_from_the_same_day_is_told():
    found = asked(1.4, trial(done=BEGUN), trial(done=BEGUN))
    assert [(note.key, dict(note.values)) for note in found.notes] == [
        ("effect.note.blended", {"count": 1})
    ]


def test_of_several_dimensions_one_is_turned_round():
    frame = company(1.4)
    frame["channel"] = ["Web" if n % 2 else "Shop" for n in range(len(frame))]
    begun = date(2026, 8, 17)
    found = asked(frame, trial(scope=(Filter("channel", ("Web",)), *NORTH), begun=begun))
    rest = frame[(frame.region != "North") & (frame.channel == "Web")]
    assert found.dimension == "region"
    assert found.rest.after == pytest.approx(summed(rest, found.after))


def test_what_cannot_be_asked_is_said():
    assert asked(1.0, trial("nothing")).why.key == "goals.reason.no_metric"
    assert asked(1.0, trial("extra")).verdict is Verdict.UNCLEAR
    unknown = trial(scope=(Filter("x_gone", ("A",)),))
    assert asked(1.0, unknown).why.key == "effect.why.no_scope"


def test_single_weeks_are_parts_of_their_mean_before(lifted):
    before = [each for each in lifted.series if lifted.before.contains(each.period.start)]
    assert np.mean([each.own for each in before]) == pytest.approx(1)
    assert np.mean([each.rest for each in before]) == pytest.approx(1)
    assert (before[-1].period.end, lifted.series[-1].period.end) == (BEGUN, date(2026, 10, 5))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_said(lang, lifted):
    words = Words(lang)
    alone = asked(1.0, trial(scope=(), done=None))
    share = asked(1.0, trial("margin"))
    for found in (lifted, alone, share):
        told = [words.tell(each) for each in (found.title, found.why, *found.told, *found.notes)]
        assert len(told) >= 5
        assert not any("{" in each for each in told)


def test_an_effect_is_kept_and_read_exactly(lifted):
    assert frozen.loads(frozen.dumps(lifted)) == lifted
