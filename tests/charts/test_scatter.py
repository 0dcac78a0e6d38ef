"""Size and growth as a scatter, ranks as slopes: where marks stand, what they carry and say."""

from dataclasses import replace

import pytest

from salesdash import charts
from salesdash.analysis import growth, places
from salesdash.analysis.answers import Change, Figure
from salesdash.analysis.breakdown import Breakdown, Line
from salesdash.charts import Words
from salesdash.charts.plot import NARROW, WIDE, Plot
from salesdash.metrics import Unit
from tests.charts.test_breakdowns import breakdown, layer, rows

EN = Words("en", "USD", names=(("sales", "Sales"),))


def line(member, now, then, **more) -> Line:
    gap = now - then
    ratio = gap / then if then > 0 else None
    return Line(member, None, Change(Figure(now), Figure(then), gap, ratio, None), gap, **more)


def by(*lines: Line, **more) -> Breakdown:
    return breakdown(lines=lines, members=len(lines), **more)


def test_marks_stand_at_their_size_and_growth_with_a_role_and_a_member():
    answer = growth.of(by(line("North", 150, 100), line("South", 50, 100), line("New", 9, 0)))
    spec = charts.scatter(answer, EN)
    told = [(r["x"], r["y"], r["role"], r["member"]) for r in rows(spec, "points")]
    assert told == [(150, 0.5, "good", "North"), (50, -0.5, "bad", "South")]
    assert [r["y"] for r in rows(spec, "zero")] == [0]
    assert [r["y"] for r in rows(spec, "usual")] == [0.0]
    assert [r["x"] for r in rows(spec, "middle")] == [100]
    assert [r["text"] for r in rows(spec, "medians")] == ["median 0.0%", "median $100"]


def test_a_far_growth_stands_at_the_edge_and_its_name_says_how_far():
    lines = [line(f"M{n:02}", 100 + n, 100) for n in range(12)]
    answer = growth.of(by(*lines, line("Far", 9_000, 100)))
    spec = charts.scatter(answer, EN)
    far = rows(spec, "far")[0]
    top = layer(spec, "points")["encoding"]["y"]["scale"]["domain"][1]
    assert (far["y"], far["shape"], far["text"]) == (top, "triangle-up", "Far +8,900%")
    assert top < 1


def test_sizes_far_apart_stand_on_a_logarithmic_scale():
    lines = [line(f"M{n}", 10.0**n, 10.0**n) for n in range(5)]
    plot = Plot.of(growth.of(by(*lines)))
    assert plot.log
    assert plot.sizes == pytest.approx((1, 10, 100, 1_000, 10_000))
    assert plot.place(growth.of(by(*lines)).placed[2])[0] == pytest.approx(0.5)
    near = Plot.of(growth.of(by(*lines[:2])))
    assert (near.log, near.across[0]) == (False, 0)


def test_names_that_have_no_room_are_left_out():
    same = [line(f"A rather long name {n}", 100, 99) for n in range(4)]
    spec = charts.scatter(growth.of(by(*same)), EN)
    for field in ("wide", "brief"):
        assert sum(row[field] for row in rows(spec, "points")) <= 1
    assert WIDE > NARROW


def test_shares_grow_by_points():
    half = replace(line("North", 0.5, 0.25), part=None)
    answer = growth.of(by(half, unit=Unit.SHARE))
    assert rows(charts.scatter(answer, EN), "points")[0]["change"] == "+25.0 pp"
    assert "North 50.0% +25.0 pp" in charts.alt(answer, EN)


def test_nobody_is_an_empty_chart():
    answer = growth.of(by(line("New", 9, 0)))
    assert charts.scatter(answer, EN)["layer"] == []
    assert charts.alt(answer, EN).endswith("New: New. Gone: none.")


def ranked() -> places.Places:
    lines = (
        line("North", 5, 9, rank=2, rank_then=1),
        line("South", 9, 5, rank=1, rank_then=2),
        line("East", 4, 0, rank=3, rank_then=None),
        line("West", 0, 4, rank=None, rank_then=3),
        line("Far", 1, 3, rank=7, rank_then=3),
    )
    return places.of(by(*lines), 3)


def test_slopes_join_places_and_ends_say_who_came_and_went():
    spec = charts.places(ranked(), EN)
    joined = [(r["member"], r["x"], r["y"], r["role"]) for r in rows(spec, "lines")]
    assert joined == [
        ("North", 0, 0, "bad"), ("North", 1, 1, "bad"),
        ("South", 0, 1, "good"), ("South", 1, 0, "good"),
        ("Far", 0, 2, "bad"), ("Far", 1, 3.7, "bad"),
    ]  # fmt: skip
    ends = {(r["member"], r["x"]): (r["text"], r["rank"], r["role"]) for r in rows(spec, "ends")}
    assert ends["East", 1] == ("East · new", "3", "current")
    assert ends["West", 0] == ("West · gone", "3", "muted")
    assert ends["Far", 1] == ("Far", "7", "bad")
    assert [r["text"] for r in rows(spec, "heads")] == ["2025", "2026"]
    assert [r["text"] for r in rows(spec, "figures")][:2] == ["North  $9.00", "North  $5.00"]


def test_slopes_in_words_and_as_a_table():
    found = ranked()
    assert charts.alt(found, EN) == (
        "Ranks by Sales of Region, now: South 1 (before 2), North 2 (before 1), "
        "East 3 (before —), Far 7 (before 3). Without a rank now: West."
    )
    assert charts.table(found, EN) == charts.table(found.breakdown, EN)
    answer = growth.of(found.breakdown)
    assert charts.table(answer, EN) == charts.table(found.breakdown, EN)


def test_without_places_there_is_nothing_to_draw():
    assert charts.places(places.of(by(), 10), EN)["layer"] == []
