"""Evidence, finished courses, steps: kept with their revisions, undone in one, never lost."""

from datetime import date, datetime

import pytest

from salesdash.errors import Conflict, UsageError
from salesdash.workspace import WHOLE, Finished, Stamp, StepKind, Workspace
from salesdash.workspace.databases import Database
from salesdash.workspace.redaction import Rule, redact

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 5))
KEY = ("Cleo", "crm", "log")
DUE = date(2026, 12, 31)


@pytest.fixture
def workspace(place: Database):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


class TestEvidence:
    def test_it_says_what_who_saw_it_and_who_wrote_it(self, workspace):
        workspace.learning.state(KEY, (" Ten calls in the CRM ", "Dan  Osei"), ANA, 0)
        workspace.learning.state(("Cleo", "crm", WHOLE), ("https://x.test/cert", ""), ANA, 0)
        first, whole = workspace.learning.evidence()
        assert (first.note, first.witness, first.who) == ("Ten calls in the CRM", "Dan Osei", "Ana")
        assert (whole.item, whole.note) == (WHOLE, "https://x.test/cert")
        assert workspace.training.people() == ("Cleo",)

    def test_every_wording_is_kept_and_the_same_again_writes_nothing(self, workspace):
        workspace.learning.state(KEY, ("Five calls", ""), ANA, 0)
        workspace.learning.state(KEY, ("Five calls", ""), BO, 0)
        workspace.learning.state(KEY, ("Ten calls", ""), BO, 1)
        history = workspace.history.of("evidence", 1)
        assert [(each.content["note"], each.who) for each in history] == [
            ("Five calls", "Ana"),
            ("Ten calls", "Bo"),
        ]

    def test_an_emptied_note_is_no_evidence_and_nothing_is_lost(self, workspace):
        workspace.learning.state(KEY, ("Five calls", "Dan"), ANA, 0)
        workspace.learning.state(KEY, ("", ""), ANA, 1)
        assert [each.note for each in workspace.learning.evidence()] == [""]
        assert [each.content["note"] for each in workspace.learning.wordings(KEY)] == [
            "Five calls",
            "",
        ]
        assert workspace.learning.wordings(("Cleo", "crm", WHOLE)) == ()

    def test_who_was_slower_is_told_and_their_words_are_kept_aside(self, workspace):
        workspace.learning.state(KEY, ("Five calls", ""), ANA, 0)
        with pytest.raises(Conflict):
            workspace.learning.state(KEY, ("Six calls", ""), BO, 0)
        assert [each.kept for each in workspace.history.of("evidence", 1)] == [True, False]
        assert workspace.learning.evidence()[0].note == "Five calls"


class TestSteps:
    def test_many_are_assigned_in_one_step_and_come_back_in_one(self, workspace):
        workspace.training.assign([("Dan", "crm", date(2026, 12, 1))], ANA)
        step = workspace.learning.assign([("Cleo", "crm", DUE), ("Dan", "crm", DUE)], ANA)
        assert workspace.learning.undo(step, BO) == 2
        found = {each.person: each.due for each in workspace.training.assignments()}
        assert found == {"Cleo": None, "Dan": date(2026, 12, 1)}
        (kept,) = workspace.learning.steps()
        assert (kept.made_by, kept.undone, kept.who) == ("Ana", True, "Bo")

    def test_what_was_changed_since_stays(self, workspace):
        step = workspace.learning.assign([("Cleo", "crm", DUE), ("Dan", "crm", DUE)], ANA)
        workspace.training.assign([("Dan", "crm", date(2027, 1, 31))], BO)
        assert workspace.learning.undo(step, ANA) == 1
        found = {each.person: each.due for each in workspace.training.assignments()}
        assert found == {"Cleo": None, "Dan": date(2027, 1, 31)}

    def test_nothing_to_change_is_no_step(self, workspace):
        workspace.learning.assign([("Cleo", "crm", DUE)], ANA)
        assert workspace.learning.assign([("Cleo", "crm", DUE)], BO) == 0
        assert len(workspace.learning.steps()) == 1

    def test_a_step_is_undone_once(self, workspace):
        step = workspace.learning.assign([("Cleo", "crm", DUE)], ANA)
        workspace.learning.undo(step, ANA)
        for number in (step, 99):
            with pytest.raises(UsageError):
                workspace.learning.undo(number, ANA)


class TestFinished:
    OLD = Finished("Cleo", "crm", date(2024, 5, 3), "88", "certificate 17")
    NEW = Finished("Cleo", "crm", date(2026, 5, 4))

    def test_a_file_adds_what_is_new_and_the_same_file_nothing(self, workspace):
        step = workspace.learning.finish([self.OLD, self.NEW], "school.csv", ANA)
        assert workspace.learning.finish([self.OLD, self.NEW], "school.csv", BO) == 0
        found = workspace.learning.completions()
        assert [(each.day, each.score, each.note, each.step) for each in found] == [
            (date(2024, 5, 3), "88", "certificate 17", step),
            (date(2026, 5, 4), "", "", step),
        ]
        assert workspace.learning.steps()[0].kind is StepKind.IMPORT

    def test_undone_it_is_gone_and_may_come_again(self, workspace):
        step = workspace.learning.finish([self.OLD], "school.csv", ANA)
        assert workspace.learning.undo(step, ANA) == 1
        assert workspace.learning.completions() == ()
        again = workspace.learning.finish([self.OLD], "school.csv", BO)
        assert [each.step for each in workspace.learning.completions()] == [again]

    def test_undoing_one_file_leaves_the_others(self, workspace):
        first = workspace.learning.finish([self.OLD], "a.csv", ANA)
        workspace.learning.finish([self.OLD, self.NEW], "b.csv", ANA)
        workspace.learning.undo(first, ANA)
        assert [each.day for each in workspace.learning.completions()] == [self.NEW.day]


def test_a_lapsed_item_can_be_ticked_again_and_both_days_are_known(workspace):
    early = Stamp("Ana", datetime(2024, 5, 3, 9, 0))
    workspace.training.tick(KEY, early, done=True)
    workspace.training.tick(KEY, BO, done=True, version=1, again=True)
    assert [each.at for each in workspace.training.ticks()] == [BO.at]
    assert [(each.at, each.done) for each in workspace.training.ticked("Cleo")] == [
        (early.at, True),
        (BO.at, True),
    ]


def test_whoever_is_forgotten_leaves_all_of_it(workspace):
    workspace.learning.state(KEY, ("Cleo sold ten", "Cleo"), ANA, 0)
    workspace.learning.finish([Finished("Cleo", "crm", DUE, "90", "Cleo's paper")], "Cleo.csv", ANA)

    def swap(text: str) -> str:
        return "person-1" if text == "Cleo" else text

    def within(value: object) -> object:
        if isinstance(value, str):
            return value.replace("Cleo", "person-1")
        if isinstance(value, list):
            return [within(each) for each in value]
        return {k: within(v) for k, v in value.items()} if isinstance(value, dict) else value

    found = redact(workspace, Rule(swap, within, lambda text: "Cleo" in text))
    (step,) = workspace.learning.steps()
    assert step.file == "person-1.csv"
    assert step.changes[0][0] == "person-1"
    assert workspace.learning.completions()[0].person == "person-1"
    assert workspace.learning.evidence()[0].witness == "person-1"
    texts = {(place, said) for place, _, said in found.texts}
    assert ("evidence.note", "Cleo sold ten") in texts
    assert ("completions.note", "Cleo's paper") in texts
