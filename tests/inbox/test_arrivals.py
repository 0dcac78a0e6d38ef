import os

import pytest

from salesdash.inbox.arrivals import Lookout, candidates

UNFINISHED = (
    "~$orders.xlsx",
    ".~lock.orders.ods#",
    ".hidden.csv",
    "orders.csv.part",
    "orders.csv.crdownload",
    "Orders.CSV.Download",
    "orders.tmp",
    "orders.csv~",
    "Thumbs.db",
    "desktop.ini",
)


@pytest.mark.parametrize("name", UNFINISHED)
def test_what_programs_are_not_done_with_is_no_arrival(tmp_path, name):
    (tmp_path / name).write_text("x")
    (tmp_path / "done").mkdir()
    assert candidates(tmp_path) == {}


def test_arrivals_come_oldest_first(tmp_path):
    for number, name in enumerate(("c.csv", "a.csv", "b.csv")):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (number, number))
    assert [path.name for path in candidates(tmp_path)] == ["c.csv", "a.csv", "b.csv"]
    assert candidates(tmp_path / "absent") == {}


def test_a_file_is_complete_when_it_did_not_change_for_two_seconds(tmp_path):
    lookout, path = Lookout(), tmp_path / "a.csv"
    path.write_text("x")
    assert lookout.look(tmp_path, 10.0) == ()
    assert lookout.look(tmp_path, 11.0) == ()
    path.write_text("xy")  # still being written
    assert lookout.look(tmp_path, 12.0) == ()
    assert lookout.look(tmp_path, 13.9) == ()
    assert list(lookout.arriving) == [path]
    assert lookout.look(tmp_path, 14.0) == (path,)


def test_a_file_of_the_same_size_written_again_is_not_complete(tmp_path):
    lookout, path = Lookout(), tmp_path / "a.csv"
    path.write_text("x")
    os.utime(path, (1, 1))
    lookout.look(tmp_path, 0.0)
    os.utime(path, (2, 2))
    assert lookout.look(tmp_path, 5.0) == ()
    other = tmp_path / "other"
    other.write_text("y")
    os.utime(other, (2, 2))
    other.replace(path)  # same size, same time, another file
    assert lookout.look(tmp_path, 10.0) == ()
    assert lookout.look(tmp_path, 12.0) == (path,)
