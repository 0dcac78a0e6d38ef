"""How far work is, on the terminal and asked of an app; and stopping it from there."""

import io
import threading
import time

import pytest

from salesdash.cli import progress
from salesdash.cli.progress import Far
from salesdash.engine import Engine
from salesdash.errors import Stopped, StorageError
from salesdash.imports.running import interruptible, tagged, under_way, working


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_line_says_file_share_and_step():
    said = progress.line(Far("orders.csv", 0.5, "step.cleaning"), "en")
    assert said == "orders.csv  ████████████░░░░░░░░░░░░  50%  Cleaning the rows"
    assert progress.line(Far("a.csv", 0.0, ""), "zh").endswith("正在读取文件")


def test_a_terminal_sees_it_and_is_clean_again_afterwards(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS", 0.01)
    out = Terminal()
    with progress.shown(lambda: [Far("a.csv", 1.0, "step.writing")], "en", out):
        end = time.monotonic() + 10
        while "a.csv" not in out.getvalue():
            assert time.monotonic() < end
            time.sleep(0.01)
    assert out.getvalue().endswith("\r\x1b[K")
    quiet = Terminal()
    with progress.shown(list, "en", quiet):
        time.sleep(0.05)
    assert quiet.getvalue() == ""


def test_a_file_or_a_pipe_sees_nothing():
    out = io.StringIO()
    with progress.shown(lambda: pytest.fail("nobody looks"), "en", out):
        pass
    assert out.getvalue() == ""


def test_work_is_seen_by_home_and_tag_while_it_lasts(tmp_path):
    with tagged("t1"), working(tmp_path, "a.csv", "Ana") as work:
        work.tell(1.5, "step.reading")
        assert under_way(tmp_path) == under_way(tag="t1") == (work,)
        assert under_way(tmp_path / "other") == under_way(tag="t2") == ()
        assert progress.here() == [Far("a.csv", 1.0, "step.reading")]
    assert under_way() == ()


def test_a_stop_interrupts_a_statement_and_reads_as_stopped(tmp_path):
    calls = []

    def stopped():
        with (
            working(tmp_path, "a.csv", "Ana") as work,
            interruptible(lambda: calls.append(1), "step.writing"),
        ):
            work.stop()
            raise StorageError("engine.interrupted")

    with pytest.raises(Stopped) as error:
        stopped()
    assert calls == [1]
    assert error.value.values == {"file": "a.csv"}


def test_other_failures_of_a_statement_stay_what_they_are(tmp_path):
    def failed():
        with (
            working(tmp_path, "a.csv", "Ana"),
            interruptible(lambda: None, "step.writing"),
        ):
            raise StorageError("disk.failed")

    with pytest.raises(StorageError, match=r"disk\.failed"):
        failed()
    with interruptible(lambda: None, "step.writing"):  # no work: nothing to stop
        pass


def test_an_import_that_is_being_written_can_be_stopped(tmp_path):
    """A long statement of the engine ends within a moment."""
    engine = Engine.open(None, allowed=())
    started = threading.Event()

    def stop():
        started.wait(10)
        time.sleep(0.1)
        under_way(tmp_path)[0].stop()

    def written():
        with (
            working(tmp_path, "a.csv", "Ana"),
            engine.transaction() as transaction,
            interruptible(transaction.interrupt, "step.writing"),
        ):
            started.set()
            transaction.run("select sum(a.range * b.range) from range(1000000) a, range(1000000) b")

    threading.Thread(target=stop).start()
    begin = time.monotonic()
    with pytest.raises(Stopped):
        written()
    assert time.monotonic() - begin < 10
    assert engine.rows("select 1") == [(1,)]
    engine.close()


def test_an_app_that_is_gone_works_on_nothing():
    from salesdash.cli import client
    from salesdash.commands.address import Address

    assert client._work(Address(1, "t", 1), "tag") == []
