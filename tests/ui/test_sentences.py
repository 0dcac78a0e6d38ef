"""Sentences whose figures lead to their definition and rows, in both languages."""

import html as escaping
import re
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.ui.sentences import Behind
from tests.ui.test_screens import html, page

pytestmark = pytest.mark.ui
FIGURE = re.compile(r'<a class="sd-figure" href="([^"]+)"[^>]*>([^<]+)</a>')


def figures(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """Each figure of a sentence with the codes of its address."""
    assert not app.exception
    return {
        text: parse_qs(escaping.unescape(link).partition("?")[2])
        for link, text in FIGURE.findall(html(app))
    }


def follow(app: AppTest, codes: dict[str, list[str]]) -> AppTest:
    app.query_params.clear()
    app.query_params.update(codes)
    return app.run()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figures_of_a_comparison_open_the_rows_of_their_slice(front: AppTest, lang) -> None:
    """Whoever moved it, all others, the total now and then, and the sum of contributions."""
    front.query_params["by"] = "region"
    front.query_params["lang"] = lang
    front.query_params["period"] = "quarter:2026Q3"
    page(front, "comparison")
    found = [Behind.read(codes["rows"][0]) for codes in figures(front).values()]
    assert {each.metric for each in found} >= {"sales"}
    then = next(each for each in found if each.period)
    assert then.period == "quarter:2025Q3"
    assert Behind("sales") in found
    codes = next(codes for codes in figures(front).values() if "period" in codes["rows"][0])
    follow(front, codes)
    assert not front.exception
    shown = html(front)
    assert ("1 Jul – 30 Sep 2025" if lang == "en" else "2025年7月1日–9月30日") in shown
    assert ("Rows behind it" if lang == "en" else "明细数据") in shown
    assert "rows" not in front.query_params  # it opens once


def test_a_member_that_the_sentence_names_opens_with_its_rows_alone(front: AppTest) -> None:
    front.query_params["by"] = "channel"
    front.query_params["compare"] = "previous"
    page(front, "comparison")
    named = [Behind.read(codes["rows"][0]) for codes in figures(front).values()]
    narrowed = [each for each in named if each.where]
    sentence = re.search(r'<h1 class="sd-headline">(.*?)</h1>', html(front))
    assert sentence is not None
    if narrowed:  # one channel stands out
        first, *others = narrowed
        assert len(first.where[0][1]) == 1
        assert all(set(each.where[0][1]).isdisjoint(first.where[0][1]) for each in others)


def test_the_figures_of_the_bridge_open_their_levers(front: AppTest) -> None:
    front.query_params["by"] = "region"
    page(front, "comparison")
    body = next(text for text in html(front).split("\n") if "against last year:" in text)
    metrics = [
        Behind.read(parse_qs(escaping.unescape(link).partition("?")[2])["rows"][0]).metric
        for link, _ in FIGURE.findall(body)
    ]
    assert metrics[0] == metrics[-1] == "sales"  # the change, and what is left over
    assert len(metrics) == 5
    assert set(metrics) <= {"sales", "customers", "active_customers", "orders", "units"}


def test_a_behind_is_read_as_it_was_written() -> None:
    one = Behind("sales", (("region", ("A&B=c", None)),), "2025-10-01..2025-11-17")
    assert Behind.read(one.code) == one
    assert Behind.read("nonsense") == Behind("")


def test_nonsense_in_an_address_opens_nothing(front: AppTest) -> None:
    front.query_params["rows"] = "metric=planets&where=x&period=someday"
    page(front, "comparison")
    assert not front.exception
    assert "Rows behind it" not in html(front)
    front.query_params["rows"] = "metric=sales&where=planet:Mars&period=someday"
    front.run()
    assert not front.exception
