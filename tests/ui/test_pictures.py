"""The pictures of a comparison through app.py: chosen in the address, each with its tools."""

import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_screens import html, page

pytestmark = pytest.mark.ui


def drawn(app: AppTest) -> dict[str, Any]:
    """The first chart on the screen."""
    assert not app.exception
    assert not app.error
    spec: dict[str, Any] = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    return spec


def texts(app: AppTest, layer: str) -> list[str]:
    found = next(each for each in drawn(app)["layer"] if each.get("name") == layer)
    return [row["text"] for row in found["data"]["values"]]


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Sales over time by region"), ("zh", "销售额 · 按地区的走势")]
)
def test_small_multiples_have_a_panel_a_region_on_the_scale_of_the_address(
    front: AppTest, lang: str, title: str
) -> None:
    front.query_params["lang"] = lang
    front.query_params["by"] = "region"
    front.query_params["picture"] = "multiples"
    page(front, "comparison")
    assert title in html(front)
    assert len(texts(front, "names")) == 5
    assert len([text for text in texts(front, "marks") if text]) <= 4  # left panels only
    front.segmented_control(key="w.scale").set_value("free").run()
    assert len([text for text in texts(front, "marks") if text]) >= 5
    assert front.query_params["scale"] == "free"
    front.button(key="view-comparison-multiples").click().run()
    assert not front.get("vega_lite_chart")


def test_a_picture_that_these_figures_lack_gives_way(front: AppTest) -> None:
    """A margin has no parts, so no bridge."""
    front.query_params["metric"] = "gross_margin"
    front.query_params["picture"] = "bridge"
    page(front, "comparison")
    assert front.segmented_control(key="w.picture").value == "ranking"
    assert drawn(front)["layer"]


def test_size_and_growth_lists_beside_it_who_has_none(front: AppTest) -> None:
    front.query_params["by"] = "customer"
    front.query_params["picture"] = "growth"
    page(front, "comparison")
    assert "Sales by customer: size and growth" in html(front)
    assert texts(front, "medians")[0].startswith("median ")
    assert "and " in html(front).split(">New<")[1]


def test_rank_change_in_chinese_has_a_line_a_member(front: AppTest) -> None:
    front.query_params["lang"] = "zh"
    front.query_params["by"] = "region"
    front.query_params["picture"] = "places"
    page(front, "comparison")
    assert "销售额：地区名次" in html(front)
    assert sorted(texts(front, "ranks")) == sorted("1122334455")


def test_without_a_comparison_nothing_grows_and_nobody_climbs(front: AppTest) -> None:
    front.query_params["compare"] = "none"
    front.query_params["picture"] = "growth"
    page(front, "comparison")
    assert front.segmented_control(key="w.picture").options == ["Ranking", "Over time"]
    assert drawn(front)["layer"]


def test_a_member_opens_by_what_lies_within_it_and_the_trail_leads_back(front: AppTest) -> None:
    """Persons sell in one region each, so a region opens by them; any other order is a choice."""
    front.query_params["by"] = "region"
    page(front, "comparison")
    hint = re.search(r"opens it by ([a-z ]+)\.", html(front))
    assert hint is not None
    link = re.search(r'href="(comparison[^"]+path=[^"]+)"', html(front))
    assert link is not None
    codes = parse_qs(link[1].replace("&amp;", "&").partition("?")[2])
    assert codes["path"] == ["region"]
    front.query_params.clear()
    for name, values in {**codes, "by": ["channel"]}.items():
        front.query_params[name] = values
    front.run()
    member = codes["where"][0].removeprefix("region:")
    assert re.search(rf'aria-current="page">{member} [+−]\$', html(front))
    back = front.button(key="trail-0")
    assert back.label.startswith("All ")
    back.click().run()
    assert "path" not in front.query_params
    assert "where" not in front.query_params
    assert front.query_params["by"] == "region"


def test_steps_whose_filters_are_gone_are_not_told(front: AppTest) -> None:
    front.query_params["path"] = "region,category,nonsense"
    front.query_params["where"] = ["category:Accessories", "region:Northeast", "region:Midwest"]
    page(front, "comparison")
    assert not front.exception
    assert [each.key for each in front.button if str(each.key).startswith("trail-")] == ["trail-0"]
