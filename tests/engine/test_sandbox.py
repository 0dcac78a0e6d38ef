"""Q09 to Q16 and L05 of the catalogue: what a question gets, and what stops it."""

import os
import time
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from salesdash.engine import child, objections, sandbox
from salesdash.engine.sandbox import Allowance, Answer, Column, ask
from salesdash.errors import FileError, QueryError
from tests.engine.copied import TABLES, copy

SHORT = Allowance(seconds=0.5, memory_mib=256)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return copy(tmp_path_factory.mktemp("copies"))


@pytest.fixture
def here(path):
    """The work of the process, done in this one; its limits are not those of tests."""

    def asked(sql, **given):
        allowed = vars(Allowance(**given))
        return sandbox._answer(sandbox.work(str(path), list(TABLES), sql, allowed))

    return asked


def fault(asked, sql):
    with pytest.raises(QueryError) as error:
        asked(sql)
    return error.value


def test_an_answer_has_columns_with_kinds_and_exact_values(here):
    found = here(
        'select order_date, amount, region, "order", amount > 0 as up, 0.5::double as r,'
        " timestamp '2026-01-05 10:30:00' as at from sales order by 1 limit 1"
    )
    assert [(column.name, column.kind) for column in found.columns] == [
        ("order_date", "day"),
        ("amount", "exact"),
        ("region", "text"),
        ("order", "whole"),
        ("up", "flag"),
        ("r", "real"),
        ("at", "moment"),
    ]
    at = datetime(2026, 1, 5, 10, 30)
    assert found.rows == ((date(2026, 1, 5), Decimal("100.1000"), "North", 1, True, 0.5, at),)
    assert (found.more, found.columns[1].type) == (False, "DECIMAL(18,4)")


def test_values_without_a_kind_of_their_own_are_texts(here):
    (row,) = here(
        "select [1, null], {'a': date '2026-01-05'}, interval 1 day, '\\xF0'::blob, uuid() is null,"
        " time '10:00', date '290000-01-01', 1/0, null"
    ).rows
    assert row[:4] == ("[1, null]", '{"a": "2026-01-05"}', "1 day, 0:00:00", "f0")
    assert row[5:9] == ("10:00:00", "290000-01-01", float("inf"), None)
    (moments,) = here("select now(), timestamp_ns '2026-01-05 10:00:00'").rows
    assert moments[1] == datetime(2026, 1, 5, 10)


def test_equal_names_are_told_apart(here):
    found = here('select 1 as a, 2 as a, 3 as "a (2)", 4 as a')
    assert [c.name for c in found.columns] == ["a", "a (2)", "a (2) (2)", "a (3)"]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from 'x.csv'",
        "select * from glob('/*')",
        "select * from read_text('/proc/self/environ')",
        "select * from read_parquet('http://host/x.parquet')",
        "copy sales to 'leak.csv'",
        "copy (select 1) to '/tmp/leak.parquet'",
        "attach 'other.duckdb' as other",
        "export database 'leak'",
        "install httpfs",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
        "set temp_directory = '/tmp'",
        "reset threads",
        "pragma enable_profiling = 'json'",
        "set profiling_output = '/tmp/leak'",
        "drop table sales",
        "insert into sales from sales",
        "create table t as select 1",
        "select getenv('HOME')",
        "select * from somebody",
    ],
)
def test_q09_and_q11_the_engine_refuses_it_by_itself(path, sql):
    somebody = {"a": [1]}  # a Python variable is no table
    with sandbox.locked(path, Allowance()) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql).fetchall()
    assert somebody


def test_files_and_errors_without_a_place_are_told_too(path):
    sql = "select * from 'x.csv'"
    with sandbox.locked(path, Allowance()) as connection, pytest.raises(duckdb.Error) as error:
        connection.execute(sql)
    assert objections.objection(error.value, sql).key == "sql.no_files"
    bare = objections.objection(duckdb.Error("Odd Error: no JSON\nat all"), sql)
    assert (bare.key, bare.values) == ("sql.objection", {"detail": "Odd Error: no JSON"})


def test_q11_a_python_variable_is_not_found(here):
    assert fault(here, "select * from allowed").key == "sql.unknown_table"


def test_q14_of_many_rows_the_first_come_quickly(here):
    found = here("select i, i * 2 as j from range(5_000_000) as t(i)")
    assert (len(found.rows), found.more) == (10_000, True)
    assert found.seconds < 5
    assert here("from range(3)", rows=3).more is False


def test_q14_long_cells_and_long_answers_end(here):
    ((cell,),) = here("select repeat('长', 5000)").rows
    assert (len(cell), cell[-1]) == (2001, "…")
    found = here("select repeat('x', 1999) from range(9_000)")
    assert (len(found.rows), found.more) == (16_000_000 // 1999, True)


@pytest.mark.parametrize(
    ("sql", "key", "place", "suggestion"),
    [
        ("select amount\nfrm sales", "sql.syntax", (2, 5), None),
        ("select\n  amuont from sales", "sql.no_column", (2, 3), "amount"),
        ("select '选择选择' as x, amuont from sales", "sql.no_column", (1, 21), "amount"),
        ("select s.amuont from sales as s", "sql.no_column", (1, 8), "amount"),
        ("select summ(amount) from sales", "sql.no_function", (1, 8), "sum"),
        ("select sum(region) from sales", "sql.no_match", (1, 8), None),
        ("select region, sum(amount) from sales", "sql.objection_at", (1, 8), None),
        ("select cast('abc' as integer)", "sql.objection_at", (1, 8), None),
        ("select error('no')", "sql.objection", None, None),
        ("select $1", "sql.objection", None, None),
    ],
)
def test_q15_a_mistake_is_told_with_its_place_and_the_nearest_name(
    here, sql, key, place, suggestion
):
    found = fault(here, sql)
    assert found.key == key
    assert found.values.get("suggestion") == suggestion
    if place:
        assert (found.values["line"], found.values["column"]) == place
    assert "Traceback" not in str(found.values)


def test_q16_columns_with_any_name(here):
    found = here('select "选择", "order", "a""b", sum(amount) as "总额" from sales group by all')
    assert [column.name for column in found.columns] == ["选择", "order", 'a"b', "总额"]
    assert sum(row[3] for row in found.rows) == Decimal("130.3000")


def test_q12_a_question_that_listens_is_stopped_at_its_time(here):
    endless = "with recursive r as (select 1 as i union all select i + 1 from r) from r where i < 0"
    start = time.monotonic()
    with pytest.raises(QueryError) as error:
        here(endless, seconds=0.3)
    assert (error.value.key, error.value.values) == ("sql.too_slow", {"seconds": 0.3})
    assert time.monotonic() - start < 5


def test_q12_memory_of_the_engine_ends(here):
    with pytest.raises(QueryError) as error:
        here("select list(i) from range(50_000_000) as t(i)", memory_mib=64)
    assert (error.value.key, error.value.values) == ("sql.too_much_memory", {"memory": 64})


@pytest.mark.child
class TestInItsProcess:
    def test_it_answers_and_leaves_nothing_behind(self, path):
        found = ask(path, TABLES, "select sum(amount) as total from sales")
        assert isinstance(found, Answer)
        assert found.columns == (Column("total", "DECIMAL(38,4)", "exact"),)
        assert found.rows == ((Decimal("130.3000"),),)
        assert [file.name for file in path.parent.iterdir()] == [path.name]

    def test_q01_a_refusal_comes_back_as_itself(self, path):
        with pytest.raises(QueryError) as error:
            ask(path, TABLES, "drop table sales")
        assert (error.value.key, error.value.values) == ("sql.not_reading", {"kind": "DROP"})

    @pytest.mark.parametrize(
        "bomb",
        [
            "select levenshtein(repeat('a', 200000), repeat('b', 200000))",
            "select max(sin(a.range * b.range)) from range(1000000) a, range(1000000) b",
        ],
    )
    def test_q12_and_q13_what_does_not_listen_is_killed(self, path, bomb):
        start = time.monotonic()
        with pytest.raises(QueryError) as error:
            ask(path, TABLES, bomb, SHORT)
        assert error.value.key == "sql.too_slow"
        assert time.monotonic() - start < 15
        assert ask(path, TABLES, "select 1").rows == ((1,),)

    def test_q13_what_takes_memory_beside_the_engine_is_killed(self, path):
        allowed = Allowance(seconds=10, memory_mib=128)
        for bomb in (
            "select format('{:>2000000000}', 1)",
            "select len(range(2000000000))",
        ):
            with pytest.raises(QueryError) as error:
                ask(path, TABLES, bomb, allowed)
            assert error.value.key == "sql.too_much_memory"

    def test_q13_what_breaks_the_engine_breaks_it_alone(self, path):
        deep = "[" * 49_000
        with pytest.raises(QueryError) as error:
            ask(path, TABLES, f"select ('{deep}{deep.replace('[', ']')}')::json::variant")
        assert error.value.key in ("sql.broke", "sql.too_much_memory", "sql.objection")

    def test_it_knows_nothing_of_its_environment(self, monkeypatch):
        monkeypatch.setenv("SALESDASH_SECRET", "x")
        monkeypatch.setenv("HOME", "/home/ana")
        limits = Allowance().limits
        assert child.run("os:getenv", {"key": "SALESDASH_SECRET"}, limits) is None
        assert child.run("os:getenv", {"key": "HOME"}, limits) is None

    @pytest.mark.skipif(os.name != "posix", reason="limits of files are POSIX")
    def test_it_can_write_no_file(self, tmp_path):
        target = tmp_path / "leak.txt"
        arguments = {"self": str(target), "data": "x"}
        with pytest.raises(FileError) as error:
            child.run("tests.engine.copied:written", arguments, Allowance().limits)
        assert "File too large" in str(error.value.values["detail"])
        assert target.read_text() == ""

    def test_l05_a_question_that_is_given_up_stops_at_once(self, path):
        class Left(Exception):
            pass

        began = time.monotonic()

        def tick():
            if time.monotonic() - began > 1:
                raise Left

        with pytest.raises(Left):
            ask(path, TABLES, "select count(*) from range(1e10::bigint)", tick=tick)
        assert time.monotonic() - began < 3
