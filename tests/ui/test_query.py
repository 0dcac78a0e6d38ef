"""Query through app.py in both languages: asked, drawn, saved, reopened by its link, refused."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesdash import imports
from salesdash.engine.sandbox import Answer, Column
from salesdash.imports import Home, Request
from salesdash.ui import context
from salesdash.ui.query import shown
from salesdash.workspace import Query, Stamp
from tests.browser.homes import MORE, ORDERS
from tests.ui.test_catalogue import harmless
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui

NOON = datetime(2026, 11, 20, 12, 0)
BY_REGION = "select region, sum(amount) as total from sales group by region order by total desc"
FIELD = "w.query-text"


def opened(app: AppTest, **codes: str) -> AppTest:
    for name, code in codes.items():
        app.query_params[name] = code
    page(app, "query")
    assert not app.exception
    return app


def typed(app: AppTest, sql: str) -> AppTest:
    app.text_area(key=FIELD).set_value(sql)
    app.button(key="run-query").click().run()
    assert not app.exception
    return app


def asked(app: AppTest) -> list[tuple[Any, ...]]:
    """The rows of the answer."""
    return [tuple(row) for row in app.dataframe[-1].value.itertuples(index=False)]


def test_a_question_is_asked_drawn_and_remembered(front: AppTest) -> None:
    front.run()
    opened(front)
    assert "select" in str(front.text_area(key=FIELD).value)  # one that can be run as it stands
    typed(front, BY_REGION)
    rows = asked(front)
    (total,) = context.open_home("demo").engine.rows("select sum(amount) from sales where counts")[
        0
    ]
    assert sum(row[1] for row in rows) == pytest.approx(float(total))
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)
    assert "total by region" in html(front)
    assert front.query_params["sql"] == BY_REGION
    names = [str(button.proto.label) for button in front.get("download_button")]
    assert {"CSV", "Excel"} <= set(names)


def test_a_line_over_months_and_another_figure(front: AppTest) -> None:
    front.run()
    months = (
        "select date_trunc('month', order_date)::date as month, sum(amount) as a,"
        " count(*) as n from sales group by month order by month"
    )
    opened(front, sql=months)
    assert "a by month" in html(front)
    front.selectbox(key="w.query-y").set_value("n").run()
    assert "n by month" in html(front)
    front.button_group(key="w.query-chart").set_value("bars").run()
    assert front.query_params["drawn"] == "bars"
    assert not front.exception


@pytest.mark.parametrize(
    ("lang", "sql", "said"),
    [
        ("en", "drop table sales", "Only reading is allowed: DROP is not."),
        ("zh", "drop table sales", "只允许读取：不能使用 DROP。"),
        ("en", "select amuont\nfrom sales", "Line 1, column 8: there is no column “amuont”."),
        ("zh", "select amount\nfrm sales", "第 2 行第 5 列"),
        ("en", "select * from '/etc/passwd'", "There is no table “/etc/passwd”."),
    ],
)
def test_what_cannot_be_answered_says_why(front: AppTest, lang: str, sql: str, said: str) -> None:
    front.query_params["lang"] = lang
    front.run()
    typed(opened(front, lang=lang), sql)
    alerts = "".join(each.value for each in (*front.error, *front.warning, *front.info))
    assert said in alerts.replace("\\", "")
    assert len(front.dataframe) == 1  # the columns of a table, no answer


def test_columns_examples_and_their_help(front: AppTest) -> None:
    front.query_params["lang"] = "zh"
    front.run()
    opened(front, lang="zh", table="sales")
    columns = front.dataframe[0].value
    place = list(columns["列"]).index("amount")
    assert columns["含义"][place] == "折后金额（公司货币）（数字）"
    front.button_group(key="w.query-panel").set_value("examples").run()
    assert front.query_params["panel"] == "examples"
    examples = [each for each in front.button if str(each.key).startswith("query-example")]
    assert len(examples) > 12
    assert "前 20 名客户及占比" in [each.label for each in examples]
    examples[1].click().run()
    assert not front.exception
    assert len(front.dataframe) == 1  # the answer


def test_saved_for_the_team_and_reopened_by_its_link(fresh: AppTest) -> None:
    fresh.run()
    typed(opened(fresh), BY_REGION)
    fresh.button(key="save-query").click().run()
    fresh.text_input(key="w.query-name").set_value("Regions [x](javascript:alert(1))")
    fresh.text_input(key="who").set_value("Ana")
    fresh.button(key="ok-who").click().run()
    fresh.button(key="confirm-query").click().run()
    assert not fresh.exception
    workspace = context.open_home("demo").workspace
    (saved,) = workspace.queries.all()
    assert (saved.sql, saved.owner) == (BY_REGION, "Ana")
    assert fresh.query_params["saved"] == str(saved.id)
    assert "sql" not in fresh.query_params
    assert "Regions [x](javascript" in html(fresh)
    typed(fresh, BY_REGION + " limit 1")
    assert [each.sql for each in workspace.asked.of("Ana")] == [BY_REGION + " limit 1"]
    assert fresh.query_params["sql"] == BY_REGION + " limit 1"
    other = Query(saved.name, "select 1 as one")
    workspace.queries.edit(saved.id, other, Stamp("Bo", NOON), saved.version)
    fresh.button(key="change-query").click().run()
    workspace.queries.edit(saved.id, other, Stamp("Bo", NOON + timedelta(1)), saved.version + 1)
    fresh.button(key="confirm-query").click().run()
    assert "Bo has changed this question" in html(fresh)
    fresh.button(key="confirm-query").click().run()
    assert workspace.queries.get(saved.id).sql == BY_REGION + " limit 1"
    opened(fresh, saved=str(saved.id), sql="", panel="saved")
    assert len(asked(fresh)) == 1
    fresh.button(key="withdraw-query").click().run()
    assert workspace.queries.all() == ()
    opened(fresh, panel="history")
    assert "limit 1" in "".join(str(button.label) for button in fresh.button)
    workspace.queries.withdraw(saved.id, Stamp("Ana", NOON), withdrawn=False)


def test_names_of_columns_and_cells_are_text(front: AppTest) -> None:
    front.run()
    script, image = "<script>window.__pwn=1</script>", "![x](http://example.invalid/p.png)"
    names = (
        f"select * from (values ('{script}', 1), ('{image}', 2))"
        f' as t(":red[x] [x](javascript:alert(1))", "{script}")'
    )
    typed(opened(front), names)
    assert len(asked(front)) == 2
    assert "&lt;script&gt;" in harmless(front)


def brought(home: Home, folder: Path, name: str, text: str) -> None:
    """Import order lines without a screen."""
    file = folder / name
    file.write_text(text, "utf-8")
    staged = imports.stage(home, Request(file, name, dataset="sales", dates="ymd"), NOON)
    imports.commit(home, staged, "Ana", NOON)


def test_new_rows_are_asked_anew(fresh: AppTest, tmp_path: Path) -> None:
    own(fresh)
    home = context.open_home("own")
    brought(home, tmp_path, "orders.csv", ORDERS)
    typed(opened(own(fresh)), "select count(*) as n, sum(amount) as total from sales")
    assert asked(fresh) == [(3, 2000.0)]
    brought(home, tmp_path, "more.csv", MORE)
    opened(fresh)
    assert asked(fresh) == [(4, 2499.75)]


def test_an_unknown_link_leads_to_an_empty_question(front: AppTest) -> None:
    front.run()
    opened(front, saved="999", table="nothing", panel="nothing", drawn="pie", x="a")
    assert "Ask the rows in SQL" in html(front)


@pytest.mark.parametrize(("lang", "empty"), [("en", "nothing to ask"), ("zh", "还没有可以查询")])
def test_an_empty_home_says_where_rows_come_from(fresh: AppTest, lang: str, empty: str) -> None:
    fresh.query_params["lang"] = lang
    opened(own(fresh), lang=lang)
    assert empty in html(fresh)


def test_a_grid_keeps_what_a_browser_would_change() -> None:
    columns = (
        Column("big", "HUGEINT", "whole"),
        Column("small", "INTEGER", "whole"),
        Column("rate", "DOUBLE", "real"),
        Column("up", "BOOLEAN", "flag"),
    )
    rows = ((10**30, 7, float("inf"), True), (None, None, 0.5, None))
    frame = shown.framed(Answer(columns, rows, more=False, seconds=0.1))
    assert list(frame["big"]) == [str(10**30), None]
    assert frame["small"][0] == 7
    assert frame["rate"].isna().tolist() == [True, False]
    assert frame["up"].isna().tolist() == [False, True]
