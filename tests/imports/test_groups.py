"""A file that feeds several datasets is imported, taken back and brought back as one."""

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from salesdash.datasets import COSTS, PEOPLE, SALES
from salesdash.errors import DataRefused, UsageError
from salesdash.imports import backup, commit, rebuild, redo, restore, together, undo
from salesdash.workspace import EventKind, Status, Workspace
from tests.examples import tries
from tests.imports import model
from tests.imports.build import NOW, amounts, opened_home, row, staged


def cost(day, amount):
    return {"cost_date": f"2026-01-{day:02}", "amount": amount}


def both(home, sales, costs, mode=None, **options):
    return staged(home, sales, mode, beside={COSTS: costs}, **options)


def spent(home, cut=None):
    relation = home.warehouse.relation("costs", cut)
    sql = f"select cast(amount as integer) from {relation} as r order by amount"
    return [found for (found,) in home.engine.rows(sql)]


def test_one_file_makes_several_events_bound_by_the_first(home):
    commit(home, staged(home, [row("Z", 9, 64)]), "Ana", NOW)
    found = both(home, [row("A", 1, 1)], [cost(1, 2), cost(2, 4)])
    assert [part.dataset for part in found.parts] == [SALES, COSTS]
    assert [part.changes.new for part in found.parts] == [1, 2]
    event = commit(home, found, "Ana", NOW)
    first, second = together(event, home.done())
    assert (event.id, first.group, second.group) == (2, 2, 2)
    assert [(e.id, e.dataset, e.counts["new"]) for e in (first, second)] == [
        (2, "sales", 1),
        (3, "costs", 2),
    ]
    assert first.file_sha256 == second.file_sha256
    assert first.original == second.original
    assert (amounts(home), spent(home)) == ([1, 64], [2, 4])
    assert home.warehouse.version == 3


def test_the_warehouse_with_the_change_has_all_its_parts(home):
    found = both(home, [row("A", 1, 1)], [cost(1, 2)])
    with found.with_change() as changed:
        assert [changed.coverage(name).rows for name in ("sales", "costs")] == [1, 1]


@pytest.mark.parametrize("number", [1, 2])
def test_undo_and_redo_of_either_event_move_both(home, number):
    commit(home, both(home, [row("A", 1, 1)], [cost(1, 2)]), "Ana", NOW)
    event = undo(home, number, "Bo", NOW)
    assert [(e.id, e.kind, e.target, e.group) for e in together(event, home.done())] == [
        (3, EventKind.UNDO, 1, 3),
        (4, EventKind.UNDO, 2, 3),
    ]
    assert (amounts(home), spent(home)) == ([], [])
    with pytest.raises(UsageError):
        undo(home, 3 - number, "Bo", NOW)
    redo(home, number, "Bo", NOW)
    assert (amounts(home), spent(home)) == ([1], [2])
    undo(home, 5, "Bo", NOW)  # the redo, which was events 5 and 6
    assert (amounts(home), spent(home)) == ([], [])
    assert len(home.done()) == 8


def test_the_same_file_again_is_known_whatever_it_is_taken_for(home):
    commit(home, both(home, [row("A", 1, 1)], [cost(1, 2)], same_as=7100), "Ana", NOW)
    for again in (
        both(home, [row("A", 1, 1)], [cost(1, 2)], same_as=7100),
        staged(home, [cost(1, 2)], dataset=COSTS, same_as=7100),
    ):
        with pytest.raises(DataRefused) as error:
            commit(home, again, "Ana", NOW)
        assert error.value.key == "import.duplicate"
    other = staged(home, [{"person": "Li"}], dataset=PEOPLE, same_as=7100)
    assert commit(home, other, "Ana", NOW).id == 3
    undo(home, 1, "Ana", NOW)
    commit(home, staged(home, [cost(1, 2)], dataset=COSTS, same_as=7100), "Ana", NOW)
    assert (amounts(home), spent(home)) == ([], [2])


def test_questions_of_several_datasets_name_theirs_and_are_answered_apart(home):
    commit(home, both(home, [row("A", 1, 1)], [cost(1, 2)]), "Ana", NOW)
    found = both(home, [row("A", 1, 1)], [cost(1, 2)])
    (question,) = found.questions
    assert (question.id, question.options) == ("mode:costs", ("replace", "append"))
    assert not found.is_ready


def test_a_mode_is_for_the_parts_that_it_fits(home):
    commit(home, both(home, [row("A", 1, 1)], [cost(1, 2)]), "Ana", NOW)
    people = {PEOPLE: [{"person": "Li"}]}
    found = staged(home, [row("B", 1, 4)], "replace", beside=people, force=True)
    assert [part.mode for part in found.parts] == ["replace", "update"]
    commit(home, found, "Ana", NOW)
    assert amounts(home) == [4]


def test_a_group_that_is_rebuilt_or_restored_is_the_same_group(home, tmp_path):
    commit(home, both(home, [row("A", 1, 1)], [cost(1, 2)]), "Ana", NOW)
    undo(home, 2, "Ana", NOW)
    redo(home, 1, "Ana", NOW)
    cuts = [(amounts(home, cut), spent(home, cut)) for cut in range(7)]
    rebuild(home)
    assert [(amounts(home, cut), spent(home, cut)) for cut in range(7)] == cuts
    other = opened_home(restore(backup(home, tmp_path / "kept.zip"), tmp_path / "other"))
    assert [(amounts(other, cut), spent(other, cut)) for cut in range(7)] == cuts
    undo(other, 1, "Ana", NOW)
    assert (amounts(other), spent(other)) == ([], [])
    other.close()


def test_the_second_part_that_fails_takes_the_first_back(home):
    found = both(home, [row("A", 1, 1)], [cost(1, 2)])
    seen = []

    def on_step(step):
        seen.append(step)
        if seen.count("applying") == 2:
            raise KeyboardInterrupt

    home.on_step = on_step
    with pytest.raises(KeyboardInterrupt):
        commit(home, found, "Ana", NOW)
    home.on_step = lambda _: None
    assert [e.status for e in home.workspace.log.events()] == [Status.TAKEN_BACK] * 2
    assert (amounts(home), spent(home)) == ([], [])
    commit(home, found, "Ana", NOW)
    assert (amounts(home), spent(home)) == ([1], [2])


TEMPLATE = Path(mkdtemp()) / "workspace.sqlite"

ROWS = st.lists(
    st.tuples(st.sampled_from(["A", "B", None]), st.integers(1, 4), st.integers(1, 2)),
    min_size=1,
    max_size=4,
)


class Together(RuleBasedStateMachine):
    """Order lines and costs, alone and of one file, against the model of the fold."""

    def __init__(self):
        super().__init__()
        if not TEMPLATE.exists():
            Workspace.open(TEMPLATE, NOW).close()
        self.folder = Path(mkdtemp())
        shutil.copy(TEMPLATE, self.folder / "workspace.sqlite")
        self.home = opened_home(self.folder)
        self.log = []

    def teardown(self):
        rebuild(self.home)
        self.all_cuts_agree()
        self.home.close()
        shutil.rmtree(self.folder)

    def note(self, event, *facts):
        for each, more in zip(together(event, self.home.done()), facts, strict=True):
            entry = {"id": each.id, "kind": each.kind.value, "target": each.target}
            self.log.append({**entry, "dataset": each.dataset, **more})
        assert self.log[-1]["id"] == len(self.log) == self.home.warehouse.version

    @rule(sales=ROWS, costs=ROWS, alone=st.booleans(), mode=st.sampled_from(["append", "replace"]))
    def bring(self, sales, costs, alone, mode):
        held = {SALES: _rows(sales, SALES)} | ({} if alone else {COSTS: _rows(costs, COSTS)})
        typed = {each: _typed(rows, each) for each, rows in held.items()}
        rows = typed.pop(SALES)
        found = staged(self.home, rows, mode, beside=typed, as_of=2, force=True)
        shared = {"mode": mode, "as_of": 2, "forced": True}
        facts = [{**shared, "rows": rows} for rows in held.values()]
        self.note(commit(self.home, found, "Ana", NOW), *facts)

    @precondition(lambda self: self.log)
    @rule(data=st.data())
    def turn(self, data):
        number = data.draw(st.sampled_from([e["id"] for e in self.log if e["kind"] == "import"]))
        stands = number in model.alive(self.log, len(self.log))
        event = (undo if stands else redo)(self.home, number, "Bo", NOW)
        self.note(event, *({} for _ in together(event, self.home.done())))

    @invariant()
    def all_cuts_agree(self):
        for cut in range(len(self.log) + 1):
            for dataset in (SALES, COSTS):
                expected = model.fold(self.log, cut, dataset.name)
                assert self.stored(dataset, cut) == expected, f"{dataset.name} at cut {cut}"

    def stored(self, dataset, cut):
        relation = self.home.warehouse.relation(dataset.name, cut)
        names = f"{dataset.unit or 'null'}, {dataset.date}, amount"
        rows = self.home.engine.rows(f"select event, sheet, record, {names} from {relation} as r")
        return sorted(((*r[:4], date.isoformat(r[4]), int(r[5])) for r in rows), key=repr)


def _rows(contents, dataset):
    """Rows as the model has them."""
    return [
        {
            "sheet": 0,
            "record": record,
            "unit": unit if dataset.unit else None,
            "day": f"2026-01-0{day}",
            "amount": amount,
        }
        for record, (unit, day, amount) in enumerate(contents, 1)
    ]


def _typed(rows, dataset):
    names = {"unit": dataset.unit, "day": dataset.date}
    return [{names.get(k, k): v for k, v in row.items() if names.get(k, k)} for row in rows]


TestTogether = Together.TestCase
TestTogether.settings = settings(
    max_examples=tries(5),
    stateful_step_count=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
