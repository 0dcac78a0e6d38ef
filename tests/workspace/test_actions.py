"""What actions are for, how they change bit by bit, and what is said under them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import create_engine

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.selection import Filter
from salesdash.workspace import (
    Occasion,
    Point,
    Priority,
    Promise,
    Source,
    Stamp,
    Standing,
    Workspace,
)
from salesdash.workspace.actions import EDITABLE
from salesdash.workspace.databases import Database, Sqlite
from salesdash.workspace.upgrade import MIGRATIONS, upgrade

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 5))
NORTH = (Filter("region", ("North",)),)
WHOLE = Promise(
    "Visit the ten largest",
    "Chen Wei",
    date(2026, 12, 4),
    page="goals",
    query={"goal": ["3"]},
    priority=Priority.HIGH,
    origin=Source("lever", "3:win_rate"),
    metric="sales",
    scope=NORTH,
    expected=Decimal("-50000.25"),
    check=date(2027, 1, 12),
)


@pytest.fixture
def workspace(place: Database):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


def told(workspace: Workspace, number: int) -> list[tuple[dict[str, object], bool, str]]:
    found = workspace.history.of("actions", number)
    return [(each.content, each.kept, each.who) for each in found]


def test_an_action_comes_back_as_it_was_promised(workspace):
    found = workspace.actions.get(workspace.actions.make(WHOLE, ANA))
    assert {name: getattr(found, name) for name in vars(WHOLE)} == vars(WHOLE)


def test_an_action_of_few_words_has_no_more(workspace):
    found = workspace.actions.get(workspace.actions.make(Promise("Call"), ANA))
    assert (found.priority, found.origin, found.metric) == (Priority.NORMAL, None, None)
    assert (found.scope, found.expected, found.check) == ((), None, None)


def test_a_line_of_a_meeting_is_an_origin_by_itself(workspace):
    week = Occasion("weekly", "week:2026-W47", date(2026, 11, 16), date(2026, 11, 22))
    point = Point("text", {"en": "Next week"}, {"en": ""}, (), 0)
    meeting = workspace.meetings.open(week, 0, (point,), ANA)
    (line,) = workspace.meetings.lines(meeting.id)
    found = workspace.actions.get(workspace.actions.make(Promise("Call", line=line.id), ANA))
    assert found.origin == Source("line", str(line.id))


def test_equal_scopes_are_equal_in_any_order(workspace):
    two = (Filter("region", ("South", "North")), Filter("channel", ("Online",)))
    turned = (Filter("channel", ("Online",)), Filter("region", ("North", "South", "North")))
    assert replace(WHOLE, scope=two) == replace(WHOLE, scope=turned)


def test_a_scope_or_an_effect_of_no_metric_is_refused(workspace):
    for broken in (
        Promise("Call", scope=NORTH),
        Promise("Call", expected=Decimal(5)),
        replace(WHOLE, metric=""),
    ):
        with pytest.raises(UsageError) as error:
            workspace.actions.make(broken, ANA)
        assert error.value.key == "action.no_metric"
    assert workspace.actions.all() == ()


def test_an_edit_changes_all_but_where_it_came_from(workspace):
    number = workspace.actions.make(WHOLE, ANA)
    bare = {name: getattr(Promise("Call", "Bo"), name) for name in EDITABLE}
    workspace.actions.amend(number, bare, BO, 1)
    found = workspace.actions.get(number)
    assert (found.text, found.owner, found.due, found.metric) == ("Call", "Bo", None, None)
    assert (found.origin, found.page, found.query) == (WHOLE.origin, "goals", {"goal": ["3"]})


def test_a_part_changes_and_the_history_says_just_that(workspace):
    number = workspace.actions.make(Promise("Call"), ANA)
    workspace.actions.amend(number, {"priority": Priority.HIGH}, BO, 1)
    workspace.actions.amend(number, {"priority": Priority.HIGH}, ANA, 1)  # the same again
    workspace.actions.amend(number, {"due": date(2026, 12, 1)}, ANA, 2)
    found = workspace.actions.get(number)
    assert (found.priority, found.due, found.version) == (Priority.HIGH, date(2026, 12, 1), 3)
    assert told(workspace, number)[1:] == [
        ({"priority": "high"}, True, "Bo"),
        ({"due": "2026-12-01"}, True, "Ana"),
    ]


def test_two_who_change_one_action_lose_nothing(workspace):
    number = workspace.actions.make(Promise("Call", "Cleo"), ANA)
    workspace.actions.amend(number, {"owner": "Bo"}, BO, 1)
    with pytest.raises(Conflict) as error:
        workspace.actions.amend(number, {"owner": "Ana"}, ANA, 1)
    assert error.value.values["mine"] == {"owner": "Ana"}
    assert workspace.actions.get(number).owner == "Bo"
    assert told(workspace, number)[-1] == ({"owner": "Ana"}, False, "Ana")


def test_two_who_change_different_parts_do_not_stand_in_each_others_way(workspace):
    number = workspace.actions.make(Promise("Call", "Cleo"), ANA)
    workspace.actions.amend(number, {"owner": "Bo"}, BO, 1)
    workspace.actions.amend(number, {"due": date(2026, 12, 1)}, ANA, 1)
    workspace.actions.settle(number, Standing.DONE, ANA, 1)
    found = workspace.actions.get(number)
    assert (found.owner, found.due, found.state, found.version) == (
        "Bo",
        date(2026, 12, 1),
        Standing.DONE,
        4,
    )
    with pytest.raises(Conflict):
        workspace.actions.settle(number, Standing.DROPPED, BO, 1)


class TestComments:
    def test_comments_stand_in_order_with_who_and_when(self, workspace):
        first, other = (workspace.actions.make(Promise(text), ANA) for text in "ab")
        workspace.comments.add(first, " They want *two* weeks ", ANA)
        workspace.comments.add(other, "No answer", ANA)
        workspace.comments.add(first, "Agreed", BO)
        assert [(each.text, each.who, each.at) for each in workspace.comments.of(first)] == [
            ("They want *two* weeks", "Ana", NOW),
            ("Agreed", "Bo", BO.at),
        ]
        assert workspace.comments.counts() == {first: 2, other: 1}

    def test_a_comment_without_words_or_action_is_refused(self, workspace):
        number = workspace.actions.make(Promise("a"), ANA)
        for arguments, key in (((number, " "), "comment.empty"), ((9, "x"), "action.unknown")):
            with pytest.raises(UsageError) as error:
                workspace.comments.add(*arguments, ANA)
            assert error.value.key == key
        assert workspace.comments.counts() == {}

    @pytest.mark.parametrize(
        "change", ["delete from action_comments", "update action_comments set text = 'x'"]
    )
    def test_nobody_changes_or_deletes_a_comment(self, workspace, change):
        number = workspace.actions.make(Promise("a"), ANA)
        workspace.comments.add(number, "Agreed", ANA)
        with pytest.raises(StorageError), workspace.writing() as connection:
            connection.exec_driver_sql(change)
        assert [each.text for each in workspace.comments.of(number)] == ["Agreed"]


def test_actions_of_an_earlier_version_keep_all_and_name_their_meeting(tmp_path):
    path = tmp_path / "workspace.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    upgrade(Sqlite(path), engine, NOW, "0005", MIGRATIONS)
    engine.dispose()
    with closing(sqlite3.connect(path)) as old, old:
        old.execute(
            "insert into actions (id, text, owner, state, line, made_by, made_at, who, at, version)"
            " values (1, 'Call', 'Bo', 'open', 7, 'Ana', '2026-11-16 09:00:00', 'Ana',"
            " '2026-11-16 09:00:00', 1), (2, 'Write', '', 'done', null, 'Ana',"
            " '2026-11-16 09:00:00', 'Ana', '2026-11-16 09:00:00', 1)"
        )
    workspace = Workspace.open(path, NOW)
    first, second = workspace.actions.all()
    assert (first.text, first.priority, first.origin) == (
        "Call",
        Priority.NORMAL,
        Source("line", "7"),
    )
    assert (second.text, second.origin, second.scope, second.expected) == ("Write", None, (), None)
    workspace.close()
