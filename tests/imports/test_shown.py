"""Which imports show their moment: those after which the rows were as they were then."""

from datetime import datetime
from decimal import Decimal

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads
from salesdash.imports.shown import _showing
from salesdash.workspace import Event, EventKind, Status

DAYS = {n: datetime(2026, 1, n, 8) for n in range(1, 9)}


def event(number, kind=EventKind.IMPORT, day=None, target=None, dataset="deals"):
    as_of = DAYS[day] if day else None
    facts = {"dataset": dataset, "target": target, "as_of": as_of}
    return Event(kind, "Ana", DAYS[8], **facts, id=number, status=Status.DONE, version=1)


def shown(*events):
    return [number for _, number in _showing(events, "deals")]


def test_exports_in_the_order_of_their_moments_all_show():
    assert shown(event(1, day=1), event(2, day=2), event(3, day=9 - 6)) == [1, 2, 3]


def test_an_older_export_that_comes_later_shows_nothing():
    """Its rows never win over newer ones, so that the state after it is mixed."""
    assert shown(event(1, day=3), event(2, day=1), event(3, day=4)) == [1, 3]


def test_what_was_undone_shows_nothing_nor_what_came_while_it_stood():
    undo = event(4, EventKind.UNDO, target=2)
    assert shown(event(1, day=1), event(2, day=2), event(3, day=3), undo, event(5, day=4)) == [1, 5]
    redo = event(5, EventKind.REDO, target=2)
    log = (event(1, day=1), event(2, day=2), event(3, day=3), undo, redo, event(6, day=4))
    assert shown(*log) == [1, 2, 3, 6]


def test_other_datasets_have_moments_of_their_own():
    assert shown(event(1, day=5, dataset="sales"), event(2, day=1)) == [2]


HEAD = "Deal,Stage,Created Time,Close date,Amount,Probability\n"
FIRST = HEAD + "D-1,Qualification,2026-01-05,2026-04-01,100,50%\n"
SECOND = HEAD + "D-1,Negotiation,2026-01-05,2026-04-01,300,80%\n"


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(line):
        before = ["--home", str(tmp_path / "home"), "--today", "2026-03-20", "--json"]
        code = main([*before, *line.split()], lambda _: 0)
        out, _ = capsys.readouterr()
        assert code == 0, out
        return loads(out)

    return run


def test_the_pipeline_of_month_ends_is_what_the_exports_of_these_days_say(terminal, tmp_path):
    options = "--dataset deals --stage Qualification=open --stage Negotiation=open --as-of"
    for name, text, moment in (
        ("a.csv", FIRST, "2026-02-01T08:00"),
        ("b.csv", SECOND, "2026-03-01T08:00"),
    ):
        (tmp_path / name).write_text(text)
        terminal(f"import {name} {options} {moment}")
    (tmp_path / "c.csv").write_text(HEAD + "D-2,Qualification,2026-03-15,2026-05-01,7,50%\n")
    terminal(f"import c.csv {options} 2026-03-16T08:00")
    line = "query weighted_pipeline pipeline --grain month --from 2026-01-01 --to 2026-03-31"
    found = terminal(line)
    assert found["rows"] == [
        ["2026-01-01", 50, 100],
        ["2026-02-01", 240, 300],
        ["2026-03-01", Decimal("243.5"), 307],
    ]
    assert found["notes"] == []
    terminal("undo 1")  # it stood when the second came, which shows no more than the first
    assert [row[1] for row in terminal(line)["rows"]] == [None, None, Decimal("243.5")]
