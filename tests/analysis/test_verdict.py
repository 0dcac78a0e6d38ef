"""The sentence over the goals, in both languages."""

from datetime import date

import pytest

from salesdash.analysis import verdict
from salesdash.analysis.progress import State
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.selection import Filter
from tests.analysis.test_goals import NEXT, NORTH, OCTOBER, goal, progress

EN = Words("en", "USD", names=(("sales", "Sales"), ("margin", "Margin")))
ZH = Words("zh", "CNY", names=(("sales", "销售额"),))
EAST = (Filter("region", ("East",)),)
YEAR = Period.through(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((), "No goals are set yet."),
        ((goal(5, period=NEXT),), "The one goal does not run today."),
        ((goal(5, period=NEXT), goal(5, period=OCTOBER)), "None of the 2 goals runs today."),
        ((goal(300),), "The running goal is on pace."),
        ((goal(300), goal(100, scope=NORTH)), "All 2 running goals are on pace."),
        (
            (goal(660, scope=NORTH), goal(300)),
            "1 of 2 running goals is off pace: Sales · North, $100 behind pace.",
        ),
        (
            (goal(660, scope=NORTH), goal(9999, period=YEAR)),
            "2 of 2 running goals are off pace, most of all Sales: $7,434 behind pace.",
        ),
        (
            (goal("0.39", "margin"),),
            "The one running goal is at risk: Margin, 3.7 pp below the target.",
        ),
        (
            (goal(5, scope=EAST), goal(300)),
            "1 of 2 running goals has no data: Sales · East, the data have no “East” (any more).",
        ),
    ],
)
def test_how_many_are_behind_and_which_most(asked, told):
    assert EN.tell(verdict.build(progress(*asked))[0]) == told


def test_what_the_worst_one_needs():
    lead = verdict.build(progress(goal(660, scope=NORTH)))[1]
    assert lead is not None
    assert EN.tell(lead) == (
        "To reach $660, Sales · North needs $13.12 on each of the 32 working days left; "
        "so far $7.06 a day."
    )
    assert ZH.tell(lead) == (
        "要达到 ¥660，销售额 · North在剩余 32 个工作日里每天需要 ¥13.12；目前每天 ¥7.06。"
    )
    assert verdict.build(progress(goal("0.39", "margin")))[1] is None


def test_the_running_goals_are_counted_by_state():
    """300 of 340 is reached; 660 in the North (240 of 340 expected) is off pace."""
    asked = (goal(300), goal(660, scope=NORTH), goal(5, period=NEXT), goal(5, period=OCTOBER))
    assert verdict.counts(progress(*asked)) == {
        State.OFF_PACE: 1,
        State.AT_RISK: 0,
        State.ON_PACE: 0,
        State.REACHED: 1,
    }
    assert verdict.counts(progress(goal(5, scope=EAST)))[State.NO_DATA] == 1
    assert verdict.counts(progress(goal(5, period=NEXT))) == {}
