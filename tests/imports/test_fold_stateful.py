"""The fold against an independent model: all modes, undo, redo, repairs, at every cut.

Of documents with several lines (sales), of rows with a key that may lack a date (deals), of rows
without any key (costs) or any date (products).
"""

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from salesdash.datasets import COSTS, DEALS, PRODUCTS, SALES
from salesdash.imports import commit, modes, rebuild, redo, undo
from salesdash.workspace import Workspace
from tests.examples import tries
from tests.imports import model
from tests.imports.build import NOW, opened_home, staged

UNITS = st.sampled_from(["A", "B", "C", None])
DAYS = st.sampled_from([*(f"2026-01-0{day}" for day in range(1, 6)), None])
ROWS = st.lists(st.tuples(UNITS, DAYS, st.integers(1, 2)), min_size=1, max_size=5)
TEMPLATE = Path(mkdtemp()) / "workspace.sqlite"


class Fold(RuleBasedStateMachine):
    dataset, amount = SALES, "amount"

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

    def rows_of(self, contents, records=range(1, 6)):
        """Rows for the model: what the dataset has no field for is blank in them."""
        undated = {None: None} if self.dataset is DEALS else {None: "2026-01-03"}
        return [
            {
                "sheet": 0,
                "record": record,
                "unit": unit if self.dataset.unit else None,
                "day": undated.get(day, day) if self.dataset.date else None,
                "amount": amount,
            }
            for record, (unit, day, amount) in zip(records, contents, strict=False)
        ]

    def staged(self, rows, *args, **options):
        names = {"unit": self.dataset.unit, "day": self.dataset.date, "amount": self.amount}
        typed = [{names.get(k, k): v for k, v in row.items() if names.get(k, k)} for row in rows]
        return staged(self.home, typed, *args, dataset=self.dataset, **options)

    def note(self, event, **facts):
        entry = {"id": event.id, "kind": event.kind.value, "target": event.target}
        self.log.append({**entry, "dataset": event.dataset, **facts})
        assert event.id == len(self.log)

    def events(self, *kinds, standing=None):
        alive = model.alive(self.log, len(self.log))
        return [
            e["id"] for e in self.log if e["kind"] in kinds and standing in (None, e["id"] in alive)
        ]

    @initialize(contents=ROWS)
    def first(self, contents):
        self.bring(contents, "update", 2, force=False)

    @rule(
        contents=ROWS,
        mode=st.runner().flatmap(lambda self: st.sampled_from(["update", *modes(self.dataset)])),
        as_of=st.integers(1, 4),
        force=st.sampled_from([False] * 5 + [True]),
    )
    def bring(self, contents, mode, as_of, force):
        rows = self.rows_of(contents)
        found = self.staged(rows, mode, as_of=as_of, force=force)
        if found.questions:  # a doubt about loose rows or size: told, as a user would
            found = self.staged(rows, mode, as_of=as_of, force=force)
            found = _told(found)
        event = commit(self.home, found, "Ana", NOW)
        counts = event.counts
        assert len(rows) == sum(counts[k] for k in ("new", "changed", "unchanged", "older"))
        self.note(event, mode=mode, as_of=as_of, forced=force, rows=rows)

    @rule(data=st.data(), contents=ROWS)
    def mend(self, data, contents):
        living = self.events("import", standing=True)
        if not living:
            return
        target = data.draw(st.sampled_from(living))
        records = data.draw(st.permutations(range(1, 8)))
        rows = self.rows_of(contents, records)
        event = commit(self.home, self.staged(rows, repairs=target), "Bo", NOW)
        self.note(event, rows=rows)

    @precondition(lambda self: self.events("import", "repair", standing=True))
    @rule(data=st.data())
    def take_back(self, data):
        target = data.draw(st.sampled_from(self.events("import", "repair", standing=True)))
        self.note(undo(self.home, target, "Ana", NOW))

    @precondition(lambda self: self.events("import", "repair", standing=False))
    @rule(data=st.data())
    def bring_back(self, data):
        target = data.draw(st.sampled_from(self.events("import", "repair", standing=False)))
        self.note(redo(self.home, target, "Ana", NOW))

    @invariant()
    def all_cuts_agree(self):
        for cut in range(len(self.log) + 1):
            expected = model.fold(self.log, cut, self.dataset.name)
            assert self.stored(cut) == expected, f"cut {cut}"
        assert self.stored(None) == expected

    def stored(self, cut):
        relation = self.home.warehouse.relation(self.dataset.name, cut)
        names = f"{self.dataset.unit or 'null'}, {self.dataset.date or 'null'}, {self.amount}"
        sql = f"select event, sheet, record, {names} from {relation} as r"
        rows = self.home.engine.rows(sql)
        found = [(*r[:4], r[4] and date.isoformat(r[4]), int(r[5])) for r in rows]
        return sorted(found, key=repr)


def _told(found):
    """The same staged import after its questions were answered with "as it is"."""
    from dataclasses import replace

    return replace(found, questions=())


class FoldOfDeals(Fold):
    dataset = DEALS


class FoldOfCosts(Fold):
    dataset = COSTS


class FoldOfProducts(Fold):
    dataset = PRODUCTS
    amount = "price"


SETTINGS = settings(
    max_examples=tries(5),
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

TestFold = Fold.TestCase
TestFoldOfDeals = FoldOfDeals.TestCase
TestFoldOfCosts = FoldOfCosts.TestCase
TestFoldOfProducts = FoldOfProducts.TestCase
TestFold.settings = TestFoldOfDeals.settings = SETTINGS
TestFoldOfCosts.settings = TestFoldOfProducts.settings = SETTINGS
