"""The fold against an independent model: all modes, undo, redo, repairs, at every cut."""

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from salesdash.imports import commit, rebuild, redo, undo
from salesdash.workspace import Workspace
from tests.imports import model
from tests.imports.build import NOW, opened_home, staged

DAYS = st.integers(1, 5)
CONTENT = st.tuples(st.sampled_from(["A", "B", "C", None]), DAYS, st.integers(1, 2))
ROWS = st.lists(CONTENT, min_size=1, max_size=5)
MODES = st.sampled_from(["update", "update", "replace", "complete", "append"])

TEMPLATE = Path(mkdtemp()) / "workspace.sqlite"


def rows_of(contents, records=None):
    return [
        {
            "sheet": 0,
            "record": record,
            "document": document,
            "order_date": f"2026-01-0{day}",
            "amount": amount,
        }
        for record, (document, day, amount) in zip(
            records or range(1, len(contents) + 1), contents, strict=False
        )
    ]


class Fold(RuleBasedStateMachine):
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

    def note(self, event, **facts):
        entry = {"id": event.id, "kind": event.kind.value, "target": event.target, **facts}
        self.log.append(entry)
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
        mode=MODES,
        as_of=st.integers(1, 4),
        force=st.sampled_from([False] * 5 + [True]),
    )
    def bring(self, contents, mode, as_of, force):
        rows = rows_of(contents)
        found = staged(self.home, rows, mode, as_of=as_of, force=force)
        if found.questions:  # a doubt about loose rows or size: told, as a user would
            found = staged(self.home, rows, mode, as_of=as_of, force=force)
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
        rows = rows_of(contents, records)
        event = commit(self.home, staged(self.home, rows, repairs=target), "Bo", NOW)
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
            assert self.stored(cut) == model.fold(self.log, cut), f"cut {cut}"
        assert self.stored(None) == model.fold(self.log, len(self.log))

    def stored(self, cut):
        relation = self.home.warehouse.relation("sales", cut)
        sql = f"select event, sheet, record, document, order_date, amount from {relation} as r"
        found = [(*r[:4], date.isoformat(r[4]), int(r[5])) for r in self.home.engine.rows(sql)]
        return sorted(found, key=repr)


def _told(found):
    """The same staged import after its questions were answered with "as it is"."""
    from dataclasses import replace

    return replace(found, questions=())


TestFold = Fold.TestCase
TestFold.settings = settings(
    max_examples=12,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
