"""Rejected rows that nobody has mended yet, by import and reason."""

from salesdash.imports import Request, commit, repair, stage, undo, waiting
from salesdash.ingest import rejects_csv
from tests.imports.build import NOW

BAD = """Order,Date,Amount
A,2026-01-05,10
B,2026-01-06,ten
C,2026-01-07,x
D,someday,3
"""


def brought(home, folder, text=BAD, name="bad.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return commit(home, stage(home, Request(path, name, dates="ymd"), NOW), "Ana", NOW)


def left(home, until=None):
    events = [event for event in home.done() if until is None or event.id <= until]
    return sorted((w.event, w.dataset, w.column, w.rows, w.example) for w in waiting(home, events))


def test_reasons_with_counts_and_an_example(home, tmp_path):
    brought(home, tmp_path)
    assert left(home) == [(1, "sales", "Amount", 2, "ten"), (1, "sales", "Date", 1, "someday")]


def test_what_was_mended_or_taken_back_waits_no_more(home, tmp_path):
    event = brought(home, tmp_path)
    text = rejects_csv(home.imports / event.rejects_file, "en")
    mended = "\n".join(line for line in text.splitlines() if "someday" not in line)
    path = tmp_path / "mended.csv"
    path.write_text(mended.replace("ten", "10"), encoding="utf-8")
    repair(home, 1, path, "Ana", NOW)
    assert left(home) == [(1, "sales", "Amount", 1, "x"), (1, "sales", "Date", 1, "someday")]
    assert left(home, until=1) == [
        (1, "sales", "Amount", 2, "ten"),
        (1, "sales", "Date", 1, "someday"),
    ]
    undo(home, 1, "Ana", NOW)
    assert left(home) == []


def test_nothing_rejected(home, tmp_path):
    brought(home, tmp_path, "Order,Date,Amount\nA,2026-01-05,10\n")
    assert left(home) == []
