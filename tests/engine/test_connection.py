import threading
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from salesdash.engine import Engine, identifier
from salesdash.errors import HomeBusy, StorageError, UsageError


@pytest.fixture
def engine(tmp_path: Path):
    engine = Engine.open(tmp_path / "w.duckdb", allowed=(tmp_path,))
    engine.run("create table t (a integer, b decimal(18,4))")
    engine.run("insert into t values (1, 2.5), ($x, 3)", {"x": 7})
    yield engine
    engine.close()


def test_rows_and_arrow_keep_decimals(engine):
    assert engine.rows("select sum(b) from t") == [(Decimal("5.5000"),)]
    table = engine.arrow("select b from t where a = $a", {"a": 7})
    assert table.column("b").to_pylist() == [Decimal("3.0000")]


def test_describe_names_columns_without_running(engine):
    assert engine.describe("select * from t") == (("a", "INTEGER"), ("b", "DECIMAL(18,4)"))


def test_the_order_that_a_question_asks_for_is_kept(engine):
    """Without this setting, which speeds up inserts, DuckDB 1.5.6 shuffles large sorted answers."""
    assert engine.rows("select current_setting('preserve_insertion_order')") == [(True,)]


def test_a_transaction_is_all_or_nothing(engine):
    def fail():
        with engine.transaction() as t:
            t.run("insert into t values (2, 2)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert engine.rows("select count(*) from t") == [(2,)]


def test_an_error_inside_a_transaction_never_becomes_a_silent_rollback(engine):
    def fail():
        with engine.transaction() as t:
            t.run("insert into t values (2, 2)")
            t.run("select nope from t")

    with pytest.raises(UsageError) as error:
        fail()
    assert error.value.key == "engine.statement"
    assert engine.rows("select count(*) from t") == [(2,)]


def test_nested_transactions_are_refused(engine):
    with engine.transaction(), pytest.raises(StorageError), engine.transaction():
        pass


def test_a_trial_is_seen_only_inside(engine):
    with engine.trial() as t:
        t.run("delete from t")
        assert t.rows("select count(*) from t") == [(0,)]
        assert engine.rows("select count(*) from t") == [(2,)]
    assert engine.rows("select count(*) from t") == [(2,)]


def test_reading_sees_one_state(engine):
    with engine.reading() as r:
        assert r.rows("select count(*) from t") == [(2,)]
        engine.run("insert into t values (3, 3)")
        assert r.rows("select count(*) from t") == [(2,)]
    assert engine.rows("select count(*) from t") == [(3,)]


def test_registered_tables_stay_on_their_cursor(engine):
    with engine.session() as s:
        s.register("extra", pa.table({"k": [1, 2]}))
        assert s.rows("select sum(k) from extra") == [(3,)]
    with pytest.raises(UsageError):
        engine.rows("select * from extra")


def test_files_outside_the_allowed_folders_stay_closed(engine, tmp_path):
    engine.run(f"copy t to '{tmp_path / 't.parquet'}'")
    assert engine.rows(f"select count(*) from '{tmp_path / 't.parquet'}'") == [(2,)]
    with pytest.raises(StorageError):
        engine.rows("select * from read_text('/etc/passwd')")
    with pytest.raises(StorageError):
        engine.run("copy t to '/tmp/elsewhere.parquet'")


def test_python_variables_are_not_tables(engine):
    secret = pa.table({"k": [1]})
    with pytest.raises(UsageError):
        engine.rows("select * from secret")
    assert secret.num_rows == 1


def test_threads_never_see_each_others_rows(engine):
    wrong: list[object] = []

    def ask(n: int) -> None:
        answers = [engine.rows("select $n", {"n": n}) for _ in range(100)]
        wrong.extend(answer for answer in answers if answer != [(n,)])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_closed_engine_opens_again(engine):
    engine.checkpoint()
    engine.close()
    assert engine.rows("select count(*) from t") == [(2,)]


def test_a_file_held_by_another_process_names_its_pid(tmp_path):
    import subprocess
    import sys

    code = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True);"
        " sys.stdin.read()"
    )
    path = tmp_path / "held.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(HomeBusy) as error:
            Engine.open(path)
        assert error.value.values["pid"] == str(holder.pid)
    finally:
        holder.communicate()


def test_memory_threads_and_temp_are_settings(tmp_path):
    engine = Engine.open(memory="300MB", threads=1, temp=tmp_path)
    asked = "select value from duckdb_settings() where name = $n"
    assert engine.rows(asked, {"n": "threads"}) == [("1",)]
    assert engine.rows(asked, {"n": "temp_directory"}) == [(str(tmp_path),)]


def test_a_question_too_large_for_memory_says_so():
    engine = Engine.open(memory="20MB", threads=1)
    with pytest.raises(StorageError) as error:
        engine.rows("select count(*) from (select distinct a, a::varchar from range(5000000) t(a))")
    assert error.value.key in {"engine.memory", "disk.full"}


def test_identifier_quotes():
    assert identifier('a"b') == '"a""b"'
