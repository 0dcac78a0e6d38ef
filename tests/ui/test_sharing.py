"""The link to a view: all choices, on demand the figures as they are, another's language."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.commands.address import SHARED
from salesdash.ui import sharing
from tests.browser.homes import MORE
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui


@pytest.fixture
def app(stocked: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Three orders of one's own, and Ana before the screen."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    own(stocked)
    stocked.query_params["home"] = "own"
    return stocked


def shared(app: AppTest) -> dict[str, list[str]]:
    """What the link in the open popover says."""
    app.session_state["share-popover"] = True
    app.run()
    assert not app.exception
    assert not app.error
    (found,) = re.findall(r'class="sd-share"[^>]*><input [^>]*value="([^"]*)"', html(app))
    return parse_qs(urlsplit(unescape(found)).query)


def test_a_link_has_all_choices_and_nothing_of_its_reader(app: AppTest) -> None:
    asked = {"lang": "zh", "period": "mtd", "where": "region:North", "metric": "orders"}
    for name, code in asked.items():
        app.query_params[name] = code
    page(app, "trends")
    found = shared(app)
    assert "分享当前页面" in html(app) + str([each.proto for each in app.get("popover")])
    assert found == {
        "home": ["own"],
        "period": ["mtd"],
        "where": ["region:North"],
        "metric": ["orders"],
    }


def test_figures_that_are_kept_stay_whatever_comes_in(app: AppTest) -> None:
    """2,000.00 in three orders; later A-2 changes and A-5 comes in."""
    page(app, "overview")
    assert shared(app) == {"home": ["own"]}
    (box,) = [each for each in app.checkbox if str(each.key) == "w.share-keeps"]
    box.check().run()
    kept = shared(app)
    assert kept == {
        "home": ["own"],
        "period": ["quarter:2026Q4"],
        "compare": ["last-year"],
        "cut": ["1"],
    }
    seen = html(app).split("sd-value")[1][:60]
    page(app, "imports")
    drop(app, "more.csv", MORE)
    app.button(key="commit").click().run()
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["home"] = "own"
    page(app, "overview")
    assert html(app).split("sd-value")[1][:60] != seen
    for name, codes in kept.items():
        app.query_params[name] = codes
    page(app, "overview")
    assert html(app).split("sd-value")[1][:60] == seen
    assert "1 Oct – 10 Nov" in str([box.options for box in app.selectbox])  # the edge of then


@pytest.mark.parametrize(
    ("here", "shared_as", "begins"),
    [
        ("http://127.0.0.1:8501/trends", "", "http://127.0.0.1:8501/trends?a=%C3%A9"),
        ("http://localhost:8501/", "http://10.0.0.7:8501", "http://10.0.0.7:8501/trends?a=%C3%A9"),
        ("http://sales:80/", "http://10.0.0.7:8501", "http://sales:80/trends?a=%C3%A9"),
        (None, "", "/trends?a=%C3%A9"),
    ],
)
def test_under_the_name_that_others_know(
    monkeypatch: pytest.MonkeyPatch, here: str | None, shared_as: str, begins: str
) -> None:
    monkeypatch.setattr(sharing, "_here", lambda: here or "")
    monkeypatch.setenv(SHARED, shared_as)
    assert sharing.link("trends", {"a": ["é"]}) == begins


def test_pages_without_figures_have_a_link_too(app: AppTest) -> None:
    app.query_params["by-whom"] = "Ana"
    page(app, "trail")
    assert shared(app) == {"home": ["own"], "by-whom": ["Ana"]}
    assert not [each for each in app.checkbox if str(each.key) == "w.share-keeps"]
