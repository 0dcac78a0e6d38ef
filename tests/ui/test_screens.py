"""The screens through app.py, without a browser."""

from pathlib import Path
from typing import Any, NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import charts
from salesdash.ui import context, process
from salesdash.ui.shell import SCREENS
from tests.browser.homes import MORE, ORDERS, ROOT, UNCLEAR

pytestmark = pytest.mark.ui


def html(app: AppTest) -> str:
    """All HTML on the screen."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def page(app: AppTest, name: str) -> AppTest:
    """Go to a page, as by a link or from another one."""
    return app.switch_page(f"pages/{name}.py").run()


def own(app: AppTest) -> AppTest:
    """Look at one's own home, from the next run on."""
    app.query_params["home"] = "own"
    return app


def drop(app: AppTest, name: str, text: str) -> AppTest:
    """Drop a file on the imports page."""
    app.file_uploader[0].upload(name, text.encode()).run()
    return app


def test_the_first_screen_shows_the_demo_company(front: AppTest) -> None:
    front.run()
    assert not front.exception
    assert "This is a demo company" in html(front)
    assert html(front).count('class="sd-value"') == 8
    assert len(front.get("vega_lite_chart")) == 2
    assert "Sales are" in html(front)


def test_a_chinese_browser_gets_chinese(front: AppTest) -> None:
    front.context = {"locale": "zh-CN"}
    front.run()
    assert "销售额" in html(front)
    assert "这是演示公司" in html(front)


def test_every_screen_opens_in_both_languages(front: AppTest) -> None:
    front.run()
    for lang in ("en", "zh"):
        front.query_params["lang"] = lang
        for name in [screen.name for screen in (*SCREENS[1:], SCREENS[0])]:
            page(front, name)
            assert not front.exception
            assert not front.error


def test_filters_stay_across_pages(front: AppTest) -> None:
    front.query_params["where"] = ["region:Northeast"]
    front.query_params["period"] = "last-year"
    front.run()
    assert "Region: Northeast" in html(front)
    page(front, "trends")
    assert "Region: Northeast" in html(front)
    assert "1 Jan – 31 Dec 2025" in html(front)


def test_a_failing_card_leaves_its_neighbours_alone(
    front: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(charts, "movers", fail)
    front.run()
    assert len(front.error) == 1
    assert "The rest of the page is not affected" in front.error[0].value
    assert "ZeroDivision" not in front.error[0].value
    assert len(front.get("vega_lite_chart")) == 1
    assert html(front).count('class="sd-value"') == 8


def test_a_metric_that_does_not_add_up_has_no_running_total(front: AppTest) -> None:
    front.query_params["metric"] = "gross_margin"
    front.query_params["show"] = "sum"
    page(front, "trends")
    assert not front.error
    assert "sum" not in front.selectbox(key="w.display").options


def test_a_comparison_has_a_sentence_a_picture_and_a_table_that_adds_up(front: AppTest) -> None:
    front.query_params["by"] = "region"
    front.query_params["sort"] = "value"
    page(front, "comparison")
    assert not front.exception
    assert not front.error
    assert "Contributions add up exactly to" in html(front)
    assert "Cumulative" in html(front)
    assert len(front.get("vega_lite_chart")) == 1
    assert 'href="comparison?' in html(front)


def test_a_comparison_of_a_ratio_says_why_it_has_no_contributions(front: AppTest) -> None:
    front.query_params["metric"] = "gross_margin"
    page(front, "comparison")
    assert not front.error
    assert "Rows don&#x27;t add up" in html(front)
    assert "Contribution" not in html(front)


def test_many_members_are_a_grid(front: AppTest) -> None:
    front.query_params["by"] = "customer"
    front.query_params["top"] = "100"
    page(front, "comparison")
    assert not front.error
    assert len(front.dataframe) == 1
    assert len(front.dataframe[0].value) == 102  # a hundred, the others, the total


def test_two_members_are_compared_in_both_languages(front: AppTest) -> None:
    front.query_params["side"] = "members"
    front.query_params["by"] = "region"
    front.query_params["a"] = "Northeast"
    front.query_params["b"] = "Midwest"
    page(front, "comparison")
    assert not front.error
    assert "Northeast and Midwest side by side" in html(front)
    front.query_params["lang"] = "zh"
    front.run()
    assert not front.error
    assert "Northeast与Midwest" in html(front)


def test_nonsense_choices_of_a_comparison_fall_back(front: AppTest) -> None:
    for code in ("metric", "by", "side", "sort", "top", "a", "b"):
        front.query_params[code] = "nonsense"
    page(front, "comparison")
    assert not front.error
    assert "Contributions add up exactly to" in html(front)


def test_customers_have_tiles_a_course_and_the_largest(front: AppTest) -> None:
    page(front, "customers")
    assert not front.exception
    assert not front.error
    assert html(front).count('class="sd-value"') == 4
    assert len(front.get("vega_lite_chart")) == 2
    assert "Largest customers by sales" in html(front)
    assert "Last purchase" in html(front)


def test_the_window_of_customers_can_be_chosen(front: AppTest) -> None:
    front.query_params["window"] = "3"
    front.query_params["every"] = "quarter"
    page(front, "customers")
    assert not front.error
    assert "lost after 3 months" in html(front)


def test_data_without_customers_say_what_to_do(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", "Order No,Order Date,Region,Amount\nA-1,2026-10-05,North,10.50\n")
    fresh.text_input(key="who").input("Ana Ruiz")
    fresh.button(key="commit").click().run()
    fresh.run()
    page(fresh, "customers")
    assert not fresh.error
    assert "mapped to a customer" in fresh.info[0].value
    page(fresh, "comparison")
    assert not fresh.error
    assert "no column with two or more different names" in fresh.info[0].value


def test_an_empty_home_says_what_to_do_next(fresh: AppTest) -> None:
    own(fresh).run()
    assert "Import an export of your order lines" in fresh.info[0].value


def test_an_import_through_the_screen(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", ORDERS)
    assert "Ready to import: 3 order lines, 1 row needs a look." in html(fresh)
    assert "Books balance: 4 lines = 3 loaded + 1 rejected" in html(fresh)
    assert "not a number" in html(fresh)

    fresh.button(key="commit").click().run()  # nobody said who they are
    assert context.open_home("own").warehouse.version == 0
    fresh.text_input(key="who").input("Ana Ruiz")
    fresh.button(key="commit").click().run()
    fresh.run()
    event = context.open_home("own").done()[0]
    assert (event.who, event.file_name) == ("Ana Ruiz", "orders.csv")
    assert event.counts["loaded"] == 3

    fresh.button(key="undo-1").click().run()
    assert "taken back" in html(fresh)
    fresh.button(key="redo-1").click().run()
    assert [event.kind.value for event in context.open_home("own").done()] == [
        "import",
        "undo",
        "redo",
    ]


def test_a_half_written_config_leaves_the_last_good_one_in_use(
    fresh: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text((ROOT / "config.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("SALESDASH_CONFIG", str(config))
    process.forget()
    fresh.run()
    assert not fresh.warning
    config.write_text("company: [", "utf-8")
    fresh.query_params["lang"] = "zh"
    fresh.run()
    assert fresh.warning[0].proto.title.startswith("config.yaml 有问题")
    assert html(fresh).count('class="sd-value"') == 8


def test_what_came_from_a_file_stays_text(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    drop(fresh, "![x](http://example.invalid/p.png).csv", MORE)
    said = [str(element.proto) for kind in ("markdown", "alert") for element in fresh.get(kind)]
    assert not [text for text in said if "![x](" in text]


def test_answers_are_kept_when_something_else_is_said(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    drop(fresh, "unclear.csv", UNCLEAR)
    assert "One question" in html(fresh)
    assert fresh.button(key="commit").disabled
    radio = next(each for each in fresh.radio if str(each.key).startswith("question-dates"))
    radio.set_value("mdy").run()
    assert "Ready to import: 2 order lines" in html(fresh)
    assert not fresh.button(key="commit").disabled
    mode = next(each for each in fresh.selectbox if str(each.key).startswith("option-mode"))
    mode.set_value("append").run()
    assert "mode: append" in html(fresh)
    assert "2 Jan – 4 Mar 2026" in html(fresh)  # still month first


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "Adds up to $1,002.50 in the rows that count"), ("zh", "计入的行合计 $1,002.50")],
)
def test_the_amount_is_chosen_by_what_the_columns_add_up_to(
    fresh: AppTest, lang: str, said: str
) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    drop(
        fresh,
        "two.csv",
        "Order ID,Order Date,Sales,Revenue\n1,2026-01-05,1000.5,9\n2,2026-01-06,2,1",
    )
    radio = next(each for each in fresh.radio if str(each.key).startswith("question-amount"))
    assert radio.options == ["Sales", "Revenue"]
    assert next(iter(radio.proto.captions)).replace("\\", "") == said
    radio.set_value("Revenue").run()
    assert not fresh.exception
    assert not [each for each in fresh.radio if str(each.key).startswith("question-")]


@pytest.mark.parametrize(("lang", "said"), [("en", "The file is empty"), ("zh", "文件是空的")])
def test_a_file_that_cannot_be_read_is_refused_in_words(
    fresh: AppTest, lang: str, said: str
) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    drop(fresh, "picture.csv", "")
    assert said in fresh.error[0].value
    fresh.button(key="cancel-import").click().run()
    assert fresh.get("file_uploader")


def test_a_file_dropped_into_the_demo_goes_into_ones_own_home(fresh: AppTest) -> None:
    page(fresh, "imports")
    assert context.kind() == "demo"
    drop(fresh, "orders.csv", ORDERS)
    assert "Ready to import" in html(fresh)
    assert "This is a demo company" not in html(fresh)
