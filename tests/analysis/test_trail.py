"""The trail in words: every table in both languages, what changed, where it leads."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from salesdash.analysis import plans, trail
from salesdash.analysis.trail import KINDS, kind_of
from salesdash.charts import Words
from salesdash.imports import edit
from salesdash.workspace import Promise, Stamp, Wanted, Workspace, Written
from salesdash.workspace.trail import Page, tables
from tests.analysis.company import settings
from tests.imports.build import opened_home
from tests.workspace.writings import write_all

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)


@pytest.fixture
def workspace(tmp_path: Path):
    workspace = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    yield workspace
    workspace.close()


def told(workspace, lang="en", **wanted):
    known = settings()
    words = Words(
        lang, "USD", known.fiscal, tuple((n, m.name[lang]) for n, m in known.metrics.items())
    )
    page = workspace.trail.page(Wanted(**wanted), count=1000)
    lines = trail.build(page, known, plans.names(known, workspace.templates.all()))
    return [
        (line, words.tell(line.told), [words.tell(turn) for turn in line.turns]) for line in lines
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_table_has_words(workspace, lang):
    write_all(workspace, NOW)
    lines = told(workspace, lang)
    for line, said, turns in lines:
        assert not re.search(r"\{|\}|trail\.", f"{said} {turns}"), said
        assert said
        assert line.kind != "other"
    undescribed = [table.name for table in tables() if kind_of(table.name) == "other"]
    assert not undescribed, "tables without a kind are told by their fields only"
    assert {line.kind for line, _, _ in lines} == set(KINDS)


def test_what_changed_is_said_with_what_was_before(workspace):
    number = workspace.actions.make(Promise("Call", "Bo", NOW.date()), ANA)
    workspace.actions.amend(number, {"owner": "Cleo", "due": None}, ANA, None)
    (line, said, turns), (_, first, at_first) = told(workspace)
    assert said == "changed the action “Call”"
    assert turns == ["Owner: Bo → Cleo", "Due on: 23 Nov 2026 → none"]
    assert line.link == ("actions", {"action": "1"})
    assert first == "wrote down the action “Call”"
    assert at_first == ["Owner: Bo", "Due on: 23 Nov 2026"]


def test_a_decision_names_its_line_and_meeting(workspace):
    write_all(workspace, NOW)
    (line, said, turns), *_ = told(workspace, tables=frozenset(["meeting_texts"]))
    assert said.startswith("wrote the decision on the line “Plan” of the ")
    assert turns == ["“Call them”"]
    assert line.link == ("meetings", {"meeting": "2"})
    workspace.meetings.write((1, "decision"), "Visit them", ANA, 1)
    assert told(workspace, tables=frozenset(["meeting_texts"]))[0][2] == [
        "“Call them” → “Visit them”"
    ]


def test_who_was_there_is_one_line(workspace):
    write_all(workspace, NOW)
    (_, said, _), (_, invited, _) = told(workspace, "zh", tables=frozenset(["attendance"]))
    assert said.startswith("登记出席")
    assert said.endswith("Ana、Bo")
    assert invited.endswith("Ana、Cleo")


def test_a_table_nobody_described_is_told_by_its_fields():
    written = Written("wish_list", 3, 1, "Ana", NOW, {"text": "More", "answers": "{}"}, None)
    (line,) = trail.build(Page(1, (written,)), settings(), {})
    words = Words("en")
    assert words.tell(line.told) == "wrote wish list no. 3"
    assert [words.tell(turn) for turn in line.turns] == ["Text: “More”"]
    assert (line.kind, line.link) == ("other", None)


def test_what_was_put_aside_is_marked_and_secrets_are_not_shown(workspace):
    workspace.settings.write("forget", "0123456789abcdef", ANA)
    ((line, said, turns),) = told(workspace)
    assert "secret" in said
    assert "0123" not in f"{line} {said} {turns}"


def test_an_edit_says_whom_it_was_about(tmp_path):
    home = opened_home(tmp_path / "home")
    rows = [{"person": "Li", "team": "North"}, {"person": "Wu"}, {"person": "Li", "team": "East"}]
    edit(home, "people", rows, "Ana", NOW)
    ((_, said, turns),) = told(home.workspace)
    assert (said, turns) == ("changed entries of People by hand (no. 1)", ["Li", "Wu", "3 new"])
    home.close()


def test_events_say_what_they_brought(workspace):
    from salesdash.workspace import Draft, EventKind, Status

    workspace.log.begin(Draft(EventKind.IMPORT, "Ana", NOW, file_name="a.csv", counts={"new": 3}))
    workspace.log.settle(1, Status.DONE)
    workspace.log.begin(Draft(EventKind.UNDO, "Bo", NOW, target=1))
    workspace.log.settle(2, Status.TAKEN_BACK)
    (_, undo, turns), (_, brought, counts) = told(workspace)
    assert undo == "took back a.csv (no. 2 undoes no. 1)"
    assert turns == ["interrupted, nothing went in"]
    assert (brought, counts) == ("imported a.csv as Order lines (no. 1)", ["3 new"])
