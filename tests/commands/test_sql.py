"""`sql`: from files to the rows of a typed question, in JSON, CSV and words, and to refusals."""

from decimal import Decimal

import pytest

from salesdash import config
from salesdash.analysis import examples
from salesdash.commands import sql as commands
from salesdash.commands.office import DEFAULT_CONFIG
from salesdash.engine import sandbox
from salesdash.engine.turns import Turns
from salesdash.errors import QueryError
from salesdash.imports import Home
from salesdash.metrics import bind
from tests.commands.conftest import WHEN
from tests.imports.build import NOW
from tests.terminal import command, typed

ORDERS = """Order,Date,Customer,Region,Salesperson,Amount,Status,Limit,选择,Tag
A-1,2025-10-05,Ann,South,Cleo,200.00,Done,1,甲,x
A-2,2026-07-05,Ann,North,Cleo,100.00,Done,2,乙,y
A-3,2026-08-10,Bob,South,Dan,40.00,Done,3,甲,=1+1
A-4,2026-08-11,Bob,South,Dan,7.00,Cancelled,4,甲,z
"""
"""340.00 in three orders that count, 240.00 of them in the south."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("sql")
    (place / "orders.csv").write_text(ORDERS)
    command(place / "home", *WHEN, "import", place / "orders.csv", "--dates", "ymd")
    return place / "home"


def asked(home, sql):
    return command(home, *WHEN, "sql", sql)


def told(home, *words, lang="en"):
    return typed("--home", home, *WHEN, "--lang", lang, "sql", *words)


def held(home):
    opened = Home.open(home, now=NOW)
    try:
        return opened.copies.ready()
    finally:
        opened.close()


def test_rows_that_count_with_exact_amounts(home):
    found = asked(home, "select region, sum(amount) as total from sales group by region order by 2")
    assert found["columns"] == ["region", "total"]
    assert found["types"] == ["VARCHAR", "DECIMAL(38,4)"]
    assert found["rows"] == [["North", Decimal("100.0000")], ["South", Decimal("240.0000")]]
    assert (found["more"], found["cut"]) == (False, 1)


def test_it_is_the_figure_of_query(home):
    figures = command(home, *WHEN, "query", "sales", "--by", "region")
    mine = asked(home, "select region, sum(amount) from sales group by region order by 2 desc")
    assert mine["rows"] == figures["rows"]


def test_q16_columns_with_names_that_need_quotes(home):
    found = asked(home, 'select "limit", 选择, tag as "a""b" from sales order by "limit"')
    assert found["columns"] == ["limit", "选择", 'a"b']
    assert found["rows"][2] == ["3", "甲", "=1+1"]
    (sales,) = (each for each in held(home).tables if each.name == "sales")
    typed_names = [column.typed for column in sales.columns][-3:]
    assert set(typed_names) == {'"limit"', '"选择"', "tag"}


def test_csv_is_harmless_and_whole(home):
    said = told(home, "select tag as t, amount, null as n from sales order by amount", "--csv")
    assert said.out.splitlines() == ["t,amount,n", "'=1+1,40.0000,", "y,100.0000,", "x,200.0000,"]


def test_words_for_people(home):
    sql = (
        "select year(order_date) as year, sum(amount) * 1000 as t, null as n from sales group by 1"
    )
    said = told(home, sql + " order by 1")
    assert [line.split() for line in said.out.splitlines()[:4]] == [
        ["year", "t", "n"],
        ["────", "───────", "─"],
        ["2025", "200,000"],
        ["2026", "140,000"],
    ]
    assert said.out.splitlines()[5].startswith("2 rows, ")
    assert "2 行，" in told(home, sql, lang="zh").out
    assert "the first 10,000 rows, there are more" in told(home, "from range(10001)").out
    cells = told(home, "select true as yes, 'a\nb' as text, repeat('x', 99) as long").out
    assert cells.splitlines()[2].split()[:3] == ["true", "a", "b"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Line 1, column 8: there is no column “amuont”. Did you mean “amount”?"),
        ("zh", "第 1 行第 8 列：没有名为“amuont”的列。是否要输入“amount”？"),
    ],
)
def test_q15_a_mistake_is_told_in_both_languages(home, lang, said):
    found = told(home, "select amuont from sales", lang=lang)
    assert (found.code, found.err.strip()) == (1, said)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from events",  # the log
        "select * from applied",
        "select * from sales_past",
        "select * from saved_queries",
        "select * from '../workspace.sqlite'",
        "select * from warehouse.sales",
        "select counts, valid_from from sales",
    ],
)
def test_q10_nothing_else_of_the_home_is_reachable(home, sql):
    assert told(home, sql).code == 1


def test_an_empty_home_says_what_to_do(tmp_path):
    found = told(tmp_path / "home", "select * from sales")
    assert (found.code, found.err.strip()) == (
        1,
        "There is nothing to ask about yet. Import orders, deals or leads first.",
    )


def test_broken_characters_and_bombs_of_text_go_no_further(home):
    for sql, key in (("select '\ud83d'", "sql.characters"), ("x" * 10**6, "sql.too_long")):
        with pytest.raises(QueryError) as error:
            commands.ask(None, sql, "Ann")
        assert error.value.key == key


def test_l06_the_queue_is_full(home, monkeypatch):
    monkeypatch.setattr(commands, "_turns", Turns(running=0, waiting=0))
    assert "Too many questions" in told(home, "select 1").err


@pytest.mark.child
def test_the_answer_of_a_process_of_its_own(home):
    """Q13 among others: what kills its process is told, and the next question is answered."""
    opened = Home.open(home, now=NOW)
    try:
        with pytest.raises(QueryError) as error:
            commands.ask(opened, "select format('{:>2000000000}', 1)", "Ann")
        assert error.value.key == "sql.too_much_memory"
        assert commands.ask(opened, "select count(*) from sales", "Ann").rows == ((3,),)
    finally:
        opened.close()


def test_every_example_runs_and_metrics_are_those_of_the_screens(home):
    opened = Home.open(home, now=NOW)
    try:
        columns = {name: opened.warehouse.columns(name) for name in ("sales", "deals")}
        settings = config.load(DEFAULT_CONFIG)
        bound = bind(settings, columns | {"sales": columns["sales"]})
        copy = opened.copies.ready()
        found = examples.build(copy, bound)
        answers = {each: sandbox.ask(copy.path, copy.names, each.sql) for each in found}
    finally:
        opened.close()
    keys = {each.key for each in found if not each.is_metric}
    assert {"sales_by_month", "top_customers", "weekdays", "gaps"} <= keys
    assert "open_deals" not in keys  # there are no deals
    by_name = {each.name.en: answer for each, answer in answers.items() if each.name}
    months = command(home, *WHEN, "query", "average_order_value", "--grain", "month")
    mine = [[row[0].isoformat(), row[1]] for row in by_name["Average order value"].rows]
    theirs = [row for row in months["rows"] if row[1] is not None]
    assert [value for _, value in mine] == [float(value) for _, value in theirs]
    assert len(mine) == 3


def test_examples_that_need_other_kinds_of_rows(home, tmp_path):
    """Each question runs on a company that has all kinds."""
    kinds = {
        "deals": "Record Id,Deal Name,Amount,Stage,Created Time,Closing Date,Deal Owner\n"
        "Z-1,Hall,80.00,Qualification,2026-10-01,2026-12-18,Cleo\n"
        "Z-2,Hoses,12.00,Closed Won,2026-10-02,2026-10-30,Cleo\n",
        "payments": "Payment No,Payment Date,Order,Amount\nP-1,2026-07-09,A-2,60.00\n",
        "leads": "Lead Id,Created Time,Lead Source,Converted Time,Converted Deal\n"
        "L-1,2026-09-01,Web,2026-10-02,Z-2\nL-2,2026-09-02,Web,,\n",
    }
    (tmp_path / "orders.csv").write_text(ORDERS)
    place = tmp_path / "home"
    command(place, *WHEN, "import", tmp_path / "orders.csv", "--dates", "ymd")
    for name, text in kinds.items():
        (tmp_path / f"{name}.csv").write_text(text)
        file = tmp_path / f"{name}.csv"
        command(place, *WHEN, "import", file, "--dataset", name, "--dates", "ymd")
    opened = Home.open(place, now=NOW)
    try:
        copy = opened.copies.ready()
        bound = bind(config.load(DEFAULT_CONFIG), {})
        found = {each.key: each.sql for each in examples.build(copy, bound)}
        answers = {
            key: sandbox.ask(copy.path, copy.names, found[key]).rows
            for key in ("open_deals", "win_rate", "paid_by_month", "leads_by_channel")
        }
    finally:
        opened.close()
    assert answers["open_deals"] == (("Qualification", 1, Decimal(80)),)
    assert answers["win_rate"] == (("Cleo", 1, 1, 1.0),)
    assert [row[1:] for row in answers["paid_by_month"]][1] == (Decimal(100), Decimal(60), 0.6)
    assert answers["leads_by_channel"] == (("Web", 2, 1, 1, 0.5),)
