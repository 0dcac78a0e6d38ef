"""Trends through the front door: an index, small charts, and what the address says of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.ui import context
from salesdash.workspace import Stamp
from tests.browser.homes import NOW, ORDERS
from tests.ui.test_screens import drop, html, own, page


@pytest.mark.parametrize(("lang", "title"), [("en", "= 100"), ("zh", "= 100")])
def test_an_index_by_members_in_small_charts(front: AppTest, lang: str, title: str) -> None:
    front.query_params["lang"] = lang
    codes = {"by": "region", "show": "index", "lines": "panels", "scale": "free", "grain": "month"}
    for name, code in {**codes, "period": "last:12m"}.items():
        front.query_params[name] = code
    page(front, "trends")
    assert not front.exception
    assert title in html(front)
    for name, code in codes.items():
        assert front.query_params[name] in (code, [code])


def test_the_month_that_is_100_can_be_chosen(front: AppTest) -> None:
    front.query_params["period"] = "last:12m"
    front.query_params["grain"] = "month"
    page(front, "trends")
    shown = next(each for each in front.selectbox if each.label == "Shown")
    shown.select("index").run()
    base = next(each for each in front.selectbox if each.label == "= 100")
    first, chosen = base.options[0], base.options[3]
    assert f"{first} = 100" in html(front)
    base.select_index(3).run()
    assert f"{chosen} = 100" in html(front)
    assert not front.exception


@pytest.mark.parametrize(
    ("lang", "title", "every"),
    [("en", "Annotations", "all metrics"), ("zh", "标注", "所有指标")],
)
def test_an_annotation_is_written_changed_and_taken_off(
    fresh: AppTest, lang: str, title: str, every: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", ORDERS)
    fresh.button(key="commit").click().run()
    for name, code in {"lang": lang, "home": "own", "period": "ytd"}.items():
        fresh.query_params[name] = code
    page(fresh, "trends")
    assert title in html(fresh)
    fresh.session_state["annotations-0-open-0"] = True
    fresh.run()
    fresh.text_input(key="w.annotations-0-text-0-0").set_value("Price <b>rise</b>")
    march = (date(2026, 11, 2), date(2026, 11, 4))
    fresh.date_input(key="w.annotations-0-days-0-0").set_value(march)
    fresh.button(key="annotations-0-save").click().run()
    store = context.open_home("own").workspace.annotations
    (made,) = store.all()
    assert (made.text, made.period.days, made.metric, made.who) == (
        "Price <b>rise</b>",
        3,
        None,
        "Ana Ruiz",
    )
    assert "Price &lt;b&gt;rise&lt;/b&gt;" in html(fresh)
    assert every in html(fresh)
    fresh.session_state["annotations-1-open-1"] = True
    fresh.run()
    store.edit(made.id, replace(made, text="Fair"), Stamp("Bo", NOW), made.version)
    fresh.text_input(key="w.annotations-1-text-1-1").set_value("Rise of 4 %")
    fresh.button(key="annotations-1-save").click().run()
    assert "Fair" in html(fresh)  # Bo was faster
    assert store.get(made.id).text == "Fair"
    fresh.button(key="keep-mine-annotations-1").click().run()
    assert store.get(made.id).text == "Rise of 4 %"
    fresh.session_state["annotations-1-open-2"] = True
    fresh.run()
    assert "Price &lt;b&gt;rise" in html(fresh)  # an earlier wording
    fresh.button(key="annotations-1-remove").click().run()
    assert store.all() == ()
    assert "Rise of 4 %" not in html(fresh)
    assert not fresh.exception


def weekdays() -> str:
    """Ten orders' worth each weekday from July on, a tenth of it on one Wednesday."""
    days = (date(2026, 7, 1) + timedelta(days=n) for n in range(140))
    lines = ["Order No,Order Date,Customer,Region,Category,Quantity,Amount"]
    for number, day in enumerate(each for each in days if each.weekday() < 5):
        amount = 100 if day == date(2026, 10, 14) else 1000 + number % 7 * 10
        lines.append(f"A-{number},{day},Bergmann,North,Pumps,1,{amount}.00")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "14 Oct 2026: 90% below what is usual on Wednesdays (usual $"),
        ("zh", "2026年10月14日：比周三通常低 90%（通常 "),
    ],
)
def test_a_day_out_of_the_ordinary_is_told_in_words(
    fresh: AppTest, lang: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", weekdays())
    fresh.button(key="commit").click().run()
    for name, code in {"lang": lang, "home": "own", "period": "qtd", "grain": "day"}.items():
        fresh.query_params[name] = code
    page(fresh, "trends")
    assert told in html(fresh)
    for grain in ("week", "month", "quarter", "year"):
        fresh.query_params["grain"] = grain
        page(fresh, "trends")
        assert not fresh.exception, grain
