"""The next choice finds its answer there already."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.analysis import overview
from salesdash.periods import Comparison, presets
from salesdash.selection import Selection
from salesdash.ui import ahead, context, process
from salesdash.ui.idle import Idle
from tests.ui.test_idle import until

pytestmark = pytest.mark.ui


@pytest.fixture
def asked(
    front: AppTest, unasked: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Selection]]:
    """What the Overview was worked out for; the process asks ahead at once."""
    found: list[Selection] = []
    build = overview.build

    def noted(*arguments, **named):
        found.append(arguments[2])
        return build(*arguments, **named)

    monkeypatch.setattr(overview, "build", noted)
    shared = process.shared()
    shared.idle = Idle(shared.answers, after=0)
    yield found
    shared.idle.close()


def test_other_periods_and_comparisons_of_the_overview_are_there_when_chosen(front, asked):
    front.run()
    first = asked[0]
    until(lambda: len(asked) == len(presets()) + len(Comparison) - 1)  # each has the first one
    assert len(set(asked)) == len(asked)
    assert {each.comparison for each in asked if each.window == first.window} == set(Comparison)
    front.selectbox(key="w.period").select("last-month").run()
    assert not front.exception
    assert len(set(asked)) == len(asked)


def test_other_screens_have_the_overview_ready(front, asked):
    front.switch_page("pages/training.py").run()
    until(lambda: len(asked) == 1)
    assert asked[0] == Selection(asked[0].window, Comparison.LAST_YEAR)
    front.switch_page("pages/overview.py").run()
    assert not front.exception
    assert asked.count(asked[0]) == 1


def test_another_thread_looks_at_the_same_without_a_session(front):
    front.run()
    here = context.here()
    other = ahead.apart(here, lambda: None)
    with context.looking(other):
        assert context.here() is other
        assert (context.lang(), context.kind()) == (here.lang, here.kind)
        assert context.home() is here.home
    assert context.here() is not other
