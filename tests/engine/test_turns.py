"""L06 of the catalogue: of five questions of one person one runs, two wait, the rest is refused."""

import threading
import time

import pytest

from salesdash.engine.turns import Turns
from salesdash.errors import QueryError


class Desk:
    """Questions that take until they are let go."""

    def __init__(self, turns):
        self.turns = turns
        self.running, self.done, self.refused = [], [], []
        self.free = threading.Event()
        self.threads = []

    def ask(self, who, name):
        def work():
            try:
                with self.turns.turn(who):
                    self.running.append(name)
                    self.free.wait(10)
                    self.running.remove(name)
                    self.done.append(name)
            except QueryError as error:
                self.refused.append((name, error.key))

        self.threads.append(threading.Thread(target=work))
        before = len(self.turns._queue) + len(self.refused)
        self.threads[-1].start()
        self.until(lambda: len(self.turns._queue) + len(self.refused) > before)

    def until(self, holds):
        deadline = time.monotonic() + 10
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def finish(self):
        self.free.set()
        for thread in self.threads:
            thread.join(10)


def test_l06_one_runs_two_wait_the_rest_is_refused():
    desk = Desk(Turns())
    for number in range(5):
        desk.ask("Ana", number)
    desk.until(lambda: desk.running == [0])
    assert sorted(desk.refused) == [(3, "sql.too_many"), (4, "sql.too_many")]
    desk.finish()
    assert desk.done == [0, 1, 2]
    assert desk.turns._queue == []


def test_others_do_not_wait_for_one_who_asks_much():
    desk = Desk(Turns())
    desk.ask("Ana", "a1")
    desk.ask("Ana", "a2")
    desk.ask("Bo", "b1")
    desk.until(lambda: sorted(desk.running) == ["a1", "b1"])
    desk.finish()
    assert sorted(desk.done) == ["a1", "a2", "b1"]


def test_a_full_queue_is_said():
    desk = Desk(Turns(running=1, waiting=2))
    for who in ("Ana", "Bo", "Cleo", "Dan"):
        desk.ask(who, who)
    assert desk.refused == [("Dan", "sql.busy")]
    desk.finish()
    assert desk.done == ["Ana", "Bo", "Cleo"]


def test_who_gives_up_leaves_the_queue():
    turns = Turns(running=1)

    def leave():
        raise KeyboardInterrupt

    with turns.turn("Ana"):
        with pytest.raises(KeyboardInterrupt), turns.turn("Bo", leave):
            pytest.fail("it is not Bo's turn")
        assert [ticket.who for ticket in turns._queue] == ["Ana"]
