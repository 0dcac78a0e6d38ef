"""A stored review is the same byte for byte, whatever is imported, set, changed or undone."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import goals, kept, looks
from salesdash.analysis.progress import Progress
from salesdash.commands.office import DEFAULT_CONFIG
from salesdash.imports import Home, Request, backup, commit, rebuild, restore, stage, undo
from salesdash.imports.forgetting import Kind, forget
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Review, Said, Stamp, Terms, Word

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana Ruiz", NOW)
SETTINGS = config.load(DEFAULT_CONFIG)
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
ORDERS = """Order No,Order Date,Customer ID,Salesperson,Amount
A-1,2026-10-05,C1,Owen Castellano,100.00
A-2,2026-11-20,C2,Ana Ruiz,50.00
"""
TERMS = Terms("sales", Q4, Decimal(400), (Filter("person", ("Owen Castellano",)),))


def bring(home: Home, folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, "utf-8")
    commit(home, stage(home, Request(path, name), NOW), "Ana", NOW)


def progress(home: Home, settings=SETTINGS) -> Progress:
    found = goals.build(home.warehouse, settings, home.workspace.goals.standing(), NOW.date())
    return found[0]


def review(home: Home) -> Review:
    one = progress(home)
    look = looks.build(home.warehouse, SETTINGS, one, NOW.date(), "USD")
    said = Said(Word.AT_RISK, "Owen Castellano waits for Berg", "Call", "Ana Ruiz calls")
    return home.workspace.reviews.add(one.goal, kept.seen(look), said, ANA)


@pytest.fixture
def home(tmp_path: Path):
    found = Home.open(tmp_path / "home", now=NOW, settings=SETTINGS)
    bring(found, tmp_path, "orders.csv", ORDERS)
    found.workspace.goals.add([TERMS], ANA)
    yield found
    found.close()


def stored(home: Home) -> list[tuple[object, ...]]:
    """The rows as SQLite has them."""
    with closing(sqlite3.connect(home.workspace.database.shown)) as connection:
        return connection.execute("select * from goal_reviews order by id").fetchall()


def test_nothing_that_happens_changes_a_review(home, tmp_path):
    made = review(home)
    before, look = stored(home), kept.look(made)
    assert (look.progress.actual.value, look.progress.edge) == (100, date(2026, 11, 20))

    bring(home, tmp_path, "more.csv", ORDERS.replace("100.00", "900.00"))
    assert progress(home).actual.value == 900
    assert stored(home) == before
    undo(home, 2, "Ana", NOW)
    undo(home, 1, "Ana", NOW)
    assert progress(home).actual.value is None
    rebuild(home)
    changed = home.workspace.goals.revise(
        home.workspace.goals.standing()[0], replace(TERMS, target=Decimal(9)), ANA
    )
    home.workspace.goals.withdraw(changed, ANA)
    without = replace(SETTINGS, metrics={}, hash="without metrics")
    assert goals.build(home.warehouse, without, (changed,), NOW.date())[0].actual.value is None
    home.workspace.reviews.correct(made, Said(Word.OFF_TRACK), ANA)

    assert stored(home)[:1] == before
    first, _ = home.workspace.reviews.revisions(1)
    assert first == made
    assert kept.look(first) == look
    assert look.definitions[-1] == SETTINGS.metrics["sales"]


def test_a_backup_brings_every_review_back(home, tmp_path):
    review(home)
    before = stored(home)
    backup(home, tmp_path / "kept.zip")
    restore(tmp_path / "kept.zip", tmp_path / "again")
    again = Home.open(tmp_path / "again", now=NOW, settings=SETTINGS)
    try:
        assert stored(again) == before
        (goal,) = again.workspace.goals.standing()
        assert again.workspace.reviews.of(goal)[0].said.decision == "Call"
    finally:
        again.close()


def test_a_forgotten_person_leaves_figures_and_no_name(home):
    made = review(home)
    token = forget(home, "Owen Castellano", Kind.PERSON, ANA).subject.token
    (row,) = stored(home)
    assert not [value for value in row if "Owen" in str(value)][1:]
    (after,) = home.workspace.reviews.of(progress(home).goal)
    look = kept.look(after)
    assert look.progress.subject.scope == (token,)
    assert look.progress.actual == kept.look(made).progress.actual
    assert after.key == progress(home).goal.terms.key
    # what somebody typed stays, and is listed as such
    assert after.said.note == "Owen Castellano waits for Berg"
