"""The waterfall of pipeline movement: floating bars between two levels."""

from dataclasses import replace

import pytest

from salesdash.charts import Words, alt, table, waterfall, waterfall_start
from salesdash.charts.waterfall import deals_of, steps
from tests.analysis.movements import exports, moved
from tests.analysis.test_movement import FIRST, SECOND, at

WORDS = Words("en")


@pytest.fixture(scope="module")
def found():
    return moved(exports(FIRST, SECOND))


def test_steps_go_from_opening_to_closing(found):
    walked = steps(found, WORDS)
    assert [step.kind for step in walked] == [
        *("opening", "new", "reopened", "grown", "shrunk", "lost", "won", "closing"),
    ]
    ends = [(step.start, step.end) for step in walked[1:-1]]
    assert ends == [(490, 527), (527, 562), (562, 592), (592, 577), (577, 517), (517, 315)]
    assert (walked[0].amount, walked[-1].amount) == (490, 315)


def test_the_axis_says_where_it_starts(found):
    assert waterfall_start(found, WORDS) == "$304"  # 315 less a little air
    spec = waterfall(found, WORDS)
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert (round(low, 2), high) == (303.92, 592)
    small = moved(exports([at("A", "open", 10)], [at("A", "open", 30)]))
    assert waterfall_start(small, WORDS) is None


def test_bars_carry_their_part_and_say_it_in_words(found):
    layers = {layer["name"]: layer["data"]["values"] for layer in waterfall(found, WORDS)["layer"]}
    assert [row["kind"] for row in layers["levels"]] == ["opening", "closing"]
    won = layers["parts"][-1]
    assert (won["kind"], won["from"], won["to"], won["role"]) == ("won", 517, 315, "current")
    assert won["text"] == "−$202 · 2 deals"
    assert alt(found, WORDS).startswith("Pipeline movement. Opening (2 Nov) $490")


def test_table_and_deals(found):
    told = table(found, WORDS)
    assert told.shown[1] == ("New", "2", "$37.00", "not known to the exports at the beginning")
    assert told.rows[-1][:3] == ("Closing (9 Nov)", 5, 315)
    assert deals_of(found, "grown", WORDS).shown == (
        ("A", "Bo", "+$30.00", "1 Dec 2026", "15 Dec 2026", "Quoted → Agreed", "once",
         "deals_2026-11-09.csv"),
    )  # fmt: skip
    assert deals_of(found, "removed", WORDS).shown == ()


def test_without_amounts_deals_are_counted():
    """Two open, one lost: the bars are deals."""
    first = [at("A", "open", 0), at("B", "open", 0)]
    second = [first[0], at("B", "lost", 0, "2026-11-05")]
    found = moved(exports(first, second))
    assert not found.priced
    assert [(step.kind, step.amount) for step in steps(found, WORDS)] == [
        ("opening", 2),
        ("lost", -1),
        ("closing", 1),
    ]
    assert WORDS.tell(found.headline) == (
        "The pipeline shrank by 1 deal to 1 deal since 2 Nov 2026: lost deals took 1 deal."
    )
    assert waterfall(found, WORDS)["height"] > 0


def test_nothing_moved_draws_two_levels(found):
    still = replace(found, parts=(), closing=found.opening)
    assert len(steps(still, WORDS)) == 2
    assert waterfall(still, WORDS)["layer"]
