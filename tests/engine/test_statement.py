"""Q01 to Q10 and Q16 of the catalogue: what is refused before anything is run."""

import pytest

from salesdash.engine.statement import LONGEST, ensure_question
from salesdash.errors import QueryError
from tests.engine.copied import TABLES


def refusal(sql):
    with pytest.raises(QueryError) as error:
        ensure_question(sql, TABLES)
    return error.value


NOT_READING = [
    ("q01", "select 1; drop table sales", "DROP"),
    ("q01", "drop table sales; select 1", "DROP"),
    ("q02", "insert into sales select * from sales", "INSERT"),
    ("q02", "with n as (select 1) insert into sales from n", "WITH"),
    ("q03", "copy sales to '/tmp/leak.csv'", "COPY"),
    ("q03", "copy (select 1) to '/tmp/leak.csv'", "COPY"),
    ("q03", "export database '/tmp/leak'", "EXPORT"),
    ("q04", "attach '/tmp/other.duckdb' as other", "ATTACH"),
    ("q04", "detach memory", "DETACH"),
    ("q04", "use memory", "USE"),
    ("q05", "pragma database_list", "PRAGMA"),
    ("q05", "pragma enable_profiling", "PRAGMA"),
    ("q05", "set threads = 8", "SET"),
    ("q05", "reset memory_limit", "RESET"),
    ("q05", "show databases", "SHOW"),
    ("q06", "call duckdb_tables()", "CALL"),
    ("q06", "install httpfs", "INSTALL"),
    ("q06", "load httpfs", "LOAD"),
    ("q06", "checkpoint", "CHECKPOINT"),
    ("q06", "begin transaction", "BEGIN"),
    ("q07", "merge into sales using sales as s on true when matched then delete", "MERGE"),
    ("q07", "update sales set amount = 0", "UPDATE"),
    ("q07", "delete from sales", "DELETE"),
    ("q07", "truncate sales", "TRUNCATE"),
    ("q07", "create table t as select 1", "CREATE"),
    ("q07", "create temp view sales as select 1", "CREATE"),
    ("q07", "create macro f(x) as x + 1", "CREATE"),
    ("q07", "create secret s (type http)", "CREATE"),
    ("q08", "explain analyze delete from sales", "EXPLAIN"),
    ("q08", "prepare p as select 1", "PREPARE"),
    ("q08", "execute p", "EXECUTE"),
    ("q08", "/* select */ vacuum", "VACUUM"),
    ("q08", "-- select 1\ndelete from sales", "DELETE"),
]


@pytest.mark.parametrize(("case", "sql", "kind"), NOT_READING)
def test_q01_to_q08_only_reading_is_allowed(case, sql, kind):
    found = refusal(sql)
    assert (found.key, found.values["kind"]) == ("sql.not_reading", kind)


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("select 1; select 2", "sql.several"),
        ("with i as (insert into sales values (1) returning *) select * from i", "sql.objection"),
        ("with c as (copy sales to 'f') select * from c", "sql.objection"),
        ("connect 'postgres:'", "sql.syntax"),
        ("\u0455elect 1", "sql.syntax"),  # a Cyrillic letter that looks like an s
        ("select 1\uff1b drop table sales", "sql.syntax"),  # a wide semicolon
        ("pivot sales on region using sum(amount)", "sql.pivot"),
        ("", "sql.empty"),
        (" \n", "sql.empty"),
        ("-- nothing", "sql.empty"),
        (";;", "sql.empty"),
        ("select '\0'; drop table sales", "sql.characters"),
        ("select '\ud83d'", "sql.characters"),
        (f"select '{'x' * LONGEST}'", "sql.too_long"),
        ("select " + "+".join(["1"] * 20_000), "sql.objection"),
    ],
)
def test_q01_to_q08_tricks_of_writing(sql, key):
    assert refusal(sql).key == key


def test_q12_deep_parentheses_are_no_trouble():
    ensure_question("select " + "(" * 5_000 + "1" + ")" * 5_000, TABLES)


@pytest.mark.parametrize(
    "function",
    [
        *("read_csv", "read_csv_auto", "read_text", "read_blob", "read_parquet", "parquet_scan"),
        *("read_json", "read_json_auto", "read_ndjson", "read_json_objects", "read_duckdb"),
        *("glob", "sniff_csv", "parquet_metadata", "parquet_schema", "parquet_kv_metadata"),
        *("arrow_scan", "pandas_scan", "seq_scan", "python_map_function"),
        *("query", "query_table", "json_execute_serialized_sql", "test_all_types"),
        *("duckdb_tables", "duckdb_databases", "duckdb_settings", "duckdb_secrets"),
        *("duckdb_functions", "duckdb_extensions", "which_secret", "pragma_database_list"),
        *("duckdb_logs", "checkpoint", "enable_logging", "enable_profiling", "Glob"),
    ],
)
def test_q09_no_function_that_reads_anything_else(function):
    found = refusal(f"select * from {function}('/etc/passwd')")
    assert (found.key, found.values["name"].lower()) == ("sql.table_function", function.lower())


def test_q09_wherever_such_a_function_stands():
    function = "read_text"
    for sql in (
        f"select (select count(*) from {function}('http://host/x'))",
        f"with t as (from {function}('/etc/passwd')) select * from t",
        f"from sales, lateral (select * from {function}('sales'))",
        f"from (describe from {function}('/etc/passwd'))",
        f"from (pivot {function}('f') on a in ('b'))",
    ):
        found = refusal(sql)
        assert (found.key, found.values["name"]) == ("sql.table_function", function)


@pytest.mark.parametrize(
    "table",
    [
        *("'/etc/passwd'", "'x.csv'", '"x.parquet"', "'http://host/x.csv'", "'glob*.csv'"),
        *("information_schema.tables", "information_schema.columns", "duckdb_tables"),
        *("sqlite_master", "pg_catalog.pg_class", "pg_class", "duckdb_settings"),
        *("app.users", "system.main.sales", "temp.sales", "memory.main.sales", "df", "leads"),
        *("ｓａｌｅｓ", "sаles", '"sales "', "sales_past", '"sal\u00ades"'),
    ],
)
def test_q09_and_q10_only_the_tables_of_the_list(table):
    assert refusal(f"select * from {table}").key == "sql.unknown_table"


def test_q10_wherever_such_a_table_stands():
    table = "'x.csv'"
    for sql in (
        f"select 1 where exists (select 1 from {table})",
        f"select 1 union all select 1 from /* sales */ {table}",
        f"with sales as (select * from {table}) select * from sales",
        f"select (select x from (select 1 as x from sales, {table}))",
        f"summarize {table}",
        f"describe {table}",
    ):
        assert refusal(sql).key == "sql.unknown_table"


def test_q10_a_name_of_with_holds_only_where_it_is():
    ensure_question("with t as (from sales), u as (from t) select * from u", TABLES)
    ensure_question("with recursive r as (select 1 as i union all from r) from r", TABLES)
    ensure_question("with t as (from sales) select (with u as (from t) from u)", TABLES)
    for sql in (
        'with "x.csv" as (from "x.csv") from "x.csv"',
        "with a as (from b), b as (from sales) from a",
        "select * from (with duckdb_tables as (select 1) select 1), duckdb_tables",
        "with t as (from sales) from main.t",
    ):
        assert refusal(sql).key == "sql.unknown_table"


@pytest.mark.parametrize(
    "name", ["current_setting", "getvariable", "getenv", "write_log", "CURRENT_SETTING"]
)
def test_q10_nothing_tells_of_the_machine(name):
    assert refusal(f"select upper({name}('HOME')) from sales").key == "sql.telling"


def test_q10_the_nearest_table_is_suggested():
    found = refusal("select * from salse")
    assert found.values == {"name": "salse", "known": "calendar, sales", "suggestion": "sales"}
    assert "suggestion" not in refusal("select * from xyz").values


@pytest.mark.parametrize(
    "sql",
    [
        "select region, sum(amount) from sales group by all order by 2 desc limit 5;",
        "FROM Sales SELECT * EXCLUDE (region) -- all",
        "values (1, 'a'), (2, 'b')",
        "select * from range(10) as t(i), unnest([1, 2]) as u(n), generate_series(1, 3)",
        "select sum(amount) filter (where region = 'North') over (order by order_date) from sales",
        "select list_transform([1, 2], lambda x: x + 1), {'a': 1}, [x for x in [1]], (1, 2)",
        "select cast(1 as decimal(18, 4)), try_cast('a' as integer[]), '[]'::json, 'a'::varchar",
        "select amount from sales union select 1 except select 2 intersect select 3",
        "pivot sales on region in ('North', 'South') using sum(amount) group by order_date",
        'unpivot (select amount, "order" + 0.5 as o from sales) on amount, o into name n value v',
        "select * from sales as s asof join calendar as c on s.order_date >= c.day",
        "select * from main.sales using sample 10%",
        "select distinct on (region) * from sales qualify row_number() over () = 1",
        "select count(*) from sales group by grouping sets ((region), ()) having count(*) > 0",
        "table sales",
        "describe sales",
        "summarize sales",
        "show tables",
        "describe select 1",
        'select "选择", "order", "a""b", sum(amount) as "总额" from sales group by all',
    ],
)
def test_q16_questions_of_every_kind_pass(sql):
    ensure_question(sql, TABLES)
