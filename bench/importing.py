"""Import of a generated CSV through the product, against DuckDB's own read_csv and pandas.

As a module of its own it does one measured job in a fresh process, so that memory is its own.
"""

import json
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench.measure import Run, in_child, median, spread, table

NOW = datetime(2026, 11, 23, 9)
FILE, HOME = "orders.csv", "home"


def report(folder: Path, rows: int, rounds: int) -> str:
    """Run all three in turns and print times, memory and ratios."""
    jobs = {"duckdb": duckdb_default, "salesdash": product, "pandas": pandas_reads}
    runs: dict[str, list[Run]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name in jobs:
            runs[name].append(in_child("bench.importing", name, str(folder)))
    seconds = {name: [run.answer["seconds"] for run in found] for name, found in runs.items()}
    peaks = {name: [run.peak_mib for run in found] for name, found in runs.items()}
    work = {name: [run.cpu_seconds for run in found] for name, found in runs.items()}
    floor, pandas_peak = median(seconds["duckdb"]), median(peaks["pandas"])
    least = median(work["duckdb"])
    labels = {
        "duckdb": "DuckDB: create table as select from read_csv, its defaults",
        "salesdash": "salesdash: read, propose, clean, compare, commit",
        "pandas": "pandas: read_csv (in memory, nothing kept)",
    }
    steps = ", ".join(
        f"{step} {median(r.answer['steps'][step] for r in runs['salesdash']):.2f}"
        for step in runs["salesdash"][0].answer["steps"]
    )
    megabytes = (folder / FILE).stat().st_size / 1e6
    return table(
        f"Import of {rows:,} lines, {megabytes:,.0f} MB, {rounds} rounds",
        ["", "seconds", "x DuckDB", "processor s", "x DuckDB", "peak MiB", "x pandas"],
        [
            [
                labels[name],
                spread(seconds[name], 2),
                f"{median(seconds[name]) / floor:.2f}",
                spread(work[name], 2),
                f"{median(work[name]) / least:.2f}",
                spread(peaks[name]),
                f"{median(peaks[name]) / pandas_peak:.2f}",
            ]
            for name in jobs
        ],
        f"Seconds of salesdash by step: {steps}. Processor time: of whole processes, start and "
        "end included, whoever else is busy. Memory: resident, all child processes added up.",
    )


def duckdb_default(folder: Path) -> dict[str, object]:
    """The reference: types sniffed, nothing cleaned, into a database file."""
    import duckdb

    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        start = time.perf_counter()
        connection = duckdb.connect(str(Path(scratch) / "floor.duckdb"))
        connection.execute(f"create table sales as select * from read_csv('{folder / FILE}')")
        connection.close()
        return {"seconds": time.perf_counter() - start}


def pandas_reads(folder: Path) -> dict[str, object]:
    import pandas as pd

    start = time.perf_counter()
    frame = pd.read_csv(folder / FILE)
    return {"seconds": time.perf_counter() - start, "rows": len(frame)}


def product(folder: Path) -> dict[str, object]:
    """An empty home, one import; the home stays for the other measurements."""
    import shutil

    from salesdash import config
    from salesdash.imports import Request, commit, stage
    from salesdash.imports.home import Home

    shutil.rmtree(folder / HOME, ignore_errors=True)
    settings = config.load(Path(__file__).resolve().parents[1] / "config.yaml")
    home = Home.open(folder / HOME, now=NOW, settings=settings)
    try:
        start = time.perf_counter()
        staged = stage(home, Request(folder / FILE, FILE), NOW)
        middle = time.perf_counter()
        if staged.questions:
            raise RuntimeError(f"the import asks: {staged.questions}")
        commit(home, staged, "bench", NOW)
        end = time.perf_counter()
    finally:
        home.close()
    steps = {"stage": middle - start, "commit": end - middle}
    return {"seconds": end - start, "steps": steps}


if __name__ == "__main__":
    job = {"duckdb": duckdb_default, "pandas": pandas_reads, "salesdash": product}[sys.argv[1]]
    print(json.dumps(job(Path(sys.argv[2]))))
