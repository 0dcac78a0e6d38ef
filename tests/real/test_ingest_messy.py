"""Damaged tables of others: right, or a word for every damaged line; never silently another."""

import csv
import json
import re
from collections import Counter
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
