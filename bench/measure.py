"""Clocks, memory and processor time of whole process trees, medians, tables."""

import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGESIZE")
SAMPLE_SECONDS = 0.02
MIB = 1 << 20


@dataclass(frozen=True)
class Run:
    """One measured child: what it answered, its largest memory (MiB) and processor seconds.

    Both of its whole tree of processes.
    """

    answer: dict[str, Any]
    peak_mib: float
    cpu_seconds: float


def in_child(module: str, *arguments: str) -> Run:
    """Run ``python -m module arguments`` and watch the memory of it and all its children.

    The child prints one JSON document as its last line.
    """
    before = _children()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            peak = max(peak, memory(process.pid))
            done.wait(SAMPLE_SECONDS)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    output, _ = process.communicate()
    done.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {process.returncode}")
    return Run(json.loads(output.splitlines()[-1]), peak / MIB, _children() - before)


def _children() -> float:
    """Processor seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    found, parents = [pid], {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    grew = True
    while grew:
        more = [
            child for child, parent in parents.items() if parent in found and child not in found
        ]
        found += more
        grew = bool(more)
    return found


def memory(pid: int) -> int:
    """Resident bytes of a process tree. Pages that its processes share count once for each."""
    total = 0
    for each in tree(pid):
        try:
            total += int(Path(f"/proc/{each}/statm").read_text().split()[1]) * PAGE
        except OSError:
            continue
    return total


def processor(pid: int) -> float:
    """Seconds of processor time that a process tree has used."""
    total = 0
    for each in tree(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(works: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Run every work once a round, so that a busy moment hits all of them."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    """The 95th percentile; of fewer than 20 values the largest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def spread(values: list[float], digits: int = 0, scale: float = 1.0) -> str:
    """Median with the range behind it."""
    low, mid, high = (scale * f(values) for f in (min, median, max))
    return f"{mid:,.{digits}f} [{low:,.{digits}f}-{high:,.{digits}f}]"


def free_cores() -> float:
    """How many of the machine's cores are idle at the moment, over half a second."""
    before = _cpu()
    time.sleep(0.5)
    after = _cpu()
    idle = after[3] - before[3]
    total = sum(after) - sum(before)
    return (os.cpu_count() or 1) * idle / total if total else 0.0


def _cpu() -> list[int]:
    return [int(v) for v in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]


def table(title: str, headers: list[str], rows: list[list[str]], note: str = "") -> str:
    """A Markdown table with its title and a note."""
    lines = [f"### {title}", "", "| " + " | ".join(headers) + " |"]
    lines.append("|" + "|".join(["---"] + ["---:"] * (len(headers) - 1)) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, *(["", note] if note else []), ""])
