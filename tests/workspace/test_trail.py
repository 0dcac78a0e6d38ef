"""The trail: every way of writing leaves who and when, whatever the table, on both databases."""

import inspect
import time
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, insert

from salesdash.errors import Conflict
from salesdash.workspace import Occasion, Promise, Stamp, Wanted, Workspace
from salesdash.workspace.metadata import metadata
from salesdash.workspace.schema import revisions
from salesdash.workspace.trail import tables
from tests.workspace.writings import NO_ONES, WRITES, write_all

NOW = datetime(2026, 11, 23, 9, 0)


@pytest.fixture
def workspace(place):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


def stamp(who="Ana", minutes=0):
    return Stamp(who, NOW + timedelta(minutes=minutes))


def test_every_write_of_every_store_leaves_who_and_when(workspace):
    for minute, (name, write) in enumerate(WRITES.items()):
        write(workspace, stamp(f"by {name}", minute))
    page = workspace.trail.page(Wanted(), count=1000)
    left = {written.who: written.at for written in page.writes}
    expected = {f"by {name}": NOW + timedelta(minutes=m) for m, name in enumerate(WRITES)}
    assert left == expected, f"no trail of {expected.keys() - left.keys()}"
    assert page.total == len(page.writes)
    assert [w.at for w in page.writes] == sorted((w.at for w in page.writes), reverse=True)
    assert workspace.trail.people() == tuple(sorted(expected))
    silent = {table.name for table in tables()} - {written.table for written in page.writes}
    assert not silent, f"nothing is ever written into {silent}"


def test_every_write_method_is_among_them(workspace):
    """Whoever adds a way of writing adds it to `WRITES`."""
    found = set()
    for name, store in vars(workspace).items():
        for method, bound in inspect.getmembers(store, inspect.ismethod):
            if name.startswith("_") or method.startswith("_"):
                continue
            if "stamp" in inspect.signature(bound).parameters or method in ("begin", "settle"):
                found.add(f"{name}.{method}")
    assert found - NO_ONES == set(WRITES)


def test_every_table_says_who_and_when():
    known = {table.name for table in tables()} | {revisions.name}
    assert known == {table.name for table in metadata.sorted_tables}


def test_a_change_knows_what_was_before_and_what_lost(workspace):
    number = workspace.actions.make(Promise("Call", "Bo"), stamp())
    workspace.actions.amend(number, {"text": "Call all"}, stamp("Bo", 1), 1)
    with pytest.raises(Conflict):
        workspace.actions.amend(number, {"text": "Write"}, stamp("Cleo", 2), 1)
    workspace.actions.amend(number, {"text": "Visit"}, stamp("Ana", 3), 2)
    visit, write, call = workspace.trail.page(Wanted(), count=3).writes
    told = [(w.who, w.kept, w.before["text"], w.content["text"]) for w in (visit, write, call)]
    assert told == [
        ("Ana", True, "Call all", "Visit"),
        ("Cleo", False, "Call all", "Write"),
        ("Bo", True, "Call", "Call all"),
    ]


def test_revisions_of_a_goal_know_the_one_before(workspace):
    write_all(workspace, NOW)
    page = workspace.trail.page(Wanted(tables=frozenset(["goal_revisions"])))
    targets = [(w.before and w.before["target"], w.content["target"]) for w in page.writes]
    assert targets.count(("9", "10")) == targets.count(("10", "11")) == 1


def test_rows_around_lead_to_the_meeting(workspace):
    write_all(workspace, NOW)
    page = workspace.trail.page(Wanted(tables=frozenset(["meeting_texts"])))
    (text,) = page.writes
    line = page.around["meeting_lines", page.around["meeting_texts", text.row]["line"]]
    assert page.around["meetings", line["meeting"]]["kind"] == "weekly"
    assert "answers" not in page.around["meetings", line["meeting"]]


def test_it_is_sifted_by_person_day_table_and_text(workspace):
    for day, text in enumerate(("Ångström 北区", "100% of “North”", "plain")):
        workspace.actions.make(Promise(text), Stamp("Bo" if day else "Ana", NOW + timedelta(day)))
    workspace.settings.write("k", {"a": "北区"}, stamp("Cleo"))

    def texts(**wanted):
        page = workspace.trail.page(Wanted(**wanted))
        assert page.total == len(page.writes)
        return [w.content.get("text", "-") for w in page.writes]

    assert texts(who="Ana") == ["Ångström 北区"]
    assert texts(first=date(2026, 11, 24), last=date(2026, 11, 24)) == ["100% of “North”"]
    assert texts(first=date(2026, 11, 26)) == []
    assert sorted(texts(text="北区")) == ["-", "Ångström 北区"]
    assert texts(text="0% OF") == ["100% of “North”"]
    assert texts(text="%n") == texts(text="p_ain") == []
    assert texts(text="PLAIN", tables=frozenset(["actions"])) == ["plain"]
    assert texts(text="plain", tables=frozenset(["meetings"])) == []


def test_what_a_closed_meeting_showed_is_not_searched(workspace):
    days = date(2026, 11, 16), date(2026, 11, 22)
    meeting = workspace.meetings.open(Occasion("weekly", "week:2026-W47", *days), 1, (), stamp())
    workspace.meetings.close(meeting.id, lambda: '{"told":"pumps"}', stamp())
    assert workspace.trail.page(Wanted(text="pumps")).total == 0
    workspace.actions.make(Promise('say "answers": "pumps"'), stamp())
    assert workspace.trail.page(Wanted(text="pumps")).total == 1


def test_pages_are_without_gaps_or_repeats(workspace):
    for number in range(25):
        workspace.actions.make(Promise(f"a{number}"), stamp())  # all at the same moment
    seen = []
    for skip in (0, 10, 20):
        page = workspace.trail.page(Wanted(), skip, 10)
        assert page.total == 25
        seen += [written.row for written in page.writes]
    assert seen == list(range(25, 0, -1))


def test_a_table_that_nobody_described_is_in_it_at_once(workspace, monkeypatch):
    books = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(books)
    new = Table(
        "wishes",
        books,
        Column("id", Integer, primary_key=True),
        Column("text", String),
        Column("who", String),
        Column("at", DateTime),
    )
    monkeypatch.setattr("salesdash.workspace.trail.metadata", books)
    with workspace.writing() as connection:
        new.create(connection)
        connection.execute(insert(new).values(text="More", who="Ana", at=NOW))
    (written,) = workspace.trail.page(Wanted()).writes
    assert (written.table, written.who, written.content) == ("wishes", "Ana", {"text": "More"})


def test_a_hundred_thousand_revisions_are_looked_through_quickly(tmp_path):
    workspace = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    workspace.training.tick(("Bo", "crm", "log"), stamp(), done=True)
    rows = [
        {
            "source": "ticks",
            "row_id": 1 + number % 500,
            "version": 1,
            "content": {"done": True, "note": f"n{number}"},
            "kept": True,
            "who": f"P{number % 12}",
            "at": NOW - timedelta(minutes=number),
        }
        for number in range(100_000)
    ]
    with workspace.writing() as connection:
        connection.execute(insert(revisions), rows)
    start = time.process_time()
    assert workspace.trail.page(Wanted(), 50_000).total == 100_001
    assert workspace.trail.page(Wanted(who="P3", text="n99999")).total == 1
    assert time.process_time() - start < 3
    workspace.close()
