"""Segments and acquisition as bars and tables."""

from datetime import date

from salesdash import charts
from salesdash.analysis.acquisition import CAC, CLV, COST, FIGURES, NEW, RATIO, Acquisition, Line
from salesdash.analysis.answers import Figure, Reason
from salesdash.analysis.rfm import Group, Move, Rfm, Scored, Segment
from salesdash.charts import Words
from salesdash.metrics import Unit

EN = Words("en", "USD", names=(("sales", "Sales"), (CAC, "Cost of one"), (CLV, "Worth")))
GROUPS = (
    Group(Segment.CHAMPIONS, 3, 600, 4.5, 7.0, 2),
    Group(Segment.LOST, 1, 200, 300.0, 1.0, 0),
    Group(Segment.NEW, 0, 0, None, None, 0),
)
FOUND = Rfm(
    "sales", Unit.MONEY, date(2026, 11, 17), date(2025, 11, 17), GROUPS,
    (Move(None, Segment.CHAMPIONS, 2, 350), Move(Segment.CHAMPIONS, Segment.LOST, 1, 200)),
)  # fmt: skip
ONE = Scored(
    "C1", Segment.LOST, Segment.CHAMPIONS, date(2026, 1, 5), 2, 200, (1, 2, 3)
)  # fmt: skip


def line(member, payback, **values) -> Line:
    return Line(member, {name: Figure(values.get(name)) for name in FIGURES}, payback)


NOT_YET = Figure(None, Reason("cohorts.acquisition.not_yet", (("months", 22),)))
WEB = line("Web", Figure(5), **{COST: 90, NEW: 3, CAC: 30, CLV: 120, RATIO: 4.0})
FAIR = line("Fair", NOT_YET, **{COST: 40})
TOTAL = line(None, Figure(None), **{COST: 130, NEW: 3, CAC: 43.3, CLV: 120, RATIO: 2.8})
WON = Acquisition("channel", (WEB, FAIR), TOTAL, None, (), Reason("analysis.when.all"))


def test_segments_have_shares_means_and_those_of_then():
    bars = charts.segment_bars(FOUND)
    table = charts.table(bars, EN)
    assert [column.name for column in table.columns][1:3] == ["Customers", "Share of customers"]
    assert table.rows[0] == ("Champions", 3, 0.75, 600, 0.75, 200.0, 4.5, 7.0, 2)
    assert table.rows[2][5] is None
    alone = Rfm("sales", Unit.MONEY, FOUND.day, None, GROUPS)
    assert len(charts.table(charts.segment_bars(alone), EN).columns) == 8
    spec = charts.tally(bars, EN)
    assert "3 · $600" in str(spec)


def test_moves_name_both_segments():
    table = charts.moves_table(FOUND, FOUND.moves, EN)
    assert table.shown[0] == ("No customer yet", "Champions", "2", "$350")
    assert table.rows[1] == ("Champions", "Lost", 1, 200)


def test_customers_have_their_scores_and_where_they_were():
    table = charts.scored_table(FOUND, [ONE], {"C1": "Ann"}, EN)
    assert table.rows == (("Ann", "2026-01-05", 2, 200, 1, 2, 3, "Champions"),)
    assert [column.name for column in table.columns][3:] == ["Sales", "R", "F", "M", "Before"]
    alone = Rfm("sales", Unit.MONEY, FOUND.day, None, GROUPS)
    assert charts.scored_table(alone, [ONE], {}, EN).rows[0][-1] == 3


def test_the_grid_is_told_whole():
    table = charts.grid_table(EN)
    assert len(table.shown) == 5
    assert table.shown[0] == ("R 5", "New", "Promising", "Promising", "Champions", "Champions")


def test_members_that_won_nobody_have_no_bar_and_months_say_what_is_not_yet():
    bars = charts.acquisition_bars(WON)
    assert [bar.figures for bar in bars.bars] == [(30, 4.0, 3)]
    assert bars.bars[0].filters == ("channel", "Web")
    table = charts.acquisition_table(WON, EN)
    assert [row[0] for row in table.rows] == ["Web", "Fair", "Total"]
    assert [row[-1] for row in table.shown] == ["5", "not by month 22", "—"]
    assert table.columns[4].name == "Worth"


def test_without_any_worth_revenue_stands_in():
    poor = Acquisition(None, (), line(None, Figure(None), **{COST: 5}), None, (), WON.when)
    table = charts.acquisition_table(poor, EN)
    assert [column.name for column in table.columns][4] == "lifetime_revenue"
    assert table.columns[0].name == ""
