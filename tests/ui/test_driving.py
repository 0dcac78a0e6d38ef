"""The card "What explains it?" of Comparison: its sentence, a row a slice, its rows and action."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_screens import html, page


@pytest.mark.parametrize(
    ("lang", "title", "silent"),
    [
        ("en", "What explains it?", "Nothing"),
        ("zh", "变化来自哪里？", "没有"),
    ],
)
def test_slices_with_their_rows_or_that_there_are_none(front: AppTest, lang, title, silent) -> None:
    front.query_params["lang"] = lang
    page(front, "comparison")
    shown = html(front)
    assert title in shown
    opening = [each for each in front.button if str(each.key).startswith("driver-open-")]
    assert shown.count('class="sd-driver"') == len(opening)
    assert opening or silent in shown
    assert "driving." not in shown
    assert not front.exception


def test_a_ratio_says_what_to_ask_instead(front: AppTest) -> None:
    front.query_params["metric"] = "gross_margin"
    page(front, "comparison")
    assert "is no sum that parts add up to" in html(front)
    assert not front.exception


def test_without_a_comparison_there_is_no_such_card(front: AppTest) -> None:
    front.query_params["compare"] = "none"
    page(front, "comparison")
    assert "What explains it?" not in html(front)
