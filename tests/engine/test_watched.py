import time

import pytest

from salesdash.engine import Engine, Watched
from salesdash.errors import UsageError


class LeftThePage(Exception):
    pass


def test_a_question_is_answered_through_a_worker():
    engine = Engine.open()
    watched = Watched(engine, lambda: None)
    assert watched.rows("select $a", {"a": 1}) == [(1,)]
    assert watched.arrow("select 1 as a").to_pydict() == {"a": [1]}
    assert watched.describe("select 1 as a") == (("a", "INTEGER"),)
    with pytest.raises(UsageError):
        watched.rows("select nope")


def test_leaving_the_page_stops_the_query():
    engine = Engine.open()

    def leave():
        raise LeftThePage

    started = time.monotonic()
    with pytest.raises(LeftThePage):
        Watched(engine, leave).rows("select count(*) from range(1000000000000)")
    assert time.monotonic() - started < 60
    assert engine.rows("select 1") == [(1,)]
