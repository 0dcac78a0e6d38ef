"""Damaged tables of others: right, or a word for every damaged line; never silently another."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from salesdash.errors import FileError
from tests.ingest import kit

pytestmark = pytest.mark.real

Table = list[list[str]]

NO_TRUTH = {"location_coordinates.csv": "its JSON holds another telephone number than the CSV"}

AT_LEAST_RIGHT = 0.95
"""Of all files, without a question; the rest is named, line by line."""

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"\| `(\w+)` \|[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|")


@pytest.mark.parametrize("number", range(12))
def test_csv_spectrum(shared_data, tmp_path, number):
    path = sorted((shared_data / "messy" / "csv-spectrum" / "csvs").iterdir())[number]
    if path.name in NO_TRUTH:
        pytest.skip(NO_TRUTH[path.name])
    truth = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text("utf-8"))
    reading = kit.read(tmp_path, path)
    assert [
        dict(zip(reading.tables[0].columns, row, strict=True)) for row in kit.rows(reading)
    ] == truth


def stripped(table: Table) -> Table:
    return [[cell.strip() for cell in row] for row in table]


def verdict(path: Path, clean: Path, folder: Path) -> str:
    """`right`, `named` (everything that is missing or double has a word), or `wrong`."""
    with clean.open(encoding="utf-8", newline="") as file:
        want = stripped(list(csv.reader(file)))
    try:
        reading = kit.read(folder, path)
    except FileError:
        return "named" if want else "right"
    table = reading.tables[0]
    head = [list(table.columns)] if reading.sheets[0].header_line else []
    got = stripped([*head, *(list(row) for row in kit.rows(reading))])
    if got == want:
        return "right"
    books = reading.books
    lost = len(want) - len(got)
    if books.repeated_headers or (books.rejected and lost == books.rejected):
        return "named" if all(row in want for row in got[1 : len(want)]) else "wrong"
    return "wrong"


def kind(name: str) -> str:
    """The kind of damage that a file name of the benchmark says."""
    return re.sub(r"_?(row)?\d.*|_(less|more|same)$", "", name).removeprefix("file_")


def documented(page: str) -> dict[str, tuple[int, ...]]:
    found = ROW.findall((DOCS / page).read_text("utf-8"))
    return {name: tuple(map(int, counts)) for name, *counts in found}


def cells_of(line: str) -> list[str]:
    """The cells as they stand, with their quotes."""
    parts = line.split('"')
    marked = '"'.join(part if i % 2 else part.replace(",", "\x1f") for i, part in enumerate(parts))
    return marked.split("\x1f")


def damages(cells: list[str]) -> Iterator[tuple[str, int]]:
    """(line, column with a quote too many or -1) for every damage of one line."""
    yield " ".join(cells), -1
    for at in range(len(cells)):
        yield ",".join((*cells[:at], f'"{cells[at]}', *cells[at + 1 :])), at
        yield ",".join((*cells[:at], "", *cells[at:])), -1
        if at:
            glued = cells[at - 1] + cells[at]
            yield ",".join((*cells[: at - 1], glued, *cells[at + 1 :])), -1


@pytest.mark.parametrize("row", range(0, 84, 21))
def test_every_damage_of_a_line(shared_data, tmp_path, row):
    """Of all 2,268, for every line of the table: 2,263 right, 5 named."""
    folder = shared_data / "messy" / "pollock"
    lines = (folder / "csv" / "file_record_delimiter_0xA.csv").read_text("utf-8").split("\n")
    clean = (folder / "clean" / "file_record_delimiter_0xA.csv").read_text("utf-8")
    want = stripped(list(csv.reader(clean.splitlines())))
    found: Counter[str] = Counter()
    for line, quoted in damages(cells_of(lines[row])):
        expected = [list(cells) for cells in want]
        if quoted >= 0:
            expected[row][quoted] = '"' + expected[row][quoted]
        found[said(tmp_path, "\n".join((*lines[:row], line, *lines[row + 1 :])), expected)] += 1
    assert found["wrong"] == 0
    assert found["right"] >= found.total() - (2 if row == 0 else 1)


def said(folder: Path, text: str, want: Table) -> str:
    try:
        reading = kit.read(folder, text)
    except FileError as error:
        return "named" if error.place.line else "wrong"
    got = stripped([list(reading.tables[0].columns), *map(list, kit.rows(reading))])
    if got == want:
        return "right"
    lost = [cells for cells in want if cells not in got]
    named = len(lost) == reading.books.rejected and all(cells in want for cells in got)
    return "named" if named else "wrong"


def test_pollock(shared_data, tmp_path):
    folder = shared_data / "messy" / "pollock"
    found: dict[str, Counter[str]] = {}
    wrong = []
    for path in sorted((folder / "csv").iterdir()):
        target = tmp_path / path.stem
        target.mkdir()
        said = verdict(path, folder / "clean" / path.name, target)
        found.setdefault(kind(path.stem), Counter())[said] += 1
        if said == "wrong":
            wrong.append(path.name)
    table = {
        name: (counts.total(), counts["right"], counts["named"], counts["wrong"])
        for name, counts in found.items()
    }
    for name, counts in table.items():
        print(f"{name:24}", *(f"{count:5}" for count in counts))  # noqa: T201 - shown with -s
    files, right, _, silent = (sum(column) for column in zip(*table.values(), strict=True))
    assert wrong == []
    assert (files, silent) == (210, 0)
    assert right >= AT_LEAST_RIGHT * files
    assert documented("reading.md") == documented("reading.zh.md") == table
