"""Quality through app.py in both languages: what there is to see, and where it leads."""

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.imports import repair
from salesdash.ingest import rejects_csv
from salesdash.ui import context
from tests.browser.homes import own_copy
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

ORDERS = """Order No,Order Date,Customer,Salesperson,Amount
A-1,2026-08-05,Bergmann,Li,100.00
A-2,2026-11-03,,Li,50.00
A-3,2026-11-04,Finch,Lee,5.00
A-4,2026-11-04,Finch,Li,five
"""
STAFF = "Salesperson,Team\nLi,North\n"
LATE = "Order No,Order Date,Customer,Salesperson,Amount\nA-1,2026-08-05,Bergmann,Li,80.00\n"


FILES = (
    ("orders.csv", ORDERS, "sales"),
    ("staff.csv", STAFF, "people"),
    ("late.csv", LATE, "sales"),
)


def filled(app: AppTest, place: Path, lang: str) -> AppTest:
    """Three imports: orders with faults, a list of people, a correction of August."""
    own_copy(place / "own", *FILES)
    app.query_params["lang"] = lang
    return own(app)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "1 person of facts is not in the list of people: Lee."),
        ("zh", "业务数据中有 1 个"),
    ],
)
def test_right_after_an_import_unknown_keys_are_told(fresh: AppTest, lang: str, said: str) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    for name, text in (("orders.csv", ORDERS), ("staff.csv", STAFF)):
        drop(fresh, name, text)
        if name == "orders.csv":
            fresh.text_input("who").set_value("Ana")
        fresh.button(key="commit").click().run()
        assert (said in html(fresh)) is (name == "staff.csv")
    fresh.run()
    assert said not in html(fresh)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "Order lines have no rows in 2 of 4 months, 1 salesperson is in no list",
                "Rows by month",
                "Sep 2026: 0",
                "Fields with gaps",
                "Lee",
                "Aug 2026",
                "$80.00",
                "3 · late.csv",
                "not a number",
            ),
        ),
        (
            "zh",
            (
                "订单明细 4 个月中有 2 个月没有数据",
                "各月行数",
                "2026年9月：0",
                "有空缺的字段",
                "有调整的月份",
            ),
        ),
    ],
)
def test_what_is_to_look_at(
    fresh: AppTest, tmp_path: Path, lang: str, said: tuple[str, ...]
) -> None:
    page(filled(fresh, tmp_path, lang), "quality")
    assert not fresh.exception
    assert not fresh.error
    assert [each for each in said if each not in html(fresh)] == []
    assert html(fresh).count('class="sd-hole"') == 2


def test_another_kind_of_data_is_one_click_away_and_in_the_address(
    fresh: AppTest, tmp_path: Path
) -> None:
    page(filled(fresh, tmp_path, "en"), "quality")
    fresh.query_params["data"] = "people"
    fresh.run()
    assert not fresh.error
    assert "These rows have no date." in html(fresh)
    assert "Nothing found among: fields with gaps" in html(fresh)
    fresh.query_params["data"] = "nonsense"
    fresh.run()
    assert "Rows by month" in html(fresh)


def test_rejected_rows_lead_to_where_they_are_mended(fresh: AppTest, tmp_path: Path) -> None:
    page(filled(fresh, tmp_path, "en"), "quality")
    keys = [str(each.proto.id) for each in fresh.get("download_button")]
    assert any("quality-rejects-1" in key for key in keys)
    assert 'href="quality?' in html(fresh)
    fresh.button(key="mend-1").click().run()
    assert not fresh.exception
    assert "keep the column salesdash_record" in html(fresh)


def test_after_a_part_was_mended_the_overview_tells_what_still_waits(
    fresh: AppTest, tmp_path: Path
) -> None:
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", ORDERS + "A-5,2026-11-04,Finch,Li,six\n")
    fresh.text_input("who").set_value("Ana")
    fresh.button(key="commit").click().run()
    home = context.open_home("own")
    (event,) = home.done()
    text = rejects_csv(home.imports / str(event.rejects_file), "en").replace("five", "5")
    (tmp_path / "mended.csv").write_text(text, encoding="utf-8")
    repair(home, 1, tmp_path / "mended.csv", "Ana", datetime(2026, 11, 23))
    page(fresh, "overview")
    told = [str(each.proto.label) for each in fresh.get("page_link")]
    assert any("1 rejected row " in each for each in told), told


def test_an_earlier_state_is_marked_and_left_by_a_button(fresh: AppTest, tmp_path: Path) -> None:
    page(filled(fresh, tmp_path, "en"), "quality")
    fresh.query_params["cut"] = "1"
    fresh.run()
    assert "As of import 1" in html(fresh)
    assert "late.csv" not in html(fresh)
    assert "Restated months" not in html(fresh)
    fresh.button(key="back-to-newest").click().run()
    assert "Restated months" in html(fresh)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Nothing to check yet"), ("zh", "还没有可检查的数据")]
)
def test_an_empty_home_says_what_to_do(fresh: AppTest, lang: str, said: str) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "quality")
    assert fresh.info[0].proto.title == said
    assert fresh.button(key="import-first").label in ("Import a file", "导入文件")
