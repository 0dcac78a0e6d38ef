"""A chart as table, words and picture."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from salesdash import charts
from salesdash.charts import Words
from salesdash.charts.image import png
from salesdash.periods import Comparison
from tests.charts.samples import breakdown, line, margin, months, movers, trend, year_to_date

EN = Words("en", "USD", names=(("sales", "Sales"), ("gross_margin", "Gross margin")))
ZH = Words("zh", "CNY", names=(("sales", "销售额"),))


def test_a_trend_as_table():
    table = charts.table(year_to_date(), EN)
    assert [column.name for column in table.columns] == ["Period", "2026", "2025", "Change"]
    assert [column.figures for column in table.columns] == [False, True, True, True]
    assert table.shown[0] == ("Jan 2026", "$4,100,000.00", "$3,850,000.00", "+6.5%")
    assert table.rows[0] == ("2026-01-01", 4_100_000, 3_850_000, Decimal(250_000))
    assert table.shown[10] == ("1–17 Nov", "$2,910,000.00", "$3,250,000.00", "−10.5%")
    assert table.rows[11] == ("2026-12-01", None, 6_400_000, None)


def test_a_trend_without_comparison_has_one_figure_a_row():
    table = charts.table(trend([line(months(2026), [1, 2])]), EN)
    assert len(table.columns) == 2
    assert table.rows[1] == ("2026-02-01", 2)


def test_shares_differ_as_floats():
    row = charts.table(margin(), EN).rows[0]
    assert row[3] == pytest.approx(0.002)


def test_a_breakdown_has_a_column_a_member():
    table = charts.table(breakdown(), EN)
    assert [column.name for column in table.columns][1:3] == ["North", "South"]
    assert table.columns[-1].name == "Other"


def test_a_breakdown_beside_last_year():
    now = line(months(2026), [3, 4], member="North", role="category")
    then = line(months(2025), [1, 2], member="North", role="reference")
    table = charts.table(trend([now], [then], dimension="region"), EN)
    assert [column.name for column in table.columns] == [
        "Period",
        "North",
        "North · 2025",
        "Change",
    ]
    assert table.rows[1] == ("2026-02-01", 4, 2, 2)


def test_movers_as_table_add_up():
    table = charts.table(movers(), EN)
    assert table.shown[0][:4] == (
        "North · Key accounts", "$1,582,000.00", "$2,000,000.00", "−$418K",
    )  # fmt: skip
    assert sum(Decimal(str(row[3])) for row in table.rows) == Decimal(-650_000)
    assert table.rows[0][4] == pytest.approx(-0.209)


def test_unknown_answers_have_no_table_and_no_words():
    with pytest.raises(TypeError, match="int"):
        charts.table(1, EN)
    with pytest.raises(TypeError, match="int"):
        charts.alt(1, EN)


def test_a_trend_is_told():
    assert charts.alt(year_to_date(), EN) == (
        "Sales by month, Jan 2026 to Oct 2026; lowest $3.40M (Feb 2026); "
        "highest $4.96M (Jun 2026); latest $4.70M (Oct 2026); so far $2.91M (1–17 Nov)."
    )
    assert "最高 ¥496万（2026年6月）" in charts.alt(year_to_date(), ZH)


def test_a_breakdown_no_data_and_movers_in_words():
    assert charts.alt(breakdown(("A", "B")), EN).endswith("by member: A, B, Other.")
    assert charts.alt(trend([line(months(2026), [])]), EN) == "Sales: no data in this period."
    said = charts.alt(movers(), ZH)
    assert said.startswith("销售额变化 −¥65.0万，其中：North · Key accounts −¥41.8万、")


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(("dark", "page"), [(False, (255, 255, 255)), (True, (18, 20, 24))])
def test_a_picture_has_ink_in_the_colours_of_its_mode(dark, page):
    image = picture(png(charts.trend(year_to_date(), ZH), dark=dark, title=("月度销售额", "2026")))
    colours = {colour for _, colour in image.getcolors(1 << 24) or ()}
    accent = (140, 159, 245) if dark else (61, 86, 197)
    assert image.getpixel((2, 2)) == page
    assert accent in colours
    assert image.width == 2 * 1040


def test_a_picture_of_bars_at_a_phones_width():
    image = picture(png(charts.movers(movers(), EN), width=330))
    assert image.width == 660
    assert (201, 72, 62) in {colour for _, colour in image.getcolors(1 << 24) or ()}


def test_compared_with_nothing_is_no_comparison():
    assert trend([line(months(2026), [1])]).comparison is Comparison.NONE
