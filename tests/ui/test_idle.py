"""What is asked ahead: when, in which order, and to whom it gives way."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from salesdash.ui.idle import Idle, Tick
from salesdash.ui.memory import Answers

PATIENCE_SECONDS = 20


@pytest.fixture
def answers() -> Answers:
    return Answers(9)


@pytest.fixture
def idle(answers: Answers) -> Iterator[Idle]:
    made = Idle(answers, after=0.01)
    yield made
    made.close()


def until(truth: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not truth():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class Asked:
    """Questions that note when they begin and end; `slow` ones wait for `go`, ticking."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.go = threading.Event()

    def quick(self, name: str) -> Callable[[Tick], None]:
        def ask(_tick: Tick) -> None:
            self.begun.append(name)
            self.ended.append(name)

        return ask

    def slow(self, name: str) -> Callable[[Tick], None]:
        def ask(tick: Tick) -> None:
            self.begun.append(name)
            while not self.go.wait(0.005):
                tick()
            self.ended.append(name)

        return ask


def test_all_are_asked_in_order_and_each_once(idle):
    asked = Asked()
    idle.expect({name: asked.quick(name) for name in "abc"})
    until(lambda: asked.ended == ["a", "b", "c"])
    idle.expect({name: asked.quick(name) for name in "bcd"})
    until(lambda: asked.ended == ["a", "b", "c", "d"])


def test_nothing_is_asked_while_screens_run(answers):
    asked, idle = Asked(), Idle(answers, after=1)
    idle.expect({"a": asked.quick("a")})
    for _ in range(8):
        time.sleep(0.2)
        idle.stir()
    assert asked.begun == []
    until(lambda: asked.ended == ["a"])
    idle.close()


def test_a_screen_that_runs_interrupts_and_it_is_asked_again(idle):
    asked = Asked()
    idle.expect({"a": asked.slow("a")})
    until(lambda: asked.begun == ["a"])
    idle.stir()
    until(lambda: asked.begun == ["a", "a"])
    assert asked.ended == []
    asked.go.set()
    until(lambda: asked.ended == ["a"])


def test_newer_wishes_replace_what_is_being_asked(idle):
    asked = Asked()
    idle.expect({"a": asked.slow("a"), "b": asked.quick("b")})
    until(lambda: asked.begun == ["a"])
    idle.expect({"c": asked.quick("c")})
    until(lambda: asked.ended == ["c"])
    assert asked.begun == ["a", "c"]


def test_what_a_screen_waits_for_is_worked_out_to_its_end(idle, answers):
    asked, waiting = Asked(), threading.Event()
    idle.expect({"a": lambda tick: answers.get("a", lambda: asked.slow("a")(tick), tick)})
    until(lambda: asked.begun == ["a"])

    def wait() -> None:
        idle.stir()
        waiting.set()

    visitor = threading.Thread(target=lambda: answers.get("a", asked.begun.clear, wait))
    visitor.start()
    assert waiting.wait(PATIENCE_SECONDS)
    time.sleep(0.05)
    asked.go.set()
    visitor.join(PATIENCE_SECONDS)
    assert asked.begun == ["a"]
    assert asked.ended == ["a"]
    assert not answers.awaited


def test_a_question_that_fails_does_not_end_the_others(idle):
    asked = Asked()

    def fails(_tick: Tick) -> None:
        raise ZeroDivisionError

    idle.expect({"a": fails, "b": asked.quick("b")})
    until(lambda: asked.ended == ["b"])


def test_closing_interrupts_what_is_being_asked(answers):
    asked, idle = Asked(), Idle(answers, after=0)
    idle.expect({"a": asked.slow("a")})
    until(lambda: asked.begun == ["a"])
    idle.close()
    assert asked.ended == []
