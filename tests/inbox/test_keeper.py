import threading
import time
from contextlib import contextmanager

from salesdash.imports.running import under_way
from salesdash.inbox import Keeper, intake, keeper
from tests.imports.build import amounts
from tests.inbox.kit import MORE, ORDERS, lying, put, taker

PATIENCE = 30.0


def until(condition):
    """Wait for what a thread does; fails when it does not."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def keeping(home, monkeypatch):
    monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr("salesdash.inbox.arrivals.SETTLE_SECONDS", 0.1)

    @contextmanager
    def desk():
        yield taker(home)

    found = Keeper(home.path, desk)
    found.start()
    try:
        yield found
    finally:
        found.stop()


def test_what_arrives_goes_in_by_itself(home, monkeypatch):
    with keeping(home, monkeypatch):
        put(home, "orders.csv", ORDERS)
        until(lambda: amounts(home) == [2, 4])
        put(home, "more.csv", MORE)
        until(lambda: amounts(home) == [2, 4, 8])
        until(lambda: lying(home) == ["done/more.csv", "done/orders.csv"])


def test_it_ends_in_the_middle_of_a_file_and_all_files_stay(home, monkeypatch):
    reached, real = threading.Event(), intake.stage

    def slow(home, request, now, tell):
        reached.set()
        while True:
            tell(0.1, "step.reading")
            time.sleep(0.01)

    monkeypatch.setattr(intake, "stage", slow)
    with keeping(home, monkeypatch) as found:
        put(home, "orders.csv", ORDERS)
        put(home, "more.csv", MORE)  # is not begun any more
        assert reached.wait(PATIENCE)
        found.stop()
    assert (lying(home), under_way()) == (["more.csv", "orders.csv"], ())
    monkeypatch.setattr(intake, "stage", real)
    with keeping(home, monkeypatch):
        until(lambda: lying(home) == ["done/more.csv", "done/orders.csv"])


def test_it_outlives_whatever_happens(home, monkeypatch):
    calls = []

    @contextmanager
    def broken():
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("config.yaml is in the middle of being written")
        yield taker(home)

    monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(keeper, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr("salesdash.inbox.arrivals.SETTLE_SECONDS", 0.0)
    found = Keeper(home.path, broken)
    put(home, "orders.csv", ORDERS)
    found.start()
    until(lambda: amounts(home) == [2, 4])
    found.stop()


def test_a_file_that_could_not_be_taken_is_left_alone_for_a_while(home, monkeypatch):
    tries = []

    def locked(*_):
        tries.append(1)
        raise PermissionError("locked")

    monkeypatch.setattr(intake, "stage", locked)
    with keeping(home, monkeypatch):
        put(home, "orders.csv", ORDERS)
        until(lambda: tries)
        time.sleep(0.3)
    assert len(tries) == 1


def test_one_that_was_never_started_can_be_stopped(home):
    Keeper(home.path, lambda: None).stop()
