"""Files in archives: read as themselves, one result each, never more than the limit."""

import gzip
import io
import itertools
import zipfile
from datetime import datetime

import pytest

from salesdash.errors import FileError
from salesdash.ingest import ReadOptions, parts, read
from salesdash.ingest.files import archive
from tests.ingest import kit

CSV = b"date,customer,amount\n2024-01-05,Ann,1.5\n2024-01-06,Bo,2\n"
ROWS = [("2024-01-05", "Ann", "1.5"), ("2024-01-06", "Bo", "2")]


def zipped(files: dict[str, bytes], **how) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, how.get("moment", (2024, 2, 1, 18, 30, 0)))
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """The archive with the flag of encryption on its only file."""
    data = bytearray(content)
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def packed_strangely(content: bytes) -> bytes:
    data = bytearray(content)
    data[data.index(b"PK\x03\x04") + 8] = 97
    data[data.index(b"PK\x01\x02") + 10] = 97
    return bytes(data)


def damaged(content: bytes) -> bytes:
    place = content.index(b"a.csv") + 9
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_a_compressed_csv_reads_as_the_csv(tmp_path):
    path = kit.write(tmp_path, gzip.compress(CSV), "orders.csv.gz")
    reading = read(path, "orders.csv.gz", ReadOptions(), tmp_path / "out")
    assert (reading.file, reading.format, reading.notes) == ("orders.csv.gz", "csv", ())
    assert kit.rows(reading) == ROWS
    assert parts(path, path.name, ReadOptions(), tmp_path / "parts") == (
        archive.Part(path, "orders.csv.gz"),
    )


def test_an_archive_of_one_file_reads_as_that_file(tmp_path):
    reading = kit.read(tmp_path, zipped({"2024/orders.csv": CSV}), "orders.zip")
    assert kit.rows(reading) == ROWS
    assert reading.notes == ()


@pytest.mark.child
def test_several_files_come_one_by_one_with_their_own_time(tmp_path):
    files = {
        "2024/orders.csv": CSV,
        "2024/": b"",
        "2024/leads.tsv": CSV.replace(b",", b"\t"),
        "__MACOSX/2024/._orders.csv": b"\x00\x05",
        "2024/.DS_Store": b"x",
        "Thumbs.db": b"x",
    }
    path = kit.write(tmp_path, zipped(files), "january.zip")
    found = parts(path, "january.zip", ReadOptions(), tmp_path / "out")
    assert [part.name for part in found] == [
        "january.zip/2024/orders.csv",
        "january.zip/2024/leads.tsv",
    ]
    assert len({part.path.parent for part in found}) == 2
    for part in found:
        assert kit.rows(kit.read(tmp_path, part.path)) == ROWS
    written = datetime.fromtimestamp(found[0].path.stat().st_mtime)  # noqa: DTZ006 - local
    assert written == datetime(2024, 2, 1, 18, 30)
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path)
    assert error.value.key == "file.several_inside"
    assert error.value.values["files"] == "2024/orders.csv, 2024/leads.tsv"


def test_a_file_without_a_time_keeps_the_present(tmp_path):
    content = zipped({"a.csv": CSV}, moment=(1980, 1, 1, 0, 0, 0))
    (part,) = parts(kit.write(tmp_path, content, "a.zip"), "a.zip", ReadOptions(), tmp_path / "o")
    assert part.path.stat().st_mtime > datetime(2020, 1, 1).timestamp()


def test_names_of_archives_made_on_chinese_windows(tmp_path):
    name = "订单.csv"
    content = zipped({"AAAA.csv": CSV}).replace(b"AAAA", "订单".encode("gb18030"))
    path = kit.write(tmp_path, content, "a.zip")
    assert parts(path, "a.zip", ReadOptions(), tmp_path / "o")[0].name == f"a.zip/{name}"
    assert archive.unpack_here(str(path), str(tmp_path), 1 << 20)[0][1] == name
    utf8 = kit.write(tmp_path, zipped({name: CSV}), "b.zip")
    assert archive.unpack_here(str(utf8), str(tmp_path), 1 << 20)[0][1] == name


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (zipped({}), "file.empty_archive"),
        (zipped({"a/": b""}), "file.empty_archive"),
        (locked(zipped({"a.csv": CSV})), "file.encrypted_archive"),
        (zipped({"a.zip": zipped({"a.csv": CSV})}), "file.is_archive"),
        (zipped({"a.pdf": b"%PDF-1.7"}), "file.is_pdf"),
        (zipped({"a.csv": b""}), "file.empty"),
        (gzip.compress(CSV)[:-12], "file.damaged"),
        (gzip.compress(CSV)[:20] + b"x" * 30, "file.damaged"),
        (damaged(zipped({"a.csv": CSV})), "file.damaged"),
        (packed_strangely(zipped({"a.csv": CSV})), "file.is_archive"),
        (gzip.compress(gzip.compress(CSV)), "file.is_archive"),
    ],
    ids=itertools.count(),  # the bytes of an archive hold the moment it was made
)
def test_what_cannot_be_unpacked_says_why(tmp_path, content, key):
    path = kit.write(tmp_path, content, "a.zip")
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path)
    assert error.value.key == key


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"a.csv": data})])
def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path, pack):
    path = kit.write(tmp_path, pack(b"0" * (40 << 20)), "a.bin")
    assert path.stat().st_size < 1 << 17
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, path, unpacked_limit=8 << 20)
    assert error.value.key == "file.unpacks_too_large"
    assert sum(file.stat().st_size for file in tmp_path.glob("read/*")) <= 8 << 20


def test_a_size_that_lies_is_measured(tmp_path):
    content = zipped({"a.csv": b"0" * (4 << 20)})
    path = kit.write(tmp_path, content, "a.zip")
    with pytest.raises(FileError) as error:
        archive.unpack_here(str(path), str(tmp_path), 1 << 20)
    assert error.value.key == "file.unpacks_too_large"


def test_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "FILE_LIMIT", 1)
    path = kit.write(tmp_path, zipped({"a.csv": CSV, "b.csv": CSV}), "a.zip")
    with pytest.raises(FileError) as error:
        archive.unpack_here(str(path), str(tmp_path), 1 << 20)
    assert error.value.key == "file.too_many_files"


def test_what_cannot_be_unpacked_is_left_for_the_reading(tmp_path):
    path = kit.write(tmp_path, locked(zipped({"a.csv": CSV, "b.csv": CSV})), "a.zip")
    assert parts(path, "a.zip", ReadOptions(), tmp_path / "o") == (archive.Part(path, "a.zip"),)
    gone = tmp_path / "gone.zip"
    assert parts(gone, "gone.zip", ReadOptions(), tmp_path / "o")[0].path == gone
    assert parts(path, "a", ReadOptions(size_limit=1), tmp_path / "o")[0].path == path
