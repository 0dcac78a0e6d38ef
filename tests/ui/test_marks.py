"""HTML pieces: escaped, and drawn right."""

from urllib.parse import unquote

from salesdash.ui import marks
from salesdash.ui.marks import Cell

NASTY = "<script>alert(1)</script>"


def test_every_piece_escapes_what_it_is_given() -> None:
    pieces = (
        marks.head(NASTY, NASTY),
        marks.headline(NASTY, NASTY),
        marks.chip("bad", NASTY),
        marks.facts([(NASTY, NASTY, NASTY)]),
        marks.figures([(NASTY, NASTY, True)]),
        marks.table([Cell(NASTY)], [[Cell(NASTY, note=NASTY, tone="warning")]]),
        marks.spark([1.0], [], running=False, alt=NASTY),
    )
    for piece in pieces:
        assert "<script" not in piece
        assert "&lt;script&gt;" in piece


def test_chinese_clauses_break_after_their_commas() -> None:
    assert marks.clauses("销售额同比下降 7.9%，华北占其中 90%。") == (
        "销售额同比下降 7.9%，",
        "华北占其中 90%。",
    )


def test_the_last_row_of_a_table_can_be_its_total() -> None:
    html = marks.table([Cell("a")], [[Cell("1")], [Cell("2")]], total=True)
    assert html.count("sd-total") == 1
    assert html.index("sd-total") > html.index("1</td>")


def test_a_sparkline_runs_from_low_to_high_and_stops_before_a_running_period() -> None:
    html = unquote(marks.spark([0.0, 10.0, 5.0], [], running=True, alt=""))
    assert "M0.0 28.0L60.0 2.0'" in html  # two points; the third is only a ring
    assert 'style="left:100%;top:50.0%"' in html
    whole = unquote(marks.spark([0.0, 10.0, 5.0], [], running=False, alt=""))
    assert "M0.0 28.0L60.0 2.0L120.0 15.0'" in whole


def test_a_gap_breaks_a_sparkline() -> None:
    html = unquote(marks.spark([0.0, None, 10.0, 10.0], [], running=False, alt=""))
    assert "M0.0 28.0M80.0 2.0L120.0 2.0'" in html


def test_a_sparkline_without_figures_is_empty() -> None:
    assert (
        marks.spark([None, None], [None], running=False, alt="x") == '<div class="sd-spark"></div>'
    )
