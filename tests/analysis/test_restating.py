"""What was restated between two cuts, of a home with real imports: undone, replaced, rebuilt."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from salesdash.analysis import frozen
from salesdash.analysis.answers import Figure, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.restating import KEPT, Restating, Shown
from salesdash.imports import commit, rebuild, undo
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Filter, Selection
from salesdash.workspace import Workspace
from tests.analysis.company import settings
from tests.imports.build import NOW, opened_home, row, staged

FIRST_WEEK, SECOND_WEEK = (
    Window(Period(date(2026, 1, day), date(2026, 1, day + 7)), Grain.WEEK) for day in (5, 12)
)
TODAY = date(2026, 1, 26)


@pytest.fixture(scope="module")
def fresh_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "workspace.sqlite"
    Workspace.open(path, NOW).close()
    return path


@pytest.fixture
def home(tmp_path: Path, fresh_log: Path):
    (tmp_path / "home").mkdir()
    shutil.copy(fresh_log, tmp_path / "home" / "workspace.sqlite")
    found = opened_home(tmp_path / "home")
    yield found
    found.close()


def bring(home, *rows, mode=None, **options):
    return commit(home, staged(home, list(rows), mode, **options), "Ana", NOW)


def asking(home, since, until=None, metrics=("sales", "orders", "aov", "buyers"), **more):
    selection = more.pop("selection", Selection(None))
    question = Question(home.warehouse, settings(), selection, TODAY)
    windows = more.pop("windows", (FIRST_WEEK, SECOND_WEEK))
    shown = Shown(metrics, windows, since, until or home.warehouse.version, NOW, **more)
    return Restating(question, shown, {event.id: event for event in home.done()})


def facts(found):
    """Of each unit: how, key, effect on sales, file and event behind it."""
    return [
        (unit.how, unit.key, unit.effects[0].value, [(by.kind, by.event) for by in unit.by])
        for part in found.lists
        for unit in part.units
    ]


@pytest.fixture
def story(home):
    """Event 1: A 100, B 40, C 10. Event 2: A is 130, D comes late with 25. Event 3 undoes 1."""
    bring(home, row("A", 6, 100), row("B", 7, 40), row("C", 14, 10))
    bring(home, row("A", 6, 130), row("D", 8, 25), as_of=21)
    return home


def test_units_sum_to_the_difference_of_each_figure_that_adds_up(story):
    found = asking(story, 1).build()
    assert [(t.metric, t.then.value, t.now.value, t.moved, t.rest) for t in found.totals] == [
        ("sales", Decimal(140), Decimal(195), Decimal(55), None),
        ("orders", 2, 3, 1, None),
        ("aov", Decimal(70), Decimal(65), None, None),
    ]
    assert facts(found) == [
        ("amount", "A", Decimal(30), [("import", 2)]),
        ("late", "D", Decimal(25), [("import", 2)]),
    ]
    assert found.headline.key == "restated.told"
    assert dict(found.headline.values)["changes"] == Reason("restated.changes", (("count", 2),))


def test_the_event_has_its_file_who_and_when(story):
    (part,) = asking(story, 1).build().lists
    by = part.units[0].by[0]
    assert (by.file, by.who, by.at, by.target) == (story.done()[1].file_name, "Ana", NOW, None)


def test_an_undo_is_told_with_the_file_it_took_back(story):
    undo(story, 1, "Bo", datetime(2026, 11, 24, 8, 0))
    found = asking(story, 2).build()
    assert facts(found) == [
        ("gone", "B", Decimal(-40), [("undo", 3)]),
        ("gone", "C", Decimal(-10), [("undo", 3)]),
    ]
    by = found.lists[0].units[0].by[0]
    assert (by.file, by.who, by.target) == (story.done()[0].file_name, "Bo", 1)
    assert [(t.window, t.now.value) for t in found.totals if t.metric == "sales"] == [
        (FIRST_WEEK, Decimal(155)),
        (SECOND_WEEK, None),
    ]


def test_a_rebuild_gives_the_same_answer_at_the_same_cuts(story):
    bring(story, row("B", 7, 44), row("E", 9, 5), mode="replace", as_of=22, force=True)
    undo(story, 2, "Bo", NOW)
    asked = [(1, 2), (2, 3), (1, 3), (1, 4), (3, 4)]
    before = [asking(story, *cuts).build() for cuts in asked]
    assert all(not found.is_empty for found in before)
    rebuild(story)
    assert [asking(story, *cuts).build() for cuts in asked] == before


def test_nothing_moved_and_nothing_came_in_are_two_sentences(story):
    assert asking(story, 2, 2).build().headline.key == "restated.no_import"
    bring(story, row("Z", 25, 3), as_of=23)
    found = asking(story, 2).build()
    assert (found.headline.key, found.is_empty) == ("restated.nothing", True)


def test_rows_may_move_and_leave_the_figures_as_they_are(home):
    bring(home, row("A", 6, 100, status="Paid"))
    bring(home, row("A", 6, 100, status="Sent"), as_of=21)
    found = asking(home, 1).build()
    assert (found.headline.key, found.totals) == ("restated.level", ())
    assert [(f.name, f.then, f.now) for f in found.lists[0].units[0].fields] == [
        ("status", "Paid", "Sent")
    ]


def test_thousands_are_told_by_the_largest_and_the_sum_of_the_others(home):
    many = [row(f"D{n:04}", 5 + n % 7, n) for n in range(1, 3001)]
    bring(home, row("A", 6, 1))
    bring(home, *many, as_of=21)
    asked = asking(home, 1)
    (part,) = asked.build().lists
    assert [unit.key for unit in part.units] == [f"D{n:04}" for n in range(3000, 3000 - KEPT, -1)]
    assert (part.count, part.others) == (3000, 3000 - KEPT)
    others = sum(range(1, 3001 - KEPT))
    assert [(e.metric, e.value) for e in part.rest] == [
        ("sales", Decimal(others)),
        ("orders", 3000 - KEPT),
    ]
    assert part.files[0].ways == (("late", 3000),)
    assert part.files[0].effects[0].value == Decimal(sum(range(1, 3001)))
    everything = list(asked.units())
    assert len(everything) == 3000
    assert {name for name, _ in everything} == {"sales"}
    assert sum(unit.effects[0].value for _, unit in everything) == Decimal(sum(range(1, 3001)))


def test_what_was_shown_counts_and_the_rest_is_said(story):
    """The meeting showed 150 by another definition: 55 come from rows, -10 from elsewhere."""
    shown = {("sales", FIRST_WEEK): Figure(Decimal(150))}
    found = asking(story, 1, figures=shown).build()
    sales = found.totals[0]
    assert (sales.then.value, sales.now.value) == (Decimal(150), Decimal(195))
    assert (sales.moved, sales.rest) == (Decimal(55), Decimal(-10))


def test_a_metric_that_is_gone_is_restated_as_nothing(story):
    known = settings()
    rest = {name: each for name, each in known.metrics.items() if name != "orders"}
    asked = asking(story, 1, metrics=("orders",))
    question = replace(asked.question, settings=replace(known, metrics=rest, hash="less"))
    shown = replace(asked.shown, figures={("orders", FIRST_WEEK): Figure(2)})
    found = replace(asked, question=question, shown=shown).build()
    assert [(t.metric, t.then.value, t.now.value) for t in found.totals] == [("orders", 2, None)]


def test_filters_narrow_figures_and_rows_alike(home):
    bring(home, row("A", 6, 100, region="North"), row("B", 6, 50, region="South"))
    bring(home, row("A", 6, 90, region="North"), row("B", 6, 70, region="South"), as_of=21)
    north = Selection(None, filters=(Filter("region", ("North",)),))
    found = asking(home, 1, metrics=("sales",), selection=north).build()
    assert [(t.then.value, t.now.value, t.moved) for t in found.totals] == [
        (Decimal(100), Decimal(90), Decimal(-10))
    ]
    assert [unit[1] for unit in facts(found)] == ["A"]


def test_a_name_is_told_instead_of_its_key_and_what_came_says_little(home):
    bring(home, row("A", 6, 100, customer="K1", customer_name="Ada Ltd"))
    bring(
        home,
        row("A", 6, 100, customer="K2", customer_name="Bea Ltd"),
        row("B", 7, 5, status="Paid", person="Cleo", quantity=2),
        as_of=21,
    )
    late, changed = asking(home, 1).build().lists[0].units
    assert (late.key, late.whose, changed.whose) == ("B", None, "Bea Ltd")
    assert [field.name for field in late.fields] == ["order_date", "amount", "person"]
    assert [(f.name, f.then, f.now) for f in changed.fields] == [
        ("customer_name", "Ada Ltd", "Bea Ltd")
    ]


def test_an_answer_is_kept_and_asks_for_all_its_rows_again(story):
    asked = asking(story, 1)
    found = asked.build()
    assert frozen.loads(frozen.dumps(found)) == found
    again = replace(asked, shown=Shown.of(found))
    assert list(again.units()) == list(asked.units())
