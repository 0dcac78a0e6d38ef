"""The address file: private, replaced, never believed when its process is gone."""

import json
import os
import stat
import subprocess
import sys

from salesdash.commands import address


def test_only_its_user_reads_it_and_it_comes_back_equal(tmp_path):
    mine = address.create(8501)
    address.write(tmp_path / "home", mine)
    assert stat.S_IMODE((tmp_path / "home" / "api.json").stat().st_mode) == 0o600
    assert address.read(tmp_path / "home") == mine
    assert mine.pid == os.getpid()
    assert len(mine.token) >= 43


def test_every_start_has_another_token():
    assert address.create(1).token != address.create(1).token


def test_a_stale_file_is_ignored_and_replaced(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    address.write(tmp_path, address.Address(8501, "old", gone.pid))
    assert address.read(tmp_path) is None
    mine = address.create(8502)
    address.write(tmp_path, mine)
    assert address.read(tmp_path) == mine


def test_a_broken_or_absent_file_is_no_address(tmp_path):
    assert address.read(tmp_path) is None
    for text in ("", "{", "[]", '{"port": 1}', json.dumps({"port": "x", "token": "t", "pid": 1})):
        (tmp_path / "api.json").write_text(text)
        assert address.read(tmp_path) is None


def test_a_process_of_another_user_counts_as_alive(tmp_path, monkeypatch):
    def refuse(_pid, _signal):
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    other = address.Address(1, "t", 1)
    address.write(tmp_path, other)
    assert address.read(tmp_path) == other


def test_removing_leaves_the_file_of_another_process(tmp_path):
    mine, theirs = address.create(1), address.create(2)
    address.write(tmp_path, theirs)
    address.remove(tmp_path, mine)
    assert address.read(tmp_path) == theirs
    address.remove(tmp_path, theirs)
    assert not (tmp_path / "api.json").exists()
    address.remove(tmp_path, theirs)
