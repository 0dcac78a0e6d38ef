"""Verdicts only grow: the newest stands, those before stay as they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.workspace import Promise, Seen, Stamp, Verdict, Workspace
from salesdash.workspace.databases import Database

ANA = Stamp("Ana", datetime(2026, 11, 23, 9, 0))
BO = Stamp("Bo", datetime(2026, 11, 30, 9, 5))
SEEN = Seen(date(2026, 11, 23), date(2026, 11, 22), 7, "abc", '{"figure":"1.10"}')
WORKED = (Verdict.WORKED, Verdict.UNCLEAR, "Two of them came back")
NOT = (Verdict.DID_NOT, Verdict.UNCLEAR, "They left again")


@pytest.fixture
def workspace(place: Database) -> Iterator[Workspace]:
    found = Workspace.open(place, ANA.at)
    found.actions.make(Promise("Call all silent customers", "Ana"), ANA)
    found.actions.make(Promise("Visit the north"), ANA)
    yield found
    found.close()


def test_a_verdict_comes_back_as_it_was_given(workspace):
    made = workspace.verdicts.give(1, SEEN, WORKED, ANA, 0)
    assert workspace.verdicts.of(1) == (made,)
    assert (made.word, made.proposal, made.note) == WORKED
    assert (made.action, made.version, made.seen, made.who, made.at) == (1, 1, SEEN, "Ana", ANA.at)


def test_a_correction_is_a_row_of_its_own_and_the_newest_stands(workspace):
    first = workspace.verdicts.give(1, SEEN, WORKED, ANA, 0)
    second = workspace.verdicts.give(1, SEEN, NOT, BO, first.version)
    other = workspace.verdicts.give(2, replace(SEEN, cut=8), WORKED, BO, 0)
    assert workspace.verdicts.of(1) == (second, first)
    assert workspace.verdicts.newest() == {1: second, 2: other}
    assert workspace.verdicts.told() == {1: second.told, 2: other.told}
    assert workspace.verdicts.state() == 3


def test_the_same_again_is_no_new_verdict(workspace):
    first = workspace.verdicts.give(1, SEEN, WORKED, ANA, 0)
    assert workspace.verdicts.give(1, SEEN, WORKED, BO, 1) == first
    assert workspace.verdicts.state() == 1


def test_the_second_of_two_sees_what_the_first_one_said(workspace):
    theirs = workspace.verdicts.give(1, SEEN, NOT, BO, 0)
    with pytest.raises(Conflict) as error:
        workspace.verdicts.give(1, SEEN, WORKED, ANA, 0)
    assert error.value.values == {"who": "Bo", "mine": WORKED, "theirs": theirs}


@pytest.mark.parametrize(
    "change", ["delete from action_verdicts", "update action_verdicts set word='worked'"]
)
def test_nobody_changes_or_deletes_a_verdict(workspace, change):
    made = workspace.verdicts.give(1, SEEN, NOT, ANA, 0)
    with pytest.raises(StorageError), workspace.writing() as connection:
        connection.exec_driver_sql(change)
    assert workspace.verdicts.of(1) == (made,)


def test_an_action_that_is_not_there_has_none(workspace):
    with pytest.raises(UsageError) as error:
        workspace.verdicts.give(9, SEEN, NOT, ANA, 0)
    assert error.value.key == "action.unknown"
    assert (workspace.verdicts.of(9), workspace.verdicts.state()) == ((), 0)
