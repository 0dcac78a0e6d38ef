"""How a file was read, seen and corrected on the Imports screen, through app.py."""

import io
import zipfile

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from streamlit.testing.v1 import AppTest

from salesdash.ui import context
from tests.browser import homes
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

LINES = "".join(f"A-{n},2026-01-0{n},Ann,1{n}.50\n" for n in range(1, 8))
ORDERS = "Order No,Order Date,Customer,Amount\n" + LINES
MENDED = ORDERS.replace("A-4,2026-01-04,Ann", "A-4,2026-01-04,Lee, Ann")


def option(app: AppTest, name: str):
    """The widget of an option."""
    widgets = (*app.selectbox, *app.number_input)
    return next(each for each in widgets if str(each.key).startswith(f"option-{name}"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("First rows as read", "1 line was mended", "was kept as text")),
        ("zh", ("读到的前几行", "已修正 1 行", "按文字保留")),
    ],
)
def test_first_rows_and_mended_lines_are_seen(
    fresh: AppTest, lang: str, said: tuple[str, ...]
) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", MENDED)
    assert not fresh.exception
    folds = [each.label for each in fresh.expander]
    assert said[0] in folds
    assert said[1] in folds
    assert said[2] in html(fresh)
    assert fresh.dataframe[0].value.iloc[3, 2] == "Lee, Ann"


def test_the_delimiter_and_the_header_line_can_be_said(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", ORDERS)
    assert "7 order lines" in html(fresh)
    option(fresh, "delimiter").set_value("tab").run()
    assert "tab" in html(fresh)
    assert "7 order lines" not in html(fresh)
    option(fresh, "delimiter").set_value("").run()
    assert "Ready to import: 7 order lines" in html(fresh)
    option(fresh, "header_line").set_value(2).run()
    assert list(fresh.dataframe[0].value.columns) == ["A-1", "2026-01-01", "Ann", "11.50"]


def test_a_hidden_sheet_is_offered_as_such(fresh: AppTest) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for number, name in enumerate(("Orders", "Old")):
            sheet = book.add_worksheet(name)
            for row, line in enumerate(ORDERS.splitlines()[: 8 - number]):
                sheet.write_row(row, 0, line.split(","))
        book.get_worksheet_by_name("Old").hide()
    page(own(fresh), "imports")
    fresh.file_uploader[0].upload("orders.xlsx", out.getvalue()).run()
    assert "not read: Old" in html(fresh)
    assert option(fresh, "sheet").options == ["decide by itself", "Orders", "Old (hidden)"]
    option(fresh, "sheet").set_value("Old").run()
    assert "6 order lines" in html(fresh)
    option(fresh, "sheet").set_value("").run()
    assert "7 order lines" in html(fresh)


def test_a_workbook_of_orders_and_deals_goes_in_and_out_as_one(fresh: AppTest) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, text in (("Orders", homes.ORDERS), ("Deals", homes.DEALS)):
            sheet = book.add_worksheet(name)
            for row, line in enumerate(text.splitlines()):
                sheet.write_row(row, 0, line.split(","))
    page(own(fresh), "imports")
    fresh.file_uploader[0].upload("both.xlsx", out.getvalue()).run()
    assert "3 order lines, 4 deals" in html(fresh)
    assert "Orders, Deals" in html(fresh)
    assert "$2,000" in html(fresh)
    fresh.text_input(key="who").input("Ana Ruiz")
    fresh.button(key="commit").click().run()
    fresh.run()
    assert "Order lines: 3 new" in html(fresh)
    assert "Deals: 4 new" in html(fresh)
    assert not [each for each in fresh.button if each.key == "undo-2"]  # both are one
    page(fresh, "pipeline")
    assert "is open in 2 deals" in html(fresh)
    page(fresh, "imports")
    fresh.button(key="undo-1").click().run()
    assert "taken back" in html(fresh)
    assert context.open_home("own").is_empty


def test_an_archive_brings_its_files_one_after_the_other(fresh: AppTest) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("one.csv", ORDERS)
        archive.writestr("two.csv", ORDERS.replace("A-", "B-").replace(",Ann", ";Ann"))
    page(own(fresh), "imports")
    fresh.file_uploader[0].upload("both.zip", out.getvalue()).run()
    assert "both.zip/one.csv" in html(fresh)
    assert "1 more file waits: both.zip/two.csv" in html(fresh)
    fresh.button(key="cancel-import").click().run()
    assert "both.zip/two.csv" in html(fresh)
    assert "more file" not in html(fresh)
