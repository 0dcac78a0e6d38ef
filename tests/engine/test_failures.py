import duckdb
import pytest

from salesdash.engine import Engine
from salesdash.engine.failures import meaning, translated
from salesdash.errors import DiskFull, HomeBusy, StorageError, UsageError


@pytest.mark.parametrize(
    ("error", "kind", "key"),
    [
        (duckdb.IOException("IO Error: No space left on device"), DiskFull, "disk.full"),
        (duckdb.IOException("Could not set lock: held in (PID 12)"), HomeBusy, "home.busy"),
        (duckdb.InterruptException("stop"), StorageError, "engine.interrupted"),
        (duckdb.OutOfMemoryException("too much"), StorageError, "engine.memory"),
        (duckdb.BinderException("no column"), UsageError, "engine.statement"),
        (duckdb.IOException("odd"), StorageError, "engine.failed"),
        (duckdb.IOException(""), StorageError, "engine.failed"),
    ],
)
def test_each_duckdb_error_has_a_meaning(error, kind, key):
    found = meaning(error)
    assert isinstance(found, kind)
    assert found.key == key


def test_a_fatal_error_lets_go_of_the_instance():
    called = []
    with pytest.raises(DiskFull), translated(on_fatal=lambda: called.append(1)):
        raise duckdb.FatalException("No space left on device")
    assert called == [1]
    with pytest.raises(StorageError), translated():
        raise duckdb.FatalException("other")


def test_after_a_fatal_error_the_next_question_works(tmp_path):
    engine = Engine.open(tmp_path / "w.duckdb")
    engine.run("create table t as select 1 as a")

    def die():
        with engine.session():
            raise duckdb.FatalException("No space left on device")

    with pytest.raises(DiskFull):
        die()
    assert engine.rows("select a from t") == [(1,)]
