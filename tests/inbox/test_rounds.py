import json
import os
import zipfile

import pytest

from salesdash import inbox
from salesdash.errors import DiskFull, FileError
from salesdash.imports import Disk, Request, commit, stage, undo
from salesdash.imports.running import under_way
from salesdash.inbox import intake
from tests.imports.build import amounts
from tests.inbox.kit import DEALS, MORE, NOW, ORDERS, lying, outcomes, put, taker, went


def why(home, place):
    return json.loads((home.inbox / f"{place}.why.json").read_text("utf-8"))


def test_a_file_goes_in_and_out_of_the_way(home):
    put(home, "orders.csv", ORDERS)
    (taken,) = went(home)
    assert (taken.outcome, [event.who for event in taken.events]) == ("imported", ["inbox"])
    assert amounts(home) == [2, 4]
    assert lying(home) == ["done/orders.csv"]
    assert went(home) == []
    assert list(home.staging.iterdir()) == []


def test_the_same_file_again_is_told_and_adds_nothing(home):
    put(home, "orders.csv", ORDERS)
    went(home)
    put(home, "orders.csv", ORDERS)
    (taken,) = went(home)
    assert (taken.outcome, taken.events[0].id) == ("already", 1)
    assert lying(home) == ["done/orders (2).csv", "done/orders.csv"]
    assert why(home, "done/orders (2).csv")["event"] == 1
    assert "imported as 1" in why(home, "done/orders (2).csv")["why"]["en"]
    assert amounts(home) == [2, 4]
    undo(home, 1, "Ana", NOW)
    put(home, "orders.csv", ORDERS)  # undone: it may come in anew
    assert outcomes(home) == {"orders.csv": "imported"}
    assert amounts(home) == [2, 4]


def test_a_zip_of_several_becomes_its_files_each_taken_by_itself(home):
    with zipfile.ZipFile(home.inbox / "month.zip", "w") as archive:
        archive.writestr("2026/orders.csv", ORDERS)
        archive.writestr("2026/empty.csv", "")
        archive.writestr("more.csv", MORE)
    assert outcomes(home) == {
        "month.zip": "unpacked",
        "month - orders.csv": "imported",
        "month - empty.csv": "refused",
        "month - more.csv": "imported",
    }
    assert amounts(home) == [2, 4, 8]
    assert lying(home) == [
        "done/month - more.csv",
        "done/month - orders.csv",
        "done/month.zip",
        "refused/month - empty.csv",
    ]
    assert list(home.staging.iterdir()) == []


def test_a_zip_unpacked_twice_adds_nothing(home, monkeypatch):
    with zipfile.ZipFile(home.inbox / "month.zip", "w") as archive:
        archive.writestr("orders.csv", ORDERS)
        archive.writestr("more.csv", MORE)
    with monkeypatch.context() as patch:  # an end between the files and the archive itself
        patch.setattr(intake, "move", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        assert outcomes(home) == {"month.zip": "later"}
    assert len(lying(home)) == 3
    again = [each.outcome for each in went(home)]
    assert sorted(again) == ["already", "already", "imported", "imported", "unpacked"]
    assert amounts(home) == [2, 4, 8]


def test_one_broken_file_stops_no_other_and_its_reason_stands_beside_it(home):
    put(home, "a.csv", "")
    put(home, "b.xlsx", "PK\x03\x04 cut off")
    put(home, "c.csv", "Colour,Shape\nred,round\n")
    put(home, "orders.csv", ORDERS)
    found = outcomes(home)
    assert found.pop("orders.csv") == "imported"
    assert set(found.values()) <= {"refused", "question"}
    assert found["a.csv"] == found["b.xlsx"] == "refused"
    assert amounts(home) == [2, 4]
    told = why(home, "refused/a.csv")
    assert told["file"] == "a.csv"
    assert "empty" in told["why"]["en"]
    assert "空" in told["why"]["zh"]


def test_what_fails_in_a_way_nobody_expected_is_refused_and_stops_no_other(home, monkeypatch):
    put(home, "a.csv", MORE)
    put(home, "b.csv", ORDERS)
    real = intake.stage

    def breaks(home, request, *rest):
        if request.name == "a.csv":
            raise ZeroDivisionError
        return real(home, request, *rest)

    monkeypatch.setattr(intake, "stage", breaks)
    assert outcomes(home) == {"a.csv": "refused", "b.csv": "imported"}
    assert "did not expect" in why(home, "refused/a.csv")["why"]["en"]


def test_a_question_waits_with_the_file_and_the_answer_lets_it_go_on(home):
    put(home, "deals.csv", DEALS)
    assert outcomes(home) == {"deals.csv": "question"}
    assert lying(home) == ["questions/deals.csv"]
    (waits,) = inbox.waiting(home)
    assert waits.name == "deals.csv"
    assert waits.note.why["en"]
    assert went(home) == []  # it waits as long as nobody answers
    assert lying(home) == ["questions/deals.csv"]
    answered = Request(waits.path, waits.name, dataset="deals", stages={"Quoted": "open"})
    commit(home, stage(home, answered, NOW), "Ana", NOW)
    assert inbox.waiting(home) == ()
    assert went(home) == []
    assert lying(home) == ["done/deals.csv"]
    assert list(home.inbox.rglob("*.why.json")) == []


def test_one_answer_lets_all_files_of_that_kind_go_on(home):
    put(home, "deals-1.csv", DEALS)
    put(home, "deals-2.csv", DEALS.replace("D1", "D2"))
    assert set(outcomes(home).values()) == {"question"}
    first, _ = inbox.waiting(home)
    answered = Request(first.path, first.name, stages={"Quoted": "open"})
    commit(home, stage(home, answered, NOW), "Ana", NOW)
    inbox.tidy(home)
    assert lying(home) == ["deals-2.csv", "done/deals-1.csv"]
    assert outcomes(home) == {"deals-2.csv": "imported"}
    assert [row[0] for row in home.engine.rows("select deal from deals order by deal")] == [
        "D1",
        "D2",
    ]


def test_a_file_that_was_mended_in_its_place_is_taken_again(home):
    put(home, "orders.csv", "")
    went(home)
    (home.inbox / "refused" / "orders.csv").write_text(ORDERS)
    inbox.tidy(home)
    assert lying(home) == ["orders.csv"]
    assert outcomes(home) == {"orders.csv": "imported"}
    assert list(home.inbox.rglob("*.why.json")) == []


def test_a_refused_file_can_be_tried_again(home):
    put(home, "orders.csv", "")
    went(home)
    (found,) = inbox.refused(home)
    inbox.again(home, inbox.Place.REFUSED, found.path.name)
    assert lying(home) == ["orders.csv"]
    with pytest.raises(FileError):
        inbox.again(home, inbox.Place.REFUSED, found.path.name)


def test_a_file_that_grows_while_it_is_read_is_left_for_later(home, monkeypatch):
    path = put(home, "orders.csv", MORE)
    real = intake.stage

    def grows(home, request, *rest):
        found = real(home, request, *rest)
        path.write_text(ORDERS + MORE.split("\n", 1)[1])
        return found

    with monkeypatch.context() as slow:
        slow.setattr(intake, "stage", grows)
        assert went(home) == []
    assert (lying(home), amounts(home)) == (["orders.csv"], [])
    went(home)
    assert amounts(home) == [2, 4, 8]


def test_a_file_that_vanishes_is_no_fault(home):
    path = home.inbox / "gone.csv"
    assert list(inbox.rounds(taker(home), [path])) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_stays(home):
    put(home, "orders.csv", ORDERS).chmod(0)
    assert outcomes(home) == {"orders.csv": "later"}


def test_a_file_that_another_program_keeps_locked_stays(home, monkeypatch):
    def locked(*_):
        raise PermissionError("used by another process")

    put(home, "orders.csv", ORDERS)
    monkeypatch.setattr(intake, "stage", locked)
    (taken,) = went(home)
    assert taken.outcome == "later"
    assert "used by another process" in taken.why["en"]
    assert lying(home) == ["orders.csv"]


class Full(Disk):
    def call(self, name, path):
        if name == "room":
            raise DiskFull("disk.full")


def test_a_full_disk_is_not_the_fault_of_the_file(home):
    put(home, "orders.csv", ORDERS)
    home.disk = Full()
    (taken,) = went(home)
    assert (taken.outcome, lying(home)) == ("later", ["orders.csv"])
    home.disk = Disk()
    assert outcomes(home) == {"orders.csv": "imported"}


def test_what_somebody_stops_is_put_aside_and_nothing_is_stored(home, monkeypatch):
    put(home, "orders.csv", ORDERS)
    real = intake.stage

    def stopped(home, request, now, tell):
        (work,) = under_way(home.path)
        assert (work.name, work.who) == ("orders.csv", "inbox")
        work.stop()
        return real(home, request, now, tell)

    monkeypatch.setattr(intake, "stage", stopped)
    assert outcomes(home) == {"orders.csv": "refused"}
    assert "stopped" in why(home, "refused/orders.csv")["why"]["en"]
    assert (amounts(home), list(home.staging.iterdir()), under_way()) == ([], [], ())


def test_what_the_end_of_the_process_stops_stays(home, monkeypatch):
    put(home, "orders.csv", ORDERS)
    real = intake.stage

    def ending(home, request, now, tell):
        under_way(home.path)[0].stop(ending=True)
        return real(home, request, now, tell)

    with monkeypatch.context() as end:
        end.setattr(intake, "stage", ending)
        assert outcomes(home) == {"orders.csv": "later"}
    assert outcomes(home) == {"orders.csv": "imported"}


def test_a_note_that_cannot_be_read_does_no_harm(home):
    put(home, "orders.csv", "")
    went(home)
    (home.inbox / "refused" / "orders.csv.why.json").write_text("{")
    assert [each.note for each in inbox.refused(home)] == [None]
    assert outcomes(home) == {}
