"""Actions: whose, overdue, and how many meetings they have outlived."""

from datetime import date, datetime

import pytest

from salesdash.analysis import actions
from salesdash.workspace import Standing
from tests.analysis.meeting import action, held

TODAY = date(2026, 11, 23)
DONE = {"state": Standing.DONE, "settled_by": "Bo", "settled_at": datetime(2026, 11, 20, 9)}
ALL = (
    action(1, "later", due=date(2026, 12, 1)),
    action(2, "late", due=date(2026, 11, 22)),
    action(3, "today", due=TODAY, owner="Ｃleo  Li"),
    action(4, "some day"),
    action(5, "done", **DONE),
    action(6, "dropped", state=Standing.DROPPED, settled_at=datetime(2026, 11, 21, 9)),
)


def board(scope: actions.Scope, who: str = "bo", found=ALL):
    return actions.build(actions.rows(found, (), TODAY), who, scope)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("mine", ["late", "later", "some day"]),
        ("team", ["late", "today", "later", "some day"]),
        ("overdue", ["late"]),  # what is due today is not overdue yet
        ("done", ["dropped", "done"]),
    ],
)
def test_each_scope_in_its_order(scope, expected):
    assert [row.text for row in board(scope).rows] == expected


def test_names_match_however_they_are_typed():
    assert [row.text for row in board("mine", "cleo li").rows] == ["today"]
    assert board("mine", "").rows == ()


def test_a_board_knows_what_the_same_people_have_done():
    assert [row.id for row in board("team").settled] == [5, 6]
    assert [row.id for row in board("mine").settled] == [5, 6]
    assert board("mine", "cleo li").settled == ()
    assert board("overdue").settled == ()


def test_comments_are_counted():
    found = actions.rows(ALL[:2], (), TODAY, {2: 3})
    assert [row.comments for row in found] == [0, 3]


def test_the_sentence_counts_what_is_open_and_overdue():
    found = board("team")
    assert (found.headline.key, dict(found.headline.values)) == (
        "team.actions.overdue",
        {"count": 1, "open": 4},
    )
    assert dict(found.lead.values) == {"count": 3, "done": 2}
    assert board("team", found=ALL[:1]).headline.key == "team.actions.on_time"
    assert board("team", found=ALL[4:]).headline.key == "team.actions.all_done"
    assert board("team", found=()).headline.key == "team.actions.none"


class TestCarried:
    first = held(1, datetime(2026, 11, 9, 9))
    second = held(2, datetime(2026, 11, 16, 9))
    third = held(3, datetime(2026, 11, 23, 9))
    month = held(4, datetime(2026, 11, 17, 9), kind="monthly")
    planned = held(5, None)
    every = (first, second, third, month, planned)

    def count(self, **more) -> int:
        return actions.carried(
            action(1, "x", made_at=datetime(2026, 11, 9, 9, 30), **more), self.every
        )

    def test_later_meetings_of_the_same_kind_count(self):
        assert self.count(line=1, meeting=1) == 2

    def test_not_after_it_was_done(self):
        assert self.count(line=1, meeting=1, settled_at=datetime(2026, 11, 20)) == 1

    def test_without_a_meeting_every_kind_counts(self):
        assert self.count() == 3

    def test_the_one_before_is_of_the_same_kind(self):
        assert actions.previous(self.third, self.every) == self.second
        assert actions.previous(self.first, self.every) is None
        assert actions.previous(self.planned, self.every) is None
