"""The specification, table and words of figures by something."""

from dataclasses import replace
from decimal import Decimal

from salesdash import charts
from salesdash.analysis.answers import Member, Name, Reason
from salesdash.analysis.bars import Bar, Bars, Column
from salesdash.charts import Words
from salesdash.metrics import Unit

EN, ZH = Words("en", "USD"), Words("zh", "CNY")

STAGES = Bars(
    metric="pipeline",
    heading=Name("dimension", "stage"),
    columns=(Column("amount", Unit.MONEY), Column("deals", Unit.COUNT), Column("age", Unit.DAYS)),
    bars=(
        Bar(Member("Quoted"), (Decimal("1240000.5"), 312, 40.25)),
        Bar(Member("Signed"), (None, 1, None), role="late"),
        Bar(Member("Lead"), (Decimal(3), 2, 1.0)),
    ),
    drawn=0,
    beside=(0, 1),
    shown=2,
    rest=Bar(Reason("charts.others", (("count", 1),)), (Decimal(3), 2, 1.0), role="faint"),
)


def rows(answer=STAGES, words=EN, layer="bars"):
    spec = charts.tally(answer, words)
    return next(one["data"]["values"] for one in spec["layer"] if one["name"] == layer)


def test_bars_in_order_with_what_they_count():
    assert [(row["name"], row["text"], row["role"], row["v"]) for row in rows()] == [
        ("Quoted", "$1.24M · 312 deals", "current", 1240000.5),
        ("Signed", "1 deal", "warn", 0.0),
        ("Other 1 member", "$3.00 · 2 deals", "reference", 3.0),
    ]
    assert rows(words=ZH)[0]["text"] == "¥124万 · 312 个"


def test_a_bar_that_is_a_count_does_not_say_what_it_counts():
    assert rows(replace(STAGES, drawn=1, beside=(1,)))[0]["text"] == "312"
    nothing = Bars("x", Reason("pipeline.days"), (Column("amount", Unit.MONEY),), (
        Bar(Member("a"), (None,)),
    ), 0, (0,))  # fmt: skip
    assert rows(nothing)[0]["text"] == "—"


def test_bars_start_at_zero_and_leave_room_for_their_words():
    spec = charts.tally(STAGES, EN)
    scale = spec["layer"][0]["encoding"]["x"]["scale"]
    assert (scale["nice"], scale["zero"]) == (False, True)
    room = len("$1.24M · 312 deals") * 7 + 14
    assert scale["range"] == [6, {"expr": f"max(width - {room}, 7)"}]


def test_a_level_is_a_line_across_all_bars():
    assert [row["v"] for row in rows(layer="zero")] == [0]
    assert [row["v"] for row in rows(replace(STAGES, level=0.5), layer="zero")] == [0, 0.5]


def test_a_click_tells_the_place_of_the_bar():
    assert [row["place"] for row in rows()] == [0, 1, 2]
    (pick,) = charts.tally(STAGES, EN)["params"]
    assert (pick["name"], pick["select"]["fields"]) == ("pick", ["place"])


def test_the_tooltip_has_every_figure():
    row = rows()[0]
    assert [row[f"c{n}"] for n in range(3)] == ["$1,240,000.50", "312", "40 days"]


def test_the_table_has_all_bars_and_exact_figures():
    found = charts.table(STAGES, EN)
    assert [column.name for column in found.columns] == [
        "Stage", "Amount", "Deals", "Days open (mean)",
    ]  # fmt: skip
    assert found.rows == (
        ("Quoted", Decimal("1240000.5"), 312, 40.25),
        ("Signed", None, 1, None),
        ("Lead", Decimal(3), 2, 1.0),
    )
    assert found.shown[1] == ("Signed", "—", "1", "—")


def test_the_chart_in_words():
    assert charts.alt(STAGES, EN) == (
        "Amount by Stage: Quoted $1.24M · 312 deals, Signed 1 deal, Other 1 member $3.00 · 2 deals."
    )
