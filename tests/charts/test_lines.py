"""The specification of a trend: what is drawn, joined, labelled and clicked."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from salesdash import charts
from salesdash.analysis.answers import Point, Series
from salesdash.charts import Words
from salesdash.charts.roles import ROLES
from salesdash.metrics import Unit
from salesdash.periods import Comparison, Grain, Period, Window
from tests.charts.samples import (
    FISCAL,
    breakdown,
    line,
    margin,
    money,
    months,
    trend,
    year_to_date,
)

EN, ZH = Words("en", "USD"), Words("zh", "CNY")


def rows(spec, name):
    return next((one["data"]["values"] for one in spec["layer"] if one["name"] == name), [])


def texts(spec):
    return [row["text"] for row in rows(spec, "labels")]


def axis(spec, channel):
    return spec["layer"][0]["encoding"][channel]["axis"]


def test_the_line_ends_with_the_last_complete_month_and_the_running_one_is_apart():
    spec = charts.trend(year_to_date(), EN)
    assert [row["i"] for row in rows(spec, "lines")] == list(range(10))
    assert len(rows(spec, "references")) == 12
    running = [(row["i"], row["v"], row["role"]) for row in rows(spec, "running")]
    assert running == [(10, 3_250_000, "reference"), (10, 2_910_000, "current")]


def test_labels_in_both_languages():
    assert texts(charts.trend(year_to_date(), EN)) == [
        "2025", "2026", "same days last year: $3.25M", "1–17 Nov: $2.91M",
    ]  # fmt: skip
    assert texts(charts.trend(year_to_date(10_000_000), ZH))[2:] == [
        "去年同期：¥3,250万", "11月1日–17日：¥2,910万",
    ]  # fmt: skip


def test_a_line_s_name_stands_behind_its_running_dot_and_never_under_its_words():
    found = {row["text"]: row for row in rows(charts.trend(year_to_date(), EN), "labels")}
    name, words = found["2026"], found["1–17 Nov: $2.91M"]
    assert (name["i"], name["align"]) == (10, "left")
    assert (words["i"], words["align"]) == (10, "right")
    assert found["2025"]["i"] == 11  # the line before goes on to December


def test_against_the_period_before():
    answer = replace(year_to_date(), comparison=Comparison.PREVIOUS)
    assert "same days before: $3.25M" in texts(charts.trend(answer, EN))


def test_axes_speak_the_language_of_the_app():
    spec = charts.trend(year_to_date(10_000_000), ZH)
    assert '"2,000万"' in axis(spec, "y")["labelExpr"]
    assert '"1月"' in axis(spec, "x")["labelExpr"]
    assert axis(spec, "y")["values"][0] == 0


def test_no_colour_stands_in_a_spec_only_roles():
    spec = charts.trend(year_to_date(), EN)
    text = json.dumps(spec)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", text)
    drawn = {
        row["role"] for layer in spec["layer"] for row in layer["data"]["values"] if "role" in row
    }
    assert drawn <= set(ROLES)


def test_a_spec_is_the_same_each_time_and_shares_nothing():
    one, two = charts.trend(year_to_date(), EN), charts.trend(year_to_date(), EN)
    assert one == two
    one["layer"].clear()
    assert two["layer"]


def test_money_starts_at_zero_a_flat_ratio_does_not():
    assert axis(charts.trend(year_to_date(), EN), "y")["values"][0] == 0
    assert axis(charts.trend(margin(), EN), "y")["values"][0] == pytest.approx(0.3)
    low = trend([line(months(2026), [0.1, 0.3])], unit=Unit.SHARE)
    assert axis(charts.trend(low, EN), "y")["values"][0] == 0


def test_words_of_a_running_ratio_keep_off_the_lines():
    found = rows(charts.trend(margin(), EN), "labels")
    running = [row["v"] for row in found if ":" in row["text"]]
    below = min(float(point.value or 0) for point in margin().series[0].points[4:10])
    assert max(running) < below


def test_words_move_above_where_below_is_no_room():
    days = Period(date(2026, 3, 1), date(2026, 3, 9))
    answer = trend([line(months(2026)[:3], [0, 100], running=(2, days, 50))])
    row = next(r for r in rows(charts.trend(answer, EN), "labels") if ":" in r["text"])
    assert row["v"] == 50  # neither below 0 nor above 100 is room: it stays, on its halo
    low = trend([line(months(2026)[:3], [0, 10], running=(2, days, 5)),
                 ], [line(months(2025)[:3], [1, 1, 100], role="reference")])  # fmt: skip
    row = next(r for r in rows(charts.trend(low, EN), "labels") if "Mar:" in r["text"])
    assert row["v"] > 10


def test_a_running_period_in_the_left_half_has_its_words_on_the_right():
    days = Period(date(2026, 1, 1), date(2026, 1, 9))
    answer = trend([line(months(2026), [], running=(0, days, 5))])
    assert [row["align"] for row in rows(charts.trend(answer, EN), "labels")] == ["left"]


def test_a_line_alone_shows_its_last_figure():
    assert texts(charts.trend(trend([line(months(2026), money([1, 2.5]))]), EN)) == ["$2.50M"]


def test_a_month_between_gaps_is_a_dot_and_gaps_break_the_line():
    spec = charts.trend(trend([line(months(2026), [5, None, 7, None, 8, 9])]), EN)
    assert [row["i"] for row in rows(spec, "alone")] == [0, 2]
    assert [row["v"] for row in rows(spec, "lines")] == [5, None, 7, None, 8, 9]


def test_no_data_at_all_still_is_a_chart():
    spec = charts.trend(trend([line(months(2026), [])]), EN)
    assert [layer["name"] for layer in spec["layer"]] == ["bands"]
    assert axis(spec, "y")["values"] == [0, 0.25, 0.5, 0.75, 1]


def test_a_breakdown_labels_each_member_beside_its_colour():
    spec = charts.trend(breakdown(), EN)
    found = rows(spec, "labels")
    assert [row["text"] for row in found] == [
        "North", "South", "East", "West", "Online", "Export", "Other",
    ]  # fmt: skip
    assert [row["role"] for row in rows(spec, "swatches")] == [*ROLES[:6], "reference"]
    heights = sorted(row["v"] for row in found)
    gap = 16 / 248 * (axis(spec, "y")["values"][-1])
    assert all(b - a > gap * 0.99 for a, b in pairwise(heights))
    assert rows(spec, "references") == []


def test_a_click_names_period_and_member():
    spec = charts.trend(breakdown(), EN)
    point = rows(spec, "points")[0]
    assert {name: point[name] for name in ("start", "end", "part", "member", "name")} == {
        "start": "2026-01-01", "end": "2026-02-01", "part": "member", "member": "North",
        "name": "North",
    }  # fmt: skip
    other = rows(spec, "points")[-1]
    assert (other["part"], other["member"]) == ("other", None)
    band = rows(charts.trend(year_to_date(), EN), "bands")[10]
    assert (band["part"], band["start"], band["end"]) == ("whole", "2026-11-01", "2026-11-18")
    picks = {param["name"]: param["select"]["fields"] for param in spec["params"]}
    assert picks["pick"] == ["start", "end", "part", "member"]


def test_the_pointer_finds_now_before_and_change():
    bands = rows(charts.trend(year_to_date(), EN), "bands")
    assert [bands[0][name] for name in ("when", "now", "then", "change")] == [
        "Jan 2026", "$4,100,000.00", "$3,850,000.00", "+6.5%",
    ]  # fmt: skip
    assert [bands[10][name] for name in ("when", "then", "change")] == [
        "1–17 Nov", "$3,250,000.00", "−10.5%",
    ]  # fmt: skip
    assert [bands[11][name] for name in ("now", "then", "change")] == ["—", "$6,400,000.00", "—"]


def test_changes_of_shares_are_points_and_of_nothing_none():
    bands = rows(charts.trend(margin(), EN), "bands")
    assert bands[0]["change"] == "+0.2 pp"
    answer = trend([line(months(2026), [5, 5])], [line(months(2025), [0, -5], role="reference")])
    assert [row["change"] for row in rows(charts.trend(answer, EN), "bands")[:2]] == ["—", "—"]


def test_names_from_files_are_data_never_expressions():
    evil = "](x) ' + datum.v + \" </b>"
    spec = charts.trend(breakdown((evil, "South")), EN)
    for layer in spec["layer"]:
        layer.pop("data")
    assert evil not in json.dumps(spec)
    assert "datum.v +" not in json.dumps(spec)


def test_a_member_is_called_by_its_label_and_nothing_by_a_word():
    periods = months(2026)
    answer = trend(
        [
            line(periods, [3], member="C-17", role="category", label="Bergmann"),
            line(periods, [2], member="", role="category"),
        ],
        dimension="customer",
    )
    assert texts(charts.trend(answer, EN)) == ["Bergmann", "(empty)"]


def test_an_average_is_drawn_in_ink_with_its_name():
    average = line(months(2026), money([4, 4, 4]))
    answer = replace(year_to_date(), average=average, average_periods=3)
    spec = charts.trend(answer, EN)
    assert {row["role"] for row in rows(spec, "averages")} == {"ink"}
    assert "3-month average" in texts(spec)


@pytest.mark.parametrize(
    ("comparison", "names"),
    [
        (Comparison.LAST_YEAR, ["last year", "this period"]),
        (Comparison.PREVIOUS, ["period before", "this period"]),
    ],
)
def test_lines_over_new_year_are_called_now_and_then(comparison, names):
    now = (*months(2025)[6:], *months(2026)[:6])
    then = (*months(2024)[6:], *months(2025)[:6])
    free = Window(Period(date(2025, 7, 1), date(2026, 7, 1)))
    answer = trend([line(now, [5] * 12)], [line(then, [4] * 12, role="reference")], window=free)
    assert texts(charts.trend(replace(answer, comparison=comparison), EN)) == names


def test_a_range_within_a_year_is_called_by_its_year():
    free = Window(Period(date(2026, 2, 1), date(2026, 7, 1)))
    now, then = months(2026)[1:6], months(2025)[1:6]
    answer = trend([line(now, [5] * 5)], [line(then, [4] * 5, role="reference")], window=free)
    assert texts(charts.trend(answer, EN)) == ["2025", "2026"]
    assert texts(charts.trend(year_to_date(), ZH))[:2] == ["2025", "2026"]


def test_an_average_beside_a_line_alone_needs_the_metrics_name():
    answer = trend(
        [line(months(2026), [5, 6, 7])], average=line(months(2026), [5, 5.5]), average_periods=2
    )
    assert texts(charts.trend(answer, Words(names=(("sales", "Sales"),)))) == [
        "Sales",
        "2-month average",
    ]


def test_days_of_one_month_against_the_month_before():
    days, before = (FISCAL.units(Grain.DAY, months(2026)[n]) for n in (2, 1))
    answer = trend(
        [line(days, [5] * 31)],
        [line(before, [4] * 28, role="reference")],
        grain=Grain.DAY,
        window=Window(months(2026)[2], Grain.MONTH, months(2026)[2]),
        comparison=Comparison.PREVIOUS,
    )
    assert texts(charts.trend(answer, EN)) == ["Feb 2026", "Mar 2026"]
    assert rows(charts.trend(answer, EN), "bands")[30]["then"] == "—"


def test_same_days_without_their_line_are_shown_alone():
    days = Period(date(2026, 11, 1), date(2026, 11, 18))
    same = Series(None, (Point(days, 3, running=True),), "reference")
    answer = trend([line(months(2026), [1] * 10, running=(10, days, 2))], [same])
    assert len(rows(charts.trend(answer, EN), "running")) == 2


def test_words_far_apart_are_moved_each_by_itself():
    """The line before passes through the words of its own dot, the other dot lies in the open."""
    days, before = Period(date(2026, 11, 1), date(2026, 11, 18)), months(2025)
    now = line(months(2026), [0.1] * 10, running=(10, days, 0.005))
    same = Series(None, (Point(before[10], 0.16, running=True),), "reference")
    answer = trend(
        [now], [line(before, [0.15 + 0.01 * (n % 2) for n in range(12)], role="reference"), same],
        unit=Unit.SHARE,
    )  # fmt: skip
    found = {row["text"]: row["v"] for row in rows(charts.trend(answer, EN), "labels")}
    assert found["1–17 Nov: 0.5%"] == 0.005
    assert found["same days last year: 16.0%"] == pytest.approx(0.14, abs=0.002)  # under the line


def test_names_of_quarters_that_end_a_day_apart_stand_above_each_other():
    now, then = (
        FISCAL.units(Grain.DAY, Period(date(2026, first, 1), date(2026, first + 3, 1)))
        for first in (7, 4)
    )
    assert (len(now), len(then)) == (92, 91)
    answer = trend(
        (line(now, [100] * 92),),
        (line(then, [100] * 91, role="reference"),),
        grain=Grain.DAY,
        comparison=Comparison.PREVIOUS,
    )
    ends = sorted(row["v"] for row in rows(charts.trend(answer, EN), "labels"))
    assert len(ends) == 2
    assert ends[1] - ends[0] > 5  # of a plot from 0 to about 100, 248 px high: a line of words
