"""The history of an action as clauses, newest first."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from salesdash.analysis import deeds
from salesdash.charts import Words
from salesdash.errors import Conflict
from salesdash.selection import Filter
from salesdash.workspace import Priority, Promise, Stamp, Standing, Workspace
from tests.analysis.company import settings

ANA, BO = (Stamp(who, datetime(2026, 11, 23, 9, minute)) for who, minute in (("Ana", 0), ("Bo", 5)))
NORTH = (Filter("region", ("North", "South")),)


@pytest.fixture
def workspace(tmp_path: Path):
    workspace = Workspace.open(tmp_path / "workspace.sqlite", ANA.at)
    yield workspace
    workspace.close()


def told(workspace: Workspace, lang: str = "en") -> list[tuple[str, str]]:
    metrics = settings().metrics
    names = tuple((name, metric.name[lang]) for name, metric in metrics.items())
    words = Words(lang, names=names)
    found = deeds.build(workspace.history.of("actions", 1), metrics)
    return [(deed.who, "; ".join(words.tell(each) for each in deed.told)) for deed in found]


def test_what_was_written_down_names_what_was_said_at_once(workspace):
    promise = Promise(
        "Call",
        "Bo",
        date(2026, 12, 4),
        metric="sales",
        scope=NORTH,
        expected=Decimal(50_000),
        check=date(2027, 1, 12),
    )
    workspace.actions.make(promise, ANA)
    assert told(workspace) == [
        (
            "Ana",
            "Written down; Owner: Bo; Due on: 4 Dec 2026; Metric: sales; Where: North / South; "
            "Expected effect: +$50.0K; Effect checked on: 12 Jan 2027",
        )
    ]
    assert told(workspace, "zh")[0][1].startswith("新建; 负责人：Bo; 到期日：2026年12月4日")


def test_changes_say_what_was_and_what_is(workspace):
    workspace.actions.make(Promise("Call"), ANA)
    part = {"text": "Call twice", "owner": "Cleo", "due": date(2026, 12, 1)}
    workspace.actions.amend(1, part, BO, 1)
    workspace.actions.amend(1, {"priority": Priority.HIGH, "due": None}, ANA, 2)
    workspace.actions.settle(1, Standing.DONE, BO)
    workspace.actions.settle(1, Standing.OPEN, ANA)
    assert told(workspace) == [
        ("Ana", "Opened again"),
        ("Bo", "Done"),
        ("Ana", "Due on: 1 Dec 2026 → none; Priority: Normal → High"),
        ("Bo", "Action: Call → Call twice; Owner: Cleo; Due on: 1 Dec 2026"),
        ("Ana", "Written down"),
    ]


def test_what_was_put_aside_is_told_as_such_and_changes_nothing_after(workspace):
    workspace.actions.make(Promise("Call"), ANA)
    workspace.actions.amend(1, {"owner": "Bo"}, BO, 1)
    with pytest.raises(Conflict):
        workspace.actions.amend(1, {"owner": "Ana"}, ANA, 1)
    workspace.actions.amend(1, {"owner": "Cleo"}, ANA, 2)
    found = deeds.build(workspace.history.of("actions", 1), settings().metrics)
    assert [deed.kept for deed in found] == [True, False, True, True]
    assert [text for _, text in told(workspace)] == [
        "Owner: Bo → Cleo",
        "Owner: Bo → Ana",
        "Owner: Bo",
        "Written down",
    ]
