"""From a real file to rows: reading, mapping, cleaning and counting together."""

from dataclasses import replace
from datetime import datetime

import pytest

from salesdash.datasets import DATASETS
from salesdash.errors import DataRefused, DiskFull, FileError, UsageError
from salesdash.imports import Disk, Mode, Request, again, commit, rejects, repair, stage, undo
from salesdash.imports.speeches import modes
from salesdash.ingest import rejects_csv
from tests.imports.build import NOW, amounts, stored

HEADER = "Order No,Order Date,Customer,Amount\n"
GOOD = HEADER + "A1,2026-10-01,Li,10\nA1,2026-10-01,Li,5\nA2,2026-10-02,Wang,7\n"
BAD = GOOD + "A3,2026-13-02,Wang,8\nA4,2026-10-03,Wang,many\n"


@pytest.fixture
def write(tmp_path):
    def write(text, name="orders_2026-10.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Request(path, path.name)

    return write


def test_a_file_is_read_mapped_cleaned_and_counted(home, write):
    steps = []
    found = stage(home, write(BAD), NOW, lambda share, step: steps.append((share, step)))
    assert (found.counts.records, found.counts.loaded, found.counts.rejected) == (5, 3, 2)
    assert found.changes.new == 3
    assert (found.as_of, found.as_of_source) == (datetime(2026, 10, 31, 23, 59, 59), "name")
    assert found.mode is Mode.UPDATE
    assert steps
    event = commit(home, found, "Ana", NOW)
    assert event.file_name == "orders_2026-10.csv"
    assert event.options["read"]["encoding"] == "utf-8"
    assert (home.originals / event.original).exists()
    assert amounts(home) == [5, 7, 10]
    assert not list(home.staging.iterdir())


def test_the_original_can_be_had_back(home, write, tmp_path):
    request = write(GOOD)
    event = commit(home, stage(home, request, NOW), "Ana", NOW)
    sha256 = home.disk.expand(home.originals / event.original, tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == request.path.read_bytes()
    assert sha256 == event.file_sha256


def test_the_same_file_again_is_recognised_whatever_its_name(home, write):
    commit(home, stage(home, write(GOOD), NOW), "Ana", NOW)
    found = stage(home, write(GOOD, "copy.csv"), NOW)
    assert found.duplicate_of == 1
    assert not found.is_ready
    undo(home, 1, "Ana", NOW)
    assert stage(home, write(GOOD, "copy.csv"), NOW).duplicate_of is None


def test_a_file_that_is_in_is_not_read_again_until_more_is_said_of_it(home, write, monkeypatch):
    commit(home, stage(home, write(GOOD), NOW), "Ana", NOW)
    with monkeypatch.context() as closed:
        closed.setattr("salesdash.ingest.read", None)  # calling it would fail
        found = stage(home, write(GOOD, "copy.csv"), NOW)
    assert found.duplicate_of == 1
    assert not list(home.staging.iterdir())
    other = again(found, replace(found.request, dataset="payments", mapping={"Amount": "amount"}))
    assert (other.duplicate_of, other.dataset.name) == (None, "payments")
    other.discard()


def test_a_file_as_large_as_one_that_is_in_is_another_one(home, write):
    commit(home, stage(home, write(GOOD), NOW), "Ana", NOW)
    found = stage(home, write(GOOD.replace("Wang,7", "Wang,8")), NOW)
    assert (found.duplicate_of, found.changes.changed, found.changes.unchanged) == (None, 1, 2)


def test_questions_stop_before_cleaning_and_answers_go_on(home, write):
    request = write(HEADER + "A1,01/02/2026,Li,1\nA2,03/04/2026,Li,2\n")
    found = stage(home, request, NOW)
    assert [question.id for question in found.questions] == ["dates"]
    assert found.cleaned is None
    assert found.period is None
    with pytest.raises(DataRefused):
        commit(home, found, "Ana", NOW)
    answered = again(found, replace(request, dates="dmy"))
    assert answered.questions == ()
    commit(home, answered, "Ana", NOW)
    assert [r[3] for r in stored(home)] == [1, 3]


def test_staging_again_does_only_what_the_decision_concerns(home, write, monkeypatch):
    request = write(GOOD)
    found = stage(home, request, NOW)
    with monkeypatch.context() as closed:
        closed.setattr("salesdash.ingest.clean", None)  # calling it would fail
        appended = again(found, replace(request, mode=Mode.APPEND, as_of=datetime(2026, 1, 1)))
    assert (appended.mode, appended.as_of_source) == (Mode.APPEND, "given")
    reread = again(appended, replace(appended.request, encoding="utf-8"))
    assert reread.reading is not found.reading


def test_a_mapping_that_was_confirmed_is_proposed_again(home, write):
    request = replace(write(GOOD), mapping={"Customer": "person"})
    commit(home, stage(home, request, NOW), "Ana", NOW)
    later = stage(home, write(HEADER + "A9,2026-11-01,Li,1\n", "n.csv"), NOW)
    assert next(c.how for c in later.mapping.columns if c.field == "person") == "memory"


def test_mended_rejects_come_back_as_a_repair(home, write, tmp_path):
    event = commit(home, stage(home, write(BAD), NOW), "Ana", NOW)
    assert [reject.id for reject in rejects(home, 1)] == ["0:4", "0:5"]
    text = rejects_csv(home.imports / event.rejects_file, "en").replace("2026-13-02", "2026-10-03")
    path = tmp_path / "mended.csv"
    path.write_text(text, encoding="utf-8")
    done = repair(home, 1, path, "Bo", NOW)
    assert (done.kind, done.target, done.counts["loaded"]) == ("repair", 1, 1)
    assert amounts(home) == [5, 7, 8, 10]
    assert [reject.id for reject in rejects(home, 1)] == ["0:5"]
    assert [reject.id for reject in rejects(home, 2)] == ["0:5"]
    undo(home, 1, "Ana", NOW)
    assert amounts(home) == []


def test_mended_rejects_dropped_as_a_new_file_say_where_they_belong(home, write, tmp_path):
    event = commit(home, stage(home, write(BAD), NOW), "Ana", NOW)
    text = rejects_csv(home.imports / event.rejects_file, "en").replace("2026-13-02", "2026-10-03")
    request = write(text, "mended.csv")
    apart = commit(home, stage(home, request, NOW), "Ana", NOW)
    assert [each["key"] for each in apart.warnings].count("repair.apart") == 1
    undo(home, apart.id, "Ana", NOW)
    done = repair(home, 1, request.path, "Bo", NOW)
    assert "repair.apart" not in [each["key"] for each in done.warnings]


def test_a_file_that_names_no_records_is_no_repair(home, write, tmp_path):
    commit(home, stage(home, write(GOOD), NOW), "Ana", NOW)
    path = tmp_path / "other.csv"
    path.write_text(GOOD + "A9,2026-10-09,Li,1\n")
    with pytest.raises(DataRefused) as error:
        repair(home, 1, path, "Bo", NOW)
    assert error.value.key == "repair.no_records"
    assert rejects(home, 1) == ()
    assert not list(home.staging.iterdir())


def test_a_repair_with_an_open_question_leaves_nothing(home, write, tmp_path):
    commit(home, stage(home, write(BAD), NOW), "Ana", NOW)
    path = tmp_path / "mended.csv"
    path.write_text(f"salesdash_record,{HEADER}0:4,A3,01/02/2026,Wang,8\n")
    with pytest.raises(DataRefused):
        repair(home, 1, path, "Bo", NOW)
    assert amounts(home) == [5, 7, 10]
    assert not list(home.staging.iterdir())


@pytest.mark.parametrize("text", ["", HEADER, "Note\nhello\n"])
def test_a_refused_file_leaves_nothing(home, write, text):
    with pytest.raises((FileError, DataRefused)):
        stage(home, write(text), NOW)
    assert not list(home.staging.iterdir())
    assert home.workspace.log.events() == ()


def test_a_missing_file_and_an_unknown_dataset_are_named(home, write, tmp_path):
    with pytest.raises(FileError) as error:
        stage(home, Request(tmp_path / "none.csv", "none.csv"), NOW)
    assert error.value.place.file == "none.csv"
    with pytest.raises(UsageError):
        stage(home, replace(write(GOOD), dataset="wishes"), NOW)


@pytest.mark.parametrize(
    ("dataset", "fitting"),
    [
        ("sales", "update replace append"),
        ("activities", "update replace append"),
        ("costs", "update replace append"),
        ("deals", "update complete append"),
        ("people", "update complete append"),
        ("targets", "update replace complete append"),
    ],
)
def test_a_mode_that_says_nothing_about_such_rows_is_refused(home, write, dataset, fitting):
    assert " ".join(modes(DATASETS[dataset])) == fitting
    for mode in set(Mode) - set(modes(DATASETS[dataset])):
        with pytest.raises(UsageError) as error:
            stage(home, replace(write(GOOD), dataset=dataset, mode=mode), NOW)
        assert error.value.key == "import.mode"
        assert error.value.values["known"] == fitting.replace(" ", ", ")


def test_giving_up_leaves_nothing(home, write):
    def stop(_share, _step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stage(home, write(GOOD), NOW, stop)
    assert not list(home.staging.iterdir())


def test_a_file_needs_room_three_times(home, write):
    class Small(Disk):
        def require(self, folder, _size):
            super().require(folder, 1 << 60)

    home.disk = Small()
    with pytest.raises(DiskFull) as error:
        stage(home, write(GOOD), NOW)
    assert error.value.key == "disk.needs"
    assert not list(home.staging.iterdir())


def test_a_document_number_in_full_width_is_the_same_document(home, write):
    commit(home, stage(home, write(HEADER + "Ａ１,2026-10-01,Li,1\n"), NOW), "Ana", NOW)
    found = stage(home, write(HEADER + "A1,2026-10-01,Li,2\n", "later.csv"), NOW)
    assert (found.changes.new, found.changes.changed) == (0, 1)
