"""Addresses, remembered answers, jobs."""

import threading
import time

import pytest

from salesdash.ui import url
from salesdash.ui.jobs import GivenUp, Job
from salesdash.ui.memory import Answers


def nothing() -> None:
    """Waiting needs no help here."""


def test_filters_go_into_an_address_and_come_back() -> None:
    filters = (("channel", ("Online",)), ("region", ("North", None, "a:b")))
    pairs = url.filters_to(filters)
    assert pairs == ["channel:Online", "region:North", "region:", "region:a:b"]
    assert url.filters_from(pairs) == filters


@pytest.mark.parametrize("pairs", [["nonsense"], [":x"], [""]])
def test_nonsense_in_an_address_is_no_filter(pairs: list[str]) -> None:
    assert url.filters_from(pairs) == ()


def test_an_answer_is_made_once_and_the_oldest_leaves() -> None:
    made: list[str] = []
    answers = Answers(limit=2)

    def ask(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key

        return answers.get(key, make, nothing)

    for key in ("a", "b", "a", "c", "a", "b"):  # c pushes b out
        ask(key)
    assert made == ["a", "b", "c", "b"]
    assert len(answers) == 2


def test_two_who_ask_at_once_share_one_answer() -> None:
    answers, made, waited = Answers(limit=4), [], []
    started = threading.Event()

    def slow() -> int:
        started.set()
        time.sleep(0.2)
        made.append(1)
        return 7

    first = threading.Thread(target=lambda: answers.get("q", slow, nothing))
    first.start()
    started.wait()
    assert answers.get("q", slow, lambda: waited.append(1)) == 7
    first.join()
    assert made == [1]
    assert waited


def test_who_gives_up_leaves_the_question_to_the_next() -> None:
    answers = Answers(limit=4)

    def give_up() -> int:
        raise GivenUp

    with pytest.raises(GivenUp):
        answers.get("q", give_up, nothing)
    assert answers.get("q", lambda: 3, nothing) == 3


def test_a_job_tells_how_far_it_is_and_can_be_stopped() -> None:
    go, stop = threading.Event(), threading.Event()

    def work(job: Job[int]) -> int:
        job.tell(0.5, "step.reading")
        go.set()
        stop.wait()
        job.tick()
        return 1

    job = Job(work)
    go.wait()
    assert (job.share, job.step, job.is_done) == (0.5, "step.reading", False)
    job.stop()
    stop.set()
    with pytest.raises(GivenUp):
        job.result()
    assert job.failed


def test_a_code_of_an_address_means_the_same_choice_on_every_page() -> None:
    for codes in url.OWN.values():
        for code, slot in codes.items():
            assert url.ALL[code] is slot, code
