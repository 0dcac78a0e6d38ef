"""Annotations on charts: rules, shades, words with room, table and alternative text."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from salesdash import charts
from salesdash.analysis.answers import Remark
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.selection import Filter
from tests.charts.samples import year_to_date

WORDS = Words("en", names=(("sales", "Sales"),))
AT = datetime(2026, 11, 1)


def remark(first, last=None, text="Price rise", members=()):
    start = date.fromisoformat(first)
    end = date.fromisoformat(last) if last else start
    scope = (Filter("region", members),) if members else ()
    return Remark(1, text, Period.through(start, end), scope, members, "Ana", AT)


def trend(remarks=()):
    return replace(year_to_date(), remarks=remarks)


def drawn(*remarks):
    spec = charts.trend(trend(remarks), WORDS)
    return {layer["name"]: layer["data"]["values"] for layer in spec["layer"]}


def test_a_day_is_a_rule_in_its_middle_and_days_are_a_shade():
    found = drawn(remark("2026-03-01"), remark("2026-06-01", "2026-06-30", "Fair"))
    assert [row["i"] for row in found["remark-rules"]] == [pytest.approx(1.5 + 0.5 / 31), 4.5]
    (shade,) = found["remark-shades"]
    assert (shade["from"], shade["to"]) == (4.5, 5.5)
    assert [row["text"] for row in found["remark-words"]] == ["Price rise", "Fair"]
    assert found["remark-words"][0]["told"] == "1 Mar 2026: Price rise"


def test_words_have_room_up_to_the_next_rule_and_late_ones_stand_left():
    first, second, last = drawn(
        remark("2026-02-01"), remark("2026-06-01", text="Fair"), remark("2026-12-01", text="End")
    )["remark-words"]
    assert first["room"] == pytest.approx(4 / 12, abs=0.01)
    assert (first["align"], last["align"]) == ("left", "right")
    assert second["room"] == last["room"]  # they share what lies between them


def test_words_without_room_are_left_out_but_not_their_rule():
    found = drawn(remark("2026-03-01"), remark("2026-03-08", text="Next week"))
    assert len(found["remark-rules"]) == 2
    assert [row["text"] for row in found["remark-words"]] == ["Next week"]


def test_the_lines_leave_room_at_the_top():
    def top(answer):
        spec = charts.trend(answer, WORDS)
        return spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1]

    assert top(trend(remarks=(remark("2026-03-01"),))) > top(trend())


def test_the_pointer_the_table_and_the_words_say_it():
    said = remark("2026-03-01", members=("North", ""))
    answer = trend(remarks=(said,))
    spec = charts.trend(answer, WORDS)
    bands = next(layer for layer in spec["layer"] if layer["name"] == "bands")["data"]["values"]
    assert bands[2]["when"] == "Mar 2026 · North, (empty): Price rise"
    assert bands[3]["when"] == "Apr 2026"
    table = charts.table(answer, WORDS)
    assert table.columns[-1].name == "Annotations"
    assert [row[-1] for row in table.rows[1:4]] == [None, "North, (empty): Price rise", None]
    assert "Annotations: 1 Mar 2026: North, (empty): Price rise." in charts.alt(answer, WORDS)
