"""Small multiples as one picture: a panel a member, scales, words that fit a phone."""

from dataclasses import replace

import pytest

from salesdash import charts
from salesdash.analysis.answers import Change, Figure
from salesdash.analysis.multiples import Multiples
from salesdash.charts import Words
from salesdash.metrics import Unit
from tests.charts.samples import breakdown, line, money, months, trend

EN = Words("en", "USD", names=(("sales", "Sales"),))


def member(name, now, then, role="category"):
    other = role == "other"
    return (
        line(months(2026), money(now), member=name, role=role),
        line(months(2025), money(then), member=name, role="other" if other else "reference"),
    )


NORTH = member("North", [4, 2, 2], [1, 2, 3])
SOUTH = member("South", [1, 1, 1], [2, 2, 2])
OTHERS = member(None, [2, 2, 2], [2, 2, 2], role="other")


def many(*pairs, **more) -> Multiples:
    lines, before = zip(*pairs, strict=True)
    moved = Change(Figure(8_000_000), Figure(6_000_000), 2_000_000, 1 / 3, "good")
    return Multiples(trend(lines, before, dimension="region"), (moved,) * len(pairs), **more)


def rows(spec, name):
    return next(one for one in spec["layer"] if one["name"] == name)["data"]["values"]


def heights(spec, member):
    return [row["y"] for row in rows(spec, "lines") if row["path"] == f"line category m{member}"]


def test_panels_stand_in_rows_of_three_the_others_last():
    spec = charts.multiples(many(NORTH, SOUTH, NORTH, OTHERS), EN)
    names = [(row["text"], row["x"], int(row["y"])) for row in rows(spec, "names")]
    assert names == [("North", 0, 0), ("South", 1, 0), ("North", 2, 0), ("Other", 0, 1)]
    assert next(row["text"] for row in rows(spec, "figures")) == "$8.00M  +33.3%"
    assert next(row["text"] for row in rows(spec, "changes")) == "+33.3%"


def test_one_scale_for_all_or_each_its_own():
    """4 is the top of all: 1 lies a quarter up; on its own scale of 0 to 2 half."""
    low, high = 0.93, 0.33
    common = heights(charts.multiples(many(NORTH, SOUTH), EN), "South")
    free = heights(charts.multiples(many(NORTH, SOUTH, free=True), EN), "South")
    assert common == pytest.approx([low - (low - high) / 4] * 3)
    assert free == pytest.approx([low - (low - high) / 2] * 3)


def test_the_line_before_is_grey_and_the_whole_year_has_its_width():
    spec = charts.multiples(many(NORTH), EN)
    assert {row["role"] for row in rows(spec, "references")} == {"reference"}
    assert [row["x"] for row in rows(spec, "lines")] == pytest.approx(
        [0.93 * (n + 0.5) / 12 for n in range(3)]
    )
    assert [row["text"] for row in (*rows(spec, "starts"), *rows(spec, "ends"))] == ["Jan", "Dec"]


def test_a_panel_carries_its_member_for_a_click():
    spec = charts.multiples(many(NORTH, OTHERS), EN)
    assert {(row["dimension"], row["member"], row["part"]) for row in rows(spec, "bands")} == {
        ("region", "North", "member"), ("region", None, "other"),
    }  # fmt: skip


def test_without_changes_or_points_it_still_draws():
    bare = Multiples(replace(breakdown(), reference=()))
    spec = charts.multiples(bare, EN)
    assert rows(spec, "figures")[0]["text"] == ""
    assert len(rows(spec, "running")) == 7
    shares = Multiples(trend([line(months(2026), [], member="a", role="category")],
                             dimension="region", unit=Unit.SHARE))  # fmt: skip
    assert charts.multiples(shares, EN)["layer"]


def test_its_table_is_that_of_the_trend_and_its_words_tell_changes():
    found = many(NORTH, SOUTH)
    assert charts.table(found, EN) == charts.table(found.trend, EN)
    assert charts.alt(found, EN).endswith("North $8.00M  +33.3%, South $8.00M  +33.3%.")
    assert found.metric == "sales"
