"""Tables in a terminal."""

from salesdash.cli.grid import WIDEST_CELL, grid, width


def test_chinese_takes_two_columns_and_numbers_end_at_the_right():
    assert grid(["地区", "sales"], [["华东", "1.2M"], ["North", "80K"]], right=[False, True]).split(
        "\n"
    ) == [
        "地区   sales",
        "─────  ─────",
        "华东    1.2M",
        "North    80K",
    ]


def test_a_long_cell_is_cut_and_control_characters_cannot_move_the_cursor():
    cut = grid(["x"], [["销" * 40], ["a\x1b[2Jb\nc"]]).split("\n")
    assert width(cut[2]) == WIDEST_CELL - 1
    assert cut[2].endswith("…")
    assert cut[3] == "a [2Jb c"


def test_combining_marks_take_no_room():
    assert width("e\u0301") == 1
