import json
import zipfile

import pytest

from salesdash.errors import DiskFull, FileError, StorageError
from salesdash.imports import Disk, backup, commit, restore, undo
from tests.imports.build import NOW, opened_home, row, staged, stored


@pytest.fixture
def filled(home):
    commit(home, staged(home, [row("A", 1, 1), row("B", 2, 2)]), "Ana", NOW)
    commit(home, staged(home, [row("A", 1, 4)]), "Ana", NOW)
    undo(home, 2, "Ana", NOW)
    return home


@pytest.fixture
def archive(filled, tmp_path):
    return backup(filled, tmp_path / "kept.zip")


def test_a_backup_restores_the_same_answers_at_every_cut(filled, archive, tmp_path):
    other = restore(archive, tmp_path / "other")
    home = opened_home(other)
    assert [stored(home, cut) for cut in range(4)] == [stored(filled, cut) for cut in range(4)]
    assert home.workspace.log.events() == filled.workspace.log.events()
    home.close()


def test_a_restored_home_goes_on(archive, tmp_path):
    home = opened_home(restore(archive, tmp_path / "other"))
    assert commit(home, staged(home, [row("C", 1, 8)]), "Bo", NOW).id == 4
    home.close()


def test_an_empty_folder_may_be_there_already(archive, tmp_path):
    (tmp_path / "other").mkdir()
    assert (restore(archive, tmp_path / "other") / "workspace.sqlite").exists()


def test_a_folder_that_holds_anything_is_refused(archive, filled):
    before = sorted(filled.path.iterdir())
    with pytest.raises(StorageError) as error:
        restore(archive, filled.path)
    assert error.value.key == "restore.not_empty"
    assert sorted(filled.path.iterdir()) == before


def rewritten(archive, path, **changes):
    """The archive with another manifest, and more members."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
            new.writestr(name, content)
        new.writestr("../outside.txt", "x")
        new.writestr("originals/../../outside.txt", "x")
    return path


@pytest.mark.parametrize("changes", [{"schema": "9999"}, {"format": 2}])
def test_a_newer_backup_is_refused(archive, tmp_path, changes):
    newer = rewritten(archive, tmp_path / "newer.zip", **changes)
    with pytest.raises(StorageError) as error:
        restore(newer, tmp_path / "other")
    assert error.value.key == "backup.newer"
    assert not (tmp_path / "other").exists()


def test_only_members_of_a_home_are_taken(archive, tmp_path):
    other = restore(rewritten(archive, tmp_path / "odd.zip"), tmp_path / "deep" / "other")
    assert not list(tmp_path.rglob("outside.txt"))
    assert sorted(p.name for p in other.iterdir()) == ["imports", "originals", "workspace.sqlite"]


def test_what_is_no_backup_is_named(tmp_path):
    (tmp_path / "text.zip").write_text("not a zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("readme.txt", "x")
    for name, key in (
        ("none.zip", "file.not_found"),
        ("text.zip", "backup.not_a_backup"),
        ("other.zip", "backup.not_a_backup"),
    ):
        with pytest.raises(FileError) as error:
            restore(tmp_path / name, tmp_path / "home")
        assert (error.value.key, error.value.place.file) == (key, name)


def test_a_damaged_backup_leaves_nothing(archive, tmp_path):
    content = bytearray(archive.read_bytes())
    place = content.index(b"PAR1")
    content[place : place + 4] = b"XXXX"
    archive.write_bytes(content)
    with pytest.raises(FileError) as error:
        restore(archive, tmp_path / "other")
    assert error.value.key == "backup.damaged"
    assert not (tmp_path / "other").exists()
    assert not (tmp_path / "other.restoring").exists()


def test_a_backup_that_fails_keeps_the_older_one(filled, tmp_path):
    class Full(Disk):
        def call(self, name, path):
            if name == "backup":
                raise OSError(28, "No space left on device", str(path))

    (tmp_path / "kept.zip").write_text("older")
    filled.disk = Full()
    with pytest.raises(DiskFull):
        backup(filled, tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").read_text() == "older"
    assert not list(tmp_path.glob("*.draft"))
