"""Minutes say how a meeting went: who was missing, times, what became of lines, ratings."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash import documents
from salesdash.analysis.minutes import Mark
from salesdash.analysis.origins import Carried
from salesdash.metrics import Words
from salesdash.workspace import Outcome, Rating, Run
from tests.analysis.company import sale
from tests.analysis.meeting import MONDAY, agenda, built
from tests.warehouse.build import build

BEFORE = Carried(
    1, 9, Words("Weekly", "周会"), date(2026, 11, 9), date(2026, 11, 15), "Berg waits", ""
)
TOPIC = 20
"""The line that somebody put on the agenda; the others are 11 to 15."""


def held(**more):
    """First line 10 minutes planned and 12 spent, done; the topic was carried over once."""
    lines = tuple(replace(each, minutes=10) if each.id == 11 else each for each in agenda())
    facts = {
        "absent": ("Cleo",),
        "ratings": (Rating(2, "Ana", 8, "short"), Rating(2, "Bo", 7, "")),
        "runs": {11: Run(11, Outcome.DONE, None, 720), TOPIC: Run(TOPIC, None, None, 20)},
        "carried": {TOPIC: (BEFORE,)},
    }
    return built(build((sale("2026-11-17", 100),)), lines=lines, **{**facts, **more})


def closed(**more):
    return replace(held(**more), closed=Mark("Ana", MONDAY))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "Absent: Cleo",
                "It took 12 min of 10 min planned",
                "took 12 min · Done",
                "took 1 min · Carry over · carried over 1 time",
                "**Weekly, 9–15 Nov 2026 · Notes**\n\nBerg waits",
                "Rated 7.5 of 10 by 2 people: Ana 8 (short), Bo 7",
            ),
        ),
        (
            "zh",
            (
                "缺席：Cleo",
                "会议用时 12 分钟，计划 10 分钟",
                "用时 12 分钟 · 已完成",
                "用时 1 分钟 · 顺延 · 顺延 1 次",
                "Berg waits",
                "2 人评分，平均 7.5 分（满分 10 分）：Ana 8（short）",
            ),
        ),
    ],
)
def test_closed_minutes_say_how_it_went(lang, told):
    said = documents.markdown(closed(), lang)
    for each in told:
        assert each in said
    page = documents.html(closed(), lang)
    assert "Berg waits" in page


def test_an_open_meeting_has_not_left_anything_yet():
    said = documents.markdown(held(), "en")
    assert "Carry over" not in said
    assert "took 12 min · Done" in said


def test_without_clock_ratings_and_invitations_nothing_is_said():
    said = documents.markdown(closed(absent=(), ratings=(), runs={}, carried={}), "en")
    for word in ("Absent", "took", "Rated", "carried"):
        assert word not in said
    assert "Carry over" in said  # the topic was not done
