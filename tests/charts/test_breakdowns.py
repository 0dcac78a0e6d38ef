"""A breakdown as steps, as bars, as a table."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash import charts
from salesdash.analysis import movers
from salesdash.analysis.answers import Change, Figure, Mover, Reason
from salesdash.analysis.breakdown import Breakdown, Line, Order
from salesdash.analysis.customers import Buyers
from salesdash.analysis.standing import Pareto
from salesdash.analysis.versus import Side, Versus
from salesdash.charts import Words
from salesdash.commands.tables import csv_text
from salesdash.metrics import Kind, Metric, Unit
from salesdash.metrics import Words as Texts
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, Window, compare, current

EN, ZH = Words("en", "USD", names=(("sales", "Sales"),)), Words("zh", "CNY")
FISCAL = FiscalCalendar()
WINDOW = current(Grain.QUARTER, date(2026, 11, 17), FISCAL)
TEXT = Texts("x", "x")
SALES = Metric("sales", Kind.SIMPLE, TEXT, TEXT, TEXT, Unit.MONEY)
PARTS = (("North", 2150, 2733), ("West", 1110, 1194), ("East", 2490, 2558), ("", 1870, 1785))


def line(member, now, then, **more) -> Line:
    gap = now - then
    change = Change(Figure(now), Figure(then), gap, gap / then, "good" if gap > 0 else "bad")
    return Line(member, None, change, part=gap, **more)


def breakdown(**more) -> Breakdown:
    """The picture of the design, in thousands: 7,620 after 8,270, −650."""
    lines = tuple(
        line(name, now, then, share=now / 7620, rank=n, rank_then=n)
        for n, (name, now, then) in enumerate(PARTS, 1)
    )
    parts = [Mover(name, None, now, then, now - then) for name, now, then in PARTS]
    facts = {
        "metric": "sales",
        "unit": Unit.MONEY,
        "better": "up",
        "dimension": "region",
        "window": WINDOW,
        "compared": compare(WINDOW, Comparison.LAST_YEAR, FISCAL),
        "comparison": Comparison.LAST_YEAR,
        "order": Order.CHANGE,
        "lines": lines,
        "total": line(None, 7620, 8270, share=1.0),
        "members": 4,
        "apart": None,
        "pareto": Pareto(3, 4),
        "movers": movers.of(SALES, "region", parts),
        "headline": Reason("x"),
    }
    return Breakdown(**{**facts, **more})


def layer(spec, name):
    return next(one for one in spec["layer"] if one["name"] == name)


def rows(spec, name):
    return layer(spec, name)["data"]["values"]


def test_the_steps_lead_from_then_to_now():
    spec = charts.bridge(breakdown(), EN)
    walk = [(row["name"], row["from"], row["to"], row["role"]) for row in rows(spec, "steps")]
    assert walk == [
        ("North", 8270, 7687, "bad"),
        ("(empty)", 7687, 7772, "good"),
        ("West", 7772, 7688, "bad"),
        ("East", 7688, 7620, "bad"),
    ]
    assert [(row["name"], row["end"], row["role"]) for row in rows(spec, "levels")] == [
        ("2025", 8270, "reference"), ("2026", 7620, "current"),
    ]  # fmt: skip
    assert [row["text"] for row in rows(spec, "figures")] == [
        "8,270", "−583", "+85.00", "−84.00", "−68.00", "7,620",
    ]  # fmt: skip


def test_each_step_is_linked_to_the_next_at_its_level():
    links = rows(charts.bridge(breakdown(), EN), "links")
    assert [(row["name"], row["next"], row["v"]) for row in links] == [
        ("2025", "North", 8270),
        ("North", "(empty)", 7687),
        ("(empty)", "West", 7772),
        ("West", "East", 7688),
        ("East", "2026", 7620),
    ]


def test_an_axis_that_does_not_start_at_zero_says_where_it_starts():
    assert charts.bridge_start(breakdown()) == 7600
    domain = layer(charts.bridge(breakdown(), EN), "steps")["encoding"]["y"]["scale"]["domain"]
    assert 7500 < domain[0] <= 7600
    low = breakdown(
        total=line(None, 30, 100),
        movers=movers.of(SALES, "region", [Mover("North", None, 30, 100, -70)]),
    )
    assert charts.bridge_start(low) == 0


def test_a_member_called_like_a_year_is_not_that_total():
    odd = breakdown(movers=movers.of(SALES, "region", [Mover("2025", None, 7620, 8270, -650)]))
    names = [row["name"] for row in rows(charts.bridge(odd, EN), "figures")]
    assert len(set(names)) == 3


def test_figures_at_one_height_are_set_apart():
    """Tops 8,270 8,270 7,772 7,772 7,688 7,620: each second of a pair of neighbours is raised."""
    figures = rows(charts.bridge(breakdown(), EN), "figures")
    assert [row["top"] for row in figures] == [8270, 8270, 7772, 7772, 7688, 7620]
    assert [row["dy"] for row in figures] == [-9, -24, -9, -24, -9, -9]


def test_nothing_moved_has_no_steps():
    assert charts.bridge(breakdown(movers=None), EN)["layer"] == []


def test_bars_stand_before_what_was_then():
    spec = charts.ranking(breakdown(), EN)
    assert [(row["name"], row["v"], row["at"]) for row in rows(spec, "bars")] == [
        ("North", 2150, 2733), ("West", 1110, 1194), ("East", 2490, 2558), ("(empty)", 1870, 1870),
    ]  # fmt: skip
    assert [row["v"] for row in rows(spec, "marks")] == [2733, 1194, 2558, 1785]
    assert spec["layer"][0]["name"] == "marks"  # below the bars


def test_a_blank_figure_has_no_bar():
    blank = Line("West", None, Change(Figure(None), Figure(5), None, None, None))
    shown = breakdown(lines=(blank, *breakdown().lines[:1]), apart=Reason("x"), movers=None)
    assert [row["name"] for row in rows(charts.ranking(shown, EN), "bars")] == ["North"]


def test_the_table_has_what_the_screen_shows_and_the_exact_figures():
    found = charts.table(breakdown(), EN)
    assert [column.name for column in found.columns] == [
        "Region", "2026", "2025", "Change", "Contribution", "Change %", "Share", "Rank",
        "Rank before",
    ]  # fmt: skip
    assert found.shown[0] == (
        "North", "$2,150", "$2,733", "−$583", "−7.0 pp", "−21.3%", "28.2%", "1", "1",
    )  # fmt: skip
    assert found.shown[-1][0] == "Total"
    assert found.rows[-1][1:4] == (7620, 8270, -650)
    assert sum(row[4] for row in found.rows[:-1]) == pytest.approx(-650 / 8270)


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"apart": Reason("x"), "movers": None}, {"Contribution", "Share", "Cumulative"}),
        ({"compared": None}, {"2025", "Change", "Contribution", "Change %", "Rank before"}),
        ({"unit": Unit.SHARE}, {"Change %"}),
    ],
)
def test_a_table_leaves_out_what_has_no_meaning(more, missing):
    names = {column.name for column in charts.table(breakdown(**more), EN).columns}
    assert not names & missing


def test_cumulative_shares_belong_to_the_order_of_values():
    names = [c.name for c in charts.table(breakdown(order=Order.VALUE), ZH).columns]
    assert "累计占比" in names


def test_names_like_formulas_are_text_in_a_csv():
    evil = breakdown(lines=(line("=1+1", 1, 2),))
    table = charts.table(evil, EN)
    text = csv_text([c.name for c in table.columns], table.rows)
    assert list(csv.reader(io.StringIO(text)))[1][0] == "'=1+1"


@pytest.mark.parametrize(
    ("window", "comparison", "names"),
    [
        (WINDOW, Comparison.LAST_YEAR, ("2026", "2025")),
        (WINDOW, Comparison.PREVIOUS, ("Q4 2026", "Q3 2026")),
        (
            Window(Period(date(2026, 10, 1), date(2026, 10, 11))),
            Comparison.PREVIOUS,
            ("1–10 Oct 2026", "21–30 Sep 2026"),
        ),
        (
            Window(Period(date(2025, 12, 1), date(2026, 2, 1))),
            Comparison.LAST_YEAR,
            ("1 Dec 2025 – 31 Jan 2026", "1 Dec 2024 – 31 Jan 2025"),
        ),
    ],
)
def test_what_the_two_times_are_called(window, comparison, names):
    answer = breakdown(
        window=window, comparison=comparison, compared=compare(window, comparison, FISCAL)
    )
    assert charts.span_names(answer, EN) == names


def test_without_a_window_now_is_this_period():
    answer = breakdown(window=None, compared=None)
    assert charts.span_names(answer, EN)[0] == "this period"


def test_in_words_for_those_who_cannot_see_it():
    told = charts.alt(breakdown(), EN)
    assert told.startswith("Change of Sales by Region: −$650. Parts: North −$583,")
    plain = charts.alt(replace(breakdown(), movers=None), EN)
    assert plain.startswith("Sales by Region: $7,620. Members: North $2,150,")


def test_growth_needs_a_positive_start():
    zero = replace(breakdown(), total=line(None, Decimal(5), Decimal(-5)))
    assert charts.growth(zero, zero.lines[0]) is None


def test_the_table_of_the_largest_customers_tells_orders_and_last_purchase():
    two = breakdown(lines=breakdown().lines[:2], compared=None)
    words = Words("en", "USD", names=(("sales", "Sales"), ("orders", "Orders")))
    found = charts.table(Buyers(two, (12_000, None), (date(2026, 11, 3), None)), words)
    assert [column.name for column in found.columns][-2:] == ["Orders", "Last purchase"]
    assert [row[0] for row in found.shown] == ["North", "West", "Total"]
    assert [row[-2:] for row in found.shown] == [("12,000", "2026-11-03"), ("", ""), ("", "")]
    assert [row[-2:] for row in found.rows] == [(12_000, "2026-11-03"), *[(None, None)] * 2]


def test_the_table_of_two_members_tells_how_far_they_are_apart():
    def apart(now, then, ratio):
        return Change(Figure(now), Figure(then), now - then, ratio, None)

    sides = tuple(
        Side(metric, unit, gap, gap, gap)
        for metric, unit, gap in (
            ("sales", Unit.MONEY, apart(2150, 1110, 1040 / 1110)),
            ("win_rate", Unit.SHARE, apart(0.5, 0.25, None)),
        )
    )
    two = Versus(
        "sales", Unit.MONEY, "region", ("north", "west"), ("North", "West"),
        WINDOW, None, Comparison.NONE, sides, Reason("x"),
    )  # fmt: skip
    found = charts.table(two, EN)
    assert [column.name for column in found.columns][1:3] == ["North", "West"]
    assert found.shown[0] == ("Sales", "$2,150", "$1,110", "+$1,040", "+93.7%")
    assert found.shown[1][1:] == ("50.0%", "25.0%", "+25.0 pp", "—")
    assert found.rows[1][1:] == (0.5, 0.25, 0.25, None)
