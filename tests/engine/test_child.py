import os
import subprocess
import sys
from pathlib import Path

import pytest

from salesdash.engine import Limits, child
from salesdash.errors import FileError, SalesdashError, UsageError

pytestmark = pytest.mark.child

STATM = Path("/proc/self/statm")


def test_a_child_returns_json():
    assert child.run("os.path:basename", {"p": "/a/b"}) == "b"


def test_errors_of_the_tree_come_back_as_themselves():
    with pytest.raises(UsageError) as error:
        child.run("salesdash.engine.expression:parse_expression", {"sql": "(select 1)"})
    assert error.value.key == "expression.subquery"


def test_a_child_that_breaks_is_a_file_that_cannot_be_read():
    with pytest.raises(FileError) as error:
        child.run("os.path:basename", {"wrong": 1})
    assert error.value.key == "file.child_failed"


def test_a_child_that_dies_takes_nobody_with_it():
    with pytest.raises(FileError) as error:
        child.run("os:abort", {})
    assert error.value.key == "file.child_died"


def test_leaving_ends_the_child():
    class LeftThePage(Exception):
        pass

    def leave():
        raise LeftThePage

    with pytest.raises(LeftThePage):
        child.run("signal:pause", {}, watch=child.Watch(tick=leave))


def test_the_wall_clock_ends_the_child():
    with pytest.raises(FileError) as error:
        child.run("signal:pause", {}, Limits(wall_seconds=0))
    assert error.value.key == "file.too_slow"


def test_one_process_does_what_is_run_together():
    with child.shared():
        first, second = child.run("os:getpid", {}), child.run("os:getpid", {})
    assert first == second
    assert child.run("os:getpid", {}) != first
    with pytest.raises(ProcessLookupError):  # nobody waits for orders any more
        os.kill(first, 0)


def test_each_order_has_its_own_limits():
    with child.shared():
        low = child.run("tests.engine.copied:limits", {}, Limits(memory_mib=2000, cpu_seconds=5))
        high = child.run("tests.engine.copied:limits", {}, Limits(memory_mib=3000, cpu_seconds=9))
    assert (low[0], high[0]) == (2000 << 20, 3000 << 20)
    assert low[1] < high[1]


def test_who_failed_or_is_strict_shares_nothing():
    with child.shared():
        first = child.run("os:getpid", {})
        assert child.run("os:getpid", {}, Limits(strict=True)) != first
        with pytest.raises(FileError):
            child.run("os:abort", {})
        second = child.run("os:getpid", {})
        with pytest.raises(UsageError):
            child.run("salesdash.engine.expression:parse_expression", {"sql": "(select 1)"})
        assert len({first, second, child.run("os:getpid", {})}) == 3


@pytest.mark.skipif(not STATM.exists(), reason="Linux tells what is held")
def test_who_holds_much_memory_is_not_given_more():
    with child.shared():
        first = child.run("tests.engine.copied:hoarded", {"mib": child.WORN_MIB})
        assert child.run("os:getpid", {}) != first


def test_progress_reaches_the_parent():
    seen = []
    work, arguments = "salesdash.engine.child:progress", {"share": 0.5, "step": "reading"}
    watch = child.Watch(on_progress=lambda share, step: seen.append((share, step)))
    assert child.run(work, arguments, watch=watch) is None
    assert seen == [(0.5, "reading")]
    child.run(work, arguments)  # nobody listens: still fine


@pytest.mark.parametrize("said", [b"", b'{"function": "os.path:base'])
def test_a_child_whose_parent_left_before_it_had_said_all_goes_quietly(said):
    words = [sys.executable, "-c", "from salesdash.engine.child import main; main()"]
    done = subprocess.run(words, input=said, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def order(function, **arguments):
    return {"function": function, "arguments": arguments, "limits": {"memory_mib": 100}}


def test_serve_puts_every_outcome_into_a_message(monkeypatch, capsys):
    assert child.serve(order("os.path:basename", p="/a/b")) == {"result": "b"}
    refused = child.serve(order("salesdash.engine.expression:parse_expression", sql="*"))
    assert refused["error"]["class"] == "UsageError"

    def hungry():
        raise MemoryError

    monkeypatch.setattr(os, "getcwd", hungry)
    assert child.serve(order("os:getcwd"))["error"]["key"] == "file.too_much_memory"
    broken = child.serve(order("nowhere:nothing"))
    assert broken["error"]["key"] == "file.child_failed"
    assert "ModuleNotFoundError" in capsys.readouterr().err


def test_every_error_of_the_tree_can_travel():
    message = {"class": "DiskFull", "key": "disk.full", "values": {}, "place": {"file": "a.csv"}}
    error = child._rebuilt(message)
    assert isinstance(error, SalesdashError)
    assert error.place.file == "a.csv"
