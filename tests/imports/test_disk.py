import errno
from pathlib import Path

import pytest

from salesdash.errors import StorageError
from salesdash.imports import Disk


def test_a_disk_without_hard_links_gets_a_copy(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "no links here")

    (tmp_path / "a").write_text("content")
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    Disk().keep(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "content"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


def test_a_full_disk_is_no_reason_to_copy(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "a").write_text("content")
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with pytest.raises(StorageError) as error:
        Disk().keep(tmp_path / "a", tmp_path / "b")
    assert error.value.key == "disk.full"


def test_what_is_kept_already_stays(tmp_path):
    (tmp_path / "a").write_text("same")
    (tmp_path / "b").write_text("same")
    Disk().keep(tmp_path / "a", tmp_path / "b")
    Disk().keep(tmp_path / "gone", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "same"


def test_other_failures_name_the_path(tmp_path):
    with pytest.raises(StorageError) as error:
        Disk().fingerprint(tmp_path / "none")
    assert error.value.key == "disk.failed"
    assert error.value.values["path"] == str(tmp_path / "none")


def test_removing_nothing_is_fine(tmp_path):
    Disk().remove(tmp_path / "none")
