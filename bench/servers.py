"""The apps as server processes: an empty page, one with two charts, the naive peer, salesdash."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.importing import FILE, HOME
from bench.measure import ROOT

PEERS = Path(__file__).parent / "peers"
PATIENCE_SECONDS = 60
STREAMLIT = (
    *("--server.headless=true", "--server.address=127.0.0.1", "--server.fileWatcherType=none"),
    *("--browser.gatherUsageStats=false", "--client.toolbarMode=viewer"),
)


@dataclass(frozen=True)
class App:
    """A running server."""

    name: str
    url: str
    pid: int


@contextmanager
def running(name: str, folder: Path) -> Iterator[App]:
    """Start one of `empty`, `charts`, `naive`, `salesdash` and stop it afterwards."""
    port = _free_port()
    log = (folder / f"{name}.log").open("wb")
    process = subprocess.Popen(
        _command(name, folder, port),
        cwd=ROOT if name == "salesdash" else folder,
        env={**os.environ, "BENCH_CSV": str(folder / FILE), "PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(process, port, folder / f"{name}.log")
        yield App(name, f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _command(name: str, folder: Path, port: int) -> list[str]:
    if name == "salesdash":
        home = ["--home", str(folder / HOME), "--today", "2026-11-23"]
        return [sys.executable, "-m", "salesdash", *home, "run", "--port", str(port)]
    page = PEERS / f"{name}_page.py"
    own = [*STREAMLIT, f"--server.port={port}"]
    return [sys.executable, "-m", "streamlit", "run", str(page), *own]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/_stcore/health", timeout=1
            ) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server does not answer: {log.read_text()[-2000:]}")
